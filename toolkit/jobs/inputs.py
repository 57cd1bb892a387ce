"""What a file holds, as a Reading: a workbook, a data file or a published report, from a path or
from bytes.
"""

from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TypeAlias

from toolkit.codes import make_finding
from toolkit.data.csv import load_csv
from toolkit.data.load import load_data
from toolkit.documents.formats import READABLE
from toolkit.files.book import open_book
from toolkit.files.sniff import FileKind, Trouble, load_bytes, refusal, sniff
from toolkit.finding import Finding, Place
from toolkit.importing.load import load_report_or_refusal
from toolkit.importing.published import Given, Imported
from toolkit.reading.identity import is_ours
from toolkit.reading.read import read_book
from toolkit.record.reading import Reading
from toolkit.record.refused import Refused


@dataclass(frozen=True)
class Content:
    """A file as bytes under its name, as a web page receives it."""

    name: str
    data: bytes


Source: TypeAlias = Path | Content


def name_of(source: Source) -> str:
    """What the source is called in findings: the path as given, or the name."""
    return source.name if isinstance(source, Content) else str(source)


def read_report(
    path: Path, file: str | None = None, given: Given = Given(), *, aside: bool = False
) -> tuple[Reading | None, list[Finding]]:
    """A workbook, data file or published report as a Reading; everything else is refused with one
    sentence.

    `file` is the path as given, `given` what the person says of a report that does not say it
    itself. With `aside` also what people left in their workbook beside the report.
    """
    return _as_pair(_read_path(path, file, given, aside))


def read_source(
    source: Source, given: Given = Given(), *, aside: bool = False
) -> tuple[Reading | None, list[Finding]]:
    """Like `read_report`, for a path or for bytes."""
    return _as_pair(read_input(source, given, aside=aside))


def read_content(
    content: Content, given: Given = Given(), *, aside: bool = False
) -> tuple[Reading | None, list[Finding]]:
    """Like `read_report`, for bytes under a name."""
    return _as_pair(read_input(content, given, aside=aside))


def read_input(source: Source, given: Given = Given(), *, aside: bool = False) -> Imported:
    """Like `read_report`, with the reason of a refusal as a value."""
    if isinstance(source, Path):
        return _read_path(source, None, given, aside)
    kind = sniff(source.data, source.name)
    return _read(source, kind, PurePath(source.name).suffix, given, aside)


def _as_pair(imported: Imported) -> tuple[Reading | None, list[Finding]]:
    return imported.reading, imported.findings


def _read_path(path: Path, file: str | None, given: Given, aside: bool) -> Imported:
    name = str(path) if file is None else file
    data, kind, findings = load_bytes(path)
    if data is None or kind is None:
        placed = [replace(finding, place=Place(name)) for finding in findings]
        return Imported(None, placed, Refused.UNREADABLE)
    return _read(Content(name, data), kind, path.suffix, given, aside)


def _read(content: Content, kind: FileKind, suffix: str, given: Given, aside: bool) -> Imported:
    """The suffix only tells data files from other text."""
    if kind is FileKind.XLSX:
        return _read_workbook(content, given, aside)
    if kind is FileKind.JSON or suffix.lower() == ".json":
        return _own(*load_data(content.data, content.name))
    if suffix.lower() == ".csv" and kind is FileKind.TEXT:
        return _own(*load_csv(content.data, content.name))
    if kind in READABLE:
        return load_report_or_refusal(content.data, kind, content.name, given)
    return _own(None, [refusal(kind, Place(content.name))])


def _own(reading: Reading | None, findings: list[Finding]) -> Imported:
    """What was read of a file of our own; one that cannot be read is not taken for another's."""
    return Imported(reading, findings, Refused.UNREADABLE if reading is None else None)


def _read_workbook(content: Content, given: Given, aside: bool) -> Imported:
    """Our workbook; of another's, the official tables it may hold.

    A workbook that has none of them is refused as not ours.
    """
    name = content.name
    book, findings = open_book(content.data, Place(name))
    if book is None:
        return _own(None, findings)
    if is_ours(book):
        return _own(*read_book(book, name, aside=aside))
    published = load_report_or_refusal(content.data, FileKind.XLSX, name, given)
    if published.reading is not None:
        note = make_finding("read_as_published", Place(name))
        return Imported(published.reading, [note, *published.findings])
    if published.refused is Refused.NO_REPORT:
        return _own(None, [refusal(Trouble.FOREIGN, Place(name))])
    return published

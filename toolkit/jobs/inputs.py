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
from toolkit.files.sniff import FileKind, Trouble, load_bytes, refusal, sniff
from toolkit.finding import Finding, Place
from toolkit.importing.load import load_report
from toolkit.importing.published import Given
from toolkit.reading.read import read
from toolkit.record.reading import Reading


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
    name = str(path) if file is None else file
    data, kind, findings = load_bytes(path)
    if data is None or kind is None:
        return None, [replace(finding, place=Place(name)) for finding in findings]
    return _read(Content(name, data), kind, path.suffix, given, aside)


def read_source(
    source: Source, given: Given = Given(), *, aside: bool = False
) -> tuple[Reading | None, list[Finding]]:
    """Like `read_report`, for a path or for bytes."""
    if isinstance(source, Content):
        return read_content(source, given, aside=aside)
    return read_report(source, given=given, aside=aside)


def read_content(
    content: Content, given: Given = Given(), *, aside: bool = False
) -> tuple[Reading | None, list[Finding]]:
    """Like `read_report`, for bytes under a name."""
    kind = sniff(content.data, content.name)
    return _read(content, kind, PurePath(content.name).suffix, given, aside)


def _read(
    content: Content, kind: FileKind, suffix: str, given: Given, aside: bool
) -> tuple[Reading | None, list[Finding]]:
    """The suffix only tells data files from other text."""
    if kind is FileKind.XLSX:
        return _read_workbook(content, given, aside=aside)
    if kind is FileKind.JSON or suffix.lower() == ".json":
        return load_data(content.data, content.name)
    if suffix.lower() == ".csv" and kind is FileKind.TEXT:
        return load_csv(content.data, content.name)
    if kind in READABLE:
        return load_report(content.data, kind, content.name, given)
    return None, [refusal(kind, Place(content.name))]


def _read_workbook(
    content: Content, given: Given, *, aside: bool
) -> tuple[Reading | None, list[Finding]]:
    """Our workbook; of another's, the official tables it may hold.

    A workbook that has none of them is refused as not ours.
    """
    name = content.name
    reading, findings = read(content.data, name, aside=aside)
    if reading is not None or refusal(Trouble.FOREIGN, Place(name)) not in findings:
        return reading, findings
    published, notes = load_report(content.data, FileKind.XLSX, name, given)
    if published is not None:
        return published, [make_finding("read_as_published", Place(name)), *notes]
    is_other = any(note.name == "no_report" and note.found is None for note in notes)
    return None, findings if is_other else notes

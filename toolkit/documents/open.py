"""A file of any readable kind, as sniffed -> Document."""

from collections.abc import Collection
from pathlib import PurePath

from toolkit.codes import make_finding
from toolkit.documents.convert import convert_source
from toolkit.documents.document import Document, Measure
from toolkit.documents.formats import (
    Opening,
    Source,
    SourceFormat,
    find_format,
    load_reader,
    page_suffixes,
)
from toolkit.files.office import find_office
from toolkit.files.sniff import FileKind, Trouble, refusal
from toolkit.finding import Finding, Place

_MAYBE_PAGES = (FileKind.XML, FileKind.TEXT)


def open_document(
    data: bytes, kind: FileKind, place: Place, tables_in: Measure, our_sheets: Collection[str]
) -> tuple[Document | None, list[Finding]]:
    """The document in a file, or None and one finding that says why.

    `tables_in` measures how much of a report a document holds. A workbook with one of `our_sheets`
    is a form of ours that lost its stamp, and is refused: its figures are to come from the form
    itself.
    """
    if kind in _MAYBE_PAGES and _is_page(data, place):
        kind = FileKind.HTML
    opening = _read(data, kind, Source(place, tables_in, our_sheets))
    return opening.document, opening.findings


def _is_page(data: bytes, place: Place) -> bool:
    """Whether text is a web page with an unusual beginning, or a piece of one.

    Its file name or its tags say so.
    """
    return PurePath(place.file).suffix.lower() in page_suffixes() or b"</td>" in data.lower()


def _read(data: bytes, kind: FileKind, source: Source) -> Opening:
    source_format = find_format(kind)
    if source_format is not None and source_format.reader:
        return load_reader(source_format)(data, source)
    if source_format is not None and source_format.converted_to:
        return _convert_and_read(data, source_format, source_format.converted_to, source)
    return Opening(None, [refusal(kind, source.place)])


def _convert_and_read(data: bytes, old: SourceFormat, target: FileKind, source: Source) -> Opening:
    new = find_format(target)
    assert new is not None, target
    converted = convert_source(data, old, new)
    if converted is None:
        reason = Trouble.DAMAGED if find_office() else old.kind
        return Opening(None, [refusal(reason, source.place)])
    opening = _read(converted, target, source)
    if opening.is_ours:  # our own form in an old format: refused as what it is
        return Opening(None, [refusal(old.kind, source.place)])
    if opening.document is None:
        return opening
    note = make_finding("file_converted", source.place, target=f" .{target.value} ")
    return Opening(opening.document, [*opening.findings, note])

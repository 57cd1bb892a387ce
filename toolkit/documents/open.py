"""Which reader takes which kind of file, as sniffed: bytes -> Document."""

from pathlib import PurePath

from toolkit.codes import make_finding
from toolkit.documents.convert import TARGET, convert_source
from toolkit.documents.document import Document, Measure
from toolkit.files.office import find_office
from toolkit.files.sniff import FileKind, Trouble, refusal
from toolkit.finding import Finding, Place

READABLE = {
    FileKind.XLSX,
    FileKind.DOCX,
    FileKind.HTML,
    FileKind.MHT,
    FileKind.PDF,
    FileKind.TEXT,
    FileKind.XML,
    *TARGET,
}
PAGES = (".html", ".htm", ".xhtml", ".shtml")


def open_document(
    data: bytes, kind: FileKind, place: Place, tables_in: Measure
) -> tuple[Document | None, list[Finding]]:
    """Readers are imported when they are needed: most runs need one of them. `tables_in`: how much of a report a document holds."""
    if kind is FileKind.DOCX:
        from toolkit.documents.from_docx import read_docx

        return read_docx(data, place)
    if kind is FileKind.HTML or (kind in (FileKind.XML, FileKind.TEXT) and _is_page(data, place)):
        from toolkit.documents.from_html import read_html

        return read_html(data, place)
    if kind is FileKind.MHT:
        from toolkit.documents.from_mht import read_mht

        return read_mht(data, place, tables_in)
    if kind is FileKind.PDF:
        from toolkit.documents.from_pdf import read_pdf

        return read_pdf(data, place)
    if kind is FileKind.XLSX:
        from toolkit.documents.from_sheets import read_sheets

        return read_sheets(data, place)
    if kind is FileKind.TEXT:
        from toolkit.documents.from_text import read_text

        document = read_text(data)
        return document, [] if document else [refusal(Trouble.DAMAGED, place)]
    return _converted(data, kind, place, tables_in)


def _is_page(data: bytes, place: Place) -> bool:
    """A page that begins with something unusual, or a piece of one; told by its name and its tags."""
    return PurePath(place.file).suffix.lower() in PAGES or b"</td>" in data.lower()


def _converted(
    data: bytes, kind: FileKind, place: Place, tables_in: Measure
) -> tuple[Document | None, list[Finding]]:
    if kind not in TARGET:
        return None, [refusal(kind, place)]
    made = convert_source(data, kind)
    if made is None:
        return None, [refusal(Trouble.DAMAGED if find_office() else kind, place)]
    target = TARGET[kind]
    document, findings = open_document(
        made, FileKind.DOCX if target == "docx" else FileKind.XLSX, place, tables_in
    )
    if (
        refusal(Trouble.FOREIGN, place) in findings
    ):  # our own form in an old format: its figures are to come from the form itself
        return None, [refusal(kind, place)]
    return document, [
        *findings,
        make_finding("file_converted", place, target=f" .{target} "),
    ] if document else findings

"""Which reader takes which kind of file, as sniffed: bytes -> Document -> Reading."""

from pathlib import PurePath

from toolkit.codes import finding
from toolkit.files.office import office
from toolkit.files.sniff import Kind, Trouble, refusal
from toolkit.finding import Finding, Place
from toolkit.importing.convert import TARGET, converted
from toolkit.importing.document import Document
from toolkit.importing.published import Given, load_published
from toolkit.record.reading import Reading

READABLE = {Kind.XLSX, Kind.DOCX, Kind.HTML, Kind.MHT, Kind.PDF, Kind.TEXT, Kind.XML, *TARGET}
PAGES = (".html", ".htm", ".xhtml", ".shtml")


def load_report(data: bytes, kind: Kind, file: str, given: Given = Given()) -> tuple[Reading | None, list[Finding]]:
    """The published report in a file of any readable kind; everything else is refused with one sentence."""
    document, findings = open_document(data, kind, Place(file))
    if document is None:
        return None, findings
    reading, found = load_published(document, file, given)
    return reading, [*findings, *found]


def open_document(data: bytes, kind: Kind, place: Place) -> tuple[Document | None, list[Finding]]:
    """Readers are imported when they are needed: most runs need one of them."""
    if kind is Kind.DOCX:
        from toolkit.importing.from_docx import read_docx

        return read_docx(data, place)
    if kind is Kind.HTML or (kind in (Kind.XML, Kind.TEXT) and _is_page(data, place)):
        from toolkit.importing.from_html import read_html

        return read_html(data, place)
    if kind is Kind.MHT:
        from toolkit.importing.from_mht import read_mht

        return read_mht(data, place)
    if kind is Kind.PDF:
        from toolkit.importing.from_pdf import read_pdf

        return read_pdf(data, place)
    if kind is Kind.XLSX:
        from toolkit.importing.from_sheets import read_sheets

        return read_sheets(data, place)
    if kind is Kind.TEXT:
        from toolkit.importing.from_text import read_text

        document = read_text(data)
        return document, [] if document else [refusal(Trouble.DAMAGED, place)]
    return _converted(data, kind, place)


def _is_page(data: bytes, place: Place) -> bool:
    """A page that begins with something unusual, or a piece of one; told by its name and its tags."""
    return PurePath(place.file).suffix.lower() in PAGES or b"</td>" in data.lower()


def _converted(data: bytes, kind: Kind, place: Place) -> tuple[Document | None, list[Finding]]:
    if kind not in TARGET:
        return None, [refusal(kind, place)]
    made = converted(data, kind)
    if made is None:
        return None, [refusal(Trouble.DAMAGED if office() else kind, place)]
    target = TARGET[kind]
    document, findings = open_document(made, Kind.DOCX if target == "docx" else Kind.XLSX, place)
    if refusal(Trouble.FOREIGN, place) in findings:  # our own form in an old format: its figures are to come from the form itself
        return None, [refusal(kind, place)]
    return document, [*findings, finding("R-56", place, target=f" .{target} ")] if document else findings

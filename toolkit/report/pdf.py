"""A .docx as .pdf, by LibreOffice where there is one.

Without it people make the PDF with WPS, which a sentence tells them.
"""

from pathlib import Path

from toolkit.codes import make_finding
from toolkit.files.office import convert_file, find_office
from toolkit.finding import Finding

FONTS = Path(__file__).with_name("fonts.conf")


def to_pdf(document: bytes) -> tuple[bytes | None, list[Finding]]:
    """With a choice of fonts of its own, so that it looks the same everywhere."""
    if find_office() is None:
        return None, [make_finding("office_missing")]
    made = convert_file(document, "docx", "pdf", {"FONTCONFIG_FILE": str(FONTS)})
    return (made, []) if made else (None, [make_finding("pdf_not_made")])

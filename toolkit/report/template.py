"""An office's own .docx, of which only the styles are used: nothing else of it, people and
machines least of all, gets into a report.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.styles.styles import Styles

from toolkit.codes import make_finding
from toolkit.files.sniff import FileKind, load_bytes
from toolkit.finding import Finding, Place

STYLES, THEME = "word/styles.xml", "word/theme/theme1.xml"
MOST = 8 * 1024 * 1024  # bytes of one part

_LATER = (
    "clrSchemeMapping",
    "doNotIncludeSubdocsInStats",
    "shapeDefaults",
    "captions",
    "decimalSymbol",
    "listSeparator",
)
_AFTER_LANGUAGE = {qn(f"w:{name}") for name in _LATER}
_UNSAFE = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_ROOT = re.compile(rb"<w:styles\b")


@dataclass(frozen=True)
class Template:
    """The styles of a document as XML, and the theme that they may take fonts and colours from."""

    styles: bytes
    theme: bytes = b""


def load_template(path: Path) -> tuple[Template | None, list[Finding]]:
    """The styles of a .docx; a file that has none, or is something else, is refused with one
    sentence.
    """
    data, kind, findings = load_bytes(path)
    if data is None:
        return None, findings
    if kind is not FileKind.DOCX:
        return None, [make_finding("template_without_styles", Place(str(path)))]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            styles = _part(package, STYLES)
            theme = _part(package, THEME) if THEME in package.namelist() else b""
        for style in Styles(parse_xml(styles)):
            _ = style.name, style.type  # all that will be asked of them
    except Exception:  # noqa: BLE001 - a broken zip or broken XML says so in many ways
        return None, [make_finding("template_without_styles", Place(str(path)))]
    if b"embed=" in theme:  # a theme with pictures would need them too
        theme = b""
    return Template(styles, theme), []


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    """One part, no larger than it may be and without definitions of its own."""
    with package.open(name) as part:
        body = part.read(MOST + 1)
    is_utf_16 = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    if len(body) > MOST or _UNSAFE.search(body) or is_utf_16:
        raise ValueError(name)
    if name == STYLES and not _ROOT.search(body):
        raise ValueError(name)
    return body


def take_styles(word: Word, template: Template) -> None:
    """The template's styles in place of the document's.

    Numbering goes: headings bring their numbers with them.
    """
    root = parse_xml(template.styles)
    for element in [*root.iter(qn("w:numPr"), qn("w:rsid"))]:
        element.getparent().remove(element)
    word.part._styles_part._element = root
    if template.theme:
        language = parse_xml(f'<w:themeFontLang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>')
        settings = word.settings.element
        following = next((child for child in settings if child.tag in _AFTER_LANGUAGE), None)
        settings.append(language) if following is None else following.addprevious(language)
        theme = Part(
            PackURI(f"/{THEME}"), CONTENT_TYPE.OFC_THEME, template.theme, word.part.package
        )
        word.part.relate_to(theme, RELATIONSHIP_TYPE.THEME)

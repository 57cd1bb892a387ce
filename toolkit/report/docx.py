"""Neutral document -> the bytes of a Word file. The same document, stage and date give the same bytes."""

import io
import re
import zipfile
from datetime import UTC, datetime

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from toolkit.report.blocks import Block, Document, Heading, Table
from toolkit.report.gates import Stage
from toolkit.report.styles import BODY, CELL, FOOTER, HEADING_1, HEADING_2, MARK, TITLE, define_styles
from toolkit.report.tables import table_xml

TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
HEADER, PAGE_NUMBER = Mm(20), Mm(23)  # from the edges of the sheet; the number stands 7 mm below the text
HEADINGS = {1: HEADING_1, 2: HEADING_2}

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest date a zip file knows
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Of python-docx's template: what a report has no use for, and what tells of the machine it was made on.
_RESIDUE = ("thumbnail", "customXml", "extended-properties", "stylesWithEffects", "webSettings", "numbering", "theme", "fontTable")
_RESIDUE_SETTINGS = (
    "w:rsids",
    "w:themeFontLang",
    "w:clrSchemeMapping",
    "w:shapeDefaults",
    "w:zoom",
    "w:savePreviewPicture",
    "w:proofState",
    "w14:docId",
)


def render(document: Document, stage: Stage, created: datetime) -> bytes:
    """The report as .docx; anything but the final stage is marked on every page."""
    word = docx.Document()
    _remove_residue(word)
    define_styles(word)
    _set_page(word, stage)
    _write_title(word, document)
    for block, following in zip(document.blocks, [*document.blocks[1:], None], strict=True):
        _write(word, block, following)
    _set_properties(word, document, created)
    return _packed(word)


def _write_title(word: Word, document: Document) -> None:
    for line in filter(None, document.title):
        last = _paragraph(word, line, TITLE)
        last.paragraph_format.space_after = Pt(28) if line == document.title[-1] else None


def _write(word: Word, block: Block, following: Block | None) -> None:
    if isinstance(block, Table):
        cells = {key: clean(text) for key, text in block.texts.items()}
        word.element.body.sectPr.addprevious(table_xml(Table(block.frame, cells), word.styles[CELL].style_id))
        if following is None or isinstance(following, Table):
            word.add_paragraph(style=CELL)  # Word joins tables that touch, and wants no table at the very end
    else:
        _paragraph(word, block.text, HEADINGS[block.level] if isinstance(block, Heading) else BODY)


def _paragraph(word: Word, text: str, style: str) -> Paragraph:
    return word.add_paragraph(clean(text), style=style)


def clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


# Page -------------------------------------------------------------------------------------------------------------


def _set_page(word: Word, stage: Stage) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    section.header_distance, section.footer_distance = HEADER, PAGE_NUMBER
    for grid in section._sectPr.findall(qn("w:docGrid")):  # it would stretch the rows of tables
        section._sectPr.remove(grid)
    word.settings.odd_and_even_pages_header_footer = True
    _number_pages(section)
    if stage is not Stage.FINAL:
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            _sole(header.paragraphs, MARK).add_run(stage.value)


def _number_pages(section: Section) -> None:
    """— 1 — on the outer side: right on odd pages, left on even ones, a character away from the edge."""
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        footer.is_linked_to_previous = False
        paragraph = _sole(footer.paragraphs, FOOTER)
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.add_run("— ")
        field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))
        paragraph.add_run(" —")


def _sole(paragraphs: list[Paragraph], style: str) -> Paragraph:
    """The one paragraph that a new header or footer has."""
    paragraphs[0].style = style
    return paragraphs[0]


# File -------------------------------------------------------------------------------------------------------------


def _remove_residue(word: Word) -> None:
    for rels in (word.part.package.rels, word.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_RESIDUE)]:
            del rels[key]
    settings = word.settings.element
    for tag in _RESIDUE_SETTINGS:
        for element in settings.findall(qn(tag)):
            settings.remove(element)
    for element in word.element.iter():
        for name in [name for name in element.attrib if "rsid" in name]:
            del element.attrib[name]


def _set_properties(word: Word, document: Document, created: datetime) -> None:
    """Nothing about people or machines: the title and the date given."""
    properties = word.core_properties
    for element in list(properties._element):
        properties._element.remove(element)
    moment = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
    properties.title = clean("".join(document.title))[:255]
    properties.created = properties.modified = moment.replace(microsecond=0)


def _packed(word: Word) -> bytes:
    """The file without the time and the system at which it was packed."""
    saved, packed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            timeless = zipfile.ZipInfo(entry.filename, _EPOCH)
            timeless.create_system = 0
            target.writestr(timeless, source.read(entry), zipfile.ZIP_DEFLATED)
    return packed.getvalue()

"""Neutral document -> the bytes of a Word file.

The same document, stage and date give the same bytes.
"""

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from toolkit.phrases import phrases
from toolkit.report.blocks import (
    Block,
    Heading,
    ReportDocument,
    Signature,
    TableBlock,
    drop_invalid_characters,
)
from toolkit.report.choices import FontSet
from toolkit.report.gates import Stage
from toolkit.report.packing import pack_word, remove_residue
from toolkit.report.styles import (
    BODY,
    CELL,
    FOOTER,
    HEADING_1,
    HEADING_2,
    MARK,
    SIGNATURE,
    TITLE,
    complete_styles,
    define_styles,
)
from toolkit.report.tables import table_xml
from toolkit.report.template import Template, take_styles

TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
# From the edges of the sheet; the number is 7 mm below the text.
HEADER, PAGE_NUMBER = Mm(20), Mm(23)
HEADINGS = {1: HEADING_1, 2: HEADING_2}

TITLE_LINE = 20  # characters
AFTER_TABLE = 8  # points
END = 4  # characters between the date and the margin


@dataclass(frozen=True)
class Design:
    """How the document looks: the set of fonts, and the styles of an office's own template, which
    go before ours.
    """

    fonts: FontSet = FontSet.STANDARD
    template: Template | None = None


@dataclass(frozen=True)
class Paper:
    """A document being written, and its styles by our names for them."""

    word: Word
    styles: Mapping[str, ParagraphStyle]

    def paragraph(self, text: str, style: str) -> Paragraph:
        return self.word.add_paragraph(drop_invalid_characters(text), style=self.styles[style])


def render(
    document: ReportDocument, stage: Stage, created: datetime, design: Design = Design()
) -> bytes:
    """The report as .docx; anything but the final stage is marked on every page."""
    paper = blank_paper(design)
    _set_page(paper, stage)
    _write_title(paper, document)
    for block, following in zip(document.blocks, [*document.blocks[1:], None], strict=True):
        _write(paper, block, following, stage)
    for table in paper.word.element.body.tbl_lst:
        _set_apart(table.getnext())
    return pack_word(paper.word, "".join(document.title), created)


def blank_paper(design: Design) -> Paper:
    """An empty document with its styles, on A4, without anything of the machine."""
    word = docx.Document()
    remove_residue(word)
    if design.template is None:
        return Paper(word, define_styles(word, design.fonts.fonts))
    take_styles(word, design.template)
    return Paper(word, complete_styles(word, design.fonts.fonts))


def _write_title(paper: Paper, document: ReportDocument) -> None:
    for line in filter(None, document.title):
        layout = paper.paragraph(line, TITLE).paragraph_format
        layout.space_after = Pt(28) if line == document.title[-1] else None
        breaks = int(_width(line) // TITLE_LINE)
        if breaks:  # lines of one length, so that no two characters are alone on a line
            length = math.ceil(_width(line) / (breaks + 1))
            indent = Pt(max(0, TITLE_LINE - length - 1) * 11)
            layout.left_indent = layout.right_indent = indent


def _write(paper: Paper, block: Block, following: Block | None, stage: Stage) -> None:
    if isinstance(block, TableBlock):
        cells = {key: drop_invalid_characters(text) for key, text in block.texts.items()}
        cell_style = paper.styles[CELL].style_id
        paper.word.element.body.sectPr.addprevious(
            table_xml(TableBlock(block.frame, cells), cell_style)
        )
        if following is None or isinstance(following, TableBlock):
            # Word joins tables that touch, and wants no table at the very end.
            paper.paragraph("", CELL)
    elif isinstance(block, Signature):
        _write_signature(paper, block, stage)
    elif isinstance(block, Heading):
        paper.paragraph(block.text, HEADINGS[block.level])
    elif block.text[:1].isspace():  # a person has indented it already
        paragraph = paper.paragraph(block.text, BODY)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="0" w:firstLine="0"/>')
        )
    else:
        paper.paragraph(block.text, BODY)


def _set_apart(following: BaseOxmlElement | None) -> None:
    """Room between a table and the line under it."""
    if isinstance(following, CT_P):
        paragraph = Paragraph(following, None)  # type: ignore[arg-type]
        paragraph.paragraph_format.space_before = Pt(AFTER_TABLE)


def _write_signature(paper: Paper, block: Signature, stage: Stage) -> None:
    """The date four characters from the margin, the unit centred over it; a unit too long for
    that stands at the margin instead.
    """
    date = block.date or ("" if stage is Stage.FINAL else phrases().report.blank_date)
    unit = paper.paragraph(block.unit, SIGNATURE)
    unit.paragraph_format.space_before = Pt(28)
    longer = (_width(block.unit) - _width(date)) / 2 if date else 0.0
    _indent_right(unit, max(0.0, END - longer))
    if date:
        unit.paragraph_format.keep_with_next = True
        _indent_right(paper.paragraph(date, SIGNATURE), max(END, longer))


def _indent_right(paragraph: Paragraph, characters: float) -> None:
    paragraph.paragraph_format.right_indent = Pt(round(characters * 16))


def _width(text: str) -> float:
    """In full characters."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


# --- page


def set_margins(section: Section) -> None:
    """A4 with the margins of an official document."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        TOP,
        BOTTOM,
        LEFT,
        RIGHT,
    )
    section.header_distance, section.footer_distance = HEADER, PAGE_NUMBER
    for grid in section._sectPr.findall(qn("w:docGrid")):  # it would stretch the rows of tables
        section._sectPr.remove(grid)


def _set_page(paper: Paper, stage: Stage) -> None:
    section = paper.word.sections[0]
    set_margins(section)
    paper.word.settings.odd_and_even_pages_header_footer = True
    _number_pages(paper, section)
    if stage is not Stage.FINAL:
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            _sole(header.paragraphs, paper.styles[MARK]).add_run(stage.value)


def _number_pages(paper: Paper, section: Section) -> None:
    """— 1 — on the outer side: right on odd pages, left on even ones, a character away from the
    edge.
    """
    sides = (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    )
    for footer, side in sides:
        footer.is_linked_to_previous = False
        paragraph = _sole(footer.paragraphs, paper.styles[FOOTER])
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.add_run("— ")
        field = (
            f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
        paragraph._p.append(parse_xml(field))
        paragraph.add_run(" —")


def _sole(paragraphs: list[Paragraph], style: ParagraphStyle) -> Paragraph:
    """The one paragraph that a new header or footer has."""
    paragraphs[0].style = style
    return paragraphs[0]

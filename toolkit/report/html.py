"""Neutral document -> one self-contained web page, or a fragment of it to paste into a site's
editor.

A fragment holds p, h2 to h4 and table with attributes in place and nothing else, so that strict
editors leave it alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from toolkit.edition.frame import Band, Frame, FrameCell, Role
from toolkit.report.blocks import (
    Heading,
    ReportDocument,
    Signature,
    TableBlock,
    Text,
    drop_invalid_characters,
)
from toolkit.report.gates import Stage


@dataclass(frozen=True)
class HtmlCell:
    """`scope` is empty for a figure."""

    text: str
    scope: str
    height: int
    width: int


@dataclass(frozen=True)
class Part:
    """Rows of a table that belong together: its head, or the body of a block."""

    tag: str
    rows: tuple[tuple[HtmlCell, ...], ...]


@dataclass(frozen=True)
class HtmlTable:
    caption: str
    groups: tuple[int, ...]  # columns side by side under one head
    parts: tuple[Part, ...]
    columns: int


def page(document: ReportDocument, stage: Stage) -> str:
    """The whole report as one page that needs nothing else: readable on a phone, on paper, and by
    a screen reader.
    """
    return _render("page.html", document, stage)


def fragment(document: ReportDocument, stage: Stage) -> str:
    """The report without head and styles, to be pasted into a site's editor."""
    return _render("fragment.html", document, stage)


def _render(name: str, document: ReportDocument, stage: Stage) -> str:
    mark = "" if stage is Stage.FINAL else stage.value
    title = [drop_invalid_characters(line) for line in document.title if line]
    return _template(name).render(title=title, mark=mark, blocks=list(_template_blocks(document)))


@cache
def _template(name: str) -> Template:
    loader = PackageLoader("toolkit.report", "pages")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def _template_blocks(document: ReportDocument) -> Iterator[dict[str, object]]:
    caption = ""
    for block in document.blocks:
        match block:
            case Heading(level, text):
                caption = text if level == 1 else caption
                yield {"kind": "heading", "level": level, "text": drop_invalid_characters(text)}
            case Text(text):
                yield {
                    "kind": "text",
                    "text": drop_invalid_characters(text),
                    "is_indented": text[:1].isspace(),
                }
            case Signature(unit, date):
                yield {
                    "kind": "signature",
                    "lines": [drop_invalid_characters(line) for line in (unit, date) if line],
                }
            case TableBlock():
                yield {"kind": "table", "table": html_table(block, caption)}


def html_table(table: TableBlock, caption: str) -> HtmlTable:
    """A table as HTML has it.

    With one band its heads are in thead, which prints on every page. Of several bands each has a
    tbody, with its title and heads.
    """
    frame = table.frame
    rows = [_html_row(table, index) for index in range(frame.rows)]
    if len(frame.bands) == 1:
        (band,) = frame.bands
        head = Part("thead", tuple(rows[: band.body]))
        body = Part("tbody", tuple(rows[band.body :]))
        return HtmlTable(caption, _column_groups(frame, band), (head, body), frame.columns)
    parts = tuple(Part("tbody", tuple(rows[band.top : band.end])) for band in frame.bands)
    return HtmlTable(caption, (), parts, frame.columns)


def _html_row(table: TableBlock, index: int) -> tuple[HtmlCell, ...]:
    """The cells that begin in a row."""
    cells = dict.fromkeys(table.frame.grid()[index])
    return tuple(_html_cell(table, cell) for cell in cells if cell.row == index)


def _column_groups(frame: Frame, band: Band) -> tuple[int, ...]:
    """The label columns, and columns under the lowest head that spans several."""
    groups = [band.figures] if band.figures else []
    column = band.figures
    while column < frame.columns:
        over = [cell for cell in frame.cells if cell.role is Role.HEAD and cell.column == column]
        width = min((cell.width for cell in over if cell.width > 1), default=1)
        groups.append(width)
        column += width
    return tuple(groups)


def _html_cell(table: TableBlock, cell: FrameCell) -> HtmlCell:
    text = drop_invalid_characters(table.cell_text(cell))
    return HtmlCell(text, _header_scope(cell, text), cell.height, cell.width)


def _header_scope(cell: FrameCell, text: str) -> str:
    """The scope of a label; empty for figures and empty cells."""
    if cell.role is Role.FIGURE or not text:
        return ""
    if cell.role is Role.LABEL:
        return "row" if cell.height == 1 else "rowgroup"
    return "col" if cell.width == 1 else "colgroup"

"""An official table as the XML of a Word table, from its Frame.

Written as one string and parsed once: python-docx looks up every cell of a table by walking all
of them.
"""

from collections.abc import Iterator
from math import ceil
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.table import CT_Tbl

from toolkit.edition.frame import FrameCell, Role
from toolkit.report.blocks import TableBlock

TWIPS = 56.6929  # of a millimetre
WIDTH = 156.0  # between the margins
MARGIN = 0.5  # beside the text of a cell
SLACK = 0.4
DIGIT = 0.57  # of a character: digits of most fonts are half as wide, of some a little more
SIZE = 9  # points
CHARACTER = 3.175  # of that size
SMALLEST = 11  # half points of a figure
LONG = 20  # rows
# Least heights; the low one leaves the table of section three on one page under its prose.
ROW, LONG_ROW = 7.0, 5.5
NARROW, TALL = 12.0, 4  # a label in a column this narrow over this many rows is written downwards

# Millimetres of the columns of row labels, by how many there are; the figures share the rest.
LABELS: dict[int, tuple[float, ...]] = {0: (), 1: (48.0,), 2: (19.0, 51.0), 3: (9.0, 19.0, 42.0)}

_PROPERTIES = (
    '<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
    '<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr>"
)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES
)


def table_xml(table: TableBlock, style_id: str) -> CT_Tbl:
    """The table with its merged heads.

    It stays on one page, as a merged label is printed on the first page only; where it is longer
    than a page, its heads repeat if there is one block of them.
    """
    frame = table.frame
    widths = column_widths(table)
    size = _figure_size(table, widths)
    repeated = frame.bands[0].body if len(frame.bands) == 1 else 0
    least = LONG_ROW if frame.rows > LONG else ROW
    height = f'<w:trHeight w:val="{_twips(least)}" w:hRule="atLeast"/>'
    rows = []
    for index, grid in enumerate(frame.grid()):
        head = "<w:tblHeader/>" if index < repeated else ""
        keep = "<w:keepNext/>" if index < frame.rows - 1 else ""
        cells = [
            _cell_xml(table, cell, index, widths, style_id, keep, size)
            for cell in dict.fromkeys(grid)
        ]
        flags = f"<w:cantSplit/>{height}{head}"
        rows.append(f"<w:tr><w:trPr>{flags}</w:trPr>{''.join(cells)}</w:tr>")
    properties = _PROPERTIES.format(
        width=sum(map(_twips, widths)), borders=_BORDERS, margin=_twips(MARGIN)
    )
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    element = parse_xml(
        f"<w:tbl {nsdecls('w')}>{properties}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    assert isinstance(element, CT_Tbl)
    return element


def column_widths(table: TableBlock) -> list[float]:
    """Millimetres. Label columns by their number, columns of figures alike."""
    count = max(band.figures for band in table.frame.bands)
    labels = LABELS.get(count, (WIDTH / (count + 1),) * count)
    figures = table.frame.columns - count
    width = (WIDTH - sum(labels)) / figures
    return [*labels, *[width] * figures]


def _figure_size(table: TableBlock, widths: list[float]) -> int:
    """Half points at which the longest figure of the table stays on one line, the same for all
    its figures.
    """
    size = 2.0 * SIZE
    for cell in table.frame.cells:
        text = table.cell_text(cell)
        if cell.role is Role.FIGURE and text.isascii() and text:
            room = sum(widths[cell.column : cell.column + cell.width]) - 2 * MARGIN - SLACK
            size = min(size, 2 * SIZE * room / (len(text) * CHARACTER * DIGIT))
    return max(SMALLEST, int(size))


def _cell_xml(
    table: TableBlock,
    cell: FrameCell,
    row: int,
    widths: list[float],
    style_id: str,
    keep: str,
    size: int,
) -> str:
    """One cell of a row; `size` is that of figures, in half points."""
    width = sum(widths[cell.column : cell.column + cell.width])
    is_down = cell.role is Role.LABEL and width < NARROW and cell.height >= TALL
    properties = [f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/>']
    if cell.width > 1:
        properties.append(f'<w:gridSpan w:val="{cell.width}"/>')
    if cell.height > 1:
        properties.append('<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>")
    if is_down:
        properties.append('<w:textDirection w:val="tbRlV"/>')
    properties.append('<w:vAlign w:val="center"/>')
    text = table.cell_text(cell) if row == cell.row else ""
    run = _run_xml(text, size if cell.role is Role.FIGURE else 2 * SIZE)
    layout = "" if is_down else "".join(_layout(table, cell, width))
    style = f'<w:pStyle w:val="{style_id}"/>{keep}{layout}'
    return (
        f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr><w:p><w:pPr>{style}</w:pPr>{run}</w:p></w:tc>"
    )


def _layout(table: TableBlock, cell: FrameCell, width: float) -> Iterator[str]:
    """The lines of a narrow head are of one length; labels of rows begin at the left where they
    are in several columns.
    """
    if cell.role is Role.HEAD and cell.width == 1 and cell.text:
        spare = _spare_width(cell.text, width - 2 * MARGIN)
        if spare:
            side = _twips(spare / 2)
            yield f'<w:ind w:left="{side}" w:right="{side}"/>'
    if cell.role is Role.LABEL and max(band.figures for band in table.frame.bands) > 1:
        yield '<w:jc w:val="left"/>'


def _spare_width(text: str, room: float) -> float:
    """Millimetres that are left beside a text of several lines of one length; 0 for a single
    line.
    """
    lines = ceil(len(text) / max(1, int(room / CHARACTER)))
    if lines <= 1:
        return 0.0
    longest = ceil(len(text) / lines) + 0.5
    return max(0.0, room - longest * CHARACTER)


def _run_xml(text: str, size: int) -> str:
    if not text:
        return ""
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")]
    smaller = ""
    if size < 2 * SIZE:
        smaller = f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    return f"<w:r>{smaller}{'<w:br/>'.join(lines)}</w:r>"


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS)

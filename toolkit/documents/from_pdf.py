"""A PDF with text -> Document: tables by their lines, other text as paragraphs joined from its lines. pdfplumber is an extra."""

import io
import re
from collections.abc import Sequence
from typing import Any

from toolkit.codes import make_finding
from toolkit.documents.document import Document, Grid, GridCell, Line, number_tables
from toolkit.documents.paged import Page, PrintedRow, remove_running
from toolkit.documents.paragraphs import join_paragraphs
from toolkit.files.sniff import Trouble, refusal
from toolkit.finding import Finding, Place
from toolkit.personal import short

MOST_PAGES = 80
_NEAR = 2.0  # points by which edges of the same line differ
_MARGINS = 14.0  # points that word processors leave free beside the text of a cell, both sides
_WRAPPED = re.compile(r"[\d,.０-９]+(?:\n[\d,.０-９]+)+")


def read_pdf(data: bytes, place: Place) -> tuple[Document | None, list[Finding]]:
    try:
        import pdfplumber
    except ImportError:
        return None, [make_finding("pdf_reader_missing", place)]
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                return None, [
                    make_finding(
                        "file_unreadable",
                        place,
                        what=f"PDF 有{len(pdf.pages)}页，不像年度报告。",
                        todo="请给出年度报告本身的文件。",
                    )
                ]
            pages = [_page(page, number) for number, page in enumerate(pdf.pages)]
    except Exception:  # noqa: BLE001 - damaged and encrypted files raise whatever the parser stumbles on
        return None, [refusal(Trouble.DAMAGED, place)]
    items, running = remove_running(pages)
    if not any(isinstance(item, Grid) or item.text.strip() for item in items):
        return None, [make_finding("pdf_without_text", place)]
    # What runs through the pages stands around the report; it may name the report where no title does.
    blocks = number_tables(
        (*(Line(text, outside=True) for text in running), *join_paragraphs(items))
    )
    heads: list[tuple[str, dict[str, Any]]] = (
        [("running_heads_left_out", {"heads": "、".join(f"“{short(text)}”" for text in running)})]
        if running
        else []
    )
    return Document(blocks, (("pdf_paragraphs_joined", {}), *heads)), []


def _page(page: Any, number: int) -> Page:
    """The lines and tables of a page from top to bottom."""
    tables = [found for table in page.find_tables() if (found := _table(page, table))]
    outside = page
    for grid, box in tables:
        outside = outside.outside_bbox(box) if grid else outside
    lines = outside.extract_text_lines(return_chars=False, strip=True)
    items: list[tuple[float, PrintedRow | Grid]] = [
        (
            line["top"],
            PrintedRow(
                _tight(line["text"]), line["x0"], line["x1"], line["top"], line["bottom"], number
            ),
        )
        for line in lines
    ]
    items += [(box[1], grid) for grid, box in tables]
    height = float(page.height)
    page.close()
    return Page(height, tuple(item for _, item in sorted(items, key=lambda one: one[0])))


def _table(page: Any, table: Any) -> tuple[Grid, tuple[float, float, float, float]] | None:
    """A table between its first and last row of several cells; rows of one cell around them are text with a frame."""
    boxes = [box for box in table.cells if box]
    rows: dict[float, int] = {}
    for box in boxes:
        top = next((known for known in rows if abs(known - box[1]) < _NEAR), box[1])
        rows[top] = rows.get(top, 0) + 1
    wide = [top for top, count in rows.items() if count > 1]
    if not wide:
        return None
    first, last = min(wide), max(wide)
    kept = [box for box in boxes if first - _NEAR < box[1] < last + _NEAR]
    xs = _edges([edge for box in kept for edge in (box[0], box[2])])
    ys = _edges([edge for box in kept for edge in (box[1], box[3])])
    area = (xs[0], ys[0], xs[-1], ys[-1])
    chars = [
        char
        for char in page.chars
        if area[1] - 1 <= (char["top"] + char["bottom"]) / 2 <= area[3] + 1
    ]
    cells = [_cell(box, chars, xs, ys) for box in kept]
    return Grid(tuple(cells)), area


def _edges(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _cell(
    box: tuple[float, float, float, float],
    chars: Sequence[Any],
    xs: Sequence[float],
    ys: Sequence[float],
) -> GridCell:
    from pdfplumber.utils.text import extract_text

    left, top, right, bottom = box
    inside = [
        char
        for char in chars
        if left <= (char["x0"] + char["x1"]) / 2 < right
        and top <= (char["top"] + char["bottom"]) / 2 < bottom
    ]
    text = str(extract_text(inside)) if inside else ""
    if _WRAPPED.fullmatch(text) and _is_full(inside, right - left):
        text = text.replace("\n", "")
    row, column = _index(ys, top), _index(xs, left)
    return GridCell(
        text, row, column, max(1, _index(ys, bottom) - row), max(1, _index(xs, right) - column)
    )


def _is_full(chars: Sequence[Any], width: float) -> bool:
    """Whether another digit would not have fitted in the line: then the figure goes on in the next one."""
    chars = [char for char in chars if char["text"].strip()]
    first = [char for char in chars if abs(char["top"] - min(one["top"] for one in chars)) < _NEAR]
    digit = max(char["x1"] - char["x0"] for char in chars)
    return bool(
        width - (max(char["x1"] for char in first) - min(char["x0"] for char in first))
        < digit + _MARGINS
    )


def _tight(text: str) -> str:
    """Without the blanks that only stand for the space between Chinese and Latin characters."""
    return re.sub(r" +(?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) +", "", text)

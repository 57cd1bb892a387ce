"""A PDF with text -> Document: tables by their lines, other text as paragraphs joined from its lines. pdfplumber is an extra."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.codes import finding
from toolkit.finding import Finding, Place
from toolkit.importing.document import Block, Document, Grid, GridCell, Line, numbered
from toolkit.importing.headings import section_head
from toolkit.importing.words import published
from toolkit.reading.sniff import Trouble, refusal

MOST_PAGES = 80
_NEAR = 2.0  # points by which edges of the same line differ
_INDENT = 12.0  # points from the left edge of the text at which a paragraph begins
_MARGINS = 14.0  # points that word processors leave free beside the text of a cell, both sides
_WRAPPED = re.compile(r"[\d,.０-９]+(?:\n[\d,.０-９]+)+")
_SHORT = 20.0  # points left free at the end of the last line of a paragraph


@dataclass(frozen=True)
class _Row:
    """A line of text on a page, with its place in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def read_pdf(data: bytes, place: Place) -> tuple[Document | None, list[Finding]]:
    try:
        import pdfplumber
    except ImportError:
        return None, [finding("R-60", place)]
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                return None, [finding("R-01", place, what=f"PDF 有{len(pdf.pages)}页，不像年度报告。", todo="请给出年度报告本身的文件。")]
            items = [item for page in pdf.pages for item in _page(page)]
    except Exception:  # noqa: BLE001 - damaged and encrypted files raise whatever the parser stumbles on
        return None, [refusal(Trouble.DAMAGED, place)]
    if not any(isinstance(item, Grid) or item.text.strip() for item in items):
        return None, [finding("R-61", place)]
    return Document(numbered(_joined(items)), (("R-62", {}),)), []


def _page(page: Any) -> Iterator[_Row | Grid]:
    """The lines and tables of a page from top to bottom."""
    tables = [found for table in page.find_tables() if (found := _table(page, table))]
    outside = page
    for grid, box in tables:
        outside = outside.outside_bbox(box) if grid else outside
    lines = [
        _Row(_tight(line["text"]), line["x0"], line["x1"], line["top"], line["bottom"])
        for line in outside.extract_text_lines(return_chars=False, strip=True)
    ]
    lines = [line for index, line in enumerate(lines) if not _is_page_number(line.text, index in (0, len(lines) - 1))]
    items: list[tuple[float, _Row | Grid]] = [(line.top, line) for line in lines]
    items += [(box[1], grid) for grid, box in tables]
    yield from (item for _, item in sorted(items, key=lambda one: one[0]))
    page.close()


def _is_page_number(text: str, at_edge: bool) -> bool:
    return at_edge and re.search(published()["table"]["page_number"], text) is not None


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
    chars = [char for char in page.chars if area[1] - 1 <= (char["top"] + char["bottom"]) / 2 <= area[3] + 1]
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


def _cell(box: tuple[float, float, float, float], chars: Sequence[Any], xs: Sequence[float], ys: Sequence[float]) -> GridCell:
    from pdfplumber.utils.text import extract_text

    left, top, right, bottom = box
    inside = [
        char for char in chars if left <= (char["x0"] + char["x1"]) / 2 < right and top <= (char["top"] + char["bottom"]) / 2 < bottom
    ]
    text = str(extract_text(inside)) if inside else ""
    if _WRAPPED.fullmatch(text) and _is_full(inside, right - left):
        text = text.replace("\n", "")
    row, column = _index(ys, top), _index(xs, left)
    return GridCell(text, row, column, max(1, _index(ys, bottom) - row), max(1, _index(xs, right) - column))


def _is_full(chars: Sequence[Any], width: float) -> bool:
    """Whether another digit would not have fitted in the line: then the figure goes on in the next one."""
    chars = [char for char in chars if char["text"].strip()]
    first = [char for char in chars if abs(char["top"] - min(one["top"] for one in chars)) < _NEAR]
    digit = max(char["x1"] - char["x0"] for char in chars)
    return bool(width - (max(char["x1"] for char in first) - min(char["x0"] for char in first)) < digit + _MARGINS)


def _joined(items: Sequence[_Row | Grid]) -> Iterator[Block]:
    """Paragraphs of lines: one begins with an indent, or behind a line that ends early. Headings and tables stand alone."""
    rows = [item for item in items if isinstance(item, _Row)]
    left = _usual([row.left for row in rows])
    right = max((row.right for row in rows), default=0.0)
    text, ends = "", True
    for item in items:
        if isinstance(item, Grid):
            if text:
                yield Line(text)
            text, ends = "", True
            yield item
            continue
        is_head = section_head(item.text) is not None
        if text and (ends or is_head or item.left > left + _INDENT):
            yield Line(text)
            text = ""
        text = _glued(text, item.text)
        ends = is_head or item.right < right - _SHORT
    if text:
        yield Line(text)


def _usual(lefts: Sequence[float]) -> float:
    """The left edge of the text: the smallest that several lines share."""
    rounded = sorted(round(value) for value in lefts)
    return float(next((value for value in rounded if rounded.count(value) > 2), rounded[0] if rounded else 0))


def _tight(text: str) -> str:
    """Without the blanks that only stand for the space between Chinese and Latin characters."""
    return re.sub(r" +(?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) +", "", text)


def _glued(text: str, more: str) -> str:
    """Two lines of one paragraph; a blank stays only between Latin words."""
    blank = " " if text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha() else ""
    return text + blank + more

"""A PDF with text -> Document: tables by their lines, other text as joined paragraphs.

pdfplumber is an extra, which need not be installed.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from toolkit.codes import make_finding
from toolkit.documents.document import Document, Grid, GridCell, Line, number_tables
from toolkit.documents.formats import Opening, Source
from toolkit.documents.paged import Page, PrintedRow, remove_running
from toolkit.documents.paragraphs import join_paragraphs
from toolkit.files.sniff import Trouble, refusal
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import phrases

Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom, in points

MOST_PAGES = 80
_NEAR = 2.0  # points by which edges of the same line differ
_MARGINS = 14.0  # points that word processors leave free beside the text of a cell, both sides
_WRAPPED = re.compile(r"[\d,.０-９]+(?:\n[\d,.０-９]+)+")


def read_pdf(data: bytes, source: Source) -> Opening:
    place = source.place
    try:
        import pdfplumber
    except ImportError:
        return Opening(None, [make_finding("pdf_reader_missing", place)])
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                return Opening(None, [_too_many_pages(len(pdf.pages), place)])
            pages = [_read_page(page, number) for number, page in enumerate(pdf.pages)]
    except Exception:  # noqa: BLE001 - damaged and encrypted files raise anything
        return Opening(None, [refusal(Trouble.DAMAGED, place)])
    items, running = remove_running(pages)
    if not any(isinstance(item, Grid) or item.text.strip() for item in items):
        return Opening(None, [make_finding("pdf_without_text", place)])
    # What runs through the pages is around the report; it may name the report where no title does.
    around = [Line(text, outside=True) for text in running]
    blocks = number_tables((*around, *join_paragraphs(items)))
    notes: list[tuple[str, dict[str, Any]]] = [("pdf_paragraphs_joined", {})]
    if running:
        heads = "、".join(f"“{short(text)}”" for text in running)
        notes.append(("running_heads_left_out", {"heads": heads}))
    return Opening(Document(blocks, tuple(notes)))


def _too_many_pages(count: int, place: Place) -> Finding:
    words = phrases().documents
    what = words.many_pages.format(count=count)
    return make_finding("file_unreadable", place, what=what, todo=words.many_pages_todo)


def _read_page(page: Any, number: int) -> Page:
    """The lines and tables of a page from top to bottom."""
    tables = _find_tables(page)
    outside = page
    for table in tables:
        outside = outside.outside_bbox(table.box)
    items: list[tuple[float, PrintedRow | Grid]] = []
    for line in outside.extract_text_lines(return_chars=False, strip=True):
        text = _close_up(line["text"])
        row = PrintedRow(text, line["x0"], line["x1"], line["top"], line["bottom"], number)
        items.append((row.top, row))
    items += [(table.box[1], table.grid) for table in tables]
    height = float(page.height)
    page.close()
    items.sort(key=lambda item: item[0])
    return Page(height, tuple(item for _, item in items))


@dataclass(frozen=True)
class _Table:
    grid: Grid
    box: Box


def _find_tables(page: Any) -> list[_Table]:
    return list(filter(None, (_read_table(page, table) for table in page.find_tables())))


def _read_table(page: Any, table: Any) -> _Table | None:
    """A table between its first and last row of several cells.

    Rows of one cell around them are text with a frame.
    """
    boxes = [box for box in table.cells if box]
    wide_rows = [top for top, count in _count_by_top(boxes).items() if count > 1]
    if not wide_rows:
        return None
    first, last = min(wide_rows), max(wide_rows)
    kept = [box for box in boxes if first - _NEAR < box[1] < last + _NEAR]
    lefts, tops, rights, bottoms = zip(*kept, strict=True)
    xs, ys = _merge_edges(lefts + rights), _merge_edges(tops + bottoms)
    area = (xs[0], ys[0], xs[-1], ys[-1])
    chars = [char for char in page.chars if area[1] - 1 <= _middle_y(char) <= area[3] + 1]
    cells = [_read_cell(box, chars, xs, ys) for box in kept]
    return _Table(Grid(tuple(cells)), area)


def _count_by_top(boxes: Sequence[Box]) -> dict[float, int]:
    """The upper edge of each row -> how many cells it has."""
    counts: dict[float, int] = {}
    for box in boxes:
        top = next((known for known in counts if abs(known - box[1]) < _NEAR), box[1])
        counts[top] = counts.get(top, 0) + 1
    return counts


def _merge_edges(values: Sequence[float]) -> list[float]:
    """The edges in order, those near each other as one: `[10.0, 10.4, 50.0]` is `[10.0, 50.0]`."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _nearest_index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _read_cell(
    box: Box, chars: Sequence[Any], xs: Sequence[float], ys: Sequence[float]
) -> GridCell:
    from pdfplumber.utils.text import extract_text

    left, top, right, bottom = box
    inside = [char for char in chars if _is_inside(char, box)]
    text = str(extract_text(inside)) if inside else ""
    if _WRAPPED.fullmatch(text) and _is_full(inside, right - left):
        text = text.replace("\n", "")
    row, column = _nearest_index(ys, top), _nearest_index(xs, left)
    height, width = _nearest_index(ys, bottom) - row, _nearest_index(xs, right) - column
    return GridCell(text, row, column, max(1, height), max(1, width))


def _is_inside(char: Any, box: Box) -> bool:
    left, top, right, bottom = box
    return bool(left <= (char["x0"] + char["x1"]) / 2 < right and top <= _middle_y(char) < bottom)


def _middle_y(char: Any) -> float:
    return float((char["top"] + char["bottom"]) / 2)


def _is_full(chars: Sequence[Any], width: float) -> bool:
    """Whether another digit would not have fitted in the first line.

    Then the figure goes on in the next one.
    """
    chars = [char for char in chars if char["text"].strip()]
    top = min(char["top"] for char in chars)
    first_line = [char for char in chars if abs(char["top"] - top) < _NEAR]
    digit = max(char["x1"] - char["x0"] for char in chars)
    filled = max(char["x1"] for char in first_line) - min(char["x0"] for char in first_line)
    return bool(width - filled < digit + _MARGINS)


def _close_up(text: str) -> str:
    """The text without the blanks between Chinese and Latin characters, which are only space."""
    return re.sub(r" +(?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) +", "", text)

"""A workbook that is not ours -> Document: every visible sheet as a table with its merged cells."""

from collections.abc import Iterator
from itertools import product

from toolkit.documents.document import (
    MOST_CELLS,
    TALLEST,
    WIDEST,
    Block,
    Document,
    Grid,
    GridCell,
    Line,
    number_tables,
)
from toolkit.documents.formats import Opening, Source
from toolkit.files.book import BookCell, Sheet, open_book
from toolkit.files.coordinates import a1
from toolkit.files.sniff import Trouble, refusal
from toolkit.values import Kind as ColumnKind
from toolkit.values import exact, read_typed, show


def read_sheets(data: bytes, source: Source) -> Opening:
    book, findings = open_book(data, source.place)
    if book is None:
        return Opening(None, findings)
    if any(sheet.name in source.our_sheets for sheet in book.sheets):
        return Opening(None, [refusal(Trouble.FOREIGN, source.place)], is_ours=True)
    blocks: list[Block] = []
    for sheet in book.sheets:
        if sheet.visible and _count_cells(sheet) <= MOST_CELLS:
            blocks.append(Line(sheet.name, outside=True))
            blocks.append(Grid(tuple(_read_cells(sheet)), sheet.name))
    return Opening(Document(number_tables(blocks)), findings)


def _count_cells(sheet: Sheet) -> int:
    return sum(map(len, _columns_by_row(sheet).values()))


def _columns_by_row(sheet: Sheet) -> dict[int, range]:
    """Each filled row -> its columns from the first filled one to the last of the sheet; from 1."""
    last = max((column for _, column in sheet.cells), default=0)
    first: dict[int, int] = {}
    for row, column in sheet.cells:
        first[row] = min(first.get(row, column), column)
    columns: dict[int, range] = {}
    for row, column in sorted(first.items()):
        columns[row] = range(column, min(last, column + WIDEST) + 1)
    return columns


def _read_cells(sheet: Sheet) -> Iterator[GridCell]:
    """Filled cells, merged ones with their height and width, and blank cells between them.

    A row begins with its first filled cell and ends where the sheet does.
    """
    spans, covered = _read_merges(sheet)
    for row, columns in _columns_by_row(sheet).items():
        for column in columns:
            if (row, column) not in covered:
                height, width = spans.get((row, column), (1, 1))
                yield _read_cell(sheet.cells.get((row, column)), row, column, height, width)


def _read_merges(
    sheet: Sheet,
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Place -> height and width of merged cells, and the places they cover.

    What is larger than any form is no merge of a table.
    """
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merges:
        height, width = bottom - top + 1, right - left + 1
        if height > TALLEST or width > WIDEST or len(covered) > MOST_CELLS:
            continue
        spans[top, left] = height, width
        covered.update(product(range(top, bottom + 1), range(left, right + 1)))
    return spans, covered - set(spans)


def _read_cell(cell: BookCell | None, row: int, column: int, height: int, width: int) -> GridCell:
    """The cell at a row and column from 1."""
    value = cell.value if cell else None
    if value is None and cell and cell.formula is not None:
        value = cell.formula  # its result was not saved
    return GridCell(
        _show_value(value),
        row - 1,
        column - 1,
        height,
        width,
        value,
        a1(row - 1, column - 1),
        cell.marked if cell else None,
    )


def _show_value(value: object) -> str:
    """A value as text, numbers without the noise of binary fractions."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    number, _ = read_typed(value, ColumnKind.AMOUNT)
    return str(value) if number.number is None else show(exact(number.number))

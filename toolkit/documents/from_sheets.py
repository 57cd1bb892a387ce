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
from toolkit.files.book import BookCell, Sheet, open_book
from toolkit.files.coordinates import a1
from toolkit.files.sniff import Trouble, refusal
from toolkit.finding import Finding, Place
from toolkit.values import Kind as Column
from toolkit.values import exact, read_typed, show
from toolkit.workbook.plan import CALC, META


def read_sheets(data: bytes, place: Place) -> tuple[Document | None, list[Finding]]:
    book, findings = open_book(data, place)
    if book is None:
        return None, findings
    if {sheet.name for sheet in book.sheets} & {CALC, META}:
        return None, [
            refusal(Trouble.FOREIGN, place)
        ]  # ours, with its mark gone: nothing that may be read as published
    blocks: list[Block] = []
    for sheet in book.sheets:
        if sheet.visible and sum(map(len, _reach(sheet).values())) <= MOST_CELLS:
            blocks += [Line(sheet.name, outside=True), Grid(tuple(_cells(sheet)), sheet.name)]
    return Document(number_tables(blocks)), findings


def _reach(sheet: Sheet) -> dict[int, range]:
    """Row -> its columns from the first filled one to the last of the sheet."""
    last = max((column for _, column in sheet.cells), default=0)
    first: dict[int, int] = {}
    for row, column in sheet.cells:
        first[row] = min(first.get(row, column), column)
    return {
        row: range(column, min(last, column + WIDEST) + 1) for row, column in sorted(first.items())
    }


def _cells(sheet: Sheet) -> Iterator[GridCell]:
    """Filled cells, merged ones with their reach, and the blanks between the first and the last filled one of a row."""
    spans, covered = _merged(sheet)
    for row, columns in _reach(sheet).items():
        for column in columns:
            if (row, column) not in covered:
                yield _cell(
                    sheet.cells.get((row, column)), row, column, *spans.get((row, column), (1, 1))
                )


def _merged(sheet: Sheet) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Height and width of merged cells, and the cells they cover; merges larger than any form has are no table's."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merges:
        height, width = bottom - top + 1, right - left + 1
        if height > TALLEST or width > WIDEST or len(covered) > MOST_CELLS:
            continue
        spans[top, left] = height, width
        covered.update(product(range(top, bottom + 1), range(left, right + 1)))
    return spans, covered - set(spans)


def _cell(cell: BookCell | None, row: int, column: int, height: int, width: int) -> GridCell:
    value = cell.value if cell else None
    if value is None and cell and cell.formula is not None:
        value = cell.formula  # its result was not saved
    if isinstance(value, int | float) and not isinstance(value, bool):
        number, _ = read_typed(value, Column.AMOUNT)
        text = show(exact(number.number)) if number.number is not None else str(value)
    else:
        text = "" if value is None else str(value)
    return GridCell(
        text,
        row - 1,
        column - 1,
        height,
        width,
        value,
        a1(row - 1, column - 1),
        cell.marked if cell else None,
    )

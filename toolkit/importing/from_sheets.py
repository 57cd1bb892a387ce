"""A workbook that is not ours -> Document: every visible sheet as a table with its merged cells."""

from toolkit.finding import Finding, Place
from toolkit.importing.document import Block, Document, Grid, GridCell, Line, numbered
from toolkit.reading.book import BookCell, Sheet, open_book
from toolkit.values import Kind as Column
from toolkit.values import exact, read_typed, show
from toolkit.workbook.plan import a1


def read_sheets(data: bytes, place: Place) -> tuple[Document | None, list[Finding]]:
    book, findings = open_book(data, place)
    if book is None:
        return None, findings
    blocks: list[Block] = []
    for sheet in book.sheets:
        if sheet.visible:
            blocks += [Line(sheet.name, outside=True), Grid(tuple(_cells(sheet)), sheet.name)]
    return Document(numbered(blocks)), findings


def _cells(sheet: Sheet) -> list[GridCell]:
    """Filled cells, merged ones with their reach, and the blanks between the first and the last filled one of a row."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merges}
    covered = {
        (row, column)
        for (top, left), (height, width) in spans.items()
        for row in range(top, top + height)
        for column in range(left, left + width)
        if (row, column) != (top, left)
    }
    rows: dict[int, list[int]] = {}
    for row, column in sheet.cells:
        rows.setdefault(row, []).append(column)
    last = max((column + spans.get((row, column), (1, 1))[1] - 1 for row, column in sheet.cells), default=0)
    found = []
    for row, columns in sorted(rows.items()):
        for column in range(min(columns), min(last, min(columns) + 200) + 1):
            if (row, column) not in covered:
                height, width = spans.get((row, column), (1, 1))
                found.append(_cell(sheet.cells.get((row, column)), row, column, height, width))
    return found


def _cell(cell: BookCell | None, row: int, column: int, height: int, width: int) -> GridCell:
    value = cell.value if cell else None
    if value is None and cell and cell.formula is not None:
        value = cell.formula  # its result was not saved
    if isinstance(value, int | float) and not isinstance(value, bool):
        number, _ = read_typed(value, Column.AMOUNT)
        text = show(exact(number.number)) if number.number is not None else str(value)
    else:
        text = "" if value is None else str(value)
    return GridCell(text, row - 1, column - 1, height, width, value, a1(row - 1, column - 1))

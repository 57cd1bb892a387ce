"""Single cells of a workbook as it was read: where they are and what they hold.

Rows and columns count from 1, as in `toolkit.files.book`.
"""

from typing import TypeGuard

from toolkit.files.book import Book, BookCell, Sheet
from toolkit.files.coordinates import a1
from toolkit.finding import Place


def find_sheet(book: Book, name: str) -> Sheet | None:
    """The sheet of exactly this name."""
    for sheet in book.sheets:
        if sheet.name == name:
            return sheet
    return None


def address_of(row: int, column: int) -> str:
    """The address of a cell: `address_of(3, 2)` is B3."""
    return a1(row - 1, column - 1)


def cell_place(file: str, sheet: Sheet, row: int, column: int, order: int = 0) -> Place:
    """A cell as the place of a finding; `order` is where its sheet comes in the form."""
    return Place(file, sheet.name, address_of(row, column), (order, row, column))


def content_of(cell: BookCell) -> object:
    """The value of a cell, or its formula where no result was saved with it."""
    return cell.formula if cell.value is None else cell.value


def is_plain_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a number. True and False are none, though Python counts with them."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_whole_float(value: object) -> TypeGuard[float]:
    """Whether a value is a whole number in the form in which spreadsheets save all numbers."""
    return isinstance(value, float) and value.is_integer()


def read_cell_text(sheet: Sheet, row: int, column: int) -> str:
    """What a cell holds as text, "" where it is empty.

    A text that began with = was taken for a formula and never computed: its formula is the text.
    """
    cell = sheet.cells.get((row, column))
    if cell is None:
        return ""
    if cell.value is None:
        return cell.formula or ""
    if is_whole_float(cell.value):
        return str(int(cell.value))
    return str(cell.value)

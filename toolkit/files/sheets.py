"""A workbook as plain records, which `book` makes of a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.files.coordinates import row_and_column
from toolkit.files.marked import Marked


@dataclass(frozen=True)
class BookCell:
    """A cell that holds something.

    With a formula, `value` is the result that was saved with it, or None.

    `value` is None, bool, int, float, str, or one of datetime; an error is its text, such as
    "#REF!". Where parts of its text are raised or struck out, `marked` says which, and `value` is
    without what is struck out.
    """

    value: object
    formula: str | None
    locked: bool
    marked: Marked | None = None


@dataclass(frozen=True)
class Area:
    """A block of cells, ends included; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def contains(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Sheet:
    """One worksheet.

    Rows and columns count from 1; cells and rows without content are not there.
    """

    name: str
    visible: bool
    protected: bool
    cells: Mapping[tuple[int, int], BookCell]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int] = frozenset()
    validated: tuple[Area, ...] = ()  # where the program checks what is typed
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)  # by the cell they belong to
    merges: tuple[tuple[int, int, int, int], ...] = ()  # top, left, bottom, right

    def cell_at(self, address: str) -> BookCell | None:
        """The cell at an address such as B3, None where it is empty."""
        row, column = row_and_column(address)
        return self.cells.get((row + 1, column + 1))


@dataclass(frozen=True)
class Book:
    """A workbook. `stripped`: number formats and locks were lost, so dates show up as numbers."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    properties: Mapping[str, str]
    application: str
    stripped: bool

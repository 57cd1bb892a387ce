"""Cells and ranges as spreadsheets write them.

Rows and columns count from 0, as in XlsxWriter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.files.coordinates import a1, quoted


@dataclass(frozen=True)
class Spot:
    """One cell."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The cell within its sheet: `C7`."""
        return a1(self.row, self.column)

    @property
    def absolute(self) -> str:
        """The cell as formulas of any sheet write it: `'表一'!$C$7`."""
        return f"{quoted(self.sheet)}!{a1(self.row, self.column, absolute=True)}"


@dataclass(frozen=True)
class Segment:
    """A run of cells in one row or column whose two ends are locked.

    Cutting an input between them moves no reference.
    """

    first: Spot
    last: Spot
    index: int  # of the input in it, from 1

    @property
    def input_formula(self) -> str:
        """The input, without `=`: `INDEX('表一'!$B$7:$F$7,2)`."""
        last = a1(self.last.row, self.last.column, absolute=True)
        return f"INDEX({self.first.absolute}:{last},{self.index})"


def join_ranges(spots: Sequence[Spot]) -> list[str]:
    """Cells of one sheet as ranges; neighbours along a column or a row become one range.

    For example C7, C8, C9, E7 give `'表一'!$C$7:$C$9` and `'表一'!$E$7`.
    """
    ranges: list[str] = []
    start = 0
    while start < len(spots):
        end = max(_end_of_run(spots, start, 1, 0), _end_of_run(spots, start, 0, 1))
        first, last = spots[start], spots[end]
        text = first.absolute
        if end > start:
            text += ":" + a1(last.row, last.column, absolute=True)
        ranges.append(text)
        start = end + 1
    return ranges


def _end_of_run(spots: Sequence[Spot], start: int, down: int, right: int) -> int:
    """The index of the last cell up to which every cell is the neighbour of the one before it."""
    end = start
    while end + 1 < len(spots):
        here, after = spots[end], spots[end + 1]
        neighbour = Spot(here.sheet, here.row + down, here.column + right)
        if after != neighbour:
            break
        end += 1
    return end

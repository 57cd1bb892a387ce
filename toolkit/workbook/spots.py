"""Cells and ranges as spreadsheets write them. Rows and columns count from 0, as XlsxWriter does."""

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
        return a1(self.row, self.column)

    @property
    def absolute(self) -> str:
        return f"{quoted(self.sheet)}!{a1(self.row, self.column, absolute=True)}"


@dataclass(frozen=True)
class Segment:
    """A run of cells in one row or column whose two ends are locked: cutting an input between them moves no reference."""

    first: Spot
    last: Spot
    index: int  # of the input in it, from 1

    @property
    def input_formula(self) -> str:
        return f"INDEX({self.first.absolute}:{a1(self.last.row, self.last.column, absolute=True)},{self.index})"


def join_ranges(spots: Sequence[Spot]) -> list[str]:
    """Cells of one sheet as ranges; runs along a column or a row become one range."""
    found: list[str] = []
    start = 0
    while start < len(spots):
        end = max(_run(spots, start, 1, 0), _run(spots, start, 0, 1))
        first, last = spots[start], spots[end]
        text = a1(first.row, first.column, absolute=True)
        if end > start:
            text += ":" + a1(last.row, last.column, absolute=True)
        found.append(f"{quoted(first.sheet)}!{text}")
        start = end + 1
    return found


def _run(spots: Sequence[Spot], start: int, down: int, right: int) -> int:
    end = start
    while end + 1 < len(spots):
        here, after = spots[end], spots[end + 1]
        if (after.sheet, after.row, after.column) != (
            here.sheet,
            here.row + down,
            here.column + right,
        ):
            break
        end += 1
    return end

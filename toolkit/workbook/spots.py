"""Cells and ranges as spreadsheets write them. Rows and columns count from 0, as XlsxWriter does."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """One cell."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        return a1(self.row, self.column)

    @property
    def absolute(self) -> str:
        return f"{quoted(self.sheet)}!{a1(self.row, self.column, absolute=True)}"


def column_name(column: int) -> str:
    assert column >= 0, column
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def a1(row: int, column: int, *, absolute: bool = False) -> str:
    mark = "$" if absolute else ""
    return f"{mark}{column_name(column)}{mark}{row + 1}"


def quoted(sheet: str) -> str:
    """A sheet name as formulas write it."""
    return (
        sheet
        if sheet.isascii() and sheet.replace("_", "a").isalnum()
        else "'" + sheet.replace("'", "''") + "'"
    )


@dataclass(frozen=True)
class Segment:
    """A run of cells in one row or column whose two ends are locked: cutting an input between them moves no reference."""

    first: Spot
    last: Spot
    index: int  # of the input in it, from 1

    @property
    def formula(self) -> str:
        return f"INDEX({self.first.absolute}:{a1(self.last.row, self.last.column, absolute=True)},{self.index})"


def joined(spots: Sequence[Spot]) -> list[str]:
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

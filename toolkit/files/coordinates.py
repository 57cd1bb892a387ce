"""Cells as spreadsheets write them: pure text. Rows and columns count from 0."""

import re

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]+)")


def column_name(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    assert column >= 0, column
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def a1(row: int, column: int, *, absolute: bool = False) -> str:
    """The address of a cell: row 2 and column 1 are B3, or $B$3 where it is absolute."""
    dollar = "$" if absolute else ""
    return f"{dollar}{column_name(column)}{dollar}{row + 1}"


def quoted(sheet: str) -> str:
    """A sheet name as formulas write it, quoted where it is more than ASCII letters and digits."""
    if sheet.isascii() and sheet.replace("_", "a").isalnum():
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def row_and_column(address: str) -> tuple[int, int]:
    """The place of a cell, from 0: B3 is `(2, 1)`.

    What is no address of one cell is a ValueError.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(f"no address of a cell: {address!r}")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1

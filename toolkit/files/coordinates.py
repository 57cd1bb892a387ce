"""Cells as spreadsheets write them: pure text. Rows and columns count from 0."""


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

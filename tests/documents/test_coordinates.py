"""Addresses of cells are read as they are written, and nothing else is one."""

import pytest

from toolkit.files.coordinates import a1, row_and_column


@pytest.mark.parametrize(
    ("row", "column"), [(0, 0), (2, 1), (99, 25), (0, 26), (1_048_575, 16_383)]
)
def test_addresses_are_read_as_written(row: int, column: int) -> None:
    assert row_and_column(a1(row, column)) == (row, column)


@pytest.mark.parametrize("text", ["", "B", "3", "B3:C4", "$B$3", " B3", "Ｂ3", "B３", "ABCD1"])
def test_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="no address of a cell"):
        row_and_column(text)

"""Where a cell of a document is, for findings."""

from toolkit.documents.document import Grid, GridCell
from toolkit.finding import Place
from toolkit.phrases import phrases


def place_of_cell(
    file: str, grid: Grid, cell: GridCell, order: tuple[int, int, int] = (0, 0, 0)
) -> Place:
    """By its address on a sheet, else by table, row and column in words, counted from 1."""
    if grid.sheet is not None:
        return Place(file, grid.sheet, cell.at, order)
    spot = phrases().importing.printed_at.format(
        table=grid.number, row=cell.row + 1, column=cell.column + 1
    )
    return Place(file, order=order, spot=spot)

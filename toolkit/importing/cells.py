"""Small questions about printed cells that every step of an import asks."""

from collections.abc import Iterable, Sequence

from toolkit.documents.document import GridCell
from toolkit.documents.printed_labels import is_figure


def filled_cells(cells: Iterable[GridCell]) -> list[GridCell]:
    """The cells with something in them."""
    return [cell for cell in cells if cell.text.strip()]


def join_filled(cells: Iterable[GridCell]) -> str:
    """The texts of the cells with something in them, separated by spaces."""
    return " ".join(cell.text for cell in filled_cells(cells))


def is_figure_cell(cell: GridCell) -> bool:
    """Whether a cell holds what a column of figures may hold. Blank is not enough."""
    return (cell.value is not None and not isinstance(cell.value, str)) or is_figure(cell.text)


def is_filled_figure(cell: GridCell) -> bool:
    return bool(cell.text.strip()) and is_figure_cell(cell)


def first_figure(cells: Sequence[GridCell]) -> int:
    """The index of the first filled cell with a figure; the number of cells without one."""
    for index, cell in enumerate(cells):
        if is_filled_figure(cell):
            return index
    return len(cells)

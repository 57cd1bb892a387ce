"""The geometry of an official table: which label or figure stands in which row and column, and what is merged.

One frame serves the workbook, the reader and the documents. Rows and columns count from 0 inside the table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from toolkit.edition.build import common_prefix
from toolkit.edition.declared import Block
from toolkit.edition.model import Table


class Role(StrEnum):
    TITLE = "title"  # the line over a block
    CORNER = "corner"
    HEAD = "head"  # labels over columns
    LABEL = "label"  # labels of rows
    FIGURE = "figure"


@dataclass(frozen=True)
class FrameCell:
    row: int
    column: int
    height: int
    width: int
    role: Role
    text: str = ""
    key: str = ""  # of a figure


@dataclass(frozen=True)
class Band:
    """One block on the grid: rows top..end, heads above `body`, labels left of `figures`. Texts are own labels, for finding them again."""

    block: int
    top: int
    body: int
    end: int
    figures: int
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    table: str
    rows: int
    columns: int
    cells: tuple[FrameCell, ...]
    bands: tuple[Band, ...]

    def grid(self) -> list[list[FrameCell]]:
        """Every grid position with the cell that covers it."""
        grid: list[list[FrameCell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.height):
                for column in range(cell.column, cell.column + cell.width):
                    grid[row][column] = cell
        return [[cell for cell in row if cell is not None] for row in grid]

    def position(self) -> dict[str, tuple[int, int]]:
        """Cell key -> (row, column) of its figure."""
        return {
            cell.key: (cell.row, cell.column) for cell in self.cells if cell.role is Role.FIGURE
        }


def build_frame(table: Table) -> Frame:
    """The frame of a table, its blocks one under the other."""
    width = max(_label_columns(block) + len(block.columns) for block in table.blocks)
    keys = {(cell.block, cell.block_row, cell.block_column): cell.key for cell in table.cells}
    cells: list[FrameCell] = []
    bands: list[Band] = []
    top = 0
    for index, block in enumerate(table.blocks):
        band, parts = _block(block, index, top, width, keys)
        cells += parts
        bands.append(band)
        top = band.end
    return Frame(table.key, top, width, tuple(cells), tuple(bands))


def _label_columns(block: Block) -> int:
    return max(len(row.path) for row in block.rows)


def _block(
    block: Block, index: int, top: int, width: int, keys: dict[tuple[int, int, int], str]
) -> tuple[Band, list[FrameCell]]:
    labels, depth = _label_columns(block), max(len(column.path) for column in block.columns)
    cells: list[FrameCell] = []
    head = top
    if block.title:
        cells.append(FrameCell(top, 0, 1, width, Role.TITLE, block.title))
        head += 1
    body = head + depth
    if labels:
        cells.append(FrameCell(head, 0, depth, labels, Role.CORNER, block.corner))
    spare = width - labels - len(block.columns)  # the last column spans what a wider block leaves
    last = len(block.columns) - 1
    for text, level, first, span, reach in _merge([column.path for column in block.columns], depth):
        wide = span + (spare if first + span - 1 == last else 0)
        cells.append(FrameCell(head + level, labels + first, reach, wide, Role.HEAD, text))
    for text, level, first, span, reach in _merge([row.path for row in block.rows], labels):
        cells.append(FrameCell(body + first, level, span, reach, Role.LABEL, text))
    for r in range(len(block.rows)):
        for c in range(len(block.columns)):
            wide = 1 + (spare if c == last else 0)
            cells.append(
                FrameCell(body + r, labels + c, 1, wide, Role.FIGURE, key=keys[index, r, c])
            )
    own_rows = tuple(row.path[-1] if row.path else "" for row in block.rows)
    own_columns = tuple(column.path[-1] for column in block.columns)
    return Band(index, top, body, body + len(block.rows), labels, own_rows, own_columns), cells


def _merge(paths: list[tuple[str, ...]], depth: int) -> Iterator[tuple[str, int, int, int, int]]:
    """Neighbouring paths with the same beginning share its cells; the last part of a path fills the remaining levels.

    Yields (text, level, first, span, reach): `span` paths from `first` on, `reach` levels from `level` on.
    """
    for level in range(depth):
        first = 0
        while first < len(paths):
            end = first + 1
            while (
                end < len(paths)
                and common_prefix([paths[first], paths[end]]) > level
                and len(paths[first]) > level + 1
            ):
                end += 1
            if len(paths[first]) > level:
                is_last = len(paths[first]) == level + 1
                yield (
                    paths[first][level],
                    level,
                    first,
                    end - first,
                    (depth - level if is_last else 1),
                )
            first = end

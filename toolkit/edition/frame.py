"""The geometry of an official table: which label or figure is in which row and column.

One frame serves the workbook, the reader and the documents. Rows and columns count from 0 inside
the table.
"""

from collections.abc import Iterator, Mapping
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
    """One block on the grid: rows top to end, heads above `body`, labels left of `figures`.

    The labels are the last parts of the paths, by which rows and columns are found again.
    """

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


@dataclass(frozen=True)
class _Span:
    """A label that neighbouring paths share.

    It is over `span` paths from `first` on, and `reach` levels from `level` on.
    """

    text: str
    level: int
    first: int
    span: int
    reach: int


def build_frame(table: Table) -> Frame:
    """The frame of a table, its blocks one under the other."""
    width = max(_label_columns(block) + len(block.columns) for block in table.blocks)
    keys = {(cell.block, cell.block_row, cell.block_column): cell.key for cell in table.cells}
    cells: list[FrameCell] = []
    bands: list[Band] = []
    top = 0
    for index, block in enumerate(table.blocks):
        band = _place_block(block, index, top)
        cells += _block_cells(block, band, width, keys)
        bands.append(band)
        top = band.end
    return Frame(table.key, top, width, tuple(cells), tuple(bands))


def _label_columns(block: Block) -> int:
    return max(len(row.path) for row in block.rows)


def _head_rows(block: Block) -> int:
    return max(len(column.path) for column in block.columns)


def _place_block(block: Block, index: int, top: int) -> Band:
    """Where a block lies that begins in row `top`: title, heads, rows of figures."""
    body = top + (1 if block.title else 0) + _head_rows(block)
    return Band(
        block=index,
        top=top,
        body=body,
        end=body + len(block.rows),
        figures=_label_columns(block),
        row_labels=tuple(row.path[-1] if row.path else "" for row in block.rows),
        column_labels=tuple(column.path[-1] for column in block.columns),
    )


def _block_cells(
    block: Block, band: Band, width: int, keys: Mapping[tuple[int, int, int], str]
) -> list[FrameCell]:
    """The cells of a block in a table of that width: title, corner, heads, labels, figures."""
    labels, depth = band.figures, _head_rows(block)
    head = band.body - depth
    cells: list[FrameCell] = []
    if block.title:
        cells.append(FrameCell(band.top, 0, 1, width, Role.TITLE, block.title))
    if labels:
        cells.append(FrameCell(head, 0, depth, labels, Role.CORNER, block.corner))
    last = len(block.columns) - 1
    spare = width - labels - len(block.columns)  # the last column spans what a wider block leaves
    for label in _share_labels([column.path for column in block.columns], depth):
        is_last = label.first + label.span - 1 == last
        wide = label.span + spare if is_last else label.span
        row, column = head + label.level, labels + label.first
        cells.append(FrameCell(row, column, label.reach, wide, Role.HEAD, label.text))
    for label in _share_labels([row.path for row in block.rows], labels):
        row = band.body + label.first
        cells.append(FrameCell(row, label.level, label.span, label.reach, Role.LABEL, label.text))
    for r in range(len(block.rows)):
        for c in range(len(block.columns)):
            wide = 1 + spare if c == last else 1
            key = keys[band.block, r, c]
            cells.append(FrameCell(band.body + r, labels + c, 1, wide, Role.FIGURE, key=key))
    return cells


def _share_labels(paths: list[tuple[str, ...]], depth: int) -> Iterator[_Span]:
    """The labels of `depth` levels over (or before) the lines with these paths.

    Neighbouring paths with the same beginning share its labels; the last part of a path fills the
    remaining levels. With a depth of 2, the paths (A, x), (A, y), (B) have the labels A over two
    lines, x and y under it, and B over one line and both levels.
    """
    for level in range(depth):
        first = 0
        while first < len(paths):
            end = _end_of_label(paths, level, first)
            if len(paths[first]) > level:
                is_last = len(paths[first]) == level + 1
                reach = depth - level if is_last else 1
                yield _Span(paths[first][level], level, first, end - first, reach)
            first = end


def _end_of_label(paths: list[tuple[str, ...]], level: int, first: int) -> int:
    """The end of the run of paths from `first` on that share its label at that level."""
    end = first + 1
    if len(paths[first]) == level + 1:
        return end  # the last part of a path is its own
    while end < len(paths) and common_prefix([paths[first], paths[end]]) > level:
        end += 1
    return end

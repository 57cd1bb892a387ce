"""What readers of file formats make, and the reader of reports takes: lines and grids of cells."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any, TypeAlias

from toolkit.files.marked import Figured, Marked, join_lines

WIDEST, TALLEST = 100, 400  # columns and rows that one cell may span; pages claim more
MOST_CELLS = 20_000  # of one document; a report has about three hundred


@dataclass(frozen=True)
class Line:
    """A paragraph. `outside`: it is around the report, on the page that shows it.

    `marked`: what of it was set apart.
    """

    text: str
    outside: bool = False
    marked: Marked | None = None


@dataclass(frozen=True)
class GridCell:
    """A cell at its place, counted from 0.

    `value` is what a spreadsheet holds there, where that is no text.
    """

    text: str
    row: int
    column: int
    height: int = 1
    width: int = 1
    value: object = None
    at: str = ""  # A1, on a sheet
    marked: Marked | None = None
    figured: Figured | None = None  # how it was read where parts of its text are set apart

    @property
    def right(self) -> int:
        """The column after the cell."""
        return self.column + self.width


@dataclass(frozen=True)
class Grid:
    """A table.

    In a ragged one cells only follow each other: which of them are under each other is not known.
    In a flowing one each cell is where those before it leave room, so that one cell too few or too
    many moves all behind it.
    """

    cells: tuple[GridCell, ...]
    sheet: str | None = None
    ragged: bool = False
    flowing: bool = False
    number: int = 0  # of the tables of its document, from 1
    outside: bool = False

    def cells_by_row(self) -> list[list[GridCell]]:
        """The cells that begin in each row, from left to right."""
        rows: dict[int, list[GridCell]] = {}
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            rows.setdefault(cell.row, []).append(cell)
        return list(rows.values())

    @property
    def column_count(self) -> int:
        return max((cell.right for cell in self.cells), default=0)

    @cached_property
    def usual_end(self) -> int:
        """The column after the end of most rows."""
        ends = Counter(row[-1].right for row in self.cells_by_row())
        return max(ends, key=lambda end: (ends[end], end), default=0)


Block: TypeAlias = Line | Grid


@dataclass(frozen=True)
class Document:
    """A file as its text and tables, in order.

    `notes` are what its reader has to say, as (name of a finding, words).
    """

    blocks: tuple[Block, ...]
    notes: tuple[tuple[str, dict[str, Any]], ...] = ()


Measure: TypeAlias = Callable[[Document], int]  # how much of a report a document holds


@dataclass
class RawCell:
    """A cell as word processors and pages write it: blocks inside, spans as claimed."""

    blocks: list["Line | RawTable"] = field(default_factory=list)
    height: int = 1
    width: int = 1

    def join_text(self) -> Marked:
        """The lines of the cell as one text, without tables in it."""
        lines = [block for block in self.blocks if isinstance(block, Line)]
        return join_lines(line.marked or Marked(line.text, line.text) for line in lines)

    def inner_tables(self) -> list["RawTable"]:
        return [block for block in self.blocks if isinstance(block, RawTable)]

    def length(self) -> int:
        """How many characters of text are in it."""
        return sum(map(_length_of, self.blocks))


@dataclass
class RawTable:
    """A table as word processors and pages write it: the places of its cells are not yet known."""

    rows: list[list[RawCell]]
    outside: bool = False

    def list_cells(self) -> list[RawCell]:
        return list(chain.from_iterable(self.rows))

    def length(self) -> int:
        """How many characters of text are in it."""
        return sum(cell.length() for cell in self.list_cells())


def _length_of(block: Line | RawTable) -> int:
    return len(block.text) if isinstance(block, Line) else block.length()


def flatten(blocks: Iterable[Line | RawTable]) -> Iterator[Block]:
    """Lines as they are, tables as grids.

    A table that only holds others, for the lay-out of a page, gives its content in order; any other
    table gives its inner tables after itself.
    """
    for block in blocks:
        if isinstance(block, Line):
            yield block
            continue
        nesting = [cell for cell in block.list_cells() if cell.inner_tables()]
        if nesting and sum(cell.length() for cell in nesting) * 2 > block.length():
            for cell in block.list_cells():
                yield from flatten(cell.blocks)
            continue
        yield Grid(tuple(_lay_out(block.rows)), flowing=True, outside=block.outside)
        for cell in nesting:
            yield from flatten(cell.inner_tables())


def _lay_out(rows: Sequence[Sequence[RawCell]]) -> Iterator[GridCell]:
    """The cells at their places, each in the first free column.

    Cells that reach down from above are in the way.

    If the first cell of two rows, `[[a, b], [c]]`, is two rows high, `c` is under `b`, in column 1.
    """
    taken: dict[int, int] = {}  # column -> first row that is free again
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while taken.get(column, 0) > index:
                column += 1
            width = min(max(cell.width, 1), WIDEST)
            height = min(max(cell.height, 1), TALLEST, len(rows) - index)
            yield _place_cell(cell, index, column, height, width)
            for reached in range(column, column + width):
                taken[reached] = max(taken.get(reached, 0), index + height)
            column += width


def _place_cell(cell: RawCell, row: int, column: int, height: int, width: int) -> GridCell:
    marked = cell.join_text()
    is_set_apart = bool(marked.raised or marked.left)
    return GridCell(
        marked.text, row, column, height, width, marked=marked if is_set_apart else None
    )


def number_tables(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with their tables numbered, without empty ones.

    Tables beyond a bound on the cells of all of them are omitted.
    """
    kept: list[Block] = []
    tables, room = 0, MOST_CELLS
    for block in blocks:
        if isinstance(block, Line):
            kept.append(block)
            continue
        is_empty = not any(cell.text.strip() for cell in block.cells)
        if is_empty or len(block.cells) > room:
            continue
        room -= len(block.cells)
        if not block.outside:
            tables += 1
        kept.append(replace(block, number=tables))
    return tuple(kept)

"""The neutral record between the readers of one file format each and the one reader of reports: lines of text and grids of cells."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

from toolkit.files.marked import Figured, Marked, join_lines

WIDEST, TALLEST = 100, 400  # columns and rows that one cell may span; pages claim more
MOST_CELLS = 20_000  # of one document; a report has about three hundred


@dataclass(frozen=True)
class Line:
    """A paragraph. `outside` says that it stands around the report, on the page that shows it; `marked` is what of it was set apart."""

    text: str
    outside: bool = False
    marked: Marked | None = None


@dataclass(frozen=True)
class GridCell:
    """A cell at its place, counted from 0. `value` is what a spreadsheet holds there, where that is no text."""

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
        return self.column + self.width


@dataclass(frozen=True)
class Grid:
    """A table. In a ragged one cells only follow each other: where they stand under each other is not known. In a flowing one
    each cell stands where those before it leave room, so that one cell too few or too many moves all behind it.
    """

    cells: tuple[GridCell, ...]
    sheet: str | None = None
    ragged: bool = False
    flowing: bool = False
    number: int = 0  # of the tables of its document, from 1
    outside: bool = False

    def cells_by_row(self) -> list[list[GridCell]]:
        """The cells that begin in each row, from left to right."""
        found: dict[int, list[GridCell]] = {}
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            found.setdefault(cell.row, []).append(cell)
        return list(found.values())

    @property
    def column_count(self) -> int:
        return max((cell.right for cell in self.cells), default=0)

    @cached_property
    def usual_end(self) -> int:
        """Where most rows end."""
        ends = Counter(row[-1].right for row in self.cells_by_row())
        return max(ends, key=lambda end: (ends[end], end), default=0)


Block: TypeAlias = Line | Grid


@dataclass(frozen=True)
class Document:
    """A file as its text and tables, in order. `notes` are what its reader has to say, as (finding code, words)."""

    blocks: tuple[Block, ...]
    notes: tuple[tuple[str, dict[str, Any]], ...] = ()


@dataclass
class RawCell:
    """A cell as word processors and pages write it: blocks inside, spans as claimed."""

    blocks: list["Line | RawTable"] = field(default_factory=list)
    height: int = 1
    width: int = 1

    def join_text(self) -> Marked:
        return join_lines(
            block.marked or Marked(block.text, block.text)
            for block in self.blocks
            if isinstance(block, Line)
        )

    def length(self) -> int:
        return sum(
            len(block.text) if isinstance(block, Line) else block.length() for block in self.blocks
        )


@dataclass
class RawTable:
    rows: list[list[RawCell]]
    outside: bool = False

    def length(self) -> int:
        return sum(cell.length() for row in self.rows for cell in row)


def flatten(blocks: Iterable["Line | RawTable"]) -> Iterator[Block]:
    """Tables as grids. A table that only holds others (a page lay-out) gives its content in order; others give their inner ones behind."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
            continue
        inner = [
            cell
            for row in block.rows
            for cell in row
            if any(isinstance(one, RawTable) for one in cell.blocks)
        ]
        if inner and sum(cell.length() for cell in inner) * 2 > block.length():
            for row in block.rows:
                for cell in row:
                    yield from flatten(cell.blocks)
            continue
        yield Grid(tuple(_laid_out(block.rows)), flowing=True, outside=block.outside)
        for cell in inner:
            yield from flatten(one for one in cell.blocks if isinstance(one, RawTable))


def _laid_out(rows: Sequence[Sequence[RawCell]]) -> Iterator[GridCell]:
    """The cells at their places: each in the first free column, beside what reaches down from above."""
    taken: dict[int, int] = {}  # column -> first row that is free again
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while taken.get(column, 0) > index:
                column += 1
            width, height = (
                min(max(cell.width, 1), WIDEST),
                min(max(cell.height, 1), TALLEST, len(rows) - index),
            )
            text = cell.join_text()
            yield GridCell(
                text.text,
                index,
                column,
                height,
                width,
                marked=text if text.raised or text.left else None,
            )
            for reached in range(column, column + width):
                taken[reached] = max(taken.get(reached, 0), index + height)
            column += width


def number_tables(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with their tables counted, without empty ones, up to a bound on the cells of all tables."""
    found: list[Block] = []
    tables, room = 0, MOST_CELLS
    for block in blocks:
        if isinstance(block, Line):
            found.append(block)
        elif any(cell.text.strip() for cell in block.cells) and len(block.cells) <= room:
            room -= len(block.cells)
            tables += 0 if block.outside else 1
            found.append(replace(block, number=tables))
    return tuple(found)


Measure: TypeAlias = Callable[[Document], int]  # how much of a report a document holds

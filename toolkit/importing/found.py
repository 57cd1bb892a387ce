"""What the tables of a document hold for the form, and what of them could not be placed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from toolkit.documents.document import Grid, GridCell, Line
from toolkit.documents.printed_labels import Match
from toolkit.importing.cells import filled_cells


@dataclass(frozen=True)
class PrintedFigure:
    """A printed cell that belongs in a cell of the form. `unit` is stated over or beside it."""

    cell: GridCell
    grid: Grid
    unit: str = ""


@dataclass(frozen=True)
class LostCell:
    """A printed cell that could not be placed, with the label of its row."""

    cell: GridCell
    grid: Grid
    label: str


@dataclass
class Attribution:
    """The figures under the keys of the form, and everything else that is reported of their tables.

    `twice`: figures for a cell that already has another one.
    `again`: keys that are printed once more, be it with the same or with another figure.
    `near`: labels in other words, (printed, label) -> the table and where it was first printed.
    `parts`: the numbers of the grids that a table is printed in.
    `beside`: what is to the right of a table on its sheet, by the number of its grid.
    `lines`: the text of the document, with the lines of text inside tables.
    `combined`: combined rows that have something in them.
    """

    figures: dict[str, PrintedFigure] = field(default_factory=dict)
    twice: list[tuple[str, PrintedFigure]] = field(default_factory=list)
    again: set[str] = field(default_factory=set)
    lost: list[LostCell] = field(default_factory=list)
    near: dict[tuple[str, str], tuple[str, PrintedFigure]] = field(default_factory=dict)
    parts: dict[str, list[int]] = field(default_factory=dict)
    beside: dict[int, tuple[list[GridCell], Grid]] = field(default_factory=dict)
    unknown: list[Grid] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    combined: set[str] = field(default_factory=set)

    def keep_figure(self, key: str, figure: PrintedFigure) -> None:
        """Keep the first cell with something in it; another with something else is noted."""
        kept = self.figures.get(key)
        text = figure.cell.text.strip()
        if kept is None or (text and not kept.cell.text.strip()):
            self.figures[key] = figure
            return
        if not text:
            return
        self.again.add(key)
        if text != kept.cell.text.strip():
            self.twice.append((key, figure))

    def lose(self, grid: Grid, cells: Iterable[GridCell], label: str) -> None:
        """Note the cells with something in them as lost."""
        self.lost += [LostCell(cell, grid, label) for cell in filled_cells(cells)]

    def note_label(self, match: Match, printed: str, table: str, figure: PrintedFigure) -> None:
        """Note a label in other words, at the first place where it is printed so."""
        if match.near:
            self.near.setdefault((printed, match.label), (table, figure))

    def note_part(self, table: str, grid: Grid) -> None:
        numbers = self.parts.setdefault(table, [])
        if grid.number not in numbers:
            numbers.append(grid.number)

    def note_beside(self, grid: Grid, cells: Iterable[GridCell]) -> None:
        filled = filled_cells(cells)
        if filled:
            known, _ = self.beside.setdefault(grid.number, ([], grid))
            known.extend(filled)

    @property
    def figure_count(self) -> int:
        """How many figures were placed, twice or once."""
        return len(self.figures) + len(self.twice)

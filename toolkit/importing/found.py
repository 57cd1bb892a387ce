"""What was found in the tables of a document, and what could not be placed."""

from dataclasses import dataclass, field

from toolkit.documents.document import Grid, GridCell, Line


@dataclass(frozen=True)
class PrintedFigure:
    """A printed cell under the key of the form. `unit` is stated over or beside it."""

    cell: GridCell
    grid: Grid
    unit: str = ""


@dataclass
class Attribution:
    """The figures under their keys, and everything that has to be told of the tables they came from."""

    figures: dict[str, PrintedFigure] = field(default_factory=dict)
    twice: list[tuple[str, PrintedFigure]] = field(default_factory=list)
    again: set[str] = field(
        default_factory=set
    )  # keys that stand there once more with something in them
    lost: list[tuple[GridCell, Grid, str]] = field(
        default_factory=list
    )  # with the label of its row
    near: dict[tuple[str, str], tuple[str, PrintedFigure]] = field(
        default_factory=dict
    )  # (printed, label) -> table, where
    parts: dict[str, list[int]] = field(
        default_factory=dict
    )  # table -> numbers of the grids it stands in
    beside: dict[int, tuple[list[GridCell], Grid]] = field(
        default_factory=dict
    )  # what stands to the right of a table on its sheet
    unknown: list[Grid] = field(default_factory=list)
    lines: list[Line] = field(
        default_factory=list
    )  # the text of the document, that of tables among it
    combined: set[str] = field(default_factory=set)

    def keep(self, key: str, figure: PrintedFigure) -> None:
        """The first cell with something in it counts; another with something else is told."""
        old = self.figures.get(key)
        if old is None or (not old.cell.text.strip() and figure.cell.text.strip()):
            self.figures[key] = figure
        elif figure.cell.text.strip():
            self.again.add(key)
            if figure.cell.text.strip() != old.cell.text.strip():
                self.twice.append((key, figure))

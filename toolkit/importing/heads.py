"""The heads over rows of figures: they hold until others come, also into the next table."""

from dataclasses import dataclass, replace

from toolkit.documents.document import Grid, GridCell
from toolkit.importing.grid_rows import HeadRow


@dataclass(frozen=True)
class Heads:
    """Rows of heads above some rows of figures, from top to bottom.

    `context` are heads of groups printed outside the table or in a line over all its columns.
    `grid` is the number of the table with the heads (the last one where a page cuts them);
    `width` is the number of its columns.
    """

    ragged: bool = False
    rows: tuple[tuple[GridCell, ...], ...] = ()
    context: tuple[str, ...] = ()
    grid: int = 0
    width: int = 0


@dataclass
class RunningHeads:
    """The heads that hold now; `is_open` if the next row of heads adds to them.

    `caption` is the head of a group named in the text before a table, for the next new heads.
    """

    heads: Heads = Heads()
    is_open: bool = False
    caption: tuple[str, ...] = ()

    def close(self) -> None:
        """The next row of heads begins new heads."""
        self.is_open = False

    def add_row(self, grid: Grid, row: HeadRow, leaves: frozenset[str]) -> None:
        """Add a row of heads. A single head with no figures under it is a line over all columns.

        `leaves` are the heads that have figures under them.
        """
        if not self.is_open or not self.fit(grid):
            self.heads = Heads(grid.ragged, (), self.caption, grid.number, grid.column_count)
            self.is_open, self.caption = True, ()
        heads = replace(self.heads, grid=grid.number)  # heads cut by a page go on in the next table
        first = row.labels[0]
        if row.is_single and first not in leaves and not heads.rows:
            self.heads = replace(heads, context=(*heads.context, first))
        else:
            self.heads = replace(heads, rows=(*heads.rows, row.cells))

    def fit(self, grid: Grid) -> bool:
        """Whether the heads are those of a table, or of one as wide that it may go on from."""
        return self.heads.grid == grid.number or self.heads.width == grid.column_count

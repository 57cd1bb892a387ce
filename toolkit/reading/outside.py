"""Figures on the sheet of a table that belong to no cell of it.

They are in inserted rows and columns, beside the table and below it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.codes import make_finding
from toolkit.files.book import BookCell, Sheet
from toolkit.finding import Finding
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.reading.align import Alignment
from toolkit.reading.cells import address_of, cell_place, content_of, is_plain_number
from toolkit.workbook.table_plan import TablePlan

FAR = 40  # rows below a table that are looked at
MOST = 6  # cells that are named

FilledCell = tuple[tuple[int, int], BookCell]  # row and column, and what is there


@dataclass(frozen=True)
class _Body:
    """The part of a sheet that holds the figures of a table, ends included."""

    rows: frozenset[int]
    columns: frozenset[int]
    top: int
    left: int
    bottom: int
    right: int

    def surrounds(self, row: int, column: int) -> bool:
        """Whether a cell is above the end of the table and between its outer columns."""
        return row <= self.bottom and self.left <= column <= self.right

    def is_inserted(self, row: int, column: int, cell: BookCell) -> bool:
        """Whether a surrounded cell is in a row or, as a figure, in a column that is not ours."""
        if row not in self.rows:
            return True
        return column not in self.columns and is_plain_number(cell.value)

    def is_next_to(self, row: int, column: int) -> bool:
        """Whether a cell is below the table or in the first column right of it."""
        is_near = column <= self.right + 1
        return is_near and (row > self.bottom or column > self.right)


def find_figures_outside(
    table: TablePlan, sheet: Sheet, alignment: Alignment, file: str
) -> Iterator[Finding]:
    """Up to two findings: inside the table (R-32) and beside it (R-33).

    Inside it is an error, as nobody can say whose figure it is; outside it is a question.
    """
    body = _measure_body(table, alignment)
    if body is None:
        return
    inside, outside = _sort_cells(table, sheet, body)
    if inside:
        yield _report("figures_in_inserted_lines", table, sheet, inside, file)
    if outside:
        yield _report("figures_beside_table", table, sheet, outside, file)


def _report(
    name: str, table: TablePlan, sheet: Sheet, cells: list[FilledCell], file: str
) -> Finding:
    """The finding with the first few of the cells."""
    words = phrases()
    shown = []
    for (row, column), cell in cells[:MOST]:
        text = short(content_of(cell), 20)
        shown.append(words.reading.cell_content.format(cell=address_of(row, column), text=text))
    more = words.moves.more.format(count=len(cells)) if len(cells) > MOST else ""
    place = cell_place(file, sheet, *cells[0][0])
    return make_finding(name, place, table=table.table.title, cells="、".join(shown) + more)


def _measure_body(table: TablePlan, alignment: Alignment) -> _Body | None:
    """None where no row or no column of the table was found."""
    rows = frozenset(alignment.rows.values())
    columns: set[int] = set()
    for band_columns in alignment.columns.values():
        columns.update(band_columns.values())
    if not rows or not columns:
        return None
    with_figures = []
    for band in table.frame.bands:
        frame_rows = range(band.body, band.end)
        with_figures += [alignment.rows[row] for row in frame_rows if row in alignment.rows]
    top, bottom = min(with_figures, default=0), max(with_figures, default=0)
    return _Body(rows, frozenset(columns), top, min(columns), bottom, max(columns))


def _sort_cells(
    table: TablePlan, sheet: Sheet, body: _Body
) -> tuple[list[FilledCell], list[FilledCell]]:
    """The cells in inserted rows and columns, and the figures beside and below the table."""
    # else prose or last year's figures are below
    asks_outside = table.is_labelled and table.table.declared.official
    inside: list[FilledCell] = []
    outside: list[FilledCell] = []
    for (row, column), cell in sorted(sheet.cells.items()):
        if not body.top <= row <= body.bottom + FAR or content_of(cell) is None:
            continue
        if row in body.rows and cell.formula is not None:
            continue  # formulas of ours are only in rows of ours
        if body.surrounds(row, column):
            if body.is_inserted(row, column, cell):
                inside.append(((row, column), cell))
        elif asks_outside and is_plain_number(cell.value) and body.is_next_to(row, column):
            outside.append(((row, column), cell))
    return inside, outside

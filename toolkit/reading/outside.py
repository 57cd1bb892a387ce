"""Figures on the sheet of a table that belong to no cell of it: in inserted rows and columns, beside and below."""

from collections.abc import Iterator

from toolkit.codes import make_finding
from toolkit.files.book import BookCell, Sheet
from toolkit.files.coordinates import a1
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.reading.align import Alignment
from toolkit.workbook.table_plan import TablePlan

FAR = 40  # rows below a table that are looked at
MOST = 6  # cells that are named

At = tuple[int, int]


def unattributed(
    table: TablePlan, sheet: Sheet, alignment: Alignment, file: str
) -> Iterator[Finding]:
    """What stands inside the table is an error (R-32), as nobody can tell whose figure it is; what stands outside is asked about (R-33)."""
    inside, outside = _areas(table, sheet, alignment)
    for code, cells in (("figures_in_inserted_lines", inside), ("figures_beside_table", outside)):
        if cells:
            first = cells[0]
            named = "、".join(
                f"{a1(row - 1, column - 1)}“{short(_held(cell), 20)}”"
                for (row, column), cell in cells[:MOST]
            )
            more = phrases().moves.more.format(count=len(cells)) if len(cells) > MOST else ""
            place = Place(file, sheet.name, a1(first[0][0] - 1, first[0][1] - 1), (0, *first[0]))
            yield make_finding(code, place, table=table.table.title, cells=named + more)


def _areas(
    table: TablePlan, sheet: Sheet, alignment: Alignment
) -> tuple[list[tuple[At, BookCell]], list[tuple[At, BookCell]]]:
    rows, columns = (
        set(alignment.rows.values()),
        {where for band in alignment.columns.values() for where in band.values()},
    )
    if not rows or not columns:
        return [], []
    bodies = [
        alignment.rows[row]
        for band in table.frame.bands
        for row in range(band.body, band.end)
        if row in alignment.rows
    ]
    top, bottom = min(bodies, default=0), max(bodies, default=0)
    left, right = min(columns), max(columns)
    is_open = (
        table.is_labelled and table.table.declared.official
    )  # else prose or last year's figures stand below
    inside, outside = [], []
    for at, cell in sorted(sheet.cells.items()):
        row, column = at
        if not top <= row <= bottom + FAR or (row in rows and cell.formula is not None):
            continue  # formulas of ours stand only in rows of ours
        if cell.value is None and cell.formula is None:
            continue
        if row <= bottom and left <= column <= right:
            if row not in rows or (column not in columns and _is_figure(cell)):
                inside.append((at, cell))
        elif (
            is_open
            and _is_figure(cell)
            and (row > bottom or column > right)
            and column <= right + 1
        ):
            outside.append((at, cell))
    return inside, outside


def _held(cell: BookCell) -> object:
    return cell.formula if cell.value is None else cell.value


def _is_figure(cell: BookCell) -> bool:
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool)

"""Cells of a table that a person merged on the sheet.

All but the first cell of a merge show nothing and hold nothing, and nobody sees a blank there.
"""

from collections.abc import Iterator, Mapping

from toolkit.codes import make_finding
from toolkit.files.book import Area, Sheet
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.reading.cells import address_of, cell_place
from toolkit.workbook.table_plan import TablePlan

MOST = 6  # merges that are named
_ENOUGH = 1000  # merges at a table that are looked at; an undamaged sheet has no room for more

Merge = tuple[int, int, int, int]  # top, left, bottom, right
KeysAt = Mapping[tuple[int, int], str]  # row and column of a figure -> its key


def find_merged_figures(
    table: TablePlan, sheet: Sheet, places: Mapping[str, Place]
) -> Iterator[Finding]:
    """One finding for a table (R-35), with every figure under a merge.

    Of the form's own merges none covers a figure that is not its first cell.
    """
    keys_at: dict[tuple[int, int], str] = {}
    for key in table.positions:
        if places[key].cell:
            _, row, column = places[key].order
            keys_at[row, column] = key
    hiding = [merge for merge in _merges_near(sheet, keys_at) if _hides(merge, sheet, keys_at)]
    if not hiding:
        return
    keys: dict[str, None] = {}
    for merge in hiding:
        keys |= dict.fromkeys(keys_at[at] for at in _figures_in(merge, keys_at))
    row, column = min(_figures_in(hiding[0], keys_at))
    place = cell_place(places[next(iter(keys))].file, sheet, row, column)
    cells = "、".join(_range_of(merge) for merge in hiding[:MOST])
    if len(hiding) > MOST:
        cells += phrases().moves.more.format(count=len(hiding))
    yield make_finding("inputs_merged", place, keys, table=table.table.title, cells=cells)


def _merges_near(sheet: Sheet, keys_at: KeysAt) -> list[Merge]:
    """The merges of a sheet, in order, that touch the rows of the figures."""
    rows = [row for row, _ in keys_at]
    first, last = min(rows, default=0), max(rows, default=0)
    merges = {merge for merge in sheet.merges if merge[0] <= last and merge[2] >= first}
    return sorted(merges)[:_ENOUGH]


def _hides(merge: Merge, sheet: Sheet, keys_at: KeysAt) -> bool:
    """Whether a merge covers an empty cell for a figure that is not the first of the merge."""
    top, left, _, _ = merge
    empty = [at for at in _figures_in(merge, keys_at) if at not in sheet.cells]
    return bool(set(empty) - {(top, left)})


def _figures_in(merge: Merge, keys_at: KeysAt) -> list[tuple[int, int]]:
    area = Area(*merge)
    return [(row, column) for row, column in keys_at if area.contains(row, column)]


def _range_of(merge: Merge) -> str:
    """A merge as a spreadsheet writes it: B3:C4."""
    top, left, bottom, right = merge
    return f"{address_of(top, left)}:{address_of(bottom, right)}"

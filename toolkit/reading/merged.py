"""Cells of a table that a person merged: all but the first of them show nothing and hold nothing, and nobody sees a blank there."""

from collections.abc import Iterator, Mapping

from toolkit.codes import make_finding
from toolkit.files.book import Sheet
from toolkit.files.coordinates import a1
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.workbook.table_plan import TablePlan

MOST = 6  # merges that are named
_ENOUGH = (
    1000  # merges at a table that are looked at; a sheet that is not damaged has no room for more
)


def merged(table: TablePlan, sheet: Sheet, places: Mapping[str, Place]) -> Iterator[Finding]:
    """One finding a table (R-35) with every figure under a merge; of the form's own merges none covers a figure but its first cell."""
    at = {places[key].order[1:]: key for key in table.positions if places[key].cell}
    keys: dict[str, None] = {}
    spans: list[str] = []
    first: tuple[int, int] | None = None
    top_row, last_row = (
        min((row for row, _ in at), default=0),
        max((row for row, _ in at), default=0),
    )
    near = sorted({one for one in sheet.merges if one[0] <= last_row and one[2] >= top_row})
    for top, left, bottom, right in near[:_ENOUGH]:
        inside = [
            (row, column) for row, column in at if top <= row <= bottom and left <= column <= right
        ]
        if any(one != (top, left) and one not in sheet.cells for one in inside):
            first = first or min(inside)
            keys |= dict.fromkeys(at[one] for one in inside)
            spans.append(f"{a1(top - 1, left - 1)}:{a1(bottom - 1, right - 1)}")
    if first is None:
        return
    more = phrases().moves.more.format(count=len(spans)) if len(spans) > MOST else ""
    place = Place(
        places[next(iter(keys))].file, sheet.name, a1(first[0] - 1, first[1] - 1), (0, *first)
    )
    yield make_finding(
        "inputs_merged", place, keys, table=table.table.title, cells="、".join(spans[:MOST]) + more
    )

"""What was inserted into a table or moved in it, in words (R-05). The figures are found by their labels all the same."""

from collections.abc import Callable, Iterator, Mapping

from toolkit.files.coordinates import column_name
from toolkit.phrases import phrases
from toolkit.reading.align import Alignment
from toolkit.workbook.table_plan import TablePlan


def moved(table: TablePlan, alignment: Alignment) -> str:
    """`alignment` counts sheet rows and columns from 1."""
    words = phrases().moves
    own = {row: table.top + 1 + row for row in alignment.rows}
    parts = list(_changes(alignment.rows, own, words.row, str))
    for columns in alignment.columns.values():
        own = {column: table.column(column) + 1 for column in columns}
        parts += _changes(columns, own, words.column, lambda column: column_name(column - 1))
    return str(words.join).join(dict.fromkeys(parts))


def _changes(
    now: Mapping[int, int], own: Mapping[int, int], unit: str, name: Callable[[int], str]
) -> Iterator[str]:
    """`now` and `own`: line of the form -> where it stands, and where it stood at first."""
    words = phrases().moves
    kept = _in_order(now)
    moved_away = sorted(set(now) - set(kept))
    shift = 0
    for line in kept:
        more = now[line] - own[line] - shift
        if more > 0 and now[line] - more not in {now[one] for one in moved_away}:
            first, last = name(now[line] - more), name(now[line] - 1)
            span = first if more == 1 else f"{first}—{last}"
            yield str(words.inserted).format(span=span, unit=unit)
        elif more < 0 and not moved_away:
            yield str(words.closed).format(span=name(now[line]), unit=unit)
        shift += more
    for line in moved_away:
        yield str(words.moved).format(before=name(own[line]), after=name(now[line]), unit=unit)


def _in_order(now: Mapping[int, int]) -> list[int]:
    """The most lines that still follow each other as in the form; the others were moved."""
    best: dict[int, list[int]] = {}
    for line in sorted(now):
        before = [run for last, run in best.items() if now[last] < now[line]]
        best[line] = [*max(before, key=len, default=[]), line]
    return max(best.values(), key=len, default=[])

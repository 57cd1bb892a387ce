"""What was inserted into a table or moved in it, in words (R-05).

The figures are found by their labels all the same.
"""

from collections.abc import Callable, Iterator, Mapping

from toolkit.files.coordinates import column_name
from toolkit.phrases import phrases
from toolkit.reading.align import Alignment
from toolkit.workbook.table_plan import TablePlan


def describe_moves(table: TablePlan, alignment: Alignment) -> str:
    """The changes of a table in one text, such as 插入了第5行；原第9行移到了第12行."""
    words = phrases().moves
    own = {row: table.top + 1 + row for row in alignment.rows}
    parts = list(_describe_changes(alignment.rows, own, words.row, str))
    for columns in alignment.columns.values():
        own = {column: table.column(column) + 1 for column in columns}
        parts += _describe_changes(columns, own, words.column, _name_of_column)
    return words.join.join(dict.fromkeys(parts))


def _name_of_column(column: int) -> str:
    return column_name(column - 1)


def _describe_changes(
    now: Mapping[int, int], own: Mapping[int, int], unit: str, name: Callable[[int], str]
) -> Iterator[str]:
    """One text for each change of the lines of a table, rows or columns.

    `now` and `own`: line of the form -> where it is on the sheet, and where the form has it.
    """
    words = phrases().moves
    kept = _longest_order(now)
    moved_away = sorted(set(now) - set(kept))
    moved_to = {now[line] for line in moved_away}
    shift = 0
    for line in kept:
        more = now[line] - own[line] - shift
        first, last = now[line] - more, now[line] - 1
        if more > 0 and first not in moved_to:
            span = name(first) if more == 1 else f"{name(first)}—{name(last)}"
            yield words.inserted.format(span=span, unit=unit)
        elif more < 0 and not moved_away:
            yield words.closed.format(span=name(now[line]), unit=unit)
        shift += more
    for line in moved_away:
        yield words.moved.format(before=name(own[line]), after=name(now[line]), unit=unit)


def _longest_order(now: Mapping[int, int]) -> list[int]:
    """The most lines that still follow each other as in the form; the others were moved."""
    best: dict[int, list[int]] = {}
    for line in sorted(now):
        before = [run for last, run in best.items() if now[last] < now[line]]
        best[line] = [*max(before, key=len, default=[]), line]
    return max(best.values(), key=len, default=[])

"""A reading whose combined rows are spread over the rows they merge, as the blank form has them, and back.

A merged 0 is 0 in every row; anything else is for a person to split, so those rows stay blank.
"""

from collections.abc import Mapping
from dataclasses import replace

from toolkit.edition.model import Edition
from toolkit.record.reading import Reading
from toolkit.record.settle import differing_totals, edition_of, settle
from toolkit.values import BLANK, State, Value, number

Merged = Mapping[str, Mapping[str, Value]]  # combined row -> column -> value


def combined_values(edition: Edition, reading: Reading) -> Merged:
    """The figures of the combined rows of a reading."""
    found: dict[str, dict[str, Value]] = {}
    form = edition.variant(reading.combined)
    for name in sorted(reading.combined):
        found[name] = {
            cell.column: reading.value(cell.key)
            for cell in form.cells.values()
            if f"{cell.table}.{cell.row}" == name
        }
    return found


def spread(edition: Edition, reading: Reading) -> Reading:
    """The reading on the rows of the edition itself; totals that were ours are computed again."""
    if not reading.combined:
        return reading
    cells = {
        key: value
        for key, value in reading.cells.items()
        if key in edition.cells and key not in reading.computed
    }
    for name, values in combined_values(edition, reading).items():
        cells |= _split(edition, name, values)
    return settle(
        edition,
        replace(
            reading,
            cells={key: cells.get(key, BLANK) for key in edition.cells},
            combined=frozenset(),
        ),
    )


def reported_totals(edition: Edition, reading: Reading) -> frozenset[str]:
    """The totals that stay as reported: a formula would give another figure, on the rows of the edition or with the combined ones."""
    found = differing_totals(edition, spread(edition, reading))
    return found | (differing_totals(edition_of(edition, reading), reading) & edition.totals.keys())


def _split(edition: Edition, name: str, values: Mapping[str, Value]) -> dict[str, Value]:
    table, row = edition.combined_rows[name]
    found = {}
    for part in row.stands_for:
        for column, value in values.items():
            cell = table.at[part, column]
            if not cell.total:
                found[cell.key] = (
                    number(0) if value.state is State.NUMBER and not value.number else BLANK
                )
    return found


def gather(edition: Edition, reading: Reading, combined: Merged) -> Reading:
    """The reading with its combined rows back, where nobody has split them since `spread`."""
    for name, values in combined.items():
        split = _split(edition, name, values)
        if any(not _same(reading.value(key), value) for key, value in split.items()):
            continue
        table, row = edition.combined_rows[name]
        gone = {cell.key for cell in table.cells if cell.row in row.stands_for}
        own = {f"{name}.{column}": value for column, value in values.items()}
        cells = {key: value for key, value in reading.cells.items() if key not in gone} | own
        reading = replace(reading, cells=cells, combined=reading.combined | {name})
    return reading


def _same(now: Value, then: Value) -> bool:
    return now.number == then.number and (now.is_blank or now.state is State.NUMBER)

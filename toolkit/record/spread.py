"""A reading whose combined rows are spread over the rows that they stand for, and back.

A 0 of a combined row is 0 in each of these rows; anything else is for a person to split, so the
rows stay blank.
"""

from collections.abc import Mapping
from dataclasses import replace

from toolkit.edition.model import Edition
from toolkit.record.reading import Reading
from toolkit.record.settle import differing_totals, edition_of, settle
from toolkit.values import BLANK, State, Value, number

CombinedValues = Mapping[str, Mapping[str, Value]]  # combined row -> column -> value


def combined_values(edition: Edition, reading: Reading) -> CombinedValues:
    """The figures of the combined rows of a reading."""
    form = edition.variant(reading.combined)
    combined: dict[str, dict[str, Value]] = {name: {} for name in sorted(reading.combined)}
    for cell in form.cells.values():
        name = f"{cell.table}.{cell.row}"
        if name in combined:
            combined[name][cell.column] = reading.value(cell.key)
    return combined


def spread(edition: Edition, reading: Reading) -> Reading:
    """The reading on the rows of the edition itself; computed totals are computed again."""
    if not reading.combined:
        return reading
    cells = {
        key: value
        for key, value in reading.cells.items()
        if key in edition.cells and key not in reading.computed
    }
    for name, values in combined_values(edition, reading).items():
        cells |= _split_row(edition, name, values)
    whole = {key: cells.get(key, BLANK) for key in edition.cells}
    return settle(edition, replace(reading, cells=whole, combined=frozenset()))


def reported_totals(edition: Edition, reading: Reading) -> frozenset[str]:
    """The totals that stay as reported, because a formula would give another figure.

    It would do so on the rows of the edition or with the combined rows in place.
    """
    on_rows = differing_totals(edition, spread(edition, reading))
    combined = differing_totals(edition_of(edition, reading), reading)
    return on_rows | (combined & edition.totals.keys())


def _split_row(edition: Edition, name: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """The inputs of the rows that a combined row stands for: 0 where it has 0, else blank."""
    table, row = edition.combined_rows[name]
    cells = {}
    for part in row.stands_for:
        for column, value in values.items():
            cell = table.at[part, column]
            is_zero = value.state is State.NUMBER and not value.number
            if not cell.total:
                cells[cell.key] = number(0) if is_zero else BLANK
    return cells


def gather(edition: Edition, reading: Reading, combined: CombinedValues) -> Reading:
    """The reading with its combined rows back, where nobody has split them since `spread`."""
    for name, values in combined.items():
        split = _split_row(edition, name, values)
        if any(not _is_unchanged(reading.value(key), value) for key, value in split.items()):
            continue
        table, row = edition.combined_rows[name]
        gone = {cell.key for cell in table.cells if cell.row in row.stands_for}
        own = {f"{name}.{column}": value for column, value in values.items()}
        cells = {key: value for key, value in reading.cells.items() if key not in gone} | own
        reading = replace(reading, cells=cells, combined=reading.combined | {name})
    return reading


def _is_unchanged(now: Value, then: Value) -> bool:
    return now.number == then.number and (now.is_blank or now.state is State.NUMBER)

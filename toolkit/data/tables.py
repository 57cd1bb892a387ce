"""The tables of a data file -> the value of every cell of the form, with combined rows where the data uses them."""

from dataclasses import replace

from toolkit.data.taker import Taker
from toolkit.edition.model import Edition, Table
from toolkit.finding import Place
from toolkit.record.typed import read_cell
from toolkit.values import Value


def load_tables(
    taker: Taker, edition: Edition, place: Place, prefix: str = ""
) -> tuple[dict[str, Value], frozenset[str]]:
    """Every cell of the form, blank where the data has none, and the combined rows that are used. `prefix` marks last year's."""
    parts = {table.key: taker.take_part(table.key) for table in edition.tables}
    combined = frozenset(name for name in edition.combined_rows if _uses(parts, edition, name))
    form = edition.variant(combined)
    cells: dict[str, Value] = {}
    for table in form.tables:
        cells |= _table(parts[table.key], form, table, place, prefix)
        parts[table.key].report_unknown()
    taker.report_unknown()
    return cells, combined


def _uses(parts: dict[str, Taker], edition: Edition, name: str) -> bool:
    """Whether the data has figures in a combined row and none in the rows it merges."""
    table, row = edition.combined_rows[name]
    part = parts[table.key]

    def has_figures(key: str) -> bool:
        values = part.peek(key)
        return isinstance(values, dict) and any(value is not None for value in values.values())

    split = any(has_figures(key) for key in row.stands_for)
    if not has_figures(row.key):
        part.take_part(row.key)  # known, but empty
    elif split:
        part.refuse(row.key, part.take_raw(row.key), "和分开的各行同时有数")
    return has_figures(row.key) and not split


def _table(
    taker: Taker, form: Edition, table: Table, place: Place, prefix: str
) -> dict[str, Value]:
    cells = {}
    for row in table.rows:
        nameless = tuple(cell.column for cell in table.cells if cell.row == row) == ("",)
        values = None if nameless else taker.take_part(row)
        for cell in (cell for cell in table.cells if cell.row == row):
            raw = taker.take_raw(row) if values is None else values.take_raw(cell.column)
            if isinstance(raw, dict | list):
                (taker if values is None else values).refuse(
                    row if values is None else cell.column, raw, "不是一个数"
                )
                raw = None
            cells[cell.key], notes = read_cell(form, cell.key, raw, place)
            taker.findings.extend(
                replace(note, keys=tuple(prefix + key for key in note.keys)) for note in notes
            )
        if values is not None:
            values.report_unknown()
    return cells

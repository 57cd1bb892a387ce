"""The tables of a data file -> the value of every cell, and the combined rows in use."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.data.taker import Taker
from toolkit.edition.model import Cell, Edition, Table
from toolkit.finding import Place
from toolkit.phrases import phrases
from toolkit.record.typed import read_cell
from toolkit.values import Value


def load_tables(
    taker: Taker, edition: Edition, place: Place, prefix: str = ""
) -> tuple[dict[str, Value], frozenset[str]]:
    """Every cell of the form, blank where the data has none, and the combined rows that are used.

    `prefix` marks the keys of last year's figures in findings.
    """
    parts = {table.key: taker.take_part(table.key) for table in edition.tables}
    combined = frozenset(
        name for name in edition.combined_rows if _uses_combined(parts, edition, name)
    )
    form = edition.variant(combined)
    reader = _TableReader(form, place, prefix)
    cells: dict[str, Value] = {}
    for table in form.tables:
        cells |= reader.read_table(parts[table.key], table)
        parts[table.key].report_unknown()
    taker.report_unknown()
    return cells, combined


def _uses_combined(parts: dict[str, Taker], edition: Edition, name: str) -> bool:
    """Whether the data has figures in a combined row and none in the rows it stands for."""
    table, row = edition.combined_rows[name]
    part = parts[table.key]
    if not _has_figures(part, row.key):
        part.take_part(row.key)  # known, but empty
        return False
    if any(_has_figures(part, key) for key in row.stands_for):
        part.refuse(row.key, part.take_raw(row.key), phrases().data.combined_and_separate)
        return False
    return True


def _has_figures(table: Taker, row: str) -> bool:
    values = table.peek(row)
    return isinstance(values, dict) and any(value is not None for value in values.values())


@dataclass(frozen=True)
class _TableReader:
    form: Edition
    place: Place
    prefix: str

    def read_table(self, taker: Taker, table: Table) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for row in table.rows:
            cells = [cell for cell in table.cells if cell.row == row]
            values |= self._read_row(taker, row, cells)
        return values

    def _read_row(self, taker: Taker, row: str, cells: Sequence[Cell]) -> dict[str, Value]:
        """The cells of a row; a cell whose column has no key is directly under the row's key."""
        if [cell.column for cell in cells] == [""]:
            return {cells[0].key: self._read_cell(taker, row, cells[0])}
        part = taker.take_part(row)
        values = {cell.key: self._read_cell(part, cell.column, cell) for cell in cells}
        part.report_unknown()
        return values

    def _read_cell(self, taker: Taker, name: str, cell: Cell) -> Value:
        raw = taker.take_raw(name)
        if isinstance(raw, dict | list):
            taker.refuse(name, raw, phrases().data.no_figure)
            raw = None
        value, findings = read_cell(self.form, cell.key, raw, self.place)
        for finding in findings:
            keys = tuple(self.prefix + key for key in finding.keys)
            taker.findings.append(replace(finding, keys=keys))
        return value

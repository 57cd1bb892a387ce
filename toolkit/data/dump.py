"""Reading -> data: JSON that load_data reads back to the same report, and a CSV of the figures."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from toolkit.data.csv_text import BOM, tame
from toolkit.data.taker import PERIOD, SCHEMA
from toolkit.edition.model import Cell, Edition, Table
from toolkit.record.carried import explanations_as_json, printed_texts, value_as_json
from toolkit.record.reading import FieldValue, Reading, Statistics
from toolkit.record.settle import edition_of
from toolkit.values import State, Value, show

CSV_COLUMNS = ("key", "value", "table", "row", "column")

_Json: TypeAlias = dict[str, Any]


def data_json(edition: Edition, reading: Reading) -> str:
    return json.dumps(dump_data(edition, reading), ensure_ascii=False, indent=1) + "\n"


def dump_data(edition: Edition, reading: Reading) -> _Json:
    """The data of a report, as plain JSON types.

    Figures are int or float; a float is exact for at most 15 digits.
    """
    facts = _dump_fields(edition, reading)
    prose, signoff = facts.pop("prose", {}), facts.pop("signoff", None)
    data: _Json = {
        "schema": SCHEMA,
        "edition": edition.id,
        "year": reading.year,
        "origin": reading.origin.value,
        **facts,
        "tables": _dump_tables(edition_of(edition, reading), reading.cells),
        "narrative": _dump_narrative(edition, reading),
    }
    if any(key.startswith("prose.") for key in edition.fields):
        data["prose"] = prose
    data["statistics"] = _dump_statistics(reading.statistics)
    data["prior"] = _dump_prior(reading)
    if signoff is not None:
        data["signoff"] = signoff  # behind what it signs
    data["explanations"] = explanations_as_json(reading)
    data["printed"] = printed_texts(reading)
    if reading.unplaced:
        data["unplaced"] = sorted(reading.unplaced)
    return data


def _dump_fields(edition: Edition, reading: Reading) -> _Json:
    """The facts of 基本信息, nested by the parts of their keys; unit.name -> {"unit": {"name": …}}."""
    data: _Json = {}
    for key, entry in edition.fields.items():
        value = reading.fields.get(key)
        is_choice_not_made = key.startswith("prose.") and not value
        if entry.kind == "year" or key in PERIOD or is_choice_not_made:
            continue
        *holders, name = key.split(".")
        part = data
        for holder in holders:
            part = part.setdefault(holder, {})
        part[name] = _plain_fact(entry.kind, value)
    period = [_plain_fact("date", reading.fields.get(key)) for key in PERIOD]
    data["profile"] = {"period": period if any(period) else [], **data.get("profile", {})}
    return data


def _plain_fact(kind: str, value: FieldValue) -> str | bool | None:
    if isinstance(value, dt.date):
        return value.isoformat()
    if kind == "yesno":
        return value is True
    if kind == "date":
        return None
    return "" if value is None else str(value)


def _dump_tables(form: Edition, cells: Mapping[str, Value]) -> _Json:
    """The figures by table, row and column; where the column has no key, by table and row."""
    tables: _Json = {}
    for table in form.tables:
        rows = tables.setdefault(table.key, {})
        for cell in table.cells:
            figure = value_as_json(cells[cell.key]) if cell.key in cells else None
            _put_figure(rows, cell.row, cell.column, figure)
    return tables


def _put_figure(rows: _Json, row: str, column: str, figure: object) -> None:
    if column:
        rows.setdefault(row, {})[column] = figure
    else:
        rows[row] = figure


def _dump_narrative(edition: Edition, reading: Reading) -> _Json:
    narrative: _Json = {}
    for section in edition.sections:
        narrative[section.key] = [
            {"heading": paragraph.heading, "text": paragraph.text}
            for paragraph in reading.narrative.get(section.key, ())
        ]
    return narrative


def _dump_statistics(statistics: Statistics) -> _Json:
    return {
        "items": [
            {"kind": item.kind, "count": _printed_figure(item.count)} for item in statistics.items
        ],
        "total": _printed_figure(statistics.total),
        "prior_total": _printed_figure(statistics.prior_total),
    }


def _printed_figure(value: Value) -> int | float | str | None:
    """A figure outside the tables, as printed where that says more."""
    return value.raw or value_as_json(value)


def _dump_prior(reading: Reading) -> _Json | None:
    if reading.prior is None:
        return None
    tables: _Json = {}
    for key, value in reading.prior.cells.items():
        table, row, *column = key.split(".")
        _put_figure(tables.setdefault(table, {}), row, "".join(column[:1]), value_as_json(value))
    return {"year": reading.prior.year, "edition": reading.prior.edition, "tables": tables}


# CSV --------------------------------------------------------------------------------------------


def data_csv(edition: Edition, reading: Reading) -> str:
    """The figures, one a line: key, value, table, row, column; what the report is comes first.

    With BOM for Excel, text that looks like a formula made harmless. load_csv reads it back.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_rows_of_facts(edition, reading))
    for table in edition_of(edition, reading).tables:
        for cell in table.cells:
            writer.writerow(_row_of_cell(table, cell, reading.value(cell.key)))
    return BOM + out.getvalue()


def _rows_of_facts(edition: Edition, reading: Reading) -> Iterator[Sequence[str]]:
    yield ["edition", edition.id, "", "", ""]
    yield ["year", str(reading.year), "", "", ""]
    yield ["origin", reading.origin.value, "", "", ""]
    for key, entry in edition.fields.items():
        fact = _plain_fact(entry.kind, reading.fields.get(key))
        if entry.kind == "year" or key in PERIOD or not fact:
            continue
        yield [key, "true" if fact is True else tame(str(fact)), "", entry.label, ""]


def _row_of_cell(table: Table, cell: Cell, value: Value) -> Sequence[str]:
    text = value.raw or show(value.number)
    is_bare_number = value.state is State.NUMBER and not value.raw
    shown = text if is_bare_number else tame(text)
    return [cell.key, shown, table.title, cell.row_label, cell.column_label]

"""Reading -> data: JSON, which load_data reads back to the same report, and a CSV of the figures."""

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping
from typing import Any

from toolkit.data.csv_text import BOM, tame
from toolkit.data.taker import PERIOD, SCHEMA
from toolkit.edition.model import Edition
from toolkit.record.carried import explanations_as_json, printed_texts, value_as_json
from toolkit.record.reading import FieldValue, Reading
from toolkit.record.settle import edition_of
from toolkit.values import State, Value, show

CSV_COLUMNS = ("key", "value", "table", "row", "column")


def dump_data(edition: Edition, reading: Reading) -> dict[str, Any]:
    """The data of a report, as plain JSON types; figures as int or (for at most 15 digits exact) float."""
    form = edition_of(edition, reading)
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "edition": edition.id,
        "year": reading.year,
        "origin": reading.origin.value,
    }
    data |= _fields(edition, reading)
    data["tables"] = _tables(form, reading.cells)
    data["narrative"] = {
        section.key: [
            {"heading": item.heading, "text": item.text}
            for item in reading.narrative.get(section.key, ())
        ]
        for section in edition.sections
    }
    choices = any(key.startswith("prose.") for key in edition.fields)
    data |= {"prose": data.pop("prose", {})} if choices else {}
    data["statistics"] = {
        "items": [
            {"kind": item.kind, "count": _printed(item.count)} for item in reading.statistics.items
        ],
        "total": _printed(reading.statistics.total),
        "prior_total": _printed(reading.statistics.prior_total),
    }
    data["prior"] = _prior(reading)
    data |= (
        {"signoff": data.pop("signoff")} if "signoff" in data else {}
    )  # moved behind what it signs
    data["explanations"] = explanations_as_json(reading)
    data["printed"] = printed_texts(reading)
    data |= {"unplaced": sorted(reading.unplaced)} if reading.unplaced else {}
    return data


def data_json(edition: Edition, reading: Reading) -> str:
    return json.dumps(dump_data(edition, reading), ensure_ascii=False, indent=1) + "\n"


def data_csv(edition: Edition, reading: Reading) -> str:
    """The figures, one a line: key, value, table, row, column; what the report is comes first.

    With BOM for Excel, text that looks like a formula neutralised. load_csv reads it back.
    """
    form = edition_of(edition, reading)
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(CSV_COLUMNS)
    for key, fact in (
        ("edition", edition.id),
        ("year", str(reading.year)),
        ("origin", reading.origin.value),
    ):
        write([key, fact, "", "", ""])
    for key, entry in edition.fields.items():
        answer = _field(entry.kind, reading.fields.get(key))
        if entry.kind != "year" and key not in PERIOD and answer:
            write([key, "true" if answer is True else tame(str(answer)), "", entry.label, ""])
    for table in form.tables:
        for cell in table.cells:
            value = reading.value(cell.key)
            text = value.raw or show(value.number)
            write(
                [
                    cell.key,
                    text if value.state is State.NUMBER and not value.raw else tame(text),
                    table.title,
                    cell.row_label,
                    cell.column_label,
                ]
            )
    return BOM + out.getvalue()


def _printed(value: Value) -> int | float | str | None:
    """A figure outside the tables, as printed where that says more."""
    return value.raw or value_as_json(value)


def _tables(form: Edition, cells: Mapping[str, Value]) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for table in form.tables:
        rows: dict[str, Any] = tables.setdefault(table.key, {})
        for cell in table.cells:
            one = value_as_json(cells[cell.key]) if cell.key in cells else None
            if cell.column:
                rows.setdefault(cell.row, {})[cell.column] = one
            else:
                rows[cell.row] = one
    return tables


def _prior(reading: Reading) -> dict[str, Any] | None:
    if reading.prior is None:
        return None
    tables: dict[str, Any] = {}
    for key, value in reading.prior.cells.items():
        table, row, *column = key.split(".")
        rows = tables.setdefault(table, {})
        if column:
            rows.setdefault(row, {})[column[0]] = value_as_json(value)
        else:
            rows[row] = value_as_json(value)
    return {"year": reading.prior.year, "edition": reading.prior.edition, "tables": tables}


def _fields(edition: Edition, reading: Reading) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, entry in edition.fields.items():
        if entry.kind == "year" or key in PERIOD:
            continue
        if key.startswith("prose.") and not reading.fields.get(key):
            continue
        *holders, name = key.split(".")
        part = data
        for holder in holders:
            part = part.setdefault(holder, {})
        part[name] = _field(entry.kind, reading.fields.get(key))
    period = [_field("date", reading.fields.get(key)) for key in PERIOD]
    data["profile"] = {"period": period if any(period) else [], **data.get("profile", {})}
    return data


def _field(kind: str, value: FieldValue) -> str | bool | None:
    if isinstance(value, dt.date):
        return value.isoformat()
    if kind == "yesno":
        return value is True
    if kind == "date":
        return None
    return "" if value is None else str(value)

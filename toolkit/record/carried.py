"""What a report carries that has no cell of its own on a visible sheet, as JSON types for _meta and data files, and back.

Last year's figures, printed texts that say more than the figure, combined rows, explanations with the figures they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from toolkit.edition.load import edition_ids, load_edition
from toolkit.edition.model import Edition
from toolkit.record.basis import Basis, basis_as_json, is_fingerprint
from toolkit.record.reading import Explanation, Prior, Reading
from toolkit.record.spread import combined_values, reported_totals
from toolkit.values import Kind, State, Value, read_typed


@dataclass(frozen=True)
class Carried:
    prior: Prior | None = None
    printed: Mapping[str, str] = field(default_factory=dict)
    combined: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    explanations: tuple[Explanation, ...] = ()
    reported: frozenset[str] = frozenset()  # totals written as reported


def value_as_json(value: Value) -> int | float | str | None:
    """A value as JSON: number, null or text. A figure that states its unit stays text."""
    if value.is_blank:
        return None
    return value.raw if value.state is not State.NUMBER or value.unit else figure(value.number)


def figure(value: Decimal | None) -> int | float | None:
    """At most 15 digits, so a float prints as the same decimal."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def printed_texts(reading: Reading) -> dict[str, str]:
    return {
        key: one.raw
        for key, one in reading.cells.items()
        if one.raw and one.state is State.NUMBER and not one.unit
    }


def explanations_as_json(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "keys": list(one.keys),
            "values": basis_as_json(one.values),
            "text": one.text,
            "by": one.by,
        }
        | ({"opinion": one.opinion} if one.opinion else {})
        for one in reading.explanations
    ]


def carry(edition: Edition, reading: Reading) -> dict[str, Any]:
    prior = reading.prior
    return {
        "prior": prior
        and {
            "year": prior.year,
            "edition": prior.edition,
            "cells": {key: value_as_json(one) for key, one in prior.cells.items()},
        },
        "printed": printed_texts(reading),
        "merged": {
            name: _reported(reading, name, values)
            for name, values in combined_values(edition, reading).items()
        },
        "explanations": explanations_as_json(reading),
        "reported": sorted(reported_totals(edition, reading)),
    }


def _reported(
    reading: Reading, name: str, values: Mapping[str, Value]
) -> dict[str, int | float | str | None]:
    """The figures of a combined row, without the totals that are computed anyway."""
    return {
        column: None if f"{name}.{column}" in reading.computed else value_as_json(one)
        for column, one in values.items()
    }


def take_carried(edition: Edition, data: Any) -> Carried | None:
    """The counterpart of `carry`; None where the data is not what `carry` wrote."""
    try:
        return _take(edition, data)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError):
        return None


def _take(edition: Edition, data: Any) -> Carried:
    prior = None
    if data["prior"] and data["prior"]["edition"] in edition_ids():
        cells = load_edition(data["prior"]["edition"]).cells
        combined = {
            key: cell
            for variant in load_edition(data["prior"]["edition"]).variants.values()
            for key, cell in variant.cells.items()
        }
        known = {**combined, **cells}
        values = {
            key: _value(raw, known[key].kind, known[key].unit)
            for key, raw in data["prior"]["cells"].items()
            if key in known
        }
        prior = Prior(int(data["prior"]["year"]), data["prior"]["edition"], values)
    combined_rows = {
        name: {column: _value(raw, Kind.COUNT, "") for column, raw in values.items()}
        for name, values in data["merged"].items()
        if name in edition.combined_rows
    }
    explanations = tuple(
        Explanation(
            str(one["code"]),
            tuple(map(str, one["keys"])),
            tuple(_read_basis(value) for value in one["values"]),
            str(one["text"]),
            str(one["by"]),
            str(one.get("opinion", "")),
        )
        for one in data["explanations"]
    )
    return Carried(
        prior,
        {str(key): str(raw) for key, raw in data["printed"].items()},
        combined_rows,
        explanations,
        frozenset(map(str, data["reported"])),
    )


def _value(raw: object, kind: Kind, unit: str) -> Value:
    return read_typed(
        raw if raw is None or isinstance(raw, int | float | Decimal | str) else str(raw), kind, unit
    )[0]


def _read_basis(value: object) -> Basis:
    if value is None or is_fingerprint(value):
        return value
    return Decimal(str(value))

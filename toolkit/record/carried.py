"""What a report carries that has no cell of its own on a visible sheet, as JSON types and back.

It is written to _meta and to data files: last year's figures, printed texts that say more than the
figure, combined rows, and explanations with the basis they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from toolkit.edition.load import edition_ids, load_edition
from toolkit.edition.model import Edition
from toolkit.record.basis import Basis, basis_as_json, is_fingerprint
from toolkit.record.prior import cells_of_all_forms
from toolkit.record.reading import Explanation, Prior, Reading
from toolkit.record.spread import combined_values, reported_totals
from toolkit.values import Kind, State, Value, json_number, read_typed


@dataclass(frozen=True)
class Carried:
    """What `take_carried` read. `combined` is combined row -> column -> value."""

    prior: Prior | None = None
    printed: Mapping[str, str] = field(default_factory=dict)
    combined: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    explanations: tuple[Explanation, ...] = ()
    reported: frozenset[str] = frozenset()  # totals written as reported


def value_as_json(value: Value) -> int | float | str | None:
    """A value as JSON: number, null or text. A figure that states its unit stays text."""
    if value.is_blank:
        return None
    if value.state is not State.NUMBER or value.unit:
        return value.raw
    return json_number(value.number)


def printed_texts(reading: Reading) -> dict[str, str]:
    """The texts of figures by their cells, where the text says more than the figure.

    A figure that states its unit is not among them: it is text as a value already.
    """
    return {
        key: value.raw
        for key, value in reading.cells.items()
        if value.raw and value.state is State.NUMBER and not value.unit
    }


def explanations_as_json(reading: Reading) -> list[dict[str, Any]]:
    """The reasons that people gave; `opinion` only where the superior gave one."""
    return [_explanation_as_json(explanation) for explanation in reading.explanations]


def _explanation_as_json(explanation: Explanation) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": explanation.code,
        "keys": list(explanation.keys),
        "values": basis_as_json(explanation.values),
        "text": explanation.text,
        "by": explanation.by,
    }
    if explanation.opinion:
        data["opinion"] = explanation.opinion
    return data


def carry(edition: Edition, reading: Reading) -> dict[str, Any]:
    """Everything that `Carried` holds, as JSON types."""
    return {
        "prior": _prior_as_json(reading.prior),
        "printed": printed_texts(reading),
        "merged": {
            name: _combined_row_as_json(reading, name, values)
            for name, values in combined_values(edition, reading).items()
        },
        "explanations": explanations_as_json(reading),
        "reported": sorted(reported_totals(edition, reading)),
    }


def _prior_as_json(prior: Prior | None) -> dict[str, Any] | None:
    if prior is None:
        return None
    cells = {key: value_as_json(value) for key, value in prior.cells.items()}
    return {"year": prior.year, "edition": prior.edition, "cells": cells}


def _combined_row_as_json(
    reading: Reading, name: str, values: Mapping[str, Value]
) -> dict[str, int | float | str | None]:
    """The figures of a combined row, without the totals that are computed anyway."""
    return {
        column: None if f"{name}.{column}" in reading.computed else value_as_json(value)
        for column, value in values.items()
    }


def take_carried(edition: Edition, data: Any) -> Carried | None:
    """The counterpart of `carry`; None where the data is not what `carry` wrote."""
    try:
        return _read_carried(edition, data)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError):
        return None


def _read_carried(edition: Edition, data: Any) -> Carried:
    return Carried(
        prior=_read_prior(data["prior"]),
        printed={str(key): str(raw) for key, raw in data["printed"].items()},
        combined={
            name: _read_combined_row(values)
            for name, values in data["merged"].items()
            if name in edition.combined_rows
        },
        explanations=tuple(_read_explanation(entry) for entry in data["explanations"]),
        reported=frozenset(map(str, data["reported"])),
    )


def _read_prior(data: Any) -> Prior | None:
    """Last year's figures; None where there are none or their edition is not known."""
    if not data or data["edition"] not in edition_ids():
        return None
    known = cells_of_all_forms(load_edition(data["edition"]))
    cells = {
        key: _read_value(raw, known[key].kind, known[key].unit)
        for key, raw in data["cells"].items()
        if key in known
    }
    return Prior(int(data["year"]), data["edition"], cells)


def _read_combined_row(values: Any) -> dict[str, Value]:
    return {column: _read_value(raw, Kind.COUNT, "") for column, raw in values.items()}


def _read_explanation(entry: Any) -> Explanation:
    return Explanation(
        code=str(entry["code"]),
        keys=tuple(map(str, entry["keys"])),
        values=tuple(_read_basis(value) for value in entry["values"]),
        text=str(entry["text"]),
        by=str(entry["by"]),
        opinion=str(entry.get("opinion", "")),
    )


def _read_value(raw: object, kind: Kind, unit: str) -> Value:
    is_json = raw is None or isinstance(raw, int | float | Decimal | str)
    return read_typed(raw if is_json else str(raw), kind, unit)[0]


def _read_basis(value: object) -> Basis:
    if value is None or is_fingerprint(value):
        return value
    return Decimal(str(value))

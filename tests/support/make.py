"""Readings for tests: all zero, filled at random, and as workbooks."""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.finding import Finding
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import settle
from toolkit.values import BLANK, Kind, State, Value, Why, number
from toolkit.workbook.write import blank, write

CREATED = dt.datetime(2022, 1, 1)
YEARS = {"2019": 2020, "2021": 2021}


def settled(
    edition: Edition,
    cells: Mapping[str, int | Decimal | Value] | None = None,
    *,
    year: int | None = None,
    **changes: Any,
) -> Reading:
    """A workbook's reading with 0 in every input but for some cells; totals are computed unless `cells` gives them."""
    form = edition.variant(changes.get("combined", frozenset()))
    values = {key: BLANK if key in form.totals else number(0) for key in form.cells}
    for key, figure in (cells or {}).items():
        assert key in values, key
        values[key] = figure if isinstance(figure, Value) else number(figure)
    plain = Reading("", edition.id, year or YEARS[edition.id], Origin.WORKBOOK, values)
    return settle(edition, replace(plain, **changes))


def dotted(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments as keys: __ stands for a dot."""
    return {key.replace("__", "."): value for key, value in keys.items()}


def zero(edition_id: str, year: int | None = None, **fields: Any) -> Reading:
    """A workbook's reading with 0 in every input, totals computed."""
    edition = load_edition(edition_id)
    reading = blank(edition, year or YEARS[edition_id], unit__name="甲镇人民政府")
    return settled(edition, year=reading.year, fields={**reading.fields, **dotted(fields)})


def with_cells(reading: Reading, **figures: int | str | Decimal | None) -> Reading:
    """The reading with some cells changed (keys with __ for dots) and its totals computed again, unless given."""
    edition = load_edition(reading.edition)
    changed = {
        key: BLANK if value is None else number(Decimal(value))
        for key, value in dotted(figures).items()
    }
    cells = {
        key: BLANK if key in reading.computed else value for key, value in reading.cells.items()
    } | changed
    return settle(edition, replace(reading, cells=cells))


def reported(reading: Reading) -> Reading:
    """The same figures with all totals as reported ones."""
    return replace(reading, computed=frozenset())


def book(reading: Reading) -> bytes:
    return write(load_edition(reading.edition), reading, CREATED)


STALE = "R-27"  # openpyxl saves formulas without results, so every workbook that it filled is said to be not recalculated


def fresh(findings: list[Finding]) -> list[Finding]:
    """Without what is said of results only because openpyxl saved the file."""
    return [finding for finding in findings if finding.code != STALE]


def random_reading(seed: int, edition_id: str) -> Reading:
    """Figures with holes, declarations, negatives, fractions and text."""
    dice = random.Random(seed)
    edition = load_edition(edition_id)
    reading = zero(edition_id)
    mess = dice.choice([0.0, 0.0, 0.02, 0.2])
    cells = {
        key: BLANK if key in edition.totals else _random_value(dice, edition, key, mess)
        for key in edition.cells
    }
    for key in edition.totals:
        if dice.random() < mess / 2:
            cells[key] = number(dice.randrange(5))
    declared = {
        f"declarations.{declaration.key}": dice.random() < 0.2
        for declaration in edition.declarations
    }
    level = dice.choice(["", "township", "county", "city", "other"])
    origin = dice.choice([Origin.WORKBOOK, Origin.WORKBOOK, Origin.PUBLISHED])
    fields = {**reading.fields, **declared, "unit.level": level}
    return settle(
        edition, replace(reading, origin=origin, cells=cells, fields=fields, year=YEARS[edition_id])
    )


def _random_value(dice: random.Random, edition: Edition, key: str, mess: float) -> Value:
    kind = edition.cells[key].kind
    if dice.random() < mess:
        return dice.choice(
            [
                BLANK,
                BLANK,
                number(-2),
                number(Decimal("1.5")),
                Value(State.UNREADABLE, raw="见附件", why=Why.TEXT),
                Value(State.NOT_APPLICABLE, raw="/"),
            ]
        )
    if kind is Kind.MONEY:
        return number(
            dice.choice([Decimal(0), Decimal("25.1"), Decimal("0.000001"), Decimal("9116.36")])
        )
    if kind is Kind.CHANGE:
        return number(dice.randrange(-3, 4))
    return number(dice.choice([0, 0, 0, 1, 2, 12]))

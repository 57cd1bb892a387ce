"""Readings to write reports from: every figure a typed zero, and what a test says on top of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import settle
from toolkit.values import BLANK, Value, number

Make = Callable[..., Reading]

YEARS = {"2019": 2020, "2021": 2021}
FIELDS = {"unit.name": "营前镇人民政府"}


@pytest.fixture(params=sorted(YEARS))
def edition(request: pytest.FixtureRequest) -> Edition:
    return load_edition(request.param)


@pytest.fixture
def edition_2021() -> Edition:
    return load_edition("2021")


def _make(
    edition: Edition, cells: Mapping[str, int | Value] | None = None, **changes: Any
) -> Reading:
    """A settled reading; totals are blank and so computed, unless `cells` gives them."""
    form = edition.variant(changes.get("combined", frozenset()))
    values = {key: BLANK if key in form.totals else number(0) for key in form.cells}
    values |= {
        key: value if isinstance(value, Value) else number(value)
        for key, value in (cells or {}).items()
    }
    fields = FIELDS | changes.pop("fields", {})
    plain = Reading("", edition.id, YEARS[edition.id], Origin.WORKBOOK, values, fields=fields)
    return settle(edition, replace(plain, **changes))


@pytest.fixture
def make() -> Make:
    return _make

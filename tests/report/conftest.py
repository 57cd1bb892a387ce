"""Readings to write reports from: every figure a typed zero, and what a test says on top of it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.support.make import YEARS, settled
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.record.reading import Reading
from toolkit.values import Value

Make = Callable[..., Reading]

FIELDS = {"unit.name": "营前镇人民政府"}


@pytest.fixture(params=sorted(YEARS))
def edition(request: pytest.FixtureRequest) -> Edition:
    return load_edition(request.param)


@pytest.fixture
def edition_2021() -> Edition:
    return load_edition("2021")


def _make(
    edition: Edition, cells: Mapping[str, int | Decimal | Value] | None = None, **changes: Any
) -> Reading:
    """What `settled` makes, of a unit with a name."""
    fields = FIELDS | changes.pop("fields", {})
    return settled(edition, cells, fields=fields, **changes)


@pytest.fixture
def make() -> Make:
    return _make

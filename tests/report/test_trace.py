"""Every figure of a generated sentence is a cell, or a sum, difference or share of cells.

So it is in 1,000 random reports per edition and in every sample.

Some reports are sent through real workbooks first: a twentieth of 1,000 a day, all by `make trace`, which takes minutes.
"""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.support import make, scale
from tests.support.strategies import consistent
from tests.support.trace import trace
from toolkit.data.load import load_data
from toolkit.edition.load import load_edition
from toolkit.jobs.inputs import read_report
from toolkit.reading.read import read
from toolkit.record.reading import Prior, Reading, Statistics, StatisticsItem
from toolkit.report.narrative import narrate
from toolkit.values import BLANK, number

SAMPLES = sorted(
    path
    for path in (Path(__file__).parents[2] / "samples").rglob("*")
    if path.suffix in (".xlsx", ".json")
)
REAL = sorted((Path(__file__).parents[3] / "shared" / "reports").glob("*.json"))
CALM = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
UNITS = ["示例镇人民政府", "示例县人民政府", "示例公司"]


def _dress(reading: Reading, chance: int) -> Reading:
    """With a name, a scope, items published and last year's figures, by chance."""
    dice = random.Random(chance)
    fields = {
        **reading.fields,
        "unit.name": dice.choice(UNITS),
        "unit.scope": dice.choice(["unit", "aggregate"]),
    }
    counts = [dice.choice([0, 1, 2, 9, 2004]) for _ in range(dice.randrange(4))]
    items = tuple(
        StatisticsItem(f"{'甲乙丙丁'[index]}类", number(count))
        for index, count in enumerate(counts)
    )
    total = dice.choice([BLANK, number(sum(counts)), number(sum(counts) + dice.randrange(3))])
    statistics = Statistics(
        items,
        total,
        dice.choice([BLANK, number(0), number(sum(counts)), number(dice.randrange(1, 3000))]),
    )
    now = reading.value("requests.received.total").number or 0
    before = number(
        dice.choice([0, int(now), int(now) + dice.randrange(1, 9), max(0, int(now) - 1)])
    )
    prior = Prior(
        reading.year - dice.choice([1, 1, 2]), reading.edition, {"requests.received.total": before}
    )
    return replace(
        reading,
        fields=fields,
        statistics=statistics,
        prior=dice.choice([None, prior]),
        narrative={},
    )


def _reports(edition_id: str) -> st.SearchStrategy[Reading]:
    messy = st.integers(0, 10**9).map(lambda seed: make.random_reading(seed, edition_id))
    clean = consistent(edition_id).map(
        lambda report: replace(report, fields=make.zero(edition_id).fields)
    )
    return st.builds(_dress, st.one_of(messy, messy, messy, clean), st.integers(0, 10**9))


@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_every_figure_of_a_random_report_is_traced(edition_id: str) -> None:
    edition = load_edition(edition_id)
    resolved: list[int] = []

    @settings(CALM, max_examples=1000, derandomize=True)
    @given(_reports(edition_id))
    def trace_report(reading: Reading) -> None:
        resolved.append(trace(narrate(edition, reading), reading))

    trace_report()
    assert len(resolved) >= 1000
    assert sum(resolved) > 5000
    assert resolved.count(0) < 100


@pytest.mark.slow
@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_every_figure_of_a_random_report_is_traced_through_its_workbook(edition_id: str) -> None:
    edition = load_edition(edition_id)

    @seed(scale.seed())
    @settings(CALM, max_examples=scale.scale(1000))
    @given(_reports(edition_id))
    def trace_workbook(reading: Reading) -> None:
        again, _ = read(make.book(reading), "book.xlsx")
        assert again is not None
        plain = replace(again, narrative={})
        trace(narrate(edition, plain), plain)

    trace_workbook()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_figure_of_a_sample_is_traced(path: Path) -> None:
    reading, _ = read_report(path)
    assert reading is not None
    fields = {key: value for key, value in reading.fields.items() if not key.startswith("prose.")}
    plain = replace(reading, narrative={}, fields=fields)
    edition = load_edition(reading.edition)
    trace(narrate(edition, plain), plain)


@pytest.mark.skipif(not REAL, reason="the real reports are not here")
def test_every_figure_of_the_real_reports_is_traced() -> None:
    resolved = 0
    for path in REAL:
        given = json.loads(path.read_text(encoding="utf-8"))
        data = {
            "edition": given["edition"],
            "year": given["year"],
            "origin": "published",
            "tables": given["printed"],
            "unit": {"name": "示例县人民政府"},
        }
        reading, _ = load_data(json.dumps(data).encode(), path.name)
        assert reading is not None
        resolved += trace(narrate(load_edition(reading.edition), reading), reading)
    assert resolved > 300

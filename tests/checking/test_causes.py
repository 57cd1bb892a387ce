"""The likely cause: the slip that was made is named, and of two slips never a cell in which none was."""

from dataclasses import replace

import pytest

from tests.support import make
from tests.trials.causes import SIZES, SLIPS, double, single
from toolkit.checking.check import check
from toolkit.finding import Finding
from toolkit.record.reading import Reading
from toolkit.values import number

CASES = 60


@pytest.mark.parametrize("kind", SLIPS)
def test_cause_of_a_single_slip_is_named_right_95_times_of_100(kind: str) -> None:
    found = single(7, kind, CASES, SIZES[0])
    assert found["right"] >= 0.95 * CASES, found


def test_cause_of_two_slips_is_named_wrong_at_most_2_times_of_100() -> None:
    for size in SIZES:
        found = double(7, 150, size)
        assert found["wrong"] <= 0.02 * 150, found


def with_figures(**figures: int) -> Reading:
    """Zeros with reported totals but for some cells, keys with __ for dots, the table named once."""
    base = make.reported(make.zero("2021"))
    return replace(
        base,
        cells={
            **base.cells,
            **{
                f"requests.{key.replace('__', '.')}": number(value)
                for key, value in figures.items()
            },
        },
    )


def causes(reading: Reading) -> list[Finding]:
    return [finding for finding in check([reading])[0] if finding.cause]


def test_every_explained_finding_says_so_in_its_message() -> None:
    found = causes(with_figures(received__natural=3, granted__natural=3, handled__natural=3))
    assert len(found) >= 3
    assert {finding.cause for finding in found} == {found[0].cause}
    assert all(finding.cause and finding.cause in finding.message for finding in found)


def test_finding_with_two_possible_causes_names_none() -> None:
    """One too many among three rows of one each: any two of them may be the pair."""
    rows = {
        f"{row}__{column}": 1
        for row in ("granted", "partial", "carried_out")
        for column in ("natural", "total")
    }
    both = {
        f"{row}__{column}": 2 for row in ("received", "handled") for column in ("natural", "total")
    }
    reading = with_figures(**rows, **both)
    assert [finding.code for finding in check([reading])[0] if finding.code[0] == "T"] == [
        "T3-01",
        "T3-01",
    ]
    assert causes(reading) == []


def test_unreadable_cell_is_no_cause_and_gets_none() -> None:
    """Nor is it explained: a sum with an open cell in it is off by nobody knows how much."""
    reading = with_figures(received__natural=3, granted__natural=3, handled__natural=3)
    rows = [finding.keys[0] for finding in causes(reading)]
    assert rows == ["requests.received.total", "requests.granted.total", "requests.handled.total"]
    open_cell = replace(reading, cells={**reading.cells, "requests.granted.natural": number(-1)})
    assert [finding.keys[0] for finding in causes(open_cell)] == rows[:1]


def test_totals_of_table_four_left_at_zero_are_named_as_cause() -> None:
    base = make.reported(make.zero("2021"))
    cells = {"disputes.review.upheld": number(2), "disputes.direct.other": number(1)}
    found = causes(replace(base, cells={**base.cells, **cells}))
    assert [finding.code for finding in found] == ["T4-01", "T4-01"]


def test_plain_difference_has_no_cause() -> None:
    assert causes(with_figures(received__natural=3, received__total=3)) == []

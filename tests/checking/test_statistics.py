"""公开统计: what would keep its sentence out of the report without a word."""

from dataclasses import replace

import pytest

from tests.support import make
from toolkit.checking.check import check
from toolkit.record.reading import Statistics, StatisticsItem
from toolkit.values import BLANK, Kind, Value, number, read_typed


def typed(text: object) -> Value:
    return read_typed(text, Kind.COUNT)[0]


@pytest.mark.parametrize(
    ("total", "counts", "code"),
    [
        (number(130), [100, 30], None),
        (number(140), [100, 30], None),
        (BLANK, [], None),
        (number(120), [100, 30], "V-18"),
        (BLANK, [100, 30], "V-18"),
        (typed("一百"), [], "V-17"),
        (number(130), ["很多"], "V-17"),
        (number(130), [1.5], "V-17"),
    ],
)
def test_statistics_that_are_unreadable_or_do_not_add_up_are_reported(
    total: Value, counts: list[object], code: str | None
) -> None:
    items = tuple(
        StatisticsItem(f"第{index}类", typed(count)) for index, count in enumerate(counts)
    )
    reading = replace(make.zero("2021"), statistics=Statistics(items, total))
    assert [
        finding.code for finding in check([reading])[0] if finding.code in ("V-17", "V-18")
    ] == ([code] if code else [])

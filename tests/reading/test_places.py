"""Each relation of the tables broken in a workbook: code, keys, sheet, cell and both figures, and the same from its data file."""

from dataclasses import replace

import pytest

from tests.support import make
from toolkit.checking.check import check
from toolkit.data.dump import data_json
from toolkit.data.load import load_data
from toolkit.edition.load import load_edition
from toolkit.finding import Finding
from toolkit.reading.read import read
from toolkit.record.reading import Reading
from toolkit.values import number
from toolkit.workbook.plan import Plan

R = "requests"
CASES = [
    ("2019", "T2-01", {"disclosure.normative.published": 3, "disclosure.normative.total_public": 2},
     "disclosure.normative.total_public", 2, 3),
    ("2021", "T2-02", {"disclosure.regulations.issued": 2, "disclosure.regulations.in_force": 2}, "disclosure.regulations.issued", 2, 0),
    ("2021", "T2-03", {"disclosure.normative.issued": 3, "disclosure.normative.in_force": 1}, "disclosure.normative.issued", 3, 1),
    ("2021", "T3-01", {f"{R}.received.legal": 3, f"{R}.received.total": 3, f"{R}.granted.legal": 2, f"{R}.granted.total": 2,
                       f"{R}.handled.legal": 2, f"{R}.handled.total": 2}, f"{R}.handled.legal", 2, 3),
    ("2021", "T3-02", {f"{R}.handled.natural": 1}, f"{R}.handled.natural", 1, 0),
    ("2021", "T3-03", {f"{R}.partial.total": 4}, f"{R}.partial.total", 4, 0),
    ("2021", "T4-01", {"disputes.after_review.total": 5}, "disputes.after_review.total", 5, 0),
    ("2021", "T4-02", {"disputes.direct.upheld": 1, "disputes.direct.total": 1}, "disputes.direct.total", 1, 0),
    ("2021", "T6-01", {"processing_fee.asked": 30}, "processing_fee.asked", 30, 0),
]  # fmt: skip


def from_workbook(reading: Reading) -> list[Finding]:
    found, said = read(make.book(reading), "a.xlsx")
    assert found is not None
    assert said == []
    return check([found])[0]


def from_data(reading: Reading) -> list[Finding]:
    found, said = load_data(data_json(load_edition(reading.edition), reading).encode(), "a.json")
    assert found is not None
    assert said == []
    return check([found])[0]


@pytest.mark.parametrize(
    ("edition_id", "code", "figures", "key", "found", "expected"),
    CASES,
    ids=[case[1] for case in CASES],
)
def test_broken_relation_is_reported_at_its_cell_from_workbook_and_from_data(
    edition_id: str, code: str, figures: dict[str, int], key: str, found: int, expected: int
) -> None:
    year = 2024 if code == "T4-02" else make.YEARS[edition_id]
    base = make.reported(make.zero(edition_id, year, unit__level="township"))
    reading = replace(
        base, cells={**base.cells, **{name: number(figure) for name, figure in figures.items()}}
    )
    spot = Plan(load_edition(edition_id)).table_of(key).spot(key)
    in_book = [
        finding
        for finding in from_workbook(reading)
        if finding.code == code and key in finding.keys
    ]
    in_data = [
        finding for finding in from_data(reading) if finding.code == code and key in finding.keys
    ]
    assert len(in_book) == len(in_data) == 1
    assert (in_book[0].place.sheet, in_book[0].place.cell) == (spot.sheet, spot.address)
    assert (in_data[0].place.sheet, in_data[0].place.cell) == (None, None)
    for finding in (in_book[0], in_data[0]):
        assert (finding.found, finding.expected) == (found, expected)
    assert in_book[0].keys == in_data[0].keys
    assert in_book[0].severity == in_data[0].severity


@pytest.mark.parametrize("code", ["T3-01", "T3-02", "T3-03", "T4-01"])
def test_workbook_and_data_get_the_same_findings(code: str) -> None:
    _, _, figures, *_ = next(case for case in CASES if case[1] == code)
    base = make.reported(make.zero("2021"))
    reading = replace(
        base, cells={**base.cells, **{name: number(figure) for name, figure in figures.items()}}
    )
    verdicts = [
        sorted((finding.code, finding.keys) for finding in found if finding.code[0] != "N")
        for found in (from_workbook(reading), from_data(reading))
    ]
    assert verdicts[0] == verdicts[1]

"""Findings as CSV: the columns, reports without a finding, and texts that a spreadsheet would take for formulas."""

import csv
import io
from decimal import Decimal

import pytest

from tests.support import make
from toolkit.data.csv_text import BOM, tame
from toolkit.finding import Finding, Place, Severity
from toolkit.formatters.machine import to_csv
from toolkit.record.outcome import Outcome

COLUMNS = (
    "file,code,severity,sheet,cell,keys,found,expected,message,remedy"
    ",unit,year,edition,name,cause,explanation"
)
FINDING = Finding(
    "T3-01",
    Severity.ERROR,
    "差1。",
    "改数。",
    Place("a.xlsx", "依申请公开", "C5"),
    ("requests.received.natural", "requests.received.total"),
    Decimal(-3),
    Decimal(4),
    cause="填错了列。",
    explanation="＝已说明",
    name="sum_wrong",
)


def rows(*outcomes: Outcome) -> list[dict[str, str]]:
    text = to_csv(outcomes)
    assert text.startswith(f"{BOM}{COLUMNS}\r\n")
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM))))


def test_a_finding_with_its_report() -> None:
    reading = make.zero("2021", unit__name="=甲镇")
    assert rows(Outcome("a.xlsx", reading, [FINDING])) == [
        {
            "file": "a.xlsx",
            "code": "T3-01",
            "severity": "error",
            "sheet": "依申请公开",
            "cell": "C5",
            "keys": "requests.received.natural requests.received.total",
            "found": "-3",
            "expected": "4",
            "message": "差1。",
            "remedy": "改数。",
            "unit": "'=甲镇",
            "year": "2021",
            "edition": "2021",
            "name": "sum_wrong",
            "cause": "填错了列。",
            "explanation": "'＝已说明",
        }
    ]


def test_a_report_without_a_finding_is_counted_too() -> None:
    good = Outcome("a.xlsx", make.zero("2021"), [])
    bad = Outcome("b.xlsx", make.zero("2019"), [FINDING, FINDING])
    written = rows(good, bad)
    assert [row["code"] for row in written] == ["", "T3-01", "T3-01"]
    assert {name: text for name, text in written[0].items() if text} == {
        "file": "a.xlsx",
        "unit": "甲镇人民政府",
        "year": "2021",
        "edition": "2021",
    }


def test_a_file_that_could_not_be_read_has_no_unit() -> None:
    [row] = rows(Outcome("a.xlsx", None, [FINDING]))
    assert (row["code"], row["unit"], row["year"], row["edition"]) == ("T3-01", "", "", "")


@pytest.mark.parametrize("sign", "=+-@\t\r＝＋－＠")
def test_no_text_becomes_a_formula(sign: str) -> None:
    assert tame(f"{sign}1") == f"'{sign}1"
    assert tame(f"1{sign}") == f"1{sign}"

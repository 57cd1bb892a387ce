"""The real reports of two years in a row: Y3-01 and Y2-01 exactly as a few lines of arithmetic over the printed figures say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit.checking.check import check
from toolkit.data.load import load_data
from toolkit.record.prior import with_prior
from toolkit.record.reading import Reading

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
GIVEN = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(REPORTS.glob("*.json"))]
pytestmark = pytest.mark.skipif(not GIVEN, reason="the real reports are not here")

COLUMNS = ("natural", "commercial", "research", "welfare", "legal", "other", "total")
LEVELS = {
    "county(district aggregate)": "county",
    "department": "county_department",
    "township/片区": "county_department",
}


def pairs() -> Iterator[tuple[str, Any, Any]]:
    by = {(report["unit"], report["year"]): report for report in GIVEN}
    for (unit, year), report in by.items():
        if (unit, year - 1) in by:
            yield f"{unit}-{year}", report, by[unit, year - 1]


def reading_of(report: Any) -> Reading:
    unit = {"name": report["unit"], "level": LEVELS.get(report["level"], "")}
    data = {
        "edition": report["edition"],
        "year": report["year"],
        "origin": "published",
        "unit": unit,
        "tables": report["printed"],
    }
    reading, _ = load_data(json.dumps(data).encode(), "a.json")
    assert reading is not None
    return reading


def figure(table: Any, *path: str) -> int:
    for part in path:
        table = table.get(part, "") if isinstance(table, dict) else table
    return int(table or 0)


def independent(now: Any, last: Any) -> set[tuple[str, str]]:
    """Code and first key of what breaks."""
    found = set()
    for column in COLUMNS:
        if figure(now["printed"]["requests"]["carried_in"], column) != figure(
            last["printed"]["requests"]["carried_out"], column
        ):
            found.add(("Y3-01", f"requests.carried_in.{column}"))
    for row in ("regulations", "normative") if now["edition"] == last["edition"] == "2021" else ():
        own, before = (report["printed"]["disclosure"].get(row, {}) for report in (now, last))
        if figure(own, "in_force") != figure(before, "in_force") + figure(own, "issued") - figure(
            own, "repealed"
        ):
            found.add(("Y2-01", f"disclosure.{row}.in_force"))
    return found


def test_real_reports_contain_pairs_of_years() -> None:
    assert len(list(pairs())) >= 19


@pytest.mark.parametrize(
    ("now", "last"), [(now, last) for _, now, last in pairs()], ids=[name for name, _, _ in pairs()]
)
def test_year_on_year_findings_match_plain_arithmetic(now: Any, last: Any) -> None:
    reading, notes = with_prior(reading_of(now), reading_of(last))
    assert notes == []
    said = check([reading], [reading_of(last)])[0]
    assert {
        (finding.code, finding.keys[0]) for finding in said if finding.code in ("Y3-01", "Y2-01")
    } == independent(now, last)


# Everything that is said of the real reports besides how their cells are printed (V-08, V-09, V-10, V-12); each is defended in the issue.
EXPECTED = {
    "淮安市洪泽区人民政府-2024": ["T4-02"],
    "淮安市人民政府-2024": ["T4-02"],
    "平潭综合实验区-2020": ["T3-02", "T3-02", "Y2-02"],
    "平潭综合实验区-2023": ["Y2-01"],
    "平潭综合实验区-2024": ["Y2-01", "Y4-01"],
    "平潭综合实验区-2025": ["T4-02", "Y2-01"],
    "平潭综合实验区公安局-2021": ["T3-01", "T3-01"],
    "平潭综合实验区公安局-2022": ["Y2-01"],
    "平潭综合实验区管委会办公室-2023": ["Y2-01"],
    "平潭综合实验区管委会办公室-2024": ["Y2-01"],
    "平潭综合实验区金井片区管理局-2024": ["Y2-01"],
    "平潭综合实验区社会事业局-2020": ["V-16", "Y2-02", "Y2-02", "Y2-02"],
    "平潭综合实验区市场监督管理局-2020": ["Y2-02", "Y2-02", "Y2-02", "Y2-02"],
}


def test_findings_of_all_thirty_real_reports_are_as_expected() -> None:
    last = {name: before for name, _, before in pairs()}
    found = {}
    for report in GIVEN:
        name = f"{report['unit']}-{report['year']}"
        reading = reading_of(report)
        if name in last:
            reading, _ = with_prior(reading, reading_of(last[name]))
        codes = sorted(
            finding.code for finding in check([reading])[0] if finding.code not in ("V-09", "V-12")
        )
        if codes:
            found[name] = codes
    assert found == EXPECTED


def test_known_slip_of_gonganju_is_reported_by_name() -> None:
    report = next(
        report for report in GIVEN if report["unit"].endswith("公安局") and report["year"] == 2021
    )
    causes = {
        finding.cause for finding in check([reading_of(report)])[0] if finding.code == "T3-01"
    }
    assert len(causes) == 1
    [cause] = causes
    assert cause
    assert "3.其他" in cause
    assert "四、结转下年度" in cause

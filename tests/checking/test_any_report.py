"""Whatever a report holds, no check crashes on it: a crash would be a finding (R-16), and there is none."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.support import make
from tests.support.strategies import readings
from toolkit.checking.check import check
from toolkit.codes import make_finding
from toolkit.finding import Place
from toolkit.phrases import phrases
from toolkit.record.prior import sum_of_reports, with_prior
from toolkit.record.reading import Reading


@given(readings(), readings())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_no_check_crashes_on_any_report(reading: Reading, last: Reading) -> None:
    compared, _ = with_prior(reading, last)
    whole = sum_of_reports([last, last])
    for report in (reading, compared):
        assert [finding for finding in check([report], [whole])[0] if finding.code == "R-16"] == []


RULES = {
    "causes": "add_causes",
    "blanks": "_left_blank",
    "merged": "combined_row_findings",
    "identity": "identity_findings",
    "prior": "_prior_year",
    "plausibility": "plausibility_findings",
    "narrative": "narrative_findings",
}


@pytest.mark.parametrize("name", RULES)
def test_crashing_check_becomes_a_finding_with_its_name(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*args: object) -> None:
        raise ZeroDivisionError

    reading = make.zero("2021")
    monkeypatch.setattr(f"toolkit.checking.check.{RULES[name]}", crash)
    due = make_finding(
        "check_failed",
        Place(reading.file),
        rule=phrases().checks.word(name),
        why="ZeroDivisionError",
    )
    assert [finding for finding in check([reading])[0] if finding.code == "R-16"] == [due]
    assert set(RULES) == set(phrases().checks.entries())

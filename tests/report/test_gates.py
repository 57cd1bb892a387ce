"""Gates: what keeps a report from which stage, and what is listed where it may go on."""

from dataclasses import replace

import pytest

from toolkit.finding import Finding, Severity
from toolkit.record.reading import Origin
from toolkit.report.gates import SIGNATURES, Stage, pass_gate

ERROR = Finding("T3-01", Severity.ERROR, "错")
WARNING = Finding("T2-02", Severity.WARNING, "疑")
INFO = Finding("V-08", Severity.INFO, "知")
EXPLAINED = [replace(finding, explanation="因为") for finding in (ERROR, WARNING)]
SIGNED = dict.fromkeys(SIGNATURES, "某某")


@pytest.mark.parametrize(
    ("findings", "signed", "allowed", "listed"),
    [
        ([], True, [Stage.DRAFT, Stage.APPROVAL, Stage.FINAL], []),
        ([], False, [Stage.DRAFT, Stage.APPROVAL], ["N-03"]),
        ([INFO, *EXPLAINED], True, [Stage.DRAFT, Stage.APPROVAL, Stage.FINAL], []),
        ([WARNING], True, [Stage.DRAFT, Stage.APPROVAL], ["T2-02"]),
        ([WARNING, ERROR], False, [Stage.DRAFT], ["T3-01", "T2-02", "N-03"]),
    ],
)
def test_findings_and_signatures_decide_the_allowed_stages(
    edition, make, findings, signed, allowed, listed
):
    reading = make(edition, fields=SIGNED if signed else {})
    answers = {stage: pass_gate(stage, findings, reading, edition) for stage in Stage}
    assert [stage for stage, (passed, _) in answers.items() if passed] == allowed
    assert all([finding.code for finding in open_] == listed for _, open_ in answers.values())


def test_blank_signature_of_a_published_report_is_reported_by_key(edition, make):
    fields = SIGNED | {"signoff.approved.name": " "}
    reading = make(edition, fields=fields, origin=Origin.PUBLISHED)
    passed, (finding,) = pass_gate(Stage.FINAL, [], reading, edition)
    assert not passed
    assert finding.keys == ("signoff.approved.name",)


def test_missing_signatures_are_reported_once_even_when_explained(edition, make):
    _, (unsigned,) = pass_gate(Stage.FINAL, [], make(edition), edition)
    explained = replace(unsigned, explanation="都出差了")
    for given in (unsigned, explained):
        assert pass_gate(Stage.FINAL, [given], make(edition), edition) == (False, [unsigned])


def test_stages_are_named_in_chinese():
    assert [str(stage) for stage in Stage] == ["草稿", "送审稿", "定稿"]

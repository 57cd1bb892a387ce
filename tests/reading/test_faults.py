"""The corpus of faulty workbooks: for every kind the expected findings, and every figure as typed or pointed at by a finding."""

import pytest

from tests.faults.base import Fault, outcome
from tests.faults.changed import CHANGED
from tests.faults.files import FILES
from tests.faults.oddities import ODDITIES
from tests.support.findings import codes_of
from tests.support.good import INPUTS, differing, good
from toolkit.checking.check import check


@pytest.mark.parametrize("fault", FILES, ids=[fault.name for fault in FILES])
def test_unreadable_file_gives_one_finding_and_no_report(fault: Fault) -> None:
    reading, findings = outcome(fault)
    assert reading is None
    assert tuple(codes_of(findings)) == fault.codes == ("R-01",)


@pytest.mark.parametrize("fault", ODDITIES, ids=[fault.name for fault in ODDITIES])
def test_odd_but_honest_workbook_is_read_with_every_figure(fault: Fault) -> None:
    reading, findings = outcome(fault)
    assert tuple(codes_of(findings)) == fault.codes
    assert reading is not None
    assert differing(reading) == set()
    assert (reading.narrative, reading.fields) == (good().narrative, good().fields)


@pytest.mark.parametrize("fault", CHANGED, ids=[fault.name for fault in CHANGED])
def test_changed_form_is_reported_and_no_figure_is_guessed(fault: Fault) -> None:
    reading, findings = outcome(fault)
    assert tuple(codes_of(findings)) == fault.codes
    assert reading is not None
    assert differing(reading) <= fault.lost | fault.doubtful
    assert all(reading.value(key).number is None for key in fault.lost)
    told = {key for finding in [*findings, *check([reading])[0]] for key in finding.keys}
    assert fault.lost <= told


def test_faults_have_different_names_and_inputs_different_figures() -> None:
    kinds = [fault.name for fault in (*FILES, *ODDITIES, *CHANGED)]
    assert len(set(kinds)) == len(kinds)
    assert len({good().value(key).number for key in INPUTS}) == len(INPUTS)

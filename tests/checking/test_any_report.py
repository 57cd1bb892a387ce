"""Whatever a report holds, no check crashes on it: a crash would be a finding (R-16), and there is none."""

from hypothesis import HealthCheck, given, settings

from tests.strategies import readings
from toolkit.checking.check import check
from toolkit.edition.prior import added, with_prior
from toolkit.record import Reading


@given(readings(), readings())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_no_check_crashes(reading: Reading, last: Reading) -> None:
    compared, _ = with_prior(reading, last)
    whole = added([last, last])
    for one in (reading, compared):
        assert [finding for finding in check([one], [whole])[0] if finding.code == "R-16"] == []

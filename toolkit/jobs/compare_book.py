"""Reports beside the workbook they came from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.finding import Finding, in_order
from toolkit.jobs.against import against
from toolkit.jobs.inputs import Source, read_source
from toolkit.record.outcome import Outcome


@dataclass(frozen=True)
class Compared:
    """The outcomes with what differs from the workbook; unchanged where the workbook cannot be read
    (`findings`).
    """

    outcomes: list[Outcome]
    is_read: bool
    findings: list[Finding]


def compare_with_book(outcomes: Sequence[Outcome], book: Source) -> Compared:
    """A workbook that cannot be read is reported; the other findings are shown all the same."""
    own, findings = read_source(book)
    if own is None:
        return Compared(list(outcomes), False, findings)
    compared = []
    for outcome in outcomes:
        differences = [] if outcome.reading is None else against(outcome.reading, own)
        everything = in_order([*outcome.findings, *differences])
        compared.append(replace(outcome, findings=everything))
    return Compared(compared, True, [])

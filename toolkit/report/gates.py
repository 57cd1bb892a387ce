"""Which findings keep a report from which stage of its way to publication."""

from collections.abc import Sequence
from enum import StrEnum

from toolkit.codes import make_finding
from toolkit.edition.model import Edition
from toolkit.finding import Finding
from toolkit.record.reading import Reading

UNSIGNED = "sign_off_missing"
SIGNATURES = (
    "signoff.filled.name",
    "signoff.reviewed.name",
    "signoff.approved.name",
    "signoff.secrecy.name",
)


class Stage(StrEnum):
    """The value is what is printed on the document and in messages."""

    DRAFT = "草稿"
    APPROVAL = "送审稿"
    FINAL = "定稿"


def pass_gate(
    stage: Stage, findings: Sequence[Finding], reading: Reading, edition: Edition
) -> tuple[bool, list[Finding]]:
    """Whether the report may be written at this stage, and everything that is open, also where it
    may.
    """
    errors = [finding for finding in findings if finding.is_open_error]
    # Sign-off is judged here and not taken over: nobody can explain a missing signature away.
    warnings = [
        finding for finding in findings if finding.is_open_warning and finding.name != UNSIGNED
    ]
    unsigned = missing_signatures(reading, edition)
    blocking = {
        Stage.DRAFT: [],
        Stage.APPROVAL: errors,
        Stage.FINAL: [*errors, *warnings, *unsigned],
    }[stage]
    return not blocking, [*errors, *warnings, *unsigned]


def missing_signatures(reading: Reading, edition: Edition) -> list[Finding]:
    """One finding that names the open signatures; no finding where all are there."""
    missing = [key for key in SIGNATURES if not reading.text(key).strip()]
    if not missing:
        return []
    labels = "、".join(edition.fields[key].label for key in missing)
    return [make_finding(UNSIGNED, keys=missing, fields=labels)]

"""Which findings a person may explain, and whether a reason that was given still holds.

A reason belongs to the code of its finding, the cells it is about, and what these held then. When
one of them changes, the reason is void and has to be given anew.
"""

from collections.abc import Iterable
from dataclasses import replace

from toolkit.edition.model import Edition
from toolkit.finding import About, Finding, Severity
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.basis import Basis, legacy_fingerprint
from toolkit.record.reading import Explanation, Reading


def is_explainable(edition: Edition, finding: Finding) -> bool:
    """Whether a person may give a reason for a finding instead of mending it.

    These are the warnings that name what they are about. Of the relations, it is those that their
    declaration opens to reasons; Y3-01 is an error among them.
    """
    declared = [
        relation.declared.explainable
        for relation in edition.relations
        if relation.code == finding.code
    ]
    if declared:
        return any(declared)
    return finding.severity is Severity.WARNING and bool(finding.keys)


def explanations_about(reading: Reading, about: About) -> list[Explanation]:
    """The reasons that were given for a finding, whether they hold or not, in their order."""
    return [
        explanation
        for explanation in reading.explanations
        if explanation.about == about and explanation.text.strip()
    ]


def reason_for(reading: Reading, finding: Finding) -> str | None:
    """The first reason that was given for this finding and holds for what its cells hold now."""
    for explanation in explanations_about(reading, finding.about):
        if still_holds(reading, explanation):
            return explanation.text
    return None


def void_reason(reading: Reading, finding: Finding) -> str | None:
    """The first reason that was given for this finding, where none that was given holds."""
    if reason_for(reading, finding) is not None:
        return None
    for explanation in explanations_about(reading, finding.about):
        return explanation.text
    return None


def still_holds(reading: Reading, explanation: Explanation) -> bool:
    """Whether the cells of a reason hold what they held when it was given."""
    if len(explanation.values) != len(explanation.keys):
        return False
    for key, given in zip(explanation.keys, explanation.values, strict=True):
        if given not in _possible_bases(reading, key):
            return False
    return True


def _possible_bases(reading: Reading, key: str) -> tuple[Basis, ...]:
    """What a reason given for the present content of a cell holds for it, by any version."""
    now = reading.basis((key,))
    text = reading.text_at(key)
    return now if text is None else (*now, legacy_fingerprint(text))


def describe_void_reason(text: str) -> str:
    """The sentence about a reason that was given for other figures or another text."""
    return str(phrases().explanations.void).format(text=short(text, 60))


def add_reason(reading: Reading, finding: Finding) -> Finding:
    """The finding with the reason that holds, or with a sentence on one that is void."""
    reason = reason_for(reading, finding)
    if reason is not None:
        return replace(finding, explanation=reason)
    void = void_reason(reading, finding)
    if void is not None:
        return replace(finding, message=finding.message + describe_void_reason(void))
    return finding


def explain(edition: Edition, reading: Reading, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with their reasons. Those of relations have theirs already, from `messages`."""
    relations = {relation.code for relation in edition.relations}
    explained = []
    for finding in findings:
        if finding.code not in relations and is_explainable(edition, finding):
            explained.append(add_reason(reading, finding))
        else:
            explained.append(finding)
    return explained

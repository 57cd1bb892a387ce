"""Which findings a person may explain, and whether a reason that was given still holds: it belongs to a code, its cells and figures."""

from collections.abc import Iterable
from dataclasses import replace

from toolkit.edition.model import Edition
from toolkit.finding import Finding, Severity
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.reading import Reading


def is_explainable(edition: Edition, one: Finding) -> bool:
    """Warnings that name what they are about; of the relations those that their declaration opens to it, Y3-01 being an error."""
    declared = [
        relation.declared.explainable for relation in edition.relations if relation.code == one.code
    ]
    return any(declared) if declared else one.severity is Severity.WARNING and bool(one.keys)


def reason_for(reading: Reading, one: Finding) -> str | None:
    """The reason that was given for this finding with the figures of now."""
    values = reading.numbers(one.keys)
    given = (
        item
        for item in reading.explanations
        if item.about == (one.code, one.keys) and item.text.strip()
    )
    return next((item.text for item in given if item.values == values), None)


def void_words(text: str) -> str:
    """What is said of a reason that was given for other figures."""
    return str(phrases().explanations.void).format(text=short(text, 60))


def explain(edition: Edition, reading: Reading, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with their reasons. Relations carry theirs already, as their messages say when one is void."""
    relations = {relation.code for relation in edition.relations}
    return [one if one.code in relations else _explained(edition, reading, one) for one in findings]


def _explained(edition: Edition, reading: Reading, one: Finding) -> Finding:
    if not is_explainable(edition, one):
        return one
    reason = reason_for(reading, one)
    void = next(
        (
            item.text
            for item in reading.explanations
            if item.about == (one.code, one.keys) and item.text.strip()
        ),
        None,
    )
    message = one.message + void_words(void) if reason is None and void is not None else one.message
    return replace(one, explanation=reason, message=message)

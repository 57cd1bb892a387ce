"""A fresh report that takes over from last year's: the unit's facts, what must equal last year's figures, sub-headings.

What is taken, what cannot be, and what is new in the form is told; nothing is dropped in silence.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.edition.declared import Section
from toolkit.edition.difference import Change, difference
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition, Instance
from toolkit.edition.relation import PRIOR
from toolkit.finding import Finding
from toolkit.record.prior import comparable_prior_values, with_prior
from toolkit.record.reading import Paragraph, Reading, Statistics
from toolkit.record.settle import settle
from toolkit.values import Value, is_sound, number

TAKEN_OVER = (
    "unit.",
    "profile.address",
    "profile.phone",
    "profile.postcode",
    "profile.email",
    "profile.website",
)


@dataclass(frozen=True)
class TakenOver:
    """What became of last year's report. `filled` and `shown` are cells; `left` are last year's cells that have no place here."""

    year: int
    edition: str  # last year's
    fields: tuple[str, ...]
    filled: tuple[str, ...]
    shown: tuple[str, ...]
    left: tuple[str, ...]
    headings: tuple[str, ...]  # sections whose sub-headings were taken
    headings_left: tuple[str, ...]  # sections whose sub-headings the form asks otherwise now
    changes: tuple[Change, ...]


def take_over(
    edition: Edition, fresh: Reading, last: Reading
) -> tuple[Reading, TakenOver, list[Finding]]:
    """The fresh report with what it takes from last year's; what is given in it already stays."""
    fields = {
        key: value
        for key, value in last.fields.items()
        if key.startswith(TAKEN_OVER) and key in edition.fields and value
    }
    reading, findings = with_prior(replace(fresh, fields={**fields, **fresh.fields}), last)
    filled = _carried(edition, reading)
    old = load_edition(last.edition)
    narrative = {section.key: _headings(section, last) for section in edition.sections}
    asked = {
        section.key
        for section in edition.sections
        if section.suggested != _suggested(old, section.key)
    }
    taken = {key: items for key, items in narrative.items() if items and key not in asked}
    done = TakenOver(
        year=last.year,
        edition=old.id,
        fields=tuple(key for key in fields if key not in fresh.fields),
        filled=tuple(filled),
        shown=tuple(comparable_prior_values(edition, reading)),
        left=tuple(key for key in reading.prior.cells if _has_no_place(edition, reading, key))
        if reading.prior
        else (),
        headings=tuple(taken),
        headings_left=tuple(key for key, items in narrative.items() if items and key in asked),
        changes=() if old.id == edition.id else difference(old, edition),
    )
    statistics = Statistics(prior_total=last.statistics.total) if reading.prior else Statistics()
    whole = replace(
        reading, cells={**reading.cells, **filled}, narrative=taken, statistics=statistics
    )
    return settle(edition, whole), done, findings


def _carried(edition: Edition, reading: Reading) -> dict[str, Value]:
    """Inputs that are to equal something of last year's figures alone, where all of these are known."""
    prior = reading.prior.cells if reading.prior else {}
    found = {}
    for instance in edition.instances:
        key = _input(edition, instance)
        sources = [name.removeprefix(PRIOR) for name in instance.holds.right.names]
        if key and all(source in prior and prior[source].number is not None for source in sources):
            value = number(
                instance.holds.right.value(
                    lambda name: prior[name.removeprefix(PRIOR)].number or Decimal(0)
                )
            )
            if is_sound(value, edition.cells[key].kind):
                found[key] = value
    return found


def _input(edition: Edition, instance: Instance) -> str:
    """The input that a relation makes out of last year's figures only, if it is such a relation."""
    left, right = instance.holds.left, instance.holds.right
    is_one = (
        instance.holds.operator == "=="
        and len(left.terms) == 1
        and not left.constant
        and left.names[0] not in edition.totals
    )
    return (
        left.names[0]
        if is_one and right.terms and all(name.startswith(PRIOR) for name in right.names)
        else ""
    )


def _has_no_place(edition: Edition, reading: Reading, key: str) -> bool:
    combined = key.rpartition(".")[0] in edition.combined_rows
    return not combined and key not in comparable_prior_values(edition, reading)


def _headings(section: Section, last: Reading) -> tuple[Paragraph, ...]:
    """Last year's own sub-headings, without their text."""
    found = dict.fromkeys(
        one.heading.strip() for one in last.narrative.get(section.key, ()) if one.heading.strip()
    )
    return tuple(Paragraph(heading, "") for heading in found)


def _suggested(old: Edition, key: str) -> tuple[str, ...]:
    return next((section.suggested for section in old.sections if section.key == key), ())

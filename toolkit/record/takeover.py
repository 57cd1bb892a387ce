"""A fresh report that takes over from last year's.

It takes the facts of the unit, the cells that must equal last year's figures, and sub-headings.
What is taken, what cannot be, and what is new in the form is reported; nothing is dropped in
silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

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
    """What became of last year's report.

    `fields`, `filled` and `shown` are keys of this form; `left` are last year's cells that have no
    place in it.
    """

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
    filled = _inputs_from_last_year(edition, reading)
    old = load_edition(last.edition)
    taken, headings_left = _take_headings(edition, old, last)
    prior_keys = reading.prior.cells if reading.prior else {}
    done = TakenOver(
        year=last.year,
        edition=old.id,
        fields=tuple(key for key in fields if key not in fresh.fields),
        filled=tuple(filled),
        shown=tuple(comparable_prior_values(edition, reading)),
        left=tuple(key for key in prior_keys if _has_no_place(edition, reading, key)),
        headings=tuple(taken),
        headings_left=headings_left,
        changes=() if old.id == edition.id else difference(old, edition),
    )
    statistics = Statistics(prior_total=last.statistics.total) if reading.prior else Statistics()
    whole = replace(
        reading, cells={**reading.cells, **filled}, narrative=taken, statistics=statistics
    )
    return settle(edition, whole), done, findings


def _inputs_from_last_year(edition: Edition, reading: Reading) -> dict[str, Value]:
    """The inputs that must equal something of last year's figures, where all of these are known."""
    cells = reading.prior.cells if reading.prior else {}
    known = {PRIOR + key: value.number for key, value in cells.items() if value.number is not None}
    filled = {}
    for instance in edition.instances:
        right = instance.holds.right
        key = _input_made_by(edition, instance)
        if key and known.keys() >= set(right.names):
            value = number(right.value(known.__getitem__))
            if is_sound(value, edition.cells[key].kind):
                filled[key] = value
    return filled


def _input_made_by(edition: Edition, instance: Instance) -> str:
    """The input that a relation makes out of last year's figures only; empty if it makes none."""
    left, right = instance.holds.left, instance.holds.right
    is_lone_input = (
        instance.holds.operator == "=="
        and len(left.terms) == 1
        and not left.constant
        and left.names[0] not in edition.totals
    )
    if not is_lone_input or not right.terms:
        return ""
    is_of_last_year = all(name.startswith(PRIOR) for name in right.names)
    return left.names[0] if is_of_last_year else ""


def _has_no_place(edition: Edition, reading: Reading, key: str) -> bool:
    combined = key.rpartition(".")[0] in edition.combined_rows
    return not combined and key not in comparable_prior_values(edition, reading)


def _take_headings(
    edition: Edition, old: Edition, last: Reading
) -> tuple[dict[str, tuple[Paragraph, ...]], tuple[str, ...]]:
    """Last year's sub-headings by section, and the sections where they are not taken.

    They are not taken where the form now suggests other sub-headings.
    """
    suggested = {section.key: section.suggested for section in old.sections}
    taken: dict[str, tuple[Paragraph, ...]] = {}
    left: list[str] = []
    for section in edition.sections:
        headings = _headings_of(last.narrative.get(section.key, ()))
        if headings and section.suggested == suggested.get(section.key, ()):
            taken[section.key] = headings
        elif headings:
            left.append(section.key)
    return taken, tuple(left)


def _headings_of(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The sub-headings of a section, each once, without their text."""
    headings = [paragraph.heading.strip() for paragraph in paragraphs]
    return tuple(Paragraph(heading, "") for heading in dict.fromkeys(headings) if heading)

"""Last year's report beside this year's: which figures it lends, and what a new report takes over from it."""

from dataclasses import replace

from toolkit.codes import finding
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.edition.relation import PRIOR
from toolkit.edition.settle import edition_of, settle
from toolkit.finding import Finding, Place
from toolkit.record import Origin, Prior, Reading
from toolkit.values import State, Value, number

TAKEN_OVER = ("unit.", "profile.address", "profile.phone", "profile.postcode", "profile.email", "profile.website")


def figures_of(reading: Reading) -> Prior:
    """The figures of a report as last year's: declared zeros are 0, remarks are left out.

    Blanks of a published report count as 0 in relations, here too, but for tables that hold no figure at all.
    """
    filled = {key.split(".")[0] for key, value in reading.cells.items() if value.number is not None}

    def figure(key: str, value: Value) -> Value:
        is_zero = value.state is State.BLANK and reading.origin is Origin.PUBLISHED and key.split(".", maxsplit=1)[0] in filled
        return number(0) if is_zero or value.state is State.DECLARED_ZERO else value

    cells = {key: figure(key, value) for key, value in reading.cells.items()}
    figures = {key: value if value.unit else number(value.number) for key, value in cells.items() if value.number is not None}
    return Prior(reading.year, reading.edition, figures)


def with_prior(reading: Reading, last: Reading) -> tuple[Reading, list[Finding]]:
    """The reading with last year's figures; another year is not compared, another unit is told."""
    place = Place(reading.file)
    if last.year != reading.year - 1:
        return replace(reading, prior=None), [finding("R-17", place, year=last.year, own=reading.year, due=reading.year - 1)]
    name, own = last.text("unit.name"), reading.text("unit.name")
    findings = [finding("R-18", place, name=name, own=own)] if name and own and name != own else []
    return replace(reading, prior=figures_of(last)), findings


def take_over(edition: Edition, fresh: Reading, last: Reading) -> tuple[Reading, list[Finding]]:
    """A fresh report with the unit's facts of last year, and with the inputs that must equal last year's figures filled in."""
    fields = {key: value for key, value in last.fields.items() if key.startswith(TAKEN_OVER) and key in edition.fields}
    reading, findings = with_prior(replace(fresh, fields={**fields, **fresh.fields}), last)
    cells = dict(reading.cells)
    prior = reading.prior.cells if reading.prior else {}
    for instance in edition.instances:
        left, right = instance.holds.left, instance.holds.right
        if instance.holds.operator != "==" or len(left.terms) != 1 or len(right.terms) != 1 or not right.names[0].startswith(PRIOR):
            continue
        key, source = left.names[0], right.names[0].removeprefix(PRIOR)
        if key not in edition.totals and source in prior:
            cells[key] = prior[source]
    return settle(edition, replace(reading, cells=cells)), findings


def form_of(reading: Reading) -> Edition:
    """The form a reading uses, merged rows included."""
    return edition_of(load_edition(reading.edition), reading)

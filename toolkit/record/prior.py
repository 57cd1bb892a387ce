"""Last year's report beside this year's: which figures it lends. Of several reports, merged into one unit, the figures add."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.codes import make_finding
from toolkit.edition.labels import normalise
from toolkit.edition.load import load_edition
from toolkit.edition.model import Cell, Edition
from toolkit.finding import Finding, Place
from toolkit.record.reading import Origin, Paragraph, Prior, Reading
from toolkit.record.settle import edition_of
from toolkit.values import State, Value, number


def figures_of(reading: Reading) -> Prior:
    """The figures of a report as last year's: declared zeros are 0, remarks are left out.

    Blanks of a published report count as 0 in relations, here too, but for tables that hold no figure at all and cells whose figure
    could not be placed.
    """
    filled = {key.split(".")[0] for key, value in reading.cells.items() if value.number is not None}

    def figure(key: str, value: Value) -> Value:
        counts = (
            reading.origin is Origin.PUBLISHED
            and key not in reading.unplaced
            and key.split(".", maxsplit=1)[0] in filled
        )
        return (
            number(0)
            if (counts and value.state is State.BLANK) or value.state is State.DECLARED_ZERO
            else value
        )

    cells = {key: figure(key, value) for key, value in reading.cells.items()}
    figures = {
        key: value if value.unit else number(value.number)
        for key, value in cells.items()
        if value.number is not None
    }
    return Prior(reading.year, reading.edition, figures)


def sum_of_reports(last: Sequence[Reading]) -> Reading:
    """The reports of several units as one: figures that all of them have are added, their prose stands one after the other.

    An amount that states its own unit is in no sum. Names the first report's edition; the units' names are joined.
    """
    if len(last) == 1:
        return last[0]
    parts = [figures_of(one).cells for one in last]
    shared = [key for key in parts[0] if all(key in part and not part[key].unit for part in parts)]
    cells = {
        key: number(sum((part[key].number or Decimal(0) for part in parts), Decimal(0)))
        for key in shared
    }
    narrative: dict[str, tuple[Paragraph, ...]] = {}
    for one in last:
        for section, paragraphs in one.narrative.items():
            narrative[section] = (*narrative.get(section, ()), *paragraphs)
    names = "、".join(one.text("unit.name") for one in last)
    return Reading(
        "", last[0].edition, last[0].year, Origin.WORKBOOK, cells, {"unit.name": names}, narrative
    )


def is_same_unit(one: Reading, other: Reading) -> bool:
    """Whether two reports name the same unit; a report that names none is no other's."""
    names = [normalise(reading.text("unit.name")) for reading in (one, other)]
    return bool(names[0]) and names[0] == names[1]


def report_wrong_year(reading: Reading, year: int) -> Finding:
    """What is said of a prior report that is not of the year before."""
    return make_finding(
        "prior_of_other_year",
        Place(reading.file),
        year=year,
        own=reading.year,
        due=reading.year - 1,
    )


def with_prior(reading: Reading, last: Reading) -> tuple[Reading, list[Finding]]:
    """The reading with last year's figures; another year is not compared, another unit is told."""
    place = Place(reading.file)
    if last.year != reading.year - 1:
        return replace(reading, prior=None), [report_wrong_year(reading, last.year)]
    name, own = last.text("unit.name"), reading.text("unit.name")
    findings = (
        [make_finding("prior_of_other_unit", place, ["unit.name"], name=name, own=own)]
        if name and own and not is_same_unit(reading, last)
        else []
    )
    return replace(reading, prior=figures_of(last)), findings


def comparable_prior_values(form: Edition, reading: Reading) -> dict[str, Value]:
    """Last year's values under this year's keys: across editions only where row and column are called the same."""
    prior = reading.prior
    if prior is None or prior.year != reading.year - 1:
        return {}
    own = {key: value for key, value in prior.cells.items() if key in form.cells}
    if prior.edition == form.id:
        return own
    last = load_edition(prior.edition)
    known = {
        key: cell for one in (last, *last.variants.values()) for key, cell in one.cells.items()
    }
    return {
        key: value
        for key, value in own.items()
        if key in known and _words(known[key]) == _words(form.cells[key])
    }


def _words(cell: Cell) -> tuple[str, str]:
    return normalise(cell.row_label), normalise(cell.column_label)


def form_of(reading: Reading) -> Edition:
    """The form a reading uses, combined rows included."""
    return edition_of(load_edition(reading.edition), reading)

"""Last year's report beside this year's: which figures it lends.

Where several units were merged into one, the figures of their reports are added.
"""

from collections.abc import Mapping, Sequence
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
    """The figures of a report as last year's, without remarks; declared zeros are 0.

    Blanks of a published report count as 0 in relations and so here too, except in tables that
    hold no figure at all and in cells whose figure could not be placed.
    """
    filled = {key.split(".")[0] for key, value in reading.cells.items() if value.number is not None}
    figures: dict[str, Value] = {}
    for key, value in reading.cells.items():
        if _counts_as_zero(reading, key, value, filled):
            figures[key] = number(0)
        elif value.number is not None:
            figures[key] = value if value.unit else number(value.number)
    return Prior(reading.year, reading.edition, figures)


def _counts_as_zero(reading: Reading, key: str, value: Value, filled: set[str]) -> bool:
    """Whether a cell without a figure says that there was nothing. `filled` are tables."""
    if value.state is State.DECLARED_ZERO:
        return True
    return (
        value.state is State.BLANK
        and reading.origin is Origin.PUBLISHED
        and key not in reading.unplaced
        and key.split(".", maxsplit=1)[0] in filled
    )


def sum_of_reports(reports: Sequence[Reading]) -> Reading:
    """The reports of several units as one; a single report as it is.

    Figures that all of them have are added; an amount that states its own unit is in no sum. Their
    prose follows one after the other, and their names are joined. The edition and the year are
    those of the first report.
    """
    if len(reports) == 1:
        return reports[0]
    parts = [figures_of(reading).cells for reading in reports]
    cells: dict[str, Value] = {}
    for key in parts[0]:
        values = [part[key] for part in parts if key in part and not part[key].unit]
        if len(values) == len(parts):
            cells[key] = number(sum((value.number or Decimal(0) for value in values), Decimal(0)))
    names = "、".join(reading.text("unit.name") for reading in reports)
    return Reading(
        file="",
        edition=reports[0].edition,
        year=reports[0].year,
        origin=Origin.WORKBOOK,
        cells=cells,
        fields={"unit.name": names},
        narrative=_join_narratives(reports),
    )


def _join_narratives(reports: Sequence[Reading]) -> dict[str, tuple[Paragraph, ...]]:
    narrative: dict[str, tuple[Paragraph, ...]] = {}
    for reading in reports:
        for section, paragraphs in reading.narrative.items():
            narrative[section] = (*narrative.get(section, ()), *paragraphs)
    return narrative


def is_same_unit(reading: Reading, other: Reading) -> bool:
    """Whether two reports name the same unit; without names they are not of the same unit."""
    own_name, other_name = (normalise(each.text("unit.name")) for each in (reading, other))
    return bool(own_name) and own_name == other_name


def report_wrong_year(reading: Reading, year: int) -> Finding:
    """The finding on a prior report, of `year`, that is not of the year before."""
    return make_finding(
        "prior_of_other_year",
        Place(reading.file),
        year=year,
        own=reading.year,
        due=reading.year - 1,
    )


def with_prior(reading: Reading, last: Reading) -> tuple[Reading, list[Finding]]:
    """The reading with last year's figures.

    A report of another year is not compared; one of another unit is, with a finding.
    """
    if last.year != reading.year - 1:
        return replace(reading, prior=None), [report_wrong_year(reading, last.year)]
    name, own = last.text("unit.name"), reading.text("unit.name")
    findings = []
    if name and own and not is_same_unit(reading, last):
        place = Place(reading.file)
        findings.append(
            make_finding("prior_of_other_unit", place, ["unit.name"], name=name, own=own)
        )
    return replace(reading, prior=figures_of(last)), findings


def comparable_prior_values(form: Edition, reading: Reading) -> dict[str, Value]:
    """Last year's values under this year's keys.

    From another edition, only the cells whose row and column have the same labels there.
    """
    prior = reading.prior
    if prior is None or prior.year != reading.year - 1:
        return {}
    own = {key: value for key, value in prior.cells.items() if key in form.cells}
    if prior.edition == form.id:
        return own
    known = cells_of_all_forms(load_edition(prior.edition))
    return {
        key: value
        for key, value in own.items()
        if key in known and _labels_of(known[key]) == _labels_of(form.cells[key])
    }


def cells_of_all_forms(edition: Edition) -> Mapping[str, Cell]:
    """The cells of an edition and of its variants; combined rows included."""
    cells: dict[str, Cell] = {}
    for form in (edition, *edition.variants.values()):
        cells |= form.cells
    return cells


def _labels_of(cell: Cell) -> tuple[str, str]:
    return normalise(cell.row_label), normalise(cell.column_label)


def form_of(reading: Reading) -> Edition:
    """The form that a reading uses, combined rows included."""
    return edition_of(load_edition(reading.edition), reading)

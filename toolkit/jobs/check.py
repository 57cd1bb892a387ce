"""Many inputs: every one read, matched with its last year's report, and all judged together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.checking.check import check
from toolkit.codes import make_finding
from toolkit.edition.load import edition_for_year, load_edition
from toolkit.finding import Finding, Place, in_order
from toolkit.importing.published import Given
from toolkit.jobs.inputs import inputs, read_report
from toolkit.phrases import no_unit
from toolkit.record.explained import explain
from toolkit.record.outcome import Outcome
from toolkit.record.prior import (
    figures_of,
    is_same_unit,
    report_wrong_year,
    sum_of_reports,
    with_prior,
)
from toolkit.record.reading import Reading


@dataclass(frozen=True)
class Last:
    """The reports of last year that were given. `named` says that each was named by itself, none by its folder."""

    reports: tuple[Reading, ...]
    named: bool
    where: str


def check_files(
    paths: Iterable[Path],
    priors: Sequence[Path] | None = None,
    given: Given = Given(),
    *,
    aside: bool = False,
) -> tuple[list[Outcome], list[Finding], bool]:
    """Outcomes in the order of the inputs, what is to be said of the prior reports, and whether all of those could be read.

    `given`: what the person says of reports that do not say it themselves.
    `aside`: also what people left in their workbooks beside the report.
    """
    last, prior_findings = _last(priors or ())
    read = [(str(path), *read_report(path, given=given, aside=aside)) for path in paths]
    is_only = len(read) == 1
    readings: list[Reading] = []
    before: list[Reading | None] = []
    said: list[list[Finding]] = []
    for _, reading, findings in read:
        if reading is None:
            said.append(findings)
            continue
        own, prior, notes = (
            _compared(reading, last, is_only) if last.reports else (reading, None, [])
        )
        readings.append(own)
        before.append(prior)
        said.append([*findings, *notes])
    judged = iter(zip(readings, check(readings, before), strict=True))
    outcomes = []
    for (file, reading, _), findings in zip(read, said, strict=True):
        matched, found = next(judged) if reading is not None else (None, [])
        everything = in_order([*findings, *found])
        outcomes.append(
            Outcome(
                file, matched, everything if matched is None else _explained(matched, everything)
            )
        )
    return outcomes, prior_findings, not prior_findings


def _explained(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """With the reasons that people gave."""
    return explain(load_edition(reading.edition), reading, findings)


def _last(priors: Sequence[Path]) -> tuple[Last, list[Finding]]:
    paths, findings = inputs(priors)
    reports = []
    for path in paths:
        reading, found = read_report(path)
        if reading is None:
            findings = [*findings, *found]
        else:
            reports.append(reading)
    where = "、".join(path.name for path in priors)
    return Last(tuple(reports), not any(path.is_dir() for path in priors), where), findings


def _compared(
    reading: Reading, last: Last, is_only: bool
) -> tuple[Reading, Reading | None, list[Finding]]:
    """As matched; a report of last year without any figure is told and leaves the figures that the workbook carries."""
    found, prior, notes = _matched(reading, last, is_only)
    if found.prior is not None and prior is not None and not found.prior.cells:
        return (
            reading,
            prior,
            [
                *notes,
                make_finding(
                    "prior_without_figures", Place(reading.file), file=Path(prior.file).name
                ),
            ],
        )
    return found, prior, notes


def _matched(
    reading: Reading, last: Last, is_only: bool
) -> tuple[Reading, Reading | None, list[Finding]]:
    """The reading with last year's figures, the report they are from, and what is to be said.

    Reports that were named for the only input are all its own: of a merged unit they add. Otherwise the unit's name decides.
    """
    due = [one for one in last.reports if one.year == reading.year - 1]
    own = [one for one in due if is_same_unit(one, reading)]
    if not (is_only and last.named):
        return _one_of(reading, own, _missing(reading, last))
    late = [report_wrong_year(reading, one.year) for one in last.reports if one not in due]
    if not due:
        return replace(reading, prior=None), None, late[:1]
    if len(due) == len(own) or len(due) == 1:
        found, prior, notes = _one_of(reading, due, None)
        return found, prior, [*notes, *late]
    whole = sum_of_reports(due)
    note = make_finding(
        "prior_reports_added",
        Place(reading.file),
        own=_name(reading),
        names="、".join(f"“{_name(one)}”" for one in due),
        count=len(due),
    )
    return replace(reading, prior=figures_of(whole)), whole, [note, *late]


def _missing(reading: Reading, last: Last) -> Finding | None:
    """What is said where a unit's report of last year is not there. A folder may hold reports of many years; before the first
    format there was none."""
    late = [
        report_wrong_year(reading, one.year) for one in last.reports if is_same_unit(one, reading)
    ]
    if late and last.named:
        return late[0]
    if edition_for_year(reading.year - 1) is None:
        return None
    return make_finding(
        "no_prior_of_unit",
        Place(reading.file),
        folder=last.where,
        own=_name(reading),
        due=reading.year - 1,
    )


def _one_of(
    reading: Reading, same: Sequence[Reading], missing: Finding | None
) -> tuple[Reading, Reading | None, list[Finding]]:
    """The one report of last year; copies of it do not matter, but two that differ leave open which holds."""
    if not same:
        return replace(reading, prior=None), None, [missing] if missing else []
    if any(figures_of(one) != figures_of(same[0]) for one in same):
        files = "、".join(Path(one.file).name for one in same)
        note = make_finding(
            "prior_reports_differ",
            Place(reading.file),
            own=_name(reading),
            year=same[0].year,
            files=files,
        )
        return replace(reading, prior=None), None, [note]
    found, notes = with_prior(reading, same[0])
    return found, same[0], notes


def _name(reading: Reading) -> str:
    return reading.text("unit.name") or no_unit()

"""Last year's reports that were given, and which of them belongs to a report of this year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from toolkit.codes import make_finding
from toolkit.edition.load import edition_for_year
from toolkit.finding import Finding, Place
from toolkit.jobs.folders import scan
from toolkit.jobs.inputs import Content, Source, name_of, read_source
from toolkit.phrases import no_unit
from toolkit.record.prior import (
    figures_of,
    is_same_unit,
    report_wrong_year,
    sum_of_reports,
    with_prior,
)
from toolkit.record.reading import Reading


@dataclass(frozen=True)
class LastYear:
    """The reports of last year that were given.

    `are_named`: every report was given as a file, none in a folder. `where` names what was given.
    """

    reports: tuple[Reading, ...]
    are_named: bool
    where: str


NO_REPORTS = LastYear((), are_named=False, where="")


@dataclass(frozen=True)
class Matched:
    """A reading with last year's figures, the report they are from, and what is to be said about
    it.
    """

    reading: Reading
    prior: Reading | None
    findings: list[Finding]


def read_priors(sources: Sequence[Source]) -> tuple[LastYear, list[Finding]]:
    """The reports in files and folders; one that cannot be read is a finding."""
    contents: list[Source] = [source for source in sources if isinstance(source, Content)]
    given = [source for source in sources if isinstance(source, Path)]
    files = scan(given)
    findings = list(files.findings)
    reports = []
    for source in [*contents, *files.paths]:
        reading, notes = read_source(source)
        if reading is None:
            findings += notes
        else:
            reports.append(reading)
    where = "、".join(PurePath(name_of(source)).name for source in sources)
    are_named = not any(path.is_dir() for path in given)
    return LastYear(tuple(reports), are_named, where), findings


def match_prior(reading: Reading, last: LastYear, *, is_only: bool) -> Matched:
    """The reading with last year's figures of its unit.

    A report of last year without any figure is reported and leaves the figures that the workbook
    carries.
    """
    if not last.reports:
        return Matched(reading, None, [])
    matched = _match(reading, last, is_only)
    figures, prior = matched.reading.prior, matched.prior
    if figures is None or prior is None or figures.cells:
        return matched
    place = Place(reading.file)
    note = make_finding("prior_without_figures", place, file=PurePath(prior.file).name)
    return Matched(reading, prior, [*matched.findings, note])


def _match(reading: Reading, last: LastYear, is_only: bool) -> Matched:
    """Reports that were named for the only input are all its own: of a merged unit they add.

    Otherwise the unit's name decides.
    """
    due = [report for report in last.reports if report.year == reading.year - 1]
    own = [report for report in due if is_same_unit(report, reading)]
    if not (is_only and last.are_named):
        return _match_one(reading, own, _missing(reading, last))
    late = [report_wrong_year(reading, report.year) for report in last.reports if report not in due]
    if not due:
        return Matched(replace(reading, prior=None), None, late[:1])
    if len(due) == len(own) or len(due) == 1:
        matched = _match_one(reading, due, None)
        return replace(matched, findings=[*matched.findings, *late])
    whole = sum_of_reports(due)
    names = "、".join(f"“{_unit_name(report)}”" for report in due)
    note = make_finding(
        "prior_reports_added",
        Place(reading.file),
        own=_unit_name(reading),
        names=names,
        count=len(due),
    )
    return Matched(replace(reading, prior=figures_of(whole)), whole, [note, *late])


def _missing(reading: Reading, last: LastYear) -> Finding | None:
    """What is said where a unit's report of last year is not there.

    A folder may hold reports of many years; before the first format there was none.
    """
    same_unit = [report for report in last.reports if is_same_unit(report, reading)]
    if same_unit and last.are_named:
        return report_wrong_year(reading, same_unit[0].year)
    if edition_for_year(reading.year - 1) is None:
        return None
    return make_finding(
        "no_prior_of_unit",
        Place(reading.file),
        folder=last.where,
        own=_unit_name(reading),
        due=reading.year - 1,
    )


def _match_one(reading: Reading, reports: Sequence[Reading], missing: Finding | None) -> Matched:
    """The one report of last year; equal copies do not matter, two that differ leave open which
    holds.
    """
    without = replace(reading, prior=None)
    if not reports:
        return Matched(without, None, [missing] if missing else [])
    first = reports[0]
    if any(figures_of(report) != figures_of(first) for report in reports):
        files = "、".join(PurePath(report.file).name for report in reports)
        own = _unit_name(reading)
        place = Place(reading.file)
        note = make_finding("prior_reports_differ", place, own=own, year=first.year, files=files)
        return Matched(without, None, [note])
    matched, findings = with_prior(reading, first)
    return Matched(matched, first, findings)


def _unit_name(reading: Reading) -> str:
    return reading.text("unit.name") or no_unit()

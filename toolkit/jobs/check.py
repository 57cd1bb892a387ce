"""Many inputs: every one read, matched with its last year's report, and all judged together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.checking.check import check
from toolkit.edition.load import load_edition
from toolkit.finding import Finding, in_order
from toolkit.importing.published import Given, Imported
from toolkit.jobs.folders import OWN, SUFFIXES, Scan, Skipped, scan
from toolkit.jobs.inputs import Source, name_of, read_input
from toolkit.jobs.priors import NO_REPORTS, LastYear, match_prior, read_priors
from toolkit.record.explained import explain
from toolkit.record.outcome import Outcome
from toolkit.record.reading import Reading

Watch = Callable[[Sequence[Path]], Iterable[Path]]


@dataclass(frozen=True)
class Checked:
    """What came of all inputs, what is to be said of last year's reports, and what was not read.

    `could_read_priors`: whether every report of last year that was given could be read.
    """

    outcomes: list[Outcome]
    prior_findings: list[Finding]
    could_read_priors: bool
    skipped: Skipped


def check_inputs(
    paths: Sequence[Path],
    priors: Sequence[Path] | None = None,
    *,
    aside: bool = False,
    own: bool = False,
    watch: Watch = list,
) -> Checked:
    """Files and folders read and judged together.

    `own`: of folders only workbooks and data files. Otherwise a document in a folder that is no
    report is skipped. `aside`: also what people left in their workbooks beside the report. `watch`
    is given the files and yields them, for a progress bar.
    """
    files = scan(paths, OWN if own else SUFFIXES)
    outcomes, findings, could_read = check_files(watch(files.paths), priors, aside=aside)
    skipped = _documents_without_report(outcomes, paths, files)
    names = tuple(Path(outcome.file).name for outcome in skipped)
    kept = [outcome for outcome in outcomes if outcome not in skipped]
    missing = [Outcome(finding.place.file, None, [finding]) for finding in files.findings]
    return Checked(
        [*kept, *missing], findings, could_read, replace(files.skipped, no_reports=names)
    )


def _documents_without_report(
    outcomes: Sequence[Outcome], given: Sequence[Path], files: Scan
) -> list[Outcome]:
    """Documents in a folder that are no report.

    Where there is nothing else, they are reported as inputs.
    """
    named = {str(path) for path in given}
    in_folders = [outcome for outcome in outcomes if outcome.file not in named]
    documents = [outcome for outcome in in_folders if Path(outcome.file).suffix.lower() not in OWN]
    others = [outcome for outcome in documents if outcome.is_no_report]
    return others if len(others) < len(outcomes) or files.findings else []


def check_files(
    paths: Iterable[Source],
    priors: Sequence[Source] | None = None,
    given: Given = Given(),
    *,
    aside: bool = False,
) -> tuple[list[Outcome], list[Finding], bool]:
    """Outcomes in the order of the inputs, what is to be said of the prior reports, and whether all
    of those could be read.

    `given`: what the person says of reports that do not say it themselves. `aside`: also what
    people left in their workbooks beside the report.
    """
    last, prior_findings = read_priors(priors) if priors else (NO_REPORTS, [])
    inputs = [(name_of(path), read_input(path, given, aside=aside)) for path in paths]
    outcomes = _judge(inputs, last)
    return outcomes, prior_findings, not prior_findings


def _judge(inputs: Sequence[tuple[str, Imported]], last: LastYear) -> list[Outcome]:
    readings: list[Reading] = []
    before: list[Reading | None] = []
    notes: list[list[Finding]] = []
    for _, imported in inputs:
        if imported.reading is None:
            notes.append(imported.findings)
            continue
        matched = match_prior(imported.reading, last, is_only=len(inputs) == 1)
        readings.append(matched.reading)
        before.append(matched.prior)
        notes.append([*imported.findings, *matched.findings])
    judged = iter(zip(readings, check(readings, before), strict=True))
    outcomes = []
    for (file, imported), own in zip(inputs, notes, strict=True):
        if imported.reading is None:
            outcomes.append(Outcome(file, None, in_order(own), imported.refused))
        else:
            outcomes.append(_outcome(file, *next(judged), own))
    return outcomes


def _outcome(
    file: str, reading: Reading, findings: Sequence[Finding], notes: Sequence[Finding]
) -> Outcome:
    """With the reasons that people gave."""
    everything = in_order([*notes, *findings])
    return Outcome(file, reading, explain(load_edition(reading.edition), reading, everything))

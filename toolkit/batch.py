"""Many inputs: every one read, matched with its last year's report, and all judged together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit.checking.check import check
from toolkit.codes import finding
from toolkit.edition.explained import explain
from toolkit.edition.load import load_edition
from toolkit.edition.prior import with_prior
from toolkit.files import inputs, read_report
from toolkit.finding import Finding, Place, in_order
from toolkit.record import Reading
from toolkit.show import Outcome


def check_files(paths: Iterable[Path], prior: Path | None, *, aside: bool = False) -> tuple[list[Outcome], list[Finding], bool]:
    """Outcomes in the order of the inputs, what is to be said of the prior report, and whether that could be read.

    `aside`: also what people left in their workbooks beside the report.
    """
    last, prior_findings = _prior(prior)
    read: list[tuple[str, Reading | None, list[Finding]]] = []
    for path in paths:
        reading, findings = read_report(path, aside=aside)
        if reading is not None and prior is not None and last:
            reading, notes = _matched(reading, last, prior)
            findings = [*findings, *notes]
        read.append((str(path), reading, findings))
    judged = iter(check([reading for _, reading, _ in read if reading is not None]))
    outcomes = [
        Outcome(file, None, in_order(findings)) if reading is None else Outcome(file, reading, _all(reading, [*findings, *next(judged)]))
        for file, reading, findings in read
    ]
    return outcomes, prior_findings, prior is None or bool(last)


def _all(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """What reading and checking found, in the order of the form, with the reasons that people gave."""
    return in_order(explain(load_edition(reading.edition), reading, findings))


def _prior(prior: Path | None) -> tuple[list[Reading], list[Finding]]:
    if prior is None:
        return [], []
    paths, findings = inputs([prior])
    last = []
    for path in paths:
        reading, found = read_report(path)
        if reading is None:
            findings = [*findings, *found]
        else:
            last.append(reading)
    return last, findings


def _matched(reading: Reading, last: Sequence[Reading], prior: Path) -> tuple[Reading, list[Finding]]:
    """One prior report is taken as it is; of several, the one of the same unit and the year before."""
    if not prior.is_dir():
        return with_prior(reading, last[0])
    own = reading.text("unit.name")
    same = [one for one in last if one.text("unit.name") == own and one.year == reading.year - 1]
    if not same:
        note = finding("R-19", Place(reading.file), folder=prior.name, own=own, due=reading.year - 1)
        return replace(reading, prior=None), [note]
    return with_prior(reading, same[0])

"""Readings -> their findings, in order.

There is one finding for each instance of a relation and one for each cell; where many are alike,
they are grouped.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import polars as pl

from toolkit.checking.causes import add_causes
from toolkit.checking.frames import cells_frame, relations_frame
from toolkit.checking.messages import (
    blank_findings,
    cell_finding,
    combined_row_findings,
    relation_finding,
)
from toolkit.checking.narrative import identity_findings, narrative_findings
from toolkit.checking.plausibility import plausibility_findings
from toolkit.checking.schema import BROKEN, cells_schema, find_failures, relations_schema
from toolkit.codes import make_finding
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place, in_order
from toolkit.phrases import phrases
from toolkit.record.prior import report_wrong_year
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import edition_of
from toolkit.values import State, exact

CHUNK = 2000  # readings validated together


def check(
    readings: Sequence[Reading], last: Sequence[Reading | None] | None = None
) -> list[list[Finding]]:
    """The findings of every reading, in the order of the readings.

    `last` are last year's reports, where there are any. They are needed for what is compared
    besides figures: the prose. Figures of last year are those that a reading carries.
    """
    results: list[list[Finding]] = [[] for _ in readings]
    before = last or [None] * len(readings)
    for form, numbers in _chunks_by_form(readings):
        in_frames = _check_frames(form, [readings[number] for number in numbers])
        for number, findings in zip(numbers, in_frames, strict=True):
            every = _check_report(form, readings[number], before[number], findings)
            results[number] = in_order(every)
    return results


def _chunks_by_form(readings: Sequence[Reading]) -> Iterator[tuple[Edition, list[int]]]:
    """The numbers of the readings that use the same form and are validated together."""
    groups: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    for number, reading in enumerate(readings):
        groups[reading.edition, reading.combined].append(number)
    for numbers in groups.values():
        reading = readings[numbers[0]]
        form = edition_of(load_edition(reading.edition), reading)
        for start in range(0, len(numbers), CHUNK):
            yield form, numbers[start : start + CHUNK]


# --- cells and relations, all reports of a form at once


def _check_frames(form: Edition, readings: Sequence[Reading]) -> list[list[Finding]]:
    """The findings on cells and on relations of every reading."""
    cells = cells_frame(form, readings)
    on_cells, unfilled = _check_cells(form, readings, cells)
    on_relations = _check_relations(form, readings, cells)
    return [
        [
            *on_cells[number],
            *on_relations[number],
            *blank_findings(form, reading, "inputs_unfilled", unfilled[number]),
        ]
        for number, reading in enumerate(readings)
    ]


def _check_cells(
    form: Edition, readings: Sequence[Reading], cells: pl.DataFrame
) -> tuple[list[list[Finding]], dict[int, list[str]]]:
    """The findings on single cells of every reading, and the inputs without a value, by the
    number of the reading.
    """
    results: list[list[Finding]] = [[] for _ in readings]
    unfilled: dict[int, list[str]] = defaultdict(list)
    reports, keys = cells["report"].to_list(), cells["key"].to_list()
    for name, row in find_failures(cells, cells_schema):
        report, key = reports[row], keys[row]
        if name == "inputs_unfilled":
            unfilled[report].append(key)
            continue
        finding = cell_finding(name, form, readings[report], key)
        if finding not in results[report]:  # a total wrong in two ways is to be restored once
            results[report].append(finding)
    return results, unfilled


def _check_relations(
    form: Edition, readings: Sequence[Reading], cells: pl.DataFrame
) -> list[list[Finding]]:
    """The findings on relations that do not hold, of every reading."""
    results: list[list[Finding]] = [[] for _ in readings]
    relations = relations_frame(form, readings, cells)
    for name, row in find_failures(relations, relations_schema):
        if name != BROKEN:
            continue
        broken = relations.row(row, named=True)
        report, instance = broken["report"], form.instances[broken["instance"]]
        left, right = exact(broken["left"]), exact(broken["right"])
        results[report].append(relation_finding(form, readings[report], instance, left, right))
    return results


# --- one report as a whole


def _check_report(
    form: Edition, reading: Reading, last: Reading | None, findings: list[Finding]
) -> list[Finding]:
    """What was found in the frames with its likely causes, and the findings on a report or a
    table as a whole.
    """
    rules: dict[str, Callable[[], list[Finding]]] = {
        "blanks": lambda: _left_blank(form, reading),
        "merged": lambda: combined_row_findings(form, reading),
        "identity": lambda: identity_findings(form, reading),
        "prior": lambda: _prior_year(reading),
        "plausibility": lambda: plausibility_findings(form, reading),
        "narrative": lambda: narrative_findings(form, reading, last),
    }
    every = _run_guarded(reading, "causes", lambda: add_causes(form, reading, findings), findings)
    for name, rule in rules.items():
        every = [*every, *_run_guarded(reading, name, rule, [])]
    return every


def _run_guarded(
    reading: Reading, name: str, rule: Callable[[], list[Finding]], instead: list[Finding]
) -> list[Finding]:
    """The findings of a rule. One that crashes on odd data gives `instead` and a finding.

    It never stops the check: one odd report must not end a county's.
    """
    try:
        return rule()
    except Exception as error:  # noqa: BLE001
        failed = make_finding(
            "check_failed",
            Place(reading.file),
            rule=phrases().checks.word(name),
            why=type(error).__name__,
        )
        return [*instead, failed]


def _prior_year(reading: Reading) -> list[Finding]:
    """A finding where the figures that a report carries as last year's are of another year."""
    if reading.prior and reading.prior.year != reading.year - 1:
        return [report_wrong_year(reading, reading.prior.year)]
    return []


def _left_blank(form: Edition, reading: Reading) -> list[Finding]:
    """The blank cells of the official tables in a published report."""
    if reading.origin is not Origin.PUBLISHED:
        return []
    blank: list[str] = []
    unplaced: list[str] = []
    for key, cell in form.cells.items():
        is_official = form.table(cell.table).declared.official
        if is_official and reading.value(key).state is State.BLANK:
            kind = unplaced if key in reading.unplaced else blank
            kind.append(key)
    return [
        *blank_findings(form, reading, "blanks_counted_as_zero", blank),
        *blank_findings(form, reading, "cells_without_placed_figure", unplaced),
    ]

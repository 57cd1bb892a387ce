"""All readings at hand -> their findings, in order. One finding an instance of a relation, one a cell, grouped where many are alike."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

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

    `last` are last year's reports, where there are any, for what is compared besides figures: the prose. Figures of last year
    are those that a reading carries.
    """
    results: list[list[Finding]] = [[] for _ in readings]
    before = last or [None] * len(readings)
    for form, numbers in _by_form(readings):
        for start in range(0, len(numbers), CHUNK):
            chunk = numbers[start : start + CHUNK]
            for number, found in zip(
                chunk, _check_form(form, [readings[n] for n in chunk]), strict=True
            ):
                results[number] = in_order(_judge(form, readings[number], before[number], found))
    return results


def _by_form(readings: Sequence[Reading]) -> Iterable[tuple[Edition, list[int]]]:
    """Readings that use the same form are validated together."""
    groups: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    for number, reading in enumerate(readings):
        groups[reading.edition, reading.combined].append(number)
    for numbers in groups.values():
        reading = readings[numbers[0]]
        yield edition_of(load_edition(reading.edition), reading), numbers


def _check_form(form: Edition, readings: Sequence[Reading]) -> list[list[Finding]]:
    results: list[list[Finding]] = [[] for _ in readings]
    cells = cells_frame(form, readings)
    unfilled: dict[int, list[str]] = defaultdict(list)
    reports, keys = cells["report"].to_list(), cells["key"].to_list()
    for code, row in find_failures(cells, cells_schema):
        if code == "inputs_unfilled":
            unfilled[reports[row]].append(keys[row])
        else:
            note = cell_finding(code, form, readings[reports[row]], keys[row])
            if (
                note not in results[reports[row]]
            ):  # a total that is wrong in two ways is to be restored once
                results[reports[row]].append(note)
    relations = relations_frame(form, readings, cells)
    for _, row in (
        failure for failure in find_failures(relations, relations_schema) if failure[0] == BROKEN
    ):
        broken = relations.row(row, named=True)
        reading, instance = readings[broken["report"]], form.instances[broken["instance"]]
        results[broken["report"]].append(
            relation_finding(form, reading, instance, exact(broken["left"]), exact(broken["right"]))
        )
    for number, reading in enumerate(readings):
        results[number] += blank_findings(form, reading, "inputs_unfilled", unfilled[number])
    return results


def _judge(
    form: Edition, reading: Reading, last: Reading | None, found: list[Finding]
) -> list[Finding]:
    """What was found in the frames with its likely causes, and what is said of a report or a table as a whole."""
    rules: dict[str, Callable[[], list[Finding]]] = {
        "blanks": lambda: _left_blank(form, reading),
        "merged": lambda: combined_row_findings(form, reading),
        "identity": lambda: identity_findings(form, reading),
        "prior": lambda: _prior_year(reading),
        "plausibility": lambda: plausibility_findings(form, reading),
        "narrative": lambda: narrative_findings(form, reading, last),
    }
    explained = _run_guarded(reading, "causes", lambda: add_causes(form, reading, found), found)
    return [
        *explained,
        *(one for name, rule in rules.items() for one in _run_guarded(reading, name, rule, [])),
    ]


def _run_guarded(
    reading: Reading, name: str, rule: Callable[[], list[Finding]], instead: list[Finding]
) -> list[Finding]:
    """A rule that crashes on odd data becomes a finding, never a stop: one odd report must not end a county's check."""
    try:
        return rule()
    except Exception as error:  # noqa: BLE001
        return [
            *instead,
            make_finding(
                "check_failed",
                Place(reading.file),
                rule=phrases().checks.word(name),
                why=type(error).__name__,
            ),
        ]


def _prior_year(reading: Reading) -> list[Finding]:
    """Figures that a report carries as last year's and that are not."""
    return (
        [report_wrong_year(reading, reading.prior.year)]
        if reading.prior and reading.prior.year != reading.year - 1
        else []
    )


def _left_blank(form: Edition, reading: Reading) -> list[Finding]:
    if reading.origin is not Origin.PUBLISHED:
        return []
    official = {table.key for table in form.tables if table.declared.official}
    keys = [
        key
        for key, cell in form.cells.items()
        if cell.table in official and reading.value(key).state is State.BLANK
    ]
    left, unplaced = (
        [key for key in keys if key not in reading.unplaced],
        [key for key in keys if key in reading.unplaced],
    )
    return [
        *blank_findings(form, reading, "blanks_counted_as_zero", left),
        *blank_findings(form, reading, "cells_without_placed_figure", unplaced),
    ]

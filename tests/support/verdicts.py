"""The verdicts of a workbook's formulas and those of Python, in one form that can be compared; and readings of all kinds."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.support.engines import Cells
from tests.support.make import random_reading
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.files.book import open_book
from toolkit.finding import Finding, Place, Severity
from toolkit.phrases import phrases
from toolkit.record.reading import Prior, Reading
from toolkit.record.settle import CheckState, applicable_instances, check_state, figures, settle
from toolkit.record.spread import spread
from toolkit.values import BLANK, Kind, State, Value, number
from toolkit.workbook.plan import CALC, Plan

STATES: Mapping[str, CheckState] = {
    word: CheckState(name) for name, word in phrases().states.entries().items()
}
CHECKS: str = phrases().checks_sheet.sheet
UNSOUND = {"V-02", "V-03", "V-04", "V-05", "V-06", "V-27"}

Broken = set[tuple[str, tuple[str, ...]]]  # (code, keys)


@dataclass(frozen=True)
class Verdicts:
    """`checks` by name of the instance, `filling` by key of the table, `light` for the whole."""

    checks: Mapping[str, CheckState]
    filling: Mapping[str, CheckState]
    light: CheckState


def varied(seed: int, edition_id: str) -> Reading:
    """A random reading of some year of its edition, of some level, often with last year's figures and often without a fault."""
    dice = random.Random(f"{seed} {edition_id}")
    edition, reading = load_edition(edition_id), random_reading(seed, edition_id)
    year = 2020 if edition_id == "2019" else dice.choice([2021, 2022, 2024])
    level = dice.choice(["", *dict(edition.profile.choices["levels"])])
    cells = {
        key: BLANK if key in reading.computed else value for key, value in reading.cells.items()
    }
    if dice.random() < 0.5:
        cells |= _balanced(dice, edition, cells)
    if dice.random() < 0.3:
        cells |= {key: number(dice.randrange(3)) for key in edition.totals if dice.random() < 0.1}
    prior = None
    if dice.random() < 0.7:
        last = dict(random_reading(seed + 5000, edition_id).cells)
        carried = [key for key in cells if "carried_in" in key and dice.random() < 0.8]
        last |= {key.replace("carried_in", "carried_out"): cells[key] for key in carried}
        known = {
            key: last[key]
            for key in edition.cells
            if last[key].state is State.NUMBER and dice.random() < 0.9
        }
        prior = Prior(dice.choice([year - 1, year - 1, year - 1, year - 2]), edition_id, known)
    fields = {**reading.fields, "unit.level": level}
    return settle(edition, replace(reading, cells=cells, year=year, prior=prior, fields=fields))


def _balanced(
    dice: random.Random, edition: Edition, cells: Mapping[str, Value]
) -> dict[str, Value]:
    """Small whole figures in table three, as many received as handled or carried over."""
    keys = [key for key in cells if key.startswith("requests.") and key not in edition.totals]
    found = {key: number(dice.choice([0, 0, 1, 2])) for key in keys}
    for column in edition.table("requests").group("applicants"):
        outcomes = [
            key
            for key in keys
            if key.endswith(f".{column}") and ".received." not in key and ".carried_in." not in key
        ]
        total = sum((found[key].number or Decimal(0) for key in outcomes), Decimal(0))
        found |= {
            f"requests.received.{column}": number(total),
            f"requests.carried_in.{column}": number(0),
        }
    return found


def in_workbook(edition: Edition, data: bytes, cells: Cells) -> Verdicts:
    """What the evaluated formulas of a workbook say."""
    plan = Plan(edition)
    book, _ = open_book(data, Place())
    assert book is not None
    calc = next(sheet for sheet in book.sheets if sheet.name == CALC)
    checks = {}
    last = max(row for row, _ in calc.cells)
    for line in range(1, last - plan.calc.first_check_row + 1):
        state = cells[CHECKS, plan.checks_top + line, 8]
        assert state == cells[CALC, plan.calc.first_check_row + line, 4]
        checks[str(calc.cells[plan.calc.first_check_row + line, 1].value)] = STATES[state]
    filling = {
        table.table.key: STATES[cells[CHECKS, row, 8]]
        for row, table in enumerate(plan.tables, start=6)
    }
    return Verdicts(checks, filling, STATES[cells[CHECKS, 3, 3]])


def expected_states(edition: Edition, reading: Reading) -> dict[str, CheckState]:
    """The state of every instance that applies, as settle has it."""
    own = spread(edition, reading)
    at = figures(edition, own)
    return {
        instance.name: check_state(instance, at) for instance in applicable_instances(edition, own)
    }


def in_findings(
    edition: Edition, reading: Reading, findings: Iterable[Finding]
) -> tuple[Broken, Verdicts]:
    """What the findings of check() say; of the instances only the broken ones have one.

    Text in an amount of no agreed unit is for the reader alone to judge: formulas cannot tell whether it states a figure.
    """
    judged = [
        finding
        for finding in findings
        if not (finding.code in UNSOUND and _is_text_amount(edition, reading, finding.keys[0]))
    ]
    broken = {(finding.code, finding.keys) for finding in judged if finding.code[0] in "TY"}
    unsound = {
        key
        for finding in judged
        if finding.code in UNSOUND
        for key in finding.keys
        if key not in edition.totals
    }
    blank = {key for finding in judged if finding.code == "V-01" for key in finding.keys}
    filling = {}
    for table in edition.tables:
        keys = {cell.key for cell in table.cells}
        filling[table.key] = (
            CheckState.INVALID
            if keys & unsound
            else CheckState.INCOMPLETE
            if keys & blank
            else CheckState.PASSED
        )
    codes = {finding.code for finding in judged if finding.severity is Severity.ERROR}
    light = CheckState.INCOMPLETE if "V-01" in codes else CheckState.PASSED
    light = CheckState.BROKEN if any(code[0] in "TY" for code in codes) else light
    return broken, Verdicts({}, filling, CheckState.INVALID if codes & UNSOUND else light)


def _is_text_amount(edition: Edition, reading: Reading, key: str) -> bool:
    return edition.cells[key].kind is Kind.AMOUNT and bool(reading.value(key).raw)


def agree(edition: Edition, reading: Reading, shown: Verdicts, findings: Iterable[Finding]) -> None:
    """The workbook says of every instance, table and the whole what Python says."""
    states = expected_states(edition, reading)
    assert set(states) <= set(shown.checks)
    assert {name: states.get(name, CheckState.PASSED) for name in shown.checks} == shown.checks
    broken, said = in_findings(edition, reading, findings)
    at = {
        instance.name: (instance.relation.code, instance.holds.keys)
        for instance in edition.instances
    }
    assert {
        at[name] for name, state in shown.checks.items() if state is CheckState.BROKEN
    } == broken
    assert (shown.filling, shown.light) == (said.filling, said.light)

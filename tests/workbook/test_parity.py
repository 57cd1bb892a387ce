"""The formulas of a workbook and Python never disagree: every formula of every sheet, evaluated by an engine that is not ours."""

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.support.engines import cached, formualized, same
from tests.support.make import CREATED, YEARS, book, fresh, with_cells, zero
from tests.support.verdicts import Verdicts, agree, expected_states, in_workbook, varied
from toolkit.checking.check import check
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.phrases import phrases
from toolkit.reading.read import read
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import CheckState, settle
from toolkit.record.spread import spread
from toolkit.values import BLANK, Kind, State, Value, number, read_typed
from toolkit.workbook.plan import Plan
from toolkit.workbook.write import blank, write

SEEDS = 40
PART = 10  # seeds in one test


def evaluate(folder: Path, *readings: Reading) -> list[Verdicts]:
    """Written, evaluated, compared with the cache cell by cell and with Python verdict by verdict."""
    shown = []
    for reading, findings in zip(readings, check(readings), strict=True):
        edition, data = load_edition(reading.edition), book(reading)
        path = folder / "book.xlsx"
        path.write_bytes(data)
        saved, now = cached(path), formualized(path)
        assert {place: value for place, value in now.items() if not same(value, saved[place])} == {}
        shown.append(in_workbook(edition, data, now))
        if not reading.combined:
            agree(edition, reading, shown[-1], findings)
    return shown


@pytest.mark.parametrize("first", range(0, SEEDS, PART))
@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_formulas_give_cached_results_and_the_findings_of_python(
    edition_id: str, first: int, tmp_path: Path
) -> None:
    evaluate(tmp_path, *(varied(seed, edition_id) for seed in range(first, first + PART)))


@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_random_readings_reach_every_state_of_every_relation(edition_id: str) -> None:
    """Otherwise the test above would agree about nothing."""
    edition = load_edition(edition_id)
    relation = {instance.name: instance.relation.name for instance in edition.instances}
    states = [expected_states(edition, varied(seed, edition_id)) for seed in range(SEEDS)]
    seen = {(relation[name], state) for found in states for name, state in found.items()}
    assert {
        (relation.name, state)
        for relation in edition.relations
        for state in (CheckState.PASSED, CheckState.BROKEN)
    } <= seen
    assert {state for _, state in seen} == set(CheckState)


@pytest.mark.parametrize(
    "change", [{"natural": 0}, {"natural": 3}, {"natural": 3, "total": 3}, {"legal": 1, "total": 2}]
)
def test_combined_row_is_evaluated_on_the_rows_of_the_form(
    change: dict[str, int], tmp_path: Path
) -> None:
    edition, combined = load_edition("2021"), frozenset({"requests.other_handling"})
    form = edition.variant(combined)
    cells = {key: BLANK if key in form.totals else number(0) for key in form.cells}
    cells |= {
        f"requests.other_handling.{column}": number(figure) for column, figure in change.items()
    }
    reading = settle(
        edition, replace(zero("2021"), cells=cells, combined=combined, computed=frozenset())
    )
    [shown] = evaluate(tmp_path, reading)
    own = spread(edition, reading)
    agree(edition, own, shown, check([own])[0])


def test_workbook_without_a_unit_is_not_finished(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(replace(zero("2021"), fields={})))
    assert (
        in_workbook(load_edition("2021"), path.read_bytes(), formualized(path)).light
        is CheckState.INCOMPLETE
    )


@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_money_is_compared_as_decimals(edition_id: str, tmp_path: Path) -> None:
    """0.1 + 0.2 is no 0.3 in binary; both sides are rounded to the places a money column has."""
    money = [
        key
        for key, cell in load_edition(edition_id).cells.items()
        if cell.kind in (Kind.MONEY, Kind.AMOUNT)
    ]
    reading = zero(edition_id)
    figures = ("0.1", "0.000001", "999999999.999999", "123456789012.5")
    evaluate(
        tmp_path,
        *(
            replace(
                reading, cells={**reading.cells, **dict.fromkeys(money, number(Decimal(figure)))}
            )
            for figure in figures
        ),
    )


@pytest.mark.parametrize("raw", ["251000元", "25.1万元（含税）", "见附件", "/", "-5元"])
def test_text_in_an_amount_is_not_judged_by_formulas(raw: str, tmp_path: Path) -> None:
    value, _ = read_typed(raw, Kind.AMOUNT)
    reading = zero("2019")
    [shown] = evaluate(
        tmp_path, replace(reading, cells={**reading.cells, "disclosure.procurement.amount": value})
    )
    assert shown.filling["disclosure"] is CheckState.PASSED


# --- filled in as a person does


def typed(value: Value) -> object:
    if value.state is State.NUMBER:
        assert value.number is not None
        return int(value.number) if value.number == int(value.number) else float(value.number)
    return value.raw or None


def fill(edition: Edition, reading: Reading) -> bytes:
    """A blank workbook with the figures, declarations and level of a reading typed into it, saved by another program."""
    plan = Plan(edition)
    form = openpyxl.load_workbook(
        io.BytesIO(write(edition, blank(edition, reading.year, unit__name="甲镇人民政府"), CREATED))
    )
    for key in edition.cells:
        if key not in edition.totals:
            spot = plan.table_of(key).spot(key)
            form[spot.sheet][spot.address] = typed(reading.value(key))
    levels = dict(edition.profile.choices["levels"])
    answers = {key: phrases().answers.yes for key, value in reading.fields.items() if value is True}
    answers |= {"unit.level": levels.get(reading.text("unit.level"), "")}
    for key, answer in answers.items():
        form[plan.field_spots[key].sheet][plan.field_spots[key].address] = answer or None
    out = io.BytesIO()
    form.save(out)
    return out.getvalue()


@pytest.mark.parametrize("edition_id", ["2019", "2021"])
@pytest.mark.parametrize("seed", range(100, 104))
def test_workbook_filled_by_a_person_agrees_with_its_reading(
    edition_id: str, seed: int, tmp_path: Path
) -> None:
    edition, given = load_edition(edition_id), varied(seed, edition_id)
    path = tmp_path / "filled.xlsx"
    path.write_bytes(fill(edition, given))
    reading, findings = read(path.read_bytes(), "filled.xlsx")
    assert reading is not None
    assert fresh(findings) == []
    assert reading.origin is Origin.WORKBOOK
    expected = settle(edition, replace(given, origin=Origin.WORKBOOK))
    inputs = set(edition.cells) - set(edition.totals)
    assert {key: reading.value(key) for key in inputs} == {
        key: expected.value(key) for key in inputs
    }
    agree(
        edition,
        reading,
        in_workbook(edition, path.read_bytes(), formualized(path)),
        check([reading])[0],
    )


@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_blank_and_declared_workbooks_agree_with_python(edition_id: str, tmp_path: Path) -> None:
    edition = load_edition(edition_id)
    empty = blank(edition, YEARS[edition_id], unit__name="甲镇人民政府")
    answers = {f"declarations.{declaration.key}": True for declaration in edition.declarations}
    declared = settle(edition, replace(empty, fields={**empty.fields, **answers}))
    lights = [verdicts.light for verdicts in evaluate(tmp_path, empty, declared)]
    assert set(edition.cells) - set(edition.totals) <= {
        key for declaration in edition.declarations for key in declaration.covers
    }
    assert lights == [CheckState.INCOMPLETE, CheckState.PASSED]


def test_figure_under_a_declaration_is_wrong_in_workbook_and_python(tmp_path: Path) -> None:
    [shown] = evaluate(
        tmp_path,
        with_cells(zero("2021", declarations__no_disputes=True), disputes__review__upheld=1),
    )
    assert (shown.filling["disputes"], shown.light) == (CheckState.INVALID, CheckState.INVALID)

"""What a workbook must be, whatever stands in it: protected, explained, in Chinese, the same bytes twice. Read by openpyxl."""

import hashlib
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import openpyxl
import pytest
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.make import YEARS, book, zero
from tests.support.verdicts import varied
from toolkit.edition.frame import Role
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.phrases import phrases
from toolkit.reading.read import read
from toolkit.record.reading import Explanation, Paragraph, Reading, Statistics, StatisticsItem
from toolkit.values import number
from toolkit.workbook.plan import CALC, META, Plan
from toolkit.workbook.stamp import read_stamp
from toolkit.workbook.table_plan import TOP
from toolkit.workbook.write import blank

EDITIONS = sorted(YEARS)
FUNCTIONS = {"IF", "AND", "OR", "SUM", "COUNTIF", "INDEX", "INT", "ROUND", "LEN", "ISNUMBER"}
FORMULA_LIKE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@x",
    "{=1}",
    "'=1",
    "http://a.cn",
    "0012",
    "1/2",
    "TRUE",
    "#REF!",
)

every_edition = pytest.mark.parametrize("edition_id", EDITIONS)


@cache
def filled(edition_id: str) -> bytes:
    """With last year's figures, so that every kind of formula is in it."""
    given = (varied(seed, edition_id) for seed in range(100))
    return book(
        next(
            reading for reading in given if reading.prior and reading.prior.year == reading.year - 1
        )
    )


@cache
def opened(edition_id: str) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(filled(edition_id)))


def visible(edition_id: str) -> list[Worksheet]:
    return [sheet for sheet in opened(edition_id) if sheet.sheet_state == "visible"]


def plan_of(edition_id: str) -> Plan:
    return Plan(load_edition(edition_id))


@every_edition
def test_every_sheet_is_protected_and_the_structure_locked(edition_id: str) -> None:
    found = opened(edition_id)
    assert found.security.lockStructure is True
    assert [sheet.title for sheet in found if not sheet.protection.sheet] == []
    assert {
        sheet.title: sheet.sheet_state for sheet in found if sheet.sheet_state != "visible"
    } == {CALC: "veryHidden", META: "veryHidden"}
    for sheet in found:  # False means allowed
        allowed = sheet.protection
        assert (
            allowed.selectLockedCells,
            allowed.formatColumns,
            allowed.formatRows,
            allowed.insertRows,
        ) == (False, False, False, True)


@every_edition
def test_one_sheet_per_table_in_the_order_of_the_report(edition_id: str) -> None:
    edition = load_edition(edition_id)
    names = [sheet.title for sheet in visible(edition_id)]
    words = phrases()
    expected = [words.guide_sheet.sheet, edition.profile.sheet]
    for section in edition.sections:
        expected.append(section.sheet)
        expected += [
            table.declared.sheet
            for table in edition.tables
            if table.declared.section == section.key and table.declared.official
        ]
    assert names == [
        *expected,
        edition.narrative.statistics.sheet,
        words.paste_sheet.sheet,
        words.checks_sheet.sheet,
    ]
    assert len({table.declared.sheet for table in edition.tables}) == len(edition.tables)
    assert set(opened(edition_id).sheetnames) == {*names, CALC, META}


@every_edition
def test_inputs_are_open_and_everything_else_is_locked(edition_id: str) -> None:
    edition, plan = load_edition(edition_id), plan_of(edition_id)
    inputs = {key: plan.table_of(key).spot(key) for key in edition.cells}
    for key, spot in inputs.items():
        cell = opened(edition_id)[spot.sheet][spot.address]
        assert cell.protection.locked is (key in edition.totals), key
        assert cell.number_format == "General", key
    open_in_tables = {
        (s.title, c.coordinate)
        for s in visible(edition_id)
        for row in s.iter_rows()
        for c in row
        if not c.protection.locked
    }
    tables = {table.sheet for table in plan.tables if table.table.declared.official}
    expected = {
        (spot.sheet, spot.address)
        for key, spot in inputs.items()
        if key not in edition.totals and spot.sheet in tables
    }
    covered = {
        (sheet, cell)
        for sheet in tables
        for area in opened(edition_id)[sheet].merged_cells.ranges
        for cell in _cells_of(area.coord)[1:]
    }
    assert {place for place in open_in_tables if place[0] in tables} - covered == expected
    profile = {
        key: opened(edition_id)[spot.sheet][spot.address] for key, spot in plan.field_spots.items()
    }
    assert {key for key, cell in profile.items() if cell.protection.locked} == {"year"}


@every_edition
def test_every_answer_and_figure_has_a_prompt_and_an_error_in_chinese(edition_id: str) -> None:
    edition, plan = load_edition(edition_id), plan_of(edition_id)
    spots = [plan.table_of(key).spot(key) for key in edition.cells if key not in edition.totals]
    spots += [spot for key, spot in plan.field_spots.items() if key != "year"]
    wanted = {(spot.sheet, spot.address) for spot in spots}
    wanted |= {
        (edition.narrative.statistics.sheet, f"B{row}")
        for row in (3, 4, *range(7, 7 + edition.narrative.statistics.rows))
    }
    seen = set()
    for sheet in visible(edition_id):
        for rule in sheet.data_validations.dataValidation:
            seen |= {
                (sheet.title, cell) for area in str(rule.sqref).split() for cell in _cells_of(area)
            }
            assert rule.showInputMessage
            assert rule.showErrorMessage
            takes_anything = rule.type in (None, "none")
            for title, text in (
                (rule.promptTitle, rule.prompt),
                *(() if takes_anything else ((rule.errorTitle, rule.error),)),
            ):
                assert 0 < len(title) <= 32
                assert 0 < len(text) <= 255
                assert re.search("[一-鿿]", title)
                assert re.search("[一-鿿]", text)
    assert wanted <= seen


def _cells_of(area: str) -> list[str]:
    left, top, right, bottom = range_boundaries(area)
    return [
        f"{get_column_letter(column)}{row}"
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]


# --- formulas


def all_formulas(edition_id: str) -> Iterator[tuple[str, str]]:
    """Every formula of the file with its sheet: cells, format rules at every cell they cover, validations, names."""
    found = opened(edition_id)
    for sheet in found:
        yield from (
            (sheet.title, str(cell.value))
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        )
        for ranges, rules in sheet.conditional_formatting._cf_rules.items():
            cells = [cell for area in str(ranges.sqref).split() for cell in _cells_of(area)]
            for rule in rules:
                for formula in rule.formula:
                    yield from (
                        (sheet.title, Translator(f"={formula}", cells[0]).translate_formula(cell))
                        for cell in cells
                    )
        for rule in sheet.data_validations.dataValidation:
            yield from (
                (sheet.title, f"={formula}")
                for formula in (rule.formula1, rule.formula2)
                if formula
            )
    for name in found.defined_names.values():
        yield "", f"={name.attr_text}"


def _tokens(formula: str) -> list[Token]:
    return [token for token in Tokenizer(formula).items if token.type != Token.WSPACE]


@every_edition
def test_no_formula_or_name_refers_directly_to_an_input(edition_id: str) -> None:
    """Cutting an input drags every reference to it along. Only the ends of what INDEX looks into count, and they are locked."""
    found = opened(edition_id)
    count = 0
    for home, formula in set(all_formulas(edition_id)):
        tokens = _tokens(formula)
        for before, token in zip([None, *tokens], tokens, strict=False):
            if token.type != Token.OPERAND or token.subtype != Token.RANGE:
                continue
            sheet, _, area = token.value.rpartition("!")
            left, top, right, bottom = range_boundaries(area)
            indexed = before is not None and before.type == Token.FUNC and before.value == "INDEX("
            places = (
                {(top, left), (bottom, right)}
                if indexed
                else {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            )
            at = found[sheet.strip("'").replace("''", "'") or home]
            assert [place for place in places if not at.cell(*place).protection.locked] == [], (
                formula
            )
            count += 1
    assert count > 500


@every_edition
def test_formulas_use_only_functions_on_which_engines_agree(edition_id: str) -> None:
    used = set()
    for _, formula in set(all_formulas(edition_id)):
        used |= {
            token.value.rstrip("(")
            for token in _tokens(formula)
            if token.type == Token.FUNC and token.subtype == Token.OPEN
        }
        assert not re.search(r"[{}]|_xlfn", formula)
    assert used == FUNCTIONS


# --- words and bytes


@every_edition
def test_visible_sheets_hold_no_english(edition_id: str) -> None:
    words = []
    for sheet in visible(edition_id):
        texts = [
            str(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "s" and not read_stamp(cell.value)
        ]
        for rule in sheet.data_validations.dataValidation:
            said = [
                rule.prompt,
                rule.promptTitle,
                rule.error,
                rule.errorTitle,
                rule.formula1 if rule.type == "list" else "",
            ]
            texts += [text for text in said if text]
        words += re.findall(r"(?<![.\w])[A-Za-z]{2,}", "\n".join([sheet.title, *texts]))
    assert words == []


@every_edition
def test_same_report_gives_the_same_bytes(edition_id: str) -> None:
    code = f"import hashlib; from tests.workbook.test_book import filled; print(hashlib.sha256(filled({edition_id!r})).hexdigest())"
    command = [sys.executable, "-c", code]
    digest = subprocess.run(
        command, env={"PYTHONHASHSEED": "1"}, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert digest == hashlib.sha256(filled(edition_id)).hexdigest()


@every_edition
def test_workbook_is_small_and_its_properties_name_nobody(edition_id: str) -> None:
    assert len(filled(edition_id)) < 80_000
    properties = opened(edition_id).properties
    assert [
        properties.creator or "",
        properties.lastModifiedBy or "",
        properties.description or "",
    ] == ["", "", ""]
    with zipfile.ZipFile(io.BytesIO(filled(edition_id))) as package:
        assert "<Manager>" not in (app := package.read("docProps/app.xml").decode())
        assert re.findall("<Company>(.*?)</Company>", app) in ([], [""])


def with_texts(edition: Edition, text: str) -> Reading:
    reading = blank(edition, YEARS[edition.id])
    fields = {key: text for key, entry in edition.fields.items() if entry.kind == "text"}
    paragraphs = {
        section.key: (Paragraph(text, text), Paragraph("", text)) for section in edition.sections
    }
    instance = next(instance for instance in edition.instances if not instance.needs_prior)
    explained = Explanation(
        instance.relation.code, instance.holds.keys, reading.basis(instance.holds.keys), text
    )
    statistics = Statistics((StatisticsItem(text, number(3)),))
    return replace(
        reading,
        fields={**reading.fields, **fields},
        narrative=paragraphs,
        statistics=statistics,
        explanations=(explained,),
    )


@every_edition
@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_text_that_looks_like_a_formula_stays_text(edition_id: str, text: str) -> None:
    edition = load_edition(edition_id)
    given = with_texts(edition, text)
    data = book(given)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(data))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == text
    ]
    assert len(cells) > 30
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        formulas = [
            formula
            for name in names
            for formula in re.findall("<f>(.*?)</f>", package.read(name).decode())
        ]
        assert text.lstrip("=") not in formulas
        assert not any("hyperlink r:id" in package.read(name).decode() for name in names)
    back, _ = read(data, "")
    assert back is not None
    assert replace(back, places={}) == given


# --- the official tables


@every_edition
def test_labels_and_merged_cells_match_the_frame(edition_id: str) -> None:
    for table in plan_of(edition_id).tables:
        sheet = opened(edition_id)[table.sheet]
        merges = {
            str(area)
            for area in sheet.merged_cells.ranges
            if area.min_row > TOP and area.max_row <= table.below
        }
        expected = set()
        for cell in table.frame.cells:
            row, column = table.top + cell.row + 1, table.column(cell.column) + 1
            bottom, right = row + cell.height - 1, table.column(cell.column + cell.width - 1) + 1
            if cell.role is not Role.FIGURE:
                assert (sheet.cell(row, column).value or "") == cell.text
            if (bottom, right) != (row, column):
                expected.add(
                    f"{sheet.cell(row, column).coordinate}:{sheet.cell(bottom, right).coordinate}"
                )
        assert merges == expected
        grid = table.frame.grid()
        assert {len(row) for row in grid} == {table.frame.columns}


@every_edition
def test_all_inputs_of_the_blank_form_are_empty(edition_id: str) -> None:
    plan = plan_of(edition_id)
    form = openpyxl.load_workbook(
        io.BytesIO(book(blank(load_edition(edition_id), YEARS[edition_id])))
    )
    inputs = [
        plan.table_of(key).spot(key) for key in plan.edition.cells if key not in plan.edition.totals
    ]
    assert {form[spot.sheet][spot.address].value for spot in inputs} == {None}
    assert read(book(zero(edition_id)), "")[1] == []

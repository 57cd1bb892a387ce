"""An office with no activity: its name, four 是 and two paragraphs, and the report is done."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.support import make
from tests.support.engines import formualized
from tests.support.verdicts import agree, in_workbook
from toolkit.checking.check import check
from toolkit.edition.load import load_edition
from toolkit.finding import Severity
from toolkit.phrases import phrases
from toolkit.reading.read import read
from toolkit.report.blocks import Text
from toolkit.report.gates import Stage, pass_gate
from toolkit.report.narrative import narrate
from toolkit.workbook.plan import Plan
from toolkit.workbook.write import blank, write


@pytest.mark.parametrize(("edition_id", "sentences"), [("2019", 2), ("2021", 3)])
def test_office_without_activity_fills_in_at_most_ten_entries(
    edition_id: str, sentences: int, tmp_path: Path
) -> None:
    edition = load_edition(edition_id)
    plan = Plan(edition)
    book = openpyxl.load_workbook(
        BytesIO(write(edition, blank(edition, make.YEARS[edition_id]), make.CREATED))
    )
    entries = {plan.field_spots["unit.name"]: "甲镇人民政府"}
    entries |= {
        plan.field_spots[f"declarations.{declaration.key}"]: phrases().answers.yes
        for declaration in edition.declarations
    }
    for spot, text in entries.items():
        book[spot.sheet].cell(spot.row + 1, spot.column + 1).value = text
    required = [section for section in edition.sections if section.required]
    for section in required:
        book[section.sheet].cell(
            plan.paragraphs_top(section.sheet) + 2, 2
        ).value = "本年度工作正常，考核合格，没有开展社会评议，没有责任追究情形。"
    assert len(entries) + len(required) <= 10
    path = tmp_path / "zero.xlsx"
    book.save(path)
    reading, said = read(path.read_bytes(), "zero.xlsx")
    assert reading is not None
    assert make.fresh(said) == []
    findings = check([reading])[0]
    assert [finding for finding in findings if finding.severity is not Severity.INFO] == []
    shown = in_workbook(edition, path.read_bytes(), formualized(path))
    agree(edition, reading, shown, findings)
    assert shown.light == "passed"
    allowed, _ = pass_gate(Stage.APPROVAL, findings, reading, edition)
    assert allowed
    texts = [block.text for block in narrate(edition, reading).blocks if isinstance(block, Text)]
    assert sum("未" in text for text in texts) == sentences


def test_figure_under_a_declaration_is_shown_by_the_workbook_with_both_cells(
    tmp_path: Path,
) -> None:
    edition = load_edition("2021")
    plan = Plan(edition)
    reading = make.with_cells(
        make.zero("2021", declarations__no_disputes=True), disputes__direct__other=2
    )
    path = tmp_path / "book.xlsx"
    path.write_bytes(make.book(reading))
    number = next(
        index
        for index, declaration in enumerate(edition.declarations)
        if declaration.key == "no_disputes"
    )
    cells = formualized(path)
    name = phrases().checks_sheet.sheet
    said = str(cells[name, plan.declarations_top + number + 1, 5])
    figure, declaration = (
        plan.table_of("disputes.direct.other").spot("disputes.direct.other"),
        plan.field_spots["declarations.no_disputes"],
    )
    assert figure.address in said.split()
    line = openpyxl.load_workbook(path)[name].cell(plan.declarations_top + number + 1, 1)
    assert declaration.address in str(line.value)
    assert cells[name, plan.declarations_top + number + 1, 8] == phrases().states.invalid
    [finding] = [
        finding
        for finding in check([read(path.read_bytes(), "a")[0] or reading])[0]
        if finding.code == "V-06"
    ]
    assert finding.place.cell == figure.address
    assert declaration.address in finding.message

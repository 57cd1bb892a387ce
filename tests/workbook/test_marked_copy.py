"""The marked-up copy: everything of the old workbook, findings on their cells and in the list, reasons read back, damage repaired."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from tests.faults.changed import CHANGED
from tests.faults.oddities import ODDITIES
from tests.support.engines import cached, formualized, libreoffice, same
from tests.support.good import EDITION, PLAN, good, good_book, part_of, spot, sub
from tests.support.make import CREATED, book, fresh, with_cells, zero
from toolkit.finding import Finding, Severity
from toolkit.jobs.check import check_files
from toolkit.jobs.returns import marked_copy
from toolkit.phrases import phrases
from toolkit.reading.read import read
from toolkit.record.outcome import Outcome
from toolkit.record.reading import Origin, Paragraph, Reading
from toolkit.workbook.issues import IssueColumn
from toolkit.workbook.review import needs_confirming

WORDS = phrases().issues_sheet
SHEET = WORDS.sheet
KEY = "requests.received.natural"


def judged(path: Path, data: bytes) -> Outcome:
    path.write_bytes(data)
    [outcome] = check_files([path], None, aside=True)[0]
    return outcome


def copy_of(path: Path, data: bytes) -> bytes:
    copy, long = marked_copy(judged(path, data), CREATED)
    assert copy is not None
    assert long == []
    return copy


def by_hand(data: bytes, change: object) -> bytes:
    found = openpyxl.load_workbook(io.BytesIO(data))
    change(found)  # type: ignore[operator]
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def rows(found: Workbook) -> list[dict[IssueColumn, openpyxl.cell.Cell]]:
    sheet = found[SHEET]
    heads = {
        cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value
    }
    at = {column: heads[WORDS.columns[column.value]] for column in IssueColumn}
    first = (
        next(
            cell.row
            for row in sheet.iter_rows()
            for cell in row
            if cell.value == WORDS.columns["number"]
        )
        + 1
    )
    numbered = [
        row for row in range(first, sheet.max_row + 1) if isinstance(sheet.cell(row, 1).value, int)
    ]
    return [{column: sheet.cell(row, where) for column, where in at.items()} for row in numbered]


def find(found: Workbook, code: str) -> dict[IssueColumn, openpyxl.cell.Cell]:
    return next(row for row in rows(found) if row[IssueColumn.CODE].value == code)


def codes(findings: list[Finding]) -> set[tuple[str, tuple[str, ...]]]:
    return {
        (finding.code, finding.keys)
        for finding in findings
        if finding.severity is not Severity.INFO
    }


WARNED = with_cells(
    zero("2021", unit__level="township"),
    disclosure__regulations__issued=2,
    disclosure__regulations__in_force=2,
)


@pytest.mark.parametrize("fault", [*ODDITIES[:8], *CHANGED], ids=lambda fault: fault.name)
def test_every_readable_workbook_gives_a_copy_with_the_same_report(
    fault: object, tmp_path: Path
) -> None:
    outcome = judged(tmp_path / "a.xlsx", fault.change(good_book()))  # type: ignore[attr-defined]
    data, _ = marked_copy(outcome, CREATED)
    assert data is not None
    again, findings = read(data, "b.xlsx")
    first = outcome.reading
    assert again is not None
    assert first is not None
    inputs = [key for key in EDITION.cells if key not in EDITION.totals]
    assert {key: again.value(key).number for key in inputs} == {
        key: first.value(key).number for key in inputs
    }
    assert (again.narrative, again.fields, again.year) == (
        first.narrative,
        first.fields,
        first.year,
    )
    assert set(EDITION.totals) <= {
        *again.computed,
        *(key for key in EDITION.totals if again.value(key).is_blank),
    }
    unclear = {finding.code for finding in outcome.findings if needs_confirming(finding)}
    assert {finding.code for finding in findings if finding.code.startswith("R")} - {
        "R-29",
        "R-09",
    } == unclear  # all else is repaired

    def confirm(found: Workbook) -> None:
        for row in rows(found):
            if row[IssueColumn.CODE].value in unclear and not row[IssueColumn.REASON].value:
                row[IssueColumn.REASON].value = "已核对"

    _, findings = read(by_hand(data, confirm), "c.xlsx")
    assert unclear & {finding.code for finding in findings} == set()


def test_formulas_of_a_person_are_listed_and_those_of_the_form_are_not(tmp_path: Path) -> None:
    beside = replace(spot(KEY), row=spot(KEY).row + 60)

    def add(found: Workbook) -> None:
        found[beside.sheet][beside.address] = "=SUM(D7:D9)"

    reading = judged(tmp_path / "a.xlsx", by_hand(book(zero("2021")), add)).reading
    assert reading is not None
    assert reading.aside is not None
    assert [(remark.sheet, remark.cell, remark.text) for remark in reading.aside.remarks] == [
        (beside.sheet, beside.address, "=SUM(D7:D9)")
    ]
    found = openpyxl.load_workbook(
        io.BytesIO(copy_of(tmp_path / "a.xlsx", (tmp_path / "a.xlsx").read_bytes()))
    )
    texts = [
        cell
        for row in found[SHEET].iter_rows()
        for cell in row
        if str(cell.value).startswith("=SUM(D7")
    ]
    assert [cell.data_type for cell in texts] == ["s"]


def test_findings_are_written_on_their_cells_and_in_the_list(tmp_path: Path) -> None:
    def harm(found: Workbook) -> None:
        found[spot(KEY).sheet][spot(KEY).address] = "见附件"
        found[spot("requests.partial.natural").sheet][spot("requests.partial.natural").address] = (
            None
        )

    outcome = judged(tmp_path / "a.xlsx", by_hand(book(WARNED), harm))
    data, _ = marked_copy(outcome, CREATED)
    found = openpyxl.load_workbook(io.BytesIO(data or b""))
    listed = [row[IssueColumn.CODE].value for row in rows(found)]
    assert sorted(listed) == sorted(finding.code for finding in outcome.findings)
    assert listed.index("V-02") < listed.index("T2-02")  # what must be mended comes first
    for key, code in (
        (KEY, "V-02"),
        ("requests.partial.natural", "V-01"),
        ("disclosure.regulations.issued", "T2-02"),
    ):
        cell = found[spot(key).sheet][spot(key).address]
        assert f"[{code}]" in cell.comment.text
        assert find(found, code)[IssueColumn.WHERE].hyperlink.location.endswith(
            f"!{spot(key).address}"
        )
    assert found.worksheets[0].title == SHEET
    assert all(sheet.protection.sheet for sheet in found if sheet.title not in ("我的草稿",))
    reason, severe = (
        find(found, "T2-02")[IssueColumn.REASON],
        find(found, "V-02")[IssueColumn.REASON],
    )
    assert (reason.protection.locked, severe.protection.locked) == (False, True)


def test_cells_are_red_until_they_are_changed(tmp_path: Path) -> None:
    """Through a spreadsheet engine: the helper that the format rules read, and the state in the list."""

    def harm(found: Workbook) -> None:
        found[spot(KEY).sheet][spot(KEY).address] = "=1+2"

    data = copy_of(
        tmp_path / "a.xlsx", by_hand(book(zero("2021")), harm)
    )  # no result saved with the formula: unreadable
    helper = PLAN.table_of(KEY).helper(KEY)
    path = tmp_path / "b.xlsx"
    path.write_bytes(data)
    for place, result in cached(path).items():
        assert same(result, formualized(path)[place]) or place[0] != helper.sheet
    assert int(cached(path)[helper.sheet, helper.row + 1, helper.column + 1]) >= 2

    def mend(found: Workbook) -> None:
        found[spot(KEY).sheet][spot(KEY).address] = 0

    path.write_bytes(by_hand(data, mend))
    assert formualized(path)[helper.sheet, helper.row + 1, helper.column + 1] == 0
    again, findings = read(path.read_bytes(), "b.xlsx")
    assert again is not None
    assert codes(findings) == set()


def test_correction_typed_into_the_copy_clears_its_finding(tmp_path: Path) -> None:
    broken = with_cells(good(), requests__handled__natural=1)
    data = copy_of(tmp_path / "a.xlsx", book(broken))
    reading, findings = read(data, "b.xlsx")
    assert reading is not None
    assert "requests.handled.natural" in reading.computed
    assert [finding for finding in findings if finding.code == "R-06"] == []


@pytest.mark.parametrize("typed", ["-", "七十五", 1.5])
def test_overwritten_total_is_restored_in_the_copy(tmp_path: Path, typed: object) -> None:
    where = spot("requests.received.total")
    data = copy_of(
        tmp_path / "a.xlsx",
        by_hand(
            book(zero("2021")),
            lambda found: setattr(found[where.sheet][where.address], "value", typed),
        ),
    )
    found = openpyxl.load_workbook(io.BytesIO(data))
    row = find(found, "V-27")
    assert (row[IssueColumn.NOW].value, row[IssueColumn.REASON].value or "") == (WORDS.restored, "")
    assert found[where.sheet][where.address].data_type == "f"
    assert found[where.sheet][where.address].protection.locked
    assert [
        finding.code
        for finding in judged(tmp_path / "b.xlsx", data).findings
        if finding.is_open_error
    ] == []


def strict(path: Path, data: bytes) -> set[str]:
    return {
        finding.code
        for finding in judged(path, data).findings
        if finding.is_open_warning or finding.is_open_error
    }


def test_reason_typed_in_the_list_silences_its_warning_until_the_figure_changes(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xlsx"
    assert "T2-02" in strict(path, book(WARNED))
    data = copy_of(path, book(WARNED))

    def explain(found: Workbook) -> None:
        find(found, "T2-02")[IssueColumn.REASON].value = "依授权制发"
        find(found, "T2-02")[IssueColumn.OPINION].value = "同意"

    explained = by_hand(data, explain)
    assert "T2-02" not in strict(path, explained)

    def change(found: Workbook) -> None:
        where = spot("disclosure.regulations.issued")
        found[where.sheet][where.address] = 3

    assert "T2-02" in strict(path, by_hand(explained, change))
    second = copy_of(path, explained)  # carried on from copy to copy, with the opinion
    row = find(openpyxl.load_workbook(io.BytesIO(second)), "T2-02")
    assert (row[IssueColumn.REASON].value, row[IssueColumn.OPINION].value) == ("依授权制发", "同意")
    assert "T2-02" not in strict(path, second)
    assert "T2-02" in strict(path, by_hand(second, change))
    void = copy_of(path, by_hand(second, change))
    row = find(openpyxl.load_workbook(io.BytesIO(void)), "T2-02")
    assert (row[IssueColumn.REASON].value, row[IssueColumn.OPINION].value) == (None, "同意")
    assert "T2-02" not in strict(path, by_hand(void, explain))

    def withdraw(found: Workbook) -> None:
        find(found, "T2-02")[IssueColumn.REASON].value = None

    assert "T2-02" in strict(path, by_hand(second, withdraw))


def test_warning_without_a_relation_can_be_explained(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    large = with_cells(
        zero("2021"), requests__received__natural=200000, requests__granted__natural=200000
    )
    data = copy_of(path, book(large))

    def explain(found: Workbook) -> None:
        for row in rows(found):
            if row[IssueColumn.CODE].value == "V-07":
                row[IssueColumn.REASON].value = "网上集中申请"

    assert "V-07" in strict(path, data)
    assert "V-07" not in strict(path, by_hand(data, explain))


def test_notes_and_sheets_of_people_are_copied(tmp_path: Path) -> None:
    def leave(found: Workbook) -> None:
        where = spot(KEY)
        found[where.sheet][where.address].comment = Comment("其中2件是上年的", "王")
        found[where.sheet]["Z60"].value = "联系人小王"
        found[EDITION.profile.sheet]["A1"].comment = Comment("请看", "李")
        draft = found.create_sheet("我的草稿")
        draft["B2"], draft["C3"] = 12, "=1+1"
        draft["D4"] = "登记簿"
        guide = found[phrases().guide_sheet.sheet]
        date = next(
            cell
            for row in guide.iter_rows()
            for cell in row
            if cell.value == phrases().guide_sheet.date_label
        )
        guide.cell(date.row, 2).value = "1月20日"
        paste = found[phrases().paste_sheet.sheet]
        paste.cell(6, 3).value = 7

    data = by_hand(book(WARNED), leave)
    for _ in range(2):  # the copy of a copy has them as well, and only once
        data = copy_of(tmp_path / "a.xlsx", data)
        found = openpyxl.load_workbook(io.BytesIO(data))
        note = found[spot(KEY).sheet][spot(KEY).address].comment.text
        assert note.count("其中2件是上年的") == 1
        texts = [str(cell.value) for row in found[SHEET].iter_rows() for cell in row if cell.value]
        assert [texts.count(text) for text in ("联系人小王", "请看")] == [1, 1]
        assert (found["我的草稿"]["B2"].value, found["我的草稿"]["D4"].value) == (12, "登记簿")
        assert found[phrases().paste_sheet.sheet].cell(6, 3).value == 7
        guide = found[phrases().guide_sheet.sheet]
        assert "1月20日" in [cell.value for row in guide.iter_rows() for cell in row]


def notes_in(found: Workbook, key: str) -> str:
    comment = found[spot(key).sheet][spot(key).address].comment
    return comment.text if comment else ""


def test_text_typed_into_a_figure_is_kept_in_every_copy(tmp_path: Path) -> None:
    typed = {
        KEY: "88（其中修订16件）",
        "requests.granted.total": "合计七十五",
        "requests.granted.natural": "=80+8",
        "disputes.review.other": "无",
    }

    def harm(found: Workbook) -> None:
        for key, text in typed.items():
            found[spot(key).sheet][spot(key).address] = text
        found[spot(KEY).sheet]["A7"] = "一、新收（含网上）"

    place = spot("requests.granted.natural").address
    save_result = sub(
        part_of(KEY),
        rf'(<c r="{place}"[^>]*?)(?: t="\w+")?><f>80\+8</f><v\s*/?>(?:</v>)?',
        r"\1><f>80+8</f><v>88</v>",
    )
    data = save_result(by_hand(book(WARNED), harm))
    for number in range(3):
        data = copy_of(tmp_path / "a.xlsx", data)
        found = openpyxl.load_workbook(io.BytesIO(data))
        counts = [notes_in(found, key).count(f"原填“{text}”") for key, text in typed.items()]
        assert counts == [1, 1, 1, 0], number
        texts = [cell.value for row in found[SHEET].iter_rows() for cell in row]
        assert texts.count("一、新收（含网上）") == 1
        assert found[spot(KEY).sheet][spot(KEY).address].value == 88 - number
        assert (
            found[spot("disputes.review.other").sheet][spot("disputes.review.other").address].value
            == "无"
        )
        data = by_hand(
            data,
            lambda now, less=number: setattr(
                now[spot(KEY).sheet][spot(KEY).address], "value", 87 - less
            ),
        )  # a person edits it


def test_text_written_outside_the_answers_of_the_list_is_kept(tmp_path: Path) -> None:
    data = copy_of(tmp_path / "a.xlsx", book(WARNED))
    written = {"A30": "请先看第三条", "M6": "已电话核对", "N2": 7, "H31": "无处可写"}

    def leave(found: Workbook) -> None:
        for place, text in written.items():
            found[SHEET][place] = text
        row = find(found, "T2-02")
        (
            row[IssueColumn.NOW].value,
            row[IssueColumn.REMEDY].value,
            row[IssueColumn.OPINION].value,
        ) = (
            "已和法制办核对",
            "不改",
            "同意",
        )

    data = by_hand(data, leave)
    wanted = {*map(str, written.values()), "已和法制办核对", "不改"}
    for _ in range(3):
        reading = judged(tmp_path / "a.xlsx", data).reading
        assert reading is not None
        assert reading.aside is not None
        assert sorted(remark.text for remark in reading.aside.remarks) == sorted(wanted)
        data = copy_of(tmp_path / "a.xlsx", data)
        assert (
            find(openpyxl.load_workbook(io.BytesIO(data)), "T2-02")[IssueColumn.OPINION].value
            == "同意"
        )


def test_text_written_outside_a_list_of_an_earlier_version_is_kept(tmp_path: Path) -> None:
    def leave(found: Workbook) -> None:
        found[spot(KEY).sheet]["Z60"].value = "联系人小王"

    def older(found: Workbook) -> None:
        for row in found["_meta"].iter_rows():
            if row[0].value == "listed":
                row[0].value = row[1].value = None
        found[SHEET]["A40"] = "请先看第三条"

    data = by_hand(copy_of(tmp_path / "a.xlsx", by_hand(book(WARNED), leave)), older)
    reading = judged(tmp_path / "a.xlsx", data).reading
    assert reading is not None
    assert reading.aside is not None
    assert sorted(remark.text for remark in reading.aside.remarks) == sorted(
        ["联系人小王", "请先看第三条"]
    )


def test_formula_like_text_stays_text(tmp_path: Path) -> None:
    def leave(found: Workbook) -> None:
        sheet = found.create_sheet("=cmd")
        sheet["A1"].value = "x"
        sheet["A1"].data_type = "s"
        sheet["A1"].value = "'=1+1"
        found[spot(KEY).sheet][spot(KEY).address].comment = Comment("=HYPERLINK(1)", "王")
        found[spot(KEY).sheet][spot(KEY).address] = "+cmd|' /C calc'!A0"

    data = copy_of(tmp_path / "a.xlsx", by_hand(book(WARNED), leave))
    found = openpyxl.load_workbook(io.BytesIO(data))
    assert [cell.data_type for row in found["=cmd"].iter_rows() for cell in row if cell.value] == [
        "s"
    ]
    assert found[spot(KEY).sheet][spot(KEY).address].data_type == "s"


def test_clean_report_gives_a_clean_list(tmp_path: Path) -> None:
    found = openpyxl.load_workbook(io.BytesIO(copy_of(tmp_path / "a.xlsx", book(zero("2021")))))
    assert {row[IssueColumn.SEVERITY].value for row in rows(found)} <= {
        phrases().severity.info,
        phrases().severity.warning,
    }


def test_text_that_the_tool_writes_beside_errors_is_no_reason(tmp_path: Path) -> None:
    broken = with_cells(zero("2021"), requests__received__natural=3)
    reading, _ = read(copy_of(tmp_path / "a.xlsx", book(broken)), "b.xlsx")
    assert reading is not None
    assert reading.explanations == ()


def test_reason_for_prose_is_void_when_the_text_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheet = EDITION.section("overview").sheet
    prose = {
        "overview": (Paragraph("", "联系人手机13812345678。"),),
        "problems": (Paragraph("", "有不足。"),),
    }
    data = copy_of(path, book(replace(zero("2021"), narrative=prose)))

    def explain(found: Workbook) -> None:
        find(found, "N-12")[IssueColumn.REASON].value = "对外公布的值班手机"

    explained = by_hand(data, explain)
    assert "N-12" not in strict(path, explained)

    def change(found: Workbook) -> None:
        cell = next(
            cell
            for row in found[sheet].iter_rows()
            for cell in row
            if cell.value and "13812345678" in str(cell.value)
        )
        cell.value = f"{cell.value}另有13912345678。"

    assert "N-12" in strict(path, by_hand(explained, change))


def test_list_cannot_just_be_deleted(tmp_path: Path) -> None:
    fault = next(fault for fault in CHANGED if fault.name == "row inserted with a figure")
    data = copy_of(tmp_path / "a.xlsx", fault.change(good_book()))
    _, findings = read(by_hand(data, lambda found: found.remove(found[SHEET])), "b.xlsx")
    assert [finding.code for finding in findings if finding.severity is Severity.ERROR] == ["R-02"]
    clean = copy_of(tmp_path / "a.xlsx", book(WARNED))
    _, findings = read(by_hand(clean, lambda found: found.remove(found[SHEET])), "b.xlsx")
    assert [finding.code for finding in findings if finding.severity is Severity.ERROR] == []


def test_own_sheet_named_like_the_list_is_kept(tmp_path: Path) -> None:
    def leave(found: Workbook) -> None:
        found.create_sheet(SHEET)["A1"] = "自己记的"

    found = openpyxl.load_workbook(
        io.BytesIO(copy_of(tmp_path / "a.xlsx", by_hand(book(WARNED), leave)))
    )
    assert "自己记的" in [
        cell.value for sheet in found for row in sheet.iter_rows() for cell in row
    ]


def test_reported_totals_of_a_published_report_are_kept(tmp_path: Path) -> None:
    published = with_cells(
        replace(zero("2021"), origin=Origin.PUBLISHED),
        requests__received__natural=5,
        requests__received__total=0,
    )
    outcome = judged(tmp_path / "a.xlsx", book(published))
    data, _ = marked_copy(outcome, CREATED)
    again = judged(tmp_path / "b.xlsx", data or b"")
    assert {finding.code for finding in again.findings if finding.is_open_error} == {
        finding.code for finding in outcome.findings if finding.is_open_error
    }


@pytest.mark.office
def test_copy_saved_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    (tmp_path / "copy.xlsx").write_bytes(copy_of(path, book(WARNED)))
    [saved] = libreoffice([tmp_path / "copy.xlsx"], tmp_path / "out")
    before, said = read((tmp_path / "copy.xlsx").read_bytes(), "copy.xlsx")
    after, findings = read(saved.read_bytes(), "copy.xlsx")
    assert isinstance(before, Reading)
    assert isinstance(after, Reading)
    assert (after.cells, after.narrative, after.fields) == (
        before.cells,
        before.narrative,
        before.fields,
    )
    assert codes(fresh(findings)) == codes(fresh(said))

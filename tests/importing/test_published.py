"""Published reports as Readings: real ones, the seed's, one small source of every kind, and what is wrong with others."""

import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.support import make, variants
from tests.support.variants import Cell, Paper, Part, html, page, paper
from toolkit.checking.check import check
from toolkit.data.load import load_data
from toolkit.edition.frame import Role
from toolkit.edition.load import load_edition
from toolkit.files.office import find_office
from toolkit.files.sniff import FileKind, sniff
from toolkit.finding import Finding
from toolkit.formatters.machine import to_csv, to_json
from toolkit.importing.load import load_report
from toolkit.jobs.check import check_files
from toolkit.jobs.inputs import read_report
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import edition_of, settle
from toolkit.report.docx import render
from toolkit.report.gates import Stage
from toolkit.report.narrative import narrate
from toolkit.values import BLANK, State, number, read_typed
from toolkit.workbook.plan import META

ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared" / "reports"
PAGES, PDFS = sorted(REPORTS.glob("*.rendered.html")), sorted(REPORTS.glob("*.pdf"))
SAMPLES = sorted((ROOT / "samples" / "published").iterdir())
SEED = ROOT / "samples" / "2020-yingqian"
BROKEN = {"pingtan-2020": {"T3-02"}, "pingtan-gonganju-2021": {"T3-01"}}
real = pytest.mark.skipif(not PAGES, reason="the real reports are not here")


def _codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


# Real reports -----------------------------------------------------------------------------------------------------


def _same_as_printed(reading: Reading, printed: dict[str, Any]) -> None:
    form = edition_of(load_edition(reading.edition), reading)
    for key, cell in form.cells.items():
        table, row, *column = key.split(".", maxsplit=2)
        held = printed.get(table, {}).get(row, {})
        text = held.get(column[0]) if column and isinstance(held, dict) else None
        due = read_typed(text, cell.kind, cell.unit)[0] if text is not None else BLANK
        if key not in reading.computed:
            assert reading.value(key).number == due.number, key
            assert reading.value(key).is_blank == due.is_blank, key


@real
@pytest.mark.parametrize("path", [*PAGES, *PDFS], ids=lambda path: path.name)
def test_real_report_is_read_with_its_known_figures(path: Path) -> None:
    if path.suffix == ".pdf":
        pytest.importorskip("pdfplumber")
    report = json.loads((REPORTS / f"{path.name.split('.')[0]}.json").read_text(encoding="utf-8"))
    reading, findings = read_report(path)
    assert reading is not None
    assert (reading.edition, reading.year, reading.text("unit.name")) == (
        report["edition"],
        report["year"],
        report["unit"],
    )
    _same_as_printed(reading, report["printed"])
    assert not [finding for finding in findings if finding.severity == "error"]


@real
def test_folder_of_pages_is_checked_like_workbooks() -> None:
    outcomes, _, _ = check_files(PAGES, None)
    errors = {
        Path(outcome.file).name.split(".")[0]: {
            f.code for f in outcome.findings if f.severity == "error"
        }
        for outcome in outcomes
    }
    assert {name: codes for name, codes in errors.items() if codes} == BROKEN
    for outcome in outcomes:
        for finding in outcome.findings:
            assert finding.place.cell is None
            if finding.keys and outcome.reading and finding.keys[0] in outcome.reading.places:
                assert finding.place.spot


# The seed's report ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seed() -> Reading:
    reading, _ = load_data((SEED / "data.json").read_bytes(), "data.json")
    assert reading is not None
    return reading


def test_text_of_the_seed_is_read(seed: Reading) -> None:
    reading, findings = read_report(SEED / "source.txt")
    assert reading is not None
    assert (reading.cells, reading.narrative, reading.year, reading.edition) == (
        seed.cells,
        seed.narrative,
        seed.year,
        seed.edition,
    )
    assert _codes(findings) == {"R-53"}
    assert [
        reading.headings[0][:2],
        reading.headings[1] == reading.headings[2],
        len(reading.headings),
    ] == ["—、", True, 7]
    [outcome], _, _ = check_files([SEED / "source.txt"])
    assert [
        finding.code
        for finding in outcome.findings
        if finding.code[0] in "N" or finding.code == "R-49"
    ] == [
        "N-09",
        "N-08",
    ]
    assert reading.text("unit.name") in seed.text("unit.name")


def test_word_document_of_the_seed_is_read(seed: Reading, tmp_path: Path) -> None:
    path = tmp_path / "seed.docx"
    path.write_bytes(_word_of_text((SEED / "source.txt").read_text(encoding="utf-8")))
    reading, _ = read_report(path)
    assert reading is not None
    assert (reading.cells, reading.narrative, reading.year) == (
        seed.cells,
        seed.narrative,
        seed.year,
    )


def _word_of_text(text: str) -> bytes:
    """Paragraphs as they are; every run of lines that begin with a tab as a table without merges, as the export lost them."""
    document = docx.Document()
    rows: list[list[str]] = []
    row: list[str] = []

    def end() -> None:
        if rows:
            table = document.add_table(len(rows), max(map(len, rows)))
            for cells, given in zip(table.rows, rows, strict=True):
                for extra in list(cells._tr.tc_lst)[len(given) :]:
                    cells._tr.remove(extra)
                for cell, shown in zip(cells.cells, given, strict=False):
                    cell.text = shown
            document.add_paragraph("")
            rows.clear()

    for line in (re.sub(r"\[bookmark: [^\]]*\]", "", line) for line in text.split("\n")):
        if line.startswith("\t"):
            row.append(line[1:])
        elif row and line.strip():
            row[-1] += "\n" + line
        elif row:
            rows.append(row)
            row = []
        elif line.strip(" "):
            end()
            document.add_paragraph(line)
    end()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["2020-yingqian/source.txt", "published/report.docx"])
def test_imported_report_is_printed_with_the_same_tables(name: str, tmp_path: Path) -> None:
    first, _ = read_report(ROOT / "samples" / name)
    assert first is not None
    path = tmp_path / "again.docx"
    path.write_bytes(render(narrate(load_edition(first.edition), first), Stage.FINAL, make.CREATED))
    again, findings = read_report(path)
    assert again is not None
    assert again.cells == first.cells
    assert {
        key: [paragraph.text for paragraph in items] for key, items in again.narrative.items()
    } == {
        key: [paragraph.text for paragraph in items] for key, items in first.narrative.items()
    } | {
        key: [paragraph.text for paragraph in again.narrative[key]]
        for key in again.narrative
        if key not in first.narrative
    }
    assert not [finding for finding in findings if finding.severity == "error"]


# One small source of every kind -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_sample_of_every_kind_is_read(path: Path) -> None:
    if path.suffix == ".pdf":
        pytest.importorskip("pdfplumber")
    if path.suffix in (".doc", ".xls") and find_office() is None:
        assert _codes(read_report(path)[1]) == {"R-01"}
        pytest.skip("needs LibreOffice")
    reading, findings = read_report(path)
    usual, _ = read_report(ROOT / "samples" / "published" / "report.docx")
    assert reading is not None
    assert usual is not None
    assert {key: value.number for key, value in reading.cells.items()} == {
        key: value.number for key, value in usual.cells.items()
    }
    assert (reading.year, reading.text("unit.name"), reading.origin) == (
        2022,
        "示例镇人民政府",
        Origin.PUBLISHED,
    )
    assert not [finding for finding in findings if finding.severity == "error"]
    if "tables" not in path.name:
        assert reading.text("profile.postcode") == "000000"
        assert set(reading.narrative) == {"preamble", "overview", "problems", "other"}


# What is printed otherwise ----------------------------------------------------------------------------------------


def _report(edition: str = "2021", **figures: object) -> Paper:
    reading = make.zero(edition)
    cells = dict(reading.cells)
    for name, text in figures.items():
        key = name.replace("__", ".")
        cell = load_edition(edition).cells[key]
        cells[key] = replace(read_typed(str(text), cell.kind, cell.unit)[0], raw=str(text))
    return paper(
        replace(
            settle(load_edition(edition), replace(reading, cells=cells)), origin=Origin.PUBLISHED
        )
    )


def _read(given: Paper | bytes, kind: FileKind = FileKind.HTML) -> tuple[Reading, list[Finding]]:
    reading, findings = load_report(
        page(given) if isinstance(given, Paper) else given, kind, "a.html"
    )
    assert reading is not None, findings
    return reading, findings


def _part(given: Paper, section: int) -> Part:
    return given.sections[section][2][0]


def test_printed_text_that_says_more_than_its_figure_is_kept() -> None:
    given = _report(
        "2019",
        disclosure__licensing__change="+1",
        disclosure__procurement__amount="251000.50元",
        disclosure__normative__made="１２",
    )
    reading, findings = _read(given)
    assert reading.value("disclosure.licensing.change").raw == "+1"
    amount = reading.value("disclosure.procurement.amount")
    assert (amount.number, amount.raw, amount.unit) == (Decimal("251000.5"), "251000.50元", "元")
    assert (
        reading.value("disclosure.normative.made").number,
        reading.value("disclosure.normative.made").raw,
    ) == (12, "１２")
    assert [finding.keys for finding in findings if finding.code == "V-08"] == [
        ("disclosure.normative.made",)
    ]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_unit_of_money_in_the_table_head_is_read(edition: str) -> None:
    label = load_edition(edition).tables[0].blocks[-1].columns[-1].path[-1]
    key = list(load_edition(edition).tables[0].cells)[-1].key
    given = _report(edition, **{key.replace(".", "__"): "251000"})
    bare = label.split("（")[0]
    reading, findings = _read(
        given.map(lambda cell: replace(cell, text=f"{bare}（元）") if cell.text == label else cell)
    )
    assert [finding.keys for finding in findings if finding.code == "R-45"] == [(key,)]
    assert reading.value(key).number == (251000 if edition == "2019" else Decimal("25.1"))
    assert "R-41" not in _codes(findings)


def test_combined_row_of_the_old_form_is_read_in_a_new_report() -> None:
    given = _report("2021")
    part = _part(given, 2)
    combined = next(
        index for index, row in enumerate(part.rows) if row[0].text.startswith("（六）")
    )
    row = part.rows[combined]
    part.rows[combined : combined + 3] = [
        [replace(row[0], height=1, width=2), *(replace(cell, text="2") for cell in row[2:])]
    ]
    part.rows[5] = [
        replace(cell, height=cell.height - 2) if cell.height > 10 else cell for cell in part.rows[5]
    ]
    reading, findings = _read(given)
    assert reading.combined == {"requests.other_handling"}
    assert reading.value("requests.other_handling.natural").number == 2
    assert not [finding for finding in findings if finding.severity == "error"]


def test_old_form_used_for_a_new_year_is_reported() -> None:
    given = _report("2019")
    given.title[1] = given.title[1].replace("2020", "2022")
    reading, findings = _read(given)
    assert (reading.edition, reading.year) == ("2019", 2022)
    assert "R-08" in _codes(findings)


def test_missing_row_is_reported_and_its_cells_are_blank() -> None:
    given = _report("2021", disclosure__normative__in_force=3)
    part = _part(given, 1)
    part.rows = [row for row in part.rows if row[0].text != "规章"]
    reading, findings = _read(given)
    missing = [finding for finding in findings if finding.code == "R-43"]
    assert [finding.keys for finding in missing] == [
        tuple(f"disclosure.regulations.{name}" for name in ("issued", "repealed", "in_force"))
    ]
    assert reading.value("disclosure.normative.in_force").number == 3
    assert reading.value("disclosure.regulations.issued").state is State.BLANK


def test_blank_columns_stay_blank() -> None:
    given = _report("2021")
    part = _part(given, 2)
    for row in part.rows:
        figures = [index for index, cell in enumerate(row) if cell.role is Role.FIGURE]
        for index in figures[1:6]:
            row[index] = replace(row[index], text="")
    reading, findings = _read(given)
    assert reading.value("requests.received.legal").state is State.BLANK
    assert reading.value("requests.received.total").number == 0
    assert not [finding for finding in findings if finding.severity == "error"]


def test_text_in_a_cell_and_a_differing_total_are_kept() -> None:
    reading, _ = _read(
        _report("2021", requests__received__legal="见附件", requests__received__total="9")
    )
    assert reading.value("requests.received.legal").state is State.UNREADABLE
    assert reading.value("requests.received.total").number == 9
    assert reading.computed == frozenset()


def test_unknown_row_is_lost_with_its_text() -> None:
    given = _report("2021")
    part = _part(given, 2)
    part.rows.append(
        [Cell("其中：网上申请", width=3), *(Cell("5", role=Role.FIGURE) for _ in range(7))]
    )
    _, findings = _read(given)
    lost = [finding for finding in findings if finding.code == "R-42"]
    assert [(finding.severity, re.findall(r"\d+", finding.place.spot)) for finding in lost] == [
        ("error", ["2", str(len(part.rows)), "4"])
    ]


def test_same_table_twice_with_another_figure_is_reported() -> None:
    given = _report("2021")
    again = Part([[replace(cell) for cell in row] for row in _part(given, 2).rows])
    again.rows[3][1] = replace(again.rows[3][1], text="4")
    given.sections[2][2].append(again)
    reading, findings = _read(given)
    assert [finding.keys for finding in findings if finding.code == "R-44"] == [
        ("requests.received.natural",)
    ]
    assert reading.value("requests.received.natural").number == 0


def test_other_table_is_reported_and_not_read() -> None:
    given = _report("2021")
    given.sections[1][2].insert(
        0, Part([[Cell("渠道"), Cell("条数")], [Cell("门户网站"), Cell("120")]])
    )
    reading, findings = _read(given)
    assert [finding.code for finding in findings if finding.code in ("R-42", "R-47")] == ["R-47"]
    assert reading.value("disclosure.regulations.issued").number == 0


@pytest.mark.parametrize("gone", [1, 2, 3])
def test_incomplete_report_is_refused(gone: int) -> None:
    given = _report("2021")
    given.sections[gone][2].clear()
    reading, findings = load_report(page(given), FileKind.HTML, "a.html")
    assert reading is None
    there = [
        table.title
        for number, table in enumerate(load_edition("2021").tables, start=1)
        if table.declared.official and number != gone
    ]
    assert [(one.code, one.severity, one.found) for one in findings] == [
        ("R-69", "error", "、".join(there))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><p>通知公告</p></body></html>",
        "<table><tr><td>1</td><td>2</td></tr></table>",
        "<p>" * 5000,
    ],
)
def test_page_without_a_report_is_refused(text: str) -> None:
    reading, findings = load_report(text.encode(), FileKind.HTML, "a.html")
    assert reading is None
    assert _codes(findings) <= {"R-40", "R-01"}


def test_report_without_a_year_is_refused() -> None:
    given = _report("2021")
    given.title[1] = "政府信息公开工作年度报告"
    reading, findings = load_report(page(given), FileKind.HTML, "a.html")
    assert reading is None
    assert "R-07" in _codes(findings)


# Narrative --------------------------------------------------------------------------------------------------------


def _with_headings(*headings: str) -> tuple[Reading, list[Finding]]:
    given = _report("2021")
    given.sections = [
        (new, prose, parts) for new, (_, prose, parts) in zip(headings, given.sections, strict=True)
    ]
    return _read(given)


@pytest.mark.parametrize(
    ("headings", "codes"),
    [
        (("—、总体情况", "二.主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政法复议、行政诉讼情况", "五、存在问题及改进措施", "六、其它需要报告的事项"), {"R-49"}),
        (("一总体情况", "二　主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议,行政诉讼情况", "五、存在的主要问题及改进情况：", "六、其他需要报告的事项"), {"R-49"}),
        (("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项"), {"R-49"}),
    ],
    ids=["variants", "marks", "numbers of their own"],
)  # fmt: skip
def test_headings_are_recognised(headings: tuple[str, ...], codes: set[str]) -> None:
    reading, findings = _with_headings(*headings)
    assert {
        finding.code
        for finding in findings
        if finding.code.startswith("R-4") or finding.code in ("R-50", "R-52")
    } == codes
    assert {
        key: [paragraph.text for paragraph in items]
        for key, items in reading.narrative.items()
        if key != "preamble"
    } == variants.PROSE


def _otherwise(*marks: str) -> tuple[str, ...]:
    """The headings of the form under other numbers; an empty one leaves a heading as it is."""
    bare = [section.heading for section in load_edition("2021").sections if section.printed]
    return tuple(
        mark + heading.split("、", 1)[1] if mark else heading
        for mark, heading in zip(marks, bare, strict=True)
    )


@pytest.mark.parametrize(
    "marks",
    [
        ("1、", "2、", "3、", "4、", "5、", "6、"),
        ("１．", "２．", "３．", "４．", "５．", "６．"),
        ("（一）", "(二)", "（三）", "（四）", "（五）", "（六）"),
        ("第一部分 ", "第二部分　", "第3部分", "第四部分：", "第五部分", "第六部分"),
        ("1、", "", "", "", "", ""),
        ("第一部分 ", "第二部分 ", "", "", "第五部分 ", "第六部分 "),
    ],
)
def test_headings_with_other_numbers_are_recognised(marks: tuple[str, ...]) -> None:
    reading, findings = _with_headings(*_otherwise(*marks))
    assert {
        finding.code
        for finding in findings
        if finding.code.startswith("R-4") or finding.code in ("R-50", "R-52")
    } == {"R-49"}
    assert {
        key: [paragraph.text for paragraph in items]
        for key, items in reading.narrative.items()
        if key != "preamble"
    } == variants.PROSE
    assert not {"N-08", "N-09"} & {finding.code for finding in check([reading])[0]}


def test_heading_with_another_number_printed_twice_is_recognised() -> None:
    given = _report("2021")
    headings = _otherwise("1、", "2、", "3、", "4、", "5、", "6、")
    given.sections = [
        (new, prose, parts) for new, (_, prose, parts) in zip(headings, given.sections, strict=True)
    ]
    given.sections.insert(1, (headings[1], [], []))
    reading, _ = _read(given)
    assert {
        key: [paragraph.text for paragraph in items]
        for key, items in reading.narrative.items()
        if key != "preamble"
    } == variants.PROSE
    assert [
        finding.code for finding in check([reading])[0] if finding.code in ("N-08", "N-09")
    ] == ["N-08"]


def test_part_named_like_another_section_stays_in_its_section() -> None:
    given = _report("2021")
    part = "（二）主动公开政府信息情况"
    given.sections[0] = (given.sections[0][0], ["（一）总体情况", "开头。", part, "公开了。"], [])
    reading, findings = _read(given)
    assert [(paragraph.heading, paragraph.text) for paragraph in reading.narrative["overview"]] == [
        ("（一）总体情况", "开头。"),
        (part, "公开了。"),
    ]
    assert not _codes(findings) & {"R-49", "R-50", "R-52"}


def test_prose_without_headings_is_reported() -> None:
    given = _report("2021")
    given.sections = [("", prose, parts) for _, prose, parts in given.sections]
    assert [finding.severity for finding in _read(given)[1] if finding.code == "R-52"] == [
        "info"
    ]  # hardly any prose
    given.sections[0] = ("", ["我镇今年公开了政府信息，并且回应了群众的关切。"] * 3, [])
    assert [finding.severity for finding in _read(given)[1] if finding.code == "R-52"] == [
        "warning"
    ]


def test_sections_in_another_order_and_an_extra_one_are_read() -> None:
    given = _report("2021")
    given.sections[4], given.sections[5] = given.sections[5], given.sections[4]
    given.sections[4] = ("五、信息处理费收取情况", ["未收取。"], [])
    given.sections[5] = ("六、存在的主要问题及改进措施", ["问题。"], [])
    reading, findings = _read(given)
    assert [(paragraph.heading, paragraph.text) for paragraph in reading.narrative["other"]] == [
        ("五、信息处理费收取情况", "未收取。")
    ]
    assert [paragraph.text for paragraph in reading.narrative["problems"]] == ["问题。"]
    assert {"R-48", "R-49", "R-52"} <= _codes(findings)
    assert [heading[:2] for heading in reading.headings] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
        "六、",
    ]


def test_section_under_two_headings_and_heading_with_text_are_read() -> None:
    """A heading printed twice is told once, by the check of headings; the text of both is kept."""
    given = _report("2021")
    given.sections.insert(5, ("五、存在的主要问题及改进情况", ["又及。"], []))
    given.sections[6] = ("六、其他需要报告的事项：无。", [], [])
    reading, findings = _read(given)
    assert not _codes(findings) & {"R-49", "R-50"}
    assert reading.headings[4:] == (
        given.sections[4][0],
        given.sections[4][0],
        "六、其他需要报告的事项",
    )
    assert [paragraph.text for paragraph in reading.narrative["problems"]][-1] == "又及。"
    assert [
        finding.code for finding in check([reading])[0] if finding.code in ("N-08", "N-09")
    ] == ["N-08"]


def test_sub_headings_and_paragraphs_are_read_unchanged() -> None:
    given = _report("2021")
    prose = [
        "（一）主动公开",
        "\u3000\u3000第一段，有 空格。",
        "第二段<b>&amp;。",
        "（二）依申请公开。全年3件。",
        "监督保障",
        "第三段。",
    ]
    given.sections[0] = (given.sections[0][0], prose, [])
    reading, _ = _read(given)
    assert [(paragraph.heading, paragraph.text) for paragraph in reading.narrative["overview"]] == [
        ("（一）主动公开", "\u3000\u3000第一段，有 空格。"), ("", "第二段<b>&amp;。"), ("", "（二）依申请公开。全年3件。"), ("监督保障", "第三段。"),
    ]  # fmt: skip


def test_text_around_the_article_is_skipped() -> None:
    reading, findings = _read(variants.whole_page(_report("2021")))
    text = json.dumps(
        [paragraph.text for items in reading.narrative.values() for paragraph in items],
        ensure_ascii=False,
    )
    assert not [word for word in ("首页", "打印", "主办", "浏览", "搜索") if word in text]
    assert [finding.code for finding in findings if finding.code in ("R-55", "R-57")] == [
        "R-55",
        "R-57",
    ]


@pytest.mark.parametrize(
    ("title", "unit", "year"),
    [
        (["示例县某某局2022年政府信息公开工作年度报告"], "示例县某某局", 2022),
        (["示例县某某局", "2022年度政府信息公开年报"], "示例县某某局", 2022),
        (
            ["示例县某某局", "政府信息公开工作", "二〇二二年政府信息公开工作年度报告"],
            "示例县某某局",
            2022,
        ),
        (["2022年示例镇人民政府信息公开工作年度报告"], "示例镇人民政府", 2022),
        (["示例县某某局２０２２年政府信息公开工作年度报告"], "示例县某某局", 2022),
        (["示例镇人民政府政府信息公开工作年度报告（2022年）"], "示例镇人民政府", 2022),
        (["示例镇人民政府政府信息公开工作年度报告", "（2022年度）"], "示例镇人民政府", 2022),
        (["示例镇人民政府", "政府信息公开工作年度报告", "(２０２２年)"], "示例镇人民政府", 2022),
        (["示例县某某局 2 0 2 2 年 政府信息公开工作报告"], "示例县某某局", 2022),
    ],
)
def test_unit_and_year_are_read_from_the_title(title: list[str], unit: str, year: int) -> None:
    given = _report("2021")
    given.title = title
    reading, _ = _read(given)
    assert (reading.text("unit.name"), reading.year) == (unit, year)


@pytest.mark.parametrize(
    "line", ["填报单位：示例县某某局", "填报单位（盖章）：示例县某某局　　　　单位：件"]
)
def test_unit_is_read_from_the_line_above_a_form(line: str) -> None:
    given = _report("2021")
    given.title, given.preamble = ["2022年政府信息公开工作年度报告统计表", line], []
    reading, findings = _read(given)
    assert (reading.text("unit.name"), reading.year) == ("示例县某某局", 2022)
    assert "R-09" not in _codes(findings)


# Workbooks of others ----------------------------------------------------------------------------------------------


def test_checks_and_remarks_beside_a_table_are_reported_and_harmless() -> None:
    book = openpyxl.load_workbook(
        BytesIO(variants.sheets(_report("2021", requests__received__natural=3)))
    )
    sheet = book.active
    for row in range(1, sheet.max_row + 1):
        if isinstance(sheet.cell(row, 12).value, int):
            sheet.cell(row, 20).value = "=SUM(A1:B1)"
            sheet.cell(row, 21).value = "已核"
    out = BytesIO()
    book.save(out)
    reading, findings = _read(out.getvalue(), FileKind.XLSX)
    assert reading.value("requests.received.natural").number == 3
    assert [finding.code for finding in findings if finding.code in ("R-42", "R-54")] == ["R-54"]
    assert not [finding for finding in findings if finding.severity == "error"]
    assert (
        reading.places["requests.received.natural"].sheet,
        reading.places["requests.received.natural"].spot,
    ) == ("附表", "")


def test_formula_without_a_result_is_not_read_as_blank() -> None:
    book = openpyxl.load_workbook(BytesIO(variants.sheets(_report("2021"))))
    cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == 0)
    cell.value = "=1+2"
    out = BytesIO()
    book.save(out)
    reading, _ = _read(out.getvalue(), FileKind.XLSX)
    assert [value.raw for value in reading.cells.values() if value.state is State.UNREADABLE] == [
        "=1+2"
    ]


def test_our_workbook_without_its_mark_is_not_read_as_a_published_report(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(SEED / "book.xlsx")
    del book[META]
    book.save(tmp_path / "book.xlsx")
    _, findings = read_report(tmp_path / "book.xlsx")
    assert "R-59" not in _codes(findings)


PHONE = "13812345678"


def test_finding_about_skipped_text_shows_no_personal_number(
    tmp_path: Path,
) -> None:
    """Wherever a report can have it: in an own section, another table, an unknown row, a cell, behind the end; and in data files."""
    given = _report("2021", requests__received__natural=f"见{PHONE}")
    given.sections[1][2].insert(
        0, Part([[Cell("姓名"), Cell("手机")], [Cell("某某"), Cell(PHONE)]])
    )
    _part(given, 2).rows.append(
        [Cell(f"其中：{PHONE}", width=3), *(Cell(PHONE, role=Role.FIGURE) for _ in range(7))]
    )
    given.sections[5] = (f"六、咨询{PHONE}", [f"公开专线{PHONE}。"], [])
    (tmp_path / "a.html").write_bytes(page(given) + f"<p>打印本页，{PHONE}</p>".encode())
    data = json.loads((SEED / "data.json").read_text(encoding="utf-8"))
    data["profile"] = {**data.get("profile", {}), "period": {"start": "长" * 34 + PHONE}}
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    outcomes, _, _ = check_files([tmp_path / "a.html", tmp_path / "a.json"])
    assert {"R-42", "R-47", "R-48", "R-57", "R-11", "V-02", "N-12"} <= {
        finding.code for outcome in outcomes for finding in outcome.findings
    }
    shown = to_json(outcomes) + to_csv(outcomes)
    assert PHONE not in shown
    assert PHONE[:6] not in shown
    assert "*******5678" in shown


# Word documents ---------------------------------------------------------------------------------------------------


def _edited(data: bytes, *changes: tuple[str, str]) -> bytes:
    """A document with texts of its main part replaced."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                text = content.decode("utf-8")
                for old, new in changes:
                    assert old in text
                    text = text.replace(old, new)
                content = text.encode("utf-8")
            target.writestr(name, content)
    return out.getvalue()


def test_report_inside_a_table_is_read() -> None:
    """Tables in a cell of a table that only lays out the page."""
    data = variants.word(_report("2021", requests__received__natural=3))
    data = _edited(
        data,
        ("<w:body>", "<w:body><w:tbl><w:tr><w:tc>"),
        ("<w:sectPr", "<w:p/></w:tc></w:tr></w:tbl><w:sectPr"),
    )
    reading, findings = _read(data, FileKind.DOCX)
    assert reading.value("requests.received.natural").number == 3
    assert set(reading.narrative) == {"preamble", "overview", "problems", "other"}
    assert not [finding for finding in findings if finding.severity == "error"]


def test_tracked_changes_are_read_as_accepted() -> None:
    data = variants.word(_report("2021"))
    old = "<w:r><w:t>无</w:t></w:r>"
    gone = "<w:del><w:r><w:delText>无</w:delText></w:r></w:del><w:ins><w:r><w:t>没有</w:t><w:tab/><w:t>其他事项。</w:t></w:r></w:ins>"
    reading, _ = _read(_edited(data, (old, gone)), FileKind.DOCX)
    assert [paragraph.text for paragraph in reading.narrative["other"]] == ["没有\t其他事项。"]


_BOX = "<w:p><w:r><w:t>第{0}层</w:t></w:r><w:r><w:pict><w:txbxContent>{1}</w:txbxContent></w:pict></w:r></w:p>"


def test_text_boxes_inside_text_boxes_are_read_once() -> None:
    """Thirty levels, which would take days if a box were read again for every box around it."""
    inner = "<w:p/>"
    for level in reversed(range(30)):
        inner = _BOX.format(level, inner)
    start = "<w:p><w:r><w:t>无</w:t></w:r></w:p>"
    reading, _ = _read(
        _edited(variants.word(_report("2021")), (start, start + inner)), FileKind.DOCX
    )
    assert [paragraph.text for paragraph in reading.narrative["other"]] == [
        "无",
        *(f"第{level}层" for level in range(30)),
    ]


# Safety -----------------------------------------------------------------------------------------------------------


def test_hostile_files_are_refused_with_a_sentence(tmp_path: Path) -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<w:document>" + b" " * (100 * 1024 * 1024))
    dtd = BytesIO()
    with zipfile.ZipFile(dtd, "w") as package:
        package.writestr(
            "word/document.xml",
            '<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="w"><w:body/></w:document>',
        )
    deep = b"<div>" * 50_000 + b"<table>" * 3000
    wide = (
        b"<table>"
        + b'<tr><td colspan="99999999" rowspan="99999999">1</td></tr>' * 200
        + b"</table>"
    )
    files = {
        "bomb.docx": bomb.getvalue(),
        "dtd.docx": dtd.getvalue(),
        "deep.html": b"<html>" + deep,
        "wide.html": b"<html>" + wide,
        "a.pdf": b"%PDF-1.4 rubbish",
    }
    for name, data in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        reading, findings = read_report(path)
        assert reading is None, name
        assert _codes(findings) <= {"R-01", "R-40", "R-60"}, name


@pytest.mark.parametrize(
    "charset", ["undefined", "no-such-charset", "base64", "utf-8", "punycode", "raw_unicode_escape"]
)
def test_page_with_a_wrong_encoding_is_read(charset: str) -> None:
    given = page(_report("2021", requests__received__natural=3)).decode("utf-8")
    data = f'<meta charset="{charset}">{given}'.encode("gb18030")
    reading, _ = _read(data)
    assert (reading.value("requests.received.natural").number, reading.text("unit.name")) == (
        3,
        "甲镇人民政府",
    )


def test_every_kind_is_recognised_by_its_bytes() -> None:
    given = _report("2021")
    kinds = {save.__name__: sniff(save(given), "x") for save in variants.FILES}
    assert kinds["mht"] is FileKind.MHT
    assert kinds["word"] is FileKind.DOCX
    assert {
        kinds[name] for name in ("page", "upper_case", "word_paste", "whole_page", "gbk_page")
    } == {FileKind.HTML}
    assert {kinds[name] for name in ("exported_text", "pasted_text")} == {FileKind.TEXT}


def test_piece_of_a_page_is_recognised_by_any_beginning() -> None:
    body = "第一行文字\n" + html(_report("2021"))
    reading, _ = load_report(body.encode(), FileKind.TEXT, "piece.txt")
    assert reading is not None
    assert reading.value("requests.received.total").number == number(0).number

"""Printed pages: heads and feet are left out, lines become the paragraphs they were, and whoever takes the prose over is told."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.support import make
from toolkit.commands.main import run
from toolkit.documents.document import Grid, GridCell, Line
from toolkit.documents.paged import Page, PrintedRow, remove_running
from toolkit.documents.paragraphs import join_paragraphs
from toolkit.edition.labels import normalise
from toolkit.edition.load import load_edition
from toolkit.files.office import find_office
from toolkit.jobs.against import against
from toolkit.jobs.inputs import read_report
from toolkit.record.reading import Paragraph, Reading
from toolkit.report.docx import render
from toolkit.report.gates import Stage
from toolkit.report.narrative import narrate
from toolkit.report.pdf import to_pdf
from toolkit.report.styles import BODY, HEADING_1, HEADING_2

LEFT, RIGHT, SIZE, LEADING, HEIGHT = 80.0, 528.0, 16.0, 28.0, 842.0
FULL = "本镇坚持以公开为常态不公开为例外围绕中心服务大局推进"  # a line of 28 characters less the two of an indent
TABLE = Grid((GridCell("规章", 0, 0),))


def _row(
    text: str, line: int, page: int = 0, indent: float = 0.0, size: float = SIZE
) -> PrintedRow:
    left = LEFT + indent * SIZE
    width = sum(0.5 if char.isascii() else 1.0 for char in text) * size
    top = 100 + line * LEADING
    return PrintedRow(text, left, left + width, top, top + size, page)


def _head(text: str, page: int, top: float = 57.0) -> PrintedRow:
    return PrintedRow(text, 273, 321, top, top + SIZE, page)


def _foot(page: int) -> PrintedRow:
    return PrintedRow(f"— {page + 1} —", 470, 504, 770, 784, page)


def _pages(*rows: PrintedRow) -> list[Page]:
    number = max(row.page for row in rows) + 1
    ordered = sorted(rows, key=lambda row: row.top)
    return [
        Page(HEIGHT, tuple(row for row in ordered if row.page == page)) for page in range(number)
    ]


def _texts(items: list[PrintedRow | Grid]) -> list[str]:
    return [item.text for item in items if isinstance(item, PrintedRow)]


def _joined(*items: PrintedRow | Grid) -> list[str]:
    return [block.text for block in join_paragraphs(items) if isinstance(block, Line)]


# Heads and feet ---------------------------------------------------------------------------------------------------


def test_heads_feet_and_page_numbers_are_dropped_and_reported_once() -> None:
    rows = [
        _row(f"第{'一二三'[page]}页的文字", line, page) for page in range(3) for line in range(3)
    ]
    heads = [_head(f"示例镇2022年年报 第{page}页", page) for page in range(3)]
    items, words = remove_running(_pages(*rows, *heads, *(_foot(page) for page in range(3))))
    assert _texts(items) == [row.text for row in rows]
    assert words == [heads[0].text]


def test_dropped_page_numbers_alone_are_not_reported() -> None:
    items, words = remove_running(_pages(_row("甲", 0, 0), _row("乙", 0, 1), _foot(0), _foot(1)))
    assert (_texts(items), words) == (["甲", "乙"], [])


def test_single_page_keeps_everything() -> None:
    items, words = remove_running(_pages(_head("送审稿", 0), _row("文字", 0)))
    assert (_texts(items), words) == (["送审稿", "文字"], [])


def test_title_is_kept_and_its_repetitions_on_later_pages_dropped() -> None:
    title = "甲镇2022年政府信息公开工作年度报告"
    rows = [
        _row(title, 0, 0, 4, size=22.0),
        *(_row(f"{'甲乙丙'[page]}文字", 3, page) for page in range(3)),
    ]
    items, words = remove_running(_pages(*rows, *(_head(title, page) for page in (1, 2))))
    assert _texts(items) == [row.text for row in rows]
    assert words == [title]


def test_signature_at_the_top_of_a_page_is_kept() -> None:
    rows = [
        _row("甲镇人民政府", 0, 0, 9, size=22.0),
        _row("文字", 1),
        _row("甲镇人民政府", 0, 1, 18),
        _row("2023年1月9日", 1, 1, 19),
    ]
    items, words = remove_running(_pages(*rows))
    assert (_texts(items), words) == ([row.text for row in rows], [])


def test_heads_that_differ_on_even_pages_are_dropped() -> None:
    rows = [_row(f"{'甲乙丙'[page]}文字", 0, page) for page in range(3)]
    items, _ = remove_running(
        _pages(*rows, _head("送审稿", 0), _head("示例县文件", 1), _head("送审稿", 2))
    )
    assert _texts(items) == [row.text for row in rows]


# Paragraphs -------------------------------------------------------------------------------------------------------


def test_indented_line_begins_a_paragraph() -> None:
    address = "http://www.example.gov.cn/zwgk/xxgk/2022/t20230109_1.htm"
    rows = [
        _row(FULL, 0, indent=2), _row("见：", 1), _row(address, 2), _row("。共123件。", 3),
        _row(FULL[:-1] + "。", 4, indent=2), _row(FULL + "完毕", 5), _row("短。", 6), _row("又一段。", 7, indent=2), _row("又一段。", 8, indent=2),
    ]  # fmt: skip
    assert _joined(*rows) == [
        f"{FULL}见：{address}。共123件。",
        f"{FULL[:-1]}。{FULL}完毕短。",
        "又一段。",
        "又一段。",
    ]


def test_paragraph_continues_on_the_next_page() -> None:
    rows = [
        _row(FULL, 0, indent=2),
        _row(FULL + "公开", 1),
        _row("结束。", 0, 1),
        _row("又一段。", 1, 1, indent=2),
        _row("三。", 2, 1, indent=2),
    ]
    assert _joined(*rows) == [f"{FULL}{FULL}公开结束。", "又一段。", "三。"]


def test_short_line_ends_a_paragraph_without_indents_unless_a_long_word_follows() -> None:
    address = "http://www.example.gov.cn/zwgk/xxgk/2022/t20230109_1.htm"
    rows = [
        _row(FULL + "公开", 0),
        _row("短。", 1),
        _row(FULL[:20] + "，", 2),
        _row(address, 3),
        _row("监督保障", 4),
        _row(FULL + "公开", 5),
    ]
    assert _joined(*rows) == [f"{FULL}公开短。", f"{FULL[:20]}，{address}监督保障", f"{FULL}公开"]


def test_gaps_tables_headings_and_sizes_end_a_paragraph() -> None:
    rows = [_row(FULL + "公开", line) for line in range(4)]
    assert len(_joined(*rows)) == 1
    assert (
        len(
            _joined(
                *rows[:2],
                *(replace(row, top=row.top + 14, bottom=row.bottom + 14) for row in rows[2:]),
            )
        )
        == 2
    )
    assert len(_joined(*rows[:2], TABLE, *rows[2:])) == 2
    assert len(_joined(*rows[:2], _row("一、总体情况", 2), rows[3])) == 3
    assert len(_joined(*rows[:3], replace(rows[3], top=rows[3].top - 6))) == 2


def test_alternating_margins_are_no_indent() -> None:
    texts = ["", FULL + "公开", "短。", ""]
    rows = [
        replace(_row(text or FULL, line, page, 0 if text else 2), page=page)
        for page in (0, 1)
        for line, text in enumerate(texts)
    ]
    moved = [
        replace(row, left=row.left - 45, right=row.right - 45) if row.page else row for row in rows
    ]
    assert _joined(*moved) == _joined(*rows)
    assert len(_joined(*rows)) == 4


def test_title_in_two_lines_is_joined() -> None:
    rows = [
        _row("甲镇人民政府2022年政府信息公开工作年度", 0, indent=1, size=22.0),
        _row("报告", 1, indent=12, size=22.0),
    ]
    prose = [_row(FULL, 3, indent=2), _row("短。", 4), _row("又一段。", 5, indent=2)]
    assert _joined(*rows, *prose) == [rows[0].text + "报告", FULL + "短。", "又一段。"]


# Printed by LibreOffice -------------------------------------------------------------------------------------------


def _left(word: Word) -> None:
    for name in (BODY, HEADING_1, HEADING_2):
        word.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _with_heads(word: Word) -> None:
    section = word.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].text = "".join(paragraph.text for paragraph in word.paragraphs[:2])


def _report(edition: str) -> Reading:
    """Addresses, long numbers, sub-headings, paragraphs longer than a page."""
    address = "http://www.example.gov.cn/zwgk/xxgk/2022/t20230109_123456.htm"
    long = "".join(
        f"第{number}项公开{number * 7919}件，网址{address}，其余按规定办理；"
        for number in range(1, 13)
    )
    prose = {
        "preamble": (Paragraph("", f"本报告可在{address}下载，联系电话0591-{12345678}。"),),
        "overview": (
            Paragraph("主动公开", long[:-1] + "。"),
            Paragraph("", FULL + "。"),
            Paragraph("依申请公开", FULL * 5 + "。"),
        ),
        "problems": (
            Paragraph("", FULL * 30 + "。"),
            Paragraph("", "短。"),
            Paragraph("", FULL + "："),
        ),
    }
    return replace(make.zero(edition), narrative=prose)


def _printed(reading: Reading, path: Path, change: Callable[[Word], None] | None = None) -> None:
    word = docx.Document(
        BytesIO(
            render(narrate(load_edition(reading.edition), reading), Stage.APPROVAL, make.CREATED)
        )
    )
    if change is not None:
        change(word)
    out = BytesIO()
    word.save(out)
    path.with_suffix(".docx").write_bytes(out.getvalue())
    data, _ = to_pdf(out.getvalue())
    assert data is not None
    path.write_bytes(data)


def _paragraphs(reading: Reading) -> list[tuple[str, str, str]]:
    return [
        (key, normalise(paragraph.heading), normalise(paragraph.text))
        for key, items in reading.narrative.items()
        for paragraph in items
    ]


@pytest.mark.office
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("change", [_left, _with_heads], ids=lambda change: change.__name__)
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_printed_report_is_read_with_its_paragraphs(
    edition: str, change: Callable[[Word], None], tmp_path: Path
) -> None:
    pytest.importorskip("pdfplumber")
    book = _report(edition)
    path = tmp_path / "report.pdf"
    _printed(book, path, change)
    reading, findings = read_report(path)
    usual, _ = read_report(path.with_suffix(".docx"))
    assert reading is not None
    assert usual is not None
    assert _paragraphs(reading) == _paragraphs(usual)
    assert [finding.code for finding in against(reading, book)] == ["V-23"]
    assert {"R-62", "R-67"} <= {finding.code for finding in findings}
    assert reading.text("unit.name") == "甲镇人民政府"


@pytest.mark.office
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_taking_or_comparing_prose_of_a_pdf_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pdfplumber")
    monkeypatch.chdir(tmp_path)
    book = _report("2021")
    Path("book.xlsx").write_bytes(make.book(book))
    _printed(book, Path("final.pdf"), _left)
    assert run(["import", "final.pdf", "--into", "book.xlsx", "-o", "new.xlsx"]) == 0
    assert {"R-62", "R-67"} <= set(re.findall(r"\[([A-Z]\d?-\d\d)\]", capsys.readouterr().err))
    run(["check", "final.pdf", "--against", "book.xlsx"])
    said = set(re.findall(r"\[([A-Z]\d?-\d\d)\]", capsys.readouterr().out))
    assert {"R-62", "R-67", "V-23"} <= said
    assert not said & {"V-20", "V-21", "V-22"}

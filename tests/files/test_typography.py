"""Figures and prose with parts that are raised, struck out or not shown."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.importing.test_published import _codes, _edited, _read, _report
from tests.support import make, variants
from toolkit.files.sniff import FileKind
from toolkit.finding import Finding
from toolkit.reading.read import read
from toolkit.record.reading import Reading
from toolkit.values import State

KEY = "requests.received.natural"
FIGURE = 10690


def _page(cell: str, prose: str = "无") -> tuple[Reading, list[Finding]]:
    """A report with a cell and a paragraph as given."""
    text = variants.html(_report("2021", requests__received__natural=FIGURE))
    assert text.count(f"<p>{FIGURE}</p>") == 1
    return _read(
        text.replace(f"<p>{FIGURE}</p>", cell).replace("<p>无</p>", f"<p>{prose}</p>").encode()
    )


def _told(findings: list[Finding]) -> list[tuple[str, str, tuple[str, ...], bool]]:
    return [
        (finding.code, finding.severity.value, finding.keys, bool(finding.place.in_words))
        for finding in findings
        if finding.code in ("R-64", "R-65")
    ]


LEFT_OUT = [("R-64", "warning", (KEY,), True)]


@pytest.mark.parametrize(
    "cell",
    [
        "<p>10690<sup>1</sup></p>",
        "<p>10690<sub>1</sub></p>",
        '<p>10690<span style="vertical-align: super">1</span></p>',
        '<p>10690<a class="MsoFootnoteReference" href="#_ftn1">1</a></p>',
        "<s>9</s>10690",
        "<del>9</del>10690",
        "10690<strike>9</strike>",
        '10690<span style="TEXT-DECORATION: underline line-through">9</span>',
        '10690<span style="display:none">9</span>',
        '<p>10690</p><p style="display : none !important">9</p>',
        '10690<span style="visibility:hidden">9</span>',
        '10690<span style="display:none;mso-hide:all">9</span>',
        '10690<span style="mso-hide:all">9</span>',
        '10690<span style="font-size:0pt"><b>9</b></span>',
        "10690<span hidden>9</span>",
        "<sup>注</sup>10690",
        "<p>10690</p><p><s>9</s></p>",
    ],
)
def test_raised_struck_or_hidden_text_in_a_page_is_no_part_of_the_figure(cell: str) -> None:
    reading, findings = _page(cell)
    assert reading.value(KEY).number == FIGURE
    assert _told(findings) == LEFT_OUT


@pytest.mark.parametrize(
    "cell",
    [
        '<span style="vertical-align:baseline;font-size:10px">10690</span>',
        '<span style="font-size:0"><span style="font-size:14px">10690</span></span>',
        '<span style="visibility:hidden"><b style="visibility:visible">10690</b></span>',
        '<span style="text-decoration:underline">10690</span><sup> </sup>',
    ],
)
def test_plainly_shown_text_gets_no_finding(cell: str) -> None:
    reading, findings = _page(cell)
    assert reading.value(KEY).number == FIGURE
    assert _told(findings) == []


def test_cell_with_only_struck_text_is_blank() -> None:
    reading, findings = _page("<s>10690</s>")
    assert reading.value(KEY).state is State.BLANK
    assert _told(findings) == LEFT_OUT


def test_figure_that_is_all_raised_is_read_and_reported() -> None:
    reading, findings = _page("<sup>10690</sup>")
    assert reading.value(KEY).number == FIGURE
    assert _told(findings) == [("R-65", "warning", (KEY,), True)]


def test_hidden_cell_or_row_is_skipped() -> None:
    text = variants.html(_report("2021", requests__received__natural=FIGURE))
    cell = f"<td><p>{FIGURE}</p></td>"
    row = '<tr style="display:none"><td>本年新收政府信息公开申请数量</td><td>5</td></tr>'
    reading, findings = _read(
        text.replace(cell, f'<td style="display:none">8</td>{cell}')
        .replace("<tr>", f"{row}<tr>")
        .encode()
    )
    assert reading.value(KEY).number == FIGURE
    assert not [finding for finding in findings if finding.severity == "error"]


def test_label_with_a_raised_mark_is_recognised() -> None:
    text = variants.html(_report("2021", requests__received__natural=FIGURE)).replace(
        "总计</p>", "总计<sup>①</sup></p>"
    )
    reading, findings = _read(text.encode())
    assert reading.value(KEY).number == FIGURE
    assert not _codes(findings) & {"R-41", "R-42", "R-43"}


def test_prose_keeps_raised_text_and_drops_struck_or_hidden_text() -> None:
    reading, findings = _page(
        f"<p>{FIGURE}</p>", '面积20m<sup>2</sup><s>旧</s>。<span style="display:none">藏</span>完'
    )
    assert [paragraph.text for paragraph in reading.narrative["other"]] == ["面积20m2。完"]
    assert [finding.severity for finding in findings if finding.code == "R-66"] == ["info"]


def test_hidden_second_copy_of_a_report_is_skipped() -> None:
    text = variants.html(_report("2021", requests__received__natural=3))
    hidden = variants.html(_report("2021", requests__received__natural=4)).replace("样例", "另一")
    plain, _ = _read(text.encode())
    for page in (
        f'<div style="display:none">{hidden}</div>{text}',
        f'{text}<div style="display:none">{hidden}</div>',
    ):
        reading, findings = _read(page.encode())
        assert reading.narrative == plain.narrative
        assert reading.value(KEY).number == 3
        assert "R-44" not in _codes(findings)


def test_report_shown_only_by_scripts_is_read() -> None:
    text = variants.html(_report("2021", requests__received__natural=3))
    reading, _ = _read(f'<div id="zoom" style="display:none">{text}</div>'.encode())
    assert reading.value(KEY).number == 3
    assert set(reading.narrative) == {"preamble", "overview", "problems", "other"}


# Word documents ---------------------------------------------------------------------------------------------------

RUN = f"<w:r><w:t>{FIGURE}</w:t></w:r>"


def _word(runs: str, styles: str = "") -> tuple[Reading, list[Finding]]:
    data = _edited(variants.word(_report("2021", requests__received__natural=FIGURE)), (RUN, runs))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as target:
        for name in package.namelist():
            body = package.read(name)
            target.writestr(
                name,
                body.replace(b"</w:styles>", f"{styles}</w:styles>".encode())
                if name == "word/styles.xml"
                else body,
            )
    return _read(out.getvalue(), FileKind.DOCX)


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vertAlign w:val="superscript"/>',
        '<w:vertAlign w:val="subscript"/>',
        "<w:strike/>",
        '<w:dstrike w:val="1"/>',
        "<w:vanish/>",
        '<w:rStyle w:val="MarkOfNote"/>',
    ],
)
def test_raised_struck_or_hidden_text_in_a_document_is_no_part_of_the_figure(
    properties: str,
) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Above"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="MarkOfNote"><w:basedOn w:val="Above"/></w:style>'
    )
    reading, findings = _word(f"{RUN}<w:r><w:rPr>{properties}</w:rPr><w:t>1</w:t></w:r>", styles)
    assert reading.value(KEY).number == FIGURE
    assert _told(findings) == LEFT_OUT


@pytest.mark.parametrize(
    "properties",
    ['<w:strike w:val="0"/>', '<w:vertAlign w:val="baseline"/>', '<w:vanish w:val="false"/>'],
)
def test_word_property_that_is_off_hides_nothing(properties: str) -> None:
    reading, findings = _word(f"<w:r><w:rPr>{properties}</w:rPr><w:t>{FIGURE}</w:t></w:r>")
    assert reading.value(KEY).number == FIGURE
    assert _told(findings) == []


def test_text_in_a_hidden_paragraph_style_is_skipped() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = '</w:p><w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr><w:r><w:t>9</w:t></w:r>'
    reading, findings = _word(RUN + hidden, styles)
    assert reading.value(KEY).number == FIGURE
    assert _told(findings) == LEFT_OUT


@pytest.mark.parametrize(
    ("symbol", "number"),
    [
        ('w:font="Symbol" w:char="F031"', 71),
        ('w:font="仿宋" w:char="0031"', 71),
        ('w:font="Wingdings" w:char="F031"', None),
        ('w:font="Symbol" w:char="F061"', None),
        ('w:char="rubbish"', None),
        ('w:char="110000"', None),
    ],
)
def test_cell_with_a_symbol_is_never_read_as_blank(symbol: str, number: int | None) -> None:
    reading, _ = _word(f"<w:r><w:t>7</w:t></w:r><w:r><w:sym {symbol}/></w:r>")
    assert reading.value(KEY).number == number
    assert reading.value(KEY).is_blank is False


# Workbooks --------------------------------------------------------------------------------------------------------


def _rich(data: bytes, sheet: str, cell: str, parts: list[str | TextBlock]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    book[sheet][cell].value = CellRichText(*parts)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("font", [InlineFont(vertAlign="subscript"), InlineFont(strike=True)])
def test_struck_and_raised_text_in_a_foreign_workbook_is_reported(font: InlineFont) -> None:
    data = variants.sheets(_report("2021", requests__received__natural=FIGURE))
    place = _read(data, FileKind.XLSX)[0].places[KEY]
    reading, findings = _read(
        _rich(data, str(place.sheet), str(place.cell), [str(FIGURE), TextBlock(font, "1")]),
        FileKind.XLSX,
    )
    assert reading.value(KEY).number == FIGURE
    assert _told(findings) == LEFT_OUT


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        ([str(FIGURE), TextBlock(InlineFont(vertAlign="superscript"), "1")], FIGURE),
        ([TextBlock(InlineFont(strike=True), "9"), str(FIGURE)], FIGURE),
        ([TextBlock(InlineFont(strike=True), "9"), TextBlock(InlineFont(strike=True), "8")], None),
    ],
)
def test_struck_and_raised_text_in_our_workbook_is_reported(
    parts: list[str | TextBlock], number: int | None
) -> None:
    reading = make.with_cells(make.zero("2021"), requests__received__natural=FIGURE)
    data = make.book(reading)
    before, _ = read(data, "a.xlsx")
    assert before is not None
    place = before.places[KEY]
    after, findings = read(_rich(data, str(place.sheet), str(place.cell), parts), "a.xlsx")
    assert after is not None
    assert after.value(KEY).number == number
    assert [
        (finding.place.sheet, finding.place.cell) for finding in findings if finding.code == "R-64"
    ] == [(place.sheet, place.cell)]
    assert after.value(KEY).state is (State.BLANK if number is None else State.NUMBER)


def test_struck_text_in_a_section_of_our_workbook_is_reported() -> None:
    data = make.book(make.zero("2021"))
    book = openpyxl.load_workbook(BytesIO(data))
    name, cell = next(
        (sheet.title, cell)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    )
    data = _rich(data, name, cell.coordinate, ["留", TextBlock(InlineFont(strike=True), "删")])
    _, findings = read(data, "a.xlsx")
    assert [finding.severity for finding in findings if finding.code == "R-66"] == ["info"]

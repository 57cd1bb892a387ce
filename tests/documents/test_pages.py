"""Where a report stands on its page: in forms, beside navigation, in one of several parts, with another report."""

import email.message
from io import BytesIO

import openpyxl
import pytest

from tests.importing.test_published import _codes, _read, _report
from tests.support import variants
from toolkit.files.sniff import FileKind
from toolkit.importing.load import load_report
from toolkit.record.reading import Reading

KEY = "requests.received.natural"


def _html(natural: int = 3, **figures: object) -> str:
    return variants.html(_report("2021", requests__received__natural=natural, **figures))


def _essence(reading: Reading) -> tuple[object, ...]:
    return reading.value(KEY).number, reading.narrative, reading.year, reading.text("unit.name")


def _is_whole(reading: Reading) -> bool:
    """Whether it is the report as it stands on a page with nothing around it."""
    return reading.value(KEY).number == 3 and _essence(reading) == _essence(
        _read(_html().encode())[0]
    )


SEARCH = '<form action="/s"><input name="q"><p>搜索</p>'


@pytest.mark.parametrize(
    "page",
    [
        "<body><form id='aspnetForm'><input type='hidden' value='x'>{0}</form></body>",
        "<body><form><div><div>{0}</div></div></form></body>",
        "<body><aside>{0}</aside></body>",
        "<body><header><nav><a href='/'>首页</a></nav><div>{0}</div></header></body>",
        "<body><footer><section>{0}</section></footer></body>",
        f"<body>{SEARCH}<div id='zoom'>{{0}}</div></body>",
        f"<body><div>{SEARCH}</div><div id='zoom'>{{0}}</div></body>",
        f"<body><nav><a>首页</a></nav>{SEARCH}</form><div id='zoom'>{{0}}</div><footer>主办：县政府</footer></body>",
        "<body><form><nav><p><a href='#1'>一、总体情况</a></p><p><a href='#6'>六、其他需要报告的事项</a></p></nav><div>{0}</div></form></body>",
    ],
)
def test_report_inside_navigation_is_read(page: str) -> None:
    reading, findings = _read(page.format(_html()).encode())
    assert _is_whole(reading)
    assert not [finding for finding in findings if finding.severity == "error"]


def test_table_with_a_form_between_its_rows_is_read() -> None:
    text = _html().replace("<tbody>", "<form><tbody>").replace("</tbody>", "</tbody></form>")
    assert _is_whole(_read(text.encode())[0])
    text = (
        _html()
        .replace("<table><tbody>", "<table><form>")
        .replace("</tbody></table>", "</form></table>")
    )
    assert _is_whole(_read(text.encode())[0])


def test_title_in_the_head_of_an_article_is_read() -> None:
    title, rest = _html().split("<p>本报告的电话", 1)
    reading, _ = _read(
        f"<body><header>{title}</header><article><p>本报告的电话{rest}</article></body>".encode()
    )
    assert (reading.year, reading.text("unit.name")) == (2021, "甲镇人民政府")


def test_text_in_the_article_is_read_or_reported() -> None:
    text = _html()
    aside = "<aside>名词解释：规范性文件是指由行政机关制定的文件。</aside>"
    reading, findings = _read(
        text.replace("<p>本段是样例。</p>", f"<p>本段是样例。</p>{aside}").encode()
    )
    assert "名词解释：规范性文件是指由行政机关制定的文件。" in [
        paragraph.text for paragraph in reading.narrative["overview"]
    ]
    assert "R-66" not in _codes(findings)
    reading, findings = _read(
        text.replace("<p>本段是样例。</p>", f"<p>本段是样例。</p>{SEARCH}</form>").encode()
    )
    assert reading.narrative == _read(text.encode())[0].narrative
    assert "R-66" in _codes(findings)


def test_navigation_outside_the_article_is_not_reported() -> None:
    _, findings = _read(
        f"<body>{SEARCH}</form><div>{_html()}</div><footer>主办：县政府。</footer></body>".encode()
    )
    assert "R-66" not in _codes(findings)


# Pages in several parts -------------------------------------------------------------------------------------------


def _mht(*parts: str) -> bytes:
    message = email.message.EmailMessage()
    message["From"] = "<saved>"
    message["MIME-Version"] = "1.0"
    message.make_related()
    for part in parts:
        message.add_related(part.encode(), "text", "html", cte="base64")
    return message.as_bytes()


FRAMES = '<html><frameset cols="20%,80%"><frame src="a.htm"><frame src="b.htm"></frameset></html>'
NAVIGATION = "<html><body><ul><li>首页</li></ul><table><tr><td>1</td><td>2</td><td>3</td></tr></table></body></html>"


@pytest.mark.parametrize("at", range(3))
def test_part_of_a_saved_page_with_the_report_is_read(at: int) -> None:
    parts = [FRAMES, NAVIGATION]
    parts.insert(at, f"<html><body>{_html()}</body></html>")
    assert _is_whole(_read(_mht(*parts), FileKind.MHT)[0])


def test_saved_page_of_very_many_parts_is_read_quickly() -> None:
    reading, findings = load_report(_mht(*[NAVIGATION] * 400), FileKind.MHT, "a.mht")
    assert reading is None
    assert _codes(findings) == {"R-40"}


# Several reports in one file --------------------------------------------------------------------------------------


def _two(unit: str, year: int) -> bytes:
    other = (
        _html(4, requests__received__total=4)
        .replace("甲镇人民政府", unit)
        .replace("2021年", f"{year}年")
    )
    return (_html() + other).encode()


@pytest.mark.parametrize(
    ("unit", "year"), [("乙镇人民政府", 2021), ("甲镇人民政府", 2022), ("乙镇人民政府", 2022)]
)
def test_reports_of_two_units_or_years_are_refused(unit: str, year: int) -> None:
    reading, findings = load_report(_two(unit, year), FileKind.HTML, "a.html")
    assert reading is None
    assert [(one.code, one.severity) for one in findings] == [("R-69", "error")]


def test_reports_in_the_sheets_of_one_workbook_are_refused() -> None:
    book = openpyxl.load_workbook(
        BytesIO(variants.sheets(_report("2021", requests__received__natural=3)))
    )
    other = book.copy_worksheet(book.active)
    other["A1"] = "乙镇人民政府2021年政府信息公开工作年度报告"
    cell = next(cell for row in other.iter_rows() for cell in row if cell.value == 3)
    cell.value = 4
    out = BytesIO()
    book.save(out)
    reading, findings = load_report(out.getvalue(), FileKind.XLSX, "a.xlsx")
    assert reading is None
    assert [one.code for one in findings] == ["R-69"]


def test_report_printed_twice_is_read() -> None:
    reading, findings = _read((_html() * 2).encode())
    assert reading.value(KEY).number == 3
    assert "R-44" not in _codes(findings)
    reading, findings = _read((_html() + _html(4)).encode())
    assert reading.value(KEY).number == 3
    assert [finding.keys[0] for finding in findings if finding.code == "R-44"] == [KEY]


def test_title_of_another_report_alone_is_accepted() -> None:
    text = _html().replace(
        "<p>无</p>", "<p>无</p><p>乙镇人民政府2020年政府信息公开工作年度报告</p>"
    )
    reading, _ = _read(text.encode())
    assert reading.value(KEY).number == 3

"""A new national format is a folder of TOML and no code: an invented edition, from its workbook to its report."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import make
from tests.support.engines import cached, formualized, same
from tests.support.verdicts import agree, in_workbook
from toolkit.checking.check import check
from toolkit.data.dump import data_json
from toolkit.data.load import load_data
from toolkit.edition import load
from toolkit.edition.load import edition_for_year, load_edition
from toolkit.reading.read import read
from toolkit.record.reading import Paragraph, Reading
from toolkit.record.settle import settle
from toolkit.report.blocks import TableBlock, Text
from toolkit.report.narrative import narrate
from toolkit.templates import shipped
from toolkit.values import BLANK, number
from toolkit.workbook.write import blank, write

FILES = {
    "edition.toml": """
id = "2099"
title = "2099年格式"
report_name = "政府信息公开工作年度报告"
first_year = 2099
template_version = 1
basis = ["示例通知"]
tables = ["cases", "works"]
""",
    "cases.toml": """
key = "cases"
short = "办件"
sheet = "办件（表）"
section = "cases"
help = "没有的填 0。"
[[block]]
corner = "情形"
columns = [
  { key = "online", path = ["途径", "网上"], kind = "count", groups = ["ways"], help = "网上收到的。" },
  { key = "post", path = ["途径", "线下", "信函"], kind = "count", groups = ["ways"], help = "信函收到的。" },
  { key = "desk", path = ["途径", "线下", "当面"], kind = "count", groups = ["ways", "offline"], help = "当面收到的。" },
  { key = "sum", path = ["合计"], kind = "count", total = true, help = "自动计算。" },
]
rows = [
  { key = "open", path = ["办理", "公开"], groups = ["results"] },
  { key = "closed", path = ["办理", "不公开"], groups = ["results"] },
  { key = "done", path = ["办理", "办结合计"], total = true },
  { key = "came", path = ["收到"] },
]
""",
    "works.toml": """
key = "works"
short = "事项"
sheet = "事项（表）"
section = "works"
help = "没有的填 0。"
[[block]]
title = "第一类"
corner = "内容"
columns = [
  { key = "old", path = ["上年"], kind = "count", help = "上年的数。" },
  { key = "step", path = ["增减"], kind = "change", help = "可以是负数。" },
]
rows = [{ key = "permits", path = ["许可"] }, { key = "checks", path = ["检查"] }]
[[block]]
title = "第二类"
corner = "内容"
columns = [{ key = "money", path = ["金额"], kind = "money", unit = "万元", help = "单位是万元。" }]
rows = [{ key = "fees", path = ["收费"] }]
""",
    "relations.toml": """
[[relation]]
id = "T3-01"
table = "cases"
each = "column"
holds = "came >= done"
says = "收到不小于办结"
remedy = "请核对。"
severity = "error"
pass = [{ came = 2, done = 1 }]
fail = [{ came = 1, done = 2 }]
[[relation]]
id = "T3-02"
table = "cases"
each = "column"
holds = "done == sum(results)"
says = "办结合计等于各项之和"
remedy = "请核对。"
severity = "error"
pass = [{ done = 1, open = 1 }]
fail = [{ done = 2, open = 1 }]
[[relation]]
id = "T3-03"
table = "cases"
each = "row"
holds = "sum == sum(ways)"
says = "合计等于各途径之和"
remedy = "请核对。"
severity = "error"
pass = [{ sum = 1, post = 1 }]
fail = [{ sum = 1, post = 2 }]
[[relation]]
id = "T2-01"
table = "works"
holds = "permits.old - checks.old >= 0 - 5"
says = "许可一般不比检查少五项以上"
remedy = "请核对。"
severity = "warning"
pass = [{ "permits.old" = 1, "checks.old" = 6 }]
fail = [{ "permits.old" = 1, "checks.old" = 7 }]
""",
    "narrative.toml": """
text_column = "正文"
heading_column = "小标题"
paragraphs = 6
[statistics]
sheet = "统计"
title = "统计"
intro = "可不填。"
kind_column = "类别"
count_column = "条数"
share_column = "占比"
total_label = "合计条数"
prior_label = "上年合计条数"
rows = 3
help = "填整数。"
[[section]]
key = "cases"
heading = "一、办件"
sheet = "办件（文字）"
table = "cases"
prompt = "写办件。"
prose_help = "可不选。"
[[section]]
key = "works"
heading = "二、事项"
sheet = "事项（文字）"
table = "works"
required = true
prompt = "写事项。"
prose_help = "可不选。"
[[sentence]]
section = "cases"
when = "cases.done.sum > 0"
text = "{{ year }}年办结{{ cases.done.sum | figure }}件。"
""",
    "profile.toml": """
sheet = "单位情况"
title = "单位情况"
intro = "先填本表。"
label_column = "项目"
value_column = "填写"
help_column = "说明"
[[group]]
title = "单位"
fields = [
  { key = "unit.name", label = "单位全称", kind = "text", required = true, help = "全称。" },
  { key = "unit.short", label = "简称", kind = "text", help = "简称。" },
  { key = "unit.level", label = "层级", kind = "choice", choices = "levels", help = "选一项。" },
  { key = "unit.code", label = "代码", kind = "text", help = "代码。" },
  { key = "year", label = "年度", kind = "year", locked = true, help = "不能改。" },
  { key = "profile.period.start", label = "期限起", kind = "date", help = "起。" },
  { key = "profile.period.end", label = "期限止", kind = "date", help = "止。" },
  { key = "profile.address", label = "地址", kind = "text", help = "地址。" },
  { key = "profile.phone", label = "电话", kind = "text", help = "电话。" },
  { key = "profile.postcode", label = "邮编", kind = "text", help = "邮编。" },
  { key = "declarations.no_desk", label = "无当面申请", kind = "yesno", help = "选 是 后不用填。" },
]
[[declaration]]
key = "no_desk"
covers = ["cases.offline"]
[choices]
levels = [["township", "乡镇"], ["other", "其他"]]
[short_names]
"局" = "我局"
""",
}


@pytest.fixture
def _templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The shipped templates and one folder more, as after an update of workbook_templates."""
    root = tmp_path / "workbook_templates"
    shutil.copytree(shipped("workbook_templates"), root)
    (root / "2099").mkdir()
    for name, text in FILES.items():
        (root / "2099" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(load, "shipped", lambda folder: root)
    load_edition.cache_clear()
    yield
    load_edition.cache_clear()


def filled(**figures: int) -> Reading:
    edition = load_edition("2099")
    empty = blank(edition, 2099, unit__name="甲局")
    cells = {key: BLANK if key in edition.totals else number(0) for key in edition.cells}
    cells |= {key.replace("__", "."): number(figure) for key, figure in figures.items()}
    narrative = {"works": (Paragraph("", "事项文字"),)}
    return settle(edition, replace(empty, cells=cells, narrative=narrative))


@pytest.mark.usefixtures("_templates")
@pytest.mark.parametrize(("figures", "codes"), [
    ({"cases__open__post": 2, "cases__came__post": 3}, []),
    ({"cases__open__post": 2, "cases__came__post": 1}, ["T3-01", "T3-01"]),
    ({"works__checks__old": 9, "works__checks__step": -9}, ["T2-01"]),
    ({"cases__closed__sum": 4}, ["T3-03", "T3-01", "T3-03"]),
])  # fmt: skip
def test_invented_edition_works_from_workbook_to_report(
    figures: dict[str, int], codes: list[str], tmp_path: Path
) -> None:
    due = edition_for_year(2100)
    assert due is not None
    assert due.id == "2099"
    edition, reading = load_edition("2099"), filled(**figures)
    path = tmp_path / "book.xlsx"
    path.write_bytes(write(edition, reading, make.CREATED))
    shown, now = cached(path), formualized(path)
    assert {place: value for place, value in now.items() if not same(value, shown[place])} == {}
    agree(edition, reading, in_workbook(edition, path.read_bytes(), now), check([reading])[0])
    again, said = read(path.read_bytes(), "book.xlsx")
    assert again is not None
    assert said == []
    assert again.cells == reading.cells
    assert sorted(
        finding.code for finding in check([again])[0] if finding.code[0] != "N"
    ) == sorted(codes)
    data, said = load_data(data_json(edition, again).encode(), "book.json")
    assert data is not None
    assert said == []
    assert data.cells == reading.cells
    assert sorted(finding.code for finding in check([data])[0] if finding.code[0] != "N") == sorted(
        codes
    )
    document = narrate(edition, again)
    assert sum(isinstance(block, TableBlock) for block in document.blocks) == 2
    texts = [block.text for block in document.blocks if isinstance(block, Text)]
    assert ("2099年办结2件。" in texts) == ("cases__open__post" in figures)

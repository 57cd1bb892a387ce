"""The Word file, read back: every paragraph, every cell in its place, the marks of its stage, nothing about people."""

import datetime as dt
import io
import random
import re
import zipfile
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from toolkit.record import Paragraph
from toolkit.report.blocks import Document, Table, Text
from toolkit.report.docx import render
from toolkit.report.gates import Stage
from toolkit.report.narrative import narrate
from toolkit.values import State, Value, number

CREATED = dt.datetime(2022, 1, 10, 8, 30)


def opened(document, stage=Stage.FINAL, created=CREATED):
    return docx.Document(io.BytesIO(render(document, stage, created)))


@pytest.fixture
def document(edition, make):
    """Every cell with a figure of its own, so that none can stand in the place of another."""
    numbers = random.Random(7).sample(range(1, 100_000), len(edition.cells))
    cells = dict(zip(edition.cells, numbers, strict=True))
    if edition.id == "2019":
        cells["disclosure.procurement.amount"] = Value(State.NUMBER, Decimal(251000), raw="251000元 <含税>", unit="元")
        cells["disclosure.licensing.change"] = number(-18)
    narrative = {
        "overview": (Paragraph("组织领导", "甲 < 乙 & 丙\t丁。"), Paragraph("", "第二段。")),
        "problems": (Paragraph("（一）问题", "问题。"),),
    }
    return narrate(edition, make(edition, cells, narrative=narrative))


def grid_of(table):
    """What every grid position of a Word table shows, merged cells repeated."""
    columns = len(table._tbl.tblGrid.gridCol_lst)
    rows = []
    for tr in table._tbl.tr_lst:
        row = []
        for tc in tr.tc_lst:
            merge = tc.tcPr.find(qn("w:vMerge"))
            continues = merge is not None and merge.get(qn("w:val")) != "restart"
            text = rows[-1][len(row)] if continues else "".join(t.text for t in tc.iter(qn("w:t")))
            row += [text] * tc.grid_span
        assert len(row) == columns
        rows.append(row)
    return rows


def test_holds_every_paragraph_in_its_style(document):
    word = opened(document)
    expected = [(text, "公文标题") for text in document.title]
    for block in document.blocks:
        if not isinstance(block, Table):
            expected.append((block.text, "正文缩进" if isinstance(block, Text) else {1: "一级标题", 2: "二级标题"}[block.level]))
    assert [(paragraph.text, paragraph.style.name) for paragraph in word.paragraphs] == expected


def test_tables_are_the_frames_cell_by_cell(edition, document):
    tables = [block for block in document.blocks if isinstance(block, Table)]
    word = opened(document)
    assert len(word.tables) == len(tables) == 3
    for table, written in zip(tables, word.tables, strict=True):
        assert grid_of(written) == table.rows()


def test_merges_are_those_of_the_frame(document):
    for table, written in zip((b for b in document.blocks if isinstance(b, Table)), opened(document).tables, strict=True):
        own = sum(len(tr.tc_lst) for tr in written._tbl.tr_lst)
        assert own == sum(cell.height for cell in table.frame.cells)
        restarts = [merge for merge in written._tbl.iter(qn("w:vMerge")) if merge.get(qn("w:val")) == "restart"]
        assert len(restarts) == sum(cell.height > 1 for cell in table.frame.cells)


def test_heads_repeat_where_a_table_has_one_head_and_rows_do_not_split(document):
    for table, written in zip((b for b in document.blocks if isinstance(b, Table)), opened(document).tables, strict=True):
        rows = written._tbl.tr_lst
        heads = [row.find(".//" + qn("w:tblHeader")) is not None for row in rows]
        body = table.frame.bands[0].body if len(table.frame.bands) == 1 else 0
        assert heads == [True] * body + [False] * (len(rows) - body)
        assert all(row.find(".//" + qn("w:cantSplit")) is not None for row in rows)


def test_tables_are_as_wide_as_the_text(document):
    for written in opened(document).tables:
        assert abs(sum(column.w for column in written._tbl.tblGrid.gridCol_lst) - Mm(156)) < Mm(0.5)


def test_page_and_styles(document):
    word = opened(document)
    (section,) = word.sections
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    expected = [Mm(210), Mm(297), Mm(37), Mm(35), Mm(28), Mm(26)]
    assert [round(length.mm) for length in (section.page_width, section.page_height, *margins)] == [round(length.mm) for length in expected]
    body = word.styles["正文缩进"]
    assert body.paragraph_format.line_spacing == Pt(28)
    for name, font, size in (
        ("公文标题", "方正小标宋简体", 22),
        ("正文缩进", "仿宋_GB2312", 16),
        ("一级标题", "黑体", 16),
        ("二级标题", "楷体_GB2312", 16),
    ):
        fonts = word.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
        assert word.styles[name].font.size == Pt(size)


@pytest.mark.parametrize(("stage", "mark"), [(Stage.DRAFT, "草稿"), (Stage.APPROVAL, "送审稿"), (Stage.FINAL, "")])
def test_every_page_shows_the_stage_and_its_number(document, stage, mark):
    (section,) = opened(document, stage).sections
    headers = (section.header, section.even_page_header)
    assert ["".join(p.text for p in header.paragraphs) for header in headers] == [mark, mark]
    assert not section.different_first_page_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert re.fullmatch(r"—  —|— 1 —", "".join(t.text for t in paragraph._p.iter(qn("w:t"))))
        assert paragraph._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
        assert paragraph._p.pPr.jc.get(qn("w:val")) == side


def test_nothing_about_people_or_machines(document):
    data = render(document, Stage.FINAL, CREATED)
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments, properties.keywords) == ("", "", "", "")
    assert properties.created.replace(tzinfo=None) == properties.modified.replace(tzinfo=None) == CREATED
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist())
        assert not [name for name in parts.namelist() if re.search("thumbnail|customXml|app.xml|theme", name)]
    for residue in (b"python-docx", b"Macintosh", b"rsid", b"Theme=", b"docGrid"):
        assert residue not in everything


def test_the_same_input_gives_the_same_bytes_and_an_aware_date_is_turned_to_utc(document):
    aware = CREATED.replace(tzinfo=dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert render(document, Stage.DRAFT, CREATED) == render(document, Stage.DRAFT, CREATED) == render(document, Stage.DRAFT, aware)


def test_characters_that_xml_cannot_hold_are_dropped(document):
    table = next(block for block in document.blocks if isinstance(block, Table))
    key = next(iter(table.texts))
    spoilt = Table(table.frame, dict(table.texts) | {key: "3\x0c件\ud800"})
    word = opened(Document(("甲\x00镇", "报告"), (Text("一\x0b二\ufffe三\r"), spoilt)))
    assert [p.text for p in word.paragraphs] == ["甲镇", "报告", "一二三", ""]
    assert "3件" in [text for row in grid_of(word.tables[0]) for text in row]


def test_tables_that_touch_or_end_the_document_get_a_paragraph_between(document):
    tables = tuple(block for block in document.blocks if isinstance(block, Table))[:2]
    body = opened(Document(("", "报告"), tables)).element.body
    assert [child.tag.rpartition("}")[2] for child in body] == ["p", "tbl", "p", "tbl", "p", "sectPr"]

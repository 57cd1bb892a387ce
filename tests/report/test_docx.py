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
from hypothesis import HealthCheck, given, settings

from tests.support.reports import paragraphs, tables
from tests.support.strategies import readings
from toolkit.edition.load import load_edition
from toolkit.record.reading import Origin, Paragraph
from toolkit.report.blocks import (
    ReportDocument,
    Signature,
    TableBlock,
    Text,
    drop_invalid_characters,
)
from toolkit.report.choices import FontSet
from toolkit.report.docx import Design, render
from toolkit.report.gates import Stage
from toolkit.report.narrative import narrate
from toolkit.report.sheet import approval_sheet
from toolkit.report.template import load_template
from toolkit.values import State, Value, number

CREATED = dt.datetime(2022, 1, 10, 8, 30)


def opened(document, stage=Stage.FINAL, created=CREATED, design=Design()):
    return docx.Document(io.BytesIO(render(document, stage, created, design)))


@pytest.fixture
def document(edition, make):
    """Every cell with a figure of its own, so that none can stand in the place of another."""
    numbers = random.Random(7).sample(range(1, 100_000), len(edition.cells))
    cells = dict(zip(edition.cells, numbers, strict=True))
    if edition.id == "2019":
        cells["disclosure.procurement.amount"] = Value(
            State.NUMBER, Decimal(251000), raw="251000元 <含税>", unit="元"
        )
        cells["disclosure.licensing.change"] = number(-18)
    narrative = {
        "overview": (Paragraph("组织领导", "甲 < 乙 & 丙\t丁。"), Paragraph("", "第二段。")),
        "problems": (Paragraph("（一）问题", "问题。"),),
    }
    return narrate(edition, make(edition, cells, narrative=narrative))


def grid_of(table):
    """What every grid position of a Word table shows, merged cells repeated."""
    columns = len(table._tbl.tblGrid.gridCol_lst)
    rows: list[list[str]] = []
    for tr in table._tbl.tr_lst:
        row: list[str] = []
        for tc in tr.tc_lst:
            merge = tc.tcPr.find(qn("w:vMerge"))
            continues = merge is not None and merge.get(qn("w:val")) != "restart"
            text = rows[-1][len(row)] if continues else "".join(t.text for t in tc.iter(qn("w:t")))
            row += [text] * tc.grid_span
        assert len(row) == columns
        rows.append(row)
    return rows


def test_document_holds_every_paragraph_in_its_style(document):
    word = opened(document)
    expected = [(text, "公文标题") for text in document.title]
    for block in document.blocks:
        if isinstance(block, Signature):
            expected.append((block.unit, "落款"))
        elif not isinstance(block, TableBlock):
            expected.append(
                (
                    block.text,
                    "正文缩进"
                    if isinstance(block, Text)
                    else {1: "一级标题", 2: "二级标题"}[block.level],
                )
            )
    assert [(paragraph.text, paragraph.style.name) for paragraph in word.paragraphs] == expected


def test_tables_match_the_frame_cell_by_cell(edition, document):
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    word = opened(document)
    assert len(word.tables) == len(tables) == 3
    for table, written in zip(tables, word.tables, strict=True):
        assert grid_of(written) == table.row_texts()


def test_merged_cells_match_the_frame(document):
    for table, written in zip(
        (b for b in document.blocks if isinstance(b, TableBlock)),
        opened(document).tables,
        strict=True,
    ):
        own = sum(len(tr.tc_lst) for tr in written._tbl.tr_lst)
        assert own == sum(cell.height for cell in table.frame.cells)
        restarts = [
            merge
            for merge in written._tbl.iter(qn("w:vMerge"))
            if merge.get(qn("w:val")) == "restart"
        ]
        assert len(restarts) == sum(cell.height > 1 for cell in table.frame.cells)


def test_table_heads_repeat_on_new_pages_and_rows_do_not_split(document):
    for table, written in zip(
        (b for b in document.blocks if isinstance(b, TableBlock)),
        opened(document).tables,
        strict=True,
    ):
        rows = written._tbl.tr_lst
        heads = [row.find(".//" + qn("w:tblHeader")) is not None for row in rows]
        body = table.frame.bands[0].body if len(table.frame.bands) == 1 else 0
        assert heads == [True] * body + [False] * (len(rows) - body)
        assert all(row.find(".//" + qn("w:cantSplit")) is not None for row in rows)


def test_tables_are_as_wide_as_the_text(document):
    for written in opened(document).tables:
        assert abs(sum(column.w for column in written._tbl.tblGrid.gridCol_lst) - Mm(156)) < Mm(0.5)


def test_page_and_styles_follow_the_standard(document):
    word = opened(document)
    (section,) = word.sections
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    expected = [Mm(210), Mm(297), Mm(37), Mm(35), Mm(28), Mm(26)]
    assert [round(length.mm) for length in (section.page_width, section.page_height, *margins)] == [
        round(length.mm) for length in expected
    ]
    body = word.styles["正文缩进"]
    assert body.paragraph_format.line_spacing == Pt(28)
    for name, font, size in (
        ("公文标题", "方正小标宋简体", 22),
        ("正文缩进", "仿宋_GB2312", 16),
        ("一级标题", "黑体", 16),
        ("二级标题", "楷体_GB2312", 16),
    ):
        fonts = word.styles[name].element.rPr.rFonts
        assert {
            fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")
        } == {font}
        assert word.styles[name].font.size == Pt(size)


@pytest.mark.parametrize(
    ("stage", "mark"), [(Stage.DRAFT, "草稿"), (Stage.APPROVAL, "送审稿"), (Stage.FINAL, "")]
)
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


def test_document_holds_nothing_about_people_or_machines(document):
    data = render(document, Stage.FINAL, CREATED)
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert (
        properties.author,
        properties.last_modified_by,
        properties.comments,
        properties.keywords,
    ) == ("", "", "", "")
    assert (
        properties.created.replace(tzinfo=None)
        == properties.modified.replace(tzinfo=None)
        == CREATED
    )
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist())
        assert not [
            name
            for name in parts.namelist()
            if re.search("thumbnail|customXml|app.xml|theme", name)
        ]
    for residue in (b"python-docx", b"Macintosh", b"rsid", b"Theme=", b"docGrid"):
        assert residue not in everything


def test_same_input_gives_the_same_bytes_and_an_aware_date_is_turned_to_utc(document):
    aware = CREATED.replace(tzinfo=dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert (
        render(document, Stage.DRAFT, CREATED)
        == render(document, Stage.DRAFT, CREATED)
        == render(document, Stage.DRAFT, aware)
    )


def test_characters_that_xml_cannot_hold_are_dropped(document):
    table = next(block for block in document.blocks if isinstance(block, TableBlock))
    key = next(iter(table.texts))
    spoilt = TableBlock(table.frame, dict(table.texts) | {key: "3\x0c件\ud800"})
    word = opened(ReportDocument(("甲\x00镇", "报告"), (Text("一\x0b二\ufffe三\r"), spoilt)))
    assert [p.text for p in word.paragraphs] == ["甲镇", "报告", "一二三", ""]
    assert "3件" in [text for row in grid_of(word.tables[0]) for text in row]


def test_tables_that_touch_or_end_the_document_get_a_paragraph_between(document):
    tables = tuple(block for block in document.blocks if isinstance(block, TableBlock))[:2]
    body = opened(ReportDocument(("", "报告"), tables)).element.body
    assert [child.tag.rpartition("}")[2] for child in body] == [
        "p",
        "tbl",
        "p",
        "tbl",
        "p",
        "sectPr",
    ]


@pytest.mark.parametrize("fonts", FontSet)
def test_font_set_decides_every_font(document, fonts):
    word = opened(document, design=Design(fonts))
    used = {
        style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in word.styles
        if style.element.rPr is not None
    }
    assert used == set(fonts.fonts.values())
    assert set(FontSet.STANDARD.fonts) == set(FontSet.WINDOWS.fonts)


def test_line_holds_28_characters(document):
    word = opened(document)
    (section,) = word.sections
    for name in ("正文缩进", "一级标题", "二级标题"):
        scale = int(word.styles[name].element.rPr.find(qn("w:w")).get(qn("w:val")))
        assert (
            28 * 16 * scale / 100
            <= (section.page_width - section.left_margin - section.right_margin) / Pt(1)
            < 29 * 16 * scale / 100
        )
    lines = (section.page_height - section.top_margin - section.bottom_margin) / word.styles[
        "正文缩进"
    ].paragraph_format.line_spacing
    assert int(lines) == 22


@pytest.mark.parametrize(
    ("stage", "date", "shown"),
    [
        (Stage.FINAL, "", None),
        (Stage.DRAFT, "", "年月日"),
        (Stage.FINAL, "2022年1月12日", "2022年1月12日"),
    ],
)
@pytest.mark.parametrize("unit", ["甲镇", "营前镇人民政府", "某某新技术产业开发区管理委员会办公室"])
def test_unit_and_date_are_centred_over_each_other_within_the_margins(stage, date, shown, unit):
    (_, first, *rest) = opened(
        ReportDocument(("", "报告"), (Signature(unit, date),)), stage
    ).paragraphs
    assert first.text == unit
    assert [re.sub(r"\s", "", paragraph.text) for paragraph in rest] == ([shown] if shown else [])
    for paragraph in (first, *rest):
        assert paragraph.style.name == "落款"
        assert paragraph.paragraph_format.right_indent.pt >= 0
    if shown:
        assert first.paragraph_format.keep_with_next
        assert rest[0].paragraph_format.right_indent.pt >= 4 * 16


def test_signature_shows_the_sign_off_date_and_nobodys_name(edition, make):
    names = {
        f"signoff.{role}.name": f"{role}某"
        for role in ("filled", "reviewed", "approved", "secrecy")
    }
    signed = make(
        edition,
        fields={
            **names,
            "signoff.approved.date": dt.date(2022, 1, 12),
            "signoff.filled.date": dt.date(2022, 1, 3),
        },
    )
    document = narrate(edition, signed)
    assert document.blocks[-1] == Signature("营前镇人民政府", "2022年1月12日")
    with zipfile.ZipFile(io.BytesIO(render(document, Stage.APPROVAL, CREATED))) as parts:
        everything = "".join(parts.read(name).decode("utf-8") for name in parts.namelist())
    assert not [name for name in names.values() if name in everything]
    out = make(edition, origin=Origin.PUBLISHED)
    assert not isinstance(narrate(edition, out).blocks[-1], Signature)


@pytest.fixture
def own_template(tmp_path):
    """An office's file with styles under their usual and under our names, numbering, a theme, and marks of people."""
    word = docx.Document()
    word.styles["Heading 1"].font.name = "Office Head"
    word.styles["Normal"].font.size = Pt(15)
    own = word.styles.add_style("公文标题", 1)
    own.font.size = Pt(26)
    own.element.get_or_add_pPr().append(
        docx.oxml.parse_xml(f'<w:numPr {docx.oxml.ns.nsdecls("w")}><w:numId w:val="1"/></w:numPr>')
    )
    word.core_properties.author = "某某人"
    word.add_paragraph("模板里的文字")
    path = tmp_path / "own.docx"
    word.save(path)
    return path


def test_template_gives_its_styles_and_nothing_else(document, own_template):
    template, findings = load_template(own_template)
    assert findings == []
    word = opened(document, design=Design(template=template))
    plain = opened(document)
    assert [p.text for p in word.paragraphs] == [p.text for p in plain.paragraphs]
    assert [grid_of(table) for table in word.tables] == [grid_of(table) for table in plain.tables]
    used = {p.text: p.style for p in word.paragraphs}
    assert used[document.title[1]].font.size == Pt(26)
    heading = next(block.text for block in document.blocks if getattr(block, "level", 0) == 1)
    assert (used[heading].name, used[heading].font.name) == ("Heading 1", "Office Head")
    assert (
        used["第二段。"].name == "Body Text Indent"
        if "Body Text Indent" in word.styles
        else used["第二段。"].name in ("Body Text", "Normal")
    )
    with zipfile.ZipFile(
        io.BytesIO(render(document, Stage.FINAL, CREATED, Design(template=template)))
    ) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist())
    for residue in ("某某人", "模板里的文字", "numPr", "rsid", "python-docx"):
        assert residue.encode() not in everything


def test_built_in_styles_are_found_by_any_spelling_of_their_names(document, own_template, tmp_path):
    """LibreOffice writes Heading 1, Word heading 1."""
    path = tmp_path / "capital.docx"
    with zipfile.ZipFile(own_template) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(
                name, source.read(name).replace(b'w:val="heading 1"', b'w:val="Heading 1"')
            )
    template, _ = load_template(path)
    heading = next(
        p
        for p in opened(document, design=Design(template=template)).paragraphs
        if p.text.startswith("一、")
    )
    assert heading.style.font.name == "Office Head"


def test_template_style_of_our_name_and_another_kind_is_replaced(document, own_template):
    word = docx.Document(own_template)
    word.styles.add_style("落款", 2)
    word.save(own_template)
    template, _ = load_template(own_template)
    styles = opened(document, design=Design(template=template)).styles
    assert [style.type for style in styles if style.name == "落款"] == [1]


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(readings())
def test_any_prose_stays_text(reading):
    edition = load_edition(reading.edition)
    document = narrate(edition, reading)
    word = opened(document)
    expected = [drop_invalid_characters(text) for text in document.title if text] + paragraphs(
        document
    )
    assert [p.text.replace("\n", "") for p in word.paragraphs] == [
        text.replace("\n", "") for text in expected
    ]
    assert [grid_of(table) for table in word.tables] == [
        [
            [drop_invalid_characters(text).replace("\n", "") for text in row]
            for row in table.row_texts()
        ]
        for table in tables(document)
    ]
    assert approval_sheet(edition, reading, [], CREATED).startswith(b"PK")


@pytest.mark.parametrize("spoil", ["text", "zip", "doctype", "missing", "kind"])
def test_file_that_is_no_template_is_refused_with_a_sentence(tmp_path, own_template, spoil):
    path = tmp_path / "t.docx"
    if spoil == "text":
        path.write_text("不是模板", encoding="utf-8")
    elif spoil == "zip":
        path.write_bytes(own_template.read_bytes()[:900])
    elif spoil in ("doctype", "kind"):
        old, new = (
            (b"<w:styles", b"<!DOCTYPE x><w:styles")
            if spoil == "doctype"
            else (b'w:type="paragraph"', b'w:type="odd"')
        )
        with zipfile.ZipFile(own_template) as source, zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                body = source.read(name)
                target.writestr(
                    name, body.replace(old, new, 1) if name == "word/styles.xml" else body
                )
    template, (found,) = load_template(path)
    assert template is None
    assert found.severity == "error"

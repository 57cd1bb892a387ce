"""The document: own and generated prose in their modes, numbered sub-headings, tables as printed."""

import pytest

from toolkit.record.reading import Origin, Paragraph
from toolkit.report.blocks import Heading, TableBlock, Text, export_text
from toolkit.report.narrative import narrate, printed_text
from toolkit.values import BLANK, DECLARED_ZERO, State, Value, Why, number


def of_section(edition, document, key):
    """The blocks below the heading of a section."""
    headings = [section.heading for section in edition.sections if section.printed]
    at = next(
        i
        for i, block in enumerate(document.blocks)
        if block == Heading(1, edition.section(key).heading)
    )
    after = [
        i
        for i, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.text in headings and i > at
    ]
    return list(document.blocks[at + 1 : after[0] if after else None])


def test_report_has_title_preamble_and_six_sections(edition, make):
    document = narrate(edition, make(edition))
    assert document.title == ("营前镇人民政府", f"{make(edition).year}年{edition.report_name}")
    assert isinstance(document.blocks[0], Text)
    level_1 = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert level_1 == [section.heading for section in edition.sections if section.printed]
    tables = [block.frame.table for block in document.blocks if isinstance(block, TableBlock)]
    assert tables == ["disclosure", "requests", "disputes"]


@pytest.mark.parametrize(
    ("mode", "own", "expected"),
    [
        (None, True, ["own"]),
        (None, False, ["generated"]),
        ("own", True, ["own"]),
        ("own", False, []),
        ("generated_before", True, ["generated", "own"]),
        ("generated_after", True, ["own", "generated"]),
        ("generated_after", False, ["generated"]),
        ("unheard-of", True, ["own"]),
    ],
)
def test_prose_is_own_generated_or_both_by_its_mode(edition, make, mode, own, expected):
    narrative = {"disputes": (Paragraph("", "本镇自己的话。"),)} if own else {}
    reading = make(edition, fields={"prose.disputes": mode} if mode else {}, narrative=narrative)
    *prose, table = of_section(edition, narrate(edition, reading), "disputes")
    assert isinstance(table, TableBlock)
    assert ["own" if block.text == "本镇自己的话。" else "generated" for block in prose] == expected


def test_own_text_is_kept_character_for_character(edition, make):
    text = "　　甲 <乙>&{{ 丙 }} \u200b\n\n 第二行 "
    reading = make(
        edition,
        narrative={"overview": (Paragraph("", text), Paragraph("", ""), Paragraph("", "  "))},
    )
    assert of_section(edition, narrate(edition, reading), "overview") == [
        Text("　　甲 <乙>&{{ 丙 }} \u200b"),
        Text(" 第二行 "),
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["甲", "乙"], ["（一）甲", "（二）乙"]),
        (["（一）甲", "乙", "（二）丙"], ["（一）甲", "（二）乙", "（二）丙"]),
        (["（九）甲", "乙", "丙"], ["（九）甲", "（十）乙", "（十一）丙"]),
        (
            ["(一)甲", "1.乙", "二、丙", "2021年工作"],
            ["(一)甲", "1.乙", "二、丙", "（四）2021年工作"],
        ),
        (["十全十美", "（十九）甲", "乙"], ["（一）十全十美", "（十九）甲", "（二十）乙"]),
    ],
)
def test_sub_headings_without_a_number_get_one(edition, make, given, shown):
    narrative = {"overview": tuple(Paragraph(heading, "正文。") for heading in given)}
    blocks = of_section(edition, narrate(edition, make(edition, narrative=narrative)), "overview")
    assert blocks == [block for heading in shown for block in (Heading(2, heading), Text("正文。"))]


def test_suggested_sub_headings_without_any_text_are_not_printed(edition, make):
    narrative = {"problems": (Paragraph("主动公开", ""), Paragraph("监督保障", " "))}
    assert (
        of_section(edition, narrate(edition, make(edition, narrative=narrative)), "problems") == []
    )


def test_paragraph_without_a_heading_continues_the_one_before(edition, make):
    narrative = {
        "problems": (Paragraph("甲", "一。"), Paragraph("", "二。"), Paragraph("乙", "三。"))
    }
    blocks = of_section(edition, narrate(edition, make(edition, narrative=narrative)), "problems")
    assert [block.text for block in blocks] == ["（一）甲", "一。", "二。", "（二）乙", "三。"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (number(0), "0"),
        (number(1200), "1200"),
        (DECLARED_ZERO, "0"),
        (BLANK, ""),
        (Value(State.NUMBER, number(22).number, raw="22（其中修订16件）"), "22（其中修订16件）"),
        (Value(State.NOT_APPLICABLE, raw="/"), "/"),
        (Value(State.UNREADABLE, raw="详见附件", why=Why.TEXT), "详见附件"),
    ],
)
def test_cells_are_printed_by_their_state(value, text):
    assert printed_text(value, Origin.PUBLISHED) == text


def test_text_typed_into_a_figure_is_printed_as_it_was_read():
    assert (
        printed_text(Value(State.NUMBER, number(25).number, raw="250000元"), Origin.WORKBOOK)
        == "25"
    )
    assert (
        printed_text(Value(State.NUMBER, number(25).number, raw="250000元"), Origin.WORKBOOK)
        == "25"
    )
    assert (
        printed_text(Value(State.NUMBER, number(7).number, raw="7元", unit="元"), Origin.WORKBOOK)
        == "7元"
    )


def test_combined_row_is_printed_as_a_combined_row(edition_2021, make):
    reading = make(
        edition_2021,
        {"requests.other_handling.natural": 1},
        combined=frozenset({"requests.other_handling"}),
        origin=Origin.PUBLISHED,
    )
    table = next(
        block
        for block in of_section(edition_2021, narrate(edition_2021, reading), "requests")
        if isinstance(block, TableBlock)
    )
    assert table.texts["requests.other_handling.natural"] == "1"
    assert "requests.other_misc.natural" not in table.texts


def test_text_export_holds_titles_paragraphs_and_rows(edition, make):
    document = narrate(edition, make(edition, {"requests.received.natural": 7}))
    lines = export_text(document).splitlines()
    assert lines[:2] == list(document.title)
    row = next(line.split("\t") for line in lines if line.startswith("一、本年新收"))
    assert row[1:] == ["7", "0", "0", "0", "0", "0", "7"]

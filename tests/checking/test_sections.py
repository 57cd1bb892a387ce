"""What a section must have (a statement of fees, something to say) and must not (text of the form, a copy, applications beside zeros)."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.prose import LONG, SENTENCES, codes, reading_of
from toolkit.edition.load import load_edition
from toolkit.phrases import phrases

STOCK = "本年度无其他需要报告的事项。"
SHORT = "一是公开不够及时；二是解读形式单一；下一步将加强业务培训，专人负责。"


def told(
    code: str, section: str, *texts: str, last: Sequence[str] | None = None, **fields: Any
) -> list[tuple[str, ...]]:
    """The keys of one code in a report for 2022 with these paragraphs in a section."""
    fields = {"unit__name": "示例县财政局", **fields}
    other = {
        "problems": ["栏目更新间隔过长，信息员已经到位。"]
    }  # the harmless prose of a section is no copy either
    before = None if last is None else reading_of({**other, section: last}, year=2021, **fields)
    return [
        keys
        for other_code, keys in codes(reading_of({section: texts}, year=2022, **fields), before)
        if other_code == code
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我镇发出收费通知的件数为0件、总金额为0元，实际收取的总金额为0元。",
        "2022年，我镇未收取政府信息公开费用。",
        "本年度我镇没有因依申请公开收取任何费用。",
        "2022年度未收取信息公开处理费。",
        "全年收取政府信息公开信息处理费3940元。",
        "无收取信息处理费情况。",
        "严格执行规定，没有向申请人收费。",
        "依申请提供政府信息未收取检索、复制、邮寄等费用。",
    ],
)
def test_statement_of_fees_is_recognised(text: str) -> None:
    assert told("N-06", "other", text) == []


@pytest.mark.parametrize(
    "text",
    [
        STOCK,
        "2022年，我镇收取行政事业性收费25万元。",
        "三公经费已经公开。",
        "未收取行政事业性收费，无其他需要报告的事项。",
    ],
)
def test_missing_statement_of_fees_is_reported(text: str) -> None:
    assert told("N-06", "other", text) == [("narrative.other",)]


@pytest.mark.parametrize(
    "texts",
    [
        ["无", "无"],
        ["存在的主要问题|无", "改进情况|无"],
        ["存在的主要问题|无。", "改进情况|不涉及"],
        ["暂无存在的主要问题"],
        ["存在的主要问题：无。改进情况：无。"],
        ["（一）存在的主要问题：暂无；", "（二）改进情况：不涉及"],
        ["本年度我局无存在的问题，暂无改进情况。"],
        ["存在的主要问题", "改进情况"],
        ["目前不存在主要问题。"],
        ["/", "——"],
    ],
)
def test_section_whose_paragraphs_all_say_nothing_is_reported(texts: Sequence[str]) -> None:
    assert told("N-04", "problems", *texts) == [("narrative.problems",)]


@pytest.mark.parametrize(
    "texts",
    [
        ["无", "改进情况|已经改进栏目设置。"],
        ["存在的主要问题|公开不够及时。", "改进情况|无"],
        ["无专人负责的问题比较突出。"],
        ["没有问题台账，已经建立。"],
        ["存在的主要问题是公开不及时。"],
    ],
)
def test_section_with_one_telling_paragraph_is_accepted(texts: Sequence[str]) -> None:
    assert told("N-04", "problems", *texts) == []


def test_bracketed_note_of_the_form_left_in_prose_is_reported() -> None:
    note = "区分处理的，只计这一情形，不计其他情形"
    for text in (f"部分公开（{note}）3件。", f"部分公开({note})3件。", f"部分公开3件，{note}。"):
        assert told("N-05", "requests", text) == [("narrative.requests.1",)]
    assert told("N-05", "requests", "部分公开（区分处理）3件，金额（单位：万元）见表。") == []
    assert "N-05" in [
        code for code, _ in codes(reading_of({"requests": [f"部分公开（{note}）3件。"]}, "2019"))
    ]


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (SHORT, SHORT),
        (SHORT.replace("；", "，"), SHORT),
        (SHORT.replace("；", "。").replace("，", "；"), SHORT),
        ("存在公开不及时的问题。", "存在公开不及时的问题。"),
        ("公开不及时。", "公开不及时。"),
        ("二是解读形式单一。一是公开不够及时。下一步加强业务培训，专人负责。", SHORT),
    ],
)
def test_copy_of_last_years_problems_is_reported_from_10_characters(now: str, last: str) -> None:
    expected = [] if len(now) < 10 else [("narrative.problems",)]
    assert told("N-13", "problems", now, last=[last]) == expected


@pytest.mark.parametrize(
    ("section", "now", "last"),
    [
        ("other", STOCK, STOCK),
        (
            "other",
            "2022年，我局未收取信息处理费，" + STOCK,
            "2021年，我局未收取信息处理费，" + STOCK,
        ),
        (
            "disputes",
            "2022年，我局未发生政府信息公开行政复议、行政诉讼案件。",
            "2021年，我局未发生政府信息公开行政复议、行政诉讼案件。",
        ),
        ("problems", "存在公开不及时的问题，已经改进。", "存在解读形式单一的问题，已经改进。"),
        ("problems", "无。", "无。"),
        ("problems", "暂无存在的主要问题，暂无改进情况。", "暂无存在的主要问题，暂无改进情况。"),
        ("overview", LONG, LONG),
    ],
)
def test_sentence_alike_every_year_is_no_copy(section: str, now: str, last: str) -> None:
    assert told("N-13", section, now, last=[last]) == []


def test_copy_with_other_punctuation_is_reported() -> None:
    last = "".join(SENTENCES).replace("。", "；")
    for section in ("overview", "problems"):
        for text in (
            last,
            last.replace("；", "，"),
            last.replace("；", "，", 2),
            last.replace("，", "。"),
        ):
            assert told("N-13", section, text, last=[last]) == [(f"narrative.{section}",)]


@pytest.mark.parametrize(
    "text",
    [
        "规范处理依申请公开流程3项。",
        "受理12345热线申请公开咨询3件。",
        "办理依申请公开3项制度的修订。",
        "完善依申请公开3项制度。",
        "办理公开申请答复样本3份。",
        "办理上年申请公开的信访事项3件。",
        "收到政府信息公开申请0件。",
    ],
)
def test_count_that_is_no_application_is_accepted_beside_zeros(text: str) -> None:
    assert told("N-14", "requests", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请3件，均已答复。",
        "收到政府信息公开申请3件均已答复。",
        "受理依申请公开申请三件。",
        "本年度收到依申请公开事项1项，已在规定时限内答复。",
        "共收到依申请公开8件，均已按期答复办结。",
        "接收各类政府信息公开申请共计81件。",
        "受理公开申请（含网上1件）34件。",
        "办结依申请公开81件，其中予以公开42件。",
    ],
)
def test_counted_applications_beside_zeros_are_reported(text: str) -> None:
    assert told("N-14", "requests", text) == [("narrative.requests.1",)]


def test_phrases_name_every_table_that_is_stated_in_prose() -> None:
    tables = {table.key for table in load_edition("2021").tables if not table.declared.official}
    assert set(phrases().prose.stated) == tables

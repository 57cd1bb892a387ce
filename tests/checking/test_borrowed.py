"""Another year's sentences and another unit's name: what was copied is told, honest prose about others and earlier years is not."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.prose import LONG, codes, reading_of

COUNTY, BUREAU, TOWN, STREET = (
    "示例县人民政府",
    "示例县财政局",
    "示例县大河口镇人民政府",
    "示例区人民政府城东街道办事处",
)
TITLE = "根据条例的要求，现公布{}2022年政府信息公开工作年度报告。"


def borrowed(name: str, section: str, text: str, **fields: Any) -> list[str]:
    """The codes N-10 and N-11 of a report for 2022 with one more paragraph."""
    texts: dict[str, Sequence[str]] = {section: [LONG, text] if section == "overview" else [text]}
    found = codes(reading_of(texts, year=2022, unit__name=name, **fields))
    return [code for code, _ in found if code in ("N-10", "N-11")]


@pytest.mark.parametrize(
    ("own", "section", "text"),
    [
        (BUREAU, "preamble", TITLE.format("示例县教育局")),
        (BUREAU, "preamble", "根据有关规定现公布示例县教育局2022年度政府信息公开工作年度报告。"),
        (BUREAU, "preamble", TITLE.format("邻近县财政局")),
        (BUREAU, "preamble", TITLE.format("示例县发展和改革委员会")),
        (BUREAU, "overview", "示例县教育局2022年主动公开信息100条。"),
        (BUREAU, "overview", "示例县教育局2022年公开各类信息100条。"),
        (BUREAU, "overview", "2022年，示例县教育局共主动公开政府信息100条。"),
        (BUREAU, "requests", "示例县教育局2022年度未收到政府信息公开申请。"),
        (BUREAU, "overview", "示例县教育局2022年发布信息100条。"),
        (BUREAU, "requests", "2022年，示例县教育局受理政府信息公开申请2件。"),
        (TOWN, "preamble", TITLE.format("示例县小清河镇人民政府")),
        (TOWN, "overview", "小清河镇2022年主动公开信息100条。"),
        (STREET, "preamble", TITLE.format("示例区人民政府城西街道办事处")),
        (STREET, "preamble", TITLE.format("城西街道办事处")),
        (COUNTY, "preamble", TITLE.format("邻近县人民政府")),
        ("示例县人民政府办公室", "preamble", TITLE.format("示例县教育局")),
    ],
)
def test_sentence_about_another_unit_is_reported(own: str, section: str, text: str) -> None:
    assert borrowed(own, section, text) == ["N-11"]


@pytest.mark.parametrize(
    ("own", "section", "text"),
    [
        (BUREAU, "preamble", TITLE.format(BUREAU)),
        (BUREAU, "preamble", TITLE.format("某某市示例县财政局")),
        (BUREAU, "preamble", TITLE.format("我局")),
        ("示例县发展和改革局", "preamble", TITLE.format("示例县发改局")),
        ("示例县市场监督管理局", "overview", "县市场监管局2022年主动公开信息100条。"),
        (BUREAU, "overview", "县财政局2022年主动公开信息100条。"),
        (BUREAU, "overview", "会同县司法局、县教育局2022年公开听证3次。"),
        (BUREAU, "overview", "示例县人民政府2022年公开重大决策3项，我局参与1项。"),
        (BUREAU, "overview", "示例市财政局2022年公开的预算目录共5类，我局照此办理。"),
        (BUREAU, "overview", "示例市财政局2022年制发规范性文件3件，已转发。"),
        (BUREAU, "overview", "县政务服务局2022年组织培训2次，我局派人参加。"),
        (BUREAU, "overview", "示例县审计局2022年公开的审计报告指出的问题已经整改。"),
        (BUREAU, "overview", "2022年，县审计局公开审计结果3项。"),
        (BUREAU, "overview", "2022年，县信访局受理涉及我局的信访3件。"),
        (BUREAU, "disputes", "县司法局2022年收到对我局的行政复议申请2件。"),
        (BUREAU, "overview", "县政务服务局2022年受理我局窗口事项300件。"),
        (BUREAU, "disputes", "2022年，示例县人民法院受理以我局为被告的行政诉讼1件。"),
        (BUREAU, "overview", "各县直部门和国家税务总局示例县税务局2022年公开信息的做法供参考。"),
        (TOWN, "preamble", TITLE.format("大河口镇人民政府")),
        (TOWN, "overview", "大河口镇2022年主动公开信息100条，各镇2022年公开信息都有增加。"),
        (TOWN, "overview", "赴小清河镇人民政府学习公开经验，示例县人民政府2022年公开信息3000条。"),
        (STREET, "preamble", TITLE.format("示例区城东街道办事处")),
        (STREET, "overview", "示例区人民政府2022年公开信息3000条，全区各街道办事处参加培训。"),
        (
            COUNTY,
            "overview",
            "示例县教育局2022年主动公开信息100条，大河口镇2022年主动公开信息20条。",
        ),
        ("示例市人民政府", "overview", "邻近市2022年主动公开信息100条。"),
        ("示例县人民政府办公室", "overview", "示例县教育局2022年受理申请3件。"),
        ("甲", "preamble", TITLE.format("示例县教育局")),
    ],
)
def test_honest_mention_of_other_units_is_accepted(own: str, section: str, text: str) -> None:
    assert borrowed(own, section, text) == []


def test_report_of_many_units_may_name_each_of_them() -> None:
    text = "示例县教育局2022年主动公开信息100条。"
    assert borrowed(BUREAU, "overview", text, unit__scope="aggregate") == []
    assert borrowed(BUREAU, "preamble", TITLE.format("示例县教育局"), unit__scope="aggregate") == [
        "N-11"
    ]


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("other", "2021年，我镇未收取信息处理费。"),
        ("other", "2021年度，我镇没有收取信息处理费，无其他需要报告的事项。"),
        ("other", "2021年，无收取信息处理费情况。"),
        ("disputes", "2021年，我镇没有发生行政复议、行政诉讼案件。"),
        ("disputes", "2021年我镇无行政复议、行政诉讼案件。"),
        ("requests", "我镇2021年共收到政府信息公开申请0件。"),
        ("requests", "大河口镇人民政府2021年收到政府信息公开申请2件。"),
        ("requests", "2021年，我镇收到申请3件，结转下年度继续办理0件。"),
        ("overview", "2021年，我镇未制发规范性文件。"),
        ("overview", "我镇2021年共公开信息100条。"),
        ("overview", "在2021年，我镇公开信息100条。"),
        ("overview", "（一）2021年我镇公开信息100条。"),
        ("overview", "一是2021年公开信息100条，占比98%。"),
        ("overview", "2021年，我镇公开信息100条，比2020年增长10%。"),
        ("overview", "2021年，我镇公开信息100条，同比增长10%。"),
        ("overview", "2021年，我镇公开信息100条，较上年增加10条。"),
        ("disclosure", "截至2021年12月31日，共公开信息30条。"),
        ("disclosure", "2021年6月，我镇公开信息30条。"),
    ],
)
def test_sentence_of_last_year_is_reported(section: str, text: str) -> None:
    assert borrowed("大河口镇人民政府", section, text) == ["N-10"]


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("requests", "2021年结转的申请2件已全部办结。"),
        ("requests", "2021年结转申请2件，已全部办结。"),
        ("requests", "2021年12月30日收到的申请1件，于本年1月5日答复。"),
        ("requests", "2021年12月30日收到的申请1件，于1月5日答复。"),
        ("overview", "2021年公开专栏上线后，本年度更新信息50条。"),
        ("overview", "2021年公开专栏上线后，更新信息50条。"),
        ("overview", "2021年12月启动的政务公开专区建设于本年完成，设公开查阅点3个。"),
        ("overview", "2021年度考核指出的3个问题已经整改。"),
        ("overview", "2021年建立的制度3项继续执行。"),
        ("overview", "2021年底建成的查阅点3个继续开放。"),
        ("requests", "2021年未办结的申请1件已答复。"),
        ("overview", "2021年公开信息100条，今年公开信息150条。"),
        ("overview", "与2021年相比，我镇多公开信息50条。"),
        ("overview", "较2021年增加公开信息50条。"),
        ("overview", "我镇较2021年多公开信息50条。"),
        ("overview", "我镇与2021年相比多公开信息50条。"),
        ("overview", "2021年公开信息100条；2022年公开信息150条。"),
        ("overview", "2021年以来，我镇公开信息100条。"),
        ("overview", "我镇落实2021年度考核意见3条。"),
        ("overview", "我镇2022年公开信息100条，2021年公开信息80条。"),
        ("overview", "2018年，我镇成立了领导小组。"),
        ("problems", "2021年查出的问题3个，2021年我镇公开信息100条。"),
    ],
)
def test_honest_mention_of_earlier_years_is_accepted(section: str, text: str) -> None:
    assert borrowed("大河口镇人民政府", section, text) == []

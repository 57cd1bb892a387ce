"""What is said of the prose: every code on a text that has the slip, and on a like one that has not."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import make
from tests.support.prose import LONG, SENTENCES, codes, reading_of, said
from toolkit.checking.check import check
from toolkit.checking.headings import printed_headings
from toolkit.data.load import load_data
from toolkit.edition.load import load_edition
from toolkit.formatters.machine import to_csv, to_json
from toolkit.personal import find_personal_numbers, mask_personal_numbers
from toolkit.record.outcome import Outcome
from toolkit.record.reading import Origin


def test_good_prose_gets_no_finding() -> None:
    assert codes(reading_of({})) == []


CASES = [
    ("N-01", "problems", [], ["有问题，已经改进。"]),
    ("N-04", "problems", ["无。"], ["无人看管的栏目已经清理。"]),
    ("N-04", "problems", ["暂无"], ["暂无公开条件的信息已经另行答复。"]),
    ("N-04", "overview", ["无"], [LONG]),
    ("N-05", "overview", [LONG + "××镇高度重视。"], [LONG + "用“×”标出的不公开。"]),
    ("N-05", "overview", [LONG + "（此处填写本年的工作情况）"], [LONG + "（此项工作由党政办负责，注：含上年1件），国办发【2020】1号"]),
    ("N-05", "overview", [LONG + "共召开会议___次。"], [LONG + "共召开会议3次。"]),
    ("N-05", "problems", ["先写存在的主要问题，再写改进情况，要具体，不要照抄上年。"], ["存在的主要问题是公开不及时，改进情况是专人负责。"]),
    ("N-06", "other", ["无其他需要报告的事项。"], ["本年度没有收取信息处理费。"]),
    ("N-07", "overview", ["本年度做好了政府信息公开工作。"], ["考核合格，评议满意，未被问责。"]),
    ("N-08", "overview", ["一、总体情况", LONG], ["总体情况|" + LONG]),
    ("N-08", "overview", ["主动公开|" + LONG, "主动公开|又及。"], ["主动公开|" + LONG, "依申请公开|又及。"]),
    ("N-09", "overview", ["（一）甲。" + LONG, "（三）乙。"], ["（一）甲。" + LONG, "（二）乙。"]),
    ("N-09", "overview", ["（一）甲。" + LONG, "（二）乙。", "（二）丙。"], ["（一）甲。" + LONG, "（二）乙。", "（一）丙。"]),
    ("N-09", "overview", ["（一）甲。" + LONG, "（三）乙。"], ["（一）甲。（二）又。" + LONG, "（三）乙。"]),
    ("N-10", "disclosure", ["2020年，我镇主动公开政府信息1500条。"], ["2021年，我镇主动公开政府信息1500条，比2020年增长32%。"]),
    ("N-10", "requests", ["2019年度未收到政府信息公开申请。"], ["2020年以来未收到政府信息公开申请。"]),
    ("N-10", "overview", ["2020年，我镇在县委县政府的领导下开展工作。" + LONG], [LONG + "2018年，我镇成立了领导小组。"]),
    ("N-10", "overview", ["2019年是政务公开的重要一年。" + LONG], ["2019年新修订的条例已经落实到各村。" + LONG]),
    ("N-10", "preamble", ["数据统计期限为2020年1月1日至2020年12月31日。"], ["数据统计期限为2021年1月1日至12月31日。"]),
    ("N-10", "preamble", ["现公布甲镇2020年政府信息公开工作年度报告。"], ["根据2019年修订的条例，现公布甲镇2021年政府信息公开工作年度报告。"]),
    ("N-10", "disclosure", ["截至2020年12月31日，共公开信息30条。"], ["按照要求，2021年3月发布了2020年的年度报告。"]),
    ("N-11", "overview", [LONG + "丙丁镇人民政府高度重视。"], [LONG + "县人民政府和各镇人民政府高度重视，乡镇人民政府参加。"]),
    ("N-11", "problems", ["问题已经由某县丙丁镇人民政府改进。"], ["根据镇人民政府的安排，贯彻落实镇人民政府的要求，某县甲乙镇人民政府已经改进。"]),
    ("N-12", "overview", [LONG + "联系人手机13812345678。"], [LONG + "文号2021123812345678901234，电话0591-12345678。"]),
    ("N-14", "requests", ["2021年，我镇收到政府信息公开申请3件，均已答复。"], ["2021年，我镇未收到政府信息公开申请，主动公开文件12件。"]),
    ("N-14", "overview", [LONG + "共受理依申请公开申请三件。"], [LONG + "收到政府信息公开申请0件，较2020年收到政府信息公开申请减少3件。"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "section", "bad", "good"), CASES)
def test_slip_in_prose_is_reported_and_its_harmless_double_is_not(
    code: str, section: str, bad: Sequence[str], good: Sequence[str]
) -> None:
    fields = {"unit__name": "某县甲乙镇人民政府", "unit__level": "township"}
    reading = reading_of({section: bad}, **fields)
    reading = replace(reading, places={"unit.name": said(reading)[0].place})
    assert [(code, keys[0].split(".")[:2]) for code, keys in codes(reading)] == [
        (code, ["narrative", section])
    ]
    assert codes(replace(reading_of({section: good}, **fields), places=reading.places)) == []


def test_only_governments_are_asked_for_duties_of_governments() -> None:
    text = {"overview": ["本年度做好了政府信息公开工作。"]}
    assert codes(reading_of(text, unit__name="某县甲局", unit__level="county_department")) == []
    assert codes(reading_of(text, unit__name="某县甲局")) == []
    assert [code for code, _ in codes(reading_of(text, unit__name="甲乙县人民政府"))] == ["N-07"]
    assert codes(reading_of(text, "2019", unit__name="甲乙县人民政府")) == []


def test_fee_statement_is_asked_only_if_no_sentence_or_figure_states_it() -> None:
    own = {"other": ["无其他需要报告的事项。"]}
    assert codes(reading_of(own, prose__other="generated_after")) == []
    assert codes(reading_of(own, "2019")) == []
    figures = replace(reading_of(own), origin=Origin.PUBLISHED)
    assert codes(figures) == []
    blank = {
        key: value for key, value in figures.cells.items() if not key.startswith("processing_fee")
    }
    assert codes(replace(figures, cells=blank)) == [("N-06", ("narrative.other",))]


def test_data_without_prose_is_not_asked_for_prose() -> None:
    assert codes(replace(make.zero("2021"), origin=Origin.PUBLISHED)) == []


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["一、总体情况", "二、主动公开", "三、收到", "四、复议", "五、问题", "六、其他"], []),
        (["—、总体情况", "二、主动公开", "三、收到"], ["N-09"]),
        (["一、总体情况", "二、主动公开", "二、主动公开", "三、收到"], ["N-08"]),
        (["一、总体情况", "三、收到", "四、复议"], ["N-09"]),
        (["一总体情况", "二、主动公开"], ["N-09"]),
        (["一、总体情况", "二、主动公开", "二、收到", "三、复议"], ["N-09"]),
        (["2021年年度报告", "一、总体情况"], []),
        (["一、总体情况", "三、", "二、主动公开"], []),
        (["1、总体情况", "二、主动公开政府信息情况", "（三）收到和处理政府信息公开申请情况"], []),
        (["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"], []),
        (["二、收到和处理政府信息公开申请情况"], ["N-09"]),
        ([], []),
    ],
)
def test_printed_headings_are_recognised(headings: Sequence[str], expected: Sequence[str]) -> None:
    assert [
        finding.code for finding in printed_headings(load_edition("2021"), "a", headings)
    ] == expected


SEED = Path(__file__).parents[3] / "shared" / "seed"


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed's text is not here")
def test_seed_report_gets_findings_for_its_slips_only() -> None:
    data = Path(__file__).parents[2] / "samples" / "2020-yingqian" / "data.json"
    reading, _ = load_data(data.read_bytes(), "data.json")
    assert reading is not None
    lines = next(SEED.glob("*.txt")).read_text(encoding="utf-8").split("\n")
    bare = (
        re.sub(r"\[bookmark: [^\]]*\]", "", line) for line in lines if not line.startswith("\t")
    )
    headings = tuple(line.strip() for line in bare if re.match(r"\s*[一二三四五六—]、", line))
    assert len(headings) == 7
    found = said(replace(reading, headings=headings))
    assert [finding.code for finding in found] == ["N-09", "N-08"]
    assert [finding.place.order[2] for finding in found] == [0, 2]


# --- last year's prose

OTHERS = [
    "主要问题是政策解读的形式比较少，图表和视频的解读只占一小部分。",
    "个别栏目更新间隔超过一个月，信息员调动以后没有及时交接。",
    "我们请县政务公开办来培训了两次，重新分了栏目，落实到人。",
    "全年图解政策十二件，更新间隔都在两周以内，群众满意度提高。",
]


def test_prose_like_last_years_is_reported_with_its_sentences() -> None:
    last = reading_of({"problems": ["".join(SENTENCES)]}, year=2020)
    assert codes(reading_of({"problems": ["".join(OTHERS)]}), last) == []
    [finding] = said(
        reading_of({"problems": [SENTENCES[1], "".join(SENTENCES[2:]) + SENTENCES[0]]}), last
    )
    assert (finding.code, finding.keys) == ("N-13", ("narrative.problems",))
    [figures] = said(
        reading_of({"problems": [re.sub("一是", "2021年1月，", "".join(SENTENCES))]}), last
    )
    assert figures.code == "N-13"
    half = reading_of({"problems": ["".join([*SENTENCES[:2], *OTHERS])]})
    assert codes(half, last) == []
    assert codes(reading_of({"problems": ["".join(SENTENCES)]})) == []


# --- personal numbers

IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"


def luhn(digits: str) -> str:
    doubled = [
        int(digit) * 2 if place % 2 == 0 else int(digit)
        for place, digit in enumerate(reversed(digits))
    ]
    return str(-sum(sum(divmod(digit, 10)) for digit in doubled) % 10)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"身份证号{IDENTITY}。", ["identity"]),
        ("身份证号１１０１０５１９４９１２３１００２Ｘ。", ["identity"]),
        ("11010519491231002x", ["identity"]),
        ("110105194912310021", []),
        ("110105194913310029", []),
        ("手机13812345678或138-1234-5678、138 1234 5678", ["mobile", "mobile", "mobile"]),
        ("手机+86 13800138000", ["mobile"]),
        ("手机8613800138000或008613800138000", ["mobile", "mobile"]),
        ("手机+86-138-0013-8000、（+86）138 0013 8000", ["mobile", "mobile"]),
        (
            "手机138 - 0013 - 8000、138—0013—8000、138\u00a00013\u00a08000",
            ["mobile", "mobile", "mobile"],
        ),
        ("邮编350400 13812345678", ["mobile"]),
        ("电话0591-12345678 13812345678", ["mobile"]),
        (f"邮编350400 {IDENTITY}", ["identity"]),
        ("电话12812345678", []),
        ("编号8612800138000", []),
        ("编号9913800138000", []),
        ("各类信息97 15 20 33 120 44 1条", []),
        ("编号2138123456781", []),
        (f"账号622202123456789012{luhn('622202123456789012')}", ["card"]),
        ("账号6222021234567890120", []),
        ("统一社会信用代码91350128MA2XN3C71T", []),
        ("共公开信息2027条，12345678901条", []),
    ],
)
def test_personal_numbers_are_recognised(text: str, kinds: Sequence[str]) -> None:
    assert [match.kind for match in find_personal_numbers(text)] == kinds
    assert all(match.shown.strip("*") == match.shown[-4:] for match in find_personal_numbers(text))


@given(
    st.text(),
    st.sampled_from([IDENTITY, "13812345678", "138-1234-5678", "+86 13812345678", "8613812345678"]),
    st.text(),
)
def test_masked_text_holds_no_personal_number(before: str, number: str, after: str) -> None:
    """Wherever it stands between other text; masking says nothing of text without one."""
    text = f"{before}，{number}，{after}"
    assert number not in mask_personal_numbers(text)
    assert list(find_personal_numbers(mask_personal_numbers(text))) == []
    if not list(find_personal_numbers(before)):
        assert mask_personal_numbers(before) == before


def test_no_output_shows_a_personal_number() -> None:
    """Also where another finding quotes the sentence it stands in."""
    text = f"2020年，我镇公开信息30条，申请人{IDENTITY}，手机13812345678，××镇。"
    reading = reading_of(
        {
            "disclosure": [text],
            "problems": ["".join(f"{IDENTITY}的问题，{sentence}" for sentence in SENTENCES)],
        }
    )
    reading = replace(reading, fields={**reading.fields, "profile.phone": "13812345678"})
    findings = check([reading], [reading])[0]
    assert {"N-05", "N-10", "N-12", "N-13"} <= {finding.code for finding in findings}
    assert ("profile.phone",) in [finding.keys for finding in findings if finding.code == "N-12"]
    shown = to_json([Outcome("a", reading, findings)]) + to_csv([Outcome("a", reading, findings)])
    assert IDENTITY not in shown
    assert "13812345678" not in shown
    assert "002X" in shown

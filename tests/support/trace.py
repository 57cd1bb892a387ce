"""Reads generated sentences back: every one must be a sentence known here, and every figure in it what its formula says.

Written anew from the words, without the templates and filters that wrote them. Shares and growth are whole-number arithmetic.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from toolkit.edition.load import load_edition
from toolkit.record.reading import Reading
from toolkit.report.blocks import Heading, ReportDocument, Text

N, P = r"\d+(?:\.\d+)?", r"\d+(?:\.\d)?"

PEOPLE = {
    "自然人": "natural",
    "商业企业": "commercial",
    "科研机构": "research",
    "社会公益组织": "welfare",
    "法律服务机构": "legal",
    "其他组织": "other",
}
RESULTS = {
    "予以公开": "granted",
    "部分公开": "partial",
    "不予公开": "denied_",
    "无法提供": "unable_",
    "不予处理": "refused_",
    "其他处理": "other_",
}
RULINGS = {
    "结果维持": "upheld",
    "结果纠正": "corrected",
    "其他结果": "other",
    "尚未审结": "pending",
}
ALL_RULED = {
    "结果为维持": "upheld",
    "结果为纠正": "corrected",
    "为其他结果": "other",
    "尚未审结": "pending",
}
DECISIONS = {
    "行政许可": "licensing",
    "行政处罚": "penalty",
    "行政强制": "coercion",
    "其他对外管理服务事项": "other_services",
}
GROWTH = rf"(?P<growth>，与上年持平|，比上年(?:增加|减少){N}[件条](?:，(?:增长|下降){P}%)?)?"


class Trace:
    """The figures of one report, by key or by the beginning of a row's key."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def cell(self, *keys: str) -> Decimal:
        return sum((self.reading.value(key).number or Decimal(0) for key in keys), Decimal(0))

    def outcome(self, row: str) -> Decimal:
        found = [
            key for key in self.reading.cells if re.fullmatch(rf"requests\.{row}\w*\.total", key)
        ]
        combined = any(key.startswith("requests.other_handling.") for key in self.reading.cells)
        return self.cell(
            *(key for key in found if not (combined and self.reading.value(key).is_blank))
        )

    def ruled(self, column: str, *groups: str) -> Decimal:
        return self.cell(*(f"disputes.{group}.{column}" for group in groups))

    def last(self, key: str) -> Decimal | None:
        prior = self.reading.prior
        value = prior.cells.get(key) if prior and prior.year == self.reading.year - 1 else None
        return value.number if value else None


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Percent to one decimal, half up."""
    return Decimal(int(Fraction(part) / Fraction(whole) * 1000 + Fraction(1, 2))) / 10


def grown(text: str | None, now: Decimal, before: Decimal | None, unit: str) -> None:
    if before is None or before == 0:
        assert text is None
    elif now == before:
        assert text == "，与上年持平"
    else:
        assert text is not None
        more = "增加" if now > before else "减少"
        match = re.fullmatch(
            rf"，比上年{more}({N}){unit}(?:，{'增长' if now > before else '下降'}({P})%)?", text
        )
        assert match is not None, text
        assert Decimal(match[1]) == abs(now - before)
        if match[2] is not None:
            assert Decimal(match[2]) == share(abs(now - before), before)


def listed(
    text: str,
    figure: Callable[[str], Decimal],
    names: dict[str, str],
    unit: str,
    whole: Decimal | None,
) -> None:
    """Every part named with its figure and share; what is left unnamed is zero."""
    rest, seen = text, Decimal(0)
    unnamed = dict(names)
    while rest:
        match = re.match(rf"({'|'.join(unnamed)})({N}){unit}(?:，占({P})%)?[；、]?", rest)
        assert match is not None, rest
        value = figure(unnamed.pop(match[1]))
        assert Decimal(match[2]) == value > 0
        if match[3] is not None:
            assert whole is not None
            assert Decimal(match[3]) == share(value, whole)
        seen += value
        rest = rest[match.end() :]
    assert all(figure(name) == 0 for name in unnamed.values())
    assert whole is None or seen == whole


def everything(
    words: str, names: dict[str, str], figure: Callable[[str], Decimal], whole: Decimal
) -> None:
    """All of the whole is one part; 均 only where it is more than one."""
    assert ("均" in words) == (whole > 1), words
    assert figure(names[words.replace("均", "")]) == whole, words


# Section by section ---------------------------------------------------------------------------------------------------


def _documents(t: Trace, text: str, kind: str, row: str) -> bool:
    """制发, 废止, 现行有效; in the older form 新制作, 新公开, 对外公开总数量."""
    old = t.reading.edition == "2019"
    first, second, third = (
        ("made", "published", "total_public") if old else ("issued", "repealed", "in_force")
    )
    verbs = ("新制作", "新公开", "对外公开总数量为") if old else ("制发", "废止", "现行有效")
    pattern = rf"(?:{verbs[0]}{kind}(?P<a>{N})件|未{verbs[0]}{kind})(?:，{verbs[1]}(?P<b>{N})件)?(?:，{verbs[2]}(?P<c>{N})件)?"
    match = re.fullmatch(pattern, text)
    if match is None:
        return False
    for group, column in (("a", first), ("b", second), ("c", third)):
        assert Decimal(match[group] or 0) == t.cell(f"disclosure.{row}.{column}")
    return True


def overview(t: Trace, text: str) -> None:
    normative = "规范性文件" if t.reading.edition == "2019" else "行政规范性文件"
    if _documents(t, text, "规章", "regulations") or _documents(t, text, normative, "normative"):
        return
    if match := re.fullmatch(rf"收取行政事业性收费({N})万元", text):
        assert Decimal(match[1]) == t.cell("disclosure.fees.amount")
    elif match := re.fullmatch(rf"实施政府集中采购项目({N})个", text):
        assert Decimal(match[1]) == t.cell("disclosure.procurement.items")
    elif text.startswith("作出"):
        plain = re.sub(r"处理决定|决定", "", text.removeprefix("作出"))
        names = {
            label: row
            for label, row in DECISIONS.items()
            if f"disclosure.{row}.decisions" in t.reading.cells
        }
        listed(plain, lambda row: t.cell(f"disclosure.{row}.decisions"), names, "件", None)
    else:  # nothing was done; where 文件 are named, they too are zero
        assert re.fullmatch(r"[^\d]*未作出[^\d]*", text), text
        rows = (
            "licensing",
            "penalty",
            "coercion",
            *(("regulations", "normative") if "文件" in text else ()),
        )
        assert not any(
            t.reading.value(key).number
            for key in t.reading.cells
            if key.split(".")[1] in rows and "prior" not in key and "change" not in key
        )


def disclosure(t: Trace, text: str) -> None:
    total = t.reading.statistics.total.number
    assert total is not None
    if text == "未主动公开政府信息":
        assert total == 0
        return
    match = re.fullmatch(rf"主动公开政府信息({N})条{GROWTH}(?:，内容(?P<all>均?为.+))?", text)
    if match is None:
        items = {
            item.kind.strip(): item.count.number
            for item in t.reading.statistics.items
            if item.count.number
        }
        for part in text.removeprefix("其中，").split("；"):
            match = re.fullmatch(rf"(.+?)({N})条(?:，占({P})%)?", part)
            assert match is not None, part
            assert Decimal(match[2]) == items[match[1]]
            assert match[3] is None or Decimal(match[3]) == share(Decimal(match[2]), total)
        return
    assert Decimal(match[1]) == total
    grown(match["growth"], total, t.reading.statistics.prior_total.number, "条")
    if match["all"]:
        assert ("均" in match["all"]) == (total > 1)
        assert [
            item.count.number
            for item in t.reading.statistics.items
            if item.kind.strip() and item.count.number
        ] == [total]


def requests(t: Trace, text: str) -> None:
    received, handled = t.cell("requests.received.total"), t.cell("requests.handled.total")
    carried_out = t.cell("requests.carried_out.total")
    if text == "未收到政府信息公开申请":
        assert received == 0
        assert not t.reading.declares("no_requests") or t.cell("requests.carried_in.total") != 0
    elif text == "未收到政府信息公开申请，也无上年结转的申请":
        assert t.reading.declares("no_requests")
        assert received == t.cell("requests.carried_in.total") == 0
    elif match := re.fullmatch(
        rf"新收政府信息公开申请({N})件{GROWTH}(?:，申请人(?P<all>均?为.+))?", text
    ):
        assert Decimal(match[1]) == received
        grown(match["growth"], received, t.last("requests.received.total"), "件")
        if match["all"]:
            names = {f"为{label}": column for label, column in PEOPLE.items()}
            everything(
                match["all"], names, lambda column: t.cell(f"requests.received.{column}"), received
            )
    elif text.startswith("其中，"):
        listed(
            text.removeprefix("其中，"),
            lambda column: t.cell(f"requests.received.{column}"),
            PEOPLE,
            "件",
            received,
        )
    elif match := re.fullmatch(rf"(?:有上年结转的政府信息公开申请|上年结转申请)({N})件", text):
        assert Decimal(match[1]) == t.cell("requests.carried_in.total")
    elif match := re.fullmatch(
        rf"(?:办理政府信息公开申请|本年度办理)({N})件(?:，其中(?P<parts>.+)|，(?P<all>.+))?", text
    ):
        assert Decimal(match[1]) == handled
        if match["parts"]:
            listed(match["parts"], t.outcome, RESULTS, "件", handled)
        elif match["all"]:
            everything(match["all"].replace("作其他", "其他"), RESULTS, t.outcome, handled)
        else:  # only a total that is not the sum has no parts
            assert sum(map(t.outcome, RESULTS.values())) != handled
    else:
        match = re.fullmatch(rf"(本年度均?未办结，)?结转下年度继续办理({N})件", text)
        assert match is not None, text
        assert Decimal(match[2]) == carried_out
        assert (match[1] is not None) == (handled == 0)
        assert match[1] is None or ("均" in match[1]) == (carried_out > 1)


def disputes(t: Trace, text: str) -> None:
    review, direct, after = (
        t.cell(f"disputes.{group}.total") for group in ("review", "direct", "after_review")
    )
    if text in ("未发生政府信息公开行政复议、行政诉讼", "未发生政府信息公开行政复议、行政诉讼案件"):
        assert review == direct == after == 0
        assert text.endswith("案件") == t.reading.declares("no_disputes")
    elif text == "未发生政府信息公开行政复议":
        assert review == 0
    elif text == "未发生政府信息公开行政诉讼":
        assert direct == after == 0
    elif match := re.fullmatch(
        rf"发生政府信息公开行政复议({N})件(?:，其中(?P<parts>.+)|，(?P<all>.+))?", text
    ):
        assert Decimal(match[1]) == review
        _rulings(t, match["parts"], match["all"], review, "review")
    else:
        kinds = {"未经复议直接起诉": direct, "复议后起诉": after, "为复议后起诉": after}
        some = rf"，其中未经复议直接起诉(?P<direct>{N})件、复议后起诉(?P<after>{N})件"
        match = re.fullmatch(
            rf"发生政府信息公开行政诉讼({N})件(?:{some}|，(?P<kind>均?(?:未经复议直接起诉|为复议后起诉)))?(?:；(?P<parts>.+)|，(?P<all>.+))?",
            text,
        )
        assert match is not None, text
        whole = direct + after
        assert Decimal(match[1]) == whole
        if match["kind"]:
            assert ("均" in match["kind"]) == (whole > 1)
            assert kinds[match["kind"].replace("均", "")] == whole
        elif match["direct"]:
            assert (Decimal(match["direct"]), Decimal(match["after"])) == (direct, after)
        _rulings(t, match["parts"], match["all"], whole, "direct", "after_review")


def _rulings(t: Trace, parts: str | None, all_: str | None, whole: Decimal, *groups: str) -> None:
    if parts:
        listed(parts, lambda column: t.ruled(column, *groups), RULINGS, "件", whole)
    elif all_:
        everything(all_, ALL_RULED, lambda column: t.ruled(column, *groups), whole)
    else:
        assert sum(t.ruled(column, *groups) for column in RULINGS.values()) != whole


def other(t: Trace, text: str) -> None:
    fee = [t.cell(f"processing_fee.{key}") for key in ("notices", "asked", "received")]
    if match := re.fullmatch(
        rf"发出信息处理费收费通知({N})件，收费通知总金额({N})元，实际收取({N})元", text
    ):
        assert [Decimal(figure) for figure in match.groups()] == fee
    else:
        assert re.fullmatch(
            r"未发出信息处理费收费通知(，收费通知总金额和实际收取金额均为0元)?", text
        ), text
        assert fee[0] == 0
        assert ("均为0元" in text) == (fee[1] == fee[2] == 0)


SECTIONS: dict[str, Callable[[Trace, str], None]] = {
    "overview": overview,
    "disclosure": disclosure,
    "requests": requests,
    "disputes": disputes,
    "other": other,
}


def generated(document: ReportDocument, reading: Reading) -> Iterator[tuple[str, str]]:
    """(section, sentence) of a report without own prose, the preamble left out; when and who are checked and taken off."""
    keys = {section.heading: section.key for section in load_edition(reading.edition).sections}
    key = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            key = keys[block.text]
        elif isinstance(block, Text) and key and block.text.startswith(f"{reading.year}年，"):
            assert block.text.endswith("。")
            for index, sentence in enumerate(block.text[:-1].split("。")):
                who = re.match(
                    rf"{reading.year}年，(我[镇乡县]|全[镇乡县]|本单位|全系统)", sentence
                )
                assert (who is not None) == (index == 0), sentence
                yield key, sentence[who.end() :] if who else sentence
        else:
            assert not (isinstance(block, Text) and key), block


def trace(document: ReportDocument, reading: Reading) -> int:
    """Every generated sentence checked; how many figures were resolved."""
    resolved = 0
    sentences = list(generated(document, reading))
    assert len({text for _, text in sentences}) == len(sentences), "a sentence stands twice"
    assert not [
        text
        for _, text in sentences
        if re.search(r"[，；、：]{2}|[，；、]$|None|\{|\}|均[^，；]*(?<!\d)1[件条](?!\d)", text)
    ]
    if any("新收政府" in text and "申请人" not in text for _, text in sentences):
        named = any(
            section == "requests" and text.startswith("其中，") for section, text in sentences
        )
        people = Trace(reading).cell(*(f"requests.received.{column}" for column in PEOPLE.values()))
        assert named == (people == Trace(reading).cell("requests.received.total"))
    for section, sentence in sentences:
        SECTIONS[section](Trace(reading), sentence)
        resolved += len(re.findall(N, sentence))
    return resolved

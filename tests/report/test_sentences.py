"""Generated sentences: right for zero, one and many, and left out where a figure is not known."""

import datetime as dt
from decimal import Decimal

import pytest

from toolkit.edition.declared import Sentence
from toolkit.record.facts import Published, facts, short_name
from toolkit.record.reading import Origin, Prior, Statistics, StatisticsItem
from toolkit.report.sentences import (
    breakdown_text,
    growth_text,
    parts_text,
    percent_of,
    shares_text,
    write_sentence,
    write_sentences,
)
from toolkit.templates import EditionError
from toolkit.values import BLANK, State, Value, Why, number

UNREADABLE = Value(State.UNREADABLE, raw="详见附件", why=Why.TEXT)


def paragraph(edition, reading, section):
    return "".join(write_sentences(edition, section, facts(edition, reading)))


def counts(**pairs):
    return [(label, Decimal(count)) for label, count in pairs.items()]


def published(total, prior=None, **items):
    parts = tuple((kind, Decimal(count)) for kind, count in items.items())
    return Published(Decimal(total), None if prior is None else Decimal(prior), parts)


def test_zero_has_its_own_wording(edition, make):
    reading = make(edition)
    year = reading.year
    assert paragraph(edition, reading, "requests") == f"{year}年，我镇未收到政府信息公开申请。"
    assert (
        paragraph(edition, reading, "disputes")
        == f"{year}年，我镇未发生政府信息公开行政复议、行政诉讼。"
    )
    assert paragraph(edition, reading, "disclosure") == ""


def test_sentence_for_one_application(edition, make):
    reading = make(edition, {"requests.received.natural": 1, "requests.granted.natural": 1})
    assert (
        paragraph(edition, reading, "requests")
        == f"{reading.year}年，我镇新收政府信息公开申请1件，申请人为自然人。本年度办理1件，予以公开。"
    )


def test_sentence_for_many_applications_sums_their_groups(edition, make):
    cells = {
        "received.natural": 5,
        "carried_in.legal": 1,
        "granted.natural": 3,
        "denied_law.legal": 1,
        "denied_inquiry.natural": 1,
    }
    cells |= {"carried_out.natural": 1}
    reading = make(edition, {f"requests.{key}": count for key, count in cells.items()})
    assert paragraph(edition, reading, "requests") == (
        f"{reading.year}年，我镇新收政府信息公开申请5件，申请人均为自然人。上年结转申请1件。"
        "本年度办理5件，其中予以公开3件，占60%；不予公开2件，占40%。结转下年度继续办理1件。"
    )


def test_sentence_for_applications_with_a_single_outcome(edition, make):
    reading = make(edition, {"requests.received.natural": 2, "requests.refused_repeat.natural": 2})
    assert paragraph(edition, reading, "requests").endswith("本年度办理2件，均不予处理。")


def test_total_that_is_not_the_sum_gets_no_breakdown(edition, make):
    reading = make(
        edition,
        {"requests.received.natural": 2, "requests.granted.total": 2, "requests.handled.total": 3},
    )
    assert paragraph(edition, reading, "requests").endswith("本年度办理3件。")


@pytest.mark.parametrize(
    ("cells", "wording"),
    [
        (
            {"review.upheld": 1},
            "发生政府信息公开行政复议1件，结果为维持。未发生政府信息公开行政诉讼。",
        ),
        (
            {"direct.other": 1, "after_review.upheld": 2},
            "未发生政府信息公开行政复议。发生政府信息公开行政诉讼3件，其中未经复议直接起诉1件、复议后起诉2件；结果维持2件、其他结果1件。",
        ),
        (
            {"review.pending": 2, "direct.pending": 1},
            "发生政府信息公开行政复议2件，均尚未审结。发生政府信息公开行政诉讼1件，未经复议直接起诉，尚未审结。",
        ),
    ],
)
def test_sentences_for_disputes(edition, make, cells, wording):
    reading = make(edition, {f"disputes.{key}": count for key, count in cells.items()})
    assert paragraph(edition, reading, "disputes").endswith(wording)


def test_sentences_for_the_processing_fee(edition_2021, make):
    zero = paragraph(edition_2021, make(edition_2021), "other")
    asked = paragraph(edition_2021, make(edition_2021, {"processing_fee.asked": 5}), "other")
    some = {"notices": 1, "asked": number(Decimal("120.50")), "received": 0}
    charged = paragraph(
        edition_2021,
        make(edition_2021, {f"processing_fee.{key}": value for key, value in some.items()}),
        "other",
    )
    assert zero == "2021年，我镇未发出信息处理费收费通知，收费通知总金额和实际收取金额均为0元。"
    assert asked == "2021年，我镇未发出信息处理费收费通知。"
    assert charged == "2021年，我镇发出信息处理费收费通知1件，收费通知总金额120.5元，实际收取0元。"


def test_sentences_for_published_items(edition, make):
    items = tuple(
        StatisticsItem(kind, number(count))
        for kind, count in (("工作动态", 2004), ("人事信息", 9), ("财经信息", 5), ("其他", 0))
    )
    reading = make(edition, statistics=Statistics(items, number(2027), number(1536)))
    assert paragraph(edition, reading, "disclosure") == (
        f"{reading.year}年，我镇主动公开政府信息2027条，比上年增加491条，增长32%。"
        "其中，工作动态2004条，占98.9%；人事信息9条，占0.4%；财经信息5条，占0.2%。"
    )
    none = make(edition, statistics=Statistics((), number(0), number(7)))
    assert paragraph(edition, none, "disclosure") == f"{reading.year}年，我镇未主动公开政府信息。"


@pytest.mark.parametrize("total", [BLANK, UNREADABLE, number(-1), number(Decimal("1.5"))])
def test_items_without_a_total_get_no_sentence(edition, make, total):
    reading = make(edition, statistics=Statistics((StatisticsItem("工作动态", number(3)),), total))
    assert paragraph(edition, reading, "disclosure") == ""


def test_unreadable_item_omits_the_sentence_and_a_blank_does_not(edition, make):
    def text(value):
        return paragraph(
            edition,
            make(edition, statistics=Statistics((StatisticsItem("工作动态", value),), number(3))),
            "disclosure",
        )

    assert text(UNREADABLE) == ""
    assert text(BLANK).endswith("主动公开政府信息3条。")


@pytest.mark.parametrize(
    "value", [BLANK, UNREADABLE, number(-1), Value(State.NOT_APPLICABLE, raw="无")]
)
def test_unreadable_figure_omits_the_sentences_that_use_it(edition, make, value):
    """One open cell spoils the totals above it, and only the sentences that use those."""
    reading = make(
        edition,
        {
            "requests.received.natural": 2,
            "requests.granted.natural": 2,
            "requests.denied_law.legal": value,
        },
    )
    assert (
        paragraph(edition, reading, "requests")
        == f"{reading.year}年，我镇新收政府信息公开申请2件，申请人均为自然人。"
    )
    pending = make(edition, {"disputes.after_review.pending": value})
    assert paragraph(edition, pending, "disputes") == ""


def test_figure_named_in_an_untaken_branch_counts_as_used(edition_2021, make):
    reading = make(edition_2021, {"processing_fee.asked": 5, "processing_fee.received": BLANK})
    assert paragraph(edition_2021, reading, "other") == ""


def test_blank_of_a_published_report_is_written_as_zero(edition, make):
    reading = make(edition, {"requests.received.legal": BLANK}, origin=Origin.PUBLISHED)
    assert "未收到" in paragraph(edition, reading, "requests")


def test_table_missing_from_a_published_report_gets_no_sentence(edition_2021, make):
    fee = {key: BLANK for key in edition_2021.cells if key.startswith("processing_fee.")}
    out = make(edition_2021, fee, origin=Origin.PUBLISHED)
    assert paragraph(edition_2021, out, "other") == ""
    assert (
        paragraph(
            edition_2021,
            make(edition_2021, fee | {"processing_fee.asked": 0}, origin=Origin.PUBLISHED),
            "other",
        )
        != ""
    )


def test_combined_row_counts_in_the_group_of_its_rows(edition_2021, make):
    cells = {
        "requests.received.natural": 2,
        "requests.granted.natural": 1,
        "requests.other_handling.natural": 1,
    }
    reading = make(edition_2021, cells, combined=frozenset({"requests.other_handling"}))
    assert paragraph(edition_2021, reading, "requests").endswith(
        "其中予以公开1件，占50%；其他处理1件，占50%。"
    )


def test_figure_of_a_row_inside_a_combined_row_is_unknown(edition_2021, make):
    reading = make(edition_2021, combined=frozenset({"requests.other_handling"}))
    sentence = Sentence(section="other", text="{{ requests.other_misc.total | figure }}")
    assert write_sentence(edition_2021, sentence, facts(edition_2021, reading)) is None


def test_preamble_is_written_from_the_fields(edition, make):
    year = dt.date(2020, 1, 1)
    fields = {
        "profile.period.start": year,
        "profile.period.end": dt.date(2020, 12, 31),
        "profile.address": "圩镇",
        "profile.phone": "0797-1",
    }
    text = paragraph(edition, make(edition, fields=fields), "preamble")
    assert "现公布营前镇人民政府" in text
    assert "2020年1月1日至12月31日" in text
    assert text.endswith("（地址：圩镇，电话：0797-1）。")
    bare = paragraph(edition, make(edition), "preamble")
    assert "统计期限" not in bare
    assert "地址" not in bare
    assert paragraph(edition, make(edition, fields={"unit.name": " "}), "preamble") == ""


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("营前镇人民政府", "我镇"),
        ("某街道办事处", "我街道"),
        ("某区卫生健康委员会", "我委"),
        ("某开发区管理委员会", "我管委会"),
        ("某市人民政府国有资产监督管理委员会", "我委"),
        ("某市城市管理委员会", "我委"),
        ("某公司", "本单位"),
        ("", "本单位"),
    ],
)
def test_short_name_follows_the_longest_ending(edition, make, name, short):
    assert short_name(edition, make(edition, fields={"unit.name": name})) == short
    assert (
        short_name(edition, make(edition, fields={"unit.name": name, "unit.short": "我部"}))
        == "我部"
    )


@pytest.mark.parametrize(
    ("total", "prior", "words"),
    [
        (2027, 1536, "，比上年增加491条，增长32%"),
        (3, 4, "，比上年减少1条，下降25%"),
        (4, 4, "，与上年持平"),
        (4, 0, ""),
        (4, None, ""),
        (0, 4, "，比上年减少4条，下降100%"),
        (100_001, 100_000, "，比上年增加1条"),
        (1, 2500, "，比上年减少2499条"),
        (1100, 100, "，比上年增加1000条，增长1000%"),
        (1101, 100, "，比上年增加1001条"),
    ],
)
def test_growth_is_written_for_rise_fall_and_no_change(total, prior, words):
    assert growth_text(Decimal(total), None if prior is None else Decimal(prior), "条") == words


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (1, 8, "12.5"),
        (1, 16, "6.3"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 2000, "0.1"),
        (2004, 2027, "98.9"),
    ],
)
def test_shares_are_rounded_half_up(part, whole, share):
    assert percent_of(Decimal(part), Decimal(whole)) == Decimal(share)


@pytest.mark.parametrize(
    ("statistics", "words"),
    [
        (published(10), ""),
        (published(10, 甲=10), "，均为甲"),
        (published(1, 甲=1, 乙=0), "，为甲"),
        (published(10, 甲=4), "，其中甲4条，占40%"),
        (published(10, 甲=20), ""),
        (published(5, 其他=5), ""),
        (published(5, 其他=3), ""),
        (published(5, 其他=3, 甲=2), "，其中其他3条，占60%；甲2条，占40%"),
        (published(9999, 甲=9998, 乙=1), "，其中甲9998条；乙1条"),
    ],
)
def test_breakdown_is_written_from_statistics(statistics, words):
    assert breakdown_text(statistics, "条", "，其中") == words


def test_shares_are_written_of_every_part():
    def written(whole, **pairs):
        return shares_text(counts(**pairs), "件", Decimal(whole), "，其中")

    assert written(5, 甲=3, 乙=0, 丙=2) == "，其中甲3件，占60%；丙2件，占40%"
    assert written(3, 甲=3, 乙=0) == "，均为甲"
    assert written(0, 甲=0) == ""
    assert written(4, 甲=3) == ""


def test_parts_are_listed_without_shares():
    parts = counts(甲=2, 乙=0, 丙=1)
    assert parts_text(parts, "件") == "甲2件、丙1件"
    assert parts_text(parts, "件", Decimal(3), "；") == "；甲2件、丙1件"
    assert parts_text(parts, "件", Decimal(4), "；") == ""
    assert (
        parts_text([("甲", Decimal(2), "结果{均}为甲"), ("乙", Decimal(0))], "件", Decimal(2))
        == "，结果均为甲"
    )
    assert parts_text([("甲", Decimal(1), "结果{均}为甲")], "件", Decimal(1)) == "，结果为甲"


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({}, "我镇"),
        ({"unit.scope": "unit"}, "我镇"),
        ({"unit.scope": "aggregate"}, "全镇"),
        ({"unit.scope": "aggregate", "unit.name": "某县人民政府"}, "全县"),
        ({"unit.scope": "aggregate", "unit.name": "某县人民政府办公室"}, "全县"),
        (
            {"unit.scope": "aggregate", "unit.name": "某县人民政府办公室", "unit.short": "我办"},
            "全县",
        ),
        ({"unit.scope": "aggregate", "unit.name": "某某街道办事处"}, "全街道"),
        ({"unit.scope": "aggregate", "unit.name": "某县教育局"}, "全系统"),
        ({"unit.scope": "aggregate", "unit.short": "某新区"}, "全区"),
        ({"unit.scope": "unit", "unit.short": "某新区"}, "某新区"),
    ],
)
def test_sentences_are_about_the_unit_or_about_the_whole(edition, make, fields, who):
    reading = make(edition, fields=fields)
    assert (
        paragraph(edition, reading, "requests")
        == f"{reading.year}年，{who}未收到政府信息公开申请。"
    )


def test_only_the_first_sentence_says_when_and_who(edition, make):
    cells = {
        "requests.received.natural": 1,
        "requests.carried_in.natural": 1,
        "requests.granted.natural": 1,
        "requests.carried_out.natural": 1,
    }
    whole = paragraph(edition, make(edition, cells), "requests")
    assert whole.count("我镇") == whole.count("年，我镇") == 1
    # the first that can be written, whichever that is
    rest = paragraph(
        edition, make(edition, cells | {"requests.received.legal": UNREADABLE}), "requests"
    )
    assert rest.startswith(f"{make(edition).year}年，我镇有上年结转的政府信息公开申请1件。")


def test_growth_is_computed_from_last_years_report(edition, make):
    last = make(edition).year - 1
    cells = {"requests.received.natural": 5, "requests.carried_out.natural": 5}

    def text(year, figure):
        return paragraph(
            edition,
            make(
                edition,
                cells,
                prior=Prior(year, edition.id, {"requests.received.total": number(figure)}),
            ),
            "requests",
        )

    assert "申请5件，比上年增加3件，增长150%，申请人均为自然人。" in text(last, 2)
    assert "申请5件，与上年持平，" in text(last, 5)
    assert "申请5件，申请人" in text(last, 0)
    assert "申请5件，申请人" in text(last - 1, 2)


def test_declared_zeros_have_their_own_wording(edition, make):
    named = {"requests": "no_requests", "disputes": "no_disputes", "overview": "no_disclosure"}
    for section, declaration in named.items():
        declared = paragraph(
            edition, make(edition, fields={f"declarations.{declaration}": True}), section
        )
        typed = paragraph(edition, make(edition), section)
        assert len(declared) > len(typed)
        assert "未" in declared
        assert "未" in typed


def test_last_year_is_known_only_from_last_years_report(edition, make):
    sentence = Sentence(section="requests", text="{{ prior.requests.carried_out.total | figure }}")
    key = "requests.carried_out.total"

    def text(prior):
        return write_sentence(edition, sentence, facts(edition, make(edition, prior=prior)))

    last = make(edition).year - 1
    assert text(Prior(last, edition.id, {key: number(6)})) == "6"
    assert text(Prior(last - 1, edition.id, {key: number(6)})) is None
    assert text(None) is None


def test_sentence_with_an_unknown_name_raises_an_edition_error(edition, make):
    with pytest.raises(EditionError, match="narrative"):
        write_sentence(
            edition,
            Sentence(section="other", text="{{ requests.recieved.total | figure }}"),
            facts(edition, make(edition)),
        )


def test_every_sentence_of_the_form_can_be_written(edition, make):
    """Whatever branch is taken: no name in narrative.toml is misspelt."""
    fields: dict[str, object] = {
        key: "某" for key, entry in edition.fields.items() if entry.kind == "text"
    }
    fields |= {
        "profile.period.start": dt.date(2020, 1, 1),
        "profile.period.end": dt.date(2020, 12, 31),
    }
    statistics = Statistics((StatisticsItem("动态", number(2)),), number(3), number(2))
    zero, two = (
        make(edition),
        make(
            edition,
            dict.fromkeys(edition.cells.keys() - edition.totals.keys(), 2),
            fields=fields,
            statistics=statistics,
        ),
    )
    for sentence in edition.narrative.sentence:
        written = [
            write_sentence(edition, sentence, facts(edition, reading)) for reading in (zero, two)
        ]
        assert any(written), sentence.text

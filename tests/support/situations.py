"""Sixty reports as offices have them, each with a name: what is written about them stands in tests/golden/narrative.txt."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.support.make import dotted, settled
from toolkit.edition.load import load_edition
from toolkit.record.reading import Origin, Prior, Reading, Statistics, StatisticsItem
from toolkit.values import BLANK, State, Value, Why, number

YEARS = {"2019": 2020, "2021": 2022}
OPEN = Value(State.UNREADABLE, raw="见附件", why=Why.TEXT)

Figures = Mapping[str, int | Decimal | Value]


def situation(
    edition_id: str,
    unit: str = "示例镇人民政府",
    *,
    requests: Figures | None = None,
    disputes: Figures | None = None,
    disclosure: Figures | None = None,
    fee: Figures | None = None,
    items: tuple[int | None, int | None, Mapping[str, int]]
    | None = None,  # total, last year's, by kind
    last: Mapping[str, int] | None = None,  # figures of last year's report
    published: bool = False,
    combined: bool = False,
    **fields: object,
) -> Reading:
    """A settled report of zeros with some figures; the totals are computed unless given. Fields go by __ for dots."""
    edition = load_edition(edition_id)
    rows = frozenset(["requests.other_handling"]) if combined else frozenset[str]()
    cells: dict[str, int | Decimal | Value] = {}
    for table, figures in (
        ("requests", requests),
        ("disputes", disputes),
        ("disclosure", disclosure),
        ("processing_fee", fee),
    ):
        for key, value in (figures or {}).items():
            cells[f"{table}.{key}"] = value
    year = YEARS[edition_id]
    statistics, prior = Statistics(), None
    if items is not None:
        total, before, kinds = items
        counted = tuple(StatisticsItem(kind, number(count)) for kind, count in kinds.items())
        statistics = Statistics(
            counted, *(BLANK if count is None else number(count) for count in (total, before))
        )
    if last is not None:
        figures_before = {f"requests.{key}": number(value) for key, value in last.items()}
        prior = Prior(year - 1, edition_id, figures_before)
    return settled(
        edition,
        cells,
        year=year,
        origin=Origin.PUBLISHED if published else Origin.WORKBOOK,
        fields={"unit.name": unit, **dotted(fields)},
        combined=rows,
        statistics=statistics,
        prior=prior,
    )


CONTACT: dict[str, Any] = {
    "profile__period__start": dt.date(2022, 1, 1),
    "profile__period__end": dt.date(2022, 12, 31),
    "profile__address": "示例县示例镇中心路1号",
    "profile__phone": "0000-0000000",
}
FULL = CONTACT | {
    "profile__postcode": "000000",
    "profile__email": "a@example.cn",
    "profile__website": "www.example.cn",
}
DECLARED: dict[str, Any] = {
    f"declarations__{name}": True
    for name in ("no_requests", "no_organisations", "no_disputes", "no_disclosure")
}
LARGE: Figures = {
    "received.natural": 1295,
    "received.commercial": 210,
    "received.research": 3,
    "received.welfare": 12,
    "received.legal": 88,
    "received.other": 7,
    "carried_in.natural": 103,
    "carried_in.legal": 9,
    "granted.natural": 612,
    "granted.commercial": 101,
    "granted.research": 3,
    "partial.natural": 187,
    "partial.legal": 40,
    "denied_secret.natural": 2,
    "denied_third_party.natural": 55,
    "denied_process.commercial": 31,
    "unable_not_held.natural": 300,
    "unable_unclear.natural": 21,
    "unable_to_create.legal": 57,
    "refused_petition.natural": 120,
    "refused_repeat.commercial": 70,
    "carried_out.natural": 101,
    "carried_out.commercial": 8,
    "carried_out.welfare": 12,
    "carried_out.other": 7,
}
ALL_DISPUTES: Figures = {
    f"{group}.{column}": count
    for group, counts in {
        "review": (12, 3, 2, 4),
        "direct": (5, 1, 0, 2),
        "after_review": (3, 0, 1, 1),
    }.items()
    for column, count in zip(("upheld", "corrected", "other", "pending"), counts, strict=True)
}


def _requests(edition_id: str, other: str) -> dict[str, Reading]:
    """Section three; `other` is a row of （六） of that edition."""

    def case(figures: Figures, **more: Any) -> Reading:
        return situation(edition_id, requests=figures, **more)

    single: Figures = {"received.natural": 1, "granted.natural": 1}
    return {
        "一件申请，予以公开": case(single),
        "一件申请，没有办完": case({"received.legal": 1, "carried_out.legal": 1}),
        "一件申请，不予公开": case({"received.commercial": 1, "denied_third_party.commercial": 1}),
        "两件申请，都没有办完": case({"received.natural": 2, "carried_out.natural": 2}),
        "两件申请，都无法提供": case(
            {"received.other": 2, "unable_not_held.other": 1, "unable_unclear.other": 1}
        ),
        "只有上年结转一件，办完": case({"carried_in.natural": 1, "partial.natural": 1}),
        "只有上年结转两件，一件仍未办完": case(
            {"carried_in.research": 2, "refused_repeat.research": 1, "carried_out.research": 1}
        ),
        "几类申请人、几种结果": case(
            {
                "received.natural": 4,
                "received.commercial": 1,
                "received.welfare": 1,
                "carried_in.natural": 1,
                "granted.natural": 3,
                "partial.commercial": 1,
                "denied_law.natural": 1,
                f"{other}.natural": 1,
                "carried_out.welfare": 1,
            }
        ),
        "比上年增加": case(
            {"received.natural": 3, "granted.natural": 3}, last={"received.total": 2}
        ),
        "比上年减少": case(
            {"received.natural": 3, "granted.natural": 2, "refused_excessive.natural": 1},
            last={"received.total": 4},
        ),
        "与上年持平": case(
            {"received.natural": 2, "received.legal": 1, "granted.natural": 2, "granted.legal": 1},
            last={"received.total": 3},
        ),
        "上年是零": case(single, last={"received.total": 0}),
        "比上年多几十倍": case(
            {"received.natural": 60, "refused_petition.natural": 60}, last={"received.total": 1}
        ),
        "上年有，今年没有": case({}, last={"received.total": 5}),
        "占比小到写不出": case(
            {
                "received.natural": 4999,
                "received.legal": 1,
                "granted.natural": 4999,
                "granted.legal": 1,
            }
        ),
        "新收数还没有填清楚": case(
            {"received.natural": OPEN, "carried_in.natural": 2, "granted.natural": 2}
        ),
        "总计与各项之和不同": case(
            {"received.natural": 2, "granted.total": 2, "handled.total": 3, "granted.natural": 2}
        ),
        "全是其他处理": case({"received.natural": 2, f"{other}.natural": 2}),
    }


def _disputes(edition_id: str) -> dict[str, Reading]:
    def case(**figures: int) -> Reading:
        return situation(
            edition_id, disputes={key.replace("__", "."): value for key, value in figures.items()}
        )

    return {
        "一件复议，维持": case(review__upheld=1),
        "一件复议，未审结": case(review__pending=1),
        "三件复议，都纠正": case(review__corrected=3),
        "三件复议，几种结果": case(review__upheld=1, review__other=1, review__pending=1),
        "一件直接起诉": case(direct__upheld=1),
        "两件复议后起诉，都未审结": case(after_review__pending=2),
        "两类诉讼，结果都是维持": case(direct__upheld=1, after_review__upheld=1),
        "复议一件、诉讼一件": case(review__other=1, after_review__corrected=1),
        "复议、诉讼各种结果": situation(edition_id, disputes=ALL_DISPUTES),
    }


def _both(edition_id: str, other: str) -> dict[str, Reading]:
    return {
        "全部为零": situation(edition_id),
        "全部零申报": situation(edition_id, **DECLARED),
        **_requests(edition_id, other),
        **_disputes(edition_id),
    }


def situations() -> dict[str, Reading]:
    """Name -> report; sixty of them."""
    return {
        **_both("2021", "other_misc"),
        "（六）合为一行": situation(
            "2021", requests={"received.natural": 1, "other_handling.natural": 1}, combined=True
        ),
        "引言各项齐全": situation("2021", **FULL),
        "引言没有邮编、邮箱、网址": situation("2021", **CONTACT),
        "期限跨年的新设单位": situation(
            "2021", "示例县新设局", **CONTACT | {"profile__period__start": dt.date(2021, 11, 1)}
        ),
        "没有名称的末尾可用": situation("2021", "示例公司"),
        "县级汇总表": situation(
            "2021", "示例县人民政府", requests=LARGE, disputes=ALL_DISPUTES, unit__scope="aggregate"
        ),
        "县本级": situation(
            "2021",
            "示例县人民政府",
            requests={"received.natural": 2, "granted.natural": 2},
            unit__scope="unit",
        ),
        "局的汇总表": situation(
            "2021",
            "示例县教育局",
            requests={"received.natural": 1, "granted.natural": 1},
            unit__scope="aggregate",
        ),
        "数很大的市": situation(
            "2021",
            "示例市人民政府",
            requests=LARGE,
            disputes=ALL_DISPUTES,
            last={"received.total": 1500},
            items=(123456, 98765, {"工作动态": 100000, "政策文件": 23456}),
            disclosure={
                **{
                    f"regulations.{key}": count
                    for key, count in {"issued": 3, "repealed": 1, "in_force": 41}.items()
                },
                **{
                    f"normative.{key}": count
                    for key, count in {"issued": 25, "repealed": 14, "in_force": 310}.items()
                },
                "licensing.decisions": 1234567,
                "penalty.decisions": 88123,
                "coercion.decisions": 4210,
                "fees.amount": Decimal("375912.345678"),
            },
            fee={"notices": 12, "asked": Decimal("3310.5"), "received": Decimal("1210.5")},
        ),
        "只有许可": situation(
            "2021", disclosure={"licensing.decisions": 1, "fees.amount": Decimal("25.1")}
        ),
        "只有废止": situation(
            "2021", disclosure={"normative.repealed": 1, "normative.in_force": 2}
        ),
        "只有规章": situation("2021", "示例市人民政府", disclosure={"regulations.in_force": 6}),
        "信息处理费一件，未收到": situation("2021", fee={"notices": 1, "asked": Decimal("120.50")}),
        "没有通知却有金额": situation("2021", fee={"asked": 5}),
        "公开一条": situation("2021", items=(1, None, {"工作动态": 1})),
        "公开的都是一类，比上年减少": situation(
            "2021", items=(10, 16, {"工作动态": 10, "其他": 0})
        ),
        "公开的没有分完": situation(
            "2021", items=(2027, 1536, {"工作动态": 2004, "人事信息": 9, "财经信息": 5})
        ),
        "公开数与上年持平，没有分类": situation("2021", items=(300, 300, {})),
        "没有公开": situation("2021", items=(0, 7, {})),
        "分类之和超过合计": situation("2021", items=(10, 8, {"甲类": 9, "乙类": 3})),
        "全部为零（2019年格式）": situation("2019"),
        "全部零申报（2019年格式）": situation("2019", **DECLARED),
        "几类申请人、几种结果（2019年格式）": _requests("2019", "other_handling")[
            "几类申请人、几种结果"
        ],
        "公开的报告里留空": situation(
            "2019",
            requests={"received.legal": BLANK, "received.natural": 3, "granted.natural": 3},
            published=True,
        ),
        "文件和许可（2019年格式）": situation(
            "2019",
            disclosure={
                "normative.made": 2,
                "normative.published": 1,
                "normative.total_public": 30,
                "licensing.decisions": 15,
                "other_services.decisions": 2,
                "procurement.items": 1,
            },
        ),
        "只有对外公开总数（2019年格式）": situation(
            "2019", disclosure={"normative.total_public": 8}
        ),
        "规章（2019年格式）": situation(
            "2019",
            "示例市人民政府",
            disclosure={"regulations.made": 1, "regulations.total_public": 9},
        ),
        "复议、诉讼各种结果（2019年格式）": situation("2019", disputes=ALL_DISPUTES),
        "乡的汇总表（2019年格式）": situation(
            "2019",
            "示例乡人民政府",
            requests={"received.natural": 1, "denied_law.natural": 1},
            unit__scope="aggregate",
        ),
        "没有办完又有上年结转（2019年格式）": situation(
            "2019",
            requests={
                "received.natural": 1,
                "carried_in.legal": 1,
                "carried_out.natural": 1,
                "carried_out.legal": 1,
            },
        ),
        "街道，公开一类（2019年格式）": situation(
            "2019", "示例街道办事处", items=(2, 1, {"通知公告": 2})
        ),
    }

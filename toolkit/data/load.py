"""Data file (JSON) -> Reading. Everything but edition, year and tables is optional; what is not understood is a finding."""

from collections.abc import Iterator
from typing import Any

from toolkit.codes import make_finding
from toolkit.data.tables import load_tables
from toolkit.data.taker import PERIOD, Taker, parse_data_file
from toolkit.edition.load import edition_for_year, edition_ids, load_edition
from toolkit.edition.model import Edition
from toolkit.edition.relation import PRIOR
from toolkit.finding import Finding, Place
from toolkit.record.basis import read_basis
from toolkit.record.reading import (
    Explanation,
    FieldValue,
    Origin,
    Paragraph,
    Prior,
    Reading,
    Statistics,
    StatisticsItem,
)
from toolkit.record.settle import settle
from toolkit.record.typed import drop_empty_paragraphs, keep_printed_text, report_computed_totals
from toolkit.values import BLANK, Kind, State, Value, read_typed


def load_data(data: bytes, file: str) -> tuple[Reading | None, list[Finding]]:
    """The report in a data file; None where it is none, has no year, or is of an edition that is not known."""
    place = Place(file)
    parsed = parse_data_file(data)
    if isinstance(parsed, str):
        return None, [
            make_finding("file_unreadable", place, what=f"{parsed}。", todo="请重新导出数据文件。")
        ]
    return load_parsed(parsed, file)


def load_parsed(parsed: dict[str, Any], file: str) -> tuple[Reading | None, list[Finding]]:
    """The same of data that is parsed already, in the shape of the JSON file."""
    place = Place(file)
    taker = Taker(parsed, place)
    year = taker.take_whole("year")
    edition, problem = _edition(taker, year, place)
    if edition is None or year is None:
        return None, [*taker.findings, problem] if problem else taker.findings
    reading = _reading(taker, edition, year, file)
    if problem:
        taker.findings.append(problem)
    taker.take_raw("schema"), taker.take_raw("toolkit")
    taker.report_unknown()
    return reading, taker.findings


def _edition(taker: Taker, year: int | None, place: Place) -> tuple[Edition | None, Finding | None]:
    named = taker.take_text("edition")
    if year is None:
        return None, make_finding("no_year", place, todo="请在数据文件里写上 year，例如 2021。")
    expected = edition_for_year(year)
    if named and named not in edition_ids():
        return None, make_finding(
            "file_unreadable",
            place,
            what=f"数据文件的格式版本“{named}”不认识。",
            todo=f"本工具有的版本：{'、'.join(edition_ids())}。",
        )
    if not named:
        if expected is None:
            return None, make_finding(
                "no_year", place, todo=f"{year}年还没有统一的年度报告格式，请核对 year。"
            )
        return expected, None
    edition = load_edition(named)
    if expected is not None and edition.id == expected.id:
        return edition, None
    words = expected.title if expected else "（当年没有统一格式）"
    return edition, make_finding(
        "year_outside_edition", place, year=year, edition=edition.title, due=words
    )


def _reading(taker: Taker, edition: Edition, year: int, file: str) -> Reading:
    place = Place(file)
    cells, combined = load_tables(taker.take_part("tables"), edition, place)
    printed = taker.take_part("printed")
    form = edition.variant(combined)
    for key in printed.own_names():
        if key in form.cells and (text := printed.take_text(key)):
            cells[key], problems = keep_printed_text(form, key, cells[key], text, place)
            taker.findings.extend(problems)
    printed.report_unknown()
    reading = Reading(
        file=file,
        edition=edition.id,
        year=year,
        origin=_origin(taker),
        cells=cells,
        fields=_fields(taker, edition),
        narrative=_narrative(taker.take_part("narrative"), edition),
        statistics=_statistics(taker.take_part("statistics")),
        prior=_prior(taker, place),
        explanations=tuple(_explanations(taker)),
        combined=combined,
        unplaced=frozenset(_unplaced(taker, form)),
    )
    settled = settle(edition, reading)
    taker.findings.extend(report_computed_totals(edition, settled, place))
    return settled


def _origin(taker: Taker) -> Origin:
    word = taker.take_text("origin") or Origin.WORKBOOK.value
    if word in list(Origin):
        return Origin(word)
    taker.refuse("origin", word, "不是 workbook 或 published")
    return Origin.WORKBOOK


def _fields(taker: Taker, edition: Edition) -> dict[str, FieldValue]:
    """The facts of 基本信息 by their flat keys; the two dates of the period stand in one list."""
    found: dict[str, FieldValue] = {}
    parts = {
        "profile": taker.take_part("profile"),
        "profile.period": Taker({}, Place(), "", taker.findings),
    }
    period = parts["profile"].take_list("period")
    if len(period) > len(PERIOD):
        parts["profile"].refuse("period", period, "应是两个日期")
    for key, entry in edition.fields.items():
        if entry.kind == "year":
            continue
        holder, _, name = key.rpartition(".")
        if holder not in parts:
            parts[holder] = _holder(parts, taker, holder)
        part = parts[holder]
        value: FieldValue
        if key in PERIOD:
            index = PERIOD.index(key)
            value = part.convert_date(key, period[index]) if index < len(period) else None
        elif entry.kind == "yesno":
            value = part.take_truth(name)
        elif entry.kind == "date":
            value = part.take_date(name)
        else:
            value = part.take_text(name)
        if (
            entry.choices
            and value
            and not entry.open
            and value not in dict(edition.profile.choices[entry.choices])
        ):
            part.refuse(
                name,
                value,
                "不在可选的范围里",
                "可选：" + "、".join(dict(edition.profile.choices[entry.choices])) + "。",
            )
            value = None
        if value.strip() if isinstance(value, str) else value:  # white space is no answer
            found[key] = value
    for part in parts.values():
        part.report_unknown()
    return found


def _holder(parts: dict[str, Taker], taker: Taker, holder: str) -> Taker:
    outer, _, name = holder.rpartition(".")
    if outer and outer not in parts:
        parts[outer] = _holder(parts, taker, outer)
    return (parts[outer] if outer else taker).take_part(name)


def _narrative(taker: Taker, edition: Edition) -> dict[str, tuple[Paragraph, ...]]:
    found = {}
    for section in edition.sections:
        items = []
        for item in taker.take_parts(section.key):
            paragraph = Paragraph(item.take_text("heading"), item.take_text("text"))
            item.report_unknown()
            items.append(paragraph)
        if kept := drop_empty_paragraphs(section, items):
            found[section.key] = kept
    taker.report_unknown()
    return found


def _statistics(taker: Taker) -> Statistics:
    items = []
    for item in taker.take_parts("items"):
        one = StatisticsItem(item.take_text("kind"), _count(item, "count"))
        item.report_unknown()
        if one.kind.strip() or one.count is not BLANK:
            items.append(one)
    found = Statistics(tuple(items), _count(taker, "total"), _count(taker, "prior_total"))
    taker.report_unknown()
    return found


def _count(taker: Taker, key: str) -> Value:
    raw = taker.take_raw(key)
    if isinstance(raw, dict | list):
        taker.refuse(key, raw, "不是一个数")
        return BLANK
    return read_typed(raw, Kind.COUNT)[0]


def _prior(taker: Taker, place: Place) -> Prior | None:
    """Last year's figures under the keys of their own edition."""
    if taker.take_raw("prior") is None:
        return None
    part = taker.take_part("prior")
    year = part.take_whole("year")
    edition, problem = _edition(part, year, place)
    if edition is None or year is None:
        part.refuse("year", year, "上年报告没有年度或者格式版本")
        return None
    if problem:
        taker.findings.append(problem)
    tables = part.take_part("tables")
    cells, _ = load_tables(tables, edition, place, PRIOR)
    part.report_unknown()
    return Prior(
        year,
        edition.id,
        {key: value for key, value in cells.items() if value.state is not State.BLANK},
    )


def _unplaced(taker: Taker, form: Edition) -> Iterator[str]:
    """The cells whose figures could not be placed when the report was taken over."""
    for index, key in enumerate(taker.take_list("unplaced")):
        if isinstance(key, str) and key in form.cells:
            yield key
        else:
            taker.refuse(f"unplaced[{index}]", key, "不是一格的名称")


def _explanations(taker: Taker) -> list[Explanation]:
    found = []
    for item in taker.take_parts("explanations"):
        keys, raws = item.take_list("keys"), item.take_list("values")
        values = tuple(None if isinstance(raw, dict | list) else read_basis(raw) for raw in raws)
        code, text, by, opinion = (
            item.take_text(name) for name in ("code", "text", "by", "opinion")
        )
        item.report_unknown()
        if not all(isinstance(key, str) for key in keys):
            item.refuse("keys", keys, "不是文字")
        elif any((raw is None) != (value is None) for raw, value in zip(raws, values, strict=True)):
            item.refuse("values", raws, "不是数")
        else:
            found.append(Explanation(code, tuple(keys), values, text, by, opinion))
    return found

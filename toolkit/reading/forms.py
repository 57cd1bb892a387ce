"""What is not a table: 基本信息, the narrative, the statistics, and the reasons written on 校验."""

import datetime as dt
import re
from typing import Any

from toolkit.codes import make_finding
from toolkit.edition.declared import FieldEntry
from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition
from toolkit.files.book import Book, Sheet, date_of_day
from toolkit.files.coordinates import a1
from toolkit.finding import Finding, Place, Severity
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.reading.align import texts_of
from toolkit.reading.locate import Located
from toolkit.record.reading import FieldValue, Paragraph, Statistics, StatisticsItem
from toolkit.record.typed import drop_empty_paragraphs
from toolkit.values import BLANK, Kind, Value, read_typed
from toolkit.workbook.plan import Plan

DAYS = (36_526, 73_050)  # 2000 to 2099 as spreadsheets count days
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")


def sheet_named(book: Book, name: str) -> Sheet | None:
    return next((sheet for sheet in book.sheets if sheet.name == name), None)


def read_fields(
    plan: Plan, located: Located, file: str, year: int
) -> tuple[dict[str, FieldValue], dict[str, Place], list[Finding]]:
    """The facts of 基本信息 by their labels, in the column right of them."""
    edition, found, places, findings = (
        plan.edition,
        dict[str, FieldValue](),
        dict[str, Place](),
        list[Finding](),
    )
    sheet = located.sheets.get(edition.profile.sheet)
    if sheet is None:
        return (
            found,
            places,
            [make_finding("table_missing", Place(file), table=edition.profile.title)],
        )
    where = {
        text: (row, column)
        for row, texts in sorted(texts_of(sheet).items(), reverse=True)
        for column, text in sorted(texts.items(), reverse=True)
    }
    order = plan.place(edition.profile.sheet)
    for key, entry in edition.fields.items():
        at = where.get(normalise(entry.label))
        if at is None:
            findings.append(
                make_finding(
                    "line_missing",
                    Place(file, sheet.name),
                    [key],
                    table=edition.profile.title,
                    what="行",
                    label=entry.label,
                )
            )
            continue
        row, column = at[0], at[1] + 1
        places[key] = Place(file, sheet.name, a1(row - 1, column - 1), (order, row, column))
        cell = sheet.cells.get((row, column))
        if entry.kind == "year":
            if cell is None or cell.value != year:
                now = "空的" if cell is None else short(cell.value)
                findings.append(
                    make_finding(
                        "year_edited",
                        places.pop(key),
                        [key],
                        where=f"{edition.profile.title}“{entry.label}”",
                        raw=now,
                        year=year,
                    )
                )
            continue
        value, notes = read_answer(edition, entry, cell.value if cell else None, places[key])
        findings += notes
        if value:
            found[key] = value
    return found, places, findings


def read_answer(
    edition: Edition, entry: FieldEntry, raw: object, place: Place
) -> tuple[FieldValue, list[Finding]]:
    """One answer; what the field cannot hold is told and not used (an open list takes any words)."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None, []
    refused: dict[str, Any] = {
        "where": f"{edition.profile.title}“{entry.label}”",
        "raw": short(raw),
    }
    if entry.kind == "date":
        date = to_date(raw)
        return date, [] if date else [
            make_finding(
                "value_not_used", place, [entry.key], **refused, why="不是日期", todo=entry.help
            )
        ]
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    if entry.kind == "yesno":
        answers = phrases().answers
        given = text.strip()
        known = given in answers.entries().values()
        return given == answers.yes, [] if known else [
            make_finding(
                "value_not_used",
                place,
                [entry.key],
                **refused,
                why="不是“是”或“否”",
                todo=entry.help,
            )
        ]
    if entry.choices:
        choices = {word: key for key, word in edition.profile.choices[entry.choices]}
        if text.strip() in choices:
            return choices[text.strip()], []
        if not entry.open:
            return None, [
                make_finding(
                    "value_not_used",
                    place,
                    [entry.key],
                    **refused,
                    why="不在列表里",
                    todo=entry.help,
                )
            ]
    return text, []


def to_date(raw: object) -> dt.date | None:
    """A date as a spreadsheet holds it, as people write it, or, where the file lost its formats, as the number of its day."""
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return date_of_day(raw) if DAYS[0] <= raw <= DAYS[1] else None
    match = _DATE.fullmatch(str(raw).strip())
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def read_narrative(
    plan: Plan, located: Located, file: str
) -> tuple[dict[str, tuple[Paragraph, ...]], list[Finding]]:
    found, findings = {}, []
    for section in plan.edition.sections:
        sheet = located.sheets.get(section.sheet)
        head = head_of(plan, sheet) if sheet else None
        if sheet is None or head is None:
            findings.append(
                make_finding(
                    "table_missing", Place(file), severity=Severity.WARNING, table=section.sheet
                )
            )
            continue
        row, heading, text = head
        rows = sorted({at for at, column in sheet.cells if at > row and column in (heading, text)})
        items = [Paragraph(_text(sheet, at, heading), _text(sheet, at, text)) for at in rows]
        if kept := drop_empty_paragraphs(section, items):
            found[section.key] = kept
    return found, findings


def head_of(plan: Plan, sheet: Sheet) -> tuple[int, int, int] | None:
    """Where the paragraphs of a section begin: the row of their heads, the columns of sub-heading and text."""
    narrative = plan.edition.narrative
    heading, text = normalise(narrative.heading_column), normalise(narrative.text_column)
    for row, texts in sorted(texts_of(sheet).items()):
        columns = {label: column for column, label in texts.items()}
        if heading in columns and text in columns:
            return row, columns[heading], columns[text]
    return None


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    if cell is None or cell.value is None:
        return (
            "" if cell is None or cell.formula is None else cell.formula
        )  # text that began with = and was never computed
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return str(cell.value)


def read_statistics(plan: Plan, located: Located) -> Statistics | None:
    form = plan.edition.narrative.statistics
    sheet = located.sheets.get(form.sheet)
    if sheet is None:
        return None
    labels = {
        text: (row, column)
        for row, texts in texts_of(sheet).items()
        for column, text in texts.items()
    }
    head = labels.get(normalise(form.kind_column))
    items = []
    for row in sorted({row for row, _ in sheet.cells if head and row > head[0]}):
        one = StatisticsItem(_text(sheet, row, 1), _count(sheet, (row, 1)))
        if one.kind.strip() or one.count is not BLANK:
            items.append(one)
    return Statistics(
        tuple(items),
        _count(sheet, labels.get(normalise(form.total_label))),
        _count(sheet, labels.get(normalise(form.prior_label))),
    )


def _count(sheet: Sheet, label: tuple[int, int] | None) -> Value:
    cell = sheet.cells.get((label[0], label[1] + 1)) if label else None
    return read_typed(cell.value if cell else None, Kind.COUNT)[0]


def read_reasons(plan: Plan, located: Located) -> dict[str, str]:
    """What stands beside every check that 校验 shows: name of the instance -> text, empty where there is none."""
    words = phrases().checks_sheet
    sheet = located.sheets.get(words.sheet)
    if sheet is None:
        return {}
    names = {
        (
            one.relation.code,
            normalise(plan.edition.spot_words(one)),
            normalise(one.relation.declared.says),
        ): one.name
        for one in plan.edition.instances
    }
    found = {}
    for row in sorted({row for row, _ in sheet.cells}):
        code, where, says, reason = (
            _text(sheet, row, column) for column in (1, 3, 4, len(words.columns))
        )
        name = names.get((code, normalise(where), normalise(says)))
        if name:
            found[name] = reason if reason.strip() else ""
    return found

"""The facts of 基本信息, found by their labels, in the column right of them."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from toolkit.codes import make_finding
from toolkit.edition.declared import FieldEntry
from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition
from toolkit.files.book import BookCell, Sheet, date_of_day
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.reading.align import read_texts
from toolkit.reading.cells import cell_place, is_plain_number, is_whole_float
from toolkit.reading.locate import Located
from toolkit.record.reading import FieldValue
from toolkit.workbook.plan import Plan

DAYS = (36_526, 73_050)  # 2000 to 2099 as spreadsheets count days
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")

Answer = tuple[FieldValue, list[Finding]]


@dataclass
class FieldsRead:
    """Facts and their places by key; a fact that is not filled in has a place only."""

    values: dict[str, FieldValue] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_fields(plan: Plan, located: Located, file: str, year: int) -> FieldsRead:
    """The facts of 基本信息; `year` is that of the workbook, which the sheet shows too."""
    profile = plan.edition.profile
    fields = FieldsRead()
    sheet = located.sheets.get(profile.sheet)
    if sheet is None:
        fields.findings.append(make_finding("table_missing", Place(file), table=profile.title))
        return fields
    labels = _find_labels(sheet)
    order = plan.place(profile.sheet)
    for entry in plan.edition.fields.values():
        label_at = labels.get(normalise(entry.label))
        if label_at is None:
            fields.findings.append(_report_missing(plan.edition, entry, Place(file, sheet.name)))
            continue
        row, column = label_at[0], label_at[1] + 1
        cell = sheet.cells.get((row, column))
        _read_field(
            plan.edition, entry, cell, cell_place(file, sheet, row, column, order), fields, year
        )
    return fields


def _find_labels(sheet: Sheet) -> dict[str, tuple[int, int]]:
    """Text -> row and column where it is first."""
    labels: dict[str, tuple[int, int]] = {}
    for row, texts in sorted(read_texts(sheet).items()):
        for column, text in sorted(texts.items()):
            labels.setdefault(text, (row, column))
    return labels


def _report_missing(edition: Edition, entry: FieldEntry, place: Place) -> Finding:
    return make_finding(
        "line_missing",
        place,
        [entry.key],
        table=edition.profile.title,
        what=phrases().moves.row,
        label=entry.label,
    )


def _read_field(
    edition: Edition,
    entry: FieldEntry,
    cell: BookCell | None,
    place: Place,
    fields: FieldsRead,
    year: int,
) -> None:
    """Add one fact to `fields`. The year is no fact, only compared."""
    raw = cell.value if cell else None
    if entry.kind == "year":
        if cell is None or raw != year:
            fields.findings.append(_report_year(edition, entry, cell, place, year))
        else:
            fields.places[entry.key] = place
        return
    fields.places[entry.key] = place
    value, findings = _read_answer(edition, entry, raw, place)
    fields.findings += findings
    if value:
        fields.values[entry.key] = value


def _report_year(
    edition: Edition, entry: FieldEntry, cell: BookCell | None, place: Place, year: int
) -> Finding:
    shown = phrases().reading.empty if cell is None else short(cell.value)
    where = _name_field(edition, entry)
    return make_finding("year_edited", place, [entry.key], where=where, raw=shown, year=year)


def _name_field(edition: Edition, entry: FieldEntry) -> str:
    return phrases().reading.field.format(title=edition.profile.title, label=entry.label)


def _read_answer(edition: Edition, entry: FieldEntry, raw: object, place: Place) -> Answer:
    """One answer. What the field cannot hold is reported and not used.

    An open list takes any words.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None, []
    words = phrases().reading
    refused: dict[str, Any] = {
        "where": _name_field(edition, entry),
        "raw": short(raw),
        "todo": entry.help,
    }

    def report_unused(why: str) -> list[Finding]:
        return [make_finding("value_not_used", place, [entry.key], **refused, why=why)]

    if entry.kind == "date":
        date = parse_date(raw)
        return date, [] if date else report_unused(words.not_a_date)
    text = str(int(raw)) if is_whole_float(raw) else str(raw)
    if entry.kind == "yesno":
        answers = phrases().answers
        is_known = text.strip() in answers.entries().values()
        return text.strip() == answers.yes, [] if is_known else report_unused(words.not_yes_or_no)
    if not entry.choices:
        return text, []
    choices = {word: key for key, word in edition.profile.choices[entry.choices]}
    if text.strip() in choices:
        return choices[text.strip()], []
    if entry.open:
        return text, []
    return None, report_unused(words.not_listed)


def parse_date(raw: object) -> dt.date | None:
    """A date as a spreadsheet holds it or as people write it, such as 2025年1月3日 or 2025/1/3.

    A file that lost its formats holds the number of its day. None for what is no date.
    """
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if is_plain_number(raw):
        return date_of_day(raw) if DAYS[0] <= raw <= DAYS[1] else None
    match = _DATE.fullmatch(str(raw).strip())
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None

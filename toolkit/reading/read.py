"""A filled workbook -> Reading. Says what was changed in the locked skeleton; judges no figure."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from toolkit.codes import make_finding
from toolkit.edition.load import edition_for_year, edition_ids, load_edition
from toolkit.edition.model import Edition
from toolkit.files.book import Book, open_book
from toolkit.files.coordinates import a1
from toolkit.files.marked import Piece, report_left_out
from toolkit.files.sniff import Trouble, refusal
from toolkit.finding import Finding, Place, Severity
from toolkit.phrases import phrases
from toolkit.reading.aside import read_aside
from toolkit.reading.changes import changes
from toolkit.reading.forms import (
    read_fields,
    read_narrative,
    read_reasons,
    read_statistics,
    sheet_named,
)
from toolkit.reading.issues import issue_list, read_issues, unconfirmed, with_issues
from toolkit.reading.locate import locate, mark_of
from toolkit.reading.tables import Found, read_tables
from toolkit.record.carried import Carried, take_carried
from toolkit.record.reading import Explanation, Origin, Reading, Statistics
from toolkit.record.settle import edition_of, settle
from toolkit.record.spread import gather
from toolkit.record.typed import keep_printed_text
from toolkit.workbook.meta import EXTRA, FORMAT, UNCONFIRMED
from toolkit.workbook.plan import META, Plan
from toolkit.workbook.stamp import Stamp


def read(data: bytes, file: str, *, aside: bool = False) -> tuple[Reading | None, list[Finding]]:
    """The report in the bytes of a workbook of ours; with `aside` also what a person left beside it."""
    book, findings = open_book(data, Place(file))
    if book is None:
        return None, findings
    meta, problems = _confirmed(_meta(book), book, Place(file))
    edition, year, problem = _identity(meta, Place(file))
    if edition is None:
        return None, [*findings, problem] if problem else findings
    findings = [*findings, *problems, *([problem] if problem else [])]
    reading, found = _reading(edition, year, meta, book, file, aside)
    return reading, [*findings, *found]


def _meta(book: Book) -> dict[str, Any]:
    """The entries of _meta; the pieces of `extra` joined."""
    sheet = sheet_named(book, META)
    found: dict[str, Any] = {}
    for row in sorted({row for row, _ in sheet.cells}) if sheet else ():
        key, value = (
            (sheet.cells.get((row, column)) for column in (1, 2)) if sheet else (None, None)
        )
        if key is None or value is None:
            continue
        if key.value == EXTRA:
            found[EXTRA] = found.get(EXTRA, "") + str(value.value)
        else:
            found[str(key.value)] = value.value
    return found


def _confirmed(
    meta: dict[str, Any], book: Book, place: Place
) -> tuple[dict[str, Any], list[Finding]]:
    """What _meta says, unless the marks of the sheets all say otherwise: then it was edited (R-28), or is not there (R-21)."""
    marks = Counter((mark.edition, mark.year) for sheet in book.sheets if (mark := mark_of(sheet)))
    if not marks:
        return meta, []
    said = (str(meta.get("edition")), str(meta.get("year")))
    is_ours = meta.get("format") == FORMAT
    if is_ours and said in marks:
        return meta, []
    (edition, year), _ = marks.most_common(1)[0]
    unit = next(
        (
            mark.unit
            for sheet in book.sheets
            if (mark := mark_of(sheet)) and (mark.edition, mark.year) == (edition, year)
        ),
        "",
    )
    template = load_edition(edition).template_version if edition in edition_ids() else 0
    found = {
        "format": FORMAT,
        "unit_name": unit,
        "template_version": template,
        **(meta if is_ours else {}),
    }
    found |= {"edition": edition, "year": int(year)}
    if not is_ours:
        return found, [make_finding("sheet_copied_out", place)]
    where = phrases().template.hidden_year
    return found, [
        make_finding("year_edited", place, ["year"], where=where, raw=" ".join(said), year=year)
    ]


def _identity(meta: Mapping[str, Any], place: Place) -> tuple[Edition | None, int, Finding | None]:
    """Which form for which year; a workbook without our mark is another's."""
    if meta.get("format") != FORMAT:
        return None, 0, refusal(Trouble.FOREIGN, place)
    edition_id = str(meta.get("edition"))
    if edition_id not in edition_ids():
        return (
            None,
            0,
            make_finding(
                "file_unreadable",
                place,
                what=f"表格的格式版本“{edition_id}”不认识。",
                todo="请把本工具更新到最新版本。",
            ),
        )
    edition = load_edition(edition_id)
    year = meta.get("year")
    if isinstance(year, bool) or not isinstance(year, int | float) or int(year) != year:
        return (
            None,
            0,
            make_finding(
                "no_year", place, todo="表格里的报告年度被改动，请用原来的空白表格重新填。"
            ),
        )
    due = edition_for_year(int(year))
    if due is None or due.id != edition.id:
        return (
            edition,
            int(year),
            make_finding(
                "year_outside_edition",
                place,
                year=int(year),
                edition=edition.title,
                due=due.title if due else "（当年没有统一格式）",
            ),
        )
    if (now := meta.get("template_version")) != edition.template_version:
        return edition, int(year), _version(now, edition, place)
    return edition, int(year), None


def _version(now: object, edition: Edition, place: Place) -> Finding:
    is_newer = isinstance(now, int | float) and now > edition.template_version
    todo = phrases().template.word("newer" if is_newer else "older")
    return make_finding(
        "other_template_version", place, now=now, due=edition.template_version, todo=todo
    )


def _reading(
    edition: Edition, year: int, meta: Mapping[str, Any], book: Book, file: str, aside: bool
) -> tuple[Reading, list[Finding]]:
    plan = Plan(edition)
    carried = _carried(edition, meta)
    own = Stamp(edition.id, str(year), str(meta.get("unit_name", "")))
    located = locate(plan, book, own)
    tables = read_tables(plan, located, file)
    tables.findings = [
        one
        for one in tables.findings
        if one.name != "total_overwritten" or not carried.reported.issuperset(one.keys)
    ]
    fields, places, findings = read_fields(plan, located, file, year)
    narrative, notes = read_narrative(plan, located, file)
    statistics = read_statistics(plan, located)
    if statistics is None:
        notes = [
            *notes,
            make_finding(
                "table_missing",
                Place(file),
                severity=Severity.WARNING,
                table=edition.narrative.statistics.sheet,
            ),
        ]
    origin = Origin.PUBLISHED if meta.get("origin") == Origin.PUBLISHED.value else Origin.WORKBOOK
    reading = Reading(
        file=file,
        edition=edition.id,
        year=year,
        origin=origin,
        cells=tables.values,
        fields=fields,
        narrative=narrative,
        statistics=statistics or Statistics(),
        prior=carried.prior,
        places={**tables.places, **places},
    )
    reading = settle(edition, gather(edition, reading, carried.combined))
    reading = replace(reading, cells=_with_printed(edition, reading, carried))
    reasons = _explanations(edition, reading, read_reasons(plan, located), carried)
    reading = replace(
        reading, explanations=with_issues(reasons, carried.explanations, read_issues(book))
    )
    said = [
        *tables.findings,
        *findings,
        *notes,
        *changes(plan, book, located, tables, reading, own),
        *unconfirmed(book, file),
    ]
    said += report_left_out(_left_out(book, tables), Place(file, order=(90, 100, 0)))
    if meta.get(UNCONFIRMED) and issue_list(book) is None:
        said.append(make_finding("table_missing", Place(file), table=phrases().issues_sheet.sheet))
    if aside:
        reading = replace(reading, aside=read_aside(plan, book, located, reading, said))
    return reading, said


def _left_out(book: Book, tables: Found) -> list[Piece]:
    """What is struck out beside the figures: in the text of sections, fields and reasons."""
    figures = {(place.sheet, place.cell) for place in tables.places.values()}
    cells = (
        (cell.marked.left, (sheet.name, a1(row - 1, column - 1)))
        for sheet in book.sheets
        if sheet.visible
        for (row, column), cell in sheet.cells.items()
        if cell.marked
    )
    return [piece for left, at in cells if at not in figures for piece in left]


def _carried(edition: Edition, meta: Mapping[str, Any]) -> Carried:
    try:
        data = json.loads(str(meta.get(EXTRA, "")))
    except (ValueError, RecursionError):
        return Carried()
    return take_carried(edition, data) or Carried()


def _with_printed(edition: Edition, reading: Reading, carried: Carried) -> dict[str, Any]:
    """Printed texts stay with their figures; where a figure was changed since, its text is out of date and dropped."""
    form = edition_of(edition, reading)
    cells = dict(reading.cells)
    for key, text in carried.printed.items():
        if key in form.cells and key in cells and not cells[key].raw:
            cells[key], _ = keep_printed_text(form, key, cells[key], text, Place(reading.file))
    return cells


def _explanations(
    edition: Edition, reading: Reading, reasons: Mapping[str, str], carried: Carried
) -> tuple[Explanation, ...]:
    """Reasons on 校验 belong to the figures of now; carried ones, while their text stands unchanged, to the figures they were given for."""
    form = edition_of(edition, reading)
    names = {instance.about: instance.name for instance in edition.instances}
    written: dict[str, str] = {}  # what the workbook was given with: the first text of an instance
    for one in carried.explanations:
        name = names.get(one.about)
        if name and one.text.strip():
            written.setdefault(name, one.text)
    changed = {name for name, text in reasons.items() if text != written.get(name, "")}
    kept = [one for one in carried.explanations if names.get(one.about) not in changed]
    fresh = []
    for instance in form.instances:
        if instance.name in changed and (text := reasons.get(instance.name)):
            keys = instance.holds.keys
            fresh.append(Explanation(instance.relation.code, keys, reading.basis(keys), text))
    return (*kept, *fresh)

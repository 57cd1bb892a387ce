"""A filled workbook -> Reading. Says what was changed in the locked parts; judges no figure."""

import json
from dataclasses import replace

from toolkit.codes import make_finding
from toolkit.edition.model import Edition
from toolkit.files.book import Book, open_book
from toolkit.files.marked import Piece, report_left_out
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.reading.aside import read_aside
from toolkit.reading.cells import address_of
from toolkit.reading.changes import find_changes
from toolkit.reading.explanations import apply_issues, combine_with_reasons
from toolkit.reading.fields import read_fields
from toolkit.reading.identity import BookIdentity, Meta, identify_book
from toolkit.reading.issue_list import find_issue_list, find_unconfirmed, read_issues
from toolkit.reading.locate import Located, locate_sheets
from toolkit.reading.prose import read_narrative, read_statistics
from toolkit.reading.reasons import read_reasons
from toolkit.reading.tables import TablesRead, read_tables
from toolkit.record.carried import Carried, take_carried
from toolkit.record.reading import Explanation, Origin, Reading
from toolkit.record.settle import edition_of, settle
from toolkit.record.spread import gather
from toolkit.record.typed import keep_printed_text
from toolkit.values import Value
from toolkit.workbook.meta import EXTRA, UNCONFIRMED
from toolkit.workbook.plan import Plan
from toolkit.workbook.stamp import Stamp

_AFTER_TABLES = (90, 100, 0)  # order of what is reported of the prose, after all sheets


def read(data: bytes, file: str, *, aside: bool = False) -> tuple[Reading | None, list[Finding]]:
    """The report in the bytes of a workbook of ours, and what there is to report of reading it.

    With `aside` also what a person left beside the report. The reading is None where the file is
    no workbook, damaged, or not ours.
    """
    book, findings = open_book(data, Place(file))
    if book is None:
        return None, findings
    reading, more = read_book(book, file, aside=aside)
    return reading, [*findings, *more]


def read_book(
    book: Book, file: str, *, aside: bool = False
) -> tuple[Reading | None, list[Finding]]:
    """The same of a workbook that is open already. One that is not ours (`is_ours`) is refused."""
    identity, findings = identify_book(book, Place(file))
    if identity is None:
        return None, findings
    reading, more = _read_report(identity, book, file, aside=aside)
    return reading, [*findings, *more]


def _read_report(
    identity: BookIdentity, book: Book, file: str, *, aside: bool
) -> tuple[Reading, list[Finding]]:
    edition, meta = identity.edition, identity.meta
    plan = Plan(edition)
    carried = _read_carried(edition, meta)
    own = Stamp(edition.id, str(identity.year), str(meta.get("unit_name", "")))
    located = locate_sheets(plan, book, own)
    tables = read_tables(plan, located, file, carried.reported)
    fields = read_fields(plan, located, file, identity.year)
    narrative, narrative_findings = read_narrative(plan, located, file)
    statistics, statistics_findings = read_statistics(plan, located, file)
    reading = Reading(
        file=file,
        edition=edition.id,
        year=identity.year,
        origin=_origin_of(meta),
        cells=tables.values,
        fields=fields.values,
        narrative=narrative,
        statistics=statistics,
        prior=carried.prior,
        places={**tables.places, **fields.places},
    )
    reading = settle(edition, gather(edition, reading, carried.combined))
    reading = replace(reading, cells=_restore_printed(edition, reading, carried))
    explanations = _read_explanations(plan, located, book, reading, carried)
    reading = replace(reading, explanations=explanations)
    findings = [
        *tables.findings,
        *fields.findings,
        *narrative_findings,
        *statistics_findings,
        *find_changes(plan, book, located, tables, reading, own),
        *find_unconfirmed(book, file),
        *report_left_out(_find_struck_texts(book, tables), Place(file, order=_AFTER_TABLES)),
        *_check_issue_list(book, meta, file),
    ]
    if aside:
        reading = replace(reading, aside=read_aside(plan, book, located, reading, findings))
    return reading, findings


def _origin_of(meta: Meta) -> Origin:
    is_published = meta.get("origin") == Origin.PUBLISHED.value
    return Origin.PUBLISHED if is_published else Origin.WORKBOOK


def _check_issue_list(book: Book, meta: Meta, file: str) -> list[Finding]:
    """A list on which findings wait for somebody's word must not simply be deleted."""
    if not meta.get(UNCONFIRMED) or find_issue_list(book) is not None:
        return []
    return [make_finding("table_missing", Place(file), table=phrases().issues_sheet.sheet)]


def _find_struck_texts(book: Book, tables: TablesRead) -> list[Piece]:
    """What is struck out elsewhere than in figures: in the text of sections, fields and reasons."""
    figures = {(place.sheet, place.cell) for place in tables.places.values()}
    pieces: list[Piece] = []
    for sheet in book.sheets:
        if not sheet.visible:
            continue
        for (row, column), cell in sheet.cells.items():
            if cell.marked and (sheet.name, address_of(row, column)) not in figures:
                pieces += cell.marked.left
    return pieces


def _read_carried(edition: Edition, meta: Meta) -> Carried:
    """What the workbook carries in its hidden sheet; nothing where that is damaged."""
    try:
        data = json.loads(str(meta.get(EXTRA, "")))
    except (ValueError, RecursionError):
        return Carried()
    return take_carried(edition, data) or Carried()


def _restore_printed(edition: Edition, reading: Reading, carried: Carried) -> dict[str, Value]:
    """The figures with their printed texts; the text of a figure that was changed is dropped."""
    form = edition_of(edition, reading)
    cells = dict(reading.cells)
    for key, text in carried.printed.items():
        if key in form.cells and key in cells and not cells[key].raw:
            cells[key], _ = keep_printed_text(form, key, cells[key], text, Place(reading.file))
    return cells


def _read_explanations(
    plan: Plan, located: Located, book: Book, reading: Reading, carried: Carried
) -> tuple[Explanation, ...]:
    """Those that the workbook carries, with what was changed on 校验 and then on 问题清单."""
    reasons = read_reasons(plan, located)
    given = combine_with_reasons(plan.edition, reading, reasons, carried.explanations)
    return apply_issues(given, carried.explanations, read_issues(book))

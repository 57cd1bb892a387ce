"""`write`: an edition with the values of a report as a workbook.

Blank, pre-filled, imported, marked up: all workbooks come from it.
"""

import datetime as dt
import io
import warnings

from toolkit.codes import make_finding
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.record.carried import carry
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import settle
from toolkit.values import BLANK
from toolkit.workbook.calc import write_calc
from toolkit.workbook.checks import write_checks
from toolkit.workbook.draft import LONGEST, Draft, LockedWorkbook
from toolkit.workbook.extra import write_extra
from toolkit.workbook.fields import write_profile
from toolkit.workbook.guide import write_guide
from toolkit.workbook.issues import write_issues
from toolkit.workbook.make_draft import make_draft
from toolkit.workbook.meta import write_meta
from toolkit.workbook.paste import write_paste
from toolkit.workbook.plan import CALC, META
from toolkit.workbook.prose import write_section
from toolkit.workbook.reference import write_reference
from toolkit.workbook.review import Review, needs_confirming, repair
from toolkit.workbook.stamp import write_stamp
from toolkit.workbook.statistics import write_statistics
from toolkit.workbook.tables import write_table

_ALLOWED = {  # on a protected sheet
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
}


def blank(edition: Edition, year: int, **fields: str) -> Reading:
    """A report that is not filled in yet, for the whole year; `unit__name` gives `unit.name`."""
    given = {key.replace("__", "."): value for key, value in fields.items() if value}
    period = {
        "profile.period.start": dt.date(year, 1, 1),
        "profile.period.end": dt.date(year, 12, 31),
    }
    reading = Reading(
        "",
        edition.id,
        year,
        Origin.WORKBOOK,
        dict.fromkeys(edition.cells, BLANK),
        {**period, **given},
    )
    return settle(edition, reading)


def too_long(edition: Edition, reading: Reading) -> list[Finding]:
    """Texts that no cell can hold (R-13); they have to be split before writing."""
    findings = []
    for where, text in _texts_of_report(edition, reading):
        if len(text) > LONGEST:
            place = Place(reading.file)
            finding = make_finding(
                "text_too_long", place, where=f"“{where}”", count=len(text), most=LONGEST
            )
            findings.append(finding)
    return findings


def _texts_of_report(edition: Edition, reading: Reading) -> list[tuple[str, str]]:
    """Every text of a report with the label or heading under which people find it."""
    texts = []
    for section, paragraphs in reading.narrative.items():
        heading = edition.section(section).heading
        for paragraph in paragraphs:
            texts += [(heading, paragraph.heading), (heading, paragraph.text)]
    for key, value in reading.fields.items():
        if isinstance(value, str):
            texts.append((edition.fields[key].label, value))
    title = edition.narrative.statistics.title
    texts += [(title, item.kind) for item in reading.statistics.items]
    return texts


def write(
    edition: Edition, reading: Reading, created: dt.datetime, review: Review | None = None
) -> bytes:
    """The workbook. The same edition, reading, `created` and review give the same bytes.

    With a review it is the marked-up copy that goes back to the unit: what was damaged is repaired,
    findings are on their cells and in a list.
    """
    is_copy = review is not None and review.is_listed
    review = review or Review((), is_listed=False)
    if is_copy:
        reading = repair(edition, reading, review.findings)
    out = io.BytesIO()
    with warnings.catch_warnings():
        # XlsxWriter only warns where it omits something, for instance a link that is too long.
        warnings.simplefilter("error", UserWarning)
        book = _open_book(out, edition, reading, created)
        draft = make_draft(book, edition, reading, review)
        _add_sheets(draft, is_copy)
        _write_sheets(draft)
        unconfirmed = sum(map(needs_confirming, review.findings)) if is_copy else 0
        listed = write_issues(draft, review) if is_copy else []
        write_meta(draft, carry(edition, reading), unconfirmed, listed)
        write_extra(draft, review.aside.sheets)
        _finish(draft, is_copy)
        book.close()
    return out.getvalue()


def _open_book(
    out: io.BytesIO, edition: Edition, reading: Reading, created: dt.datetime
) -> LockedWorkbook:
    """A workbook in which texts of people stay texts: none becomes a formula, link or number."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = LockedWorkbook(out, options)
    title = phrases().template.book_title.format(year=reading.year, report=edition.report_name)
    book.set_properties({"created": created, "author": "", "title": title})
    return book


def _add_sheets(draft: Draft, is_copy: bool) -> None:
    """All sheets of the form in their order, the list of findings first."""
    names = [*draft.plan.sheets, CALC, META]
    if is_copy:
        names.insert(0, phrases().issues_sheet.sheet)
    for name in names:
        draft.book.add_worksheet(name)


def _write_sheets(draft: Draft) -> None:
    write_guide(draft)
    write_profile(draft)
    for section in draft.edition.sections:
        write_section(draft, section)
    write_statistics(draft)
    write_paste(draft)
    for table in draft.plan.tables:
        write_table(draft, table)
        write_reference(draft, table)
    write_checks(draft)
    write_calc(draft)


def _printable_name(name: str) -> str:
    """A name fit for a page header, which XlsxWriter writes as it is.

    No control characters, at most 60 characters, & doubled (a single one begins a code).
    """
    return "".join(char for char in name if char.isprintable())[:60].replace("&", "&&")


def _finish(draft: Draft, is_copy: bool) -> None:
    """Protection, stamp, print set-up and visibility of every sheet."""
    names = list(draft.plan.sheets)
    landscape = {table.sheet for table in draft.plan.tables if table.table.declared.landscape}
    landscape.update(names[-2:])
    if is_copy:
        issues = phrases().issues_sheet.sheet
        names.insert(0, issues)
        landscape.add(issues)
    for name in (CALC, META):
        sheet = draft.sheet(name)
        sheet.protect(phrases().template.password, _ALLOWED)
        sheet.very_hidden()
    unit = _printable_name(draft.reading.text("unit.name"))
    header = phrases().template.page_header.format(unit=unit, year=draft.reading.year).strip()
    for name in names:
        sheet = draft.sheet(name)
        sheet.protect(phrases().template.password, _ALLOWED)
        write_stamp(draft, name)
        sheet.set_paper(9)  # A4
        if name in landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.set_header(f"&L{header}&R&A")
        sheet.set_footer("&C— &P —")
        sheet.hide_gridlines(2)

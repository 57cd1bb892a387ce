"""`write`: an edition with the values of a report as a workbook. Blank, pre-filled, imported: all are calls of it."""

import datetime as dt
import io
import warnings
from dataclasses import replace

from toolkit.codes import make_finding
from toolkit.edition.model import Edition, Instance
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.record.carried import carry
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import (
    CheckState,
    Figure,
    Standing,
    check_state,
    figures,
    known_prior_keys,
    select_applicable,
    settle,
)
from toolkit.record.spread import combined_values, reported_totals, spread
from toolkit.values import BLANK, Kind, Value, show
from toolkit.workbook.calc import write_calc
from toolkit.workbook.checks import write_checks
from toolkit.workbook.draft import LONGEST, Draft, LockedWorkbook
from toolkit.workbook.extra import write_extra
from toolkit.workbook.fields import write_profile
from toolkit.workbook.guide import write_guide
from toolkit.workbook.issues import needs_confirming, write_issues
from toolkit.workbook.meta import write_meta
from toolkit.workbook.paste import write_paste
from toolkit.workbook.plan import CALC, META, Plan
from toolkit.workbook.prose import write_section
from toolkit.workbook.reference import write_reference
from toolkit.workbook.review import Review, repaired
from toolkit.workbook.stamp import write_stamp
from toolkit.workbook.statistics import write_statistics
from toolkit.workbook.styles import make_styles
from toolkit.workbook.tables import write_table

_ALLOWED = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
}


def blank(edition: Edition, year: int, **fields: str) -> Reading:
    """A report that is not filled in yet, for the whole year."""
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
    texts = [
        (edition.section(key).heading, text)
        for key, items in reading.narrative.items()
        for one in items
        for text in (one.heading, one.text)
    ]
    texts += [
        (edition.fields[key].label, value)
        for key, value in reading.fields.items()
        if isinstance(value, str)
    ]
    texts += [(edition.narrative.statistics.title, one.kind) for one in reading.statistics.items]
    return [
        make_finding(
            "text_too_long", Place(reading.file), where=f"“{where}”", count=len(text), most=LONGEST
        )
        for where, text in texts
        if len(text) > LONGEST
    ]


def write(
    edition: Edition, reading: Reading, created: dt.datetime, review: Review | None = None
) -> bytes:
    """The workbook. The same edition, reading, `created` and review give the same bytes.

    With a review it is the marked-up copy that goes back to the unit: what was damaged is repaired, findings stand on their cells
    and in a list.
    """
    is_copy = review is not None and review.is_listed
    if review is not None and is_copy:
        reading = repaired(edition, reading, review.findings)
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with warnings.catch_warnings():
        warnings.simplefilter(
            "error", UserWarning
        )  # XlsxWriter warns where it leaves something out
        book = LockedWorkbook(out, options)
        book.set_properties(
            {"created": created, "author": "", "title": f"{reading.year}年{edition.report_name}"}
        )
        draft = _draft(book, edition, reading, review or Review(()))
        if is_copy:
            book.add_worksheet(phrases().issues_sheet.sheet)
        for name in (*draft.plan.sheets, CALC, META):
            book.add_worksheet(name)
        write_guide(draft)
        write_profile(draft)
        for section in edition.sections:
            write_section(draft, section)
        write_statistics(draft)
        write_paste(draft)
        for table in draft.plan.tables:
            write_table(draft, table)
            write_reference(draft, table)
        write_checks(draft)
        write_calc(draft)
        asked = sum(map(needs_confirming, review.findings)) if review is not None and is_copy else 0
        listed = write_issues(draft, review) if review is not None and is_copy else []
        write_meta(draft, carry(edition, reading), asked, listed)
        write_extra(draft, review.aside.sheets if review is not None else ())
        _finish(draft, is_copy)
        book.close()
    return out.getvalue()


def _draft(book: LockedWorkbook, edition: Edition, reading: Reading, review: Review) -> Draft:
    """Merged rows are spread over the rows of the form; a note under the table says what they held."""
    own = spread(edition, reading)
    at = _as_formulas_see(edition, own)
    # Which checks there are is fixed with the year; what hangs on the level is asked by formulas, as staff may change it.
    prior = known_prior_keys(edition, own)
    now = {one.name for one in select_applicable(edition, own.year, own.text("unit.level"), prior)}
    shown = [one for one in edition.instances if one.name in now or _hangs_on_level(one, own.year)]
    checks = tuple(
        (one, check_state(one, at) if one.name in now else CheckState.PASSED) for one in shown
    )
    reported = reported_totals(edition, reading)
    notes = _merged_notes(edition, reading)
    draft = Draft(book, edition, Plan(edition), own, make_styles(book), at, checks, notes, reported)
    return replace(
        draft, flagged=review.flagged(edition), notes=review.notes(edition), kept=review.aside.kept
    )


def _as_formulas_see(edition: Edition, own: Reading) -> dict[str, Figure]:
    """How every figure stands. Formulas cannot tell whether the text of an amount states a figure; only the reader judges it."""
    texts = (
        key
        for key, cell in edition.cells.items()
        if cell.kind is Kind.AMOUNT and own.value(key).raw
    )
    return figures(edition, own) | dict.fromkeys(texts, Figure(Standing.SOUND))


def _hangs_on_level(instance: Instance, year: int) -> bool:
    levels = instance.relation.declared.levels
    return bool(levels) and not instance.needs_prior and instance.relation.applies(year, levels[0])


def _merged_notes(edition: Edition, reading: Reading) -> dict[str, str]:
    template = phrases().template.merged_note
    notes = {}
    for name, values in combined_values(edition, reading).items():
        table, row = edition.combined_rows[name]
        figures_text = "、".join(
            f"{table.column_label(column)} {_shown(value)}" for column, value in values.items()
        )
        notes[table.key] = template.format(label=row.path[-1], figures=figures_text)
    return notes


def _shown(value: Value) -> str:
    return value.raw or show(value.number) or "（空）"


def _printable(name: str) -> str:
    """A name fit for a page header, which XlsxWriter writes as it is: no control characters, & doubled, at most 60 characters."""
    return "".join(char for char in name if char.isprintable())[:60].replace("&", "&&")


def _finish(draft: Draft, reviewed: bool) -> None:
    """Protection, print set-up and visibility of every sheet."""
    own = (phrases().issues_sheet.sheet,) if reviewed else ()
    landscape = (
        set(own)
        | {table.sheet for table in draft.plan.tables if table.table.declared.landscape}
        | set(draft.plan.sheets[-2:])
    )
    unit, year = _printable(draft.reading.text("unit.name")), draft.reading.year
    for name in (*own, *draft.plan.sheets, CALC, META):
        sheet = draft.sheet(name)
        sheet.protect(phrases().template.password, _ALLOWED)
        if name in (CALC, META):
            sheet.very_hidden()
            continue
        write_stamp(draft, name)
        sheet.set_paper(9)
        if name in landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.set_header("&L" + (unit + f" {year}年").strip() + "&R&A")
        sheet.set_footer("&C— &P —")
        sheet.hide_gridlines(2)

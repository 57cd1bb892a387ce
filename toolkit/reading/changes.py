"""What was done to a workbook around its figures: each change is named, with its sheet.

No figure is judged here.
"""

from collections.abc import Iterable, Iterator

from toolkit.codes import make_finding
from toolkit.edition.labels import normalise
from toolkit.edition.load import edition_ids, load_edition
from toolkit.files.book import OUTSIDE, Book, Sheet
from toolkit.finding import Finding, Place, Severity
from toolkit.phrases import phrases
from toolkit.reading.fields import DAYS
from toolkit.reading.locate import Located, find_stamp
from toolkit.reading.tables import TablesRead
from toolkit.record.reading import Reading
from toolkit.values import State, Value
from toolkit.workbook.plan import Plan
from toolkit.workbook.stamp import Stamp
from toolkit.workbook.table_plan import TablePlan


def find_changes(
    plan: Plan, book: Book, located: Located, tables: TablesRead, reading: Reading, own: Stamp
) -> Iterator[Finding]:
    """The changes in a fixed order; `own` is the stamp of this workbook's sheets."""
    file = reading.file
    yield from _report_sheets(located, file)
    yield from _report_origins((*located.sheets.values(), *located.extra), own, reading)
    yield from _report_hidden_sheets(located, file)
    if not book.stripped:  # else their protection was not read
        yield from _report_unprotected_sheets(located, file)
    if book.stripped:
        yield _report_lost_formats(reading)
    for table in plan.tables:
        sheet = located.sheet_of_table(table)
        if sheet is not None:
            yield from _report_hidden_lines(table, sheet, tables, reading)
            yield from _report_lost_validation(table, sheet, tables)
    yield from _report_old_results(tables, reading)


def _report_sheets(located: Located, file: str) -> Iterator[Finding]:
    """Sheets with another name, sheets that are missing, and sheets that were added."""
    for known, now in located.renamed_sheets.items():
        yield make_finding("sheet_renamed", Place(file, now), now=now, known=known)
    for name, severity in _severity_if_missing().items():
        if name not in located.sheets:
            yield make_finding("table_missing", Place(file), severity=severity, table=name)
    twins = located.twin_names
    added = [sheet.name for sheet in located.extra if sheet.cells and sheet.name not in twins]
    if added:
        yield make_finding("extra_sheets", Place(file, added[0]), sheets="、".join(added))


def _severity_if_missing() -> dict[str, Severity]:
    """Sheets that hold neither figures nor prose; without 校验 the reasons on it are lost."""
    words = phrases()
    return {
        words.checks_sheet.sheet: Severity.WARNING,
        words.guide_sheet.sheet: Severity.INFO,
        words.paste_sheet.sheet: Severity.INFO,
    }


def _report_origins(sheets: Iterable[Sheet], own: Stamp, reading: Reading) -> Iterator[Finding]:
    """Sheets out of another report's workbook (R-25), and sheets that may be of one (R-26).

    The latter have our stamp, but formulas that refer to another workbook.
    """
    units = {"", normalise(own.unit), normalise(reading.text("unit.name"))}
    copied = []
    for sheet in sheets:
        stamp = find_stamp(sheet)
        if stamp is None:
            continue
        is_same_form = (stamp.edition, stamp.year) == (own.edition, own.year)
        if not is_same_form or normalise(stamp.unit) not in units:
            yield _report_foreign_sheet(stamp, Place(reading.file, sheet.name))
        elif _refers_outside(sheet):
            copied.append(sheet.name)
    if copied:
        place = Place(reading.file, copied[0])
        yield make_finding("sheet_copied_in", place, sheets="、".join(copied))


def _report_foreign_sheet(stamp: Stamp, place: Place) -> Finding:
    is_known = stamp.edition in edition_ids()
    return make_finding(
        "foreign_sheet",
        place,
        sheet=place.sheet,
        year=stamp.year,
        edition=load_edition(stamp.edition).title if is_known else stamp.edition,
        unit=stamp.unit or phrases().template.other_book,
    )


def _refers_outside(sheet: Sheet) -> bool:
    """Whether a formula of a sheet refers to another workbook."""
    for cell in sheet.cells.values():
        if cell.formula is not None and OUTSIDE.search(cell.formula):
            return True
    return False


def _report_hidden_sheets(located: Located, file: str) -> Iterator[Finding]:
    hidden = [sheet.name for sheet in located.sheets.values() if not sheet.visible]
    if hidden:
        yield make_finding("sheet_hidden", Place(file, hidden[0]), sheets="、".join(hidden))


def _report_unprotected_sheets(located: Located, file: str) -> Iterator[Finding]:
    names = [sheet.name for sheet in located.sheets.values() if not sheet.protected]
    if names:
        yield make_finding("sheet_unprotected", Place(file, names[0]), sheets="、".join(names))


def _report_lost_formats(reading: Reading) -> Finding:
    """R-30: without number formats dates look like counts. Figures that may be dates are named."""
    keys = [key for key, value in reading.cells.items() if _may_be_date(value)]
    place = Place(reading.file)
    if keys:
        place = reading.places.get(keys[0], place)
    severity = Severity.WARNING if keys else Severity.INFO
    return make_finding("formats_damaged", place, keys, severity=severity, count=len(keys))


def _may_be_date(value: Value) -> bool:
    first, last = DAYS
    return value.number is not None and first <= value.number <= last


def _report_hidden_lines(
    table: TablePlan, sheet: Sheet, tables: TablesRead, reading: Reading
) -> Iterator[Finding]:
    """Rows and columns that hide figures; the form itself hides none with a figure."""
    in_rows: list[str] = []
    in_columns: list[str] = []
    for key in table.positions:
        place = tables.places[key]
        _, row, column = place.order
        if place.cell is None:
            continue
        if row in sheet.hidden_rows:
            in_rows.append(key)
        elif column in sheet.hidden_columns:
            in_columns.append(key)
    keys = [*in_rows, *in_columns]
    if keys:
        yield make_finding(
            "lines_hidden",
            tables.places[keys[0]],
            keys,
            table=table.table.title,
            count=len(keys),
            amount=sum(reading.value(key).number not in (None, 0) for key in keys),
        )


def _report_lost_validation(
    table: TablePlan, sheet: Sheet, tables: TablesRead
) -> Iterator[Finding]:
    """Inputs whose validation is gone, as after pasting over them."""
    inputs = [key for key in table.positions if key not in table.totals]
    keys = [key for key in inputs if _has_lost_validation(sheet, tables.places[key])]
    if keys:
        place = tables.places[keys[0]]
        title = table.table.title
        yield make_finding("validation_lost", place, keys, table=title, count=len(keys))


def _has_lost_validation(sheet: Sheet, place: Place) -> bool:
    if not place.cell:
        return False
    _, row, column = place.order
    return not any(area.contains(row, column) for area in sheet.validated)


def _report_old_results(tables: TablesRead, reading: Reading) -> Iterator[Finding]:
    """Totals with our formula whose saved result is missing, or not what the figures give."""
    old = []
    for key, saved in tables.saved.items():
        if key in reading.cells and _is_old(reading.value(key), saved):
            old.append(key)
    if old:
        yield make_finding("results_stale", Place(reading.file), old, count=len(old))


def _is_old(value: Value, saved: object) -> bool:
    if saved is None:
        return True
    if value.state is not State.NUMBER or value.number is None:
        return False  # inputs are missing or wrong: what the formula shows is of no interest
    return not isinstance(saved, int | float) or abs(float(value.number) - saved) > 1e-6

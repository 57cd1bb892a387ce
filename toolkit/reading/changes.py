"""What was done to a workbook around its figures: each change named, with the sheet it was done to. No figure is judged here."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from toolkit.codes import make_finding
from toolkit.edition.labels import normalise
from toolkit.edition.load import edition_ids, load_edition
from toolkit.files.book import OUTSIDE, Book, Sheet
from toolkit.finding import Finding, Place, Severity
from toolkit.phrases import phrases
from toolkit.reading.forms import DAYS
from toolkit.reading.locate import Located, mark_of
from toolkit.reading.tables import Found
from toolkit.record.reading import Reading
from toolkit.values import State
from toolkit.workbook.plan import Plan
from toolkit.workbook.stamp import Stamp
from toolkit.workbook.table_plan import TablePlan


def changes(
    plan: Plan, book: Book, located: Located, found: Found, reading: Reading, own: Stamp
) -> list[Finding]:
    """`own` is the mark of this workbook, `found` what its tables gave."""
    file = reading.file
    said: list[Finding] = []
    for known, now in located.renamed.items():
        said.append(make_finding("sheet_renamed", Place(file, now), now=now, known=known))
    said += [
        make_finding("table_missing", Place(file), severity=one, table=name)
        for name, one in _missing(located)
    ]
    extra = [sheet.name for sheet in located.extra if sheet.cells and not _is_twin(located, sheet)]
    if extra:
        said.append(make_finding("extra_sheets", Place(file, extra[0]), sheets="、".join(extra)))
    said += _origins((*located.sheets.values(), *located.extra), own, reading)
    if unseen := [sheet.name for sheet in located.sheets.values() if not sheet.visible]:
        said.append(make_finding("sheet_hidden", Place(file, unseen[0]), sheets="、".join(unseen)))
    if not book.stripped:  # else their protection was not read
        said += _unprotected(located, file)
    said += _dates(book, reading)
    for table in plan.tables:
        sheet_of = located.table(table)
        if sheet_of is not None:
            said += _hidden(table, sheet_of, found, reading)
            said += _unchecked(table, sheet_of, found)
    return [*said, *_stale(found, reading)]


def _is_twin(located: Located, sheet: Sheet) -> bool:
    return any(sheet.name == copy.name for copies in located.twins.values() for copy in copies)


def _missing(located: Located) -> Iterator[tuple[str, Severity]]:
    """Sheets that hold neither figures nor prose; with 校验 the reasons that were written there are lost."""
    words = phrases()
    checks, others = words.checks_sheet.sheet, (words.guide_sheet.sheet, words.paste_sheet.sheet)
    for sheet, severity in (
        (checks, Severity.WARNING),
        *((other, Severity.INFO) for other in others),
    ):
        if sheet not in located.sheets:
            yield sheet, severity


def _origins(sheets: Iterable[Sheet], own: Stamp, reading: Reading) -> Iterator[Finding]:
    """Sheets out of another report's workbook (R-25), and those copied from a workbook that cannot be told (R-26)."""
    units = {"", normalise(own.unit), normalise(reading.text("unit.name"))}
    copied = []
    for sheet in sheets:
        mark = mark_of(sheet)
        if mark is None:
            continue
        if (mark.edition, mark.year) != (own.edition, own.year) or normalise(
            mark.unit
        ) not in units:
            title = (
                load_edition(mark.edition).title if mark.edition in edition_ids() else mark.edition
            )
            words: dict[str, Any] = {
                "sheet": sheet.name,
                "year": mark.year,
                "edition": title,
                "unit": mark.unit or phrases().template.other_book,
            }
            yield make_finding("foreign_sheet", Place(reading.file, sheet.name), **words)
        elif any(
            cell.formula is not None and OUTSIDE.search(cell.formula)
            for cell in sheet.cells.values()
        ):
            copied.append(sheet.name)
    if copied:
        yield make_finding(
            "sheet_copied_in", Place(reading.file, copied[0]), sheets="、".join(copied)
        )


def _dates(book: Book, reading: Reading) -> Iterator[Finding]:
    """Without number formats a date looks like a count: figures that could be one are pointed at (R-30)."""
    if not book.stripped:
        return
    first, last = (Decimal(day) for day in DAYS)
    keys = [
        key
        for key, value in reading.cells.items()
        if value.number is not None and first <= value.number <= last
    ]
    place = reading.places.get(keys[0], Place(reading.file)) if keys else Place(reading.file)
    yield make_finding(
        "formats_damaged",
        place,
        keys,
        severity=Severity.WARNING if keys else Severity.INFO,
        count=len(keys),
    )


def _unprotected(located: Located, file: str) -> Iterator[Finding]:
    open_sheets = [sheet.name for sheet in located.sheets.values() if not sheet.protected]
    if open_sheets:
        yield make_finding(
            "sheet_unprotected", Place(file, open_sheets[0]), sheets="、".join(open_sheets)
        )


def _hidden(table: TablePlan, sheet: Sheet, found: Found, reading: Reading) -> Iterator[Finding]:
    """Rows and columns that hide figures; the form itself hides none with a figure."""
    hidden: dict[str, list[str]] = {"row": [], "column": []}
    for key in table.positions:
        _, row, column = found.places[key].order
        if found.places[key].cell is None:
            continue
        if row in sheet.hidden_rows:
            hidden["row"].append(key)
        elif column in sheet.hidden_columns:
            hidden["column"].append(key)
    keys = [key for kept in hidden.values() for key in kept]
    if keys:
        amount = sum(reading.value(key).number not in (None, 0) for key in keys)
        words: dict[str, Any] = {"table": table.table.title, "count": len(keys), "amount": amount}
        yield make_finding("lines_hidden", found.places[keys[0]], keys, **words)


def _unchecked(table: TablePlan, sheet: Sheet, found: Found) -> Iterator[Finding]:
    """Inputs whose validation is gone, as after pasting over them."""
    keys = []
    for key in table.positions:
        place = found.places[key]
        _, row, column = place.order
        if (
            key not in table.totals
            and place.cell
            and not any(area.contains(row, column) for area in sheet.validated)
        ):
            keys.append(key)
    if keys:
        yield make_finding(
            "validation_lost", found.places[keys[0]], keys, table=table.table.title, count=len(keys)
        )


def _stale(found: Found, reading: Reading) -> Iterator[Finding]:
    """Totals of ours whose saved result is none, or not what the figures give."""
    old = [
        key
        for key, saved in found.saved.items()
        if key in reading.cells and _differs(reading, key, saved)
    ]
    if old:
        yield make_finding("results_stale", Place(reading.file), old, count=len(old))


def _differs(reading: Reading, key: str, saved: object) -> bool:
    value = reading.value(key)
    if saved is None:
        return True
    if value.state is not State.NUMBER or value.number is None:
        return False  # open or wrong inputs: what the formula shows is of no interest
    return not isinstance(saved, int | float) or abs(float(value.number) - saved) > 1e-6

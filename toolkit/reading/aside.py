"""What a person left in a workbook beside the report: notes, texts outside the form, sheets of their own. Nothing of it is judged.

A blank workbook of the same form tells which texts are the form's own.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from toolkit.edition.labels import normalise
from toolkit.edition.load import load_edition
from toolkit.files.book import Book, BookCell, Sheet, open_book
from toolkit.files.coordinates import a1
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.reading.forms import head_of
from toolkit.reading.issues import beside
from toolkit.reading.locate import Located
from toolkit.record.reading import Aside, ExtraSheet, Origin, Prior, Reading, Remark
from toolkit.values import State
from toolkit.workbook.plan import Plan
from toolkit.workbook.review import without_ours
from toolkit.workbook.spots import Spot
from toolkit.workbook.stamp import read_stamp
from toolkit.workbook.write import blank, write

MOST_CELLS = 20_000  # of all added sheets that are taken along
FAR = (5_000, 200)  # rows and columns within which they must lie
MOST_REMARKS = 300

_REWRITTEN = (
    "text_read_as_number",
    "formula_in_input",
    "total_overwritten",
)  # texts and formulas that a copy replaces by their figure or by the formula of the form
_MOVED = (
    "line_missing",
    "lines_moved",
    "other_template_version",
)  # rows or columns stand elsewhere, or the form is of another version

Kept = dict[tuple[str, int, int], int | float | str]


def read_aside(
    plan: Plan, book: Book, located: Located, reading: Reading, findings: Collection[Finding]
) -> Aside:
    """`findings` are those of the reading. A copy mends what they tell of, and the next one tells nothing: what was typed there is kept."""
    keys = {
        (place.sheet or "", place.cell or ""): key
        for key, place in reading.places.items()
        if place.cell
    }
    kept: Kept = {}
    notes = list(_notes(book, keys))
    remarks = [
        *notes,
        *beside(book),
        *_unused(book, findings),
        *_typed(book, reading, findings, notes),
    ]
    form = _form(reading)
    moved = (
        {one.place.sheet for one in findings if one.name in _MOVED}
        if not reading.combined
        else {sheet.name for sheet in book.sheets}
    )
    for known, sheet in located.sheets.items():
        own = form[known] if sheet.name not in moved else replace(form[known], formulas=None)
        for at, cell in _strays(plan, known, sheet, own, keys):
            spot, held = (
                Spot(known, at[0] - 1, at[1] - 1),
                _plain(cell.formula if cell.value is None else cell.value),
            )
            if spot in plan.kept_spots:
                kept[spot.sheet, spot.row, spot.column] = held
            else:
                remarks.append(Remark(sheet.name, spot.address, str(held)))
    remarks += _twins(located)
    sheets, lost = _extra(located)
    more = len(remarks) - MOST_REMARKS
    words = phrases().issues_sheet
    cut = [Remark("", "", words.more.format(count=more))] if more > 0 else []
    return Aside((*remarks[:MOST_REMARKS], *cut), sheets, kept, lost)


def _unused(book: Book, findings: Collection[Finding]) -> Iterator[Remark]:
    """Answers that could not be used, whole: their findings may cut them short, and the copy does not hold them."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for one in findings:
        if one.name == "value_not_used" and one.place.sheet in sheets and one.place.cell:
            cell = sheets[one.place.sheet].cell_at(one.place.cell)
            if cell is not None and cell.value is not None:
                yield Remark(one.place.sheet, one.place.cell, str(_plain(cell.value)))


def _notes(book: Book, keys: Mapping[tuple[str, str], str]) -> Iterator[Remark]:
    for sheet in book.sheets:
        for (row, column), note in sheet.notes.items():
            if text := without_ours(note):
                cell = a1(row - 1, column - 1)
                yield Remark(sheet.name, cell, text, keys.get((sheet.name, cell), ""), is_note=True)


def _typed(
    book: Book, reading: Reading, findings: Collection[Finding], notes: Collection[Remark]
) -> Iterator[Remark]:
    """What was typed as a figure and says more than the copy will hold there, as the person's own note: that outlives every copy."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    noted = {one.key: one.text for one in notes}
    for name, key in dict.fromkeys(
        (one.name, key) for one in findings if one.name in _REWRITTEN for key in one.keys
    ):
        place, value = reading.places.get(key, Place()), reading.value(key)
        is_kept = value.state is State.NOT_APPLICABLE or (
            name == "total_overwritten" and reading.origin is Origin.PUBLISHED
        )
        held = "" if is_kept else value.raw
        if name == "formula_in_input" and place.cell:
            sheet = sheets.get(place.sheet or "")
            cell = sheet.cell_at(place.cell) if sheet else None
            held = (cell.formula if cell else None) or ""
        text = phrases().issues_sheet.typed.format(text=held)
        if held and text not in noted.get(key, ""):
            yield Remark(place.sheet or "", place.cell or "", text, key, is_note=True)


@dataclass(frozen=True)
class _Own:
    """What stands on a sheet of a blank form: texts wherever they are, figures in their places."""

    texts: frozenset[str]
    figures: Mapping[tuple[int, int], object]
    formulas: (
        frozenset[tuple[int, int]] | None
    )  # where they stand; None where they have moved, and so every formula may be the form's

    def holds(self, at: tuple[int, int], cell: BookCell) -> bool:
        if cell.formula is not None:
            return self.formulas is None or at in self.formulas
        return (
            normalise(cell.value) in self.texts
            if isinstance(cell.value, str)
            else self.figures.get(at) == cell.value
        )


def _form(reading: Reading) -> Mapping[str, _Own]:
    """Sheets of the form of this report. With last year's figures, which stand beside the inputs, it is its own form."""
    if reading.prior is not None:
        return _read_form(reading.edition, reading.year, reading.prior)
    return _blank_form(reading.edition, reading.year)


@cache
def _blank_form(edition_id: str, year: int) -> Mapping[str, _Own]:
    return _read_form(edition_id, year, None)


def _read_form(edition_id: str, year: int, prior: Prior | None) -> Mapping[str, _Own]:
    edition = load_edition(edition_id)
    book, _ = open_book(
        write(edition, replace(blank(edition, year), prior=prior), dt.datetime(2000, 1, 1)), Place()
    )
    assert book is not None
    found = {}
    for sheet in book.sheets:
        values = {at: cell.value for at, cell in sheet.cells.items()}
        texts = frozenset(normalise(value) for value in values.values() if isinstance(value, str))
        figures = {at: value for at, value in values.items() if not isinstance(value, str)}
        found[sheet.name] = _Own(
            texts,
            figures,
            frozenset(at for at, cell in sheet.cells.items() if cell.formula is not None),
        )
    return found


def _strays(
    plan: Plan, known: str, sheet: Sheet, own: _Own, keys: Collection[tuple[str, str]]
) -> Iterator[tuple[tuple[int, int], BookCell]]:
    """What is neither read as part of the report nor the form's own."""
    prefixes = tuple(
        phrases().template.word(name).split("{")[0] for name in ("merged_note", "reported_note")
    )
    for (row, column), cell in sheet.cells.items():
        text = str(cell.value)
        is_known = (
            (sheet.name, a1(row - 1, column - 1)) in keys
            or own.holds((row, column), cell)
            or read_stamp(text) is not None
        )
        if (cell.formula is None and cell.value is None) or is_known or text.startswith(prefixes):
            continue
        if not _is_read(plan, known, sheet, row, column):
            yield (row, column), cell


def _is_read(plan: Plan, known: str, sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell lies where prose, counts or reasons are read."""
    if known == phrases().checks_sheet.sheet:
        return column <= len(phrases().checks_sheet.columns)
    if known == plan.edition.narrative.statistics.sheet:
        return column <= 2
    head = head_of(plan, sheet)
    return head is not None and row > head[0] and column in head[1:]


def _twins(located: Located) -> Iterator[Remark]:
    """Where a second copy of a table holds other figures than the one that is read."""
    used = {table.name: table for table in located.sheets.values()}
    for copies in located.twins.values():
        for copy in copies:
            alike = max(
                used.values(),
                key=lambda one: sum(one.cells.get(at) == cell for at, cell in copy.cells.items()),
            )
            for (row, column), cell in copy.cells.items():
                other = alike.cells.get((row, column))
                if (
                    cell.formula is None
                    and (other is None or other.value != cell.value)
                    and read_stamp(cell.value) is None
                ):
                    yield Remark(copy.name, a1(row - 1, column - 1), str(_plain(cell.value)))


def _extra(located: Located) -> tuple[tuple[ExtraSheet, ...], tuple[str, ...]]:
    twins = {copy.name for copies in located.twins.values() for copy in copies}
    kept, lost, room = [], [], MOST_CELLS
    for sheet in located.extra:
        if sheet.name in twins or not sheet.cells:
            continue
        far = any(row > FAR[0] or column > FAR[1] for row, column in sheet.cells)
        if far or len(sheet.cells) > room:
            lost.append(sheet.name)
            continue
        room -= len(sheet.cells)
        held = {
            at: cell.formula if cell.value is None else cell.value
            for at, cell in sheet.cells.items()
        }
        cells = {
            (row - 1, column - 1): _plain(value)
            for (row, column), value in held.items()
            if value is not None
        }
        kept.append(ExtraSheet(sheet.name, cells, sheet.visible))
    return tuple(kept), tuple(lost)


def _plain(value: object) -> int | float | str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).upper() if isinstance(value, bool) else str(value)
    return value if abs(value) < 1e300 else str(value)  # a spreadsheet holds no larger one

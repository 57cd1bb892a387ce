"""What a person left in a workbook beside the report. Nothing of it is judged.

These are notes, texts outside the form, and sheets of their own.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from toolkit.codes import catalogue
from toolkit.files.book import Book
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.reading.blank_form import read_form_sheets
from toolkit.reading.cells import address_of, content_of
from toolkit.reading.issue_remarks import read_issue_remarks
from toolkit.reading.locate import Located
from toolkit.reading.strays import find_strays, find_twin_differences, to_plain_value
from toolkit.record.reading import Aside, ExtraSheet, Origin, Reading, Remark
from toolkit.values import State
from toolkit.workbook.plan import Plan
from toolkit.workbook.review import without_ours
from toolkit.workbook.spots import Spot

MOST_CELLS = 20_000  # of all added sheets that are taken along
FAR = (5_000, 200)  # rows and columns within which they must lie
MOST_REMARKS = 300

Kept = dict[tuple[str, int, int], int | float | str]


def read_aside(
    plan: Plan, book: Book, located: Located, reading: Reading, findings: Collection[Finding]
) -> Aside:
    """Everything beside the report; `findings` are those of its reading.

    A copy of the workbook mends what they report, and the next copy reports nothing: so what was
    typed there is kept as a remark.
    """
    keys = _keys_by_cell(reading)
    notes = list(_read_notes(book, keys))
    remarks = [
        *notes,
        *read_issue_remarks(book),
        *_read_unused_answers(book, findings),
        *_read_typed_texts(book, reading, findings, notes),
    ]
    strays, kept = _read_strays(
        plan, located, reading, keys, _moved_sheets(book, reading, findings)
    )
    remarks += strays
    remarks += find_twin_differences(located)
    sheets, lost = _read_extra_sheets(located)
    return Aside(_cut(remarks), sheets, kept, lost)


def _cut(remarks: Collection[Remark]) -> tuple[Remark, ...]:
    """The first remarks, and of more than there is room for only their number."""
    more = len(remarks) - MOST_REMARKS
    kept = tuple(remarks)[:MOST_REMARKS]
    if more <= 0:
        return kept
    return (*kept, Remark("", "", phrases().issues_sheet.more.format(count=more)))


def _keys_by_cell(reading: Reading) -> dict[tuple[str, str], str]:
    """Sheet and address -> the figure or field that was read there."""
    keys = {}
    for key, place in reading.places.items():
        if place.cell:
            keys[place.sheet or "", place.cell] = key
    return keys


def _moved_sheets(book: Book, reading: Reading, findings: Collection[Finding]) -> set[str | None]:
    """The sheets on which lines, and so formulas, are not where a blank form has them.

    Combined rows make a variant of the form, whose lines are elsewhere on every sheet.
    """
    if reading.combined:
        return {sheet.name for sheet in book.sheets}
    return {finding.place.sheet for finding in findings if _is_about_moves(finding)}


def _is_about_moves(finding: Finding) -> bool:
    code = catalogue().get(finding.code)
    return code is not None and code.moved


def _is_about_rewriting(finding: Finding) -> bool:
    code = catalogue().get(finding.code)
    return code is not None and code.rewritten


def _read_notes(book: Book, keys: Mapping[tuple[str, str], str]) -> Iterator[Remark]:
    """The notes on cells, without what the toolkit wrote in them."""
    for sheet in book.sheets:
        for (row, column), note in sheet.notes.items():
            text = without_ours(note)
            if text:
                address = address_of(row, column)
                key = keys.get((sheet.name, address), "")
                yield Remark(sheet.name, address, text, key, is_note=True)


def _read_unused_answers(book: Book, findings: Collection[Finding]) -> Iterator[Remark]:
    """Answers that could not be used, in full: findings may shorten them, and a copy omits them."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for finding in findings:
        place = finding.place
        if finding.name != "value_not_used" or place.sheet not in sheets or not place.cell:
            continue
        cell = sheets[place.sheet].cell_at(place.cell)
        if cell is not None and cell.value is not None:
            yield Remark(place.sheet, place.cell, str(to_plain_value(cell.value)))


def _read_typed_texts(
    book: Book, reading: Reading, findings: Collection[Finding], notes: Collection[Remark]
) -> Iterator[Remark]:
    """What was typed as a figure and says more than the copy will hold there.

    It becomes a note of the person's own, which is in every later copy too.
    """
    noted = {note.key: note.text for note in notes}
    rewritten: dict[tuple[str, str], None] = {}  # name of the finding and key, each once
    for finding in findings:
        if _is_about_rewriting(finding):
            rewritten |= dict.fromkeys((finding.name, key) for key in finding.keys)
    for name, key in rewritten:
        typed = _typed_text(book, reading, name, key)
        text = phrases().issues_sheet.typed.format(text=typed)
        if typed and text not in noted.get(key, ""):
            place = reading.places.get(key, Place())
            yield Remark(place.sheet or "", place.cell or "", text, key, is_note=True)


def _typed_text(book: Book, reading: Reading, name: str, key: str) -> str:
    """The text or formula that a copy replaces, "" where the copy keeps it."""
    place = reading.places.get(key, Place())
    if name == "formula_in_input" and place.cell:
        sheet = {sheet.name: sheet for sheet in book.sheets}.get(place.sheet or "")
        cell = sheet.cell_at(place.cell) if sheet else None
        return (cell.formula if cell else None) or ""
    value = reading.value(key)
    is_reported_total = name == "total_overwritten" and reading.origin is Origin.PUBLISHED
    if value.state is State.NOT_APPLICABLE or is_reported_total:
        return ""
    return value.raw


def _read_strays(
    plan: Plan,
    located: Located,
    reading: Reading,
    keys: Mapping[tuple[str, str], str],
    moved: Collection[str | None],
) -> tuple[list[Remark], Kept]:
    """Stray cells as remarks; those in cells of the form that are open for typing are kept."""
    remarks = []
    kept: Kept = {}
    form = read_form_sheets(reading)
    for known, sheet in located.sheets.items():
        own = form[known]
        if sheet.name in moved:
            own = replace(own, formulas=None)
        for stray in find_strays(plan, known, sheet, own, keys):
            spot = Spot(known, stray.row - 1, stray.column - 1)
            if spot in plan.kept_spots:
                kept[spot.sheet, spot.row, spot.column] = stray.content
            else:
                remarks.append(Remark(sheet.name, spot.address, str(stray.content)))
    return remarks, kept


def _read_extra_sheets(located: Located) -> tuple[tuple[ExtraSheet, ...], tuple[str, ...]]:
    """The sheets that a person added, and the names of those that are too large to take along."""
    kept: list[ExtraSheet] = []
    lost: list[str] = []
    room = MOST_CELLS
    for sheet in located.extra:
        if sheet.name in located.twin_names or not sheet.cells:
            continue
        is_far = any(row > FAR[0] or column > FAR[1] for row, column in sheet.cells)
        if is_far or len(sheet.cells) > room:
            lost.append(sheet.name)
            continue
        room -= len(sheet.cells)
        cells = {}
        for (row, column), cell in sheet.cells.items():
            content = content_of(cell)
            if content is not None:
                cells[row - 1, column - 1] = to_plain_value(content)
        kept.append(ExtraSheet(sheet.name, cells, sheet.visible))
    return tuple(kept), tuple(lost)

"""Cells on the sheets of the form that hold neither a part of the report nor the form's own words.

And what a second copy of a table holds otherwise than the one that is read.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from toolkit.files.book import BookCell, Sheet
from toolkit.phrases import phrases
from toolkit.reading.blank_form import FormSheet
from toolkit.reading.cells import address_of, content_of
from toolkit.reading.locate import Located
from toolkit.reading.prose import find_paragraph_head
from toolkit.record.reading import Remark
from toolkit.workbook.plan import Plan
from toolkit.workbook.stamp import read_stamp


@dataclass(frozen=True)
class Stray:
    """A cell that a person filled beside the report. Row and column count from 1."""

    row: int
    column: int
    content: int | float | str


def to_plain_value(value: object) -> int | float | str:
    """A value as it can be written into a workbook again: a number, else text.

    TRUE and FALSE become text. So does a number that is larger than spreadsheets hold.
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and abs(value) < 1e300:
        return value
    return str(value)


def find_strays(
    plan: Plan, known: str, sheet: Sheet, own: FormSheet, read_cells: Collection[tuple[str, str]]
) -> Iterator[Stray]:
    """The stray cells of a sheet, which the form calls `known`.

    `own` is what the form has there; `read_cells` are the sheet and address of the cells that were
    read as figures and fields.
    """
    for (row, column), cell in sheet.cells.items():
        content = content_of(cell)
        is_read = (sheet.name, address_of(row, column)) in read_cells
        if content is None or is_read or own.has_own((row, column), cell):
            continue
        if _is_written_by_us(cell) or _is_area_read(plan, known, sheet, row, column):
            continue
        yield Stray(row, column, to_plain_value(content))


def _is_written_by_us(cell: BookCell) -> bool:
    """Whether a text is a stamp, or a note with which the toolkit handed over figures."""
    text = str(cell.value)
    words = phrases().template
    notes = (words.merged_note, words.reported_note)
    beginnings = tuple(note.split("{")[0] for note in notes)
    return read_stamp(text) is not None or text.startswith(beginnings)


def _is_area_read(plan: Plan, known: str, sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell is where prose, counts or reasons are read."""
    checks = phrases().checks_sheet
    if known == checks.sheet:
        return column <= len(checks.columns)
    if known == plan.edition.narrative.statistics.sheet:
        return column <= 2
    head = find_paragraph_head(plan, sheet)
    if head is None:
        return False
    return row > head.row and column in (head.heading_column, head.text_column)


def find_twin_differences(located: Located) -> Iterator[Remark]:
    """What second copies of a table hold where the table that is read holds something else."""
    used = {table.name: table for table in located.sheets.values()}
    for copies in located.twins.values():
        for copy in copies:
            alike = max(used.values(), key=lambda table: _count_equal_cells(table, copy))
            yield from _find_differences(copy, alike)


def _count_equal_cells(table: Sheet, copy: Sheet) -> int:
    return sum(table.cells.get(at) == cell for at, cell in copy.cells.items())


def _find_differences(copy: Sheet, table: Sheet) -> Iterator[Remark]:
    for (row, column), cell in copy.cells.items():
        if cell.formula is not None or read_stamp(cell.value) is not None:
            continue
        other = table.cells.get((row, column))
        if other is None or other.value != cell.value:
            yield Remark(copy.name, address_of(row, column), str(to_plain_value(cell.value)))

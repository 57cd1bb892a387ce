"""What is on 问题清单 of a marked-up copy beside its entries and their answers.

An earlier copy listed a person's own remarks there, and people write where nothing is asked for.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from toolkit.files.book import Book, BookCell
from toolkit.phrases import phrases
from toolkit.reading.cells import address_of, content_of, find_sheet
from toolkit.reading.issue_list import IssueList, find_issue_list, read_entry
from toolkit.record.reading import Remark
from toolkit.workbook.issues import IssueColumn
from toolkit.workbook.meta import LISTED, trace
from toolkit.workbook.plan import META
from toolkit.workbook.stamp import read_stamp

_ANSWERS = (IssueColumn.REASON, IssueColumn.OPINION)
_OF_REMARKS = (IssueColumn.WHERE, IssueColumn.WHAT)


def read_issue_remarks(book: Book) -> list[Remark]:
    """The remarks that an earlier copy listed, then the texts that no column asked for."""
    listed = find_issue_list(book)
    if listed is None:
        return []
    remark_rows = _find_remark_rows(listed)
    remarks = _read_listed_remarks(listed, remark_rows)
    remarks += _find_strays(book, listed, frozenset(remark_rows))
    return remarks


def _find_remark_rows(listed: IssueList) -> list[int]:
    """The rows below the line that says that remarks follow."""
    remark_rows = []
    is_below = False
    for row in listed.filled_rows:
        if is_below and listed.text_at(row, IssueColumn.WHAT):
            remark_rows.append(row)
        elif listed.text_at(row, IssueColumn.NUMBER) == phrases().issues_sheet.beside:
            is_below = True
    return remark_rows


def _read_listed_remarks(listed: IssueList, remark_rows: Collection[int]) -> list[Remark]:
    """The remarks of these rows, without what the toolkit said itself of added sheets."""
    words = phrases().issues_sheet
    remarks = []
    for row in remark_rows:
        text = listed.text_at(row, IssueColumn.WHAT)
        if text not in (words.sheet_kept, words.sheet_lost):
            remarks.append(Remark(listed.text_at(row, IssueColumn.WHERE), "", text))
    return remarks


@dataclass(frozen=True)
class _Written:
    """What the toolkit itself wrote on the list. `traces` is empty in a copy made before those."""

    listed: IssueList
    entry_rows: Collection[int]
    traces: Collection[str]

    def wrote(self, row: int, column: IssueColumn | None, text: str) -> bool:
        """Whether the toolkit wrote a text: by its trace, or else by where it is."""
        if self.traces:
            return trace(text) in self.traces
        if column is None:
            return False
        words = phrases().issues_sheet
        is_in_head_or_entry = row <= self.listed.head or row in self.entry_rows
        return is_in_head_or_entry or text in (words.beside, words.none)


def _find_strays(book: Book, listed: IssueList, remark_rows: Collection[int]) -> Iterator[Remark]:
    """What the toolkit did not write and what is no answer."""
    columns = {where: column for column, where in listed.columns.items()}
    entry_rows = {row for row in listed.filled_rows if read_entry(listed, row) is not None}
    written = _Written(listed, entry_rows, _read_traces(book))
    for (row, where), cell in sorted(listed.sheet.cells.items()):
        column = columns.get(where)
        if row in remark_rows and column in _OF_REMARKS:
            continue
        is_open = book.stripped or not cell.locked
        if row in entry_rows and _is_of_entry(column, cell, is_open=is_open):
            continue
        text = str(content_of(cell))
        is_stamp = read_stamp(text) is not None
        if text.strip() and not is_stamp and not written.wrote(row, column, text):
            yield Remark(listed.sheet.name, address_of(row, where), text)


def _is_of_entry(column: IssueColumn | None, cell: BookCell, *, is_open: bool) -> bool:
    """Whether a cell of an entry is an answer, its number, or the formula that shows its state."""
    if column in _ANSWERS:
        return is_open
    if column is IssueColumn.NOW:
        return bool(cell.formula)
    return column is IssueColumn.NUMBER and isinstance(cell.value, int | float)


def _read_traces(book: Book) -> frozenset[str]:
    """The traces of the texts on the list; none in a copy made before there were any.

    They are one text, in pieces down the sheet _meta.
    """
    meta = find_sheet(book, META)
    if meta is None:
        return frozenset()
    pieces = []
    for row in sorted({row for row, _ in meta.cells}):
        key, piece = meta.cells.get((row, 1)), meta.cells.get((row, 2))
        if key is not None and piece is not None and key.value == LISTED:
            pieces.append(str(piece.value))
    return frozenset("".join(pieces).split())

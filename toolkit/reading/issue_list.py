"""问题清单 of a marked-up copy that comes back: the sheet itself, its columns and its entries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.codes import Code, catalogue
from toolkit.edition.labels import normalise
from toolkit.files.book import Book, Sheet
from toolkit.finding import Finding, Place, Severity
from toolkit.phrases import phrases
from toolkit.reading.align import read_texts
from toolkit.reading.cells import address_of, find_sheet
from toolkit.record.basis import read_basis
from toolkit.record.reading import Explanation
from toolkit.workbook.issues import IssueColumn


@dataclass(frozen=True)
class IssueList:
    """The sheet with the list. `columns` are found by their heads in the row `head`."""

    sheet: Sheet
    columns: Mapping[IssueColumn, int]
    head: int

    @property
    def filled_rows(self) -> list[int]:
        """All rows of the sheet that hold something, those above the entries too."""
        return sorted({row for row, _ in self.sheet.cells})

    def text_at(self, row: int, column: IssueColumn) -> str:
        """What a row says in a column, "" where the cell is empty or a formula without result."""
        cell = self.sheet.cells.get((row, self.columns[column]))
        return "" if cell is None or cell.value is None else str(cell.value)


def find_issue_list(book: Book) -> IssueList | None:
    """The list, None where there is none. A sheet of that name without its heads is no list."""
    words = phrases().issues_sheet
    sheet = find_sheet(book, words.sheet)
    if sheet is None:
        return None
    heads = {normalise(words.columns[column.value]): column for column in IssueColumn}
    for row, texts in read_texts(sheet).items():
        columns = {heads[text]: where for where, text in texts.items() if text in heads}
        if len(columns) == len(IssueColumn):
            return IssueList(sheet, columns, row)
    return None


def read_entry(listed: IssueList, row: int) -> Explanation | None:
    """The reason and opinion of a row, empty texts too; None where the row is no entry.

    The figures are those of the day on which the list was written.
    """
    reason = listed.text_at(row, IssueColumn.REASON)
    if reason == phrases().issues_sheet.no_reason:
        reason = ""
    try:
        keys = json.loads(listed.text_at(row, IssueColumn.KEYS))
        values = json.loads(listed.text_at(row, IssueColumn.VALUES), parse_float=str, parse_int=str)
        return Explanation(
            code=listed.text_at(row, IssueColumn.CODE),
            keys=tuple(map(str, keys)),
            values=tuple(read_basis(value) for value in values),
            text=reason,
            opinion=listed.text_at(row, IssueColumn.OPINION),
        )
    except (ValueError, TypeError, RecursionError):
        return None


def read_issues(book: Book) -> list[Explanation]:
    """The entries of the list, in its order."""
    listed = find_issue_list(book)
    if listed is None:
        return []
    entries = []
    for row in listed.filled_rows:
        entry = read_entry(listed, row)
        if entry is not None:
            entries.append(entry)
    return entries


def find_unconfirmed(book: Book, file: str) -> list[Finding]:
    """The errors that the copy itself can no longer show, until somebody writes what was done.

    Such a finding is repeated in the words of the list, at the cell for the reason.
    """
    listed = find_issue_list(book)
    if listed is None:
        return []
    findings = []
    for row in listed.filled_rows:
        code = catalogue().get(listed.text_at(row, IssueColumn.CODE))
        if code is not None and code.confirm and _is_unanswered_error(listed, row):
            findings.append(_repeat_finding(listed, row, code, file))
    return findings


def _is_unanswered_error(listed: IssueList, row: int) -> bool:
    error = phrases().severity.word(Severity.ERROR.value)
    is_error = listed.text_at(row, IssueColumn.SEVERITY) == error
    return is_error and not listed.text_at(row, IssueColumn.REASON).strip()


def _repeat_finding(listed: IssueList, row: int, code: Code, file: str) -> Finding:
    cell = address_of(row, listed.columns[IssueColumn.REASON])
    return Finding(
        code.code,
        Severity.ERROR,
        message=listed.text_at(row, IssueColumn.WHAT),
        remedy=listed.text_at(row, IssueColumn.REMEDY),
        place=Place(file, listed.sheet.name, cell),
        name=code.name,
    )

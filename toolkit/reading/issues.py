"""What was written on 问题清单 of a marked-up workbook that comes back: reasons and opinions, each under the finding it belongs to."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.codes import catalogue
from toolkit.edition.labels import normalise
from toolkit.files.book import Book, Sheet
from toolkit.files.coordinates import a1
from toolkit.finding import Finding, Place, Severity
from toolkit.phrases import phrases
from toolkit.reading.align import texts_of
from toolkit.record.basis import read_basis
from toolkit.record.reading import Explanation, Remark
from toolkit.workbook.issues import IssueColumn
from toolkit.workbook.meta import LISTED, trace
from toolkit.workbook.plan import META
from toolkit.workbook.stamp import read_stamp

_ANSWERS = (IssueColumn.REASON, IssueColumn.OPINION)

About = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class IssueList:
    """The sheet 问题清单 of a marked-up copy, its columns found by their heads."""

    sheet: Sheet
    at: Mapping[IssueColumn, int]
    head: int

    @property
    def rows(self) -> list[int]:
        return sorted({row for row, _ in self.sheet.cells})

    def text(self, row: int, column: IssueColumn) -> str:
        cell = self.sheet.cells.get((row, self.at[column]))
        return "" if cell is None or cell.value is None else str(cell.value)


def issue_list(book: Book) -> IssueList | None:
    """A sheet of that name without the heads is somebody's own."""
    words = phrases().issues_sheet
    sheet = next((sheet for sheet in book.sheets if sheet.name == words.sheet), None)
    wanted = {column: normalise(words.columns[column.value]) for column in IssueColumn}
    for row, texts in texts_of(sheet).items() if sheet is not None else ():
        at = {
            column: where
            for where, text in texts.items()
            for column, label in wanted.items()
            if label == text
        }
        if sheet is not None and len(at) == len(IssueColumn):
            return IssueList(sheet, at, row)
    return None


def read_issues(book: Book) -> list[Explanation]:
    """One entry a row of the list, empty texts included; the figures are those of the day the list was written."""
    listed = issue_list(book)
    return [one for row in listed.rows if (one := _entry(listed, row))] if listed else []


def unconfirmed(book: Book, file: str) -> list[Finding]:
    """The errors that the copy itself can no longer show, while nobody has written beside them what was done about them."""
    listed = issue_list(book)
    found = []
    for row in listed.rows if listed else ():
        entry = catalogue().get(listed.text(row, IssueColumn.CODE)) if listed else None
        if (
            listed is None
            or entry is None
            or not entry.confirm
            or listed.text(row, IssueColumn.REASON).strip()
        ):
            continue
        if listed.text(row, IssueColumn.SEVERITY) == phrases().severity.word(Severity.ERROR.value):
            place = Place(file, listed.sheet.name, a1(row - 1, listed.at[IssueColumn.REASON] - 1))
            message, remedy = (
                listed.text(row, IssueColumn.WHAT),
                listed.text(row, IssueColumn.REMEDY),
            )
            found.append(
                Finding(entry.code, Severity.ERROR, message, remedy, place, name=entry.name)
            )
    return found


def beside(book: Book) -> list[Remark]:
    """What an earlier copy had listed of a person's own remarks, and what was written on the list where nothing is asked for."""
    words, listed = phrases().issues_sheet, issue_list(book)
    if listed is None:
        return []
    start = next(
        (row for row in listed.rows if listed.text(row, IssueColumn.NUMBER) == words.beside), None
    )
    known = {
        row for row in listed.rows if start and row > start and listed.text(row, IssueColumn.WHAT)
    }
    rows = [
        (listed.text(row, IssueColumn.WHERE), listed.text(row, IssueColumn.WHAT))
        for row in listed.rows
        if row in known
    ]
    ours = (words.sheet_kept, words.sheet_lost)
    return [
        *(Remark(where, "", text) for where, text in rows if text not in ours),
        *_strays(book, listed, known),
    ]


def _strays(book: Book, listed: IssueList, known: Collection[int]) -> Iterator[Remark]:
    """What the list was not given with and what is no answer; `known` are the rows of remarks."""
    columns = {where: column for column, where in listed.at.items()}
    entries = {row for row in listed.rows if _entry(listed, row)}
    traces, fixed = (
        _traces(book),
        [phrases().issues_sheet.word(name) for name in ("beside", "none")],
    )
    for (row, where), cell in sorted(listed.sheet.cells.items()):
        column, text = columns.get(where), str(cell.formula if cell.value is None else cell.value)
        if row in known and column in (IssueColumn.WHERE, IssueColumn.WHAT):
            continue
        if row in entries and column in _ANSWERS and (book.stripped or not cell.locked):
            continue
        if row in entries and (
            (column is IssueColumn.NOW and cell.formula)
            or (column is IssueColumn.NUMBER and isinstance(cell.value, int | float))
        ):
            continue
        is_ours = (
            trace(text) in traces
            if traces
            else column is not None and (row in entries or row <= listed.head or text in fixed)
        )
        if text.strip() and not is_ours and read_stamp(text) is None:
            yield Remark(listed.sheet.name, a1(row - 1, where - 1), text)


def _traces(book: Book) -> frozenset[str]:
    """The marks of the texts that the list was given with; none in a copy made before there were such."""
    meta = next((sheet for sheet in book.sheets if sheet.name == META), None)
    rows = (
        sorted(
            row for row, column in meta.cells if column == 1 and meta.cells[row, 1].value == LISTED
        )
        if meta
        else []
    )
    return frozenset(
        "".join(
            str(meta.cells[row, 2].value) for row in rows if meta and (row, 2) in meta.cells
        ).split()
    )


def _entry(listed: IssueList, row: int) -> Explanation | None:
    def text(column: IssueColumn) -> str:
        said = listed.text(row, column)
        return (
            ""
            if column is IssueColumn.REASON and said == phrases().issues_sheet.no_reason
            else said
        )

    try:
        keys, values = (
            json.loads(text(IssueColumn.KEYS)),
            json.loads(text(IssueColumn.VALUES), parse_float=str, parse_int=str),
        )
        basis = tuple(read_basis(value) for value in values)
        return Explanation(
            text(IssueColumn.CODE),
            tuple(map(str, keys)),
            basis,
            text(IssueColumn.REASON),
            "",
            text(IssueColumn.OPINION),
        )
    except (ValueError, TypeError, RecursionError):
        return None  # the head, or a row that is no entry


@dataclass(frozen=True)
class _Decided:
    """What a row says now, and whether its reason is another than the workbook was given with."""

    entry: Explanation
    changed: bool


def with_issues(
    given: Sequence[Explanation], carried: Iterable[Explanation], rows: Iterable[Explanation]
) -> tuple[Explanation, ...]:
    """`given` as 校验 has it, with what the list changed: a reason written there belongs to the figures that its row shows."""
    before: dict[About, str] = {}
    for one in carried:
        before.setdefault(one.about, one.text.strip())
    decided: dict[About, _Decided] = {}
    for row in rows:  # of several rows about the same, the one that says something new
        now = _Decided(row, row.text.strip() != before.get(row.about, ""))
        if row.about not in decided or (now.changed and row.text.strip()):
            decided[row.about] = now
    kept = [one for one in given if one.about not in decided or not decided[one.about].changed]
    kept += [one.entry for one in decided.values() if one.changed and one.entry.text.strip()]
    kept = [
        replace(one, opinion=decided[one.about].entry.opinion) if one.about in decided else one
        for one in kept
    ]
    silent = {one.about for one in kept}
    return (
        *kept,
        *(
            one.entry
            for one in decided.values()
            if one.entry.opinion.strip() and one.entry.about not in silent
        ),
    )

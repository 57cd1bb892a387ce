"""What was written on 问题清单 of a marked-up workbook that comes back: reasons and opinions, each under the finding it belongs to."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from toolkit.edition.labels import normalise
from toolkit.reading.align import texts_of
from toolkit.reading.book import Book, Sheet
from toolkit.record import Explanation
from toolkit.templates import phrases
from toolkit.values import Kind, read_typed
from toolkit.workbook.issues import Column

About = tuple[str, tuple[str, ...]]


def read_issues(book: Book) -> list[Explanation]:
    """One entry a row of the list, empty texts included; the figures are those of the day the list was written."""
    words = phrases()["issues_sheet"]
    sheet = next((sheet for sheet in book.sheets if sheet.name == words["sheet"]), None)
    if sheet is None:
        return []
    wanted = {column: normalise(words["columns"][column.value]) for column in Column}
    for _, texts in sorted(texts_of(sheet).items()):
        at = {column: where for where, text in texts.items() for column, label in wanted.items() if label == text}
        if len(at) == len(Column):
            return [one for row in sorted({row for row, _ in sheet.cells}) if (one := _entry(sheet, row, at))]
    return []


def _entry(sheet: Sheet, row: int, at: dict[Column, int]) -> Explanation | None:
    def text(column: Column) -> str:
        cell = sheet.cells.get((row, at[column]))
        return "" if cell is None or cell.value is None else str(cell.value)

    try:
        keys, values = json.loads(text(Column.KEYS)), json.loads(text(Column.VALUES), parse_float=str, parse_int=str)
        figures = tuple(read_typed(value, Kind.CHANGE)[0].number for value in values)
        return Explanation(text(Column.CODE), tuple(map(str, keys)), figures, text(Column.REASON), "", text(Column.OPINION))
    except (ValueError, TypeError, RecursionError):
        return None  # the head, or a row that is no entry


@dataclass(frozen=True)
class _Decided:
    """What a row says now, and whether its reason is another than the workbook was given with."""

    entry: Explanation
    changed: bool


def with_issues(given: Sequence[Explanation], carried: Iterable[Explanation], rows: Iterable[Explanation]) -> tuple[Explanation, ...]:
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
    kept = [replace(one, opinion=decided[one.about].entry.opinion) if one.about in decided else one for one in kept]
    silent = {one.about for one in kept}
    return (*kept, *(one.entry for one in decided.values() if one.entry.opinion.strip() and one.entry.about not in silent))

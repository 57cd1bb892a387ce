"""Sheets that a person added: copied behind those of the form, values only, open for work."""

from collections.abc import Iterable

from toolkit.record.reading import ExtraSheet
from toolkit.workbook.draft import LONGEST, Draft
from toolkit.workbook.plan import CALC, META

_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\'"), "_")
_LONGEST_NAME = (
    27  # of the 31 characters that the name of a sheet can have; the rest is for a number
)


def write_extra(draft: Draft, sheets: Iterable[ExtraSheet]) -> None:
    names = [*draft.plan.sheets, CALC, META]
    names += [sheet.name for sheet in draft.book.worksheets()]
    taken = {name.casefold() for name in names}
    for extra in sheets:
        sheet = draft.book.add_worksheet(_take_free_name(extra.name, taken))
        if not extra.visible:
            sheet.hide()
        for (row, column), value in extra.cells.items():
            if isinstance(value, str):
                sheet.write_string(row, column, value[:LONGEST])
            else:
                sheet.write_number(row, column, value)


def _take_free_name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet can have and none has yet; it is added to the names that are taken."""
    base = wanted.translate(_FORBIDDEN).strip()[:_LONGEST_NAME] or "1"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base}({number})", number + 1
    taken.add(name.casefold())
    return name

"""Sheets that a person added: copied behind those of the form, values only, open to be worked on."""

from collections.abc import Iterable

from toolkit.record.reading import ExtraSheet
from toolkit.workbook.draft import LONGEST, Draft
from toolkit.workbook.plan import CALC, META

_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\'"), "_")


def write_extra(draft: Draft, sheets: Iterable[ExtraSheet]) -> None:
    taken = {name.casefold() for name in (*draft.plan.sheets, CALC, META)} | {
        one.name.casefold() for one in draft.book.worksheets()
    }
    for one in sheets:
        sheet = draft.book.add_worksheet(_name(one.name, taken))
        if not one.visible:
            sheet.hide()
        for (row, column), value in one.cells.items():
            if isinstance(value, str):
                sheet.write_string(row, column, value[:LONGEST])
            else:
                sheet.write_number(row, column, value)


def _name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet can have and none has yet."""
    base = wanted.translate(_FORBIDDEN).strip()[:27] or "1"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base}({number})", number + 1
    taken.add(name.casefold())
    return name

"""The reasons on 校验, beside the checks that they explain."""

from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition
from toolkit.phrases import phrases
from toolkit.reading.cells import read_cell_text
from toolkit.reading.locate import Located
from toolkit.workbook.plan import Plan

_CODE, _WHERE, _SAYS = 1, 3, 4  # columns; the reason is in the last one

Shown = tuple[str, str, str]  # code, place and relation of a check as the sheet shows them


def read_reasons(plan: Plan, located: Located) -> dict[str, str]:
    """Name of an instance -> what is beside its check, "" where there is no reason.

    A check that the sheet no longer shows has no entry.
    """
    words = phrases().checks_sheet
    sheet = located.sheets.get(words.sheet)
    if sheet is None:
        return {}
    names = _names_by_words(plan.edition)
    reasons = {}
    for row in sorted({row for row, _ in sheet.cells}):
        code = read_cell_text(sheet, row, _CODE)
        where = normalise(read_cell_text(sheet, row, _WHERE))
        says = normalise(read_cell_text(sheet, row, _SAYS))
        name = names.get((code, where, says))
        if name:
            reason = read_cell_text(sheet, row, len(words.columns))
            reasons[name] = reason if reason.strip() else ""
    return reasons


def _names_by_words(edition: Edition) -> dict[Shown, str]:
    """What the sheet shows of a check -> the name of the instance."""
    names = {}
    for instance in edition.instances:
        where = normalise(edition.spot_words(instance))
        says = normalise(instance.relation.declared.says)
        names[instance.relation.code, where, says] = instance.name
    return names

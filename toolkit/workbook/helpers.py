"""Hidden locked cells right of a table that say how each of its figures is.

The conditional formats of the table read only these cells.
"""

from collections import defaultdict
from collections.abc import Sequence

from toolkit.files.coordinates import a1
from toolkit.finding import Severity
from toolkit.record.settle import CheckState, Standing
from toolkit.workbook import formulas
from toolkit.workbook.draft import Draft
from toolkit.workbook.table_plan import HELPERS, TablePlan

_WORTH_A_LOOK, _SOUND, _OPEN, _WRONG, _BROKEN, _TO_MEND = -1, 0, 1, 2, 3, 4


def write_helpers(draft: Draft, table: TablePlan) -> None:
    """A number per figure: 0 sound, 1 open, 2 wrong, 3 in a broken relation.

    While a reviewed figure is as it was: 4 to be mended, -1 worth a look.
    """
    numbers_of_checks: dict[str, list[int]] = defaultdict(list)
    for number, (instance, _) in enumerate(draft.checks):
        for key in instance.keys:
            numbers_of_checks[key].append(number)
    for key in table.positions:
        _write_helper(draft, table, key, numbers_of_checks.get(key, []))
    first = table.column_count + HELPERS
    sheet = draft.sheet(table.sheet)
    sheet.set_column(first, first + table.column_count, 4, None, {"hidden": True})
    _add_formats(draft, table)


def _write_helper(draft: Draft, table: TablePlan, key: str, numbers: Sequence[int]) -> None:
    """The helper of a figure whose checks have these numbers.

    Where `m` is the mirror of the figure and `c` the state of its check, without a review:

        =IF(m="错",2,IF(m="空",1,IF(OR(c="数对不上"),3,0)))

    With a review that wants it mended, when the mirror held 7: `IF(m=7,4,0)` instead of `0`.
    """
    mark = _review_mark(draft, key)
    open_value = mark if mark and draft.figures[key].standing is Standing.INCOMPLETE else _OPEN
    otherwise = str(_SOUND)
    if mark:
        otherwise = f"IF({draft.unchanged_condition(key)},{mark},{_SOUND})"
    mirror = draft.plan.calc.mirror(key).absolute
    is_wrong = f"{mirror}={formulas.quoted_text(formulas.WRONG)}"
    is_open = f"{mirror}={formulas.quoted_text(formulas.EMPTY)}"
    unless_open = f"IF({_broken_condition(draft, numbers)},{_BROKEN},{otherwise})"
    formula = f"=IF({is_wrong},{_WRONG},IF({is_open},{open_value},{unless_open}))"
    is_broken = any(draft.checks[number][1] is CheckState.BROKEN for number in numbers)
    values = {
        Standing.SOUND: _BROKEN if is_broken else mark,
        Standing.INCOMPLETE: open_value,
        Standing.INVALID: _WRONG,
    }
    value = values[draft.figures[key].standing]
    draft.write_formula(table.helper(key), formula, value, draft.styles.hidden)


def _broken_condition(draft: Draft, numbers: Sequence[int]) -> str:
    """Whether one of some checks is broken; without checks a condition that never holds."""
    if not numbers:
        return "1=0"
    word = formulas.quoted_text(draft.state_word(CheckState.BROKEN))
    states = [draft.plan.calc.check_spots(number).state.absolute for number in numbers]
    conditions = [f"{state}={word}" for state in states]
    return f"OR({','.join(conditions)})"


def _review_mark(draft: Draft, key: str) -> int:
    """The number of a reviewed input while it is as it was; 0 for what no review names."""
    severity = draft.flagged.get(key)
    if severity is None or key in draft.edition.totals:
        return _SOUND
    return _WORTH_A_LOOK if severity is Severity.INFO else _TO_MEND


def _add_formats(draft: Draft, table: TablePlan) -> None:
    """Formats over the figures of every band.

    The formula of a format names the helper of the first cell; a spreadsheet shifts it for the
    other cells, as it is written without $.
    """
    sheet = draft.sheet(table.sheet)
    first = table.column_count + HELPERS
    for band in table.frame.bands:
        top, left = table.top + band.body, band.figures
        bottom, right = table.top + band.end - 1, table.column_count - 1
        helper = a1(top, first + left)
        for criteria, style in (
            (f">={_WRONG}", draft.styles.wrong),
            (f"<{_SOUND}", draft.styles.looked),
        ):
            rule = {"type": "formula", "criteria": f"={helper}{criteria}", "format": style}
            sheet.conditional_format(top, left, bottom, right, rule)

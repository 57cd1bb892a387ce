"""The states of tables and sheets, as formulas and as what the formulas will give."""

from toolkit.edition.model import Instance
from toolkit.files.coordinates import a1
from toolkit.finding import Severity
from toolkit.phrases import phrases
from toolkit.record.settle import CheckState, Standing
from toolkit.workbook import formulas
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Spot
from toolkit.workbook.table_plan import TablePlan

OVERALL_ROW = 2
FILLING_TOP = OVERALL_ROW + 3  # the first of the lines that say how far a table is filled in
STATE_COLUMN, REASON_COLUMN = 7, 8

# The worst first: the first state that occurs is the state of the whole.
WORST_FIRST = (
    CheckState.INVALID,
    CheckState.BROKEN,
    CheckState.INCOMPLETE,
    CheckState.PASSED,
)


def quoted_states(draft: Draft) -> dict[CheckState, str]:
    """The words of all states as constants in a formula."""
    return {state: formulas.quoted_text(draft.state_word(state)) for state in WORST_FIRST}


def filling_state(draft: Draft, table: TablePlan) -> CheckState:
    """How far a table is filled in: a wrong input first, then an open one."""
    standings = {draft.figures[key].standing for key in inputs_of(draft, table)}
    if Standing.INVALID in standings:
        return CheckState.INVALID
    return CheckState.INCOMPLETE if Standing.INCOMPLETE in standings else CheckState.PASSED


def inputs_of(draft: Draft, table: TablePlan) -> list[str]:
    """The keys of the cells of a table that are no totals."""
    return [key for key in table.positions if key not in draft.edition.totals]


def overall_state(draft: Draft) -> CheckState:
    """What the overall light shows."""
    states = [state for instance, state in draft.checks if _is_error(instance)]
    tables = [table for table in draft.plan.tables if table.table.gate is Severity.ERROR]
    states += [filling_state(draft, table) for table in tables]
    if not draft.reading.text("unit.name"):
        states.append(CheckState.INCOMPLETE)
    return _worst_state(states)


def overall_formula(draft: Draft) -> str:
    """The overall light: what would refuse the report.

    Warnings and infos do not count, a missing unit name does. Where `c` are the states that count:

        =IF(COUNTIF(c,"填法不对")>0,"填法不对",IF(COUNTIF(c,"数对不上")>0,"数对不上",
            IF(OR(LEN(unit)=0,COUNTIF(c,"未填完")>0),"未填完","通过")))
    """
    rows = [
        draft.plan.checks_top + number
        for number, (instance, _) in enumerate(draft.checks)
        if _is_error(instance)
    ]
    rows += [
        FILLING_TOP + number
        for number, table in enumerate(draft.plan.tables)
        if table.table.gate is Severity.ERROR
    ]
    cells = [a1(row, STATE_COLUMN, absolute=True) for row in rows]
    unit = draft.plan.calc.flags["unit.name"].absolute
    incomplete = formulas.count_formula(cells, draft.state_word(CheckState.INCOMPLETE))
    texts = quoted_states(draft)
    formula = (
        f"IF(OR(LEN({unit})=0,{incomplete}>0),"
        f"{texts[CheckState.INCOMPLETE]},{texts[CheckState.PASSED]})"
    )
    for state in (CheckState.BROKEN, CheckState.INVALID):
        count = formulas.count_formula(cells, draft.state_word(state))
        formula = f"IF({count}>0,{texts[state]},{formula})"
    return f"={formula}"


def sheet_state(draft: Draft, sheet: str) -> tuple[str, CheckState] | None:
    """The state of one visible sheet: its formula without `=`, and what the formula will give.

    None for a sheet that nothing checks.
    """
    name = phrases().checks_sheet.sheet
    if sheet == name:
        return Spot(name, OVERALL_ROW, 2).absolute, overall_state(draft)
    if sheet == draft.edition.profile.sheet:
        return _profile_state(draft)
    for number, table in enumerate(draft.plan.tables):
        if table.sheet == sheet:
            return _table_state(draft, number, table)
    return None


def _profile_state(draft: Draft) -> tuple[str, CheckState]:
    """基本信息 is complete when the name of the unit is filled in."""
    unit, texts = draft.plan.calc.flags["unit.name"].absolute, quoted_states(draft)
    formula = f"IF(LEN({unit})=0,{texts[CheckState.INCOMPLETE]},{texts[CheckState.PASSED]})"
    is_named = bool(draft.reading.text("unit.name"))
    return formula, CheckState.PASSED if is_named else CheckState.INCOMPLETE


def _table_state(draft: Draft, number: int, table: TablePlan) -> tuple[str, CheckState]:
    """The worst of how far a table is filled in and its errors and warnings."""
    name = phrases().checks_sheet.sheet
    spots = [Spot(name, FILLING_TOP + number, STATE_COLUMN)]
    states = [filling_state(draft, table)]
    for row, (instance, state) in enumerate(draft.checks, start=draft.plan.checks_top):
        declared = instance.relation.declared
        if declared.table == table.table.key and declared.severity is not Severity.INFO:
            spots.append(Spot(name, row, STATE_COLUMN))
            states.append(state)
    order = [draft.state_word(state) for state in WORST_FIRST]
    formula = formulas.worst_state_formula([spot.absolute for spot in spots], order)
    return formula, _worst_state(states)


def _worst_state(states: list[CheckState]) -> CheckState:
    return next((state for state in WORST_FIRST if state in states), CheckState.PASSED)


def _is_error(instance: Instance) -> bool:
    return instance.relation.declared.severity is Severity.ERROR

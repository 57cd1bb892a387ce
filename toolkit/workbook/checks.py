"""校验: one overall light, how far every table is filled in, and every check.

A check shows its two figures and has a cell for the reason.
"""

from toolkit.edition.model import Instance
from toolkit.edition.relation import Side
from toolkit.files.coordinates import a1, quoted
from toolkit.phrases import phrases
from toolkit.record.explained import explanations_about
from toolkit.record.settle import CheckState, Standing
from toolkit.workbook import formulas
from toolkit.workbook.conflicts import write_declarations
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Spot
from toolkit.workbook.states import (
    FILLING_TOP,
    OVERALL_ROW,
    REASON_COLUMN,
    STATE_COLUMN,
    filling_state,
    inputs_of,
    overall_formula,
    overall_state,
    quoted_states,
)
from toolkit.workbook.styles import height_of, lines_of
from toolkit.workbook.table_plan import TablePlan

_WIDTHS = (10.0, 9.0, 36.0, 46.0, 10.0, 10.0, 10.0, 12.0, 40.0)
_BLANK_COLUMN, _WRONG_COLUMN = 4, 5  # of the lines that say how far a table is filled in
_WHERE_COLUMN, _FOUND_COLUMN, _EXPECTED_COLUMN, _DIFFERENCE_COLUMN = 2, 4, 5, 6  # of a check


def write_checks(draft: Draft) -> None:
    words = phrases().checks_sheet
    name, sheet = words.sheet, draft.sheet(words.sheet)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    draft.write_text(Spot(name, 0, 0), words.title, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    sheet.merge_range(1, 0, 1, len(_WIDTHS) - 1, words.intro, draft.styles.note)
    sheet.set_row(1, height_of(2))
    draft.write_text(Spot(name, OVERALL_ROW, 0), words.overall, draft.styles.head)
    _write_filling(draft, name)
    write_declarations(draft, name, STATE_COLUMN)
    top = draft.plan.checks_top
    add_state_colours(draft, name, draft.plan.declarations_top, top - 3)
    for column, word in enumerate(words.columns):
        draft.write_text(Spot(name, top - 1, column), word, draft.styles.head)
    for number, (instance, state) in enumerate(draft.checks):
        _write_check(draft, Spot(name, top + number, 0), number, instance, state)
    prompts = phrases().prompts
    last = Spot(name, top + len(draft.checks) - 1, REASON_COLUMN)
    draft.add_prompt(Spot(name, top, REASON_COLUMN), last, prompts.reason_title, prompts.reason)
    light, word = Spot(name, OVERALL_ROW, 2), draft.state_word(overall_state(draft))
    draft.write_formula(light, overall_formula(draft), word, draft.styles.head)
    add_state_colours(draft, name, OVERALL_ROW, OVERALL_ROW, 2)
    add_state_colours(draft, name, top, top + len(draft.checks) - 1)
    sheet.freeze_panes(top, 0)


def _write_filling(draft: Draft, name: str) -> None:
    """A line per table: how many inputs are open, how many wrong, and the state that follows."""
    words = phrases().checks_sheet
    head_row = FILLING_TOP - 1
    heads = (
        (0, words.filling),
        (_BLANK_COLUMN, words.blank),
        (_WRONG_COLUMN, words.wrong),
        (STATE_COLUMN, words.columns[STATE_COLUMN]),
    )
    for column, word in heads:
        draft.write_text(Spot(name, head_row, column), word, draft.styles.head)
    draft.sheet(name).set_row(head_row, height_of(3))
    for row, table in enumerate(draft.plan.tables, start=FILLING_TOP):
        _write_filling_of_table(draft, Spot(name, row, 0), table)
    add_state_colours(draft, name, FILLING_TOP, head_row + len(draft.plan.tables))


def _write_filling_of_table(draft: Draft, spot: Spot, table: TablePlan) -> None:
    """A link to the table, the two counts, and `=IF(F6>0,"填法不对",IF(E6>0,"未填完","通过"))`."""
    name, row, sheet, style = spot.sheet, spot.row, draft.sheet(spot.sheet), draft.styles.cell
    sheet.set_row(row, height_of(1))
    target = f"internal:{quoted(table.sheet)}!A1"
    # The link goes into the first cell of a merged range, which has to be merged before.
    sheet.merge_range(row, 0, row, 3, "", draft.styles.link)
    sheet.write_url(row, 0, target, draft.styles.link, table.table.title)
    _write_filling_count(draft, Spot(name, row, _BLANK_COLUMN), table, Standing.INCOMPLETE)
    _write_filling_count(draft, Spot(name, row, _WRONG_COLUMN), table, Standing.INVALID)
    blank, wrong = a1(row, _BLANK_COLUMN), a1(row, _WRONG_COLUMN)
    texts = quoted_states(draft)
    unless_wrong = f"IF({blank}>0,{texts[CheckState.INCOMPLETE]},{texts[CheckState.PASSED]})"
    formula = f"=IF({wrong}>0,{texts[CheckState.INVALID]},{unless_wrong})"
    word = draft.state_word(filling_state(draft, table))
    draft.write_formula(Spot(name, row, STATE_COLUMN), formula, word, style)


def _write_filling_count(draft: Draft, spot: Spot, table: TablePlan, standing: Standing) -> None:
    """How many inputs of a table are open or wrong, by what their mirrors hold."""
    inputs = inputs_of(draft, table)
    mark = formulas.EMPTY if standing is Standing.INCOMPLETE else formulas.WRONG
    formula = f"={formulas.count_formula(draft.plan.calc.ranges(inputs), mark)}"
    number = sum(draft.figures[key].standing is standing for key in inputs)
    draft.write_formula(spot, formula, number, draft.styles.cell)


def _write_check(
    draft: Draft, spot: Spot, number: int, instance: Instance, state: CheckState
) -> None:
    """One check: code, severity, where, what, figures, difference, state, a cell for the reason."""
    name, row = spot.sheet, spot.row
    declared = instance.relation.declared
    texts = (
        declared.id,
        phrases().severity.word(declared.severity.value),
        draft.edition.spot_words(instance),
        declared.says,
    )
    for column, text in enumerate(texts):
        draft.write_text(Spot(name, row, column), text, draft.styles.cell)
    key = next(iter(instance.found_side.names), instance.keys[0])
    target = draft.plan.table_of(key).spot(key)
    link = f"internal:{quoted(target.sheet)}!{target.address}"
    where = texts[_WHERE_COLUMN]
    draft.sheet(name).write_url(row, _WHERE_COLUMN, link, draft.styles.linked, where)
    _write_figures(draft, spot, number, instance)
    verdict = draft.plan.calc.check_spots(number).state
    state_spot, word = Spot(name, row, STATE_COLUMN), draft.state_word(state)
    draft.write_formula(state_spot, f"={verdict.absolute}", word, draft.styles.cell)
    given = explanations_about(draft.reading, instance.about)
    reason = given[0].text if given else ""
    draft.write_open_text(Spot(name, row, REASON_COLUMN), reason, draft.styles.prose)
    lines = max(lines_of(text, width) for text, width in zip(texts, _WIDTHS, strict=False))
    draft.sheet(name).set_row(row, height_of(lines))


def _write_figures(draft: Draft, spot: Spot, number: int, instance: Instance) -> None:
    """The figure that was found, the one that is expected, and `=ROUND(found-expected,6)`."""
    name, row, style = spot.sheet, spot.row, draft.styles.cell
    left, right, _ = draft.plan.calc.check_spots(number)
    is_left = instance.relation.declared.found == "left"
    found_spot, expected_spot = (left, right) if is_left else (right, left)
    found = _side_value(draft, instance.found_side)
    expected = _side_value(draft, instance.expected_side)
    draft.write_formula(Spot(name, row, _FOUND_COLUMN), f"={found_spot.absolute}", found, style)
    draft.write_formula(
        Spot(name, row, _EXPECTED_COLUMN), f"={expected_spot.absolute}", expected, style
    )
    formula = f"=ROUND({found_spot.absolute}-{expected_spot.absolute},6)"
    difference = round(found - expected, 6)
    draft.write_formula(Spot(name, row, _DIFFERENCE_COLUMN), formula, difference, style)


def _side_value(draft: Draft, side: Side) -> float:
    return float(side.value(lambda key: draft.figures[key].number))


def add_state_colours(
    draft: Draft, name: str, first: int, last: int, column: int = STATE_COLUMN
) -> None:
    """Green, yellow and red for the states in some rows of a column."""
    styles = {
        CheckState.PASSED: draft.styles.passed,
        CheckState.INCOMPLETE: draft.styles.open,
        CheckState.BROKEN: draft.styles.wrong,
        CheckState.INVALID: draft.styles.wrong,
    }
    texts = quoted_states(draft)
    for state, style in styles.items():
        rule = {"type": "cell", "criteria": "==", "value": texts[state], "format": style}
        draft.sheet(name).conditional_format(first, column, last, column, rule)

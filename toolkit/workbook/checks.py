"""校验: one overall light, how far every table is filled in, and every check with its two figures and a cell for the reason."""

from xlsxwriter.worksheet import Worksheet

from toolkit.edition.model import Instance
from toolkit.files.coordinates import a1, quoted
from toolkit.finding import Severity
from toolkit.phrases import phrases
from toolkit.record.explained import explanations_about
from toolkit.record.settle import CheckState, Standing
from toolkit.workbook import formulas
from toolkit.workbook.conflicts import write_declarations
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import height_of, lines_of
from toolkit.workbook.table_plan import TablePlan

_WIDTHS = (10.0, 9.0, 36.0, 46.0, 10.0, 10.0, 10.0, 12.0, 40.0)
OVERALL_ROW = 2
STATE_COLUMN, REASON_COLUMN = 7, 8
_ORDER = (CheckState.INVALID, CheckState.BROKEN, CheckState.INCOMPLETE, CheckState.PASSED)


def write_checks(draft: Draft) -> None:
    words = phrases().checks_sheet
    name = words.sheet
    sheet = draft.sheet(name)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    draft.write_text(Spot(name, 0, 0), words.title, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    sheet.merge_range(1, 0, 1, len(_WIDTHS) - 1, words.intro, draft.styles.note)
    sheet.set_row(1, height_of(2))
    draft.write_text(Spot(name, OVERALL_ROW, 0), words.overall, draft.styles.head)
    _filling(draft, sheet, name)
    write_declarations(draft, name, STATE_COLUMN)
    colours(draft, sheet, draft.plan.declarations_top, draft.plan.checks_top - 3)
    top = draft.plan.checks_top
    for column, word in enumerate(words.columns):
        draft.write_text(Spot(name, top - 1, column), word, draft.styles.head)
    for number, (instance, state) in enumerate(draft.checks):
        _check(draft, Spot(name, top + number, 0), number, instance, state)
    prompts = phrases().prompts
    last = Spot(name, top + len(draft.checks) - 1, REASON_COLUMN)
    draft.add_prompt(Spot(name, top, REASON_COLUMN), last, prompts.reason_title, prompts.reason)
    _overall(draft, name)
    sheet.freeze_panes(top, 0)


def _filling(draft: Draft, sheet: Worksheet, name: str) -> None:
    """A line per table: how many inputs are open, how many are wrong, and the state that follows."""
    words = phrases().checks_sheet
    row = OVERALL_ROW + 2
    for column, word in (
        (0, words.filling),
        (4, words.blank),
        (5, words.wrong),
        (STATE_COLUMN, words.columns[STATE_COLUMN]),
    ):
        draft.write_text(Spot(name, row, column), word, draft.styles.head)
    sheet.set_row(row, height_of(3))
    for number, table in enumerate(draft.plan.tables, start=1):
        inputs = [key for key in table.positions if key not in draft.edition.totals]
        ranges = draft.plan.calc.ranges(inputs)
        sheet.set_row(row + number, height_of(1))
        sheet.merge_range(row + number, 0, row + number, 3, "", draft.styles.link)
        sheet.write_url(
            row + number,
            0,
            f"internal:{quoted(table.sheet)}!A1",
            draft.styles.link,
            table.table.title,
        )
        counts = [
            sum(draft.figures[key].standing is standing for key in inputs)
            for standing in (Standing.INCOMPLETE, Standing.INVALID)
        ]
        for column, mark, count in ((4, formulas.EMPTY, counts[0]), (5, formulas.WRONG, counts[1])):
            draft.write_formula(
                Spot(name, row + number, column),
                f"={formulas.count_formula(ranges, mark)}",
                count,
                draft.styles.cell,
            )
        blank, wrong = a1(row + number, 4), a1(row + number, 5)
        texts = {state: formulas.quoted_text(draft.state_word(state)) for state in _ORDER}
        formula = f"=IF({wrong}>0,{texts[CheckState.INVALID]},IF({blank}>0,{texts[CheckState.INCOMPLETE]},{texts[CheckState.PASSED]}))"
        state = filling_state(draft, table)
        draft.write_formula(
            Spot(name, row + number, STATE_COLUMN),
            formula,
            draft.state_word(state),
            draft.styles.cell,
        )
    colours(draft, sheet, row + 1, row + len(draft.plan.tables))


def filling_state(draft: Draft, table: TablePlan) -> CheckState:
    standings = {
        draft.figures[key].standing for key in table.positions if key not in draft.edition.totals
    }
    if Standing.INVALID in standings:
        return CheckState.INVALID
    return CheckState.INCOMPLETE if Standing.INCOMPLETE in standings else CheckState.PASSED


def _check(draft: Draft, spot: Spot, number: int, instance: Instance, state: CheckState) -> None:
    """One check: code, severity, where, what, the two figures, the difference, the state, and a cell for the reason."""
    declared = instance.relation.declared
    left, right, verdict = draft.plan.calc.check_spots(number)
    found, expected = (left, right) if declared.found == "left" else (right, left)
    texts = (
        declared.id,
        phrases().severity.word(declared.severity.value),
        draft.edition.spot_words(instance),
        declared.says,
    )
    for column, text in enumerate(texts):
        draft.write_text(Spot(spot.sheet, spot.row, column), text, draft.styles.cell)
    key = next(iter(instance.found_side.names), instance.keys[0])
    target = draft.plan.table_of(key).spot(key)
    sheet = draft.sheet(spot.sheet)
    sheet.write_url(
        spot.row,
        2,
        f"internal:{quoted(target.sheet)}!{target.address}",
        draft.styles.linked,
        texts[2],
    )
    values = {side: side_value(draft, instance, side is left) for side in (left, right)}
    draft.write_formula(
        Spot(spot.sheet, spot.row, 4), f"={found.absolute}", values[found], draft.styles.cell
    )
    draft.write_formula(
        Spot(spot.sheet, spot.row, 5), f"={expected.absolute}", values[expected], draft.styles.cell
    )
    difference = f"=ROUND({found.absolute}-{expected.absolute},6)"
    draft.write_formula(
        Spot(spot.sheet, spot.row, 6),
        difference,
        round(values[found] - values[expected], 6),
        draft.styles.cell,
    )
    draft.write_formula(
        Spot(spot.sheet, spot.row, STATE_COLUMN),
        f"={verdict.absolute}",
        draft.state_word(state),
        draft.styles.cell,
    )
    given = explanations_about(draft.reading, instance.about)
    if given:
        draft.write_text(
            Spot(spot.sheet, spot.row, REASON_COLUMN), given[0].text, draft.styles.prose
        )
    else:
        draft.sheet(spot.sheet).write_blank(spot.row, REASON_COLUMN, None, draft.styles.prose)
    lines = max(lines_of(text, width) for text, width in zip(texts, _WIDTHS, strict=False))
    draft.sheet(spot.sheet).set_row(spot.row, height_of(lines))


def side_value(draft: Draft, instance: Instance, left: bool) -> float:
    side = instance.holds.left if left else instance.holds.right
    return float(side.value(lambda key: draft.figures[key].number))


def _overall(draft: Draft, name: str) -> None:
    """The light: what would refuse the report. Warnings and infos do not count, a missing unit name does."""
    top, sheet = draft.plan.checks_top, draft.sheet(name)
    serious = [
        number
        for number, (one, _) in enumerate(draft.checks)
        if one.relation.declared.severity is Severity.ERROR
    ]
    rows = [top + number for number in serious]
    first = OVERALL_ROW + 3
    rows += [
        first + number
        for number, plan in enumerate(draft.plan.tables)
        if plan.table.gate is Severity.ERROR
    ]
    cells = [a1(row, STATE_COLUMN, absolute=True) for row in rows]
    words = {state: draft.state_word(state) for state in _ORDER}
    unit = draft.plan.calc.flags["unit.name"].absolute
    incomplete = (
        f"OR(LEN({unit})=0,{formulas.count_formula(cells, words[CheckState.INCOMPLETE])}>0)"
    )
    formula = f"IF({incomplete},{formulas.quoted_text(words[CheckState.INCOMPLETE])},{formulas.quoted_text(words[CheckState.PASSED])})"
    for state in (CheckState.BROKEN, CheckState.INVALID):
        formula = f"IF({formulas.count_formula(cells, words[state])}>0,{formulas.quoted_text(words[state])},{formula})"
    draft.write_formula(
        Spot(name, OVERALL_ROW, 2), f"={formula}", words[overall(draft)], draft.styles.head
    )
    colours(draft, sheet, OVERALL_ROW, OVERALL_ROW, 2)
    colours(draft, sheet, top, top + len(draft.checks) - 1)


def sheet_state(draft: Draft, sheet: str) -> tuple[str, CheckState] | None:
    """The state of one visible sheet, as formula and as it is now; None for sheets that nothing checks."""
    name = phrases().checks_sheet.sheet
    words = {state: draft.state_word(state) for state in _ORDER}
    if sheet == name:
        return Spot(name, OVERALL_ROW, 2).absolute, overall(draft)
    if sheet == draft.edition.profile.sheet:
        unit = draft.plan.calc.flags["unit.name"].absolute
        filled = CheckState.PASSED if draft.reading.text("unit.name") else CheckState.INCOMPLETE
        return (
            f"IF(LEN({unit})=0,{formulas.quoted_text(words[CheckState.INCOMPLETE])},{formulas.quoted_text(words[CheckState.PASSED])})",
            filled,
        )
    for number, table in enumerate(draft.plan.tables):
        if table.sheet == sheet:
            own = [
                index
                for index, (one, _) in enumerate(draft.checks)
                if one.relation.declared.table == table.table.key
            ]
            own = [
                index
                for index in own
                if draft.checks[index][0].relation.declared.severity is not Severity.INFO
            ]
            rows = [OVERALL_ROW + 3 + number, *(draft.plan.checks_top + index for index in own)]
            cells = [Spot(name, row, STATE_COLUMN).absolute for row in rows]
            states = [filling_state(draft, table), *(draft.checks[index][1] for index in own)]
            return formulas.worst_state_formula(cells, [words[state] for state in _ORDER]), next(
                state for state in _ORDER if state in states
            )
    return None


def overall(draft: Draft) -> CheckState:
    states = [
        state for one, state in draft.checks if one.relation.declared.severity is Severity.ERROR
    ]
    states += [
        filling_state(draft, table)
        for table in draft.plan.tables
        if table.table.gate is Severity.ERROR
    ]
    if not draft.reading.text("unit.name"):
        states.append(CheckState.INCOMPLETE)
    return next((state for state in _ORDER if state in states), CheckState.PASSED)


def colours(
    draft: Draft, sheet: Worksheet, first: int, last: int, column: int = STATE_COLUMN
) -> None:
    styles = {
        CheckState.PASSED: draft.styles.passed,
        CheckState.INCOMPLETE: draft.styles.open,
        CheckState.BROKEN: draft.styles.wrong,
        CheckState.INVALID: draft.styles.wrong,
    }
    for state, style in styles.items():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": formulas.quoted_text(draft.state_word(state)),
            "format": style,
        }
        sheet.conditional_format(first, column, last, column, rule)

"""The sheets of the tables: labels as in the form, inputs with prompt and validation, totals as locked formulas."""

from xlsxwriter.worksheet import Worksheet

from toolkit.edition.declared import MESSAGE, TITLE
from toolkit.edition.frame import FrameCell, Role
from toolkit.edition.model import Cell
from toolkit.files.coordinates import a1
from toolkit.finding import Severity
from toolkit.phrases import phrases
from toolkit.record.settle import CheckState, Standing
from toolkit.values import Kind, State, Value, show
from toolkit.workbook import formulas
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import height_of, lines_of
from toolkit.workbook.table_plan import HELPERS, TablePlan

# Widths of label and figure columns, by how many label columns a table has.
_LABELS = {0: [], 1: [34.0], 2: [12.0, 34.0], 3: [6.0, 16.0, 46.0]}
_FIGURE = {0: 9.0, 1: 20.0, 2: 12.0, 3: 10.0}
_MOST_DIGITS = 999_999_999_999


def write_table(draft: Draft, table: TablePlan) -> None:
    sheet = draft.sheet(table.sheet)
    labels = table.frame.bands[0].figures
    widths = [*_LABELS[labels], *[_FIGURE[labels]] * (table.frame.columns - labels)]
    if table.table.declared.official:
        draft.write_text(Spot(table.sheet, 0, 0), table.table.title, draft.styles.title)
        draft.write_text(Spot(table.sheet, 1, 0), table.table.declared.help, draft.styles.note)
        sheet.merge_range(
            1, 0, 1, table.column_count - 1, table.table.declared.help, draft.styles.note
        )
        for column, width in enumerate(widths):
            sheet.set_column(table.column(column), table.column(column), width)
        sheet.set_row(0, height_of(1, 16))
        sheet.set_row(1, height_of(lines_of(table.table.declared.help, sum(widths))))
        if len(table.frame.bands) == 1:
            sheet.freeze_panes(table.top + table.frame.bands[0].body, labels)
        for column in table.spacer_columns:
            sheet.set_column(column, column, 1, None, {"hidden": True})
    for cell in table.frame.cells:
        _write_cell(draft, table, sheet, cell)
    _heights(table, sheet, widths)
    _helpers(draft, table, sheet)
    _names(draft, table)
    if note := _note(draft, table):
        draft.write_text(Spot(table.sheet, table.below, 0), note, draft.styles.note)
        sheet.merge_range(
            table.below, 0, table.below, table.column_count - 1, note, draft.styles.note
        )
        sheet.set_row(table.below, height_of(lines_of(note, sum(widths))))


def _write_cell(draft: Draft, table: TablePlan, sheet: Worksheet, cell: FrameCell) -> None:
    row, column, last = (
        table.top + cell.row,
        table.column(cell.column),
        table.column(cell.column + cell.width - 1),
    )
    if cell.role is Role.FIGURE:
        if last > column:
            sheet.merge_range(row, column, row, last, "", draft.styles.figure)
        _figure(draft, Spot(table.sheet, row, column), draft.edition.cells[cell.key])
        return
    style = {Role.LABEL: draft.styles.left_label, Role.CORNER: draft.styles.label}.get(
        cell.role, draft.styles.head
    )
    if cell.role is Role.LABEL and cell.height > 1:
        style = draft.styles.upright
    if cell.height > 1 or last > column:
        sheet.merge_range(row, column, row + cell.height - 1, last, cell.text, style)
    else:
        draft.write_text(Spot(table.sheet, row, column), cell.text, style)


def _figure(draft: Draft, spot: Spot, cell: Cell) -> None:
    value = draft.reading.value(cell.key)
    if cell.key in draft.edition.totals:
        _total(draft, spot, cell, value)
        return
    style = draft.styles.amount if cell.kind is Kind.AMOUNT else draft.styles.figure
    sheet = draft.sheet(spot.sheet)
    if value.is_blank:
        sheet.write_blank(spot.row, spot.column, None, style)
    elif value.state is State.NUMBER and not (cell.kind is Kind.AMOUNT and value.raw):
        assert value.number is not None
        sheet.write_number(spot.row, spot.column, float(value.number), style)
    else:
        draft.write_text(spot, value.raw, style)
    draft.write_note(spot, cell.key)
    draft.add_validation(spot, **validation(cell))


def _total(draft: Draft, spot: Spot, cell: Cell, value: Value) -> None:
    """Our formula, or the reported total where it is another one: then it stays, marked."""
    draft.write_note(spot, cell.key)
    due = draft.edition.totals[cell.key].value(lambda key: draft.figures[key].number)
    if cell.key not in draft.reported:
        number = int(due) if due == due.to_integral_value() else float(due)
        draft.write_formula(
            spot, formulas.total_formula(draft.plan, cell.key), number, draft.styles.total
        )
    elif value.state is State.NUMBER:
        assert value.number is not None
        draft.sheet(spot.sheet).write_number(
            spot.row, spot.column, float(value.number), draft.styles.reported
        )
    else:
        draft.write_text(spot, value.raw, draft.styles.reported)


def validation(cell: Cell) -> dict[str, object]:
    """What a cell accepts, with a prompt and an error text in plain words."""
    words = phrases().template
    name = {Kind.COUNT: "count", Kind.CHANGE: "change", Kind.MONEY: "money", Kind.AMOUNT: "amount"}[
        cell.kind
    ]
    rules: dict[Kind, dict[str, object]] = {
        Kind.COUNT: {"validate": "integer", "criteria": ">=", "value": 0},
        Kind.CHANGE: {
            "validate": "integer",
            "criteria": "between",
            "minimum": -_MOST_DIGITS,
            "maximum": _MOST_DIGITS,
        },
        Kind.MONEY: {"validate": "decimal", "criteria": ">=", "value": 0},
        Kind.AMOUNT: {"validate": "length", "criteria": "<=", "value": 60},
    }
    return rules[cell.kind] | {
        "input_title": cell.row_label[:TITLE],
        "input_message": cell.help[:MESSAGE],
        "error_title": words.word(f"{name}_error_title"),
        "error_message": words.word(f"{name}_error"),
    }


def _heights(table: TablePlan, sheet: Worksheet, widths: list[float]) -> None:
    """Every row as high as its labels need; merged cells never grow by themselves."""
    needed = [1] * table.frame.rows
    for cell in table.frame.cells:
        if cell.text and cell.height == 1:
            needed[cell.row] = max(
                needed[cell.row],
                lines_of(cell.text, sum(widths[cell.column : cell.column + cell.width])),
            )
    for row, lines in enumerate(needed):
        sheet.set_row(table.top + row, height_of(lines))


def _helpers(draft: Draft, table: TablePlan, sheet: Worksheet) -> None:
    """Hidden locked cells that say how each figure stands. Format rules read these.

    0 sound, 1 open, 2 wrong, 3 in a broken relation, and while a reviewed figure is as it was: 4 to be mended, -1 worth a look.
    """
    first = table.column_count + HELPERS
    checks_of: dict[str, list[int]] = {}
    for number, (instance, _) in enumerate(draft.checks):
        for key in instance.keys:
            checks_of.setdefault(key, []).append(number)
    for key in table.positions:
        numbers = checks_of.get(key, [])
        states = [draft.plan.calc.check_spots(number).state.absolute for number in numbers]
        word = draft.state_word(CheckState.BROKEN)
        broken = (
            "OR(" + ",".join(f"{state}={formulas.quoted_text(word)}" for state in states) + ")"
            if states
            else "1=0"
        )
        m = draft.plan.calc.mirror(key).absolute
        still, mark = _reviewed(draft, key)
        empty = mark if mark and draft.figures[key].standing is Standing.INCOMPLETE else 1
        rest = f"IF({still},{mark},0)" if mark else "0"
        formula = f"=IF({m}={formulas.quoted_text(formulas.WRONG)},2,IF({m}={formulas.quoted_text(formulas.EMPTY)},{empty},IF({broken},3,{rest})))"
        is_broken = any(draft.checks[number][1] is CheckState.BROKEN for number in numbers)
        cached = {
            Standing.SOUND: 3 if is_broken else mark,
            Standing.INCOMPLETE: empty,
            Standing.INVALID: 2,
        }[draft.figures[key].standing]
        draft.write_formula(table.helper(key), formula, cached, draft.styles.hidden)
    sheet.set_column(first, first + table.column_count, 4, None, {"hidden": True})
    for band in table.frame.bands:
        top, left = table.top + band.body, band.figures
        for criteria, style in ((">=2", draft.styles.wrong), ("<0", draft.styles.looked)):
            rule = {
                "type": "formula",
                "criteria": f"={a1(top, first + left)}{criteria}",
                "format": style,
            }
            sheet.conditional_format(
                top, left, table.top + band.end - 1, table.column_count - 1, rule
            )


def _reviewed(draft: Draft, key: str) -> tuple[str, int]:
    """The condition under which a reviewed input is as it was, and its mark; no mark on what no review names."""
    severity = draft.flagged.get(key)
    if severity is None or key in draft.edition.totals:
        return "", 0
    return draft.unchanged_condition(key), -1 if severity is Severity.INFO else 4


def _names(draft: Draft, table: TablePlan) -> None:
    """Names on locked labels, for finding rows and columns again after a sheet was changed."""
    for band in table.frame.bands:
        block = table.table.blocks[band.block]
        mark = f"{table.table.key}_b{band.block}"
        for number, row in enumerate(block.rows):
            if row.path:
                spot = Spot(table.sheet, table.top + band.body + number, len(row.path) - 1)
                draft.book.define_name(f"{mark}_row_{row.key}", f"={spot.absolute}")
        for number, column in enumerate(block.columns):
            level = len(column.path) - 1
            spot = Spot(
                table.sheet,
                table.top + band.body - _depth(table, band.block) + level,
                table.column(band.figures + number),
            )
            draft.book.define_name(
                f"{mark}_col_{(column.key or 'value').replace('.', '_')}", f"={spot.absolute}"
            )


def _depth(table: TablePlan, block: int) -> int:
    return max(len(column.path) for column in table.table.blocks[block].columns)


def _note(draft: Draft, table: TablePlan) -> str:
    notes = [draft.merged_notes.get(table.table.key, "")]
    reported = [key for key in table.positions if key in draft.reported]
    if reported:
        cells = (draft.edition.cells[key] for key in reported)
        figures = "、".join(
            f"{cell.row_label}/{cell.column_label} {show(draft.reading.value(cell.key).number)}"
            for cell in cells
        )
        notes.append(f"{phrases().template.reported_note}：{figures}")
    return "\n".join(note for note in notes if note)

"""The sheets of the tables: labels as in the form, inputs with prompt and validation, totals.

Totals are locked formulas.
"""

from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from toolkit.edition.declared import MESSAGE, TITLE
from toolkit.edition.frame import Band, FrameCell, Role
from toolkit.edition.model import Cell
from toolkit.phrases import phrases
from toolkit.values import Kind, State, Value, show
from toolkit.workbook import formulas
from toolkit.workbook.draft import Draft
from toolkit.workbook.helpers import write_helpers
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import Styles, height_of, lines_of
from toolkit.workbook.table_plan import TablePlan

# Widths of label and figure columns, by how many label columns a table has.
_LABEL_WIDTHS = {0: [], 1: [34.0], 2: [12.0, 34.0], 3: [6.0, 16.0, 46.0]}
_FIGURE_WIDTH = {0: 9.0, 1: 20.0, 2: 12.0, 3: 10.0}
_LARGEST = 999_999_999_999
_LONGEST_AMOUNT = 60  # characters


def write_table(draft: Draft, table: TablePlan) -> None:
    """The sheet of an official table, or the table on the sheet of a section."""
    sheet = draft.sheet(table.sheet)
    widths = _widths_of(table)
    if table.table.declared.official:
        _write_top(draft, table, widths)
    for cell in table.frame.cells:
        _write_frame_cell(draft, table, cell)
    _set_heights(table, sheet, widths)
    write_helpers(draft, table)
    _define_names(draft, table)
    note = _note_text(draft, table)
    if note:
        row = table.below
        draft.write_text(Spot(table.sheet, row, 0), note, draft.styles.note)
        sheet.merge_range(row, 0, row, table.column_count - 1, note, draft.styles.note)
        sheet.set_row(row, height_of(lines_of(note, sum(widths))))


def _widths_of(table: TablePlan) -> list[float]:
    """The width of every frame column."""
    labels = table.frame.bands[0].figures
    figures = [_FIGURE_WIDTH[labels]] * (table.frame.columns - labels)
    return [*_LABEL_WIDTHS[labels], *figures]


def _write_top(draft: Draft, table: TablePlan, widths: Sequence[float]) -> None:
    """Title, help and widths of a sheet that a table has for itself."""
    name, sheet, text = table.sheet, draft.sheet(table.sheet), table.table.declared.help
    draft.write_text(Spot(name, 0, 0), table.table.title, draft.styles.title)
    draft.write_text(Spot(name, 1, 0), text, draft.styles.note)
    sheet.merge_range(1, 0, 1, table.column_count - 1, text, draft.styles.note)
    for frame_column, width in enumerate(widths):
        column = table.column(frame_column)
        sheet.set_column(column, column, width)
    sheet.set_row(0, height_of(1, 16))
    sheet.set_row(1, height_of(lines_of(text, sum(widths))))
    if len(table.frame.bands) == 1:
        band = table.frame.bands[0]
        sheet.freeze_panes(table.top + band.body, band.figures)
    for column in table.spacer_columns:
        sheet.set_column(column, column, 1, None, {"hidden": True})


def _write_frame_cell(draft: Draft, table: TablePlan, cell: FrameCell) -> None:
    """A label or a figure, merged where it covers several cells."""
    sheet, row = draft.sheet(table.sheet), table.top + cell.row
    column, last = table.column(cell.column), table.column(cell.column + cell.width - 1)
    if cell.role is Role.FIGURE:
        # The figure goes into the first cell of a merged range, which has to be merged before.
        if last > column:
            sheet.merge_range(row, column, row, last, "", draft.styles.figure)
        _write_figure(draft, Spot(table.sheet, row, column), draft.edition.cells[cell.key])
        return
    style = _label_style(draft.styles, cell)
    if cell.height > 1 or last > column:
        sheet.merge_range(row, column, row + cell.height - 1, last, cell.text, style)
    else:
        draft.write_text(Spot(table.sheet, row, column), cell.text, style)


def _label_style(styles: Styles, cell: FrameCell) -> Format:
    if cell.role is Role.LABEL:
        return styles.upright if cell.height > 1 else styles.left_label
    return styles.label if cell.role is Role.CORNER else styles.head


def _write_figure(draft: Draft, spot: Spot, cell: Cell) -> None:
    value = draft.reading.value(cell.key)
    if cell.key in draft.edition.totals:
        _write_total(draft, spot, cell, value)
        return
    style = draft.styles.amount if cell.kind is Kind.AMOUNT else draft.styles.figure
    if value.is_blank:
        draft.write_blank(spot, style)
    elif value.state is State.NUMBER and not value.is_written_as_text(cell.kind):
        _write_number(draft, spot, value, style)
    else:
        draft.write_text(spot, value.raw, style)
    draft.write_note(spot, cell.key)
    draft.add_validation(spot, **_validation_of(cell))


def _write_total(draft: Draft, spot: Spot, cell: Cell, value: Value) -> None:
    """Our formula, or the reported total where it is another one: then it stays, marked."""
    draft.write_note(spot, cell.key)
    if cell.key not in draft.reported:
        total = draft.edition.totals[cell.key].value(lambda key: draft.figures[key].number)
        number = int(total) if total == total.to_integral_value() else float(total)
        formula = formulas.total_formula(draft.plan, cell.key)
        draft.write_formula(spot, formula, number, draft.styles.total)
    elif value.state is State.NUMBER:
        _write_number(draft, spot, value, draft.styles.reported)
    else:
        draft.write_text(spot, value.raw, draft.styles.reported)


def _write_number(draft: Draft, spot: Spot, value: Value, style: Format) -> None:
    assert value.number is not None
    draft.sheet(spot.sheet).write_number(spot.row, spot.column, float(value.number), style)


def _validation_of(cell: Cell) -> dict[str, object]:
    """What a cell accepts, with a prompt and an error text in plain words."""
    words = phrases().template
    rules: dict[Kind, dict[str, object]] = {
        Kind.COUNT: {"validate": "integer", "criteria": ">=", "value": 0},
        Kind.CHANGE: {
            "validate": "integer",
            "criteria": "between",
            "minimum": -_LARGEST,
            "maximum": _LARGEST,
        },
        Kind.MONEY: {"validate": "decimal", "criteria": ">=", "value": 0},
        Kind.AMOUNT: {"validate": "length", "criteria": "<=", "value": _LONGEST_AMOUNT},
    }
    return rules[cell.kind] | {
        "input_title": cell.row_label[:TITLE],
        "input_message": cell.help[:MESSAGE],
        "error_title": words.word(f"{cell.kind.value}_error_title"),
        "error_message": words.word(f"{cell.kind.value}_error"),
    }


def _set_heights(table: TablePlan, sheet: Worksheet, widths: Sequence[float]) -> None:
    """Every row as high as its labels need: a row of merged cells never grows on its own."""
    lines = [1] * table.frame.rows
    for cell in table.frame.cells:
        if cell.text and cell.height == 1:
            width = sum(widths[cell.column : cell.column + cell.width])
            lines[cell.row] = max(lines[cell.row], lines_of(cell.text, width))
    for row, count in enumerate(lines, start=table.top):
        sheet.set_row(row, height_of(count))


def _define_names(draft: Draft, table: TablePlan) -> None:
    """Names on locked labels, for finding rows and columns again after a sheet was changed.

    For example `requests_b0_row_received` and `requests_b0_col_natural`.
    """
    for band in table.frame.bands:
        block = table.table.blocks[band.block]
        prefix = f"{table.table.key}_b{band.block}"
        for number, row in enumerate(block.rows):
            if row.path:
                spot = Spot(table.sheet, table.top + band.body + number, len(row.path) - 1)
                draft.book.define_name(f"{prefix}_row_{row.key}", f"={spot.absolute}")
        for number, column in enumerate(block.columns):
            name = (column.key or "value").replace(".", "_")
            spot = _column_label_spot(table, band, number)
            draft.book.define_name(f"{prefix}_col_{name}", f"={spot.absolute}")


def _column_label_spot(table: TablePlan, band: Band, number: int) -> Spot:
    """The cell of the own label of a column, which is below the labels it shares with others."""
    columns = table.table.blocks[band.block].columns
    depth = max(len(column.path) for column in columns)
    row = table.top + band.body - depth + len(columns[number].path) - 1
    return Spot(table.sheet, row, table.column(band.figures + number))


def _note_text(draft: Draft, table: TablePlan) -> str:
    """The note below a table: on combined rows, and on totals that stay as reported."""
    notes = [draft.merged_notes.get(table.table.key, "")]
    reported = [draft.edition.cells[key] for key in table.positions if key in draft.reported]
    if reported:
        figures = "、".join(_reported_text(draft, cell) for cell in reported)
        notes.append(f"{phrases().template.reported_note}：{figures}")
    return "\n".join(note for note in notes if note)


def _reported_text(draft: Draft, cell: Cell) -> str:
    return f"{cell.row_label}/{cell.column_label} {show(draft.reading.value(cell.key).number)}"

"""The figures of the tables: every cell is found by the labels of its row and column.

Whatever was changed there is reported.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from toolkit.codes import make_finding
from toolkit.edition.model import Edition
from toolkit.files.book import OUTSIDE, BookCell, Sheet
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.reading.align import Alignment, align, read_figures, read_texts
from toolkit.reading.cells import cell_place
from toolkit.reading.locate import Located
from toolkit.reading.merges import find_merged_figures
from toolkit.reading.outside import find_figures_outside
from toolkit.reading.table_labels import check_labels
from toolkit.record.typed import read_cell
from toolkit.values import BLANK, State, Value, Why, read_typed
from toolkit.workbook.formulas import total_formula
from toolkit.workbook.plan import Plan
from toolkit.workbook.table_plan import TablePlan

MOST = 4  # overwritten totals whose content is named


@dataclass
class TablesRead:
    """Figures and their places by key; a total with our formula is blank.

    `saved`: total with our formula -> the result that was saved with it.
    `overwritten`: total with anything else -> its content in words.
    """

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    saved: dict[str, object] = field(default_factory=dict)
    overwritten: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _TableOnSheet:
    """A table of the form, the sheet it is on, and where its lines were found there."""

    plan: Plan
    table: TablePlan
    sheet: Sheet
    alignment: Alignment
    file: str

    def find_cell(self, key: str) -> tuple[int, int] | None:
        """Sheet row and column of a figure, None where a label of it was not found."""
        frame_row, frame_column = self.table.positions[key]
        bands = self.table.frame.bands
        band = next(band for band in bands if band.body <= frame_row < band.end)
        row = self.alignment.rows.get(frame_row)
        column = self.alignment.columns[band.block].get(frame_column)
        return None if row is None or column is None else (row, column)

    def place_of_figure(self, key: str) -> Place:
        """The cell of a figure; where it was not found, its place in the frame without a cell."""
        order = self.plan.place(self.table.sheet)
        at = self.find_cell(key)
        if at is None:
            return Place(self.file, self.sheet.name, None, (order, *self.table.positions[key]))
        return cell_place(self.file, self.sheet, *at, order)


def read_tables(
    plan: Plan, located: Located, file: str, reported: Collection[str] = frozenset()
) -> TablesRead:
    """All tables of the form. A table without a sheet is blank, with a finding.

    `reported` are the totals that the workbook was made with as figures, because they were
    reported so: where only these are no formulas, no total was overwritten.
    """
    tables = TablesRead()
    for table in plan.tables:
        sheet = located.sheet_of_table(table)
        if sheet is None:
            title = table.table.title
            missing = make_finding("table_missing", Place(file), table.positions, table=title)
            tables.findings.append(missing)
            tables.values |= dict.fromkeys(table.positions, BLANK)
            continue
        tables.findings += _report_twins(table, sheet, located, file)
        alignment = align(
            table.frame, read_texts(sheet), read_figures(sheet), table.top + 1, table.column
        )
        tables.findings += check_labels(table, sheet, alignment, file)
        on_sheet = _TableOnSheet(plan, table, sheet, alignment, file)
        for key in table.positions:
            _read_figure(on_sheet, key, tables)
        tables.findings += _report_overwritten(plan.edition, table, tables, reported)
        tables.findings += find_merged_figures(table, sheet, tables.places)
        tables.findings += find_figures_outside(table, sheet, alignment, file)
    return tables


def _report_twins(table: TablePlan, sheet: Sheet, located: Located, file: str) -> Iterator[Finding]:
    """That there are second copies of a table."""
    copies = located.twins.get(table.table.key)
    if not copies:
        return
    names = [sheet.name, *(copy.name for copy in copies)]
    yield make_finding(
        "table_repeated",
        Place(file, sheet.name),
        table=table.table.title,
        count=len(names),
        sheets="、".join(names),
        used=sheet.name,
    )


def _read_figure(on_sheet: _TableOnSheet, key: str, tables: TablesRead) -> None:
    """Add the figure of one cell to `tables`."""
    place = on_sheet.place_of_figure(key)
    tables.places[key] = place
    at = on_sheet.find_cell(key)
    cell = on_sheet.sheet.cells.get(at) if at else None
    if cell is None:
        tables.values[key] = BLANK
        return
    plan = on_sheet.plan
    is_total = key in plan.edition.totals
    if is_total and _is_our_formula(plan, key, cell):
        tables.values[key] = BLANK  # it is computed, as the saved result may be out of date
        tables.saved[key] = cell.value
        return
    # A formula without a result is reported with the cell, which holds no figure (V-02).
    is_unread = cell.formula is not None and cell.value is None
    if is_unread:
        tables.values[key] = Value(State.UNREADABLE, raw=short(cell.formula), why=Why.FORMULA)
    else:
        tables.values[key], findings = _read_value(plan.edition, key, cell, place)
        tables.findings += findings
    if is_total:
        tables.overwritten[key] = _show_saved(cell)
    elif cell.formula is not None and not is_unread:
        where = plan.edition.where(key)
        saved = _show_saved(cell)
        formula = make_finding("formula_in_input", place, [key], where=where, raw=saved)
        tables.findings.append(formula)


def _read_value(
    edition: Edition, key: str, cell: BookCell, place: Place
) -> tuple[Value, list[Finding]]:
    """The value of a cell without what is struck out in it and without the mark of a note."""
    if cell.marked is None:
        return read_cell(edition, key, cell.value, place)
    column = edition.cells[key]

    def is_readable(text: str) -> bool:
        return read_typed(text, column.kind, column.unit)[0].state is not State.UNREADABLE

    figured = cell.marked.as_figure(is_readable)
    value, findings = read_cell(edition, key, figured.text, place)
    return value, [*findings, *figured.report_set_apart(place, key, edition.where(key))]


def _report_overwritten(
    edition: Edition, table: TablePlan, tables: TablesRead, reported: Collection[str]
) -> Iterator[Finding]:
    """One finding for a table whose totals are no longer our formulas."""
    keys = [key for key in table.positions if key in tables.overwritten]
    if all(key in reported for key in keys):
        return
    where = edition.where(keys[0])
    raw = "、".join(tables.overwritten[key] for key in keys[:MOST])
    if len(keys) > 1:
        where = phrases().reading.more_cells.format(where=where, count=len(keys))
    if len(keys) > MOST:
        raw += "…"
    yield make_finding("total_overwritten", tables.places[keys[0]], keys, where=where, raw=raw)


def _show_saved(cell: BookCell) -> str:
    return phrases().reading.not_saved if cell.value is None else short(cell.value)


def _is_our_formula(plan: Plan, key: str, cell: BookCell) -> bool:
    """Whether a total holds our formula, also that of the workbook it was copied from."""
    if cell.formula is None:
        return False
    return _strip_formula(cell.formula) == _strip_formula(total_formula(plan, key))


def _strip_formula(formula: str) -> str:
    """A formula without what programs write in different ways: quotes, spaces, other workbooks."""
    for char in " '$+":
        formula = formula.replace(char, "")
    return OUTSIDE.sub("", formula.lstrip("=")).upper()

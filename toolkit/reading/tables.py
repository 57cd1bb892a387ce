"""The figures of the tables: every cell found by the labels of its row and column, whatever was changed named."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from toolkit.codes import make_finding
from toolkit.edition.frame import Band, Role
from toolkit.edition.labels import normalise
from toolkit.files.book import OUTSIDE, BookCell, Sheet
from toolkit.files.coordinates import a1
from toolkit.finding import Finding, Place, Severity
from toolkit.personal import short
from toolkit.reading.align import Alignment, Texts, align, held_of, labels_of, texts_of
from toolkit.reading.locate import Located
from toolkit.reading.merged import merged
from toolkit.reading.moves import moved
from toolkit.reading.outside import unattributed
from toolkit.record.typed import read_cell
from toolkit.values import BLANK, State, Value, Why, read_typed
from toolkit.workbook.formulas import total_formula
from toolkit.workbook.plan import Plan
from toolkit.workbook.table_plan import TablePlan


@dataclass
class Found:
    """Cells with their places; keys whose cell holds our formula have no value."""

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    saved: dict[str, object] = field(
        default_factory=dict
    )  # totals that hold our formula -> the result saved with it
    overwritten: dict[str, str] = field(
        default_factory=dict
    )  # totals that hold something else -> what


def read_tables(plan: Plan, located: Located, file: str) -> Found:
    found = Found()
    for table in plan.tables:
        sheet = located.table(table)
        if sheet is None:
            found.findings.append(
                make_finding("table_missing", Place(file), table.positions, table=table.table.title)
            )
            found.values |= dict.fromkeys(table.positions, BLANK)
            continue
        if copies := located.twins.get(table.table.key):
            names = [sheet.name, *(copy.name for copy in copies)]
            words: dict[str, Any] = {
                "table": table.table.title,
                "count": len(names),
                "sheets": "、".join(names),
                "used": sheet.name,
            }
            found.findings.append(make_finding("table_repeated", Place(file, sheet.name), **words))
        alignment = align(table.frame, texts_of(sheet), held_of(sheet), table.top + 1, table.column)
        _labels(table, sheet, alignment, file, found)
        for key in table.positions:
            _cell(plan, table, key, sheet, alignment, file, found)
        _overwritten(plan, table, found)
        found.findings += merged(table, sheet, found.places)
        found.findings += unattributed(table, sheet, alignment, file)
    return found


def _labels(table: TablePlan, sheet: Sheet, alignment: Alignment, file: str, found: Found) -> None:
    """Labels that were edited, rows and columns that are gone, and that anything moved."""
    texts = texts_of(sheet)
    title = table.table.title
    if alignment.moved:
        found.findings.append(
            make_finding(
                "lines_moved", Place(file, sheet.name), table=title, what=moved(table, alignment)
            )
        )
    for band in table.frame.bands:
        columns = alignment.columns[band.block]
        for row in range(band.top, band.end):
            if row not in alignment.rows:
                label = next(
                    (
                        cell.text
                        for cell in reversed(table.frame.cells)
                        if cell.row == row and cell.text
                    ),
                    "",
                )
                keys = [key for key, (at, _) in table.positions.items() if at == row]
                found.findings.append(
                    make_finding(
                        "line_missing",
                        Place(file, sheet.name),
                        keys,
                        table=title,
                        what="行",
                        label=label,
                    )
                )
        figures = {column for at, column in table.positions.values() if band.body <= at < band.end}
        for column in sorted(figures - set(columns)):
            keys = [
                key
                for key, (at, own) in table.positions.items()
                if own == column and band.body <= at < band.end
            ]
            heads = [
                cell
                for cell in table.frame.cells
                if cell.role is Role.HEAD and cell.column == column
            ]
            label = max(
                (cell for cell in heads if band.top <= cell.row < band.body),
                key=lambda cell: cell.row,
            ).text
            found.findings.append(
                make_finding(
                    "line_missing",
                    Place(file, sheet.name),
                    keys,
                    table=title,
                    what="列",
                    label=label,
                )
            )
        shift = _shift(table, band, alignment, texts)
        for cell in table.frame.cells:
            is_gone = (
                cell.role is Role.HEAD
                and cell.width == 1
                and cell.column in figures
                and cell.column not in columns
            )
            if (
                cell.text
                and band.top <= cell.row < band.end
                and cell.row in alignment.rows
                and not is_gone
            ):
                row, column = (
                    alignment.rows[cell.row],
                    columns.get(cell.column, cell.column + shift),
                )
                if texts.get(row, {}).get(column, "") != normalise(cell.text) and column > 0:
                    _edited(table, sheet, row, column, cell.text, file, found)


def _shift(table: TablePlan, band: Band, alignment: Alignment, texts: Texts) -> int:
    """How far the labels left of the figures stand to the right of their frame columns: where most of them are found."""
    labels = [
        cell
        for cell in table.frame.cells
        if cell.text and band.top <= cell.row < band.end and cell.row in alignment.rows
    ]
    labels = [cell for cell in labels if cell.column < band.figures or not band.figures]
    found = Counter[int]()
    for cell in labels:
        own = normalise(cell.text)
        found.update(
            where - cell.column
            for where, text in texts.get(alignment.rows[cell.row], {}).items()
            if text == own
        )
    return max(found, key=lambda shift: (found[shift], -abs(shift - 1)), default=1)


def _edited(
    table: TablePlan, sheet: Sheet, row: int, column: int, label: str, file: str, found: Found
) -> None:
    now = sheet.cells.get((row, column))
    shown = short(now.value) if now and now.value is not None else "空的"
    place = Place(file, sheet.name, a1(row - 1, column - 1), (0, row, column))
    words: dict[str, Any] = {
        "table": table.table.title,
        "cell": place.cell,
        "label": label,
        "now": shown,
    }
    is_another = now is not None and normalise(str(now.value)) in labels_of(
        table.frame
    )  # whose figures are these?
    found.findings.append(
        make_finding(
            "label_edited", place, severity=Severity.ERROR if is_another else None, **words
        )
    )


def _cell(
    plan: Plan,
    table: TablePlan,
    key: str,
    sheet: Sheet,
    alignment: Alignment,
    file: str,
    found: Found,
) -> None:
    row, column = table.positions[key]
    band = next(band for band in table.frame.bands if band.body <= row < band.end)
    at = (alignment.rows.get(row), alignment.columns[band.block].get(column))
    order = plan.place(table.sheet)
    if at[0] is None or at[1] is None:
        found.values[key] = BLANK
        found.places[key] = Place(file, sheet.name, None, (order, row, column))
        return
    place = Place(file, sheet.name, a1(at[0] - 1, at[1] - 1), (order, at[0], at[1]))
    found.places[key] = place
    cell = sheet.cells.get((at[0], at[1]))
    if cell is None:
        found.values[key] = BLANK
        return
    if key in plan.edition.totals and _ours(plan, key, cell):
        found.values[key] = BLANK  # computed; the saved result may be stale
        found.saved[key] = cell.value
        return
    is_unread = (
        cell.formula is not None and cell.value is None
    )  # told with the cell itself: it holds no figure (V-02)
    if is_unread:
        found.values[key] = Value(State.UNREADABLE, raw=short(cell.formula), why=Why.FORMULA)
    else:
        raw, notes = _figure(plan, key, cell, place)
        found.values[key], more = read_cell(plan.edition, key, raw, place)
        found.findings += [*more, *notes]
    if key in plan.edition.totals:
        found.overwritten[key] = _saved(cell)
    elif cell.formula is not None and not is_unread:
        found.findings.append(
            make_finding(
                "formula_in_input", place, [key], where=plan.edition.where(key), raw=_saved(cell)
            )
        )


def _figure(plan: Plan, key: str, cell: BookCell, place: Place) -> tuple[object, list[Finding]]:
    """What is to be read as the figure of a cell: without what is struck out and without the mark of a note."""
    if cell.marked is None:
        return cell.value, []
    form = plan.edition.cells[key]
    figured = cell.marked.as_figure(
        lambda text: read_typed(text, form.kind, form.unit)[0].state is not State.UNREADABLE
    )
    return figured.text, figured.report_set_apart(place, key, plan.edition.where(key))


def _overwritten(plan: Plan, table: TablePlan, found: Found) -> None:
    """One finding a table for the totals that are no formula of ours any more."""
    keys = [key for key in table.positions if key in found.overwritten]
    if not keys:
        return
    where, raw = plan.edition.where(keys[0]), found.overwritten[keys[0]]
    if len(keys) > 1:
        where += f"等{len(keys)}格"
        raw = "、".join(found.overwritten[key] for key in keys[:4]) + ("…" if len(keys) > 4 else "")
    found.findings.append(
        make_finding("total_overwritten", found.places[keys[0]], keys, where=where, raw=raw)
    )


def _saved(cell: BookCell) -> str:
    return "没有保存的结果" if cell.value is None else short(cell.value)


def _ours(plan: Plan, key: str, cell: BookCell) -> bool:
    """Whether a total holds our formula, also that of the workbook it was copied from; programs write it with other quotes and spaces."""
    return cell.formula is not None and _bare(cell.formula) == _bare(total_formula(plan, key))


def _bare(formula: str) -> str:
    for char in " '$+":
        formula = formula.replace(char, "")
    return OUTSIDE.sub("", formula.lstrip("=")).upper()

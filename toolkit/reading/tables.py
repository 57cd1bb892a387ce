"""The figures of the tables: every cell found by the labels of its row and column, whatever was changed named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.codes import finding
from toolkit.edition.frame import Role
from toolkit.edition.labels import normalise
from toolkit.edition.typed import read_cell, short
from toolkit.finding import Finding, Place
from toolkit.reading.align import Alignment, Texts, align, held_of, score, texts_of
from toolkit.reading.book import Book, BookCell, Sheet
from toolkit.values import BLANK, State, Value, Why
from toolkit.workbook.formulas import total
from toolkit.workbook.plan import Plan, TablePlan, a1

ENOUGH = 0.6  # share of its labels by which a sheet is taken for a table


@dataclass
class Found:
    """Cells with their places; keys whose cell holds our formula have no value."""

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_tables(plan: Plan, book: Book, file: str) -> Found:
    found = Found()
    texts = {sheet.name: texts_of(sheet) for sheet in book.sheets if sheet.visible or sheet.name in plan.sheets}
    for table in plan.tables:
        sheet = _sheet_of(table, book, texts, file, found)
        if sheet is None:
            found.values |= dict.fromkeys(table.positions, BLANK)
            continue
        alignment = align(table.frame, texts[sheet.name], held_of(sheet), table.top + 1, table.column)
        _labels(table, sheet, alignment, file, found)
        for key in table.positions:
            _cell(plan, table, key, sheet, alignment, file, found)
    return found


def _sheet_of(table: TablePlan, book: Book, texts: Mapping[str, Texts], file: str, found: Found) -> Sheet | None:
    """The sheet that has the labels of a table: the one of its name, or else the best; several alike are told."""
    scores = {name: score(table.frame, one) for name, one in texts.items()}
    alike = [name for name, share in scores.items() if share >= ENOUGH]
    if not alike:
        found.findings.append(finding("R-02", Place(file), table.positions, table=table.table.title))
        return None
    used = table.sheet if table.sheet in alike else max(alike, key=lambda name: scores[name])
    twins = [name for name in alike if scores[name] >= 0.9]
    if len(twins) > 1 and table.table.declared.official:
        place = Place(file, used)
        words: dict[str, Any] = {"table": table.table.title, "count": len(twins), "sheets": "、".join(twins), "used": used}
        found.findings.append(finding("R-12", place, **words))
    return next(sheet for sheet in book.sheets if sheet.name == used)


def _labels(table: TablePlan, sheet: Sheet, alignment: Alignment, file: str, found: Found) -> None:
    """Labels that were edited, rows and columns that are gone, and that anything moved."""
    texts = texts_of(sheet)
    title = table.table.title
    if alignment.moved:
        found.findings.append(finding("R-05", Place(file, sheet.name), table=title))
    for band in table.frame.bands:
        columns = alignment.columns[band.block]
        for row in range(band.top, band.end):
            if row not in alignment.rows:
                label = next((cell.text for cell in reversed(table.frame.cells) if cell.row == row and cell.text), "")
                keys = [key for key, (at, _) in table.positions.items() if at == row]
                found.findings.append(finding("R-03", Place(file, sheet.name), keys, table=title, what="行", label=label))
        figures = {column for at, column in table.positions.values() if band.body <= at < band.end}
        for column in sorted(figures - set(columns)):
            keys = [key for key, (at, own) in table.positions.items() if own == column and band.body <= at < band.end]
            label = next(
                cell.text for cell in table.frame.cells if cell.role is Role.HEAD and cell.column == column and cell.row >= band.top
            )
            found.findings.append(finding("R-03", Place(file, sheet.name), keys, table=title, what="列", label=label))
        shift = min((where - column for column, where in columns.items()), default=1)
        for cell in table.frame.cells:
            if cell.text and band.top <= cell.row < band.end and cell.row in alignment.rows:
                row, column = alignment.rows[cell.row], columns.get(cell.column, cell.column + shift)
                now = texts.get(row, {}).get(column, "")
                if now != normalise(cell.text):
                    _edited(table, sheet, row, column, cell.text, file, found)


def _edited(table: TablePlan, sheet: Sheet, row: int, column: int, label: str, file: str, found: Found) -> None:
    now = sheet.cells.get((row, column))
    shown = short(now.value) if now and now.value is not None else "空的"
    place = Place(file, sheet.name, a1(row - 1, column - 1), (0, row, column))
    words: dict[str, Any] = {"table": table.table.title, "cell": place.cell, "label": label, "now": shown}
    found.findings.append(finding("R-04", place, **words))


def _cell(plan: Plan, table: TablePlan, key: str, sheet: Sheet, alignment: Alignment, file: str, found: Found) -> None:
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
        found.values[key] = BLANK  # computed; the cached result may be stale
        return
    if cell.formula is not None and cell.value is None:
        found.values[key] = Value(State.UNREADABLE, raw=short(cell.formula), why=Why.TEXT)
    else:
        found.values[key], notes = read_cell(plan.edition, key, cell.value, place)
        found.findings.extend(notes)
    if key in plan.edition.totals:
        found.findings.append(finding("R-06", place, [key], where=plan.edition.where(key), raw=_saved(cell)))
    elif cell.formula is not None:
        found.findings.append(finding("V-13", place, [key], where=plan.edition.where(key), raw=_saved(cell)))


def _saved(cell: BookCell) -> str:
    return "没有保存的结果" if cell.value is None else short(cell.value)


def _ours(plan: Plan, key: str, cell: BookCell) -> bool:
    """Whether a total holds our formula; other programs write it with other quotes and spaces."""
    return cell.formula is not None and _bare(cell.formula) == _bare(total(plan, key))


def _bare(formula: str) -> str:
    for char in " '$+":
        formula = formula.replace(char, "")
    return formula.lstrip("=").upper()

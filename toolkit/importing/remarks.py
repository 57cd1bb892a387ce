"""What there is to say of a published report that was read: of its year, unit and text, and of its tables."""

import re
from collections.abc import Iterator

from toolkit.codes import make_finding
from toolkit.documents.document import Document, Grid, GridCell, Line
from toolkit.edition.load import edition_for_year
from toolkit.edition.model import Edition, Table
from toolkit.files.marked import report_left_out
from toolkit.finding import Finding, Place, Severity
from toolkit.importing.found import Attribution
from toolkit.importing.identity import Identity
from toolkit.importing.sections import Narrative
from toolkit.personal import short
from toolkit.record.typed import list_cells

_PROSE = 3  # lines of prose that make more of a document than its tables


def place_of_cell(
    file: str, grid: Grid, cell: GridCell, order: tuple[int, int, int] = (0, 0, 0)
) -> Place:
    """On a sheet by its address, else by the number of its table, its row and its column."""
    if grid.sheet is not None:
        return Place(file, grid.sheet, cell.at, order)
    return Place(
        file, order=order, spot=f"第{grid.number}张表 第{cell.row + 1}行 第{cell.column + 1}列"
    )


def unplaced_of(form: Edition, found: Attribution) -> Iterator[str]:
    """The cells that may belong to a figure of their table that could not be placed: all that have none."""
    grids = {grid.number for _, grid, _ in found.lost}
    for table in form.tables:
        if grids & set(found.parts.get(table.key, ())):
            yield from (cell.key for cell in table.cells if cell.key not in found.figures)


def of_year(edition: Edition, year: int, file: str) -> Iterator[Finding]:
    due = edition_for_year(year)
    if due is None or due.id != edition.id:
        yield make_finding(
            "year_outside_edition",
            Place(file),
            year=year,
            edition=edition.title,
            due=due.title if due else "（当年没有统一格式）",
        )


def of_identity(about: Identity, given_unit: str, file: str) -> Iterator[Finding]:
    if not given_unit and about.unit_from == "text":
        yield make_finding("unit_taken_from_text", Place(file), ["unit.name"], name=about.unit)
    if about.published:
        yield make_finding("publication_date", Place(file), date=about.published.isoformat())


def of_narrative(narrative: Narrative, file: str) -> Iterator[Finding]:
    for index, (code, words) in enumerate(narrative.notes):
        is_bare = not narrative.found and narrative.sentences < _PROSE  # nothing but tables
        severity = Severity.INFO if code == "heading_missing" and is_bare else None
        yield make_finding(code, Place(file, order=(90, index, 0)), severity=severity, **words)


def of_text(document: Document, file: str) -> Iterator[Finding]:
    """What of the text was not read, its tables apart."""
    lines = [block for block in document.blocks if isinstance(block, Line) and not block.outside]
    left = [piece for line in lines if line.marked for piece in line.marked.left]
    yield from report_left_out(left, Place(file, order=(90, 100, 0)))


def of_tables(form: Edition, found: Attribution, file: str) -> Iterator[Finding]:
    for (printed, label), (key, figure) in found.near.items():
        index = [one.key for one in form.tables].index(key)
        place = place_of_cell(
            file, figure.grid, figure.cell, (index, figure.cell.row, figure.cell.column)
        )
        yield make_finding(
            "label_printed_otherwise",
            place,
            table=form.table(key).title,
            now=short(_line(printed)),
            label=label,
        )
    for key, figure in found.twice:
        if key in form.cells:
            first, second = short(found.figures[key].cell.text), short(figure.cell.text)
            yield make_finding(
                "two_figures_for_cell",
                place_of_cell(file, figure.grid, figure.cell),
                [key],
                where=form.where(key),
                first=first,
                second=second,
            )
    yield from _lost(found, file)
    for table in form.tables:
        yield from _of_table(form, table, found, file)
    for grid in found.unknown:
        text = " ".join(cell.text for cell in grid.cells if cell.text.strip())
        yield make_finding(
            "unknown_table", place_of_cell(file, grid, grid.cells[0]), text=short(text)
        )
    for cells, grid in found.beside.values():
        text = " ".join(cell.text for cell in cells)
        yield make_finding(
            "content_beside_table", place_of_cell(file, grid, cells[0]), text=short(text)
        )


def _lost(found: Attribution, file: str) -> Iterator[Finding]:
    """One finding a row for its cells that could not be placed."""
    rows: dict[tuple[int, int, str], list[GridCell]] = {}
    grids = {grid.number: grid for _, grid, _ in found.lost}
    for cell, grid, label in found.lost:
        rows.setdefault((grid.number, cell.row, label), []).append(cell)
    for (number, _, label), cells in rows.items():
        name = f"“{short(_line(label))}”一行的" if label.strip() else ""
        place = place_of_cell(file, grids[number], cells[0])
        yield make_finding(
            "figures_not_placed",
            place,
            row=name,
            text=short("、".join(_line(cell.text) for cell in cells)),
        )


def _of_table(form: Edition, table: Table, found: Attribution, file: str) -> Iterator[Finding]:
    unplaced = set(unplaced_of(form, found))
    missing = [
        cell.key
        for cell in table.cells
        if cell.key not in found.figures and cell.key not in unplaced
    ]
    if missing and table.declared.official:
        place = Place(file, order=form.order[missing[0]])
        yield make_finding(
            "cells_not_printed",
            place,
            missing,
            table=table.title,
            count=len(missing),
            cells=list_cells(form, missing),
        )
    if len(found.parts.get(table.key, ())) > 1 and len(table.blocks) == 1:
        yield make_finding(
            "table_in_parts", Place(file), table=table.title, count=len(found.parts[table.key])
        )


def _line(text: str) -> str:
    return re.sub(r"\s+", "", text)

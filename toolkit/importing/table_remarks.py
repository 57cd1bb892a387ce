"""Findings on the tables of a published report: other labels, lost and missing figures."""

import re
from collections.abc import Iterable, Iterator

from toolkit.codes import make_finding
from toolkit.edition.model import Edition, Table
from toolkit.finding import Finding, Place
from toolkit.importing.cells import join_filled
from toolkit.importing.found import Attribution, LostCell
from toolkit.importing.places import place_of_cell
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.typed import list_cells


def unplaced_cells(form: Edition, attribution: Attribution) -> Iterator[str]:
    """The cells that a lost figure of their table may belong in: all without a figure."""
    grids = {lost.grid.number for lost in attribution.lost}
    for table in form.tables:
        if grids.isdisjoint(attribution.parts.get(table.key, ())):
            continue
        for cell in table.cells:
            if cell.key not in attribution.figures:
                yield cell.key


def report_tables(form: Edition, attribution: Attribution, file: str) -> Iterator[Finding]:
    yield from _report_near_labels(form, attribution, file)
    yield from _report_conflicts(form, attribution, file)
    yield from _report_lost(attribution.lost, file)
    unplaced = set(unplaced_cells(form, attribution))
    for table in form.tables:
        if table.declared.official:
            yield from _report_missing(form, table, attribution, unplaced, file)
        yield from _report_parts(table, attribution, file)
    for grid in attribution.unknown:
        place = place_of_cell(file, grid, grid.cells[0])
        yield make_finding("unknown_table", place, text=short(join_filled(grid.cells)))
    for cells, grid in attribution.beside.values():
        place = place_of_cell(file, grid, cells[0])
        yield make_finding("content_beside_table", place, text=short(join_filled(cells)))


def _report_near_labels(form: Edition, attribution: Attribution, file: str) -> Iterator[Finding]:
    """Labels that are printed in other words than those of the form."""
    indexes = {table.key: index for index, table in enumerate(form.tables)}
    for (printed, label), (key, figure) in attribution.near.items():
        order = (indexes[key], figure.cell.row, figure.cell.column)
        yield make_finding(
            "label_printed_otherwise",
            place_of_cell(file, figure.grid, figure.cell, order),
            table=form.table(key).title,
            now=short(_without_space(printed)),
            label=label,
        )


def _report_conflicts(form: Edition, attribution: Attribution, file: str) -> Iterator[Finding]:
    """Cells with two different figures."""
    for key, second in attribution.twice:
        if key not in form.cells:
            continue
        first = attribution.figures[key]
        yield make_finding(
            "two_figures_for_cell",
            place_of_cell(file, second.grid, second.cell),
            [key],
            where=form.where(key),
            first=short(first.cell.text),
            second=short(second.cell.text),
        )


def _report_lost(lost_cells: Iterable[LostCell], file: str) -> Iterator[Finding]:
    """One finding per printed row for its cells that could not be placed."""
    rows: dict[tuple[int, int, str], list[LostCell]] = {}
    for lost in lost_cells:
        key = (lost.grid.number, lost.cell.row, lost.label)
        rows.setdefault(key, []).append(lost)
    for (_, _, label), cells in rows.items():
        name = ""
        if label.strip():
            name = phrases().importing.in_row.format(label=short(_without_space(label)))
        yield make_finding(
            "figures_not_placed",
            place_of_cell(file, cells[0].grid, cells[0].cell),
            row=name,
            text=short("、".join(_without_space(lost.cell.text) for lost in cells)),
        )


def _report_missing(
    form: Edition, table: Table, attribution: Attribution, unplaced: set[str], file: str
) -> Iterator[Finding]:
    """Cells of a table that are not printed; those that may be unplaced do not count."""
    there = attribution.figures.keys() | unplaced
    missing = [cell.key for cell in table.cells if cell.key not in there]
    if missing:
        yield make_finding(
            "cells_not_printed",
            Place(file, order=form.order[missing[0]]),
            missing,
            table=table.title,
            count=len(missing),
            cells=list_cells(form, missing),
        )


def _report_parts(table: Table, attribution: Attribution, file: str) -> Iterator[Finding]:
    """A table of one block that is printed in several pieces."""
    count = len(attribution.parts.get(table.key, ()))
    if count > 1 and len(table.blocks) == 1:
        yield make_finding("table_in_parts", Place(file), table=table.title, count=count)


def _without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)

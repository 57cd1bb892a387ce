"""Where the rows and columns of a table are on a sheet, known by their labels.

Inserted, deleted and moved lines are followed. Nothing goes by coordinates alone: a row whose
label is gone is taken by position only between neighbours that are where they belong, and at the
edge of a table only where the sheet has what the form puts beside its labels: a figure or a
formula.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from toolkit.edition.frame import Band, Frame, FrameCell, Role
from toolkit.edition.labels import normalise
from toolkit.files.book import Sheet
from toolkit.reading.sequence import fill_between, match_in_order, matched_neighbours

Texts = Mapping[int, Mapping[int, str]]  # row -> column -> normalised text
Figures = Mapping[int, Mapping[int, bool]]  # row -> column -> whether it is a formula


@dataclass(frozen=True)
class Alignment:
    """`rows`: frame row -> sheet row. `columns`: block -> frame column -> sheet column.

    Sheet rows and columns count from 1. A line that is missing on the sheet has no entry.
    `moved` says that some line is not where an untouched workbook has it.
    """

    rows: Mapping[int, int]
    columns: Mapping[int, Mapping[int, int]]
    moved: bool


def read_texts(sheet: Sheet) -> dict[int, dict[int, str]]:
    """The typed texts of a sheet, normalised: row -> column -> text."""
    texts: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        if not isinstance(cell.value, str) or cell.formula is not None:
            continue
        text = normalise(cell.value)
        if text:
            texts.setdefault(row, {})[column] = text
    return texts


def read_figures(sheet: Sheet) -> dict[int, dict[int, bool]]:
    """The cells that hold no text: row -> column -> whether the cell is a formula.

    Rows of figures always have some: the hidden formulas beside the table.
    """
    figures: dict[int, dict[int, bool]] = {}
    for (row, column), cell in sheet.cells.items():
        is_formula = cell.formula is not None
        if is_formula or not isinstance(cell.value, str):
            figures.setdefault(row, {})[column] = is_formula
    return figures


def all_texts(texts: Texts) -> set[str]:
    """The texts of a sheet, wherever they are."""
    every: set[str] = set()
    for row in texts.values():
        every.update(row.values())
    return every


def labels_of(cells: Iterable[FrameCell]) -> frozenset[str]:
    """The labels among some cells of a frame, normalised."""
    return frozenset(normalise(cell.text) for cell in cells if cell.text)


def share_of_labels(frame: Frame, texts: Texts) -> float:
    """The share of the labels of a table that a sheet has, from 0 to 1."""
    wanted = labels_of(frame.cells)
    return len(wanted & all_texts(texts)) / len(wanted)


def label_of_column(frame: Frame, band: Band, column: int) -> str:
    """The label of a frame column: the lowest of the heads over it."""
    heads = [cell for cell in heads_of(frame, band) if cell.column == column]
    return max(heads, key=lambda cell: cell.row).text


def heads_of(frame: Frame, band: Band) -> list[FrameCell]:
    """The heads over the columns of a band."""
    above = range(band.top, band.body)
    return [cell for cell in frame.cells if cell.role is Role.HEAD and cell.row in above]


def align(
    frame: Frame, texts: Texts, figures: Figures, top: int, place: Callable[[int], int]
) -> Alignment:
    """Find the rows and columns of a table on a sheet.

    `top` is the sheet row (from 1) of frame row 0 in an untouched workbook; `place` gives the
    sheet column (from 0) of a frame column there.

    A frame with a head row and three labelled rows that begins in row 4 gives the rows
    {0: 4, 1: 5, 2: 6, 3: 7}. After a row was inserted above the second labelled row it gives
    {0: 4, 1: 5, 2: 7, 3: 8}, and `moved` is true. After that row was deleted instead it gives
    {0: 4, 1: 5, 3: 6}.
    """
    rows = _align_rows(frame, texts, figures)
    columns = {}
    for band in frame.bands:
        columns[band.block] = _align_columns(frame, band, rows, texts, figures)
    has_moved = _has_moved_rows(rows, top) or _has_moved_columns(columns, place)
    return Alignment(rows, columns, has_moved)


def _has_moved_rows(rows: Mapping[int, int], top: int) -> bool:
    return any(row != frame_row + top for frame_row, row in rows.items())


def _has_moved_columns(
    columns: Mapping[int, Mapping[int, int]], place: Callable[[int], int]
) -> bool:
    for columns_of_band in columns.values():
        for frame_column, column in columns_of_band.items():
            if column != place(frame_column) + 1:
                return True
    return False


def _align_rows(frame: Frame, texts: Texts, figures: Figures) -> dict[int, int]:
    """Frame row -> sheet row."""
    wanted = _labels_by_row(frame)
    present = sorted(texts)
    given = [set(texts[row].values()) for row in present]
    found = match_in_order(wanted, given)
    matched = {frame_row: present[index] for frame_row, index in found.items()}
    _add_moved_rows(matched, wanted, dict(zip(present, given, strict=True)))
    for frame_row, labels in enumerate(wanted):
        row_between = None if labels else _lone_row(matched, frame_row, frame.rows, figures)
        if row_between is not None:
            matched[frame_row] = row_between
    heads = range(1, min(matched.values(), default=1))  # these have no figures beside them
    return fill_between(matched, frame.rows, {*figures, *heads})


def _labels_by_row(frame: Frame) -> list[set[str]]:
    """The labels that begin in each row of a frame, normalised."""
    labels: list[set[str]] = [set() for _ in range(frame.rows)]
    for cell in frame.cells:
        if cell.text:
            labels[cell.row].add(normalise(cell.text))
    return labels


def _add_moved_rows(
    matched: dict[int, int], wanted: Sequence[Set[str]], given: Mapping[int, Set[str]]
) -> None:
    """Add rows that are out of order, if their labels are once in the form and on the sheet."""
    taken = set(matched.values())
    for frame_row, labels in enumerate(wanted):
        if frame_row in matched or not labels or wanted.count(labels) > 1:
            continue
        free = [row for row, texts in given.items() if labels <= texts and row not in taken]
        if len(free) == 1:
            matched[frame_row] = free[0]
            taken.add(free[0])


def _lone_row(
    matched: Mapping[int, int], frame_row: int, size: int, figures: Figures
) -> int | None:
    """The sheet row of a frame row without labels, if it is the only one there can be.

    The row before it must be matched, and no other row be missing up to the next matched one, or
    to the end of the table. Of the rows of figures between these, one with a formula goes before
    those without; where several are left, none is taken.
    """
    before, after = matched_neighbours(matched, frame_row)
    is_last = after is None and frame_row == size - 1
    if before is None or before != frame_row - 1 or (after != frame_row + 1 and not is_last):
        return None
    end = math.inf if after is None else matched[after]
    rows = [row for row in figures if matched[before] < row < end]
    with_formula = [row for row in rows if True in figures[row].values()]
    candidates = with_formula or rows
    return candidates[0] if len(candidates) == 1 else None


def _align_columns(
    frame: Frame, band: Band, rows: Mapping[int, int], texts: Texts, figures: Figures
) -> dict[int, int]:
    """Frame column -> sheet column of the figure columns of a band, by the labels over them."""
    columns = _figure_columns(frame, band)
    wanted = [normalise(label_of_column(frame, band, column)) for column in columns]
    given = _read_heads(band, rows, texts)
    exchanged = _exchanged_columns(wanted, given)
    if exchanged:
        return dict(zip(columns, exchanged, strict=True))
    present = sorted(given)
    found = match_in_order([{label} for label in wanted], [given[column] for column in present])
    matched = {index: present[place] for index, place in found.items()}
    solid = _foreign_heads(frame, given)
    for frame_row in range(band.body, band.end):
        if frame_row in rows:
            solid.update(figures.get(rows[frame_row], ()))
    filled = fill_between(matched, len(columns), solid)
    return {columns[index]: column for index, column in filled.items()}


def _figure_columns(frame: Frame, band: Band) -> list[int]:
    """The frame columns of a band that hold figures, from left to right."""
    columns = set()
    for cell in frame.cells:
        if cell.role is Role.FIGURE and band.body <= cell.row < band.end:
            columns.add(cell.column)
    return sorted(columns)


def _read_heads(band: Band, rows: Mapping[int, int], texts: Texts) -> dict[int, set[str]]:
    """Sheet column -> the texts in it, in the head rows of a band."""
    heads: dict[int, set[str]] = {}
    for frame_row in range(band.top, band.body):
        if frame_row not in rows:
            continue
        for column, text in texts.get(rows[frame_row], {}).items():
            heads.setdefault(column, set()).add(text)
    return heads


def _foreign_heads(frame: Frame, heads: Mapping[int, Set[str]]) -> set[int]:
    """The sheet columns with a head that the form does not have, such as an edited label."""
    known = labels_of(frame.cells)
    return {column for column, texts in heads.items() if texts - known}


def _exchanged_columns(wanted: Sequence[str], heads: Mapping[int, Set[str]]) -> list[int]:
    """The columns in their order on the sheet where labels were exchanged, else none.

    They were exchanged where every label is there once, but in another order. Whether the figures
    were moved with them nobody can know, so the figures stay where they are, as in rows, and the
    labels are reported as edited.
    """
    places = []
    for label in wanted:
        columns = [column for column, texts in heads.items() if label in texts]
        if len(columns) != 1:
            return []
        places.append(columns[0])
    has_all = len(wanted) == len(set(places)) == len(set(wanted))
    return sorted(places) if has_all and places != sorted(places) else []

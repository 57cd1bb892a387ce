"""Where the rows and columns of a table stand on a sheet, told by their labels: inserted, deleted and moved ones are followed.

Never by coordinates alone: a row whose label is gone is taken by position only between neighbours that are where they belong,
at the edge of a table only where something stands that a form puts beside its labels: a figure or a formula.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.edition.frame import Band, Frame, Role
from toolkit.edition.labels import normalise
from toolkit.files.book import Sheet

Texts = Mapping[int, Mapping[int, str]]  # row -> column -> normalised text
Held = Mapping[
    int, Mapping[int, bool]
]  # row -> column of what is no text -> whether it is a formula


@dataclass(frozen=True)
class Alignment:
    """Frame row -> sheet row, and per band frame column -> sheet column, counted from 1; what is missing has none."""

    rows: Mapping[int, int]
    columns: Mapping[int, Mapping[int, int]]
    moved: bool


def texts_of(sheet: Sheet) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        if isinstance(cell.value, str) and cell.formula is None and (text := normalise(cell.value)):
            found.setdefault(row, {})[column] = text
    return found


def labels_of(frame: Frame) -> frozenset[str]:
    return frozenset(normalise(cell.text) for cell in frame.cells if cell.text)


def score(frame: Frame, texts: Texts) -> float:
    """The share of the labels of a table that a sheet has."""
    wanted = labels_of(frame)
    return len(wanted & {text for row in texts.values() for text in row.values()}) / len(wanted)


def held_of(sheet: Sheet) -> dict[int, dict[int, bool]]:
    """What is no text. Rows of figures always have some: hidden formulas beside the table."""
    found: dict[int, dict[int, bool]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.formula is not None or not isinstance(cell.value, str):
            found.setdefault(row, {})[column] = cell.formula is not None
    return found


def align(
    frame: Frame, texts: Texts, held: Held, top: int, place: Callable[[int], int]
) -> Alignment:
    """`top` is the sheet row (from 1) of frame row 0 in an untouched workbook; `place` is the sheet column (from 0) of a frame column."""
    rows = _rows(frame, texts, held)
    columns = {band.block: _columns(frame, band, rows, texts, held) for band in frame.bands}
    shifted = {row - frame_row for frame_row, row in rows.items()} - {top}
    sideways = any(
        column != place(frame_column) + 1
        for found in columns.values()
        for frame_column, column in found.items()
    )
    return Alignment(rows, columns, bool(shifted) or sideways)


def _rows(frame: Frame, texts: Texts, held: Held) -> dict[int, int]:
    wanted = [
        frozenset(normalise(cell.text) for cell in frame.cells if cell.row == row and cell.text)
        for row in range(frame.rows)
    ]
    present = sorted(texts)
    given = [frozenset(texts[row].values()) for row in present]
    matched = {frame_row: present[index] for frame_row, index in _sequence(wanted, given).items()}
    taken = set(matched.values())
    for frame_row, labels in enumerate(wanted):
        if frame_row in matched or not labels:
            continue
        unique = [
            row
            for row, has in zip(present, given, strict=True)
            if labels <= has and row not in taken
        ]
        if len(unique) == 1 and wanted.count(labels) == 1:  # a row moved elsewhere
            matched[frame_row] = unique[0]
            taken.add(unique[0])
    for frame_row in range(frame.rows):
        if not wanted[frame_row] and (row := _lonely(matched, frame_row, frame.rows, held)):
            matched[frame_row] = row
            taken.add(row)
    above = range(1, min(matched.values(), default=1))  # heads, which have no figures beside them
    return _between(matched, frame.rows, taken, {*held, *above})


def _lonely(matched: Mapping[int, int], index: int, size: int, held: Held) -> int | None:
    """The only row of figures between the neighbours of a row without labels, if no other row is missing there."""
    before = max((one for one in matched if one < index), default=-1)
    after = min((one for one in matched if one > index), default=size)
    if after - before != 2 or before < 0:
        return None
    gap = [row for row in held if matched[before] < row and (after == size or row < matched[after])]
    candidates = [row for row in gap if True in held[row].values()] or gap
    return candidates[0] if len(candidates) == 1 else None


def _columns(
    frame: Frame, band: Band, rows: Mapping[int, int], texts: Texts, held: Held
) -> dict[int, int]:
    """The figure columns of a band by the labels over them."""
    heads = [
        cell for cell in frame.cells if cell.role is Role.HEAD and band.top <= cell.row < band.body
    ]
    starts = sorted(
        {
            cell.column
            for cell in frame.cells
            if cell.role is Role.FIGURE and band.body <= cell.row < band.end
        }
    )
    lowest = {
        column: max((cell for cell in heads if cell.column == column), key=lambda cell: cell.row)
        for column in starts
    }
    wanted = [frozenset([normalise(lowest[column].text)]) for column in starts]
    by_column: dict[int, set[str]] = {}
    for head_row in range(band.top, band.body):
        for column, text in texts.get(rows.get(head_row, -1), {}).items():
            by_column.setdefault(column, set()).add(text)
    present = sorted(by_column)
    if exchanged := _exchanged([normalise(lowest[column].text) for column in starts], by_column):
        return dict(zip(starts, exchanged, strict=True))
    found = _sequence(wanted, [frozenset(by_column[column]) for column in present])
    matched = {index: present[where] for index, where in found.items()}
    body = (rows[row] for row in range(band.body, band.end) if row in rows)
    known = labels_of(frame)
    solid = {column for row in body for column in held.get(row, ())} | {
        column for column, heads_of in by_column.items() if heads_of - known
    }
    filled = _between(matched, len(starts), set(matched.values()), solid)
    return {starts[index]: column for index, column in filled.items()}


def _exchanged(wanted: Sequence[str], by_column: Mapping[int, set[str]]) -> list[int]:
    """The columns in their order on the sheet, where every label is there once but not in its place: labels were exchanged.

    Whether the figures went with them nobody can tell, so they stay where they are, as in rows, and the labels are told.
    """
    places = [[column for column, texts in by_column.items() if label in texts] for label in wanted]
    found = [where[0] for where in places if len(where) == 1]
    is_all = len(found) == len(wanted) == len(set(found)) == len(set(wanted))
    return sorted(found) if is_all and found != sorted(found) else []


def _sequence(wanted: Sequence[frozenset[str]], given: Sequence[frozenset[str]]) -> dict[int, int]:
    """The longest common order of two label sequences: wanted index -> given index."""
    size, width = len(wanted), len(given)
    best = [[0.0] * (width + 1) for _ in range(size + 1)]
    likeness = [[_likeness(one, other) for other in given] for one in wanted]
    for i in range(size - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            together = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    found, i, j = {}, 0, 0
    while i < size and j < width:
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            found[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _likeness(wanted: frozenset[str], given: frozenset[str]) -> float:
    """How much of the wanted labels a row has; under a half it is another row."""
    share = len(wanted & given) / len(wanted) if wanted else 0.0
    return share if share >= 0.5 else 0.0


def _between(
    matched: dict[int, int], size: int, taken: set[int], solid: set[int]
) -> dict[int, int]:
    """Unlabelled or relabelled ones by position, where both neighbours leave no doubt, or the only one and what stands there."""
    found = dict(matched)
    for index in range(size):
        if index in found:
            continue
        before = max((one for one in matched if one < index), default=None)
        after = min((one for one in matched if one > index), default=None)
        if before is None and after is None:
            continue
        if (
            before is not None
            and after is not None
            and matched[after] - matched[before] != after - before
        ):
            continue
        anchor = before if before is not None else after
        assert anchor is not None
        where = matched[anchor] + index - anchor
        if (
            where > 0
            and where not in taken
            and (where in solid or (before is not None and after is not None))
        ):
            found[index] = where
    return found

"""Which printed column each figure of a row belongs to: by place below the heads, or by order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.documents.document import GridCell
from toolkit.importing.cells import filled_cells, is_figure_cell
from toolkit.importing.columns import Slot

PlacedCell: TypeAlias = tuple[GridCell, Slot | None]


@dataclass(frozen=True)
class RowLayout:
    """How far the places of a row of figures can be trusted.

    `same_columns`: figures and heads are in the same columns. `flowing`: a missing cell moves all
    others. `whole`: the row ends where it should, so that no cell is missing.
    """

    same_columns: bool
    flowing: bool
    whole: bool


def match_to_columns(
    slots: Sequence[Slot], values: Sequence[GridCell], layout: RowLayout
) -> list[PlacedCell]:
    """Each figure with its printed column, None where that is not sure.

    First counts what is exactly below its head, then order where no cell is missing, then what
    reaches below one head only. Under the heads 自然人 | 企业 | 总计 the cells 3 | 1 | 4 are matched by
    place if they begin and end as the heads do, and by order if they do not but the row is whole;
    the two cells 3 | 4 of a flowing table are matched with nothing: either may have been moved.
    """
    candidates = _from_first_known(slots)
    if layout.same_columns and _is_exactly_below(candidates, values):
        return _match_exactly(candidates, values)
    is_covered = layout.same_columns and covers_known_heads(slots, values)
    if is_covered and not layout.flowing and _is_each_below_a_head(candidates, values):
        return _match_below(candidates, values)
    in_order = _match_in_order(candidates, values, whole=layout.whole)
    if in_order is not None:
        return in_order
    if is_covered and layout.whole:
        return _match_below(candidates, values)
    return [(cell, None) for cell in values]


def _from_first_known(slots: Sequence[Slot]) -> Sequence[Slot]:
    """The printed columns from the first known one on: those before it are over row labels."""
    for index, slot in enumerate(slots):
        if slot.column:
            return slots[index:]
    return ()


def _known(slots: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in slots if slot.column]


def count_known(slots: Sequence[Slot]) -> int:
    return len(_known(slots))


def has_unknown_text(placed: Sequence[PlacedCell]) -> bool:
    """Whether a text that is no figure has no column: a part of the label that is not known."""
    for cell, slot in placed:
        if slot is None and cell.text.strip() and not is_figure_cell(cell):
            return True
    return False


def covers_known_heads(slots: Sequence[Slot], values: Sequence[GridCell]) -> bool:
    """Whether some cell is below every known head.

    Where a label reaches under one, the row is shifted.
    """
    return all(_is_over_any(slot, values) for slot in _known(slots))


def _is_over_any(slot: Slot, values: Sequence[GridCell]) -> bool:
    return any(_overlap(slot, cell) for cell in values)


def _overlap(slot: Slot, cell: GridCell) -> bool:
    return slot.left < cell.right and cell.column < slot.right


def _is_exactly_below(slots: Sequence[Slot], values: Sequence[GridCell]) -> bool:
    """Whether every known head has a cell just below it, and no filled cell is elsewhere."""
    known = _spans_of_slots(_known(slots))
    filled = _spans_of_cells(filled_cells(values))
    return bool(known) and filled <= _spans_of_slots(slots) and known <= _spans_of_cells(values)


def _spans_of_slots(slots: Sequence[Slot]) -> set[tuple[int, int]]:
    return {(slot.left, slot.right) for slot in slots}


def _spans_of_cells(cells: Sequence[GridCell]) -> set[tuple[int, int]]:
    return {(cell.column, cell.right) for cell in cells}


def _match_exactly(slots: Sequence[Slot], values: Sequence[GridCell]) -> list[PlacedCell]:
    heads = {(slot.left, slot.right): slot for slot in slots}
    return [(cell, heads.get((cell.column, cell.right))) for cell in values]


def _is_each_below_a_head(slots: Sequence[Slot], values: Sequence[GridCell]) -> bool:
    return all(_only_slot_over(slots, cell) for cell in filled_cells(values))


def _match_below(slots: Sequence[Slot], values: Sequence[GridCell]) -> list[PlacedCell]:
    return [(cell, _only_slot_over(slots, cell)) for cell in values]


def _only_slot_over(slots: Sequence[Slot], cell: GridCell) -> Slot | None:
    """The only known column that a cell is under; of a cell under several nothing is known."""
    over = [slot for slot in _known(slots) if _overlap(slot, cell)]
    return over[0] if len(over) == 1 else None


def _match_in_order(
    slots: Sequence[Slot], values: Sequence[GridCell], *, whole: bool
) -> list[PlacedCell] | None:
    """The cells by their order under all heads, or in a whole row under the known ones.

    None if that is not sure.

    In a row that is not whole a blank cell may be the one that is too many, so order says nothing.
    """
    has_blank = len(filled_cells(values)) < len(values)
    if has_blank and not whole:
        return None
    cells = _cut_to_size(values, len(slots))
    if cells is not None:
        return list(zip(cells, slots, strict=True))
    known = _known(slots)
    cells = _cut_to_size(values, len(known)) if whole else None
    if cells is not None:
        return list(zip(cells, known, strict=True))
    return None


def _cut_to_size(values: Sequence[GridCell], size: int) -> Sequence[GridCell] | None:
    """As many cells as wanted, without surplus blanks at one end; None if that is not sure."""
    surplus = len(values) - size
    if surplus < 0 or size == 0:
        return None
    blank = [not cell.text.strip() for cell in values]
    if surplus == 0 or all(blank):
        return values[:size]
    is_blank_before, is_blank_after = all(blank[:surplus]), all(blank[-surplus:])
    if is_blank_before and not is_blank_after:
        return values[surplus:]
    if is_blank_after and not is_blank_before:
        return values[:size]
    return None

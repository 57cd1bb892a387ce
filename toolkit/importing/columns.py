"""The printed columns under some heads, and which column of the form each of them is."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from toolkit.documents.document import GridCell
from toolkit.documents.printed_labels import Match, stated_unit
from toolkit.importing.heads import Heads
from toolkit.importing.vocabulary import BlockColumns, Vocabulary

HeadPath: TypeAlias = tuple[str, ...]  # labels of the heads over a column, from top to bottom


@dataclass(frozen=True)
class Slot:
    """A printed column: where it begins and ends, the heads over it, its column of the form.

    `column` is None where that is not known; `printed` is the text of the lowest head.
    """

    left: int
    right: int
    path: HeadPath
    printed: str
    column: str | None = None
    unit: str = ""


def find_slots(
    words: Vocabulary, heads: Heads, block: BlockColumns, extra: HeadPath = ()
) -> list[Slot]:
    """The printed columns from left to right. `extra` is a group that the row itself names."""
    find = _slots_in_sequence if heads.ragged else _slots_by_place
    bare = find(words, heads)
    context = (*heads.context, *extra)
    known = block.labels
    paths = [_only_known((*context, *slot.path), known) for slot in bare]
    if heads.ragged:
        columns = _assign_if_complete(paths, block, context)
    else:
        columns = _assign_by_heads(paths, block)
    return [
        replace(slot, path=path, column=column)
        for slot, path, column in zip(bare, paths, columns, strict=True)
    ]


def _only_known(path: HeadPath, known: Set[str]) -> HeadPath:
    return tuple(label for label in path if label in known)


def _slots_by_place(words: Vocabulary, heads: Heads) -> list[Slot]:
    """One slot per lowest head cell.

    Where a head is over several columns without others below it, they are one slot.
    """
    cells = list(chain.from_iterable(heads.rows))
    width = max((cell.right for cell in cells), default=0)
    slots: list[Slot] = []
    last_head: GridCell | None = None
    for column in range(width):
        over = [cell for cell in cells if cell.column <= column < cell.right]
        head, path = _lowest_head(words, over)
        if slots and head is not None and head is last_head:
            slots[-1] = replace(slots[-1], right=column + 1)
            continue
        last_head = head
        text = head.text if head else ""
        slots.append(Slot(column, column + 1, path, text, unit=stated_unit(text)))
    return slots


def _lowest_head(words: Vocabulary, over: Sequence[GridCell]) -> tuple[GridCell | None, HeadPath]:
    """The lowest head of the form over a column, else the lowest cell; and the path of heads."""
    lowest = over[-1] if over else None
    path: list[str] = []
    for cell in over:
        match = words.heads.find(cell.text)
        if match:
            lowest = cell
            path.append(match.label)
    return lowest, tuple(path)


def _slots_in_sequence(words: Vocabulary, heads: Heads) -> list[Slot]:
    """The heads with figures under them, as they follow each other: their places are not known.

    In a single row of heads, a blank one behind another is a column as well.
    """
    is_single = len(heads.rows) == 1
    slots: list[Slot] = []
    for cell in chain.from_iterable(heads.rows):
        match = words.heads.find(cell.text)
        is_blank = is_single and bool(slots) and not cell.text.strip()
        if is_blank or _is_leaf(words, match):
            path = (match.label,) if match else ()
            at = len(slots)
            slots.append(Slot(at, at + 1, path, cell.text, unit=stated_unit(cell.text)))
    return slots


def _is_leaf(words: Vocabulary, match: Match | None) -> bool:
    return match is not None and match.label in words.leaves


def _assign_by_heads(paths: Sequence[HeadPath], block: BlockColumns) -> list[str | None]:
    """The column of the form for each path of heads.

    A path that fits one column only is that column. Where it fits several (结果维持 is under three
    groups, which may not be printed), they go by order if there are as many paths as free columns.
    """
    columns: list[str | None] = [None] * len(paths)
    unsure: dict[tuple[str, ...], list[int]] = {}  # keys that fit -> indexes of the paths
    for index, path in enumerate(paths):
        fitting = _fitting_columns(path, block)
        if len(fitting) == 1:
            columns[index] = fitting[0]
        elif fitting:
            unsure.setdefault(fitting, []).append(index)
    for keys, indexes in unsure.items():
        free = [key for key in keys if key not in columns]
        if len(free) == len(indexes):
            for index, key in zip(indexes, free, strict=True):
                columns[index] = key
    once = [column if columns.count(column) == 1 else None for column in columns]
    return _complete_by_order(once, paths, block)


def _fitting_columns(path: HeadPath, block: BlockColumns) -> tuple[str, ...]:
    """The columns of the form with the same lowest head and the other heads over it."""
    if not path:
        return ()
    groups = set(path[:-1])
    keys = []
    for key, full in block.columns:
        if full[-1] == path[-1] and groups <= set(full[:-1]):
            keys.append(key)
    return tuple(keys)


def _complete_by_order(
    columns: list[str | None], paths: Sequence[HeadPath], block: BlockColumns
) -> list[str | None]:
    """Fill in columns that their neighbours leave no doubt about.

    Where all known columns follow each other as in the form, an unknown one between them is the one
    due there if its lowest head agrees (its group may be merged over other columns), or if it is
    the only one.
    """
    order = [key for key, _ in block.columns]
    shifts = {index - order.index(column) for index, column in enumerate(columns) if column}
    if len(shifts) != 1:
        return columns
    shift = shifts.pop()
    if shift < 0 or shift + len(order) > len(columns):
        return columns
    missing = [at for at in range(len(order)) if not columns[shift + at]]
    is_only = len(missing) == 1 and len(order) > 2
    for at in missing:
        path = paths[shift + at]
        has_head = bool(path) and path[-1] == block.columns[at][1][-1]
        if has_head or is_only:
            columns[shift + at] = order[at]
    return columns


def _assign_if_complete(
    paths: Sequence[HeadPath], block: BlockColumns, context: HeadPath
) -> list[str | None]:
    """Heads without places only say that every column is there; their order is that of the form."""
    groups = block.groups & set(context)
    wanted = [(key, path) for key, path in block.columns if groups <= set(path)]
    if sorted(path[-1] for path in paths if path) != sorted(path[-1] for _, path in wanted):
        return [None] * len(paths)
    keys = iter(key for key, _ in wanted)
    return [next(keys) if path else None for path in paths]

"""Which column of the form each figure of a printed row belongs to: by the heads over it, or by order where every cell is there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.documents.document import GridCell
from toolkit.documents.printed_labels import stated_unit
from toolkit.importing.vocabulary import BlockColumns, Vocabulary


@dataclass(frozen=True)
class Slot:
    """A column as printed: where it stands, the heads over it, which column of the form it is ("?" not known)."""

    left: int
    right: int
    path: tuple[str, ...]
    printed: str
    column: str | None
    unit: str = ""


@dataclass
class Heads:
    """Rows of heads above some rows of figures, from top to bottom. `context` are group heads that stand outside the table."""

    ragged: bool
    rows: list[list[GridCell]] = field(default_factory=list)
    context: tuple[str, ...] = ()
    grid: int = 0  # of which table
    width: int = 0


def slots_of(
    words: Vocabulary, heads: Heads, block: BlockColumns, extra: tuple[str, ...] = ()
) -> list[Slot]:
    """The printed columns from left to right. `extra` is a group that the row itself names."""
    bare = _ragged(words, heads) if heads.ragged else _columns(words, heads)
    context = (*heads.context, *extra)
    known = {label for _, path in block.columns for label in path}
    paths = [tuple(label for label in (*context, *slot.path) if label in known) for slot in bare]
    chosen = _by_count(paths, block, context) if heads.ragged else _assign(paths, block)
    return [
        Slot(slot.left, slot.right, path, slot.printed, column, slot.unit)
        for slot, path, column in zip(bare, paths, chosen, strict=True)
    ]


def _columns(words: Vocabulary, heads: Heads) -> list[Slot]:
    """One slot per lowest head cell; where heads reach over several columns without others below, one slot for all of them."""
    width = max((cell.right for row in heads.rows for cell in row), default=0)
    found: list[Slot] = []
    lowest_of: list[GridCell | None] = []
    for column in range(width):
        over = [cell for row in heads.rows for cell in row if cell.column <= column < cell.right]
        named = [(cell, match.label) for cell in over if (match := words.heads.find(cell.text))]
        lowest = named[-1][0] if named else (over[-1] if over else None)
        if found and lowest is not None and lowest is lowest_of[-1]:
            last = found[-1]
            found[-1] = Slot(last.left, column + 1, last.path, last.printed, None, last.unit)
            continue
        lowest_of.append(lowest)
        text = lowest.text if lowest else ""
        found.append(
            Slot(
                column,
                column + 1,
                tuple(label for _, label in named),
                text,
                None,
                stated_unit(text),
            )
        )
    return found


def _ragged(words: Vocabulary, heads: Heads) -> list[Slot]:
    """Heads without places: those with figures under them, as they follow each other; blank ones of a single row of heads too."""
    found = [(cell, words.heads.find(cell.text)) for row in heads.rows for cell in row]
    is_single = len(heads.rows) == 1
    slots: list[Slot] = []
    for cell, match in found:
        if (match and match.label in words.leaves) or (
            is_single and not cell.text.strip() and slots
        ):
            slots.append(
                Slot(
                    len(slots),
                    len(slots) + 1,
                    (match.label,) if match else (),
                    cell.text,
                    None,
                    stated_unit(cell.text),
                )
            )
    return slots


def _assign(paths: Sequence[tuple[str, ...]], block: BlockColumns) -> list[str | None]:
    """The column of the form for each path of heads; those that several columns match_to_columns go by order where their numbers agree."""
    wanted: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for key, path in block.columns:
        wanted.setdefault(path[-1], []).append((key, path))
    found: list[str | None] = [None] * len(paths)
    unsure: dict[tuple[str, ...], list[int]] = {}
    for index, path in enumerate(paths):
        candidates = wanted.get(path[-1], []) if path else []
        fitting = [(key, full) for key, full in candidates if set(path[:-1]) <= set(full[:-1])]
        if len(fitting) == 1:
            found[index] = fitting[0][0]
        elif fitting:
            unsure.setdefault(tuple(key for key, _ in fitting), []).append(index)
    for keys, indexes in unsure.items():
        free = [key for key in keys if key not in found]
        if len(free) == len(indexes):
            for index, key in zip(indexes, free, strict=True):
                found[index] = key
    once = [column if found.count(column) == 1 else None for column in found]
    return _by_order(once, paths, block)


def _by_order(
    found: list[str | None], paths: Sequence[tuple[str, ...]], block: BlockColumns
) -> list[str | None]:
    """Columns whose heads are merged wrongly, or the only one with a head that says nothing, where all others stand in order."""
    order = [key for key, _ in block.columns]
    shifts = {index - order.index(column) for index, column in enumerate(found) if column}
    if len(shifts) != 1:
        return found
    shift = shifts.pop()
    missing = [
        place
        for place in range(len(order))
        if 0 <= shift + place < len(found) and not found[shift + place]
    ]
    if shift < 0 or shift + len(order) > len(found):
        return found
    for place in missing:
        path = paths[shift + place]
        if (path and path[-1] == block.columns[place][1][-1]) or (
            len(missing) == 1 and len(order) > 2
        ):
            found[shift + place] = order[place]
    return found


def _by_count(
    paths: Sequence[tuple[str, ...]], block: BlockColumns, context: tuple[str, ...]
) -> list[str | None]:
    """Without places heads only tell that every column is there; their order is that of the form."""
    groups = {label for _, path in block.columns for label in path[:-1]} & set(context)
    wanted = [(key, path) for key, path in block.columns if groups <= set(path)]
    if sorted(path[-1] for path in paths if path) != sorted(path[-1] for _, path in wanted):
        return [None] * len(paths)
    keys = iter(key for key, _ in wanted)
    return [next(keys) if path else None for path in paths]


def match_to_columns(
    slots: Sequence[Slot], values: Sequence[GridCell], *, same: bool, flowing: bool, whole: bool
) -> list[tuple[GridCell, Slot | None]]:
    """Each figure with its column, None where that is not sure.

    What stands exactly below the heads comes first, then order where nothing is missing, then what reaches below one head only.
    `same` says that figures and heads stand in the same columns, `flowing` that a missing cell moves the others, and
    `whole` that the row ends where it should.
    """
    first = next((index for index, slot in enumerate(slots) if slot.column), len(slots))
    tail = slots[first:]
    known = [slot for slot in tail if slot.column]
    blank = any(not cell.text.strip() for cell in values)
    if same and _exact(tail, known, values):
        places = {(slot.left, slot.right): slot for slot in tail}
        return [(cell, places.get((cell.column, cell.right))) for cell in values]
    below = same and covered(slots, values)
    if below and not flowing and all(_over(tail, cell) or not cell.text.strip() for cell in values):
        return [(cell, _over(tail, cell)) for cell in values]
    if whole or not blank:
        for row in (tail, known) if whole else (tail,):
            for cells in _trimmed(values, len(row)):
                return list(zip(cells, row, strict=True))
    if below and whole:
        return [(cell, _over(tail, cell)) for cell in values]
    return [(cell, None) for cell in values]


def covered(slots: Sequence[Slot], values: Sequence[GridCell]) -> bool:
    """Whether something stands below every head that is known. Where a label reaches under one, the row is shifted."""
    known = [slot for slot in slots if slot.column]
    return all(
        any(slot.left < cell.right and cell.column < slot.right for cell in values)
        for slot in known
    )


def _exact(tail: Sequence[Slot], known: Sequence[Slot], values: Sequence[GridCell]) -> bool:
    """Whether every head has its cell exactly below it, and everything filled in stands so."""
    heads = {(slot.left, slot.right) for slot in tail}
    places = {(cell.column, cell.right) for cell in values}
    fits = all((cell.column, cell.right) in heads or not cell.text.strip() for cell in values)
    return bool(known) and fits and all((slot.left, slot.right) in places for slot in known)


def _trimmed(values: Sequence[GridCell], size: int) -> list[Sequence[GridCell]]:
    """The figures themselves if they are as many as wanted, or with surplus blanks at one end only taken off."""
    surplus = len(values) - size
    if surplus < 0 or size == 0:
        return []
    if surplus == 0:
        return [values]
    blank = [not cell.text.strip() for cell in values]
    if all(blank):
        return [values[:size]]
    front, back = all(blank[:surplus]), all(blank[-surplus:])
    if front and not back:
        return [values[surplus:]]
    if back and not front:
        return [values[:size]]
    return []


def _over(slots: Sequence[Slot], cell: GridCell) -> Slot | None:
    """The only column that a cell stands under; of a cell under several nothing is known."""
    under = [
        slot
        for slot in slots
        if slot.left < cell.right and cell.column < slot.right and slot.column
    ]
    return under[0] if len(under) == 1 else None

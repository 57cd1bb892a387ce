"""Lines of the form matched with lines of a sheet: by the order of their labels, then by position.

A line is a row or a column. Lines of the form are indices from 0, lines of a sheet count from 1.
"""

from collections.abc import Collection, Mapping, Sequence, Set

Labels = Set[str]


def match_in_order(wanted: Sequence[Labels], given: Sequence[Labels]) -> dict[int, int]:
    """The longest common order of two sequences of labels: index in `wanted` -> index in `given`.

    With `wanted` [{a}, {b}, {c}] and `given` [{a}, {new}, {c}, {b}] it is {0: 0, 2: 2}. Either b
    or c is out of order here; of orders of the same length the one is taken that omits the earlier
    line of `wanted`.
    """
    likeness = [_compare_with_all(labels, given) for labels in wanted]
    best = _best_sums(likeness, len(wanted), len(given))
    matched: dict[int, int] = {}
    index = other = 0
    while index < len(wanted) and other < len(given):
        like = likeness[index][other]
        if like and best[index][other] == best[index + 1][other + 1] + like:
            matched[index] = other
            index, other = index + 1, other + 1
        elif best[index][other] == best[index + 1][other]:
            index += 1
        else:
            other += 1
    return matched


def _compare_with_all(labels: Labels, given: Sequence[Labels]) -> list[float]:
    return [_likeness(labels, others) for others in given]


def _likeness(wanted: Labels, given: Labels) -> float:
    """The share of the wanted labels that a line has; less than a half makes it another line: 0."""
    if not wanted:
        return 0.0
    share = len(wanted & given) / len(wanted)
    return share if share >= 0.5 else 0.0


def _best_sums(likeness: list[list[float]], size: int, width: int) -> list[list[float]]:
    """The best sum of likenesses from every pair of indices on to the ends of both sequences."""
    best = [[0.0] * (width + 1) for _ in range(size + 1)]
    for index in range(size - 1, -1, -1):
        for other in range(width - 1, -1, -1):
            together = 0.0
            if likeness[index][other]:
                together = best[index + 1][other + 1] + likeness[index][other]
            best[index][other] = max(best[index + 1][other], best[index][other + 1], together)
    return best


def matched_neighbours(matched: Collection[int], index: int) -> tuple[int | None, int | None]:
    """The last matched line before `index` and the first after it, None where there is none."""
    before = max((line for line in matched if line < index), default=None)
    after = min((line for line in matched if line > index), default=None)
    return before, after


def fill_between(matched: Mapping[int, int], size: int, solid: Collection[int]) -> dict[int, int]:
    """`matched`, and the lines without a match of their own that can be taken by position.

    A line between two matched ones is taken where those are as far apart as in the form. A line
    at an edge has only one neighbour and is taken only where `solid` holds its position. No
    position is taken that belongs to a matched line.

    With 3 lines and `matched` {0: 5, 2: 7} line 1 is at 6. With `matched` {0: 5, 2: 8} a line was
    inserted on either side of line 1, and with `matched` {0: 5, 1: 6} line 2 is at 7 only if 7 is
    in `solid`.
    """
    taken = set(matched.values())
    filled = dict(matched)
    for index in range(size):
        if index in matched:
            continue
        before, after = matched_neighbours(matched, index)
        position = _expected_position(matched, index, before, after)
        if position is None or position < 1 or position in taken:
            continue
        is_between = before is not None and after is not None
        if is_between or position in solid:
            filled[index] = position
    return filled


def _expected_position(
    matched: Mapping[int, int], index: int, before: int | None, after: int | None
) -> int | None:
    """Where a line is if nothing was inserted or deleted beside it, None where something was."""
    from_before = None if before is None else matched[before] + index - before
    from_after = None if after is None else matched[after] + index - after
    if from_before is None or from_after is None:
        return from_after if from_before is None else from_before
    return from_before if from_before == from_after else None

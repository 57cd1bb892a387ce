"""The slips of the hand that are common in these tables, and which of them would explain what is out of balance.

Every slip is tried as a repair: a change of cells after which all sums of the table hold. What fits no repair has no slip here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checking.sums import ALL, Sums
from toolkit.edition.model import Cell
from toolkit.edition.relation import Side


@dataclass(frozen=True)
class Slip:
    """`kind` is a key of [causes] in phrases.toml; `cells` are those to blame, `columns` where only these are certain."""

    kind: str
    cells: tuple[str, ...]
    amount: Decimal = Decimal(0)  # the figure that went astray, or that should stand there
    columns: tuple[str, ...] = ()


def zero_totals(sums: Sums) -> Iterator[Slip]:
    """A whole column of totals that nobody added up: wherever something is to be added, 0 stands."""
    lines: dict[str, dict[str, Decimal]] = {}
    for one in sums.rules:
        total = _total(sums, one.holds.left)
        if one.relation.declared.each == "row" and total:
            lines.setdefault(sums.form.cells[total].column, {})[total] = one.holds.right.value(
                lambda key: sums.value[key]
            )
    for line in lines.values():
        due = {key: amount for key, amount in line.items() if amount}
        if due and all(sums.value[key] == 0 for key in due) and sums.mends(due):
            yield Slip("zero_totals", tuple(due))


def stale_totals(sums: Sums) -> Iterator[Slip]:
    """A row of totals that was not changed with the rows above it."""
    rows: dict[str, dict[str, Decimal]] = {}
    for number, one in enumerate(sums.rules):
        total = _total(sums, one.holds.left)
        if one.relation.declared.each == "column" and total and number in sums.off:
            rows.setdefault(sums.form.cells[total].row, {})[total] = -sums.off[number]
    for deltas in rows.values():
        if sums.mends(deltas):
            yield Slip("stale_totals", tuple(deltas))


def _total(sums: Sums, side: Side) -> str:
    """The total that stands alone on one side, if that is what the side is."""
    return side.names[0] if len(side.terms) == 1 and side.names[0] in sums.form.totals else ""


def one_cell(sums: Sums) -> Iterator[Slip]:
    """A row and a column that are off by the same and cross in one cell."""
    for cell in sums.table.cells:
        touched = {number for number in sums.weights.get(cell.key, ()) if number < len(sums.rules)}
        if len(touched) < 2 or touched != sums.broken:
            continue
        number = min(touched)
        delta = -sums.off[number] / sums.weights[cell.key][number]
        if sums.mends({cell.key: delta}):
            yield Slip("one_cell", (cell.key,), sums.value[cell.key] + delta)


def counted_twice(sums: Sums) -> Iterator[Slip]:
    """Something that stands in two of the rows that share it out; at least one of them holds nothing else."""
    over = {abs(by) for number, by in sums.off.items() if number < len(sums.rules)}
    if len(over) != 1:
        return
    amount = over.pop()
    shares = _shares(sums)
    able = [
        cell
        for cell in sums.input_cells
        if cell.key in shares
        and sums.value[cell.key] >= amount
        and any(_takes(sums, cell, amount, way) for way in sums.ways(cell.key)[1:])
    ]
    exact = [cell.key for cell in able if sums.value[cell.key] == amount]
    if len(exact) == 2 and amount > 1:  # the same figure in two rows; of a 1 there are many
        yield Slip("counted_twice", tuple(exact), amount)
    elif len(able) == 2 and exact:
        yield Slip("counted_twice", tuple(cell.key for cell in able), amount)
    elif len(able) > 2 and len(exact) == 1:
        yield Slip("counted_again", (exact[0],), amount)
    elif len(able) > 1:
        yield Slip("counted_twice", (), amount)


def _takes(sums: Sums, cell: Cell, amount: Decimal, way: str) -> bool:
    """Whether taking something out of a cell mends all, the total of its row following (alone it would be pinned by its row)."""
    deltas = sums.follow(cell.key, -amount, way)
    return sums.mends(deltas) and any(
        sums.form.cells[key].row == cell.row for key in deltas if key != cell.key
    )


def _shares(sums: Sums) -> frozenset[str]:
    """The cells among which the found side of a balance is shared out, totals resolved."""
    found: set[str] = set()
    for one in sums.rules:
        if not _total(sums, one.holds.left) and not _total(sums, one.holds.right):
            for name in one.found_side.names:
                part = sums.form.totals.get(name)
                found |= set(part.names) if part else {name}
    return frozenset(found)


def wrong_column(sums: Sums) -> Iterator[Slip]:
    """A figure one column beside its own: two columns off by the same, up and down, the row right."""
    over = {abs(by) for number, by in sums.off.items() if number < len(sums.rules)}
    if len(over) != 1 or len(sums.broken) not in (2, 4):
        return
    amount = over.pop()
    columns = tuple(dict.fromkeys(sums.rules[number].at for number in sorted(sums.broken)))
    if len(columns) != 2 or any(
        sums.rules[number].relation.declared.each != "column" for number in sums.broken
    ):
        return
    able = []
    for row in sums.table.rows:
        for wrong, right in (columns, columns[::-1]):
            cells = sums.table.at.get((row, wrong)), sums.table.at.get((row, right))
            if cells[0] is None or cells[1] is None:
                continue
            pair = cells[0].key, cells[1].key
            if any(sums.mends(_moved(sums, *pair, amount, along)) for along in (False, True)):
                able.append(pair)
    if able:
        yield Slip("wrong_column", able[0] if len(able) == 1 else (), amount, columns)


def _moved(sums: Sums, wrong: str, right: str, amount: Decimal, along: bool) -> dict[str, Decimal]:
    """A figure moved from one column to another of its row, the totals of both columns `along` with it or not."""
    found = {wrong: -amount, right: amount}
    for key, delta in ((wrong, -amount), (right, amount)) if along else ():
        column = sums.form.cells[key].column
        found |= {
            total: delta
            for total in sums.above.get(key, ())
            if sums.form.cells[total].column == column
        }
    return found


def stray(sums: Sums) -> Iterator[Slip]:
    """A figure that is last year's and should not be there."""
    for cell in sums.input_cells:
        value = sums.value[cell.key]
        is_last_years = value and sums.prior.get(cell.key) == value
        if is_last_years and any(
            sums.mends(sums.follow(cell.key, -value, way)) for way in sums.ways(cell.key)
        ):
            yield Slip("stray", (cell.key,), value)


def split_figure(sums: Sums) -> Iterator[Slip]:
    """A figure of two digits or more, typed into two neighbouring cells."""
    columns = sums.table.columns
    for cell in sums.input_cells:
        after = columns.index(cell.column) + 1
        beside = sums.table.at.get((cell.row, columns[after])) if after < len(columns) else None
        if beside is None or beside.key in sums.form.totals:
            continue
        first, second = sums.value[cell.key], sums.value[beside.key]
        if not 0 < first < 1000 or not 0 <= second < 10:
            continue
        whole = first * 10 + second
        for way in sums.ways(cell.key):
            if sums.mends(_joined(sums, (cell.key, whole - first), (beside.key, -second), way)):
                yield Slip("split_figure", (cell.key, beside.key), whole)
                break


def _joined(
    sums: Sums, one: tuple[str, Decimal], other: tuple[str, Decimal], way: str
) -> dict[str, Decimal]:
    """Two changed neighbours of a row, and in the same way the totals that follow both."""
    place = sums.ways(one[0]).index(way)
    ways = sums.ways(other[0])
    found: dict[str, Decimal] = {}
    for (key, delta), follows in ((one, way), (other, ways[place] if place < len(ways) else ALL)):
        for cell, by in sums.follow(key, delta, follows).items():
            found[cell] = found.get(cell, Decimal(0)) + by
    return found


SLIPS: tuple[Callable[[Sums], Iterator[Slip]], ...] = (
    zero_totals,
    stale_totals,
    one_cell,
    counted_twice,
    wrong_column,
    stray,
    split_figure,
)


def likely_slip(sums: Sums) -> Slip | None:
    """The one slip that explains everything that is out of balance in a table; None where none does, or two do."""
    found = [slip for kind in SLIPS for slip in kind(sums)]
    pinned = next((slip for slip in found if slip.kind == "one_cell"), None)
    if pinned is not None:  # the cell is certain; what happened to it may be too
        closer = [
            slip
            for slip in found
            if slip.kind in ("stray", "split_figure") and slip.cells[0] == pinned.cells[0]
        ]
        return closer[0] if len(closer) == 1 else pinned
    if any(
        slip.kind == "stray" and slip.amount > 1 for slip in found
    ):  # equal to last year's, and not by chance as a 1 may be
        found = [slip for slip in found if slip.kind not in ("counted_twice", "counted_again")]
    return found[0] if len(found) == 1 and (found[0].cells or found[0].columns) else None

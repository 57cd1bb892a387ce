"""The slips of the hand that are common in these tables, and which of them would explain what is
out of balance.

Every slip is tried as a repair: a change of cells after which all sums of the table hold. Where
no repair fits, there is no slip.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checking.sums import ALL, Deltas, Sums
from toolkit.edition.model import Cell
from toolkit.edition.relation import Side


@dataclass(frozen=True)
class Slip:
    """`kind` is a key of [causes] in phrases.toml; `cells` are those to blame, `columns` where
    only these are certain.
    """

    kind: str
    cells: tuple[str, ...]
    amount: Decimal = Decimal(0)  # the figure that went astray, or that should be in the cell
    columns: tuple[str, ...] = ()


# --- totals


def zero_totals(sums: Sums) -> Iterator[Slip]:
    """A whole column of totals that nobody added up: all are 0 although there is something to
    add.
    """
    columns: dict[str, dict[str, Decimal]] = {}
    for rule in sums.rules:
        total = _lone_total(sums, rule.holds.left)
        if rule.relation.declared.each == "row" and total:
            column = columns.setdefault(sums.form.cells[total].column, {})
            column[total] = rule.holds.right.value(lambda key: sums.value[key])
    for column in columns.values():
        due = {key: amount for key, amount in column.items() if amount}
        if due and all(sums.value[key] == 0 for key in due) and sums.mends(due):
            yield Slip("zero_totals", tuple(due))


def stale_totals(sums: Sums) -> Iterator[Slip]:
    """A row of totals that was not changed with the rows above it."""
    rows: dict[str, dict[str, Decimal]] = {}
    for number, rule in enumerate(sums.rules):
        total = _lone_total(sums, rule.holds.left)
        is_column = rule.relation.declared.each == "column"
        if is_column and total and number in sums.imbalances:
            row = rows.setdefault(sums.form.cells[total].row, {})
            row[total] = -sums.imbalances[number]
    for deltas in rows.values():
        if sums.mends(deltas):
            yield Slip("stale_totals", tuple(deltas))


def _lone_total(sums: Sums, side: Side) -> str:
    """The total that is the only term of a side; empty where the side is something else."""
    is_total = len(side.terms) == 1 and side.names[0] in sums.form.totals
    return side.names[0] if is_total else ""


# --- one cell


def one_cell(sums: Sums) -> Iterator[Slip]:
    """A row and a column that are off by the same amount and cross in one cell."""
    for cell in sums.table.cells:
        equations = sums.weights.get(cell.key, ())
        touched = {number for number in equations if number < len(sums.rules)}
        if len(touched) < 2 or touched != sums.broken:
            continue
        number = min(touched)
        delta = -sums.imbalances[number] / sums.weights[cell.key][number]
        if sums.mends({cell.key: delta}):
            yield Slip("one_cell", (cell.key,), sums.value[cell.key] + delta)


def stray(sums: Sums) -> Iterator[Slip]:
    """A figure that is last year's and should not be there."""
    for cell in sums.input_cells:
        value = sums.value[cell.key]
        is_last_years = value and sums.prior.get(cell.key) == value
        if is_last_years and _mends_in_any_way(sums, cell.key, -value):
            yield Slip("stray", (cell.key,), value)


def _mends_in_any_way(sums: Sums, key: str, delta: Decimal) -> bool:
    """Whether a change of one cell mends all, whichever totals follow it."""
    return any(sums.mends(sums.follow(key, delta, way)) for way in sums.ways(key))


# --- counted twice


def counted_twice(sums: Sums) -> Iterator[Slip]:
    """Something that is in two of the rows that share it out; at least one of them holds nothing
    else.
    """
    amount = _common_imbalance(sums)
    if amount is None:
        return
    shares = _shares(sums)
    able = [
        cell.key
        for cell in sums.input_cells
        if cell.key in shares and _can_lose(sums, cell, amount)
    ]
    exact = [key for key in able if sums.value[key] == amount]
    if len(exact) == 2 and amount > 1:  # the same figure in two rows; of a 1 there are many
        yield Slip("counted_twice", tuple(exact), amount)
    elif len(able) == 2 and exact:
        yield Slip("counted_twice", tuple(able), amount)
    elif len(able) > 2 and len(exact) == 1:
        yield Slip("counted_again", (exact[0],), amount)
    elif len(able) > 1:
        yield Slip("counted_twice", (), amount)


def _common_imbalance(sums: Sums) -> Decimal | None:
    """The amount by which every broken sum of this year is off, up or down; None where they are
    off by different ones.
    """
    amounts = {abs(sums.imbalances[number]) for number in sums.broken}
    return amounts.pop() if len(amounts) == 1 else None


def _can_lose(sums: Sums, cell: Cell, amount: Decimal) -> bool:
    """Whether taking the amount out of a cell mends all, with a total of its row following.

    Alone the cell would be pinned by its row.
    """
    if sums.value[cell.key] < amount:
        return False
    ways = sums.ways(cell.key)[1:]
    return any(_mends_with_row(sums, cell, amount, way) for way in ways)


def _mends_with_row(sums: Sums, cell: Cell, amount: Decimal, way: str) -> bool:
    deltas = sums.follow(cell.key, -amount, way)
    others = [key for key in deltas if key != cell.key]
    return sums.mends(deltas) and any(sums.form.cells[key].row == cell.row for key in others)


def _shares(sums: Sums) -> frozenset[str]:
    """The cells among which the found side of a balance is shared out, totals resolved."""
    shares: set[str] = set()
    for rule in sums.rules:
        if _lone_total(sums, rule.holds.left) or _lone_total(sums, rule.holds.right):
            continue
        for name in rule.found_side.names:
            parts = sums.form.totals.get(name)
            shares |= set(parts.names) if parts else {name}
    return frozenset(shares)


# --- a figure in other cells of its row


def wrong_column(sums: Sums) -> Iterator[Slip]:
    """A figure one column beside its own: two columns are off by the same amount, one up, one
    down, and the row is right.
    """
    amount = _common_imbalance(sums)
    if amount is None or len(sums.broken) not in (2, 4):
        return
    broken = [sums.rules[number] for number in sorted(sums.broken)]
    columns = tuple(dict.fromkeys(rule.at for rule in broken))
    if len(columns) != 2 or any(rule.relation.declared.each != "column" for rule in broken):
        return
    able = []
    for row in sums.table.rows:
        for wrong, right in (columns, columns[::-1]):
            pair = sums.table.at.get((row, wrong)), sums.table.at.get((row, right))
            if pair[0] and pair[1] and _mends_moved(sums, pair[0].key, pair[1].key, amount):
                able.append((pair[0].key, pair[1].key))
    if able:
        yield Slip("wrong_column", able[0] if len(able) == 1 else (), amount, columns)


def _mends_moved(sums: Sums, wrong: str, right: str, amount: Decimal) -> bool:
    """Whether a figure moved to another column mends all, with the totals of both columns or
    without them.
    """
    alone = {wrong: -amount, right: amount}
    totals: dict[str, Decimal] = {}
    for key, delta in alone.items():
        totals |= dict.fromkeys(_column_totals(sums, key), delta)
    return sums.mends(alone) or sums.mends(alone | totals)


def _column_totals(sums: Sums, key: str) -> list[str]:
    """The totals over a cell in its own column."""
    column = sums.form.cells[key].column
    above = sums.above.get(key, ())
    return [total for total in above if sums.form.cells[total].column == column]


def split_figure(sums: Sums) -> Iterator[Slip]:
    """A figure of two digits or more, typed into two neighbouring cells."""
    for cell in sums.input_cells:
        beside = _cell_beside(sums, cell)
        if beside is None or beside.key in sums.form.totals:
            continue
        first, second = sums.value[cell.key], sums.value[beside.key]
        if not 0 < first < 1000 or not 0 <= second < 10:
            continue
        whole = first * 10 + second
        change, change_beside = (cell.key, whole - first), (beside.key, -second)
        if any(sums.mends(deltas) for deltas in _joint_changes(sums, change, change_beside)):
            yield Slip("split_figure", (cell.key, beside.key), whole)


def _cell_beside(sums: Sums, cell: Cell) -> Cell | None:
    """The next cell of the row; None after the last one."""
    columns = sums.table.columns
    after = columns.index(cell.column) + 1
    return sums.table.at.get((cell.row, columns[after])) if after < len(columns) else None


def _joint_changes(
    sums: Sums, change: tuple[str, Decimal], change_beside: tuple[str, Decimal]
) -> Iterator[Deltas]:
    """Two changed neighbours of a row with the totals that follow both in the same way, for each
    way.
    """
    ways, ways_beside = sums.ways(change[0]), sums.ways(change_beside[0])
    for place, way in enumerate(ways):
        way_beside = ways_beside[place] if place < len(ways_beside) else ALL
        deltas = sums.follow(*change, way)
        for key, delta in sums.follow(*change_beside, way_beside).items():
            deltas[key] = deltas.get(key, Decimal(0)) + delta
        yield deltas


# --- which slip it was

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
    """The one slip that explains everything that is out of balance in a table; None where none
    does, or two do.
    """
    slips: list[Slip] = []
    for find_slips in SLIPS:
        slips += find_slips(sums)
    pinned = next((slip for slip in slips if slip.kind == "one_cell"), None)
    if pinned is not None:
        return _closer_slip(slips, pinned)
    if any(slip.kind == "stray" and slip.amount > 1 for slip in slips):
        # Equal to last year's, and not by chance, as a 1 may be.
        slips = [slip for slip in slips if slip.kind not in ("counted_twice", "counted_again")]
    if len(slips) != 1:
        return None
    slip = slips[0]
    return slip if slip.cells or slip.columns else None


def _closer_slip(slips: list[Slip], pinned: Slip) -> Slip:
    """What happened to a cell that is certain, where that is certain too; else the cell."""
    happened = [slip for slip in slips if slip.kind in ("stray", "split_figure")]
    closer = [slip for slip in happened if slip.cells[0] == pinned.cells[0]]
    return closer[0] if len(closer) == 1 else pinned

"""The sums of a table as linear equations over its cells: by how much each is off, and whether a change of cells mends them all.

Only equations whose cells all stand sound are judged. Equations with last year's figures need no mending, as that year may be
wrong; but a change that moves one has to leave it right.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from toolkit.edition.model import Cell, Edition, Instance, Table
from toolkit.edition.relation import PRIOR
from toolkit.finding import Severity
from toolkit.record.reading import Reading
from toolkit.record.settle import Figure, Standing, applicable_instances, figures

ALONE, ALL = (
    "alone",
    "all",
)  # which totals follow a changed cell; else the name of the one that does

Deltas = Mapping[str, Decimal]  # cell -> what is added to it
Effect = Mapping[int, Decimal]  # equation -> by how much a change moves it


@dataclass(frozen=True)
class Sums:
    """`rules` are the equations of this year, `yearly` those with last year's figures; both in the order of the form."""

    form: Edition
    table: Table
    value: Mapping[str, Decimal]
    prior: Mapping[str, Decimal]
    rules: tuple[Instance, ...]
    yearly: tuple[Instance, ...]

    @cached_property
    def off(self) -> Mapping[int, Decimal]:
        """What left is above right, of the equations that do not hold. Yearly ones are counted on after the others."""
        found = {}
        for number, one in enumerate((*self.rules, *self.yearly)):
            over = one.holds.left.value(self._figure) - one.holds.right.value(self._figure)
            if over:
                found[number] = over
        return found

    def _figure(self, key: str) -> Decimal:
        return (
            self.prior.get(key.removeprefix(PRIOR), Decimal(0))
            if key.startswith(PRIOR)
            else self.value[key]
        )

    @cached_property
    def broken(self) -> frozenset[int]:
        return frozenset(number for number in self.off if number < len(self.rules))

    @cached_property
    def weights(self) -> Mapping[str, Effect]:
        """Cell -> equation -> its sign in left minus right."""
        found: dict[str, dict[int, Decimal]] = defaultdict(dict)
        for number, one in enumerate((*self.rules, *self.yearly)):
            for side, sign in ((one.holds.left, 1), (one.holds.right, -1)):
                for term in side.terms:
                    weights = found[term.name]
                    weights[number] = weights.get(number, Decimal(0)) + sign * term.sign
        return found

    @cached_property
    def input_cells(self) -> tuple[Cell, ...]:
        return tuple(
            cell
            for cell in self.table.cells
            if cell.key not in self.form.totals and cell.key in self.value
        )

    @cached_property
    def above(self) -> Mapping[str, tuple[str, ...]]:
        """Cell -> the totals it is a direct part of, in its row and in its column."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.rules:
            for total, part in (
                (one.holds.left, one.holds.right),
                (one.holds.right, one.holds.left),
            ):
                if (
                    len(total.terms) == 1
                    and total.names[0] in self.form.totals
                    and not total.constant
                ):
                    for name in part.names:
                        found[name].append(total.names[0])
        return {key: tuple(dict.fromkeys(totals)) for key, totals in found.items()}

    def follow(self, key: str, delta: Decimal, totals: str) -> dict[str, Decimal]:
        """A change of one cell with the totals that follow it."""
        if totals == ALONE:
            return {key: delta}
        if totals != ALL:
            return {key: delta, totals: delta}
        found = {key: delta}
        level = [key]
        while level:  # a total that follows by its row and by its column moves once
            level = [
                total for part in level for total in self.above.get(part, ()) if total not in found
            ]
            found |= dict.fromkeys(level, delta)
        return found

    def ways(self, key: str) -> tuple[str, ...]:
        return (ALONE, *self.above.get(key, ()), ALL)

    def effect(self, deltas: Deltas) -> dict[int, Decimal]:
        moved: dict[int, Decimal] = defaultdict(Decimal)
        for key, delta in deltas.items():
            for number, weight in self.weights.get(key, {}).items():
                moved[number] += weight * delta
        return {number: by for number, by in moved.items() if by}

    def mends(self, deltas: Deltas) -> bool:
        """Whether every equation of this year holds after the change, and those with last year's that it moves; no cell below zero."""
        if any(self.value[key] + delta < 0 for key, delta in deltas.items()):
            return False
        moved = self.effect(deltas)
        if not self.broken <= moved.keys():
            return False
        return all(self.off.get(number, Decimal(0)) + by == 0 for number, by in moved.items())


def sums_of(form: Edition, reading: Reading) -> Iterator[Sums]:
    """The equations of every table that has any out of balance."""
    at = figures(form, reading)
    live = [
        one
        for one in applicable_instances(form, reading)
        if is_sum(one) and all(at[key].standing is Standing.SOUND for key in one.keys)
    ]
    prior = {
        key.removeprefix(PRIOR): one.number for key, one in at.items() if key.startswith(PRIOR)
    }
    for table in form.tables:
        found = _of_table(form, table, at, prior, live)
        if found.broken:
            yield found


def _of_table(
    form: Edition,
    table: Table,
    at: Mapping[str, Figure],
    prior: Mapping[str, Decimal],
    live: list[Instance],
) -> Sums:
    own = [one for one in live if one.relation.declared.table == table.key]
    value = {cell.key: at[cell.key].number for cell in table.cells}
    rules, yearly = (
        tuple(one for one in own if one.needs_prior is needs) for needs in (False, True)
    )
    return Sums(form, table, value, prior, rules, yearly)


def is_sum(one: Instance) -> bool:
    return (
        one.holds.operator == "=="
        and one.when is None
        and one.relation.declared.severity is Severity.ERROR
    )

"""The sums of a table as linear equations over its cells.

They say by how much each sum is off, and whether a change of cells mends them all. Only equations
whose cells are all sound are judged. Equations with last year's figures need no mending, as that
year may be wrong; but a change that moves one has to leave it right.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from toolkit.edition.model import Cell, Edition, Instance, Table
from toolkit.edition.relation import PRIOR, Side
from toolkit.finding import Severity
from toolkit.record.reading import Reading
from toolkit.record.settle import Figure, Standing, applicable_instances, figures

# Which totals follow a changed cell: none, all, or the one whose key is given instead.
ALONE, ALL = "alone", "all"

Deltas = Mapping[str, Decimal]  # cell -> what is added to it
Effect = Mapping[int, Decimal]  # equation -> by how much a change moves it


@dataclass(frozen=True)
class Sums:
    """`rules` are the equations of this year, `yearly` those with last year's figures; both in
    the order of the form.
    """

    form: Edition
    table: Table
    value: Mapping[str, Decimal]
    prior: Mapping[str, Decimal]
    rules: tuple[Instance, ...]
    yearly: tuple[Instance, ...]

    @property
    def equations(self) -> tuple[Instance, ...]:
        """All equations; they are numbered in this order."""
        return (*self.rules, *self.yearly)

    @cached_property
    def imbalances(self) -> Mapping[int, Decimal]:
        """Equation -> by how much its left side is above its right one, of the equations that do
        not hold.
        """
        imbalances = {}
        for number, equation in enumerate(self.equations):
            sides = equation.holds
            over = sides.left.value(self._figure) - sides.right.value(self._figure)
            if over:
                imbalances[number] = over
        return imbalances

    def _figure(self, key: str) -> Decimal:
        if key.startswith(PRIOR):
            return self.prior.get(key.removeprefix(PRIOR), Decimal(0))
        return self.value[key]

    @cached_property
    def broken(self) -> frozenset[int]:
        """The equations of this year that do not hold."""
        return frozenset(number for number in self.imbalances if number < len(self.rules))

    @cached_property
    def weights(self) -> Mapping[str, Effect]:
        """Cell -> equation -> its sign in left minus right."""
        weights: dict[str, dict[int, Decimal]] = defaultdict(dict)
        for number, equation in enumerate(self.equations):
            for side, sign in ((equation.holds.left, 1), (equation.holds.right, -1)):
                for term in side.terms:
                    own = weights[term.name]
                    own[number] = own.get(number, Decimal(0)) + sign * term.sign
        return weights

    @cached_property
    def input_cells(self) -> tuple[Cell, ...]:
        """The cells that people fill in, in the order of the table."""
        inputs = (cell for cell in self.table.cells if cell.key not in self.form.totals)
        return tuple(cell for cell in inputs if cell.key in self.value)

    @cached_property
    def above(self) -> Mapping[str, tuple[str, ...]]:
        """Cell -> the totals it is a direct part of, in its row and in its column."""
        above: dict[str, list[str]] = defaultdict(list)
        for equation in self.rules:
            left, right = equation.holds.left, equation.holds.right
            for whole, parts in ((left, right), (right, left)):
                if not self._is_total(whole):
                    continue
                for name in parts.names:
                    above[name].append(whole.names[0])
        return {key: tuple(dict.fromkeys(totals)) for key, totals in above.items()}

    def _is_total(self, side: Side) -> bool:
        """Whether a side is one total and nothing else."""
        is_single = len(side.terms) == 1 and not side.constant
        return is_single and side.names[0] in self.form.totals

    def follow(self, key: str, delta: Decimal, totals: str) -> dict[str, Decimal]:
        """A change of one cell with the totals that follow it: ALONE, ALL, or the one with this
        key.
        """
        if totals == ALONE:
            return {key: delta}
        if totals != ALL:
            return {key: delta, totals: delta}
        deltas = {key: delta}
        level = [key]
        while level:
            level = self._next_level(level, deltas)
            deltas |= dict.fromkeys(level, delta)
        return deltas

    def _next_level(self, level: list[str], moved: Deltas) -> list[str]:
        """The totals over some cells, without those moved already: a total above a cell by row
        and by column moves once.
        """
        totals = []
        for part in level:
            totals += [total for total in self.above.get(part, ()) if total not in moved]
        return totals

    def ways(self, key: str) -> tuple[str, ...]:
        """The ways in which totals may follow a change of the cell: none, each one alone, all."""
        return (ALONE, *self.above.get(key, ()), ALL)

    def effect(self, deltas: Deltas) -> dict[int, Decimal]:
        """Equation -> by how much a change of cells moves it."""
        moved: dict[int, Decimal] = defaultdict(Decimal)
        for key, delta in deltas.items():
            for number, weight in self.weights.get(key, {}).items():
                moved[number] += weight * delta
        return {number: by for number, by in moved.items() if by}

    def mends(self, deltas: Deltas) -> bool:
        """Whether every equation of this year holds after the change, and those with last year's
        that it moves.

        A change that takes a cell below zero mends nothing.
        """
        if any(self.value[key] + delta < 0 for key, delta in deltas.items()):
            return False
        moved = self.effect(deltas)
        if not self.broken <= moved.keys():
            return False
        return all(
            self.imbalances.get(number, Decimal(0)) + by == 0 for number, by in moved.items()
        )


def sums_of(form: Edition, reading: Reading) -> Iterator[Sums]:
    """The equations of every table that has one of this year out of balance."""
    at = figures(form, reading)
    sound = [
        instance for instance in applicable_instances(form, reading) if _can_judge(instance, at)
    ]
    prior = {}
    for key, figure in at.items():
        if key.startswith(PRIOR):
            prior[key.removeprefix(PRIOR)] = figure.number
    for table in form.tables:
        own = [instance for instance in sound if instance.relation.declared.table == table.key]
        value = {cell.key: at[cell.key].number for cell in table.cells}
        rules = tuple(instance for instance in own if not instance.needs_prior)
        yearly = tuple(instance for instance in own if instance.needs_prior)
        sums = Sums(form, table, value, prior, rules, yearly)
        if sums.broken:
            yield sums


def _can_judge(instance: Instance, at: Mapping[str, Figure]) -> bool:
    """Whether this is a sum of which every cell is sound."""
    return is_sum(instance) and all(at[key].standing is Standing.SOUND for key in instance.keys)


def is_sum(instance: Instance) -> bool:
    """Whether a relation is an equation that always has to hold."""
    return (
        instance.holds.operator == "=="
        and instance.when is None
        and instance.relation.declared.severity is Severity.ERROR
    )

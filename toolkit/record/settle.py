"""What follows from a reading by the form alone.

These are declared zeros, computed totals, and how each cell counts in relations.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum, StrEnum

from toolkit.edition.model import Edition, Instance
from toolkit.edition.relation import PRIOR
from toolkit.record.reading import Origin, Reading
from toolkit.values import BLANK, DECLARED_ZERO, State, Value, is_sound, number


class Standing(IntEnum):
    """How far a cell can be compared; the worst cell of a relation decides."""

    SOUND = 0
    INCOMPLETE = 1
    INVALID = 2


class CheckState(StrEnum):
    """The state of a check as staff see it, here and in the workbook (words in phrases.toml)."""

    INCOMPLETE = "incomplete"
    INVALID = "invalid"
    BROKEN = "broken"
    PASSED = "passed"


@dataclass(frozen=True)
class Figure:
    """A cell as relations see it. `number` is 0 where it is not sound."""

    standing: Standing
    number: Decimal = Decimal(0)


def edition_of(edition: Edition, reading: Reading) -> Edition:
    """The edition as this reading uses it: with combined rows where the report has them."""
    return edition.variant(reading.combined)


def settle(edition: Edition, reading: Reading) -> Reading:
    """The reading with declared zeros marked and blank totals computed.

    Reported totals stay as they are.
    """
    form = edition_of(edition, reading)
    cells = dict(reading.cells)
    for key in _cells_declared_zero(form, reading):
        if key in cells and cells[key].state is State.BLANK:
            cells[key] = DECLARED_ZERO
    settled = replace(reading, cells=cells)
    computed = set()
    for key in form.totals:
        if cells.get(key, BLANK).state is State.BLANK:
            cells[key] = _compute_total(form, settled, key)
            computed.add(key)
    return replace(settled, cells=cells, computed=frozenset(computed))


def _cells_declared_zero(form: Edition, reading: Reading) -> Iterator[str]:
    for declaration in form.declarations:
        if reading.declares(declaration.key):
            yield from declaration.covers


def _compute_total(form: Edition, reading: Reading, key: str) -> Value:
    """A total as reported, or else the sum of its components.

    Blank while a component is open or wrong, or where all are blank in a published report.
    """
    if reading.value(key).state is not State.BLANK:
        return reading.value(key)
    components = {name: _value_of_component(form, reading, name) for name in form.totals[key].names}
    if all(value.state is State.BLANK for value in components.values()):
        return BLANK
    figures = {name: figure(form, reading, name, value) for name, value in components.items()}
    if any(component.standing is not Standing.SOUND for component in figures.values()):
        return BLANK
    return number(form.totals[key].value(lambda name: figures[name].number))


def _value_of_component(form: Edition, reading: Reading, key: str) -> Value:
    return _compute_total(form, reading, key) if key in form.totals else reading.value(key)


def figure(form: Edition, reading: Reading, key: str, value: Value | None = None) -> Figure:
    """How one cell counts, without regard to the components of a total.

    `value` may be given instead of the one in the reading.
    """
    cell = form.cells[key]
    value = reading.value(key) if value is None else value
    if value.state is State.DECLARED_ZERO:
        return Figure(Standing.SOUND)
    if value.state is State.BLANK:
        is_left_blank = reading.origin is Origin.PUBLISHED and key not in reading.unplaced
        return Figure(Standing.SOUND if is_left_blank else Standing.INCOMPLETE)
    if not is_sound(value, cell.kind) or contradicted_declaration(form, reading, key, value):
        return Figure(Standing.INVALID)
    assert value.number is not None
    return Figure(Standing.SOUND, value.number)


def contradicted_declaration(form: Edition, reading: Reading, key: str, value: Value) -> str | None:
    """The declaration that a figure other than zero contradicts, if any."""
    if not value.number or key in form.totals:
        return None
    for declaration in form.declared_by(key):
        if reading.declares(declaration.key):
            return declaration.key
    return None


def figures(form: Edition, reading: Reading) -> dict[str, Figure]:
    """How every cell of the form and every prior figure counts.

    While a component of a total is open or wrong, so is the total.
    """
    by_key = {key: figure(form, reading, key) for key in form.cells}
    for key in _totals_in_order(form):
        worst = max(
            (by_key[name].standing for name in form.totals[key].names), default=Standing.SOUND
        )
        if worst > by_key[key].standing:
            by_key[key] = Figure(worst)
    if reading.prior is not None:
        for key, value in reading.prior.cells.items():
            if key in form.cells and is_sound(value, form.cells[key].kind):
                by_key[PRIOR + key] = Figure(Standing.SOUND, value.number or Decimal(0))
    return by_key


def differing_totals(form: Edition, reading: Reading) -> frozenset[str]:
    """The reported totals that differ from their sums, or whose sums cannot be computed yet."""
    differing = set()
    for key in form.totals:
        if key in reading.computed:
            continue
        reported = reading.value(key)
        without = replace(reading, cells={**reading.cells, key: BLANK})
        if (
            reported.state is not State.NUMBER
            or _compute_total(form, without, key).number != reported.number
        ):
            differing.add(key)
    return frozenset(differing)


def _totals_in_order(form: Edition) -> list[str]:
    """Totals after the totals they are made of."""
    ordered: list[str] = []

    def visit(key: str) -> None:
        for name in form.totals[key].names:
            if name in form.totals and name not in ordered:
                visit(name)
        if key not in ordered:
            ordered.append(key)

    for key in form.totals:
        visit(key)
    return ordered


def applicable_instances(form: Edition, reading: Reading) -> list[Instance]:
    """The instances that apply to this report, see `select_applicable`."""
    prior = known_prior_keys(form, reading)
    return select_applicable(form, reading.year, reading.text("unit.level"), prior)


def known_prior_keys(form: Edition, reading: Reading) -> frozenset[str]:
    """The keys (with `prior.`) of last year's figures that can be compared with this form."""
    prior = reading.prior
    if prior is None or prior.year != reading.year - 1:
        return frozenset()
    return frozenset(
        PRIOR + key
        for key, value in prior.cells.items()
        if key in form.cells and is_sound(value, form.cells[key].kind)
    )


def select_applicable(
    form: Edition, year: int, level: str, prior: frozenset[str]
) -> list[Instance]:
    """The instances that apply in a year to units of a level.

    One that needs last year's figures applies where `prior` has the keys of all of them.
    """
    instances = []
    for instance in form.instances:
        last_year = {key for key in instance.keys if key.startswith(PRIOR)}
        if instance.relation.applies(year, level) and last_year <= prior:
            instances.append(instance)
    return instances


def check_state(instance: Instance, at: Mapping[str, Figure]) -> CheckState:
    """The verdict on one instance, as the workbook shows it."""
    worst = max(at[key].standing for key in instance.keys)
    if worst is Standing.INVALID:
        return CheckState.INVALID
    if worst is Standing.INCOMPLETE:
        return CheckState.INCOMPLETE
    if instance.when is not None and not instance.when.holds(lambda key: at[key].number):
        return CheckState.PASSED
    holds = instance.holds.holds(lambda key: at[key].number)
    return CheckState.PASSED if holds else CheckState.BROKEN

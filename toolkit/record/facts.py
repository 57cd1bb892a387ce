"""What sentences can be made of: the sound figures, the fields, the statistics.

What is not sound is named as unknown, not guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import SimpleNamespace

from toolkit.edition.model import Edition, Table
from toolkit.edition.relation import PRIOR
from toolkit.record.reading import AGGREGATE, Reading
from toolkit.record.settle import Standing, edition_of, figures, known_prior_keys
from toolkit.values import Kind, State, Value, is_sound


class Unknown(Exception):
    """A sentence needs something that is not known; it is omitted."""


@dataclass(frozen=True)
class Published:
    """The statistics as sentences see them; None is not known."""

    total: Decimal | None
    prior_total: Decimal | None
    items: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True)
class Facts:
    """What the sentences of one report are made of.

    `known` has values by dotted names. A sentence that needs a name in `unknown` is omitted.
    """

    known: Mapping[str, object]
    unknown: frozenset[str]

    def known_figure(self, name: str) -> Decimal:
        """The figure of that name; raises Unknown where there is none."""
        value = self.known.get(name)
        if not isinstance(value, Decimal):
            raise Unknown(name)
        return value

    def is_filled(self, name: str) -> bool:
        return name not in self.unknown and self.known.get(name) not in (None, "")

    @cached_property
    def context(self) -> dict[str, object]:
        """Dotted names as nested attributes, None for what is not known.

        They are not dicts, whose `items` and `values` would hide cells of these names.
        """
        root = SimpleNamespace()
        for name, value in (dict.fromkeys(self.unknown) | dict(self.known)).items():
            *path, last = name.split(".")
            node = root
            for part in path:
                if not hasattr(node, part):
                    setattr(node, part, SimpleNamespace())
                node = getattr(node, part)
            if isinstance(node, SimpleNamespace):  # `statistics` is a record already
                setattr(node, last, value)
        return vars(root)


def facts(edition: Edition, reading: Reading) -> Facts:
    """Everything a sentence of this edition may name."""
    values: dict[str, object] = _field_values(edition, reading)
    values |= {
        "year": reading.year,
        "unit.short": short_name(edition, reading),
        "subject": subject(edition, reading),
    }
    values["unit.name"] = reading.text("unit.name").strip() or None
    published = _published_statistics(reading)
    values |= {
        "statistics": published,
        "statistics.total": published.total,
        "statistics.prior_total": published.prior_total,
    }
    values |= _figures_and_sums(edition, reading)
    known = {name: value for name, value in values.items() if value is not None}
    return Facts(known, frozenset(values.keys() - known.keys()))


def _field_values(edition: Edition, reading: Reading) -> dict[str, object]:
    """The fields by their keys; empty where not filled in, as sentences ask by `needs` for them."""
    values: dict[str, object] = dict.fromkeys(edition.fields, "")
    for key, value in reading.fields.items():
        if isinstance(value, str):
            values[key] = value.strip()
        elif value is not None:
            values[key] = value
    return values


def short_name(edition: Edition, reading: Reading) -> str:
    """What the unit calls itself: as stated, or by the ending of its name."""
    stated = reading.text("unit.short").strip()
    return stated or _find_by_ending(edition.profile.short_names, reading.text("unit.name").strip())


def subject(edition: Edition, reading: Reading) -> str:
    """What sentences are about: the unit, or the whole that many units make up (全县, 全市)."""
    own = short_name(edition, reading)
    if reading.text("unit.scope") != AGGREGATE:
        return own
    names = edition.profile.whole_names
    named = {ending: whole for ending, whole in names.items() if ending}
    by_name = _find_by_ending(named, reading.text("unit.name").strip())
    return by_name or _find_by_ending(names, own) or own


def _find_by_ending(names: Mapping[str, str], name: str) -> str:
    """The entry of the longest ending that the name has; the empty ending is every name's."""
    endings = [ending for ending in names if name.endswith(ending)]
    return names[max(endings, key=len)] if endings else ""


def _figures_and_sums(edition: Edition, reading: Reading) -> dict[str, Decimal | None]:
    """Every cell of the edition and last year's, and sums of groups; None where one is not known.

    The sums are those of every group of rows in every column, as table.group.column.
    """
    # A row that is in a combined row of this report has no figure of its own, nor has a year whose
    # report is not known.
    numbers: dict[str, Decimal | None] = dict.fromkeys(edition.cells)
    numbers |= dict.fromkeys(PRIOR + key for key in edition.cells)
    numbers |= _sound_figures(edition_of(edition, reading), reading)
    for table in edition.tables:
        for group in table.group_names - set(table.rows):
            rows = _rows_of_group(edition, reading, table, group)
            for column in table.columns if rows else ():
                parts = [numbers.get(f"{row}.{column}") for row in rows]
                numbers[f"{table.key}.{group}.{column}"] = _sum_if_known(parts)
    return numbers


def _sound_figures(form: Edition, reading: Reading) -> dict[str, Decimal | None]:
    """The figures that sentences can speak of, this year's and the comparable ones of last year."""
    last_year = known_prior_keys(form, reading)
    filled = _filled_tables(form, reading)
    numbers: dict[str, Decimal | None] = {}
    for key, figure in figures(form, reading).items():
        is_prior = key.startswith(PRIOR)
        is_known = key in last_year if is_prior else form.cells[key].table in filled
        if is_known and figure.standing is Standing.SOUND:
            numbers[key] = figure.number
    return numbers


def _filled_tables(form: Edition, reading: Reading) -> set[str]:
    """The tables that say something.

    Blanks of a published report count as 0, but a table that is omitted as a whole says nothing.
    """
    return {
        form.cells[key].table
        for key, value in reading.cells.items()
        if key in form.cells and value.state is not State.BLANK
    }


def _rows_of_group(edition: Edition, reading: Reading, table: Table, group: str) -> list[str]:
    """The rows (table.row) of a group as this report has them.

    These are combined rows instead of the rows they stand for. A combined row that also stands for
    rows of other groups is not among them: its rows stay, have no figures, and so have no sum.
    """
    members = dict.fromkeys(
        f"{table.key}.{cell.row}" for cell in table.cells if group in cell.row_groups
    )
    combined = _combined_row_of(edition, reading, table)
    partly = {name for row, name in combined.items() if row not in members}
    rows: dict[str, None] = {}
    for row in members:
        name = combined.get(row, row)
        rows[row if name in partly else name] = None
    return list(rows)


def _combined_row_of(edition: Edition, reading: Reading, table: Table) -> dict[str, str]:
    """Row -> the combined row of this report that stands for it, both as table.row."""
    combined: dict[str, str] = {}
    for name in reading.combined:
        if name.startswith(f"{table.key}."):
            row = edition.combined_rows[name][1]
            combined |= dict.fromkeys((f"{table.key}.{part}" for part in row.stands_for), name)
    return combined


def _sum_if_known(parts: list[Decimal | None]) -> Decimal | None:
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None


def _published_statistics(reading: Reading) -> Published:
    statistics = reading.statistics
    items = tuple(
        (item.kind.strip(), _sound_count(item.count))
        for item in statistics.items
        if not item.count.is_blank
    )
    return Published(_sound_count(statistics.total), _sound_count(statistics.prior_total), items)


def _sound_count(value: Value) -> Decimal | None:
    return value.number if is_sound(value, Kind.COUNT) else None

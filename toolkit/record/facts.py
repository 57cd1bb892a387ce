"""What sentences can be made of: the figures that stand sound, the fields, the statistics. What does not is named, not guessed."""

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
    """A sentence needs something that is not known; it is left out."""


@dataclass(frozen=True)
class Published:
    """The statistics as sentences see them; None is not known."""

    total: Decimal | None
    prior_total: Decimal | None
    items: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True)
class Facts:
    """What the sentences of one report are made of. `known` goes by dotted names; a name in `unknown` spoils its sentence."""

    known: Mapping[str, object]
    unknown: frozenset[str]

    def known_figure(self, name: str) -> Decimal:
        value = self.known.get(name)
        if not isinstance(value, Decimal):
            raise Unknown(name)
        return value

    def is_filled(self, name: str) -> bool:
        return name not in self.unknown and self.known.get(name) not in (None, "")

    @cached_property
    def context(self) -> dict[str, object]:
        """Dotted names as nested attributes, None for what is not known. Not dicts: their `items` and `values` would hide cells."""
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
    values: dict[str, object] = dict.fromkeys(
        edition.fields, ""
    )  # a field that may be left out is asked for by `needs`
    values |= {
        key: value.strip() if isinstance(value, str) else value
        for key, value in reading.fields.items()
        if value is not None
    }
    values |= {
        "year": reading.year,
        "unit.short": short_name(edition, reading),
        "subject": subject(edition, reading),
    }
    values["unit.name"] = reading.text("unit.name").strip() or None
    published = _published(reading)
    values |= {
        "statistics": published,
        "statistics.total": published.total,
        "statistics.prior_total": published.prior_total,
    }
    values |= _figures(edition, reading)
    known = {name: value for name, value in values.items() if value is not None}
    return Facts(known, frozenset(values.keys() - known.keys()))


def short_name(edition: Edition, reading: Reading) -> str:
    """How the unit calls itself: as stated, or by the ending of its name."""
    return reading.text("unit.short").strip() or _by_ending(
        edition.profile.short_names, reading.text("unit.name").strip()
    )


def subject(edition: Edition, reading: Reading) -> str:
    """What sentences are about: the unit itself, or for sums of many units the whole that they make up."""
    own = short_name(edition, reading)
    if reading.text("unit.scope") != AGGREGATE:
        return own
    names = edition.profile.whole_names
    by_name = _by_ending(
        {ending: whole for ending, whole in names.items() if ending},
        reading.text("unit.name").strip(),
    )
    return by_name or _by_ending(names, own) or own


def _by_ending(names: Mapping[str, str], name: str) -> str:
    """The entry of the longest ending that the name has; the empty ending is every name's."""
    endings = [ending for ending in names if name.endswith(ending)]
    return names[max(endings, key=len)] if endings else ""


def _figures(edition: Edition, reading: Reading) -> dict[str, Decimal | None]:
    """Every cell of the edition, last year's, and the sum of every group of rows in every column; None where one is not sound."""
    form = edition_of(edition, reading)
    # A row that this report merges with others has no figure of its own, nor has a year whose report is not known.
    found: dict[str, Decimal | None] = dict.fromkeys(
        [*edition.cells, *(PRIOR + key for key in edition.cells)]
    )
    last_year = known_prior_keys(form, reading)
    # Blanks of a published report count as 0, but a table that was left out as a whole says nothing.
    said = {
        form.cells[key].table
        for key, value in reading.cells.items()
        if key in form.cells and value.state is not State.BLANK
    }
    for key, one in figures(form, reading).items():
        if one.standing is Standing.SOUND and (
            key in last_year if key.startswith(PRIOR) else form.cells[key].table in said
        ):
            found[key] = one.number
    for table in edition.tables:
        for group in table.group_names - set(table.rows):
            rows = _rows_of(edition, reading, table, group)
            for column in table.columns if rows else ():
                found[f"{table.key}.{group}.{column}"] = _sum(
                    [found.get(f"{row}.{column}") for row in rows]
                )
    return found


def _rows_of(edition: Edition, reading: Reading, table: Table, group: str) -> list[str]:
    """The rows (table.row) of a group as this report has them: combined rows instead of the rows they stand for."""
    members = dict.fromkeys(
        f"{table.key}.{cell.row}" for cell in table.cells if group in cell.row_groups
    )
    combined = [name for name in reading.combined if name.startswith(f"{table.key}.")]
    instead = {
        f"{table.key}.{row}": name
        for name in combined
        for row in edition.combined_rows[name][1].stands_for
    }
    partly = {
        name for row, name in instead.items() if row not in members
    }  # merges in rows of other groups: the sum is not known
    return list(
        dict.fromkeys(
            row if instead.get(row) in partly else instead.get(row, row) for row in members
        )
    )


def _sum(parts: list[Decimal | None]) -> Decimal | None:
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None


def _published(reading: Reading) -> Published:
    statistics = reading.statistics
    items = tuple(
        (item.kind.strip(), _count(item.count))
        for item in statistics.items
        if not item.count.is_blank
    )
    return Published(_count(statistics.total), _count(statistics.prior_total), items)


def _count(value: Value) -> Decimal | None:
    return value.number if is_sound(value, Kind.COUNT) else None

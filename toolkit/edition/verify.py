"""What the models of the files cannot see alone: each check looks at the edition as a whole.

A check takes the folder and the edition and raises EditionError at the first mistake.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from toolkit.edition.declared import MESSAGE
from toolkit.edition.model import Edition
from toolkit.edition.relation import ExpressionError, parse
from toolkit.templates import EditionError

Check: TypeAlias = Callable[[Path, Edition], None]

# The fields of 基本信息 that Python speaks of and no edition can be without.
REQUIRED_FIELDS = (
    "unit.name",
    "unit.short",
    "unit.level",
    "unit.code",
    "profile.period.start",
    "profile.period.end",
    "profile.address",
    "profile.phone",
    "profile.postcode",
)


def verify_edition(folder: Path, edition: Edition) -> None:
    """Run all checks, in the order of CHECKS."""
    for check in CHECKS:
        check(folder, edition)


def refuse_duplicates(file: Path, names: list[str]) -> None:
    """Raise EditionError for a name that occurs more than once."""
    for name in names:
        if names.count(name) > 1:
            raise EditionError(file, name, "duplicate")


def check_field_keys(folder: Path, edition: Edition) -> None:
    """No two fields of 基本信息 have the same key."""
    keys: list[str] = []
    for _, entries in edition.field_groups:
        keys += [entry.key for entry in entries]
    refuse_duplicates(folder / "profile.toml", keys)


def check_required_fields(folder: Path, edition: Edition) -> None:
    """Every field that Python speaks of is there."""
    for key in REQUIRED_FIELDS:
        if key not in edition.fields:
            raise EditionError(folder / "profile.toml", key, "every edition needs this field")


def check_sheet_names(folder: Path, edition: Edition) -> None:
    """No two sheets have the same name. Tables of our own may share the sheet of a section."""
    official = [table.declared.sheet for table in edition.tables if table.declared.official]
    sections = [section.sheet for section in edition.sections]
    own = [edition.profile.sheet, edition.narrative.statistics.sheet]
    refuse_duplicates(folder / "narrative.toml", [*own, *official, *sections])


def check_totals(folder: Path, edition: Edition) -> None:
    """Every total is made by a relation."""
    for cell in edition.cells.values():
        if cell.total and cell.key not in edition.totals:
            file = folder / f"{cell.table}.toml"
            raise EditionError(file, cell.key, "a total that no relation covers")


def check_help(folder: Path, edition: Edition) -> None:
    """Every cell has a help text, row and column together, that a prompt of Excel can hold."""
    for cell in edition.cells.values():
        if not 0 < len(cell.help) <= MESSAGE:
            file = folder / f"{cell.table}.toml"
            raise EditionError(file, cell.key, f"help text missing or over {MESSAGE} characters")


def check_combined_rows(folder: Path, edition: Edition) -> None:
    """A combined row stands for rows that its table has."""
    for table in edition.tables:
        for row in table.declared.merged_row:
            missing = sorted(set(row.stands_for) - set(table.rows))
            if missing:
                file = folder / f"{table.key}.toml"
                raise EditionError(file, f"merged_row.{row.key}", f"no row {missing[0]!r}")


def check_choices(folder: Path, edition: Edition) -> None:
    """Every list of choices that a field names is declared, and every declared one is named."""
    used = {entry.choices for entry in edition.fields.values() if entry.choices}
    for name in used ^ set(edition.profile.choices):
        reason = "unknown" if name in used else "dead: no field uses it"
        raise EditionError(folder / "profile.toml", f"choices.{name}", reason)


def check_levels(folder: Path, edition: Edition) -> None:
    """Relations and mentions name levels that a unit can have."""
    choices = edition.profile.choices.get(edition.fields["unit.level"].choices, ())
    levels = set(dict(choices))
    for file, key, names in _used_levels(edition):
        unknown = sorted(set(names) - levels)
        if unknown:
            raise EditionError(folder / file, key, f"no level {unknown[0]!r}")


def _used_levels(edition: Edition) -> Iterator[tuple[str, str, Iterable[str]]]:
    """(file, key, levels) of everything that holds for some levels only."""
    for relation in edition.relations:
        yield "relations.toml", f"{relation.name}.levels", relation.declared.levels
    for section in edition.sections:
        for mention in section.mentions:
            yield "narrative.toml", f"{section.key}.mentions", mention.levels


def check_groups(folder: Path, edition: Edition) -> None:
    """Every group of rows or columns is used by a relation, a declaration or a sentence."""
    texts = [
        f"{relation.declared.holds} {relation.declared.when}" for relation in edition.relations
    ]
    for entry in edition.profile.declaration:
        texts += entry.covers
    texts += [f"{sentence.text} {sentence.when}" for sentence in edition.narrative.sentence]
    words = set(re.findall(r"[a-z_]+", " ".join(texts)))
    for table in edition.tables:
        for group in sorted(table.group_names - words):
            file = folder / f"{table.key}.toml"
            raise EditionError(file, f"groups.{group}", "dead: nothing uses it")


def check_section_tables(folder: Path, edition: Edition) -> None:
    """The table of a section is one of the edition."""
    tables = {table.key for table in edition.tables}
    for section in edition.sections:
        if section.table and section.table not in tables:
            file = folder / "narrative.toml"
            raise EditionError(file, f"{section.key}.table", f"no table {section.table!r}")


def check_sentences(folder: Path, edition: Edition) -> None:
    """Generated sentences belong to a section, and their conditions compare cells."""
    sections = {section.key for section in edition.sections}
    for sentence in edition.narrative.sentence:
        if sentence.section not in sections:
            file = folder / "narrative.toml"
            raise EditionError(file, "sentence.section", f"no section {sentence.section!r}")
        if sentence.when:
            _check_condition(folder, edition, sentence.when, "sentence.when")


def check_key_figures(folder: Path, edition: Edition) -> None:
    """The figures of the approval sheet are sums of cells, or else name both of their sources."""
    for figure in edition.narrative.key_figure:
        if not figure.last:  # else they are figures outside of the tables
            _check_condition(folder, edition, f"{figure.value} == 0", "key_figure.value")


def _check_condition(folder: Path, edition: Edition, text: str, where: str) -> None:
    file = folder / "narrative.toml"
    try:
        names = parse(text).keys
    except ExpressionError as error:
        raise EditionError(file, where, str(error)) from None
    for name in names:
        if name not in edition.cells:
            raise EditionError(file, where, f"no cell {name!r}")


CHECKS: tuple[Check, ...] = (
    check_field_keys,
    check_required_fields,
    check_sheet_names,
    check_totals,
    check_help,
    check_combined_rows,
    check_choices,
    check_levels,
    check_groups,
    check_section_tables,
    check_sentences,
    check_key_figures,
)

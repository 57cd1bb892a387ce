"""workbook_templates/<edition>/*.toml -> Edition. Raises EditionError(file, key, reason): only authors of editions meet it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from toolkit.edition.build import (
    build_instances,
    build_relation,
    build_table,
    build_totals,
    combinations_of,
)
from toolkit.edition.declared import (
    SHEET,
    CombinedRow,
    EditionFile,
    FieldEntry,
    NarrativeFile,
    ProfileFile,
    RelationsFile,
    TableFile,
    declare,
)
from toolkit.edition.model import Declaration, Edition, Instance, Relation, Table
from toolkit.edition.relation import ExpressionError, parse
from toolkit.templates import EditionError, read_toml, shipped


def edition_ids(root: Path | None = None) -> list[str]:
    """The editions at hand, oldest first."""
    folder = root or shipped("workbook_templates")
    return sorted(path.parent.name for path in folder.glob("*/edition.toml"))


@cache
def load_edition(edition_id: str, root: Path | None = None) -> Edition:
    """The edition of that id, checked as a whole."""
    folder = (root or shipped("workbook_templates")) / edition_id
    head = declare(EditionFile, read_toml(folder / "edition.toml"), folder / "edition.toml")
    narrative = declare(
        NarrativeFile, read_toml(folder / "narrative.toml"), folder / "narrative.toml"
    )
    profile = declare(ProfileFile, read_toml(folder / "profile.toml"), folder / "profile.toml")
    relations = _relations(folder)
    files = {
        name: declare(TableFile, read_toml(folder / f"{name}.toml"), folder / f"{name}.toml")
        for name in head.tables
    }
    for name, key, path in (
        (edition_id, head.id, folder / "edition.toml"),
        *((name, file.key, folder / f"{name}.toml") for name, file in files.items()),
    ):
        if key != name:
            raise EditionError(
                path,
                "id" if path.name == "edition.toml" else "key",
                f"{key!r} in a place called {name!r}",
            )
    _no_duplicates(folder / "narrative.toml", [section.key for section in narrative.section])
    headings = {section.key: section.heading for section in narrative.section}
    for name, file in files.items():
        if file.section not in headings:
            raise EditionError(
                folder / f"{name}.toml", "section", f"no section {file.section!r} in narrative.toml"
            )
    tables = tuple(build_table(file, headings[file.section]) for file in files.values())
    for table in tables:
        _no_duplicates(folder / f"{table.key}.toml", [cell.key for cell in table.cells])
    combined = {
        f"{file.key}.{row.key}": (table, row)
        for file, table in zip(files.values(), tables, strict=True)
        for row in file.merged_row
    }
    instances = _instances(folder, relations, tables)
    edition = Edition(
        **head.model_dump(exclude={"tables"}),
        tables=tables,
        relations=relations,
        instances=instances,
        narrative=narrative,
        profile=profile,
        field_groups=_fields(profile, narrative),
        declarations=_declarations(folder, profile, tables, combined),
        totals=build_totals(tables, instances),
        combined_rows=combined,
        variants={},
    )
    _check(folder, edition)
    variants = {names: _variant(folder, edition, names) for names in combinations_of(combined)}
    object.__setattr__(edition, "variants", variants)
    return edition


def edition_for_year(year: int, root: Path | None = None) -> Edition | None:
    """The edition prescribed for a report year, the newest that covers it; None where there was no common form."""
    editions = (load_edition(edition_id, root) for edition_id in edition_ids(root))
    return max(
        (edition for edition in editions if edition.covers(year)),
        key=lambda edition: edition.first_year,
        default=None,
    )


def _relations(folder: Path) -> tuple[Relation, ...]:
    file = folder / "relations.toml"
    relations: dict[str, Relation] = {}
    for block in declare(RelationsFile, read_toml(file), file).relation:
        try:
            relation = build_relation(block)
        except ExpressionError as error:
            raise EditionError(file, f"{block.id}.holds", str(error)) from None
        if relation.name in relations:
            raise EditionError(file, relation.name, "duplicate id")
        relations[relation.name] = relation
    return tuple(relations.values())


def _instances(
    folder: Path, relations: tuple[Relation, ...], tables: tuple[Table, ...]
) -> tuple[Instance, ...]:
    by_key = {table.key: table for table in tables}
    found: list[Instance] = []
    for relation in relations:
        table = by_key.get(relation.declared.table)
        if table is None:
            raise EditionError(
                folder / "relations.toml",
                f"{relation.name}.table",
                f"no table {relation.declared.table!r}",
            )
        for names, known, what in (
            (relation.declared.rows, table.rows, "rows"),
            (relation.declared.columns, table.columns, "columns"),
        ):
            for name in names:
                if name not in known:
                    raise EditionError(
                        folder / "relations.toml",
                        f"{relation.name}.{what}",
                        f"no {name!r} in table {table.key!r}",
                    )
        try:
            found.extend(build_instances(relation, table))
        except ExpressionError as error:
            raise EditionError(
                folder / "relations.toml", f"{relation.name}.holds", str(error)
            ) from None
    return tuple(found)


def _fields(
    profile: ProfileFile, narrative: NarrativeFile
) -> tuple[tuple[str, tuple[FieldEntry, ...]], ...]:
    groups = []
    for group in profile.group:
        entries = group.fields
        if group.each_section:
            entries += tuple(
                FieldEntry(
                    key=f"prose.{section.key}",
                    label=section.heading,
                    kind="choice",
                    choices=group.each_section,
                    help=section.prose_help,
                )
                for section in narrative.section
            )
        groups.append((group.title, entries))
    return tuple(groups)


def _declarations(
    folder: Path,
    profile: ProfileFile,
    tables: tuple[Table, ...],
    combined: Mapping[str, tuple[Table, CombinedRow]],
) -> tuple[Declaration, ...]:
    labels = {entry.key: entry.label for group in profile.group for entry in group.fields}
    by_key = {table.key: table for table in tables}
    found = []
    for entry in profile.declaration:
        field = f"declarations.{entry.key}"
        if field not in labels:
            raise EditionError(folder / "profile.toml", field, "a declaration needs its field")
        covers: list[str] = []
        for target in entry.covers:
            table_key, _, group = target.partition(".")
            if table_key not in by_key or (group and group not in by_key[table_key].group_names):
                raise EditionError(
                    folder / "profile.toml", f"{field}.covers", f"nothing is called {target!r}"
                )
            table = by_key[table_key]
            everything = [
                cell
                for variant in (table, *_combined_forms(table, combined))
                for cell in variant.cells
                if not cell.total
            ]
            covers += [
                cell.key
                for cell in everything
                if not group or group in (*cell.row_groups, *cell.column_groups)
            ]
        found.append(Declaration(entry.key, labels[field], tuple(dict.fromkeys(covers))))
    return tuple(found)


def _combined_forms(
    table: Table, combined: Mapping[str, tuple[Table, CombinedRow]]
) -> Iterator[Table]:
    for owner, row in combined.values():
        if owner.key == table.key:
            yield build_table(table.declared, table.title, [row])


def _variant(folder: Path, edition: Edition, names: frozenset[str]) -> Edition:
    rows = {name: edition.combined_rows[name][1] for name in names}
    tables = tuple(
        build_table(
            table.declared,
            table.title,
            [row for name, row in rows.items() if name.startswith(f"{table.key}.")],
        )
        for table in edition.tables
    )
    instances = _instances(folder, edition.relations, tables)
    return edition.with_tables(tables, instances, build_totals(tables, instances))


def _check(folder: Path, edition: Edition) -> None:
    """What the models cannot see alone: duplicates, dead names, uncovered totals, sheet names, broken conditions."""
    _no_duplicates(
        folder / "profile.toml",
        [entry.key for _, entries in edition.field_groups for entry in entries],
    )
    sheets = dict.fromkeys([edition.profile.sheet, edition.narrative.statistics.sheet])
    sheets |= dict.fromkeys(section.sheet for section in edition.sections)
    sheets |= dict.fromkeys(table.declared.sheet for table in edition.tables)
    official = [table.declared.sheet for table in edition.tables if table.declared.official]
    own = [edition.profile.sheet, edition.narrative.statistics.sheet]
    _no_duplicates(
        folder / "narrative.toml",
        [*own, *official, *(section.sheet for section in edition.sections)],
    )
    too_long = [sheet for sheet in sheets if len(sheet) > SHEET]
    if too_long:
        raise EditionError(folder, "sheet", f"longer than {SHEET} characters: {too_long[0]!r}")
    for table in edition.tables:
        for cell in table.cells:
            if cell.total and cell.key not in edition.totals:
                raise EditionError(
                    folder / f"{table.key}.toml", cell.key, "a total that no relation covers"
                )
            if len(cell.help) > 255 or not cell.help:
                raise EditionError(
                    folder / f"{table.key}.toml",
                    cell.key,
                    "help text missing or over 255 characters",
                )
        for row in table.declared.merged_row:
            if missing := set(row.stands_for) - set(table.rows):
                raise EditionError(
                    folder / f"{table.key}.toml",
                    f"merged_row.{row.key}",
                    f"no row {sorted(missing)[0]!r}",
                )
    _check_names(folder, edition)


def _no_duplicates(file: Path, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise EditionError(file, name, "duplicate")


def _check_names(folder: Path, edition: Edition) -> None:
    """Every name that is used is declared, and every name that is declared is used."""
    profile, narrative = edition.profile, edition.narrative
    used_choices = {entry.choices for entry in edition.fields.values() if entry.choices}
    for name in used_choices ^ set(profile.choices):
        raise EditionError(
            folder / "profile.toml",
            f"choices.{name}",
            "unknown" if name in used_choices else "dead: no field uses it",
        )
    level = edition.fields.get("unit.level")
    levels = set(dict(profile.choices[level.choices])) if level else set()
    for relation in edition.relations:
        if unknown := set(relation.declared.levels) - levels:
            raise EditionError(
                folder / "relations.toml",
                f"{relation.name}.levels",
                f"no level {sorted(unknown)[0]!r}",
            )
    for section in narrative.section:
        for mention in section.mentions:
            if unknown := set(mention.levels) - levels:
                raise EditionError(
                    folder / "narrative.toml",
                    f"{section.key}.mentions",
                    f"no level {sorted(unknown)[0]!r}",
                )
    texts = [
        f"{relation.declared.holds} {relation.declared.when}" for relation in edition.relations
    ]
    texts += [f"{target} " for entry in profile.declaration for target in entry.covers]
    texts += [f"{sentence.text} {sentence.when}" for sentence in narrative.sentence]
    words = set(re.findall(r"[a-z_]+", " ".join(texts)))
    for table in edition.tables:
        for group in sorted(table.group_names - words):
            raise EditionError(
                folder / f"{table.key}.toml", f"groups.{group}", "dead: nothing uses it"
            )
    sections = {section.key for section in edition.sections}
    tables = {table.key for table in edition.tables}
    for section in narrative.section:
        if section.table and section.table not in tables:
            raise EditionError(
                folder / "narrative.toml", f"{section.key}.table", f"no table {section.table!r}"
            )
    for sentence in narrative.sentence:
        if sentence.section not in sections:
            raise EditionError(
                folder / "narrative.toml", "sentence.section", f"no section {sentence.section!r}"
            )
        if sentence.when:
            _check_condition(folder, edition, sentence.when, "sentence.when")
    for figure in narrative.key_figure:
        if not figure.last:  # else they are figures outside of the tables
            _check_condition(folder, edition, f"{figure.value} == 0", "key_figure.value")


def _check_condition(folder: Path, edition: Edition, text: str, where: str) -> None:
    try:
        names = parse(text).keys
    except ExpressionError as error:
        raise EditionError(folder / "narrative.toml", where, str(error)) from None
    for name in names:
        if name not in edition.cells:
            raise EditionError(folder / "narrative.toml", where, f"no cell {name!r}")

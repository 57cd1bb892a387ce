"""workbook_templates/<edition>/*.toml -> Edition.

Raises EditionError(file, key, reason): only authors of editions meet it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
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
    CombinedRow,
    D,
    DeclarationEntry,
    EditionFile,
    FieldEntry,
    NarrativeFile,
    ProfileFile,
    RelationsFile,
    Section,
    TableFile,
    declare,
)
from toolkit.edition.model import Declaration, Edition, Instance, Relation, Table
from toolkit.edition.relation import ExpressionError
from toolkit.edition.verify import refuse_duplicates, verify_edition
from toolkit.templates import EditionError, read_toml, shipped

Combined = Mapping[str, tuple[Table, CombinedRow]]  # table.row -> its table and declaration


def edition_ids(root: Path | None = None) -> list[str]:
    """The ids of the editions that there are, oldest first."""
    folder = root or shipped("workbook_templates")
    return sorted(path.parent.name for path in folder.glob("*/edition.toml"))


@cache
def load_edition(edition_id: str, root: Path | None = None) -> Edition:
    """The edition of that id, checked as a whole, with its variants."""
    folder = (root or shipped("workbook_templates")) / edition_id
    head = _load_file(EditionFile, folder / "edition.toml")
    narrative = _load_file(NarrativeFile, folder / "narrative.toml")
    profile = _load_file(ProfileFile, folder / "profile.toml")
    relations = _load_relations(folder)
    if head.id != edition_id:
        raise EditionError(
            folder / "edition.toml", "id", f"{head.id!r} in a place called {edition_id!r}"
        )
    declared = [_load_table_file(folder, name) for name in head.tables]
    refuse_duplicates(folder / "narrative.toml", [section.key for section in narrative.section])
    tables = _build_tables(folder, declared, narrative)
    combined = _collect_combined_rows(tables)
    instances = _build_all_instances(folder, relations, tables)
    edition = Edition(
        **head.model_dump(exclude={"tables"}),
        tables=tables,
        relations=relations,
        instances=instances,
        narrative=narrative,
        profile=profile,
        field_groups=_list_fields(profile, narrative),
        declarations=_build_declarations(folder, profile, tables, combined),
        totals=build_totals(tables, instances),
        combined_rows=combined,
        variants={},
    )
    verify_edition(folder, edition)
    variants = {
        names: _build_variant(folder, edition, names) for names in combinations_of(combined)
    }
    return replace(edition, variants=variants)


def edition_for_year(year: int, root: Path | None = None) -> Edition | None:
    """The edition prescribed for a report year, the newest that covers it.

    None where there was no common form.
    """
    editions = (load_edition(edition_id, root) for edition_id in edition_ids(root))
    covering = [edition for edition in editions if edition.covers(year)]
    return max(covering, key=lambda edition: edition.first_year, default=None)


def _load_file(model: type[D], path: Path) -> D:
    return declare(model, read_toml(path), path)


def _load_relations(folder: Path) -> tuple[Relation, ...]:
    file = folder / "relations.toml"
    relations: dict[str, Relation] = {}
    for block in _load_file(RelationsFile, file).relation:
        try:
            relation = build_relation(block)
        except ExpressionError as error:
            raise EditionError(file, f"{block.id}.holds", str(error)) from None
        if relation.name in relations:
            raise EditionError(file, relation.name, "duplicate id")
        relations[relation.name] = relation
    return tuple(relations.values())


def _load_table_file(folder: Path, name: str) -> TableFile:
    """The declaration of a table, whose key is the name of its file."""
    path = folder / f"{name}.toml"
    declared = _load_file(TableFile, path)
    if declared.key != name:
        raise EditionError(path, "key", f"{declared.key!r} in a place called {name!r}")
    return declared


def _build_tables(
    folder: Path, declared: list[TableFile], narrative: NarrativeFile
) -> tuple[Table, ...]:
    """The tables, called by the headings of their sections where they have no title."""
    headings = {section.key: section.heading for section in narrative.section}
    for file in declared:
        if file.section not in headings:
            raise EditionError(
                folder / f"{file.key}.toml",
                "section",
                f"no section {file.section!r} in narrative.toml",
            )
    tables = tuple(build_table(file, headings[file.section]) for file in declared)
    for table in tables:
        refuse_duplicates(folder / f"{table.key}.toml", [cell.key for cell in table.cells])
    return tables


def _collect_combined_rows(tables: tuple[Table, ...]) -> Combined:
    combined: dict[str, tuple[Table, CombinedRow]] = {}
    for table in tables:
        for row in table.declared.merged_row:
            combined[f"{table.key}.{row.key}"] = (table, row)
    return combined


def _build_all_instances(
    folder: Path, relations: tuple[Relation, ...], tables: tuple[Table, ...]
) -> tuple[Instance, ...]:
    file = folder / "relations.toml"
    by_key = {table.key: table for table in tables}
    instances: list[Instance] = []
    for relation in relations:
        table_key = relation.declared.table
        if table_key not in by_key:
            raise EditionError(file, f"{relation.name}.table", f"no table {table_key!r}")
        table = by_key[table_key]
        _check_lines(file, f"{relation.name}.rows", relation.declared.rows, table.rows, table)
        _check_lines(
            file, f"{relation.name}.columns", relation.declared.columns, table.columns, table
        )
        try:
            instances += build_instances(relation, table)
        except ExpressionError as error:
            raise EditionError(file, f"{relation.name}.holds", str(error)) from None
    return tuple(instances)


def _check_lines(
    file: Path, key: str, names: tuple[str, ...], known: tuple[str, ...], table: Table
) -> None:
    """The rows or columns that a relation names are there."""
    for name in names:
        if name not in known:
            raise EditionError(file, key, f"no {name!r} in table {table.key!r}")


def _list_fields(
    profile: ProfileFile, narrative: NarrativeFile
) -> tuple[tuple[str, tuple[FieldEntry, ...]], ...]:
    """(title, fields) of every group of 基本信息; one group may have a field for each section."""
    groups = []
    for group in profile.group:
        entries = group.fields
        if group.each_section:
            entries += tuple(
                _build_prose_field(section, group.each_section) for section in narrative.section
            )
        groups.append((group.title, entries))
    return tuple(groups)


def _build_prose_field(section: Section, choices: str) -> FieldEntry:
    return FieldEntry(
        key=f"prose.{section.key}",
        label=section.heading,
        kind="choice",
        choices=choices,
        help=section.prose_help,
    )


def _build_declarations(
    folder: Path, profile: ProfileFile, tables: tuple[Table, ...], combined: Combined
) -> tuple[Declaration, ...]:
    labels: dict[str, str] = {}
    for group in profile.group:
        labels |= {entry.key: entry.label for entry in group.fields}
    declarations = []
    for entry in profile.declaration:
        field = f"declarations.{entry.key}"
        if field not in labels:
            raise EditionError(folder / "profile.toml", field, "a declaration needs its field")
        covers = _covered_cells(folder, entry, tables, combined)
        declarations.append(Declaration(entry.key, labels[field], covers))
    return tuple(declarations)


def _covered_cells(
    folder: Path, entry: DeclarationEntry, tables: tuple[Table, ...], combined: Combined
) -> tuple[str, ...]:
    """The inputs whose blanks a declaration turns into zeros, cells of combined rows included."""
    by_key = {table.key: table for table in tables}
    covers: dict[str, None] = {}
    for target in entry.covers:
        table_key, _, group = target.partition(".")
        if table_key not in by_key or (group and group not in by_key[table_key].group_names):
            raise EditionError(
                folder / "profile.toml",
                f"declarations.{entry.key}.covers",
                f"nothing is called {target!r}",
            )
        table = by_key[table_key]
        for form in (table, *_combined_forms(table, combined)):
            covers |= dict.fromkeys(_inputs_of(form, group))
    return tuple(covers)


def _inputs_of(table: Table, group: str) -> list[str]:
    """The cells of a group that are no totals; of the whole table where no group is named."""
    cells = [cell for cell in table.cells if not cell.total]
    if group:
        cells = [cell for cell in cells if group in (*cell.row_groups, *cell.column_groups)]
    return [cell.key for cell in cells]


def _combined_forms(table: Table, combined: Combined) -> Iterator[Table]:
    """The table with each of its combined rows in place, one at a time."""
    for owner, row in combined.values():
        if owner.key == table.key:
            yield build_table(table.declared, table.title, [row])


def _build_variant(folder: Path, edition: Edition, names: frozenset[str]) -> Edition:
    """The edition with the combined rows of these names (table.row) in place."""
    rows: dict[str, list[CombinedRow]] = {}
    for name in names:
        table, row = edition.combined_rows[name]
        rows.setdefault(table.key, []).append(row)
    tables = tuple(
        build_table(table.declared, table.title, rows.get(table.key, []))
        for table in edition.tables
    )
    instances = _build_all_instances(folder, edition.relations, tables)
    return edition.with_tables(tables, instances, build_totals(tables, instances))

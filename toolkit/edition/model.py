"""An edition of the form as frozen records, derived once from its declaration: tables with their cells, relations with their instances."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from toolkit.edition.declared import (
    Block,
    CombinedRow,
    FieldEntry,
    NarrativeFile,
    ProfileFile,
    RelationBlock,
    Section,
    TableFile,
)
from toolkit.edition.relation import PRIOR, Comparison, Side
from toolkit.finding import About, Severity
from toolkit.values import Kind


@dataclass(frozen=True)
class Cell:
    """One figure of the form. `key` is table.row.column (a table with one nameless column: table.row)."""

    key: str
    table: str
    row: str
    column: str
    kind: Kind
    unit: str
    total: bool
    row_label: str
    column_label: str
    row_groups: tuple[str, ...]
    column_groups: tuple[str, ...]
    help: str
    block: int
    block_row: int
    block_column: int


@dataclass(frozen=True)
class Table:
    declared: TableFile
    title: str
    blocks: tuple[Block, ...]
    cells: tuple[Cell, ...]

    @property
    def key(self) -> str:
        return self.declared.key

    @property
    def gate(self) -> Severity:
        return self.declared.gate

    @cached_property
    def rows(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell.row for cell in self.cells))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell.column for cell in self.cells))

    @cached_property
    def at(self) -> Mapping[tuple[str, str], Cell]:
        return {(cell.row, cell.column): cell for cell in self.cells}

    def group(self, name: str) -> tuple[str, ...]:
        """The rows, or else the columns, that belong to a group."""
        rows = dict.fromkeys(cell.row for cell in self.cells if name in cell.row_groups)
        return tuple(rows) or tuple(
            dict.fromkeys(cell.column for cell in self.cells if name in cell.column_groups)
        )

    @cached_property
    def group_names(self) -> frozenset[str]:
        return frozenset(
            name for cell in self.cells for name in (*cell.row_groups, *cell.column_groups)
        )

    def row_label(self, row: str) -> str:
        return next(cell.row_label for cell in self.cells if cell.row == row)

    def column_label(self, column: str) -> str:
        return next(cell.column_label for cell in self.cells if cell.column == column)


@dataclass(frozen=True)
class Relation:
    declared: RelationBlock
    holds: Comparison
    when: Comparison | None

    @property
    def code(self) -> str:
        return self.declared.id

    @property
    def name(self) -> str:
        """Unique in its edition: the code, and the part where a code has several."""
        return (
            f"{self.declared.id}.{self.declared.part}" if self.declared.part else self.declared.id
        )

    def applies(self, year: int, level: str) -> bool:
        within = self.declared.years.first <= year <= self.declared.years.last
        return within and (not self.declared.levels or level in self.declared.levels)


@dataclass(frozen=True)
class Instance:
    """A relation on the cells it compares. `at` is the row or column it stands for, empty where there is only one."""

    relation: Relation
    at: str
    label: str
    holds: Comparison
    when: Comparison | None

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return self.holds.keys + tuple(
            key for key in (self.when.keys if self.when else ()) if key not in self.holds.keys
        )

    @property
    def name(self) -> str:
        return f"{self.relation.name}@{self.at}" if self.at else self.relation.name

    @property
    def about(self) -> About:
        """What its finding and the reasons for it are about: the code and the compared cells."""
        return self.relation.code, self.holds.keys

    @property
    def needs_prior(self) -> bool:
        return any(key.startswith(PRIOR) for key in self.keys)

    @property
    def found_side(self) -> Side:
        return self.holds.left if self.relation.declared.found == "left" else self.holds.right

    @property
    def expected_side(self) -> Side:
        return self.holds.right if self.relation.declared.found == "left" else self.holds.left


@dataclass(frozen=True)
class Declaration:
    """A 零申报 and the cells whose blanks it turns into zeros."""

    key: str
    label: str
    covers: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    id: str
    title: str
    report_name: str
    first_year: int
    last_year: int
    template_version: int
    basis: tuple[str, ...]
    tables: tuple[Table, ...]
    relations: tuple[Relation, ...]
    instances: tuple[Instance, ...]
    narrative: NarrativeFile
    profile: ProfileFile
    field_groups: tuple[tuple[str, tuple[FieldEntry, ...]], ...]
    declarations: tuple[Declaration, ...]
    totals: Mapping[
        str, Side
    ]  # total cell -> the sum that makes it, from the relation that covers it
    combined_rows: Mapping[str, tuple[Table, CombinedRow]]  # table.row -> what it merges
    variants: Mapping[frozenset[str], "Edition"]  # the same edition with combined rows in place

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        return {cell.key: cell for table in self.tables for cell in table.cells}

    @cached_property
    def fields(self) -> Mapping[str, FieldEntry]:
        return {entry.key: entry for _, entries in self.field_groups for entry in entries}

    @cached_property
    def order(self) -> Mapping[str, tuple[int, int, int]]:
        """Where a cell comes as the form is read: table, row, column. For sorting what has no place on a sheet."""
        return {
            cell.key: (
                index,
                sum(len(b.rows) + 3 for b in table.blocks[: cell.block]) + cell.block_row,
                cell.block_column,
            )
            for index, table in enumerate(self.tables)
            for cell in table.cells
        }

    def table(self, key: str) -> Table:
        return next(table for table in self.tables if table.key == key)

    def section(self, key: str) -> Section:
        return next(section for section in self.narrative.section if section.key == key)

    @property
    def sections(self) -> Iterator[Section]:
        return iter(self.narrative.section)

    def declared_by(self, key: str) -> tuple[Declaration, ...]:
        return tuple(declaration for declaration in self.declarations if key in declaration.covers)

    def variant(self, combined: frozenset[str]) -> "Edition":
        """This edition with combined rows standing in for the rows they merge."""
        return self.variants[combined] if combined else self

    def covers(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year

    def where(self, key: str) -> str:
        """A cell in words: which table, which row, which column."""
        cell = self.cells[key.removeprefix(PRIOR)]
        table = self.table(cell.table)
        place = f"“{cell.row_label}”" + (f"的“{cell.column_label}”" if cell.column else "")
        return ("上年报告的" if key.startswith(PRIOR) else "") + f"{table.title}：{place}"

    def label(self, key: str, instance: Instance | None = None) -> str:
        """A short name of a cell inside a message; what the instance already says is left out."""
        cell = self.cells[key.removeprefix(PRIOR)]
        names = {"column": cell.row_label, "row": cell.column_label}
        each = instance.relation.declared.each if instance else ""
        name = names.get(each) or cell.row_label + (cell.column_label if cell.column else "")
        return ("上年" if key.startswith(PRIOR) else "") + name

    def spot_words(self, instance: Instance) -> str:
        """Which table, and which row or column, a check is about, in a few words."""
        table = self.table(instance.relation.declared.table)
        return f"{table.declared.short} {instance.label}".strip()

    def with_tables(
        self, tables: tuple[Table, ...], instances: tuple[Instance, ...], totals: Mapping[str, Side]
    ) -> "Edition":
        return replace(self, tables=tables, instances=instances, totals=totals, variants={})

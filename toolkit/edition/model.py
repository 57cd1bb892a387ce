"""An edition of the form as frozen records, derived once from its declaration.

Tables have their cells, relations their instances.
"""

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
from toolkit.phrases import phrases
from toolkit.values import Kind


@dataclass(frozen=True)
class Cell:
    """One figure of the form. `key` is table.row.column, or table.row in a nameless column."""

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
        if rows:
            return tuple(rows)
        columns = dict.fromkeys(cell.column for cell in self.cells if name in cell.column_groups)
        return tuple(columns)

    @cached_property
    def group_names(self) -> frozenset[str]:
        names: set[str] = set()
        for cell in self.cells:
            names.update(cell.row_groups, cell.column_groups)
        return frozenset(names)

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
        part = self.declared.part
        return f"{self.code}.{part}" if part else self.code

    def applies(self, year: int, level: str) -> bool:
        """Whether the relation holds for reports of that year by units of that level."""
        within = self.declared.years.first <= year <= self.declared.years.last
        return within and (not self.declared.levels or level in self.declared.levels)


@dataclass(frozen=True)
class Instance:
    """A relation on the cells that it compares.

    `at` is the row or column that it is about, empty where the relation has only one instance.
    """

    relation: Relation
    at: str
    label: str
    holds: Comparison
    when: Comparison | None

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The compared cells, then those of the condition."""
        if self.when is None:
            return self.holds.keys
        return self.holds.keys + tuple(key for key in self.when.keys if key not in self.holds.keys)

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
    # Total cell -> the sum that makes it, from the relation that covers it.
    totals: Mapping[str, Side]
    # Key of a combined row (table.row) -> its table and the rows that it stands for.
    combined_rows: Mapping[str, tuple[Table, CombinedRow]]
    # Keys of combined rows -> the same edition with these in place.
    variants: Mapping[frozenset[str], "Edition"]

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        cells: dict[str, Cell] = {}
        for table in self.tables:
            cells |= {cell.key: cell for cell in table.cells}
        return cells

    @cached_property
    def fields(self) -> Mapping[str, FieldEntry]:
        fields: dict[str, FieldEntry] = {}
        for _, entries in self.field_groups:
            fields |= {entry.key: entry for entry in entries}
        return fields

    @cached_property
    def order(self) -> Mapping[str, tuple[int, int, int]]:
        """Cell key -> (table, row, column) as the form is read.

        It sorts what has no place on a sheet. Between blocks there is room for their heads.
        """
        order: dict[str, tuple[int, int, int]] = {}
        for index, table in enumerate(self.tables):
            for cell in table.cells:
                above = sum(len(block.rows) + 3 for block in table.blocks[: cell.block])
                order[cell.key] = (index, above + cell.block_row, cell.block_column)
        return order

    def table(self, key: str) -> Table:
        """The table of that key; KeyError where there is none."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)

    def section(self, key: str) -> Section:
        """The section of that key; KeyError where there is none."""
        for section in self.narrative.section:
            if section.key == key:
                return section
        raise KeyError(key)

    @property
    def sections(self) -> Iterator[Section]:
        return iter(self.narrative.section)

    def declared_by(self, key: str) -> tuple[Declaration, ...]:
        """The declarations that make a blank in this cell a zero."""
        return tuple(declaration for declaration in self.declarations if key in declaration.covers)

    def variant(self, combined: frozenset[str]) -> "Edition":
        """This edition with combined rows instead of the rows that they stand for."""
        return self.variants[combined] if combined else self

    def covers(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year

    def where(self, key: str) -> str:
        """A cell in words: which table, which row, which column."""
        words = phrases().places
        cell = self.cells[key.removeprefix(PRIOR)]
        template = words.cell if cell.column else words.row
        place = template.format(
            table=self.table(cell.table).title, row=cell.row_label, column=cell.column_label
        )
        return f"{words.prior}{place}" if key.startswith(PRIOR) else place

    def label(self, key: str, instance: Instance | None = None) -> str:
        """A short name of a cell inside a message, without what the instance already says."""
        cell = self.cells[key.removeprefix(PRIOR)]
        names = {"column": cell.row_label, "row": cell.column_label}
        each = instance.relation.declared.each if instance else ""
        name = names.get(each) or cell.row_label + (cell.column_label if cell.column else "")
        return f"{phrases().places.prior_short}{name}" if key.startswith(PRIOR) else name

    def spot_words(self, instance: Instance) -> str:
        """Which table, and which row or column, a check is about, in a few words."""
        table = self.table(instance.relation.declared.table)
        return f"{table.declared.short} {instance.label}".strip()

    def with_tables(
        self, tables: tuple[Table, ...], instances: tuple[Instance, ...], totals: Mapping[str, Side]
    ) -> "Edition":
        """This edition with other tables and what follows from them, without variants."""
        return replace(self, tables=tables, instances=instances, totals=totals, variants={})

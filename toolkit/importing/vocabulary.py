"""What the labels of an edition mean in print.

There are labels of rows, heads of columns, and labels that only group or title them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain

from toolkit.documents.printed_labels import Labels
from toolkit.edition.declared import Block, CombinedRow
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition, Table


@dataclass(frozen=True)
class LabelRow:
    """A row of figures of the form. `combined` names the combined row it is, if it is one."""

    table: str
    block: int
    key: str
    label: str
    combined: str = ""


@dataclass(frozen=True)
class BlockColumns:
    """The columns of one block of a table: (key, path of heads).

    A rowless block has no row labels.
    """

    table: str
    block: int
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    rowless: bool

    @cached_property
    def labels(self) -> frozenset[str]:
        """All heads over the columns."""
        return frozenset(chain.from_iterable(path for _, path in self.columns))

    @cached_property
    def groups(self) -> frozenset[str]:
        """The heads over other heads."""
        return frozenset(chain.from_iterable(path[:-1] for _, path in self.columns))


@dataclass(frozen=True)
class Vocabulary:
    """`leaves` are heads with figures under them, `groups` labels over labels of rows and in
    corners, `lone` tables with one column that has no key of its own.
    """

    edition: Edition
    rows: Labels
    row_of: Mapping[str, tuple[LabelRow, ...]]
    heads: Labels
    leaves: frozenset[str]
    groups: Labels
    titles: Labels
    blocks: Mapping[tuple[str, int], BlockColumns]
    lone: frozenset[str]

    def cell(self, row: LabelRow, column: str) -> str:
        """The key of the cell; a rowless block has its figures under its columns alone."""
        parts = [part for part in (row.key, column) if part]
        return ".".join((row.table, *parts))


@dataclass
class _Collected:
    """The labels of an edition, in the order of the form."""

    rows: dict[str, list[LabelRow]] = field(default_factory=dict)
    blocks: dict[tuple[str, int], BlockColumns] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    leaves: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def collect_row(self, row: LabelRow) -> None:
        self.rows.setdefault(row.label, []).append(row)


@cache
def vocabulary(edition_id: str) -> Vocabulary:
    """The labels of an edition, each under what it may be."""
    edition = load_edition(edition_id)
    labels = _Collected()
    for table in edition.tables:
        for index, block in enumerate(table.blocks):
            _collect_block(labels, table, index, block)
        for name, (owner, row) in edition.combined_rows.items():
            if owner.key == table.key:
                _collect_combined(labels, table, name, row)
    for text, label in _labels_with_group(edition).items():
        labels.rows.setdefault(text, labels.rows[label])
    return Vocabulary(
        edition=edition,
        rows=Labels(labels.rows),
        row_of={label: tuple(rows) for label, rows in labels.rows.items()},
        heads=Labels(labels.heads),
        leaves=frozenset(labels.leaves),
        groups=Labels(label for label in labels.groups if label not in labels.rows),
        titles=Labels(labels.titles),
        blocks=labels.blocks,
        lone=frozenset(table.key for table in edition.tables if _is_lone(table)),
    )


def _collect_block(labels: _Collected, table: Table, index: int, block: Block) -> None:
    if block.title:
        labels.titles.append(block.title)
    if block.corner:
        labels.groups.append(block.corner)
    for row in block.rows:
        if row.path:
            labels.collect_row(LabelRow(table.key, index, row.key, row.path[-1]))
            labels.groups += row.path[:-1]
    for column in block.columns:
        labels.heads += column.path
        labels.leaves.append(column.path[-1])
    labels.blocks[table.key, index] = BlockColumns(
        table.key,
        index,
        columns=tuple((column.key, column.path) for column in block.columns),
        rowless=all(not row.path for row in block.rows),
    )


def _collect_combined(labels: _Collected, table: Table, name: str, row: CombinedRow) -> None:
    """A combined row, in the block of the rows that it stands for."""
    index = next(at for at, block in enumerate(table.blocks) if _has_part(block, row))
    labels.collect_row(LabelRow(table.key, index, row.key, row.path[-1], name))


def _has_part(block: Block, combined: CombinedRow) -> bool:
    return any(row.key in combined.stands_for for row in block.rows)


def _labels_with_group(edition: Edition) -> dict[str, str]:
    """Group and label printed in one cell -> the label."""
    texts = {}
    for table in edition.tables:
        for block in table.blocks:
            for row in block.rows:
                if len(row.path) > 1:
                    texts["".join(row.path[-2:])] = row.path[-1]
    return texts


def _is_lone(table: Table) -> bool:
    return all(cell.column == "" for cell in table.cells)

"""What the labels of an edition mean in print: row labels, heads of columns, and what only groups or titles them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from toolkit.documents.printed_labels import Labels
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition, Table


@dataclass(frozen=True)
class LabelRow:
    """A row of figures of the form. `merged` names the combined row it is, if it is one."""

    table: str
    block: int
    key: str
    label: str
    combined: str = ""


@dataclass(frozen=True)
class BlockColumns:
    """The columns of one block of a table: (key, path of heads)."""

    table: str
    block: int
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    rowless: bool


@dataclass(frozen=True)
class Vocabulary:
    edition: Edition
    rows: Labels
    row_of: Mapping[str, tuple[LabelRow, ...]]
    heads: Labels
    leaves: frozenset[str]  # heads with figures under them
    groups: Labels  # labels over labels of rows, corners
    titles: Labels
    blocks: Mapping[tuple[str, int], BlockColumns]
    lone: frozenset[str]  # tables with one column that has no key of its own

    def cell(self, row: LabelRow, column: str) -> str:
        """The key of the cell; a rowless block has its figures under its columns alone."""
        parts = [part for part in (row.key, column) if part]
        return ".".join((row.table, *parts))


@cache
def vocabulary(edition_id: str) -> Vocabulary:
    edition = load_edition(edition_id)
    rows: dict[str, list[LabelRow]] = {}
    blocks: dict[tuple[str, int], BlockColumns] = {}
    heads: list[str] = []
    leaves: list[str] = []
    groups: list[str] = []
    titles: list[str] = []
    for table in edition.tables:
        for index, block in enumerate(table.blocks):
            titles += [block.title] if block.title else []
            groups += [block.corner] if block.corner else []
            for row in block.rows:
                if row.path:
                    rows.setdefault(row.path[-1], []).append(
                        LabelRow(table.key, index, row.key, row.path[-1])
                    )
                    groups += row.path[:-1]
            heads += [label for column in block.columns for label in column.path]
            leaves += [column.path[-1] for column in block.columns]
            rowless = all(not row.path for row in block.rows)
            blocks[table.key, index] = BlockColumns(
                table.key, index, tuple((one.key, one.path) for one in block.columns), rowless
            )
        _add_merged(edition, table, rows)
    joined = {
        "".join(path[-2:]): path[-1] for path in _paths(edition)
    }  # group and label in one cell
    for text, label in joined.items():
        rows.setdefault(text, rows[label])
    lone = {table.key for table in edition.tables if all(cell.column == "" for cell in table.cells)}
    return Vocabulary(
        edition,
        Labels(rows),
        {label: tuple(found) for label, found in rows.items()},
        Labels(heads),
        frozenset(leaves),
        Labels(label for label in groups if label not in rows),
        Labels(titles),
        blocks,
        frozenset(lone),
    )


def _paths(edition: Edition) -> list[tuple[str, ...]]:
    return [
        row.path
        for table in edition.tables
        for block in table.blocks
        for row in block.rows
        if len(row.path) > 1
    ]


def _add_merged(edition: Edition, table: Table, rows: dict[str, list[LabelRow]]) -> None:
    for name, (owner, row) in edition.combined_rows.items():
        if owner.key == table.key:
            block = next(
                index
                for index, one in enumerate(table.blocks)
                if any(r.key in row.stands_for for r in one.rows)
            )
            rows.setdefault(row.path[-1], []).append(
                LabelRow(table.key, block, row.key, row.path[-1], name)
            )

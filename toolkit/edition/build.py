"""From the declaration of an edition to its derived records.

These are the cells of tables, the instances of relations, and the sums that make totals.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, takewhile

from toolkit.edition.declared import Block, Column, CombinedRow, RelationBlock, Row, TableFile
from toolkit.edition.model import Cell, Instance, Relation, Table
from toolkit.edition.relation import PRIOR, ExpressionError, Side, Term, parse

_NUMBERING = "0123456789."  # before the label of a row


def build_table(declared: TableFile, title: str, combined: Iterable[CombinedRow] = ()) -> Table:
    """The table with its cells; combined rows replace the rows they stand for."""
    blocks = declared.block
    for row in combined:
        blocks = tuple(_replace_rows(block, row) for block in blocks)
    cells: list[Cell] = []
    for index, block in enumerate(blocks):
        cells += _build_cells(declared, index, block)
    return Table(declared, declared.title or title, blocks, tuple(cells))


def _replace_rows(block: Block, combined: CombinedRow) -> Block:
    """The block with the combined row at the place of the first row that it stands for."""
    rows: list[Row] = []
    for row in block.rows:
        if row.key not in combined.stands_for:
            rows.append(row)
        elif row.key == combined.stands_for[0]:
            rows.append(Row(key=combined.key, path=combined.path, groups=combined.groups))
    return block.model_copy(update={"rows": tuple(rows)})


def _build_cells(declared: TableFile, index: int, block: Block) -> Iterator[Cell]:
    """The cells of a block, row by row."""
    for row_index, row in enumerate(block.rows):
        for column_index, column in enumerate(block.columns):
            parts = [part for part in (*row.key.split("."), *column.key.split(".")) if part]
            row_label, column_label = _cell_labels(block, row, column)
            yield Cell(
                key=".".join((declared.key, *parts)),
                table=declared.key,
                row=parts[0],
                column=parts[1] if len(parts) > 1 else "",
                kind=row.kind or column.kind,
                unit=column.unit if row.unit is None else row.unit,
                total=row.total or column.total,
                row_label=row_label,
                column_label=column_label,
                row_groups=row.groups,
                column_groups=column.groups,
                help=(row.help or "") + (column.help or ""),
                block=index,
                block_row=row_index,
                block_column=column_index,
            )


def _cell_labels(block: Block, row: Row, column: Column) -> tuple[str, str]:
    """The labels of row and column. Where a row has none, the last two of the column's path."""
    if row.path:
        return _row_label(block, row), column.path[-1]
    return column.path[-2], column.path[-1]


def _row_label(block: Block, row: Row) -> str:
    """The short label of a row: the last part, after the part before it where that is needed.

    It is needed in rows of three levels whose last part another row or column also has: of
    （六）其他处理, 3.其他 the label is （六）其他处理3.其他, as there is a column 其他.
    """
    if row.short:
        return row.short
    own = row.path[-1]
    if len(row.path) < 3 or not _has_twins(block, own):
        return own
    return row.path[-2] + own


def _has_twins(block: Block, label: str) -> bool:
    """Whether another row, or a column, has the same label, not counting the row's number."""
    stripped = label.lstrip(_NUMBERING)
    rows = [row for row in block.rows if row.path[-1].lstrip(_NUMBERING) == stripped]
    return len(rows) > 1 or any(column.path[-1] == stripped for column in block.columns)


def build_relation(block: RelationBlock) -> Relation:
    return Relation(block, parse(block.holds), parse(block.when) if block.when else None)


def build_instances(relation: Relation, table: Table) -> tuple[Instance, ...]:
    """One instance per row or column that the relation names (else all), or just one.

    Raises ExpressionError for a name that is not in the table.
    """
    declared = relation.declared
    if not declared.each:
        return (_build_instance(relation, table, "", ""),)
    if declared.each == "row":
        wanted = declared.rows or table.rows
        labels = {row: table.row_label(row) for row in table.rows if row in wanted}
    else:
        wanted = declared.columns or table.columns
        labels = {
            column: table.column_label(column) for column in table.columns if column in wanted
        }
    return tuple(_build_instance(relation, table, place, label) for place, label in labels.items())


def _build_instance(relation: Relation, table: Table, place: str, label: str) -> Instance:
    each = relation.declared.each

    def resolve(term: Term) -> list[str]:
        prior = PRIOR if term.name.startswith(PRIOR) else ""
        name = term.name.removeprefix(PRIOR).removeprefix(f"{table.key}.")
        names = table.group(name) if term.group else (name,)
        if not names:
            raise ExpressionError(f"no group {name!r} in table {table.key!r}")
        return [prior + _cell_key(table, each, place, part) for part in names]

    when = relation.when.expand(resolve) if relation.when else None
    return Instance(relation, place, label, relation.holds.expand(resolve), when)


def _cell_key(table: Table, each: str, place: str, name: str) -> str:
    """The cell that a name means in an instance.

    In an instance for a row, `name` is the column, and the other way round; else it is row.column.
    """
    if each == "row":
        spot = (place, name)
    elif each == "column":
        spot = (name, place)
    else:
        row, _, column = name.partition(".")
        spot = (row, column)
    if spot not in table.at:
        raise ExpressionError(f"no cell {'.'.join(filter(None, spot))!r} in table {table.key!r}")
    return table.at[spot].key


def build_totals(tables: Iterable[Table], instances: Iterable[Instance]) -> Mapping[str, Side]:
    """Total cell -> the sum that makes it.

    That is the other side of the first equality, without condition or last year's figures, that
    has the total alone on one side.
    """
    wanted: set[str] = set()
    for table in tables:
        wanted |= {cell.key for cell in table.cells if cell.total}
    totals: dict[str, Side] = {}
    for instance in instances:
        holds = instance.holds
        if holds.operator != "==" or instance.when or instance.needs_prior:
            continue
        for own, other in ((holds.left, holds.right), (holds.right, holds.left)):
            if _is_lone_cell(own) and own.names[0] in wanted:
                totals.setdefault(own.names[0], other)
                break
    return totals


def _is_lone_cell(side: Side) -> bool:
    return len(side.terms) == 1 and not side.constant and side.terms[0].sign == 1


def combinations_of(combined: Mapping[str, object]) -> Iterator[frozenset[str]]:
    """Every choice of at least one of the combined rows."""
    for size in range(1, len(combined) + 1):
        yield from map(frozenset, combinations(sorted(combined), size))


def common_prefix(paths: list[tuple[str, ...]]) -> int:
    """How many leading parts all paths share."""
    return len(list(takewhile(lambda parts: len(set(parts)) == 1, zip(*paths, strict=False))))

"""From the declaration of an edition to its derived records: cells of tables, instances of relations, sources of totals."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, takewhile

from toolkit.edition.declared import Block, CombinedRow, RelationBlock, Row, TableFile
from toolkit.edition.model import Cell, Instance, Relation, Table
from toolkit.edition.relation import PRIOR, ExpressionError, Side, Term, parse


def build_table(declared: TableFile, title: str, combined: Iterable[CombinedRow] = ()) -> Table:
    """The table with its cells; `merged` rows replace the rows they stand for."""
    blocks = declared.block
    for row in combined:
        blocks = tuple(_replace_rows(block, row) for block in blocks)
    cells = tuple(
        cell for index, block in enumerate(blocks) for cell in _cells(declared, index, block)
    )
    return Table(declared, declared.title or title, blocks, cells)


def _replace_rows(block: Block, combined: CombinedRow) -> Block:
    rows: list[Row] = []
    for row in block.rows:
        if row.key not in combined.stands_for:
            rows.append(row)
        elif row.key == combined.stands_for[0]:
            rows.append(Row(key=combined.key, path=combined.path, groups=combined.groups))
    return block.model_copy(update={"rows": tuple(rows)})


def _cells(declared: TableFile, index: int, block: Block) -> Iterator[Cell]:
    for r, row in enumerate(block.rows):
        for c, column in enumerate(block.columns):
            parts = [part for part in (*row.key.split("."), *column.key.split(".")) if part]
            labels = (
                (*row.path, *column.path)
                if not row.path
                else (_row_label(block, row), column.path[-1])
            )
            yield Cell(
                key=".".join((declared.key, *parts)),
                table=declared.key,
                row=parts[0],
                column=parts[1] if len(parts) > 1 else "",
                kind=row.kind or column.kind,
                unit=column.unit if row.unit is None else row.unit,
                total=row.total or column.total,
                row_label=labels[-2],
                column_label=labels[-1],
                row_groups=row.groups,
                column_groups=column.groups,
                help="".join(filter(None, (row.help, column.help))),
                block=index,
                block_row=r,
                block_column=c,
            )


def _row_label(block: Block, row: Row) -> str:
    """The last part of the label, with the part before where it is not the only one of its kind (3.其他)."""
    if row.short:
        return row.short
    own = row.path[-1]
    stripped = own.lstrip("0123456789.")
    twins = [other for other in block.rows if other.path[-1].lstrip("0123456789.") == stripped]
    twins_among_columns = any(column.path[-1] == stripped for column in block.columns)
    return (
        own
        if len(row.path) < 3 or not (len(twins) > 1 or twins_among_columns)
        else row.path[-2] + own
    )


def build_relation(block: RelationBlock) -> Relation:
    return Relation(block, parse(block.holds), parse(block.when) if block.when else None)


def build_instances(relation: Relation, table: Table) -> tuple[Instance, ...]:
    """One instance per row, per column, or one; a row or column without all named cells (of this year) has none."""
    declared = relation.declared
    if not declared.each:
        return (_instance(relation, table, "", ""),)
    if declared.each == "row":
        places = [row for row in table.rows if row in (declared.rows or table.rows)]
        found = [(row, table.row_label(row)) for row in places]
    else:
        places = [
            column for column in table.columns if column in (declared.columns or table.columns)
        ]
        found = [(column, table.column_label(column)) for column in places]
    return tuple(_instance(relation, table, place, label) for place, label in found)


def _instance(relation: Relation, table: Table, place: str, label: str) -> Instance:
    each = relation.declared.each

    def resolve(term: Term) -> list[str]:
        prior = PRIOR if term.name.startswith(PRIOR) else ""
        name = term.name.removeprefix(PRIOR).removeprefix(f"{table.key}.")
        names = table.group(name) if term.group else (name,)
        if not names:
            raise ExpressionError(f"no group {name!r} in table {table.key!r}")
        return [prior + _key_of(table, each, place, part) for part in names]

    when = relation.when.expand(resolve) if relation.when else None
    return Instance(relation, place, label, relation.holds.expand(resolve), when)


def _key_of(table: Table, each: str, place: str, name: str) -> str:
    """The cell that a name means in an instance: at the row or column the instance stands for, or by its own row and column."""
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
    """Total cell -> the sum that makes it: the other side of the first equality that has the total alone on one side."""
    wanted = {cell.key for table in tables for cell in table.cells if cell.total}
    totals: dict[str, Side] = {}
    for instance in instances:
        if instance.holds.operator != "==" or instance.when or instance.needs_prior:
            continue
        for own, other in (
            (instance.holds.left, instance.holds.right),
            (instance.holds.right, instance.holds.left),
        ):
            if (
                len(own.terms) == 1
                and not own.constant
                and own.terms[0].sign == 1
                and own.names[0] in wanted
            ):
                totals.setdefault(own.names[0], other)
                break
    return totals


def combinations_of(combined: Mapping[str, object]) -> Iterator[frozenset[str]]:
    for size in range(1, len(combined) + 1):
        yield from map(frozenset, combinations(sorted(combined), size))


def common_prefix(paths: list[tuple[str, ...]]) -> int:
    """How many leading parts all paths share."""
    return len(list(takewhile(lambda parts: len(set(parts)) == 1, zip(*paths, strict=False))))

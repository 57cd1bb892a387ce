"""What differs between two editions of the form: tables, rows, columns, relations, what sections are asked to cover."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.edition.declared import Block
from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition, Relation, Table


@dataclass(frozen=True)
class Change:
    """One difference. `what` is a key of [difference] in phrases.toml; `old` or `new` is empty where there is none."""

    what: str
    where: str
    old: str
    new: str


def difference(old: Edition, new: Edition) -> tuple[Change, ...]:
    """Everything that somebody who knows the old form has to learn, in the order of the new one, what is gone last."""
    before, after = ({table.key: table for table in edition.tables} for edition in (old, new))
    found: list[Change] = [Change("table", "", title, "") for title in _titles(before, after)]
    found += [Change("table", "", "", title) for title in _titles(after, before)]
    for key, table in after.items():
        if key in before:
            found += _table(before[key], table, new)
    found += _relations(old, new)
    found += _topics(old, new)
    return tuple(found)


def _titles(own: Mapping[str, Table], other: Mapping[str, Table]) -> list[str]:
    return [table.title for key, table in own.items() if key not in other]


def _table(old: Table, new: Table, edition: Edition) -> Iterator[Change]:
    """Blocks are told apart by their titles, rows and columns by their keys."""
    before, after = ({block.title: block for block in table.blocks} for table in (old, new))
    for title in dict.fromkeys([*after, *before]):
        where = f"{new.title} {title}".strip()
        if title not in after:
            yield Change("block", new.title, f"{title}：{_listed(before[title])}", "")
        elif title not in before:
            yield Change("block", new.title, "", f"{title}：{_listed(after[title])}")
        else:
            yield from _lines(
                "row", where, _rows(before[title]), _rows(after[title]), _merged(new, edition)
            )
            yield from _lines("column", where, _columns(before[title]), _columns(after[title]), {})


def _listed(block: Block) -> str:
    return "、".join([*_rows(block).values(), *_columns(block).values()])


def _rows(block: Block) -> dict[str, str]:
    return {row.key: row.short or row.path[-1] if row.path else "" for row in block.rows}


def _columns(block: Block) -> dict[str, str]:
    return {column.key: column.path[-1] for column in block.columns}


def _merged(table: Table, edition: Edition) -> dict[str, tuple[str, ...]]:
    """A row of older forms -> the rows it was divided into."""
    return {
        row.key: row.stands_for
        for owner, row in edition.combined_rows.values()
        if owner.key == table.key
    }


def _lines(
    what: str,
    where: str,
    old: Mapping[str, str],
    new: Mapping[str, str],
    divided: Mapping[str, Sequence[str]],
) -> Iterator[Change]:
    """Rows or columns of a block: divided ones, renamed ones, and in one the gone and the new."""
    parts = {part for key in old if key in divided for part in divided[key]}
    for key, label in old.items():
        if key in divided and key not in new:
            yield Change(
                f"{what}_divided",
                where,
                label,
                "、".join(new[part] for part in divided[key] if part in new),
            )
        elif key in new and normalise(new[key]) != normalise(label):
            yield Change(f"{what}_renamed", where, label, new[key])
    gone = [label for key, label in old.items() if key not in new and key not in divided]
    added = [label for key, label in new.items() if key not in old and key not in parts]
    if gone or added:
        yield Change(what, where, "、".join(gone), "、".join(added))


def _relations(old: Edition, new: Edition) -> Iterator[Change]:
    before, after = ({one.name: one for one in edition.relations} for edition in (old, new))
    for name in dict.fromkeys([*after, *before]):
        sides = [_says(side[name]) if name in side else "" for side in (before, after)]
        if sides[0] != sides[1]:
            yield Change("relation", (after.get(name) or before[name]).code, sides[0], sides[1])


def _says(relation: Relation) -> str:
    return relation.declared.says


def _topics(old: Edition, new: Edition) -> Iterator[Change]:
    """What the sections of the prose are asked to cover."""
    before = {section.key: section for section in old.sections}
    for section in new.sections:
        last = before.get(section.key)
        sides = [
            "、".join((*one.suggested, *(mention.word for mention in one.mentions))) if one else ""
            for one in (last, section)
        ]
        if sides[0] != sides[1]:
            yield Change("topics", section.heading, sides[0], sides[1])
        if last and last.prompt != section.prompt:
            yield Change("prompt", section.heading, last.prompt, section.prompt)

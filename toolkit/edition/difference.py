"""What differs between two editions of the form: tables, rows, columns, relations, topics.

Topics are what the sections of the prose are asked to cover.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.edition.declared import Block, Section
from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition, Relation, Table


@dataclass(frozen=True)
class Change:
    """One difference. `what` is a key of [difference] in phrases.toml.

    `old` is empty for what is new, `new` for what is gone.
    """

    what: str
    where: str
    old: str
    new: str


def difference(old: Edition, new: Edition) -> tuple[Change, ...]:
    """Everything that somebody who knows the old form has to learn.

    Tables that are gone or new come first, then the changes in the order of the new form.
    """
    before = {table.key: table for table in old.tables}
    after = {table.key: table for table in new.tables}
    changes = [Change("table", "", title, "") for title in _titles_missing_in(after, before)]
    changes += [Change("table", "", "", title) for title in _titles_missing_in(before, after)]
    for key, table in after.items():
        if key in before:
            changes += _compare_tables(before[key], table, new)
    changes += _compare_relations(old, new)
    changes += _compare_topics(old, new)
    return tuple(changes)


def _titles_missing_in(other: Mapping[str, Table], own: Mapping[str, Table]) -> list[str]:
    """The titles of own tables that the other edition does not have."""
    return [table.title for key, table in own.items() if key not in other]


def _compare_tables(old: Table, new: Table, edition: Edition) -> Iterator[Change]:
    """Blocks are told apart by their titles, rows and columns by their keys."""
    before = {block.title: block for block in old.blocks}
    after = {block.title: block for block in new.blocks}
    for title in dict.fromkeys([*after, *before]):
        where = f"{new.title} {title}".strip()
        if title not in after:
            yield Change("block", new.title, f"{title}：{_list_labels(before[title])}", "")
        elif title not in before:
            yield Change("block", new.title, "", f"{title}：{_list_labels(after[title])}")
        else:
            rows_before, rows_after = _row_labels(before[title]), _row_labels(after[title])
            divided = _divided_rows(new, edition)
            yield from _compare_lines("row", where, rows_before, rows_after, divided)
            columns_before = _column_labels(before[title])
            columns_after = _column_labels(after[title])
            yield from _compare_lines("column", where, columns_before, columns_after, {})


def _list_labels(block: Block) -> str:
    return "、".join([*_row_labels(block).values(), *_column_labels(block).values()])


def _row_labels(block: Block) -> dict[str, str]:
    """Row key -> its short label; empty for a row without labels."""
    labels: dict[str, str] = {}
    for row in block.rows:
        labels[row.key] = (row.short or row.path[-1]) if row.path else ""
    return labels


def _column_labels(block: Block) -> dict[str, str]:
    return {column.key: column.path[-1] for column in block.columns}


def _divided_rows(table: Table, edition: Edition) -> dict[str, tuple[str, ...]]:
    """A row of older forms -> the rows that it was divided into."""
    return {
        row.key: row.stands_for
        for owner, row in edition.combined_rows.values()
        if owner.key == table.key
    }


def _compare_lines(
    what: str,
    where: str,
    old: Mapping[str, str],
    new: Mapping[str, str],
    divided: Mapping[str, Sequence[str]],
) -> Iterator[Change]:
    """Rows or columns of a block: divided ones, renamed ones, and in one change the gone and new.

    `old` and `new` are labels by their keys.
    """
    parts: set[str] = set()
    for key, label in old.items():
        if key in divided:
            parts.update(divided[key])
        if key in divided and key not in new:
            labels = [new[part] for part in divided[key] if part in new]
            yield Change(f"{what}_divided", where, label, "、".join(labels))
        elif key in new and normalise(new[key]) != normalise(label):
            yield Change(f"{what}_renamed", where, label, new[key])
    gone = [label for key, label in old.items() if key not in new and key not in divided]
    added = [label for key, label in new.items() if key not in old and key not in parts]
    if gone or added:
        yield Change(what, where, "、".join(gone), "、".join(added))


def _compare_relations(old: Edition, new: Edition) -> Iterator[Change]:
    before = {relation.name: relation for relation in old.relations}
    after = {relation.name: relation for relation in new.relations}
    for name in dict.fromkeys([*after, *before]):
        relation = after.get(name) or before[name]
        old_words, new_words = _words_of(before.get(name)), _words_of(after.get(name))
        if old_words != new_words:
            yield Change("relation", relation.code, old_words, new_words)


def _words_of(relation: Relation | None) -> str:
    return relation.declared.says if relation else ""


def _compare_topics(old: Edition, new: Edition) -> Iterator[Change]:
    """What the sections of the prose are asked to cover, and how they are asked."""
    before = {section.key: section for section in old.sections}
    for section in new.sections:
        last = before.get(section.key)
        old_topics, new_topics = _topics_of(last), _topics_of(section)
        if old_topics != new_topics:
            yield Change("topics", section.heading, old_topics, new_topics)
        if last and last.prompt != section.prompt:
            yield Change("prompt", section.heading, last.prompt, section.prompt)


def _topics_of(section: Section | None) -> str:
    if section is None:
        return ""
    mentions = [mention.word for mention in section.mentions]
    return "、".join((*section.suggested, *mentions))

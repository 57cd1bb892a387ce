"""Editions for people: their relations, two of them side by side, and what was taken over from
last year's report.
"""

from collections.abc import Iterable, Iterator

from rich.table import Table

from toolkit.edition.difference import Change, difference
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition, Relation
from toolkit.phrases import phrases
from toolkit.record.takeover import TakenOver

MOST = 6  # names in one line


def differences_table(old_id: str, new_id: str) -> Table:
    """The differences of two editions as a table."""
    old, new = load_edition(old_id), load_edition(new_id)
    words = phrases().difference
    table = Table(title=words.title.format(old=old.title, new=new.title), show_lines=True)
    for name in (*words.columns, old.title, new.title):
        table.add_column(name, overflow="fold")
    for change in difference(old, new):
        table.add_row(
            words.word(change.what),
            change.where,
            change.old or words.none,
            change.new or words.none,
        )
    return table


def takeover_lines(edition: Edition, done: TakenOver) -> Iterator[str]:
    """What became of last year's report, line by line."""
    words = phrases().take_over
    titles = {"old": load_edition(done.edition).title, "new": edition.title}
    if done.fields:
        labels = [edition.fields[key].label for key in done.fields]
        yield words.fields.format(names=_first_names(labels))
    if done.filled:
        rows = [edition.cells[key].row_label for key in done.filled]
        names = _first_names(list(dict.fromkeys(rows)))
        yield words.filled.format(count=len(done.filled), rows=names)
    if done.shown:
        yield words.shown.format(year=done.year, count=len(done.shown))
    if done.headings:
        yield words.headings.format(names=_section_names(edition, done.headings))
    if done.headings_left:
        yield words.headings_left.format(names=_section_names(edition, done.headings_left))
    if done.left:
        yield words.left.format(names=_first_names(_left_rows(done)), **titles)
    if done.changes:
        yield words.changes.format(**titles)
        for change in done.changes:
            if change.what not in ("relation", "prompt"):
                yield f"  {_change_in_words(change)}"
        yield words.more.format(old=done.edition, new=edition.id)
    if not (done.fields or done.filled or done.shown or done.headings):
        yield words.nothing


def _section_names(edition: Edition, keys: Iterable[str]) -> str:
    return _first_names([edition.section(key).heading for key in keys])


def _left_rows(done: TakenOver) -> list[str]:
    """The rows of last year's form that have no place in this year's, by its own labels."""
    last = load_edition(done.edition)
    cells = dict(last.cells)
    for variant in last.variants.values():
        cells |= variant.cells
    labels = [cells[key].row_label for key in done.left if key in cells]
    return list(dict.fromkeys(labels))


def _change_in_words(change: Change) -> str:
    words = phrases().difference
    where = f"{change.where}：" if change.where else ""
    old, new = change.old or words.none, change.new or words.none
    return f"{words.word(change.what)} {where}{old} → {new}"


def _first_names(names: list[str]) -> str:
    """The names, the first few where there are many, and how many there are."""
    shown = "、".join(names[:MOST])
    if len(names) <= MOST:
        return shown
    return shown + phrases().take_over.others.format(count=len(names))


def rules_table(edition_id: str) -> Table:
    """The relations of an edition as a table."""
    edition = load_edition(edition_id)
    words = phrases().rules
    table = Table(title=words.title.format(edition=edition.title), show_lines=False)
    for name in words.columns:
        table.add_column(name, overflow="fold")
    for relation in edition.relations:
        declared = relation.declared
        table.add_row(
            declared.id,
            phrases().severity.word(declared.severity.value),
            edition.table(declared.table).declared.short,
            f"{declared.says}。",
            relation_scope(edition, relation),
        )
    return table


def relation_scope(edition: Edition, relation: Relation) -> str:
    """Which cells, years and units a relation is for: 每一行；2021年起；乡镇（街道）."""
    declared, words = relation.declared, phrases().rules
    parts = [words.each[declared.each]]
    if declared.years.first:
        parts.append(words.since.format(year=declared.years.first))
    if declared.levels:
        names = dict(edition.profile.choices["levels"])
        parts.append("、".join(names[level] for level in declared.levels))
    return "；".join(parts)

"""Editions for people: their relations, two of them side by side, and what was taken over from last year's report."""

from collections.abc import Iterator

from rich.table import Table

from toolkit.edition.difference import Change, difference
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
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
    old = {"old": load_edition(done.edition).title, "new": edition.title}
    if done.fields:
        yield words.fields.format(names=_some([edition.fields[key].label for key in done.fields]))
    if done.filled:
        rows = dict.fromkeys(edition.cells[key].row_label for key in done.filled)
        yield words.filled.format(count=len(done.filled), rows=_some(list(rows)))
    if done.shown:
        yield words.shown.format(year=done.year, count=len(done.shown))
    for kept, sections in (("headings", done.headings), ("headings_left", done.headings_left)):
        if sections:
            yield words.word(kept).format(
                names=_some([edition.section(key).heading for key in sections])
            )
    if done.left:
        yield words.left.format(names=_some(_rows(done)), **old)
    if done.changes:
        yield words.changes.format(**old)
        yield from (
            f"  {_change(one)}" for one in done.changes if one.what not in ("relation", "prompt")
        )
        yield words.more.format(old=done.edition, new=edition.id)
    if not (done.fields or done.filled or done.shown or done.headings):
        yield words.nothing


def _rows(done: TakenOver) -> list[str]:
    """The rows of last year's form, by its own labels."""
    last = load_edition(done.edition)
    cells = {
        key: cell for form in (last, *last.variants.values()) for key, cell in form.cells.items()
    }
    return list(dict.fromkeys(cells[key].row_label for key in done.left if key in cells))


def _change(one: Change) -> str:
    words = phrases().difference
    where = f"{one.where}：" if one.where else ""
    return f"{words.word(one.what)} {where}{one.old or words.none} → {one.new or words.none}"


def _some(names: list[str]) -> str:
    return "、".join(names[:MOST]) + (
        phrases().take_over.others.format(count=len(names)) if len(names) > MOST else ""
    )


def rules_table(edition_id: str) -> Table:
    """The relations of an edition as a table."""
    edition = load_edition(edition_id)
    table = Table(title=f"{edition.title}的勾稽关系", show_lines=False)
    for name in ("编号", "程度", "表", "关系", "适用"):
        table.add_column(name, overflow="fold")
    for relation in edition.relations:
        declared = relation.declared
        scope = {"row": "每一行", "column": "每一列", "": "全表"}[declared.each]
        limits = [f"{declared.years.first}年起"] if declared.years.first else []
        if declared.levels:
            names = dict(edition.profile.choices["levels"])
            limits.append("、".join(names[level] for level in declared.levels))
        words = f"{declared.says}。"
        table.add_row(
            declared.id,
            phrases().severity.word(declared.severity.value),
            edition.table(declared.table).declared.short,
            words,
            "；".join([scope, *limits]),
        )
    return table

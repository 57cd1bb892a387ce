"""The pages of the relations and of the finding codes."""

from collections.abc import Mapping

from toolkit.codes import catalogue
from toolkit.edition.load import edition_ids, load_edition
from toolkit.edition.model import Edition, Relation, Table
from toolkit.edition.relation import PRIOR
from toolkit.formatters.editions import relation_scope
from toolkit.manual.markup import Parts, edition_title, list_text, table_text
from toolkit.phrases import phrases


def relations_page() -> Parts:
    """The relations of every edition with examples, then the likely causes that are known."""
    words = phrases().manual
    for name in edition_ids():
        edition = load_edition(name)
        yield f"## {edition_title(edition)}"
        rows = [_relation_row(edition, relation) for relation in edition.relations]
        yield table_text(words.relation_columns, rows)
        for relation in edition.relations:
            yield from _relation_parts(edition, relation)
    yield f"## {words.causes_title}"
    yield words.causes_intro
    kinds = [kind for kind in phrases().causes.entries() if kind != "label"]
    yield list_text([words.slips[kind] for kind in kinds])


def _relation_row(edition: Edition, relation: Relation) -> list[str]:
    declared = relation.declared
    return [
        relation.code,
        phrases().severity.word(declared.severity.value),
        edition.table(declared.table).declared.short,
        relation_scope(edition, relation),
        declared.says,
    ]


def _relation_parts(edition: Edition, relation: Relation) -> Parts:
    """The relation, how to mend it, and figures for which it holds and does not hold."""
    words, declared = phrases().manual, relation.declared
    yield f"### {relation.code}：{declared.says}"
    explainable = words.explainable if declared.explainable else words.unexplainable
    lines = [words.remedy.format(text=declared.remedy) + explainable]
    for word, examples in ((words.passes, declared.passes), (words.fails, declared.fails)):
        lines += [f"{word}：{_example_text(edition, relation, example)}" for example in examples]
    yield list_text(lines)


def _example_text(edition: Edition, relation: Relation, figures: Mapping[str, int]) -> str:
    table = edition.table(relation.declared.table)
    named = [f"{_label(relation, table, name)} {figure}" for name, figure in figures.items()]
    return f"{'，'.join(named)}（{phrases().manual.others}）"


def _label(relation: Relation, table: Table, name: str) -> str:
    """What a name of an expression is called in the form."""
    own = name.removeprefix(PRIOR)
    before = phrases().manual.last_year if name.startswith(PRIOR) else ""
    if relation.declared.each == "row":
        return before + table.column_label(own)
    if relation.declared.each:
        return before + table.row_label(own)
    row, _, column = own.partition(".")
    return before + table.row_label(row) + (table.column_label(column) if column else "")


def findings_page() -> Parts:
    """Every finding code with its meaning, an example and its remedy."""
    words = phrases().manual
    yield words.codes_intro.format(title=words.pages["relations"])
    for code, entry in catalogue().items():
        severity = phrases().severity.word(entry.severity.value)
        yield f"### {code}（{severity}）`{entry.name}`"
        # A remedy with blanks depends on the case: it is given in the finding.
        remedy = words.remedy_in_finding if "{" in entry.remedy else entry.remedy
        lines = [words.example.format(text=entry.example), words.remedy.format(text=remedy)]
        yield f"{entry.meaning}\n\n{list_text(lines)}"

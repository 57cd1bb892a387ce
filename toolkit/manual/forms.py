"""The page of the forms: every cell, field and section, and how the editions differ."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from toolkit.edition.declared import Column, FieldEntry, Row
from toolkit.edition.difference import difference
from toolkit.edition.load import edition_ids, load_edition
from toolkit.edition.model import Edition, Table
from toolkit.manual.markup import Parts, edition_title, list_text, table_text
from toolkit.phrases import phrases


def forms_page() -> Parts:
    for name in edition_ids():
        yield from _edition_parts(load_edition(name))
    for before, after in pairwise(edition_ids()):
        yield from _difference_parts(load_edition(before), load_edition(after))


def _edition_parts(edition: Edition) -> Parts:
    """Basis, fields, declarations, tables and sections of an edition."""
    words = phrases().manual
    yield f"## {edition_title(edition)}"
    yield list_text(edition.basis)
    yield f"### {words.fields}"
    fields: list[FieldEntry] = []
    for _, entries in edition.field_groups:
        fields += entries
    yield table_text(words.field_columns, [_field_row(entry) for entry in fields])
    yield f"{words.declared}："
    covered = [
        f"{entry.label}：{_covered(edition, entry.covers)}" for entry in edition.declarations
    ]
    yield list_text(covered)
    for table in edition.tables:
        yield f"### {table.title}（`{table.key}`）"
        yield table.declared.help
        yield from _table_parts(table)
    yield f"### {words.sections}"
    yield table_text(words.section_columns, list(_section_rows(edition)))


def _field_row(entry: FieldEntry) -> list[str]:
    words = phrases().manual
    required = words.required if entry.required else ""
    return [entry.label, f"`{entry.key}`", words.field_kinds[entry.kind], required + entry.help]


def _covered(edition: Edition, keys: Sequence[str]) -> str:
    """What a declaration covers: whole tables by name, else the columns."""
    names = []
    for key in dict.fromkeys(key.split(".")[0] for key in keys):
        table = edition.table(key)
        inputs = {cell.key for cell in table.cells if not cell.total}
        columns = [cell.column_label for cell in table.cells if cell.key in keys]
        short = table.declared.short
        is_whole = inputs <= set(keys)
        names.append(short if is_whole else f"{short}（{'、'.join(dict.fromkeys(columns))}）")
    return "、".join(names)


def _table_parts(table: Table) -> Parts:
    """Rows and columns of every block; a cell is `table.row.column`."""
    words = phrases().manual
    for block in table.blocks:
        if block.title:
            yield f"#### {block.title}"
        for title, lines in ((words.rows, block.rows), (words.columns, block.columns)):
            rows = [_line_row(line) for line in lines if line.key]
            if rows:
                yield f"{title}："
                yield table_text(words.cell_columns, rows)


def _line_row(line: Row | Column) -> list[str]:
    """A row or column of the form: its labels, its key, what is filled in, and its help."""
    words = phrases().manual
    filled = ""
    if line.total:
        filled = words.computed
    elif line.kind:
        unit = words.unit.format(unit=line.unit) if line.unit else ""
        filled = words.kinds[line.kind.value] + unit
    return [" ".join(line.path), f"`{line.key}`", filled, line.help or ""]


def _section_rows(edition: Edition) -> Iterator[list[str]]:
    for section in edition.sections:
        mentions = "、".join(mention.word for mention in section.mentions)
        prompt = (phrases().manual.required if section.required else "") + section.prompt
        yield [section.heading, f"`{section.key}`", prompt, "、".join(section.suggested), mentions]


def _difference_parts(old: Edition, new: Edition) -> Parts:
    words = phrases().difference
    yield f"## {words.title.format(old=old.title, new=new.title)}"
    rows = [
        [words.word(change.what), change.where, change.old or words.none, change.new or words.none]
        for change in difference(old, new)
    ]
    yield table_text([*words.columns, old.title, new.title], rows)

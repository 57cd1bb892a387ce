"""The manual in docs/, printed by the code: commands, relations, finding codes, and every cell, field and section of the forms.

`python -m toolkit.manual` writes it anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from typer.main import get_command

from toolkit.codes import catalogue
from toolkit.commands.cli import app
from toolkit.commands.console import render_plain
from toolkit.commands.exits import Exit
from toolkit.edition.declared import Column, Row
from toolkit.edition.difference import difference
from toolkit.edition.load import edition_ids, load_edition
from toolkit.edition.model import Edition, Relation, Table
from toolkit.edition.relation import PRIOR
from toolkit.formatters.text import findings_text
from toolkit.jobs.check import check_files
from toolkit.phrases import phrases
from toolkit.templates import shipped

EXITS = {
    Exit.OK: "没有必须改的问题",
    Exit.FINDINGS: "有必须改的问题（加 --strict 时还有没说明的问题），或者报告没有写",
    Exit.USAGE: "命令写得不对，文件已有而没有加 --force，或者那一年没有统一格式",
    Exit.INPUT: "文件找不到或者不能读取",
    Exit.INTERNAL: "程序内部出错",
}

Parts = Iterator[str]


def manual() -> Parts:
    """The first page: where the others are, commands, exit codes."""
    words = phrases().manual
    yield words.intro
    yield "\n".join(
        f"- [{title}]({page}.md)" for page, title in words.pages.items() if page != "manual"
    )
    yield "## 命令"
    group: Any = get_command(app)
    for name, command in group.commands.items():
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        yield f"### `{' '.join(['toolkit', name, *(one.metavar or one.name for one in arguments)])}`"
        yield command.help or ""
        rows = [[one.metavar or one.name, getattr(one, "help", "") or ""] for one in arguments]
        rows += [
            [", ".join(one.opts), one.help or ""]
            for one in command.params
            if one.param_type_name == "option"
        ]
        yield _table(["写什么", "意思"], rows)
    yield "## 退出码"
    yield _table(["码", "意思"], [[str(int(code)), meaning] for code, meaning in EXITS.items()])


# --- relations


def relations() -> Parts:
    words = phrases().manual
    for name in edition_ids():
        edition = load_edition(name)
        yield f"## {_title(edition)}"
        yield _table(
            words.relation_columns, [_relation_row(edition, one) for one in edition.relations]
        )
        for one in edition.relations:
            yield from _relation(edition, one)
    yield f"## {words.causes_title}"
    yield words.causes_intro
    yield "\n".join(
        f"- {words.slips[kind]}" for kind in phrases().causes.entries() if kind != "label"
    )


def _relation_row(edition: Edition, one: Relation) -> list[str]:
    declared, severity = one.declared, phrases().severity
    return [
        one.code,
        severity.word(declared.severity.value),
        edition.table(declared.table).declared.short,
        _applies(edition, one),
        declared.says,
    ]


def _applies(edition: Edition, one: Relation) -> str:
    names = dict(edition.profile.choices["levels"])
    parts = [phrases().manual.each[one.declared.each]]
    parts += [f"{one.declared.years.first}年起"] if one.declared.years.first else []
    parts += (
        ["、".join(names[level] for level in one.declared.levels)] if one.declared.levels else []
    )
    return "；".join(parts)


def _relation(edition: Edition, one: Relation) -> Parts:
    words, declared = phrases().manual, one.declared
    yield f"### {one.code}：{declared.says}"
    shown = [(words.passes, figures) for figures in declared.passes] + [
        (words.fails, figures) for figures in declared.fails
    ]
    lines = [
        f"- 怎么改：{declared.remedy}{words.word('explainable' if declared.explainable else 'unexplainable')}"
    ]
    lines += [f"- {word}：{_example(edition, one, figures)}" for word, figures in shown]
    yield "\n".join(lines)


def _example(edition: Edition, one: Relation, figures: Mapping[str, int]) -> str:
    table = edition.table(one.declared.table)
    return (
        "，".join(f"{_name(one, table, name)} {figure}" for name, figure in figures.items())
        + f"（{phrases().manual.others}）"
    )


def _name(one: Relation, table: Table, name: str) -> str:
    """What a name of an expression is called in the form."""
    before, own = ("上年" if name.startswith(PRIOR) else ""), name.removeprefix(PRIOR)
    if one.declared.each:
        return before + (
            table.column_label(own) if one.declared.each == "row" else table.row_label(own)
        )
    row, _, column = own.partition(".")
    return before + table.row_label(row) + (table.column_label(column) if column else "")


# --- findings


def findings() -> Parts:
    severity = phrases().severity
    yield f"关系的编号见[{phrases().manual.pages['relations']}](relations.md)。"
    for code, entry in catalogue().items():
        yield f"### {code}（{severity.word(entry.severity.value)}）`{entry.name}`"
        yield f"{entry.meaning}\n\n- 例子：{entry.example}\n- 怎么改：{_remedy(entry.remedy)}"


def _remedy(template: str) -> str:
    """A remedy that only the case at hand knows is told there."""
    return template if "{" not in template else "见问题里写的办法。"


# --- the forms


def form() -> Parts:
    words = phrases().manual
    for name in edition_ids():
        edition = load_edition(name)
        yield f"## {_title(edition)}"
        yield "\n".join(f"- {basis}" for basis in edition.basis)
        yield f"### {words.fields}"
        fields = [entry for _, entries in edition.field_groups for entry in entries]
        yield _table(words.field_columns, [_field(entry) for entry in fields])
        yield f"{words.declared}："
        yield "\n".join(
            f"- {one.label}：{_covered(edition, one.covers)}" for one in edition.declarations
        )
        for table in edition.tables:
            yield f"### {table.title}（`{table.key}`）"
            yield table.declared.help
            yield from _cells(table)
        yield f"### {words.sections}"
        yield _table(words.section_columns, list(_sections(edition)))
    yield from _differences()


def _field(entry: Any) -> list[str]:
    words = phrases().manual
    return [
        entry.label,
        f"`{entry.key}`",
        words.field_kinds[entry.kind],
        (words.required if entry.required else "") + entry.help,
    ]


def _covered(edition: Edition, keys: Sequence[str]) -> str:
    """Whole tables by name, else the columns."""
    tables = dict.fromkeys(key.split(".")[0] for key in keys)
    names = []
    for key in tables:
        table = edition.table(key)
        own = {cell.key for cell in table.cells if not cell.total}
        columns = dict.fromkeys(cell.column_label for cell in table.cells if cell.key in keys)
        names.append(
            table.declared.short + ("" if own <= set(keys) else "（" + "、".join(columns) + "）")
        )
    return "、".join(names)


def _cells(table: Table) -> Parts:
    """Rows and columns of every block; a cell is `table.row.column`."""
    words = phrases().manual
    for block in table.blocks:
        if block.title:
            yield f"#### {block.title}"
        for title, lines in ((words.rows, block.rows), (words.columns, block.columns)):
            rows = [_line(one) for one in lines if one.key]
            if rows:
                yield f"{title}："
                yield _table(words.cell_columns, rows)


def _line(one: Row | Column) -> list[str]:
    words = phrases().manual
    kind = (
        words.kinds[one.kind.value] + (f"，单位{one.unit}" if one.unit else "") if one.kind else ""
    )
    return [
        " ".join(one.path),
        f"`{one.key}`",
        words.computed if one.total else kind,
        one.help or "",
    ]


def _sections(edition: Edition) -> Iterator[list[str]]:
    for section in edition.sections:
        mentions = "、".join(one.word for one in section.mentions)
        prompt = (phrases().manual.required if section.required else "") + section.prompt
        yield [section.heading, f"`{section.key}`", prompt, "、".join(section.suggested), mentions]


def _differences() -> Parts:
    words, ids = phrases().difference, edition_ids()
    for before, after in pairwise(ids):
        old, new = load_edition(before), load_edition(after)
        yield f"## {words.title.format(old=old.title, new=new.title)}"
        rows = [
            [words.word(one.what), one.where, one.old or words.none, one.new or words.none]
            for one in difference(old, new)
        ]
        yield _table([*words.columns, old.title, new.title], rows)


def _title(edition: Edition) -> str:
    last = f"—{edition.last_year}" if edition.last_year < 9999 else "年起"
    return f"{edition.title}（{edition.first_year}{last}）"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in line) + " |"
        for line in lines
    )


# --- pages

SAMPLE = "samples/broken/T3-01.xlsx"
START, END = "<!-- check -->", "<!-- /check -->"
PAGES = {"manual": manual, "relations": relations, "findings": findings, "form": form}


def with_example(readme: str, root: Path) -> str:
    """A README with what `toolkit check` prints on the broken sample, between its two marks."""
    outcomes, _, _ = check_files([root / SAMPLE], None)
    shown = render_plain(
        findings_text([replace(outcome, file=SAMPLE) for outcome in outcomes])
    ).rstrip()
    before, rest = readme.split(START)
    return f"{before}{START}\n```\n{shown}\n```\n{END}{rest.split(END)[1]}"


def pages(root: Path) -> dict[Path, str]:
    """Every page that the code prints, with what it should hold."""
    titles = phrases().manual.pages
    found = {
        root / "docs" / f"{name}.md": "\n\n".join([f"# {titles[name]}", *parts()]) + "\n"
        for name, parts in PAGES.items()
    }
    for name in ("README.md", "README.zh-CN.md"):
        found[root / name] = with_example((root / name).read_text(encoding="utf-8"), root)
    return found


if __name__ == "__main__":
    for page, content in pages(shipped("workbook_templates").parent).items():
        page.write_text(content, encoding="utf-8")

"""The manual (docs/manual.md), printed by the code: commands, relations, finding codes, editions.

`python -m toolkit.manual` writes it anew.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from typer.main import get_command

from toolkit.batch import check_files
from toolkit.cli import app
from toolkit.codes import catalogue
from toolkit.console import rendered
from toolkit.edition.load import edition_ids, load_edition
from toolkit.edition.model import Edition
from toolkit.exits import Exit
from toolkit.show import text
from toolkit.templates import phrases, shipped

EXITS = {
    Exit.OK: "没有必须改的问题",
    Exit.FINDINGS: "有必须改的问题（加 --strict 时还有没说明的问题），或者报告没有写",
    Exit.USAGE: "命令写得不对，文件已有而没有加 --force，或者那一年没有统一格式",
    Exit.INPUT: "文件找不到或者不能读取",
    Exit.INTERNAL: "程序内部出错",
}


def manual() -> str:
    """The whole manual as Markdown."""
    parts = ["# 使用手册", "本手册由程序生成（`python -m toolkit.manual`），和程序一致。"]
    parts += ["## 命令", *_commands(), "## 退出码", _table(["码", "意思"], [[str(int(code)), words] for code, words in EXITS.items()])]
    for name in edition_ids():
        parts += _edition(load_edition(name))
    parts += ["## 问题编号", "关系的编号见上面各格式版本的勾稽关系。", *_codes()]
    return "\n\n".join(parts) + "\n"


def _commands() -> list[str]:
    group: Any = get_command(app)
    parts = []
    for name, command in group.commands.items():
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        usage = " ".join(["toolkit", name, *(one.metavar or one.name for one in arguments)])
        rows = [[", ".join(one.opts), one.help or ""] for one in command.params if one.param_type_name == "option"]
        rows = [[one.metavar or one.name, getattr(one, "help", "") or ""] for one in arguments] + rows
        parts += [f"### `{usage}`", command.help or "", _table(["写什么", "意思"], rows)]
    return parts


def _edition(edition: Edition) -> list[str]:
    last = f"—{edition.last_year}" if edition.last_year < 9999 else "年起"
    severity = phrases()["severity"]
    rows = [
        [
            one.code,
            severity[one.declared.severity.value],
            edition.table(one.declared.table).declared.short,
            f"{one.declared.says}。{one.declared.remedy}",
        ]
        for one in edition.relations
    ]
    fields = [[entry.label, entry.help] for _, entries in edition.field_groups for entry in entries]
    return [
        f"## {edition.title}（{edition.first_year}{last}）",
        "\n".join(f"- {basis}" for basis in edition.basis),
        "### 勾稽关系",
        _table(["编号", "程度", "表", "关系和改法"], rows),
        "### 基本信息",
        _table(["项目", "说明"], fields),
    ]


def _codes() -> list[str]:
    severity = phrases()["severity"]
    return [
        f"### {code}（{severity[entry.severity.value]}）\n\n{entry.meaning}\n\n- 例子：{entry.example}\n- 怎么改：{entry.remedy}"
        for code, entry in catalogue().items()
    ]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


SAMPLE = "samples/broken/T3-01.xlsx"
START, END = "<!-- check -->", "<!-- /check -->"


def with_example(readme: str, root: Path) -> str:
    """A README with what `toolkit check` prints on the broken sample, between its two marks."""
    outcomes, _, _ = check_files([root / SAMPLE], None)
    shown = rendered(text([replace(outcome, file=SAMPLE) for outcome in outcomes])).rstrip()
    before, rest = readme.split(START)
    return f"{before}{START}\n```\n{shown}\n```\n{END}{rest.split(END)[1]}"


def pages(root: Path) -> dict[Path, str]:
    """Every page that the code prints, with what it should hold."""
    found = {root / "docs" / "manual.md": manual()}
    for name in ("README.md", "README.zh-CN.md"):
        found[root / name] = with_example((root / name).read_text(encoding="utf-8"), root)
    return found


if __name__ == "__main__":
    for page, content in pages(shipped("workbook_templates").parent).items():
        page.write_text(content, encoding="utf-8")

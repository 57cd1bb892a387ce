"""The manual in docs/, printed by the code.

It has the commands, relations, finding codes, and every cell, field and section of the forms.
`python -m toolkit.manual` writes it anew.
"""

from dataclasses import replace
from pathlib import Path

from toolkit.commands.console import render_plain
from toolkit.formatters.text import findings_text
from toolkit.jobs.check import check_files
from toolkit.manual.commands import commands_page
from toolkit.manual.forms import forms_page
from toolkit.manual.relations import findings_page, relations_page
from toolkit.phrases import phrases

SAMPLE = "samples/broken/T3-01.xlsx"
START, END = "<!-- check -->", "<!-- /check -->"
PAGES = {
    "manual": commands_page,
    "relations": relations_page,
    "findings": findings_page,
    "form": forms_page,
}


def with_example(readme: str, root: Path) -> str:
    """A README with what `toolkit check` prints on the broken sample, between its two marks."""
    outcomes, _, _ = check_files([root / SAMPLE], None)
    named = [replace(outcome, file=SAMPLE) for outcome in outcomes]
    shown = render_plain(findings_text(named)).rstrip()
    before, rest = readme.split(START)
    return f"{before}{START}\n```\n{shown}\n```\n{END}{rest.split(END)[1]}"


def pages(root: Path) -> dict[Path, str]:
    """Every page that the code prints, with what it should hold."""
    titles = phrases().manual.pages
    contents = {}
    for name, parts in PAGES.items():
        text = "\n\n".join([f"# {titles[name]}", *parts()])
        contents[root / "docs" / f"{name}.md"] = text + "\n"
    for name in ("README.md", "README.zh-CN.md"):
        contents[root / name] = with_example((root / name).read_text(encoding="utf-8"), root)
    return contents

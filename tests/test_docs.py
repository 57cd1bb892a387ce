"""What the code prints is what the documents say."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

from toolkit.codes import catalogue, make_finding
from toolkit.edition.declared import Column, Row
from toolkit.edition.model import Edition
from toolkit.manual import pages

ROOT = Path(__file__).parent.parent


def test_printed_pages_are_up_to_date() -> None:
    for page, content in pages(ROOT).items():
        assert page.read_text(encoding="utf-8") == content, f"{page.name}: run `make manual`"


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in (ROOT / "toolkit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "make_finding":
                yield f"{path.name}:{node.lineno}", node


def test_every_finding_is_made_with_the_words_of_its_template() -> None:
    """A call whose name or words are not written out (`**words`) is held by the tests of its module."""
    entries = {entry.name: entry for entry in catalogue().values()}
    taken = set(inspect.signature(make_finding).parameters) - {"name"}  # which a template may use
    checked = 0
    for where, call in _calls():
        if not isinstance(call.args[0], ast.Constant):
            continue
        name = call.args[0].value
        assert isinstance(name, str), where
        entry = entries.get(name)
        assert entry is not None, f"{where}: no finding is called {name}"
        given = {keyword.arg for keyword in call.keywords}
        if None not in given:
            parts = [
                part for text in (entry.message, entry.remedy) for part in Formatter().parse(text)
            ]
            assert given - taken == {word for _, word, _, _ in parts if word}, where
            checked += 1
    assert checked > 50


def test_every_name_in_the_source_is_in_the_catalogue_and_the_other_way_round() -> None:
    """Names are what Python uses; codes are for outputs, for books and for people."""
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "toolkit").rglob("*.py")
    )
    names = [entry.name for entry in catalogue().values()]
    assert len(set(names)) == len(names)
    assert [name for name in names if f'"{name}"' not in source] == []
    assert re.findall(r'"(?:[VRNMS]-\d\d|[TY]\d-\d\d)"', source) == []


def _rows_and_columns(edition: Edition) -> Iterator[Row | Column]:
    for table in edition.tables:
        for block in table.blocks:
            yield from block.rows
            yield from block.columns


def test_manual_has_every_command_code_relation_cell_field_and_section() -> None:
    """So that a page cannot lose a part and still be what the code prints."""
    from toolkit.commands.cli import app
    from toolkit.edition.load import edition_ids, load_edition

    text = {page.stem: content for page, content in pages(ROOT).items()}
    commands = [
        command.name or command.callback.__name__
        for command in app.registered_commands
        if command.callback
    ]
    assert [name for name in commands if f"### `toolkit {name}" not in text["manual"]] == []
    assert [code for code in catalogue() if f"### {code}（" not in text["findings"]] == []
    for name in edition_ids():
        edition = load_edition(name)
        assert [
            relation.name
            for relation in edition.relations
            if f"### {relation.code}：{relation.declared.says}" not in text["relations"]
        ] == []
        lines = {f"`{key}`" for key in edition.fields} | {
            f"`{section.key}`" for section in edition.sections
        }
        for part in _rows_and_columns(edition):
            if part.key:
                lines.add(f"`{part.key}`")
        assert [line for line in lines if line not in text["form"]] == []


def test_every_slip_has_its_sentence_and_its_line_in_the_manual() -> None:
    from toolkit.checking.slips import SLIPS
    from toolkit.phrases import phrases

    words = phrases()
    assert set(words.manual.slips) == set(words.causes.entries()) - {"label"}
    assert {slip.__name__ for slip in SLIPS} <= set(words.causes.entries())


def test_catalogue_entries_are_complete() -> None:
    for code, entry in catalogue().items():
        assert entry.meaning, code
        assert entry.message, code
        assert entry.remedy, code
        assert entry.example, code


def test_both_readmes_show_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return [line.split("#")[0].strip() for line in lines if line.startswith("    ")]

    assert commands("README.md") == commands("README.zh-CN.md")
    assert len(commands("README.md")) > 10


def test_python_holds_no_label_of_the_form_and_no_cell_address() -> None:
    from toolkit.edition.load import edition_ids, load_edition

    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "toolkit").rglob("*.py")
    )
    for name in edition_ids():
        edition = load_edition(name)
        labels = {text for part in _rows_and_columns(edition) for text in part.path}
        labels |= {section.heading for section in edition.sections} | {
            entry.label for entry in edition.fields.values()
        }
        assert [label for label in labels if len(label) > 3 and f'"{label}"' in source] == []
    assert set(re.findall(r'"\$?[A-Z]{1,2}\$?[1-9]\d*"', source)) == set()


def _rooms() -> set[str]:
    return {
        path.stem
        for path in (ROOT / "toolkit").iterdir()
        if (path.is_dir() or path.suffix == ".py") and not path.name.startswith("__")
    }


def test_architecture_page_lists_every_room_and_no_other() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = page.split("## Rooms")[1].split("Rooms to come")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    listed = [name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)]
    assert set(listed) == _rooms()
    assert len(listed) == len(set(listed))


def test_architecture_page_names_only_modules_and_functions_that_exist() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    for path in re.findall(r"`((?:tests|toolkit|[a-z]+)/[a-z_/]+\.py)`", page):
        assert (ROOT / "toolkit" / path).exists() or (ROOT / path).exists(), path
    for dotted in re.findall(r"`([a-z_]+(?:\.[a-z_]+)+\.\w+)[(` ]", page):
        module, _, name = dotted.rpartition(".")
        if (ROOT / "toolkit" / module.replace(".", "/")).with_suffix(".py").exists():
            assert hasattr(import_module(f"toolkit.{module}"), name), dotted


def test_few_modules_lie_loose_and_every_room_says_what_it_is_for() -> None:
    loose = [path.stem for path in (ROOT / "toolkit").glob("*.py") if "__" not in path.stem]
    assert len(loose) <= 8
    for path in (ROOT / "toolkit").glob("*/__init__.py"):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.parent.name

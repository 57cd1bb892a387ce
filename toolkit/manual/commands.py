"""The first page: where the others are, commands, exit codes."""

from typing import Any

from typer.main import get_command

from toolkit.commands.cli import app
from toolkit.commands.exits import Exit
from toolkit.manual.markup import Parts, list_text, table_text
from toolkit.phrases import phrases


def commands_page() -> Parts:
    words = phrases().manual
    yield words.intro
    others = [(page, title) for page, title in words.pages.items() if page != "manual"]
    yield list_text([f"[{title}]({page}.md)" for page, title in others])
    yield f"## {words.commands}"
    group: Any = get_command(app)
    for name, command in group.commands.items():
        yield from _command_parts(name, command)
    yield f"## {words.exits_title}"
    rows = [[str(int(code)), words.exits[code.name]] for code in Exit]
    yield table_text(words.exit_columns, rows)


def _command_parts(name: str, command: Any) -> Parts:
    """The command with its arguments, its help, and a table of arguments and options."""
    arguments = [entry for entry in command.params if entry.param_type_name == "argument"]
    options = [entry for entry in command.params if entry.param_type_name == "option"]
    names = [argument.metavar or argument.name for argument in arguments]
    yield f"### `{' '.join(['toolkit', name, *names])}`"
    yield command.help or ""
    rows = [
        [name, getattr(argument, "help", "") or ""]
        for name, argument in zip(names, arguments, strict=True)
    ]
    rows += [[", ".join(option.opts), option.help or ""] for option in options]
    yield table_text(phrases().manual.argument_columns, rows)

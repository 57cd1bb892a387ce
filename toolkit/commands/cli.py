"""The command line `toolkit`: which commands there are. One module each has what it does."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from toolkit import __version__
from toolkit.commands.check import check
from toolkit.commands.console import print_result
from toolkit.commands.demo import demo
from toolkit.commands.export import export
from toolkit.commands.import_ import import_
from toolkit.commands.new import new
from toolkit.commands.report import report
from toolkit.commands.rules import rules

_HELP = "显示这段说明。"


class _ChineseHelp:
    """The option --help described in Chinese, as everything staff see."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _HELP
        return option


class Group(_ChineseHelp, TyperGroup):
    pass


class Command(_ChineseHelp, TyperCommand):
    pass


app = typer.Typer(
    name="toolkit",
    cls=Group,
    help="政府信息公开工作年度报告：做表格、核对、写报告。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # its tables cut Chinese text off, which has no blanks to break at
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: Mapping[str, Callable[..., None]] = {
    "new": new,
    "check": check,
    "report": report,
    "import": import_,
    "export": export,
    "rules": rules,
    "demo": demo,
}

for name, command in COMMANDS.items():
    app.command(name=name, cls=Command)(command)


def _version(wanted: bool) -> None:
    if wanted:
        print_result(f"toolkit {__version__}\n")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    """政府信息公开工作年度报告：做表格、核对、写报告。"""

"""`toolkit rules` and `toolkit demo`: what the form asks, and the whole job shown."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from toolkit.commands.common import edition_named, stop
from toolkit.commands.console import deliver_text, say
from toolkit.commands.exits import Exit


def rules(
    edition: Annotated[
        str, typer.Argument(metavar="[格式版本或年度]", help="例如 2021；不写的是最新的。")
    ] = "",
    diff: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--diff", metavar="旧 新", help="两个格式版本（或年度）的不同，例如 --diff 2019 2021。"
        ),
    ] = None,
) -> None:
    """列出一个格式版本的勾稽关系，或者两个格式版本的不同。"""
    from toolkit.formatters import editions

    if diff is not None:
        old, new = map(edition_named, diff)
        deliver_text(editions.differences_table(old, new), None, False)
    else:
        deliver_text(editions.rules_table(edition_named(edition)), None, False)


def demo(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="文件夹", help="演示的文件放在这个新文件夹里。"),
    ] = Path("toolkit-demo"),
) -> None:
    """用一份真实的报告演示全过程。"""
    from toolkit.jobs.demo import run

    if output.exists() and any(output.iterdir() if output.is_dir() else [output]):
        say(f"“{output}”已经有了，请用 -o 另指定一个新文件夹。")
        stop(Exit.USAGE)
    for step in run(output, dt.datetime.combine(dt.date.today(), dt.time())):
        deliver_text(step, None, False)

"""`toolkit rules`: what the form asks."""

from typing import Annotated

import typer

from toolkit.commands.common import edition_named
from toolkit.commands.console import deliver_text


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

"""`toolkit demo`: the whole job shown on a real report."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.commands.common import midnight, stop_with_usage_error
from toolkit.commands.console import deliver_text


def demo(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="文件夹", help="演示的文件放在这个新文件夹里。"),
    ] = Path("toolkit-demo"),
) -> None:
    """用一份真实的报告演示全过程。"""
    from toolkit.jobs.demo import show_the_whole_job
    from toolkit.phrases import phrases

    if output.exists() and not _is_empty_folder(output):
        stop_with_usage_error(phrases().command_line.demo_exists.format(path=output))
    for step in show_the_whole_job(output, midnight()):
        deliver_text(step, None, False)


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())

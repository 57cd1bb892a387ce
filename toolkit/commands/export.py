"""`toolkit export`: the content of a report as data."""

from typing import Annotated

import typer

from toolkit.commands.common import Force, OneFile, Output, stop
from toolkit.commands.console import deliver, show_findings
from toolkit.commands.exits import Exit
from toolkit.jobs.choices import DataFormat


def export(
    source: OneFile,
    form: Annotated[DataFormat, typer.Option("--format", help="数据的样子。")] = DataFormat.JSON,
    output: Output = None,
    force: Force = False,
) -> None:
    """把工作簿里的内容导出成数据。"""
    from toolkit.jobs.export_data import export_data

    text, findings = export_data(source, form)
    show_findings(findings)
    if text is None:
        stop(Exit.INPUT)
    deliver(text, output, force)

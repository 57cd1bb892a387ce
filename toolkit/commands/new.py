"""`toolkit new`: a workbook to fill in."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from toolkit.commands.common import Force, Output, midnight, stop, stop_with_usage_error
from toolkit.commands.console import print_result, say, show_findings
from toolkit.commands.exits import Exit


def new(
    year: Annotated[int, typer.Argument(metavar="年度", help="报告年度，例如 2021。")],
    unit: Annotated[str, typer.Option("--unit", metavar="名称", help="单位全称，写入表格。")] = "",
    kind: Annotated[str, typer.Option("--type", metavar="类型", help="单位类型，例如 镇。")] = "",
    level: Annotated[
        str,
        typer.Option("--level", metavar="层级", help="单位层级，例如 township 或 乡镇（街道）。"),
    ] = "",
    last: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="上年报告",
            help="上年的工作簿、数据文件或者公开的报告：带入单位情况、结转数和小标题，上年的数放在表格旁边对照。",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """做一份该年度的空白工作簿。"""
    from toolkit.edition.load import load_edition
    from toolkit.files.outputs import write_output
    from toolkit.formatters.editions import takeover_lines
    from toolkit.jobs.new_book import Unit, edition_of_year, make_book
    from toolkit.phrases import phrases

    words = phrases().command_line
    edition, refusal = edition_of_year(year)
    if edition is None:
        stop_with_usage_error(refusal)
    this_year = dt.date.today().year
    if year >= this_year:
        say(words.year_not_over.format(year=year, due=this_year - 1))
    book = make_book(year, Unit(unit, kind, level), midnight(), last)
    if book.refusal:
        stop_with_usage_error(book.refusal)
    show_findings(book.findings)
    if book.data is None:
        stop(Exit.INPUT)
    if book.taken_over is not None:
        say("\n".join(takeover_lines(load_edition(edition.id), book.taken_over)))
    if output is not None and output.suffix.lower() != ".xlsx":
        stop_with_usage_error(words.xlsx_only)
    path = output or Path(book.file)
    write_output(path, book.data, force=force)
    print_result(f"{path}\n")

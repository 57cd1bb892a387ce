"""`toolkit new`: a workbook to fill in."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.commands.common import Force, Output, edition_of_year, stop
from toolkit.commands.console import result, say, tell
from toolkit.commands.exits import Exit

if TYPE_CHECKING:
    from toolkit.edition.model import Edition


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
    from toolkit.files.outputs import safe_name, write_output
    from toolkit.formatters.editions import takeover_lines
    from toolkit.jobs.inputs import read_report
    from toolkit.record.facts import short_name
    from toolkit.record.takeover import take_over
    from toolkit.workbook.write import blank, write

    edition = edition_of_year(year)
    today = dt.date.today()
    if year >= today.year:
        say(f"{year}年还没有结束；现在要报的一般是{today.year - 1}年：toolkit new {today.year - 1}")
    reading = blank(
        edition, year, unit__name=unit, unit__type=kind, unit__level=_level(edition, level, kind)
    )
    if unit:
        reading = replace(
            reading, fields={**reading.fields, "unit.short": short_name(edition, reading)}
        )
    if last is not None:
        prior, findings = read_report(last)
        if prior is None:
            tell(findings)
            stop(Exit.INPUT)
        reading, done, notes = take_over(edition, reading, prior)
        tell(notes)
        say("\n".join(takeover_lines(edition, done)))
    if output is not None and output.suffix.lower() != ".xlsx":
        say("-o 后面请写 .xlsx 文件。")
        stop(Exit.USAGE)
    path = output or Path(
        f"{safe_name(reading.text('unit.name')) if reading.text('unit.name') else ''}{year}年{edition.report_name}.xlsx"
    )
    write_output(path, write(edition, reading, dt.datetime.combine(today, dt.time())), force=force)
    result(f"{path}\n")


def _level(edition: "Edition", level: str, kind: str) -> str:
    """A level by its key or its words; without one, that of the unit type where it is certain."""
    choices = dict(edition.profile.choices["levels"])
    if not level:
        return edition.profile.type_levels.get(kind, "")
    found = next((key for key, word in choices.items() if level in (key, word)), None)
    if found is None:
        say(
            f"没有单位层级“{level}”，可选：{'、'.join(f'{key}（{word}）' for key, word in choices.items())}。"
        )
        stop(Exit.USAGE)
    return found

"""What the commands share: options, the inputs read and judged, and ways to stop."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from toolkit.commands.console import say, show_findings, show_skipped, with_progress_bar
from toolkit.commands.exits import Exit

if TYPE_CHECKING:
    from toolkit.record.outcome import Outcome


Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="文件…",
        help="填好的工作簿（.xlsx）、数据文件（.json）、已公开的报告，或者装着它们的文件夹。",
        show_default=False,
    ),
]


OneFile = Annotated[
    Path,
    typer.Argument(
        metavar="文件",
        help="填好的工作簿（.xlsx）、数据文件（.json）或者报告。",
        show_default=False,
    ),
]


Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="路径", help="写到这里。", show_default=False),
]


Priors = Annotated[
    list[Path] | None,
    typer.Option(
        "--prior",
        metavar="上年报告",
        help="上年的报告，或者装着各单位上年报告的文件夹；可以写几次，合并的单位写各个单位的上年报告。",
        show_default=False,
    ),
]


Force = Annotated[bool, typer.Option("--force", help="已有同名文件时覆盖。")]


def edition_named(name: str) -> str:
    """The id of an edition given by id or by a report year; the newest where none is given."""
    from toolkit.edition.load import edition_ids
    from toolkit.jobs.new_book import edition_of_year
    from toolkit.phrases import phrases

    known = edition_ids()
    if not name or name in known:
        return name or known[-1]
    if not name.isdecimal():
        words = phrases().command_line
        stop_with_usage_error(words.no_edition.format(name=name, known="、".join(known)))
    edition, refusal = edition_of_year(int(name))
    if edition is None:
        stop_with_usage_error(refusal)
    return edition.id


def read_and_check(
    files: Sequence[Path], prior: Sequence[Path] | None, *, aside: bool = False, own: bool = False
) -> tuple[list["Outcome"], Exit]:
    """Everything read and judged together, what was skipped reported; the exit code is that of the
    prior reports.
    """
    from toolkit.jobs.check import check_inputs
    from toolkit.phrases import phrases

    label = phrases().command_line.reading
    checked = check_inputs(
        files, prior, aside=aside, own=own, watch=lambda paths: with_progress_bar(paths, label)
    )
    show_findings(checked.prior_findings)
    show_skipped(checked.skipped)
    return checked.outcomes, Exit.OK if checked.could_read_priors else Exit.INPUT


def midnight() -> dt.datetime:
    """Today, as the date that workbooks carry."""
    return dt.datetime.combine(dt.date.today(), dt.time())


def stop_with_usage_error(words: str) -> NoReturn:
    say(words)
    stop(Exit.USAGE)


def stop(code: Exit) -> NoReturn:
    raise typer.Exit(int(code))

"""What the commands share: options, the inputs read and judged, and ways to stop."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from toolkit.commands.console import progress, say, tell
from toolkit.commands.exits import Exit
from toolkit.finding import Finding

if TYPE_CHECKING:
    from toolkit.edition.model import Edition
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


def edition_of_year(year: int) -> "Edition":
    from toolkit.edition.load import edition_for_year, edition_ids, load_edition

    edition = edition_for_year(year)
    if edition is None:
        first = min(load_edition(name).first_year for name in edition_ids())
        say(
            f"{year}年没有统一的年度报告格式：全国统一的格式从{first}年的报告开始，请用{first}年及以后的年度。"
        )
        stop(Exit.USAGE)
    return edition


def edition_named(name: str) -> str:
    """The id of an edition given by id or by a report year; the newest where none is given."""
    from toolkit.edition.load import edition_ids

    known = edition_ids()
    if not name or name in known:
        return name or known[-1]
    if not name.isdecimal():
        say(f"没有格式版本“{name}”，有的是：{'、'.join(known)}。")
        stop(Exit.USAGE)
    return edition_of_year(int(name)).id


def checked(
    files: Sequence[Path], prior: Sequence[Path] | None, *, aside: bool = False, own: bool = False
) -> tuple[list["Outcome"], Exit]:
    """Everything read and judged together; the exit code is that of the prior reports.

    `own`: of folders only workbooks and data files. Else a document in a folder that is no report is passed over, and told.
    """
    from toolkit.jobs.check import check_files
    from toolkit.jobs.inputs import OWN, SUFFIXES, inputs, is_unread, marked_copies

    paths, missing = inputs(files, OWN if own else SUFFIXES)
    inside = [
        path for folder in files if folder.is_dir() for path in folder.rglob("*") if path.is_file()
    ]
    copies = marked_copies(inside)
    if copies:
        names = "、".join(sorted(path.name for path in copies))
        say(
            f"没有读已有原表的批注表：{names}。交回的批注表请单独放一个文件夹，或者直接写出文件名。"
        )
    unread = sorted(
        path.name for path in inside if path not in paths and path not in copies and is_unread(path)
    )
    if unread:
        say(
            f"文件夹里没有读的文件：{'、'.join(unread)}。是报告的请单独核对，或者解压、另存后再放进来。"
        )
    outcomes, prior_findings, could_read = check_files(progress(paths), prior, aside=aside)
    tell(prior_findings)
    other = [
        one
        for one in outcomes
        if Path(one.file) not in files
        and one.is_no_report
        and Path(one.file).suffix.lower() not in OWN
    ]
    if other and (len(other) < len(outcomes) or missing):
        say(f"没有读不是年度报告的文件：{'、'.join(Path(one.file).name for one in other)}。")
        outcomes = [one for one in outcomes if one not in other]
    for one in missing:
        outcomes.append(_unread(one))
    return outcomes, Exit.OK if could_read else Exit.INPUT


def _unread(one: Finding) -> "Outcome":
    from toolkit.record.outcome import Outcome

    return Outcome(one.place.file, None, [one])


def usage(words: str) -> NoReturn:
    say(words)
    stop(Exit.USAGE)


def stop(code: Exit) -> NoReturn:
    raise typer.Exit(int(code))

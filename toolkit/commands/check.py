"""`toolkit check`: what is wrong, and what goes back to the units."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.commands.common import (
    Files,
    Force,
    Output,
    Priors,
    midnight,
    read_and_check,
    stop,
    stop_with_usage_error,
)
from toolkit.commands.console import (
    deliver,
    deliver_text,
    say,
    say_exists,
    show_findings,
    show_options,
    with_progress_bar,
)
from toolkit.commands.exits import Exit
from toolkit.finding import Finding

if TYPE_CHECKING:
    from toolkit.record.outcome import Outcome


class FindingsFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


def check(
    files: Files,
    prior: Priors = None,
    form: Annotated[
        FindingsFormat, typer.Option("--format", help="输出的样子。")
    ] = FindingsFormat.TEXT,
    output: Output = None,
    compared: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="工作簿",
            help="和这个工作簿比：数是不是都相同，哪些话不同。",
            show_default=False,
        ),
    ] = None,
    annotate: Annotated[
        bool,
        typer.Option(
            "--annotate",
            help="每份另写一份批注表（NAME.批注.xlsx），-o 写文件夹；查文件夹时每份还写退回通知。",
        ),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="没有说明的“请说明”也算不通过。")
    ] = False,
    force: Force = False,
) -> None:
    """核对工作簿、数据文件或者已公开的报告，说出哪里不对、为什么、怎么改。"""
    if annotate and output is not None and output.suffix and not output.is_dir():
        from toolkit.phrases import phrases

        stop_with_usage_error(phrases().command_line.folder_for_copies)
    outcomes, code = read_and_check(files, prior, aside=annotate)
    codes = [code]
    findings: list[Finding] = []
    if compared is not None:
        outcomes, code = _compare(outcomes, compared)
        codes.append(code)
    _deliver(outcomes, form, None if annotate else output, force)
    if form is FindingsFormat.TEXT:
        for outcome in outcomes:
            findings += outcome.findings
        show_options(findings)
    if annotate:
        are_many = len(outcomes) > 1 or any(path.is_dir() for path in files)
        codes.append(_annotate(outcomes, output, force, notices=are_many))
    codes += [_exit_code(outcome, strict) for outcome in outcomes]
    stop(Exit.worst(codes))


def _exit_code(outcome: "Outcome", strict: bool) -> Exit:
    if outcome.reading is None:
        return Exit.INPUT
    for finding in outcome.findings:
        if finding.is_open_error or (strict and finding.is_open_warning):
            return Exit.FINDINGS
    return Exit.OK


def _deliver(
    outcomes: list["Outcome"], form: FindingsFormat, output: Path | None, force: bool
) -> None:
    if form is FindingsFormat.TEXT:
        from toolkit.formatters.text import findings_text

        deliver_text(findings_text(outcomes), output, force)
    elif form is FindingsFormat.HTML:
        from toolkit.formatters.page import to_html

        deliver(to_html(outcomes), output, force)
    elif form is FindingsFormat.JSON:
        from toolkit.formatters.machine import to_json

        deliver(to_json(outcomes), output, force)
    else:
        from toolkit.formatters.machine import to_csv

        deliver(to_csv(outcomes), output, force)


def _annotate(
    outcomes: list["Outcome"], folder: Path | None, force: bool, *, notices: bool
) -> Exit:
    """Write what goes back to the units; a file that is there already is kept and holds up no
    other.
    """
    from toolkit.files.outputs import OutputExists, write_output
    from toolkit.jobs.returns import prepare_returns
    from toolkit.phrases import phrases

    words = phrases().command_line
    worst = Exit.OK
    shown = with_progress_bar(outcomes, words.annotating)
    for back in prepare_returns(shown, folder, midnight(), notices=notices):
        show_findings(back.problems)
        for path, data in ((back.copy, back.copy_data), (back.notice, back.notice_data)):
            if data is None:
                continue
            try:
                write_output(path, data, force=force)
                say(words.wrote.format(path=path))
            except OutputExists:
                worst = Exit.USAGE
                if path == back.copy:
                    say(words.copy_exists.format(path=path))
                else:
                    say_exists(path)
    return worst


def _compare(outcomes: list["Outcome"], book: Path) -> tuple[list["Outcome"], Exit]:
    """Each report beside the workbook it came from."""
    from toolkit.jobs.compare_book import compare_with_book

    compared = compare_with_book(outcomes, book)
    show_findings(compared.findings)
    return compared.outcomes, Exit.OK if compared.is_read else Exit.INPUT

"""`toolkit check`: what is wrong, and what goes back to the units."""

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.commands.common import Files, Force, Output, Priors, checked, stop
from toolkit.commands.console import deliver, deliver_text, say, tell, watched
from toolkit.commands.exits import Exit

if TYPE_CHECKING:
    from toolkit.record.outcome import Outcome


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


def check(
    files: Files,
    prior: Priors = None,
    form: Annotated[Format, typer.Option("--format", help="输出的样子。")] = Format.TEXT,
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
        say("和 --annotate 一起用时，-o 后面请写文件夹。")
        stop(Exit.USAGE)
    outcomes, code = checked(files, prior, aside=annotate)
    codes = [code]
    if compared is not None:
        outcomes, code = _compared(outcomes, compared)
        codes.append(code)
    _deliver(outcomes, form, None if annotate else output, force)
    if annotate:
        codes.append(
            _annotate(
                outcomes,
                output,
                force,
                notices=len(outcomes) > 1 or any(path.is_dir() for path in files),
            )
        )
    for outcome in outcomes:
        is_open = any(
            one.is_open_error or (strict and one.is_open_warning) for one in outcome.findings
        )
        codes.append(
            Exit.INPUT if outcome.reading is None else Exit.FINDINGS if is_open else Exit.OK
        )
    stop(Exit.worst(codes))


def _deliver(outcomes: list["Outcome"], form: Format, output: Path | None, force: bool) -> None:
    if form is Format.TEXT:
        from toolkit.formatters.text import findings_text

        deliver_text(findings_text(outcomes), output, force)
    elif form is Format.HTML:
        from toolkit.formatters.page import to_html

        deliver(to_html(outcomes), output, force)
    else:
        from toolkit.formatters.machine import to_csv, to_json

        deliver((to_json if form is Format.JSON else to_csv)(outcomes), output, force)


def _annotate(
    outcomes: list["Outcome"], folder: Path | None, force: bool, *, notices: bool
) -> Exit:
    """A marked-up copy of every input that could be read, and of many inputs a notice to each unit."""
    from toolkit.files.outputs import OutputExists, write_output
    from toolkit.jobs.returns import marked_copy, notice, paths_of
    from toolkit.phrases import phrases

    today = dt.datetime.combine(dt.date.today(), dt.time())
    taken: set[Path] = set()
    worst = Exit.OK
    for outcome in watched(outcomes, "写批注"):
        copy, letter = paths_of(outcome.file, folder, taken)
        data, long = marked_copy(outcome, today) if outcome.reading is not None else (None, [])
        tell(long)
        written = [(copy, data)] if data is not None else []
        if notices:
            written.append(
                (
                    letter,
                    notice(outcome, copy if data is not None else None).encode("utf-8", "replace"),
                )
            )
        for path, content in written:
            try:
                write_output(path, content, force=force)
                say(f"已写 {path}")
            except OutputExists as there:
                say(phrases().notice.exists.format(copy=path) if path == copy else str(there))
                worst = Exit.USAGE
    return worst


def _compared(outcomes: list["Outcome"], book: Path) -> tuple[list["Outcome"], Exit]:
    """Each report beside the workbook it came from. A workbook that cannot be read is told and keeps nothing else back."""
    from toolkit.finding import in_order
    from toolkit.jobs.against import against
    from toolkit.jobs.inputs import read_report

    own, findings = read_report(book)
    if own is None:
        tell(findings)
        return outcomes, Exit.INPUT
    differences = ([] if one.reading is None else against(one.reading, own) for one in outcomes)
    return [
        replace(one, findings=in_order([*one.findings, *more]))
        for one, more in zip(outcomes, differences, strict=True)
    ], Exit.OK

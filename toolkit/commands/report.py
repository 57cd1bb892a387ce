"""`toolkit report`: the narrative report."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.commands.common import (
    Files,
    Force,
    Output,
    Priors,
    read_and_check,
    stop,
    stop_with_usage_error,
)
from toolkit.commands.console import (
    print_result,
    say,
    say_exists,
    show_findings,
    show_options,
    with_progress_bar,
)
from toolkit.commands.exits import Exit
from toolkit.report.choices import FontSet, Format

if TYPE_CHECKING:
    from toolkit.jobs.publish import Order
    from toolkit.record.outcome import Outcome
    from toolkit.report.docx import Design
    from toolkit.report.gates import Stage


def report(
    files: Files,
    output: Output = None,
    draft: Annotated[bool, typer.Option("--draft", help="写草稿，有问题也写。")] = False,
    final: Annotated[
        bool, typer.Option("--final", help="写定稿：没有未说明的问题，审签齐全。")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="报告的格式。")] = Format.DOCX,
    fragment: Annotated[
        bool, typer.Option("--fragment", help="只写网页里的一段，粘贴到网站编辑器里用。")
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="模板",
            help="用这个 .docx 里的样式（字体、字号、行距）。",
            show_default=False,
        ),
    ] = None,
    fonts: Annotated[FontSet, typer.Option("--fonts", help="用哪一套字体。")] = FontSet.STANDARD,
    prior: Priors = None,
    force: Force = False,
) -> None:
    """写年度报告。不加选项写送审稿和它的审签单（.docx）。"""
    from toolkit.jobs.publish import Order, Style
    from toolkit.phrases import phrases

    words = phrases().command_line
    form = Format.HTML if fragment and form is Format.DOCX else form
    _refuse_contradictions(draft, final, form, fragment, template)
    style = Style(_stage(draft, final), form, _design(fonts, template), fragment)
    outcomes, code = read_and_check(files, prior, own=True)
    file = output if output is not None and output.suffix and not output.is_dir() else None
    if file is not None and (len(outcomes) > 1 or file.suffix.lower() != f".{form}"):
        stop_with_usage_error(words.report_output.format(format=form))
    order = Order(style, file, output or Path(), force)
    shown = with_progress_bar(outcomes, words.reporting)
    codes = [_publish(outcome, order) for outcome in shown]
    if len(outcomes) > 1:
        _say_totals(outcomes, codes)
    stop(Exit.worst([code, *codes]))


def _refuse_contradictions(
    draft: bool, final: bool, form: Format, fragment: bool, template: Path | None
) -> None:
    from toolkit.phrases import phrases

    words = phrases().command_line
    if draft and final:
        stop_with_usage_error(words.one_stage)
    if fragment and form is not Format.HTML:
        stop_with_usage_error(words.fragment_only_html)
    if template is not None and form not in (Format.DOCX, Format.PDF):
        stop_with_usage_error(words.template_only_word)


def _stage(draft: bool, final: bool) -> "Stage":
    from toolkit.report.gates import Stage

    if draft:
        return Stage.DRAFT
    return Stage.FINAL if final else Stage.APPROVAL


def _design(fonts: FontSet, template: Path | None) -> "Design":
    """The look of the document; stops where the template cannot be used."""
    from toolkit.report.docx import Design
    from toolkit.report.template import load_template

    if template is None:
        return Design(fonts)
    styles, findings = load_template(template)
    show_findings(findings)
    if styles is None:
        stop(Exit.INPUT)
    return Design(fonts, styles)


def _say_totals(outcomes: list["Outcome"], codes: list[Exit]) -> None:
    from toolkit.phrases import phrases

    words = phrases().command_line
    pairs = zip(outcomes, codes, strict=True)
    refused = [outcome.file for outcome, code in pairs if code is not Exit.OK]
    text = words.reports.format(count=len(outcomes), written=len(outcomes) - len(refused))
    if refused:
        text += words.not_written.format(files="、".join(refused))
    say(text)


def _publish(outcome: "Outcome", order: "Order") -> Exit:
    from toolkit.jobs.publish import Result, publish
    from toolkit.phrases import phrases

    words = phrases().command_line
    published = publish(outcome, order, dt.datetime.now().replace(microsecond=0))
    show_findings(published.findings)
    show_options(published.findings)
    if published.result is Result.REFUSED:
        say(words.refused.format(file=outcome.file, stage=order.style.stage))
    if published.there is not None:
        say_exists(published.there)
    if published.kept_sheet is not None:
        say(phrases().report.sheet_kept.format(sheet=published.kept_sheet))
    if published.sheet is not None:
        say(words.sheet.format(path=published.sheet))
    if published.path is not None:
        print_result(f"{published.path}\n")
    return {
        Result.MADE: Exit.OK,
        Result.UNREAD: Exit.INPUT,
        Result.REFUSED: Exit.FINDINGS,
        Result.IMPOSSIBLE: Exit.FINDINGS,
        Result.EXISTS: Exit.USAGE,
    }[published.result]

"""`toolkit report`: the narrative report."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.commands.common import Files, Force, Output, Priors, checked, stop, usage
from toolkit.commands.console import result, say, tell, watched
from toolkit.commands.exits import Exit
from toolkit.report.choices import FontSet, Format

if TYPE_CHECKING:
    from toolkit.jobs.publish import Order
    from toolkit.record.outcome import Outcome


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
    from toolkit.jobs.publish import Order
    from toolkit.report.docx import Design
    from toolkit.report.gates import Stage
    from toolkit.report.template import load_template

    form = Format.HTML if fragment and form is Format.DOCX else form
    if draft and final:
        usage("--draft 和 --final 只能用一个。")
    if fragment and form is not Format.HTML:
        usage("--fragment 是网页里的一段，不能和别的 --format 一起用。")
    if template is not None and form not in (Format.DOCX, Format.PDF):
        usage("--template 只用于 docx 和 pdf。")
    styles, findings = load_template(template) if template is not None else (None, [])
    tell(findings)
    if template is not None and styles is None:
        stop(Exit.INPUT)
    stage = Stage.DRAFT if draft else Stage.FINAL if final else Stage.APPROVAL
    outcomes, code = checked(files, prior, own=True)
    names_file = output is not None and not output.is_dir() and bool(output.suffix)
    if names_file and (len(outcomes) > 1 or output is None or output.suffix.lower() != f".{form}"):
        usage(f"-o 后面请写 .{form} 文件（别的格式请加 --format）；有几份报告时请写文件夹。")
    order = Order(
        stage,
        form,
        Design(fonts, styles),
        fragment,
        output if names_file else None,
        output or Path(),
        force,
    )
    codes = [_report(outcome, order) for outcome in watched(outcomes, "写报告")]
    if len(outcomes) > 1:
        refused = [
            outcome.file
            for outcome, exit_code in zip(outcomes, codes, strict=True)
            if exit_code is not Exit.OK
        ]
        say(
            f"共 {len(outcomes)} 份，写了 {len(outcomes) - len(refused)} 份。"
            + (f"没有写的：{'、'.join(refused)}。" if refused else "")
        )
    stop(Exit.worst([code, *codes]))


def _report(outcome: "Outcome", order: "Order") -> Exit:
    from toolkit.jobs.publish import Result, publish

    done = publish(outcome, order, dt.datetime.now().replace(microsecond=0))
    tell(done.findings)
    if done.refusal:
        say(done.refusal)
    if done.sheet:
        say(f"审签单（内部资料）：{done.sheet}")
    if done.path:
        result(f"{done.path}\n")
    exits = {
        Result.WRITTEN: Exit.OK,
        Result.UNREAD: Exit.INPUT,
        Result.REFUSED: Exit.FINDINGS,
        Result.EXISTS: Exit.USAGE,
    }
    return exits[done.result]

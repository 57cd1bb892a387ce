"""`toolkit import`: published reports and data files read in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.commands.common import Force, Output, midnight, stop, stop_with_usage_error
from toolkit.commands.console import (
    print_result,
    say,
    say_exists,
    show_findings,
    show_options,
    show_skipped,
    with_progress_bar,
)
from toolkit.commands.exits import Exit
from toolkit.finding import Finding, Severity
from toolkit.jobs.choices import Target

if TYPE_CHECKING:
    from toolkit.importing.published import Given
    from toolkit.jobs.import_reports import ImportedFile

_OF_PROSE = ("pdf_paragraphs_joined", "running_heads_left_out")  # infos for who takes prose over
_IS_IMPORTED = "read_as_published"  # asks for the import that is being done
_SUFFIXES = tuple(f".{target.value}" for target in Target)


def import_(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="报告",
            help="报告（.docx .html .pdf .txt .xlsx 等）、数据文件，或者装着它们的文件夹。",
            show_default=False,
        ),
    ],
    output: Output = None,
    form: Annotated[
        Target, typer.Option("--format", help="读入成什么；-o 写了文件名的按文件名。")
    ] = Target.WORKBOOK,
    unit: Annotated[
        str, typer.Option("--unit", metavar="名称", help="单位全称，报告里没有时用。")
    ] = "",
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="年度", help="报告年度，报告里没有时用。", show_default=False
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="工作簿",
            help="只把报告的文字带回这个工作簿，不改数。",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
) -> None:
    """把已公开的报告或者数据文件读入成工作簿（-o x.xlsx）或者数据（-o x.json）。"""
    from toolkit.importing.published import Given
    from toolkit.phrases import phrases

    words = phrases().command_line
    given = Given(unit, year)
    if source.is_dir():
        names_file = output is not None and output.suffix.lower() in _SUFFIXES
        if into is not None or given != Given() or names_file:
            stop_with_usage_error(words.folder_for_import)
        folder = output or Path(words.import_folder.format(name=source.resolve().name))
        stop(_import_folder(source, folder, form, force))
    if into is not None:
        stop(_take_prose(source, into, _path_of_updated(into, output), given, force))
    path = output or Path(f"{source.stem}.{form.value}")
    if path.suffix.lower() not in _SUFFIXES:
        stop_with_usage_error(words.xlsx_or_json)
    stop(_import(source, path, given, force))


def _path_of_updated(book: Path, output: Path | None) -> Path:
    from toolkit.phrases import phrases

    name = phrases().take_prose.updated.format(name=book.stem)
    path = output or book.with_name(f"{name}.xlsx")
    if path.suffix.lower() != ".xlsx":
        stop_with_usage_error(phrases().command_line.xlsx_only)
    return path


def _import(source: Path, path: Path, given: "Given", force: bool) -> Exit:
    """One report read, written and judged; it is written also when it has errors."""
    from toolkit.jobs.import_reports import import_report

    target = Target(path.suffix.lower().removeprefix("."))
    return _write(source, path, import_report(source, target, midnight(), given), force)


def _write(source: Path, path: Path, imported: "ImportedFile", force: bool) -> Exit:
    from toolkit.files.outputs import write_output
    from toolkit.phrases import phrases

    findings = imported.outcome.findings
    if imported.outcome.reading is None:
        _show(findings)
        return Exit.INPUT
    if imported.data is None:
        show_findings(imported.problems)
        return Exit.FINDINGS
    write_output(path, imported.data, force=force)
    _show(findings)
    infos = sum(finding.severity is Severity.INFO for finding in findings)
    if infos:
        say(phrases().command_line.infos.format(count=infos, path=source))
    print_result(f"{path}\n")
    is_open = any(finding.is_open_error for finding in findings)
    return Exit.FINDINGS if is_open else Exit.OK


def _show(findings: list[Finding]) -> None:
    show_findings(findings)
    show_options([finding for finding in findings if finding.name != _IS_IMPORTED])


def _import_folder(folder: Path, output: Path, target: Target, force: bool) -> Exit:
    """Every report in a folder; one that cannot be read or written is reported and stops no
    other.
    """
    from toolkit.jobs.import_reports import import_folder
    from toolkit.phrases import phrases

    words = phrases().command_line
    imports = import_folder(
        folder,
        output,
        target,
        midnight(),
        watch=lambda paths: with_progress_bar(paths, words.reading),
    )
    codes = []
    for source, path, imported in imports.reports:
        say(words.source.format(path=source))
        codes.append(_write_new(source, path, imported, force))
    show_findings(imports.scan.findings)
    codes += [Exit.INPUT] * len(imports.scan.findings)
    show_skipped(imports.skipped())
    wrong, read = codes.count(Exit.FINDINGS), codes.count(Exit.OK)
    unread = len(codes) - len(imports.scan.findings) - wrong - read
    count = wrong + read + unread
    say(words.imported.format(count=count, read=wrong + read, wrong=wrong, unread=unread))
    return Exit.worst(codes)


def _write_new(source: Path, path: Path, imported: "ImportedFile", force: bool) -> Exit:
    from toolkit.files.outputs import OutputExists

    try:
        return _write(source, path, imported, force)
    except OutputExists as error:
        say_exists(error.path)
        return Exit.USAGE


def _take_prose(document: Path, book: Path, path: Path, given: "Given", force: bool) -> Exit:
    """The prose of a document taken back into its workbook; figures that differ are reported and
    stay.
    """
    from toolkit.files.outputs import write_output
    from toolkit.jobs.take_prose import take_prose
    from toolkit.phrases import phrases

    words = phrases().take_prose
    taken = take_prose(document, book, midnight(), given)
    show_findings(taken.reading_findings, infos=_OF_PROSE)
    if not taken.is_read:
        return Exit.INPUT
    show_findings([*taken.differences, *taken.problems])
    if not taken.has_prose:
        say(words.no_prose)
    if taken.data is None:
        return Exit.FINDINGS
    write_output(path, taken.data, force=force)
    if taken.left:
        say(words.left.format(names="、".join(taken.left)))
    say(taken.summary(str(path)))
    print_result(f"{path}\n")
    return Exit.FINDINGS if taken.differences else Exit.OK

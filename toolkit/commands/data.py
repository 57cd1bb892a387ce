"""`toolkit import` and `toolkit export`: reports and data in, data out."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.commands.common import Force, OneFile, Output, stop
from toolkit.commands.console import deliver, progress, result, say, tell
from toolkit.commands.exits import Exit
from toolkit.finding import Severity

if TYPE_CHECKING:
    from toolkit.edition.model import Edition
    from toolkit.importing.published import Given
    from toolkit.record.reading import Reading
    from toolkit.workbook.review import Review

_OF_PROSE = (
    "pdf_paragraphs_joined",
    "running_heads_left_out",
)  # infos that whoever takes over prose has to know: that paragraphs were joined, and what was left out


class DataFormat(StrEnum):
    JSON = "json"
    CSV = "csv"


class ImportFormat(StrEnum):
    XLSX = "xlsx"
    JSON = "json"


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
        ImportFormat, typer.Option("--format", help="读入成什么；-o 写了文件名的按文件名。")
    ] = ImportFormat.XLSX,
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

    given = Given(unit, year)
    if source.is_dir():
        if (
            into is not None
            or unit
            or year is not None
            or (output is not None and output.suffix.lower() in (".xlsx", ".json"))
        ):
            say("读入整个文件夹时，-o 后面请写文件夹，不用 --into、--unit 和 --year。")
            stop(Exit.USAGE)
        stop(_import_folder(source, output or Path(f"{source.resolve().name}-读入"), form, force))
    path = output or (
        into.with_name(f"{into.stem}（文字已更新）.xlsx")
        if into
        else Path(f"{source.stem}.{form.value}")
    )
    if path.suffix.lower() not in (".xlsx", ".json") or (
        into is not None and path.suffix.lower() != ".xlsx"
    ):
        say("-o 后面请写 .xlsx 或者 .json 文件。" if into is None else "-o 后面请写 .xlsx 文件。")
        stop(Exit.USAGE)
    stop(
        _import_into(source, into, path, given, force)
        if into
        else _import(source, path, given, force)
    )


def _import(source: Path, path: Path, given: "Given", force: bool) -> Exit:
    """One report read, written and judged; it is written also when it has errors."""
    from toolkit.data.dump import data_json
    from toolkit.edition.load import load_edition
    from toolkit.files.outputs import write_output
    from toolkit.jobs.check import check_files

    [outcome], _, _ = check_files([source], given=given)
    reading, findings = outcome.reading, outcome.findings
    if reading is None:
        tell(findings)
        return Exit.INPUT
    edition = load_edition(reading.edition)
    data = (
        data_json(edition, reading).encode("utf-8")
        if path.suffix.lower() == ".json"
        else _workbook(edition, reading)
    )
    if data is None:
        return Exit.FINDINGS
    write_output(path, data, force=force)
    tell(findings)
    if infos := sum(one.severity is Severity.INFO for one in findings):
        say(f"另有供参考 {infos} 条，要看请用：toolkit check {source}")
    result(f"{path}\n")
    return Exit.FINDINGS if any(one.is_open_error for one in findings) else Exit.OK


def _workbook(
    edition: "Edition", reading: "Reading", review: "Review | None" = None
) -> bytes | None:
    """The workbook; None where a text is too long for it, which is told."""
    from toolkit.workbook.write import too_long, write

    if long := too_long(edition, reading):
        tell(long)
        return None
    return write(edition, reading, dt.datetime.combine(dt.date.today(), dt.time()), review)


def _import_folder(folder: Path, target: Path, form: ImportFormat, force: bool) -> Exit:
    """Every report in a folder; one that cannot be read or written is told and stops no other."""
    from toolkit.files.outputs import OutputExists, free_name
    from toolkit.importing.published import Given
    from toolkit.jobs.inputs import inputs

    paths, missing = inputs([folder])
    tell(missing)
    taken: set[Path] = set()
    codes = [Exit.INPUT for _ in missing]
    for source in progress(paths):
        say(f"{source}：")
        try:
            codes.append(
                _import(
                    source, free_name(target / f"{source.stem}.{form.value}", taken), Given(), force
                )
            )
        except OutputExists as error:
            say(str(error))
            codes.append(Exit.USAGE)
    counts = {code: codes.count(code) for code in Exit}
    say(
        f"共 {len(paths)} 份：读入 {counts[Exit.OK] + counts[Exit.FINDINGS]} 份，其中有必须改的 {counts[Exit.FINDINGS]} 份；"
        f"没有读入 {counts[Exit.INPUT] + counts[Exit.USAGE]} 份。"
    )
    return Exit.worst(codes)


def _import_into(source: Path, book: Path, path: Path, given: "Given", force: bool) -> Exit:
    """The prose of a document taken back into its workbook; figures that differ are told and stay."""
    from toolkit.codes import make_finding
    from toolkit.edition.load import load_edition
    from toolkit.files.outputs import write_output
    from toolkit.finding import Place
    from toolkit.jobs.against import against, with_prose_of
    from toolkit.jobs.inputs import read_report
    from toolkit.record.reading import Aside
    from toolkit.workbook.review import Review, unplaced

    reading, findings = read_report(source, given=given)
    own, notes = read_report(book, aside=True)
    tell([*findings, *notes], infos=_OF_PROSE)
    if reading is None or own is None:
        return Exit.INPUT
    different = [
        one
        for one in against(reading, own)
        if one.name
        in ("figure_differs_from_book", "another_report_than_book", "another_unit_than_book")
    ]
    tell(different)
    if any(
        one.name in ("another_report_than_book", "another_unit_than_book") for one in different
    ):  # another report's prose
        return Exit.FINDINGS
    if not reading.narrative:
        say("这份文件里没有读到各部分的文字，工作簿没有改动。")
        return Exit.FINDINGS
    changed, sections = with_prose_of(reading, own)
    aside = own.aside or Aside()
    data = _workbook(load_edition(own.edition), changed, Review((), aside, is_listed=False))
    if data is None:
        return Exit.FINDINGS
    write_output(path, data, force=force)
    if left := [f"{one.sheet} {one.cell}".strip() for one in unplaced(aside.remarks)] + list(
        aside.lost
    ):
        say(f"没有带过来的表格以外的内容（原工作簿里还有）：{'、'.join(left)}。")
    say(
        make_finding(
            "prose_taken_over", Place(str(path)), sections="、".join(sections) or "（没有）"
        ).message
    )
    result(f"{path}\n")
    return Exit.FINDINGS if different else Exit.OK


def export(
    source: OneFile,
    form: Annotated[DataFormat, typer.Option("--format", help="数据的样子。")] = DataFormat.JSON,
    output: Output = None,
    force: Force = False,
) -> None:
    """把工作簿里的内容导出成数据。"""
    from toolkit.data.dump import data_csv, data_json
    from toolkit.edition.load import load_edition
    from toolkit.jobs.inputs import read_report

    reading, findings = read_report(source)
    tell(findings)
    if reading is None:
        stop(Exit.INPUT)
    edition = load_edition(reading.edition)
    deliver((data_json if form is DataFormat.JSON else data_csv)(edition, reading), output, force)

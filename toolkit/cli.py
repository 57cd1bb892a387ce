"""The commands. The only module that prints, exits and reads the clock: every command reads, calls one stage, and maps to an exit code."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from toolkit import __version__
from toolkit.console import deliver, deliver_text, progress, result, say, tell, watched
from toolkit.exits import Exit
from toolkit.finding import Finding, Severity
from toolkit.report.choices import FontSet
from toolkit.report.choices import Format as ReportFormat

if TYPE_CHECKING:
    from toolkit.edition.model import Edition
    from toolkit.importing.published import Given
    from toolkit.publish import Order
    from toolkit.record import Reading
    from toolkit.show import Outcome

_HELP = "显示这段说明。"


class _Group(TyperGroup):
    """With its own option described in Chinese, as everything staff see."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


class _Command(TyperCommand):
    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


app = typer.Typer(
    name="toolkit",
    cls=_Group,
    help="政府信息公开工作年度报告：做表格、核对、写报告。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # its tables cut Chinese text off, which has no blanks to break at
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


class DataFormat(StrEnum):
    JSON = "json"
    CSV = "csv"


class ImportFormat(StrEnum):
    XLSX = "xlsx"
    JSON = "json"


Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="文件…", help="填好的工作簿（.xlsx）、数据文件（.json）、已公开的报告，或者装着它们的文件夹。", show_default=False
    ),
]
OneFile = Annotated[Path, typer.Argument(metavar="文件", help="填好的工作簿（.xlsx）、数据文件（.json）或者报告。", show_default=False)]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="路径", help="写到这里。", show_default=False)]
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


@app.command(cls=_Command)
def new(
    year: Annotated[int, typer.Argument(metavar="年度", help="报告年度，例如 2021。")],
    unit: Annotated[str, typer.Option("--unit", metavar="名称", help="单位全称，写入表格。")] = "",
    kind: Annotated[str, typer.Option("--type", metavar="类型", help="单位类型，例如 镇。")] = "",
    level: Annotated[str, typer.Option("--level", metavar="层级", help="单位层级，例如 township 或 乡镇（街道）。")] = "",
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
    from toolkit.compare import lines
    from toolkit.edition.takeover import take_over
    from toolkit.files import read_report
    from toolkit.outputs import safe_name, write_output
    from toolkit.report.facts import short_name
    from toolkit.workbook.write import blank, write

    edition = _edition_of_year(year)
    today = dt.date.today()
    if year >= today.year:
        say(f"{year}年还没有结束；现在要报的一般是{today.year - 1}年：toolkit new {today.year - 1}")
    reading = blank(edition, year, unit__name=unit, unit__type=kind, unit__level=_level(edition, level, kind))
    if unit:
        reading = replace(reading, fields={**reading.fields, "unit.short": short_name(edition, reading)})
    if last is not None:
        prior, findings = read_report(last)
        if prior is None:
            tell(findings)
            stop(Exit.INPUT)
        reading, done, notes = take_over(edition, reading, prior)
        tell(notes)
        say("\n".join(lines(edition, done)))
    if output is not None and output.suffix.lower() != ".xlsx":
        say("-o 后面请写 .xlsx 文件。")
        stop(Exit.USAGE)
    path = output or Path(f"{safe_name(reading.text('unit.name')) if reading.text('unit.name') else ''}{year}年{edition.report_name}.xlsx")
    write_output(path, write(edition, reading, dt.datetime.combine(today, dt.time())), force=force)
    result(f"{path}\n")


@app.command(cls=_Command)
def check(
    files: Files,
    prior: Priors = None,
    form: Annotated[Format, typer.Option("--format", help="输出的样子。")] = Format.TEXT,
    output: Output = None,
    compared: Annotated[
        Path | None, typer.Option("--against", metavar="工作簿", help="和这个工作簿比：数是不是都相同，哪些话不同。", show_default=False)
    ] = None,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="每份另写一份批注表（NAME.批注.xlsx），-o 写文件夹；查文件夹时每份还写退回通知。")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="没有说明的“请说明”也算不通过。")] = False,
    force: Force = False,
) -> None:
    """核对工作簿、数据文件或者已公开的报告，说出哪里不对、为什么、怎么改。"""
    if annotate and output is not None and output.suffix and not output.is_dir():
        say("和 --annotate 一起用时，-o 后面请写文件夹。")
        stop(Exit.USAGE)
    outcomes, code = _checked(files, prior, aside=annotate)
    if compared is not None:
        outcomes = _compared(outcomes, compared)
    _deliver(outcomes, form, None if annotate else output, force)
    codes = [code]
    if annotate:
        codes.append(_annotate(outcomes, output, force, notices=len(outcomes) > 1 or any(path.is_dir() for path in files)))
    for outcome in outcomes:
        is_open = any(one.is_open_error or (strict and one.is_open_warning) for one in outcome.findings)
        codes.append(Exit.INPUT if outcome.reading is None else Exit.FINDINGS if is_open else Exit.OK)
    stop(Exit.worst(codes))


def _deliver(outcomes: list["Outcome"], form: Format, output: Path | None, force: bool) -> None:
    from toolkit import show

    if form is Format.TEXT:
        deliver_text(show.text(outcomes), output, force)
    elif form is Format.HTML:
        from toolkit.page import to_html

        deliver(to_html(outcomes), output, force)
    else:
        deliver((show.to_json if form is Format.JSON else show.to_csv)(outcomes), output, force)


def _annotate(outcomes: list["Outcome"], folder: Path | None, force: bool, *, notices: bool) -> Exit:
    """A marked-up copy of every input that could be read, and of many inputs a notice to each unit."""
    from toolkit.outputs import OutputExists, write_output
    from toolkit.returns import marked_copy, notice, paths_of

    today = dt.datetime.combine(dt.date.today(), dt.time())
    taken: set[Path] = set()
    worst = Exit.OK
    for outcome in watched(outcomes, "写批注"):
        copy, letter = paths_of(outcome.file, folder, taken)
        data, long = marked_copy(outcome, today) if outcome.reading is not None else (None, [])
        tell(long)
        written = [(copy, data)] if data is not None else []
        if notices:
            written.append((letter, notice(outcome, copy if data is not None else None).encode("utf-8", "replace")))
        for path, content in written:
            try:
                write_output(path, content, force=force)
                say(f"已写 {path}")
            except OutputExists:
                say(f"“{path}”已经有了，没有覆盖；要覆盖请加 --force，或者用 -o 写到别处。")
                worst = Exit.USAGE
    return worst


@app.command(cls=_Command)
def report(
    files: Files,
    output: Output = None,
    draft: Annotated[bool, typer.Option("--draft", help="写草稿，有问题也写。")] = False,
    final: Annotated[bool, typer.Option("--final", help="写定稿：没有未说明的问题，审签齐全。")] = False,
    form: Annotated[ReportFormat, typer.Option("--format", help="报告的格式。")] = ReportFormat.DOCX,
    fragment: Annotated[bool, typer.Option("--fragment", help="只写网页里的一段，粘贴到网站编辑器里用。")] = False,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="模板", help="用这个 .docx 里的样式（字体、字号、行距）。", show_default=False)
    ] = None,
    fonts: Annotated[FontSet, typer.Option("--fonts", help="用哪一套字体。")] = FontSet.STANDARD,
    prior: Priors = None,
    force: Force = False,
) -> None:
    """写年度报告。不加选项写送审稿和它的审签单（.docx）。"""
    from toolkit.publish import Order
    from toolkit.report.docx import Design
    from toolkit.report.gates import Stage
    from toolkit.report.template import load_template

    form = ReportFormat.HTML if fragment and form is ReportFormat.DOCX else form
    if draft and final:
        _usage("--draft 和 --final 只能用一个。")
    if fragment and form is not ReportFormat.HTML:
        _usage("--fragment 是网页里的一段，不能和别的 --format 一起用。")
    if template is not None and form not in (ReportFormat.DOCX, ReportFormat.PDF):
        _usage("--template 只用于 docx 和 pdf。")
    styles, findings = load_template(template) if template is not None else (None, [])
    tell(findings)
    if template is not None and styles is None:
        stop(Exit.INPUT)
    stage = Stage.DRAFT if draft else Stage.FINAL if final else Stage.APPROVAL
    outcomes, code = _checked(files, prior)
    names_file = output is not None and not output.is_dir() and bool(output.suffix)
    if names_file and (len(outcomes) > 1 or output is None or output.suffix.lower() != f".{form}"):
        _usage(f"-o 后面请写 .{form} 文件（别的格式请加 --format）；有几份报告时请写文件夹。")
    order = Order(stage, form, Design(fonts, styles), fragment, output if names_file else None, output or Path(), force)
    codes = [_report(outcome, order) for outcome in watched(outcomes, "写报告")]
    if len(outcomes) > 1:
        refused = [outcome.file for outcome, exit_code in zip(outcomes, codes, strict=True) if exit_code is not Exit.OK]
        say(f"共 {len(outcomes)} 份，写了 {len(outcomes) - len(refused)} 份。" + (f"没有写的：{'、'.join(refused)}。" if refused else ""))
    stop(Exit.worst([code, *codes]))


def _report(outcome: "Outcome", order: "Order") -> Exit:
    from toolkit.publish import publish

    done = publish(outcome, order, dt.datetime.now().replace(microsecond=0))
    tell(done.findings)
    if done.refusal:
        say(done.refusal)
    if done.sheet:
        say(f"审签单（内部资料）：{done.sheet}")
    if done.path:
        result(f"{done.path}\n")
    return done.code


@app.command(name="import", cls=_Command)
def import_(
    source: Annotated[
        Path,
        typer.Argument(metavar="报告", help="报告（.docx .html .pdf .txt .xlsx 等）、数据文件，或者装着它们的文件夹。", show_default=False),
    ],
    output: Output = None,
    form: Annotated[ImportFormat, typer.Option("--format", help="读入成什么；-o 写了文件名的按文件名。")] = ImportFormat.XLSX,
    unit: Annotated[str, typer.Option("--unit", metavar="名称", help="单位全称，报告里没有时用。")] = "",
    year: Annotated[int | None, typer.Option("--year", metavar="年度", help="报告年度，报告里没有时用。", show_default=False)] = None,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="工作簿", help="只把报告的文字带回这个工作簿，不改数。", show_default=False)
    ] = None,
    force: Force = False,
) -> None:
    """把已公开的报告或者数据文件读入成工作簿（-o x.xlsx）或者数据（-o x.json）。"""
    from toolkit.importing.published import Given

    given = Given(unit, year)
    if source.is_dir():
        if into is not None or unit or year is not None or (output is not None and output.suffix.lower() in (".xlsx", ".json")):
            say("读入整个文件夹时，-o 后面请写文件夹，不用 --into、--unit 和 --year。")
            stop(Exit.USAGE)
        stop(_import_folder(source, output or Path(f"{source.resolve().name}-读入"), form, force))
    path = output or (into.with_name(f"{into.stem}（文字已更新）.xlsx") if into else Path(f"{source.stem}.{form.value}"))
    if path.suffix.lower() not in (".xlsx", ".json") or (into is not None and path.suffix.lower() != ".xlsx"):
        say("-o 后面请写 .xlsx 或者 .json 文件。" if into is None else "-o 后面请写 .xlsx 文件。")
        stop(Exit.USAGE)
    stop(_import_into(source, into, path, given, force) if into else _import(source, path, given, force))


def _import(source: Path, path: Path, given: "Given", force: bool) -> Exit:
    """One report read, written and judged; it is written also when it has errors."""
    from toolkit.checking.check import check as judge
    from toolkit.edition.explained import explain
    from toolkit.edition.load import load_edition
    from toolkit.files import read_report
    from toolkit.importing.dump_data import to_json
    from toolkit.outputs import write_output

    reading, findings = read_report(source, given=given)
    if reading is None:
        tell(findings)
        return Exit.INPUT
    edition = load_edition(reading.edition)
    data = to_json(edition, reading).encode("utf-8") if path.suffix.lower() == ".json" else _workbook(edition, reading)
    if data is None:
        return Exit.FINDINGS
    write_output(path, data, force=force)
    findings = explain(edition, reading, [*findings, *judge([reading])[0]])
    tell(findings)
    if infos := sum(one.severity is Severity.INFO for one in findings):
        say(f"另有供参考 {infos} 条，要看请用：toolkit check {source}")
    result(f"{path}\n")
    return Exit.FINDINGS if any(one.is_open_error for one in findings) else Exit.OK


def _workbook(edition: "Edition", reading: "Reading") -> bytes | None:
    """The workbook; None where a text is too long for it, which is told."""
    from toolkit.workbook.write import too_long, write

    if long := too_long(edition, reading):
        tell(long)
        return None
    return write(edition, reading, dt.datetime.combine(dt.date.today(), dt.time()))


def _import_folder(folder: Path, target: Path, form: ImportFormat, force: bool) -> Exit:
    """Every report in a folder; one that cannot be read or written is told and stops no other."""
    from toolkit.files import inputs
    from toolkit.importing.published import Given
    from toolkit.outputs import OutputExists, free_name

    paths, missing = inputs([folder])
    tell(missing)
    taken: set[Path] = set()
    codes = [Exit.INPUT for _ in missing]
    for source in progress(paths):
        say(f"{source}：")
        try:
            codes.append(_import(source, free_name(target / f"{source.stem}.{form.value}", taken), Given(), force))
        except OutputExists as error:
            say(f"“{error.path}”已经有了，没有覆盖；要覆盖请加 --force，或者用 -o 写到别处。")
            codes.append(Exit.USAGE)
    counts = {code: codes.count(code) for code in Exit}
    say(
        f"共 {len(paths)} 份：读入 {counts[Exit.OK] + counts[Exit.FINDINGS]} 份，其中有必须改的 {counts[Exit.FINDINGS]} 份；"
        f"没有读入 {counts[Exit.INPUT] + counts[Exit.USAGE]} 份。"
    )
    return Exit.worst(codes)


def _import_into(source: Path, book: Path, path: Path, given: "Given", force: bool) -> Exit:
    """The prose of a document taken back into its workbook; figures that differ are told and stay."""
    from toolkit.against import against, with_prose_of
    from toolkit.codes import finding
    from toolkit.edition.load import load_edition
    from toolkit.files import read_report
    from toolkit.finding import Place
    from toolkit.outputs import write_output

    reading, findings = read_report(source, given=given)
    own, notes = read_report(book)
    tell([*findings, *notes])
    if reading is None or own is None:
        return Exit.INPUT
    different = [one for one in against(reading, own) if one.code in ("V-20", "V-24")]
    tell(different)
    if any(one.code == "V-24" for one in different):
        return Exit.FINDINGS
    changed, sections = with_prose_of(reading, own)
    data = _workbook(load_edition(own.edition), changed)
    if data is None:
        return Exit.FINDINGS
    write_output(path, data, force=force)
    say(finding("R-58", Place(str(path)), sections="、".join(sections) or "（没有）").message)
    result(f"{path}\n")
    return Exit.FINDINGS if different else Exit.OK


@app.command(cls=_Command)
def export(
    source: OneFile,
    form: Annotated[DataFormat, typer.Option("--format", help="数据的样子。")] = DataFormat.JSON,
    output: Output = None,
    force: Force = False,
) -> None:
    """把工作簿里的内容导出成数据。"""
    from toolkit.edition.load import load_edition
    from toolkit.files import read_report
    from toolkit.importing.dump_data import to_csv, to_json

    reading, findings = read_report(source)
    tell(findings)
    if reading is None:
        stop(Exit.INPUT)
    edition = load_edition(reading.edition)
    deliver((to_json if form is DataFormat.JSON else to_csv)(edition, reading), output, force)


@app.command(cls=_Command)
def rules(
    edition: Annotated[str, typer.Argument(metavar="[格式版本或年度]", help="例如 2021；不写的是最新的。")] = "",
    diff: Annotated[
        tuple[str, str] | None, typer.Option("--diff", metavar="旧 新", help="两个格式版本（或年度）的不同，例如 --diff 2019 2021。")
    ] = None,
) -> None:
    """列出一个格式版本的勾稽关系，或者两个格式版本的不同。"""
    from toolkit import compare, show

    if diff is not None:
        old, new = map(_edition_named, diff)
        deliver_text(compare.editions(old, new), None, False)
    else:
        deliver_text(show.rules(_edition_named(edition)), None, False)


@app.command(cls=_Command)
def demo(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="文件夹", help="演示的文件放在这个新文件夹里。")] = Path("toolkit-demo"),
) -> None:
    """用一份真实的报告演示全过程。"""
    from toolkit.demo import run

    if output.exists() and any(output.iterdir() if output.is_dir() else [output]):
        say(f"“{output}”已经有了，请用 -o 另指定一个新文件夹。")
        stop(Exit.USAGE)
    for step in run(output, dt.datetime.combine(dt.date.today(), dt.time())):
        deliver_text(step, None, False)


def _version(wanted: bool) -> None:
    if wanted:
        result(f"toolkit {__version__}\n")
        raise typer.Exit


@app.callback()
def root(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")] = False) -> None:
    """政府信息公开工作年度报告：做表格、核对、写报告。"""


# --- shared steps of commands


def _edition_of_year(year: int) -> "Edition":
    from toolkit.edition.load import edition_for_year, edition_ids, load_edition

    edition = edition_for_year(year)
    if edition is None:
        first = min(load_edition(name).first_year for name in edition_ids())
        say(f"{year}年没有统一的年度报告格式：全国统一的格式从{first}年的报告开始，请用{first}年及以后的年度。")
        stop(Exit.USAGE)
    return edition


def _edition_named(name: str) -> str:
    """The id of an edition given by id or by a report year; the newest where none is given."""
    from toolkit.edition.load import edition_ids

    known = edition_ids()
    if not name or name in known:
        return name or known[-1]
    if not name.isdecimal():
        say(f"没有格式版本“{name}”，有的是：{'、'.join(known)}。")
        stop(Exit.USAGE)
    return _edition_of_year(int(name)).id


def _level(edition: "Edition", level: str, kind: str) -> str:
    """A level by its key or its words; without one, that of the unit type where it is certain."""
    choices = dict(edition.profile.choices["levels"])
    if not level:
        return edition.profile.type_levels.get(kind, "")
    found = next((key for key, word in choices.items() if level in (key, word)), None)
    if found is None:
        say(f"没有单位层级“{level}”，可选：{'、'.join(f'{key}（{word}）' for key, word in choices.items())}。")
        stop(Exit.USAGE)
    return found


def _checked(files: Sequence[Path], prior: Sequence[Path] | None, *, aside: bool = False) -> tuple[list["Outcome"], Exit]:
    """Everything read and judged together; the exit code is that of the prior reports."""
    from toolkit.batch import check_files
    from toolkit.files import inputs, marked_copies

    paths, missing = inputs(files)
    copies = marked_copies(path for folder in files if folder.is_dir() for path in folder.rglob("*"))
    if copies:
        names = "、".join(sorted(path.name for path in copies))
        say(f"没有读已有原表的批注表：{names}。交回的批注表请单独放一个文件夹，或者直接写出文件名。")
    outcomes, prior_findings, could_read = check_files(progress(paths), prior, aside=aside)
    tell(prior_findings)
    for one in missing:
        outcomes.append(_unread(one))
    return outcomes, Exit.OK if could_read else Exit.INPUT


def _compared(outcomes: list["Outcome"], book: Path) -> list["Outcome"]:
    """Each report beside the workbook it came from."""
    from toolkit.against import against
    from toolkit.files import read_report
    from toolkit.finding import in_order

    own, findings = read_report(book)
    if own is None:
        tell(findings)
        stop(Exit.INPUT)
    return [
        replace(one, findings=in_order([*one.findings, *(against(one.reading, own) if one.reading is not None else [])]))
        for one in outcomes
    ]


def _unread(one: Finding) -> "Outcome":
    from toolkit.show import Outcome

    return Outcome(one.place.file, None, [one])


def _usage(words: str) -> NoReturn:
    say(words)
    stop(Exit.USAGE)


def stop(code: Exit) -> NoReturn:
    raise typer.Exit(int(code))

"""One report on its way out: through its pass_gate, under its name, with its approval sheet where
it is for approval.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.files.outputs import free_name, safe_name, write_output
from toolkit.finding import Finding
from toolkit.phrases import phrases
from toolkit.record.outcome import Outcome
from toolkit.record.reading import Reading
from toolkit.report.choices import Format
from toolkit.report.docx import Design
from toolkit.report.formats import produce
from toolkit.report.gates import Stage, pass_gate
from toolkit.report.narrative import narrate
from toolkit.report.sheet import approval_sheet


@dataclass(frozen=True)
class Style:
    """How a report is made: for which stage of its way, in which format, with which look."""

    stage: Stage
    format: Format
    design: Design
    fragment: bool  # only the part of a page that goes into a site's editor


class Result(Enum):
    """What became of one report."""

    MADE = auto()
    UNREAD = auto()
    REFUSED = auto()  # by its pass_gate
    IMPOSSIBLE = auto()  # this machine cannot make the format
    EXISTS = auto()  # a file of its name is there already


@dataclass(frozen=True)
class Made:
    """One report as bytes, with its approval sheet, or why there is none; and every finding that is
    still open.
    """

    result: Result
    findings: list[Finding]
    name: str = ""  # of the file
    data: bytes | None = None
    sheet: bytes | None = None


def make_report(outcome: Outcome, style: Style, now: datetime) -> Made:
    """The report of one input, unless its pass_gate refuses it.

    An approval sheet goes with a report for approval.
    """
    reading = outcome.reading
    if reading is None:
        return Made(Result.UNREAD, outcome.findings)
    edition = load_edition(reading.edition)
    is_allowed, still_open = pass_gate(style.stage, outcome.findings, reading, edition)
    if not is_allowed:
        return Made(Result.REFUSED, still_open)
    document = narrate(edition, reading)
    data, findings = produce(
        document, style.stage, now, style.format, style.design, fragment=style.fragment
    )
    findings = [*still_open, *findings]
    if data is None:
        return Made(Result.IMPOSSIBLE, findings)
    sheet = None
    if style.stage is Stage.APPROVAL:
        sheet = approval_sheet(edition, reading, outcome.findings, now, style.design)
    return Made(Result.MADE, findings, _name(edition, reading, style), data, sheet)


def _name(edition: Edition, reading: Reading, style: Style) -> str:
    """The file's name, example: 甲镇人民政府2021年政府信息公开工作年度报告（送审稿）.docx."""
    stage = "" if style.stage is Stage.FINAL else f"（{style.stage}）"
    part = f"（{phrases().report.fragment}）" if style.fragment else ""
    unit = safe_name(reading.text("unit.name"))
    return f"{unit}{reading.year}年{edition.report_name}{stage}{part}.{style.format}"


@dataclass(frozen=True)
class Order:
    """How the reports of one run are made, and where they are written.

    Two of them never share a file: `taken`.
    """

    style: Style
    file: Path | None  # of the only report
    folder: Path
    force: bool
    taken: set[Path] = field(default_factory=set)

    def path_of(self, name: str) -> Path:
        return self.file or free_name(self.folder / name, self.taken)


@dataclass(frozen=True)
class Published:
    """What became of one report: the files written, or why none was.

    `there` is a file that kept it from being written. `kept_sheet`: an approval sheet that was
    there already.
    """

    result: Result
    findings: list[Finding]
    path: Path | None = None
    sheet: Path | None = None
    there: Path | None = None
    kept_sheet: Path | None = None


def publish(outcome: Outcome, order: Order, now: datetime) -> Published:
    """The report of one input made and written, nothing overwritten unasked."""
    made = make_report(outcome, order.style, now)
    if made.data is None:
        return Published(made.result, made.findings)
    path = order.path_of(made.name)
    sheet = _sheet_path(path, order.style.stage) if made.sheet is not None else None
    is_kept = sheet is not None and sheet.exists() and not path.exists() and not order.force
    written_sheet = None if is_kept else sheet  # the report in another format: its sheet is there
    for output in (path, written_sheet):
        if output is not None and output.exists() and not order.force:
            return Published(Result.EXISTS, made.findings, there=output)
    write_output(path, made.data, force=order.force)
    if written_sheet is not None and made.sheet is not None:
        write_output(written_sheet, made.sheet, force=order.force)
    kept_sheet = sheet if is_kept else None
    return Published(made.result, made.findings, path, written_sheet, kept_sheet=kept_sheet)


def _sheet_path(path: Path, stage: Stage) -> Path:
    bare = path.stem.replace(f"（{stage}）", "")
    return path.with_name(f"{bare}（{phrases().report.sheet}）.docx")

"""One report on its way out: through its gate, under its name, with its approval sheet where it is for approval."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from toolkit.edition.load import load_edition
from toolkit.files.outputs import OutputExists, free_name, safe_name, write_output
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
class Order:
    """How the reports of one run are to be written, and where. Two of them never share a file: `taken`."""

    stage: Stage
    form: Format
    design: Design
    fragment: bool
    file: Path | None  # of the only report
    folder: Path
    force: bool
    taken: set[Path] = field(default_factory=set)

    def path(self, reading: Reading, report_name: str) -> Path:
        if self.file is not None:
            return self.file
        mark = "" if self.stage is Stage.FINAL else f"（{self.stage}）"
        part = f"（{phrases().report.fragment}）" if self.fragment else ""
        name = f"{safe_name(reading.text('unit.name'))}{reading.year}年{report_name}{mark}{part}.{self.form}"
        return free_name(self.folder / name, self.taken)


class Result(Enum):
    """What became of one report."""

    WRITTEN = auto()
    UNREAD = auto()
    REFUSED = auto()  # by its gate, or because it cannot be made
    EXISTS = auto()  # a file of its name is there already


@dataclass(frozen=True)
class Done:
    """What became of one report: the files written, or why none was, and everything that is still open."""

    result: Result
    findings: list[Finding]
    refusal: str = ""
    path: Path | None = None
    sheet: Path | None = None


def publish(outcome: Outcome, order: Order, now: datetime) -> Done:
    reading = outcome.reading
    if reading is None:
        return Done(Result.UNREAD, outcome.findings)
    edition = load_edition(reading.edition)
    allowed, still_open = pass_gate(order.stage, outcome.findings, reading, edition)
    if not allowed:
        refusal = f"{outcome.file}：还有上面的问题，没有写{order.stage}。先看草稿请加 --draft。"
        return Done(Result.REFUSED, still_open, refusal)
    path = order.path(reading, edition.report_name)
    bare = path.stem.replace(f"（{order.stage}）", "")
    sheet = (
        path.with_name(f"{bare}（{phrases().report.sheet}）.docx")
        if order.stage is Stage.APPROVAL
        else None
    )
    kept = (
        sheet
        if sheet is not None and sheet.exists() and not path.exists() and not order.force
        else None
    )
    sheet = (
        None if kept is not None else sheet
    )  # the report in another format: its sheet is there already
    there = next(
        (one for one in (path, sheet) if one is not None and one.exists() and not order.force), None
    )
    if there is not None:
        return Done(Result.EXISTS, still_open, str(OutputExists(there)))
    data, findings = produce(
        narrate(edition, reading),
        order.stage,
        now,
        order.form,
        order.design,
        fragment=order.fragment,
    )
    if data is None:
        return Done(Result.REFUSED, [*still_open, *findings])
    write_output(path, data, force=order.force)
    if sheet is not None:
        write_output(
            sheet,
            approval_sheet(edition, reading, outcome.findings, now, order.design),
            force=order.force,
        )
    said = str(phrases().report.sheet_kept).format(sheet=kept) if kept is not None else ""
    return Done(Result.WRITTEN, [*still_open, *findings], said, path=path, sheet=sheet)

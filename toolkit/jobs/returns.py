"""What goes back to a unit after a check: the marked-up copy of its workbook, and a notice to paste
into a message.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.edition.load import load_edition
from toolkit.files.outputs import free_name
from toolkit.finding import Finding, Severity, count
from toolkit.phrases import phrases
from toolkit.record.outcome import Outcome
from toolkit.record.reading import Aside, Reading
from toolkit.workbook.review import Review
from toolkit.workbook.write import too_long, write

NEWLINE = "\r\n"  # for the editors of Windows, as is the byte order mark
BOM = "\ufeff"


@dataclass(frozen=True)
class Return:
    """What goes back for one input: the files that would be written, and texts that fit no cell of
    a copy.
    """

    copy: Path
    copy_data: bytes | None
    notice: Path
    notice_data: bytes | None
    problems: list[Finding]


def prepare_returns(
    outcomes: Iterable[Outcome], folder: Path | None, created: dt.datetime, *, notices: bool
) -> Iterator[Return]:
    """A marked-up copy of every input that could be read, and with `notices` a notice to each unit.

    The files go beside their input, or into the folder; two of them never share a name.
    """
    taken: set[Path] = set()
    for outcome in outcomes:
        copy, letter = paths_of(outcome.file, folder, taken)
        data: bytes | None = None
        problems: list[Finding] = []
        if outcome.reading is not None:
            data, problems = marked_copy(outcome, created)
        text = None
        if notices:
            text = notice(outcome, copy if data is not None else None).encode("utf-8", "replace")
        yield Return(copy, data, letter, text, problems)


def marked_copy(outcome: Outcome, created: dt.datetime) -> tuple[bytes | None, list[Finding]]:
    """A fresh workbook with everything of the old one, findings on their cells and in a list.

    None where a text fits no cell; the findings say which.
    """
    reading = outcome.reading
    assert reading is not None
    edition = load_edition(reading.edition)
    if problems := too_long(edition, reading):
        return None, problems
    findings = sorted(outcome.findings, key=lambda finding: finding.severity.rank)
    review = Review(tuple(findings), reading.aside or Aside())
    return write(edition, reading, created, review), []


def paths_of(file: str, folder: Path | None, taken: set[Path]) -> tuple[Path, Path]:
    """Where copy and notice of an input go. The copy of a copy gets the next number.

    Example: `甲镇.xlsx` gives `甲镇.批注.xlsx`, and `甲镇.批注.xlsx` gives `甲镇.批注2.xlsx`.
    """
    words, source = phrases().notice, Path(file)
    stem, number = source.stem, ""
    match = re.fullmatch(rf"(.*)\.{words.mark}(\d*)", source.stem)
    if match:
        stem, number = match[1], str(int(match[2] or 1) + 1)
    where = source.parent if folder is None else folder
    copy = free_name(where / f"{stem}.{words.mark}{number}.xlsx", taken)
    return copy, free_name(where / f"{stem}.{words.name}{number}.txt", taken)


def notice(outcome: Outcome, copy: Path | None) -> str:
    """What a unit has to do, in the words of a message; `copy` is the marked-up copy that goes with
    it.
    """
    if outcome.reading is None:
        lines = _lines_of_unread(outcome)
    else:
        lines = _lines_of_report(outcome.reading, outcome.findings, copy)
    return BOM + NEWLINE.join(lines) + NEWLINE


def _lines_of_unread(outcome: Outcome) -> list[str]:
    first = phrases().notice.unread.format(file=Path(outcome.file).name)
    return [first, *(f"{finding.message}{finding.remedy}" for finding in outcome.findings)]


def _lines_of_report(reading: Reading, findings: Sequence[Finding], copy: Path | None) -> list[str]:
    words = phrases().notice
    numbers = count([finding for finding in findings if finding.explanation is None])
    is_asked = numbers["error"] + numbers["warning"] > 0
    report = f"{reading.year}年{load_edition(reading.edition).report_name}"
    task = words.asked if is_asked else words.clean
    unit = reading.text("unit.name") or words.no_unit
    lines = [f"{unit}：", task.format(report=report, **numbers)]
    for severity in (Severity.ERROR, Severity.WARNING):
        lines += _entries([finding for finding in findings if finding.severity is severity])
    if copy is not None and is_asked:
        lines += ["", words.attached.format(copy=copy.name)]
    return [*lines, "", words.internal]


def _entries(findings: Sequence[Finding]) -> list[str]:
    """The findings of one severity under its name, numbered."""
    if not findings:
        return []
    head = phrases().severity.word(findings[0].severity.value)
    entries = [f"{number}. {_entry(finding)}" for number, finding in enumerate(findings, start=1)]
    return ["", f"{head}：", *entries]


def _entry(finding: Finding) -> str:
    place = f"（{finding.place.in_words}）" if finding.place.in_words else ""
    reason = f"（{phrases().notice.explained}）" if finding.explanation else ""
    return f"{place}{finding.message}{finding.remedy}{reason}"

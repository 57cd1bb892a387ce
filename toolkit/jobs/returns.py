"""What goes back to a unit after a check: the marked-up copy of its workbook, and a notice to paste into a message."""

import datetime as dt
import re
from pathlib import Path

from toolkit.edition.load import load_edition
from toolkit.files.outputs import free_name
from toolkit.finding import Finding, Severity, count
from toolkit.phrases import phrases
from toolkit.record.outcome import Outcome
from toolkit.record.reading import Aside
from toolkit.workbook.review import Review
from toolkit.workbook.write import too_long, write

NEWLINE = "\r\n"  # for the editors of Windows, as is the byte order mark
BOM = "\ufeff"


def marked_copy(outcome: Outcome, created: dt.datetime) -> tuple[bytes | None, list[Finding]]:
    """A fresh workbook with everything of the old one, findings on their cells and in a list. None where a text fits no cell."""
    reading = outcome.reading
    assert reading is not None
    edition = load_edition(reading.edition)
    if long := too_long(edition, reading):
        return None, long
    return write(
        edition,
        reading,
        created,
        Review(tuple(_by_severity(outcome.findings)), reading.aside or Aside()),
    ), []


def _by_severity(findings: list[Finding]) -> list[Finding]:
    """Worst first, else in the order of the form."""
    return sorted(findings, key=lambda one: one.severity.rank)


def paths_of(file: str, folder: Path | None, taken: set[Path]) -> tuple[Path, Path]:
    """Where copy and notice of an input go: beside it, or into the folder. The copy of a copy gets the next number."""
    words, source = phrases().notice, Path(file)
    found = re.fullmatch(rf"(.*)\.{words.mark}(\d*)", source.stem)
    stem, number = (found[1], str(int(found[2] or 1) + 1)) if found else (source.stem, "")
    where = source.parent if folder is None else folder
    copy = free_name(where / f"{stem}.{words.mark}{number}.xlsx", taken)
    return copy, free_name(where / f"{stem}.{words.name}{number}.txt", taken)


def notice(outcome: Outcome, copy: Path | None) -> str:
    """What a unit has to do, in the words of a message."""
    words, severities = phrases().notice, phrases().severity
    numbers = count([one for one in outcome.findings if one.explanation is None])
    reading = outcome.reading
    if reading is None:
        lines = [
            words.unread.format(file=Path(outcome.file).name),
            *(f"{one.message}{one.remedy}" for one in outcome.findings),
        ]
        return _text(lines)
    unit = reading.text("unit.name") or words.no_unit
    report = f"{reading.year}年{load_edition(reading.edition).report_name}"
    asked = numbers["error"] + numbers["warning"]
    lines = [
        f"{unit}：",
        words.word("asked" if asked else "clean").format(report=report, **numbers),
    ]
    for severity in (Severity.ERROR, Severity.WARNING):
        own = [one for one in outcome.findings if one.severity is severity]
        if own:
            lines += [
                "",
                f"{severities.word(severity.value)}：",
                *(f"{number}. {_entry(one)}" for number, one in enumerate(own, start=1)),
            ]
    if copy is not None and asked:
        lines += ["", words.attached.format(copy=copy.name)]
    return _text([*lines, "", words.internal])


def _entry(one: Finding) -> str:
    place = one.place.in_words
    reason = f"（{phrases().notice.explained}）" if one.explanation else ""
    parts = [f"（{place}）" if place else "", one.message, one.remedy, reason]
    return "".join(parts)


def _text(lines: list[str]) -> str:
    return BOM + NEWLINE.join(lines) + NEWLINE

"""What a marked-up copy shows beside the form.

Findings with the cells they belong to, and what the person had left beside the report.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from toolkit.codes import catalogue
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Severity
from toolkit.phrases import phrases
from toolkit.record.reading import Aside, Origin, Reading, Remark
from toolkit.record.settle import settle
from toolkit.values import BLANK


@dataclass(frozen=True)
class Review:
    """`findings` in the order of the list.

    Without a list (`is_listed`) only what the person had left is written again.
    """

    findings: tuple[Finding, ...]
    aside: Aside = field(default_factory=Aside)
    is_listed: bool = True

    def flagged(self, edition: Edition) -> Mapping[str, Severity]:
        """Every cell or field that a finding is about -> the worst severity of its findings.

        Relations are marked by the live checks.
        """
        severities: dict[str, Severity] = {}
        relations = {relation.code for relation in edition.relations}
        for finding in self.findings:
            if finding.code in relations or is_about_whole(finding):
                continue
            for key in finding.keys:
                if key not in severities or finding.severity.rank < severities[key].rank:
                    severities[key] = finding.severity
        return severities

    def notes(self, edition: Edition) -> Mapping[str, str]:
        """The note of every cell or field that has one.

        Findings are on the cell they are reported at, and below them is what the person had noted.
        """
        lines: dict[str, list[str]] = {}
        for finding in self.findings:
            key = target_of(edition, finding)
            if key:
                lines.setdefault(key, []).append(_note_text(finding))
        words = phrases().issues_sheet
        notes = {
            key: "\n".join([words.note_start, *texts, words.note_end])
            for key, texts in lines.items()
        }
        for remark in self.aside.remarks:
            if remark.is_note and remark.key:
                own = f"{words.note_own}{remark.text}"
                notes[remark.key] = f"{notes[remark.key]}\n{own}" if remark.key in notes else own
        return notes


def is_about_whole(finding: Finding) -> bool:
    """Whether a finding is about the report or a sheet, not about one cell."""
    entry = catalogue().get(finding.code)
    return entry is not None and entry.whole


def needs_confirming(finding: Finding) -> bool:
    """Whether somebody has to write beside a finding that it was seen to.

    So where the copy can no longer show what is wrong.
    """
    entry = catalogue().get(finding.code)
    return entry is not None and entry.confirm and finding.severity is Severity.ERROR


def is_restored(finding: Finding) -> bool:
    """Whether the copy itself has mended it, so that nothing is left to do there."""
    entry = catalogue().get(finding.code)
    return entry is not None and entry.restored


def target_of(edition: Edition, finding: Finding) -> str | None:
    """The cell or field a finding is reported at.

    The side that holds the total or result, else the first that there is; None without any.
    """
    if is_about_whole(finding):
        return None
    keys = list(finding.keys)
    for instance in edition.instances:
        if instance.about == finding.about:
            keys = [*instance.found_side.names, *keys]
            break
    return next((key for key in keys if key in edition.cells or key in edition.fields), None)


def _note_text(finding: Finding) -> str:
    word = phrases().severity.word(finding.severity.value)
    return f"{word}：{finding.message}\n{finding.remedy} [{finding.code}]"


def without_ours(note: str) -> str:
    """What a person wrote in a note.

    Without our block of findings and without our word before an earlier note.
    """
    words = phrases().issues_sheet
    block = re.escape(words.note_start) + ".*?(" + re.escape(words.note_end) + r"|\Z)"
    return re.sub(block, "", note, flags=re.DOTALL).replace(words.note_own, "").strip()


def repair(edition: Edition, reading: Reading, findings: Iterable[Finding]) -> Reading:
    """The reading as the copy holds it.

    Overwritten totals are formulas again, but the totals that a published report states are facts
    and stay. A reason of a finding that is open again is dropped; its opinion stays.
    """
    ours = edition.totals if reading.origin is Origin.WORKBOOK else ()
    cells = {key: BLANK if key in ours else value for key, value in reading.cells.items()}
    open_findings = {finding.about for finding in findings if finding.explanation is None}
    explanations = []
    for explanation in reading.explanations:
        if explanation.about not in open_findings:
            explanations.append(explanation)
        elif explanation.opinion:
            explanations.append(replace(explanation, text=""))
    return settle(edition, replace(reading, cells=cells, explanations=tuple(explanations)))


def unplaced(remarks: Iterable[Remark]) -> list[Remark]:
    """The remarks that have no cell in the copy and so are listed."""
    return [remark for remark in remarks if not (remark.is_note and remark.key)]

"""What a marked-up copy shows beside the form: findings with the cells they belong to, and what the person had left beside the report."""

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
    """`findings` in the order of the list. Without a list (`is_listed`) only what the person had left is written again."""

    findings: tuple[Finding, ...]
    aside: Aside = field(default_factory=Aside)
    is_listed: bool = True

    def flagged(self, edition: Edition) -> Mapping[str, Severity]:
        """Every cell or field that a finding is about -> the worst of its findings. Relations are marked by the live checks."""
        found: dict[str, Severity] = {}
        relations = {relation.code for relation in edition.relations}
        for one in (
            one for one in self.findings if one.code not in relations and not is_whole(one)
        ):
            for key in one.keys:
                if key not in found or one.severity.rank < found[key].rank:
                    found[key] = one.severity
        return found

    def notes(self, edition: Edition) -> Mapping[str, str]:
        """The note of every cell that has one: findings on the cell they are told at, and below them what the person had noted there."""
        lines: dict[str, list[str]] = {}
        for one in self.findings:
            if key := target(edition, one):
                lines.setdefault(key, []).append(_line(one))
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


def is_whole(one: Finding) -> bool:
    entry = catalogue().get(one.code)
    return entry is not None and entry.whole


def target(edition: Edition, one: Finding) -> str | None:
    """The cell or field a finding is told at: the side that holds the total or result, else the first that there is."""
    if is_whole(one):
        return None
    found = [instance for instance in edition.instances if instance.about == one.about]
    names = [*(found[0].found_side.names if found else ()), *one.keys]
    return next((key for key in names if key in edition.cells or key in edition.fields), None)


def _line(one: Finding) -> str:
    word = phrases().severity.word(one.severity.value)
    return f"{word}：{one.message}\n{one.remedy} [{one.code}]"


def without_ours(note: str) -> str:
    """What a person wrote in a note, without our block of findings and our word in front of an earlier note."""
    words = phrases().issues_sheet
    block = re.escape(words.note_start) + ".*?(" + re.escape(words.note_end) + r"|\Z)"
    return re.sub(block, "", note, flags=re.DOTALL).replace(words.note_own, "").strip()


def repaired(edition: Edition, reading: Reading, findings: Iterable[Finding]) -> Reading:
    """The reading as the copy holds it: overwritten totals are formulas again, and reasons are kept only while they hold.

    The totals that a published report states are facts and stay.
    """
    ours = edition.totals if reading.origin is Origin.WORKBOOK else ()
    cells = {key: BLANK if key in ours else value for key, value in reading.cells.items()}
    open_now = {one.about for one in findings if one.explanation is None}
    kept = tuple(
        replace(one, text="") if one.about in open_now else one
        for one in reading.explanations
        if one.about not in open_now or one.opinion
    )
    return settle(edition, replace(reading, cells=cells, explanations=kept))


def unplaced(remarks: Iterable[Remark]) -> list[Remark]:
    """The remarks that have no cell in the copy and so are listed."""
    return [one for one in remarks if not (one.is_note and one.key)]

"""The lines of a report -> its narrative: preamble and sections, split by their headings.

Text is kept character for character.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from toolkit.documents.document import Line
from toolkit.documents.printed_headings import SectionHead, is_other_head, section_head
from toolkit.documents.printed_labels import core, published_words
from toolkit.edition.model import Edition
from toolkit.edition.numerals import NUMERALS
from toolkit.personal import short
from toolkit.record.reading import Paragraph

PREAMBLE = "preamble"  # where text before the first heading goes
REST = "other"  # where text under a heading goes that the form does not have

_SUB = re.compile(rf"^\s*(?:[（(][{NUMERALS}\d]{{1,3}}[)）]|\d{{1,2}}[.．、])\s*\S")
_LONGEST_SUB = 30
_SENTENCE_END = re.compile(r"[。；;！!？?：:]\s*$")
_SHORTEST_UNIT = 4  # characters of the name of a unit

Note: TypeAlias = tuple[str, dict[str, Any]]  # name of a finding, words


@dataclass
class Narrative:
    """`found`: the sections with a heading, `headings`: those of the first level as printed, both
    in the order of the report. `sentences` counts whole lines of prose, under a heading or not.
    """

    sections: dict[str, list[Paragraph]] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    sentences: int = 0


def split_narrative(edition: Edition, lines: Sequence[Line], unit: str = "") -> Narrative:
    """The narrative in the lines behind the title.

    What is outside of the report, under tables or around the article of a page is not text of it.
    """
    kept = [line.text for line in lines if not line.outside and line.text.strip()]
    end = _find_end(kept, unit)
    splitter = _Splitter(edition, _usual_sections(kept))
    for text in kept[:end]:
        splitter.sort_line(text)
    splitter.finish()
    narrative = splitter.narrative
    left_out = [text.strip() for text in kept[end:]]
    if left_out:
        words = {"count": len(left_out), "first": short(left_out[0], 30)}
        narrative.notes.append(("closing_lines_left_out", words))
    narrative.notes += _note_headings(edition, narrative)
    return narrative


def _usual_sections(texts: Sequence[str]) -> frozenset[str]:
    """The sections with a heading that is numbered as the form does, or not at all."""
    usual = set()
    for text in texts:
        head = section_head(text)
        if head is not None and not head.otherwise:
            usual.add(head.section)
    return frozenset(usual)


def _note_headings(edition: Edition, narrative: Narrative) -> list[Note]:
    """Sections without a heading, and headings in another order than the form's."""
    notes: list[Note] = []
    printed = [section for section in edition.sections if section.printed]
    missing = [section.heading for section in printed if section.key not in narrative.found]
    if missing:
        headings = "、".join(f"“{heading}”" for heading in missing)
        notes.append(("heading_missing", {"headings": headings}))
    due = [section.key for section in printed if section.key in narrative.found]
    if narrative.found != due:
        order = "、".join(edition.section(key).heading for key in narrative.found)
        notes.append(("sections_out_of_order", {"order": order}))
    return notes


# Where a report ends ----------------------------------------------------------------------------


def _find_end(texts: Sequence[str], unit: str) -> int:
    """Where the report ends: before the signature and what a page says behind its article.

    The signature is the unit's own name with a date below, whatever comes after it; or one of these
    alone, or a date with any name above it, at the very end.
    """
    first = _after_last_heading(texts)
    end = _before_words_of_page(texts, first)
    for index in range(first, end - 1):
        if _is_unit(texts[index], unit) and _is_date(texts[index + 1]):
            return index
    if end <= first:
        return end
    if _is_unit(texts[end - 1], unit):
        return end - 1
    if not _is_date(texts[end - 1]):
        return end
    end -= 1
    return end - 1 if end > first and _may_be_name(texts[end - 1]) else end


def _after_last_heading(texts: Sequence[str]) -> int:
    """The index of the first line that may be an end: never the first of all, nor a heading."""
    for index in reversed(range(len(texts))):
        if section_head(texts[index]):
            return index + 1
    return 1


def _before_words_of_page(texts: Sequence[str], first: int) -> int:
    """The index of the first line that belongs to the page around the report."""
    pattern = re.compile(published_words()["page"]["ends"])
    for index in range(first, len(texts)):
        if pattern.search(texts[index]):
            return index
    return len(texts)


def _is_unit(text: str, unit: str) -> bool:
    return bool(unit) and core(text) == core(unit)


def _is_date(text: str) -> bool:
    return re.search(published_words()["title"]["date"], text) is not None


def _may_be_name(text: str) -> bool:
    name = published_words()["title"]["name"]
    return re.fullmatch(name, text.strip()) is not None and len(text) >= _SHORTEST_UNIT


# Sections ---------------------------------------------------------------------------------------


class _Splitter:
    """Sorts one line after the other into the section that it belongs to.

    What goes on from line to line: the section, the number and the words of its heading, and a
    sub-heading whose text is still to come.
    """

    def __init__(self, edition: Edition, usual: frozenset[str]) -> None:
        """`usual`: the sections that have a heading numbered as the form does, or not at all."""
        self.edition, self.usual, self.narrative = edition, usual, Narrative()
        self.section, self.number, self.heading = PREAMBLE, 0, ""
        self.sub = ""
        self.suggested = _suggested_headings(edition)
        self.titles = _titles_of_blocks(edition)
        self.notes_of_tables = re.compile(published_words()["table"]["notes"])

    def sort_line(self, text: str) -> None:
        head = section_head(text)
        if head is not None and self._begins_section(head):
            self._begin_section(head, text)
        elif self.number and is_other_head(text, self.number):
            self._begin_unknown_section(text)
        elif not self._is_of_table(text):
            self._add_text(text)

    def finish(self) -> None:
        """Keep a sub-heading with nothing under it: it is text too."""
        if self.sub:
            self._keep(Paragraph(self.sub, ""))
        self.sub = ""

    def _begins_section(self, head: SectionHead) -> bool:
        """Whether a heading begins a section.

        One in other words counts only in its turn: the same words are also used over parts of a
        section. One numbered in another way counts only where no other begins its section.
        """
        if head.otherwise and head.section in self.usual:
            return False
        if head.otherwise and head.section in self.narrative.found:  # printed twice
            return head.section == self.section and core(head.heading) == core(self.heading)
        is_in_turn = head.number is not None and head.number > self.number
        return head.usual or head.official or is_in_turn

    def _begin_section(self, head: SectionHead, text: str) -> None:
        self.finish()
        is_part = head.section == self.section and core(text) != core(self.heading)
        if is_part:
            self.sub = text.strip()
        elif head.section not in self.narrative.found:
            self.narrative.found.append(head.section)
        if not is_part or head.number is not None:
            self.narrative.headings.append(head.heading)
        if not is_part and not head.usual:
            self._note_other_words(head)
        if not is_part:
            self.heading = text
        self.section = head.section
        self.number = max(self.number, head.number or self.number + 1)
        if head.rest:
            self._add_text(head.rest)

    def _note_other_words(self, head: SectionHead) -> None:
        due = self.edition.section(head.section).heading
        note = ("heading_printed_otherwise", {"heading": short(head.heading), "due": due})
        if note not in self.narrative.notes:
            self.narrative.notes.append(note)

    def _begin_unknown_section(self, text: str) -> None:
        """A heading that the form does not have: its text goes to the last section."""
        words = {"heading": short(text), "section": self.edition.section(REST).heading}
        self.narrative.headings.append(text.strip())
        self.narrative.notes.append(("unknown_heading", words))
        self.number += 1
        self.finish()
        self.section, self.heading, self.sub = REST, text, text.strip()

    def _is_of_table(self, text: str) -> bool:
        """Whether a line is a note or a title of a table, and no text."""
        return self.notes_of_tables.search(text.strip()) is not None or core(text) in self.titles

    def _add_text(self, text: str) -> None:
        if self._is_sub_heading(text):
            self.finish()
            self.sub = text.strip()
            return
        is_long = len(text.strip()) > _LONGEST_SUB // 2
        if is_long and text.rstrip().endswith("。"):
            self.narrative.sentences += 1
        self._keep(Paragraph(self.sub, text))
        self.sub = ""

    def _is_sub_heading(self, text: str) -> bool:
        """Whether a line is short, no sentence, and numbered or suggested by the form."""
        if self.section == PREAMBLE or len(text.strip()) > _LONGEST_SUB:
            return False
        if _SENTENCE_END.search(text):
            return False
        return _SUB.match(text) is not None or core(text) in self.suggested

    def _keep(self, paragraph: Paragraph) -> None:
        self.narrative.sections.setdefault(self.section, []).append(paragraph)


def _suggested_headings(edition: Edition) -> set[str]:
    suggested: set[str] = set()
    for section in edition.sections:
        suggested |= set(map(core, section.suggested))
    return suggested


def _titles_of_blocks(edition: Edition) -> set[str]:
    titles = set()
    for table in edition.tables:
        titles |= {core(block.title) for block in table.blocks if block.title}
    return titles

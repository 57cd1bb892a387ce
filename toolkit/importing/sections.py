"""The lines of a report -> its narrative: preamble and six sections, split by their headings, text character for character."""

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

PREAMBLE, REST = (
    "preamble",
    "other",
)  # where text before the first heading goes, and text under a heading the form does not have
_SUB = re.compile(rf"^\s*(?:[（(][{NUMERALS}\d]{{1,3}}[)）]|\d{{1,2}}[.．、])\s*\S")
_LONGEST_SUB = 30

Note: TypeAlias = tuple[str, dict[str, Any]]  # finding code, words


@dataclass
class Narrative:
    sections: dict[str, list[Paragraph]] = field(default_factory=dict)
    found: list[str] = field(
        default_factory=list
    )  # sections with a heading, in the order of the report
    headings: list[str] = field(
        default_factory=list
    )  # of the first level as printed, in the order of the report
    notes: list[Note] = field(default_factory=list)
    sentences: int = 0  # whole lines of prose, under a heading or not


def split_narrative(edition: Edition, lines: Sequence[Line], unit: str = "") -> Narrative:
    """`lines` begin behind the title. What stands outside, under tables or around the article is not text of the report."""
    kept = [line for line in lines if not line.outside and line.text.strip()]
    heads = [head for line in kept if (head := section_head(line.text))]
    splitter = _Splitter(edition, frozenset(head.section for head in heads if not head.otherwise))
    end = _end(kept, unit)
    for line in kept[:end]:
        splitter.sort_line(line.text)
    result = splitter.result
    if dropped := [line.text.strip() for line in kept[end:]]:
        result.notes.append(
            ("closing_lines_left_out", {"count": len(dropped), "first": short(dropped[0], 30)})
        )
    result.notes += splitter.summary()
    return result


def _end(lines: Sequence[Line], unit: str) -> int:
    """Where the report ends: before what a page says behind its article, and before signature and date."""
    last = max((index for index, line in enumerate(lines) if section_head(line.text)), default=0)
    ends, date = (
        re.compile(published_words()["page"]["ends"]),
        re.compile(published_words()["title"]["date"]),
    )
    end = next(
        (index for index in range(last + 1, len(lines)) if ends.search(lines[index].text)),
        len(lines),
    )
    for index in range(last + 1, end - 1):  # signed and dated, whatever stands below
        if unit and core(lines[index].text) == core(unit) and date.search(lines[index + 1].text):
            return index
    if end - 1 > last and unit and core(lines[end - 1].text) == core(unit):
        return end - 1  # signed without a date
    if end - 1 > last and date.search(lines[end - 1].text):
        end -= 1
        if (
            end - 1 > last
            and re.fullmatch(published_words()["title"]["name"], lines[end - 1].text.strip())
            and len(lines[end - 1].text) > 3
        ):
            end -= 1
    return end


class _Splitter:
    def __init__(self, edition: Edition, usual: frozenset[str]) -> None:
        """`usual`: the sections that have a heading numbered as the form does, or not at all."""
        self.edition, self.usual, self.result = edition, usual, Narrative()
        self.section, self.number, self.heading, self.sub = PREAMBLE, 0, "", ""
        self.suggested = {core(one) for section in edition.sections for one in section.suggested}
        self.titles = {
            core(block.title) for table in edition.tables for block in table.blocks if block.title
        }
        self.notes = re.compile(published_words()["table"]["notes"])

    def sort_line(self, text: str) -> None:
        head = section_head(text)
        if head is not None and self._begins(head):
            self._begin(head, text)
        elif self.number and is_other_head(text, self.number):
            self.result.headings.append(text.strip())
            self.result.notes.append(
                (
                    "unknown_heading",
                    {"heading": short(text), "section": self.edition.section(REST).heading},
                )
            )
            self.number += 1
            self._flush()
            self.section, self.heading, self.sub = REST, text, text.strip()
        elif not self.notes.search(text.strip()) and core(text) not in self.titles:
            self._text(text)

    def _begins(self, head: SectionHead) -> bool:
        """A heading in other words counts only in its turn: the same words also stand over parts of a section."""
        if head.otherwise and head.section in self.usual:
            return False
        if head.otherwise and head.section in self.result.found:  # printed twice
            return head.section == self.section and core(head.heading) == core(self.heading)
        return (
            head.usual or head.official or (head.number is not None and head.number > self.number)
        )

    def _begin(self, head: SectionHead, text: str) -> None:
        self._flush()
        again = head.section in self.result.found
        is_part = head.section == self.section and core(text) != core(self.heading)
        if is_part:
            self.sub = text.strip()
        elif not again:
            self.result.found.append(head.section)
        if not is_part or head.number is not None:
            self.result.headings.append(head.heading)
        told = (
            "heading_printed_otherwise",
            {"heading": short(head.heading), "due": self.edition.section(head.section).heading},
        )
        if not head.usual and not is_part and told not in self.result.notes:
            self.result.notes.append(told)
        self.section, self.heading = head.section, self.heading if is_part else text
        self.number = max(self.number, head.number or self.number + 1)
        if head.rest:
            self._text(head.rest)

    def _text(self, text: str) -> None:
        is_short = len(text.strip()) <= _LONGEST_SUB and not re.search(
            r"[。；;！!？?：:]\s*$", text
        )
        if (
            self.section != PREAMBLE
            and is_short
            and (_SUB.match(text) or core(text) in self.suggested)
        ):
            self._flush()
            self.sub = text.strip()
            return
        self.result.sentences += len(text.strip()) > _LONGEST_SUB // 2 and text.rstrip().endswith(
            "。"
        )
        self.result.sections.setdefault(self.section, []).append(Paragraph(self.sub, text))
        self.sub = ""

    def _flush(self) -> None:
        """A sub-heading with nothing under it is text too."""
        if self.sub:
            self.result.sections.setdefault(self.section, []).append(Paragraph(self.sub, ""))
        self.sub = ""

    def summary(self) -> list[Note]:
        self._flush()
        printed = [section for section in self.edition.sections if section.printed]
        missing = [section.heading for section in printed if section.key not in self.result.found]
        due = [section.key for section in printed if section.key in self.result.found]
        notes: list[Note] = []
        if missing:
            notes.append(
                ("heading_missing", {"headings": "、".join(f"“{heading}”" for heading in missing)})
            )
        if self.result.found != due:
            notes.append(
                (
                    "sections_out_of_order",
                    {
                        "order": "、".join(
                            self.edition.section(key).heading for key in self.result.found
                        )
                    },
                )
            )
        return notes

"""Headings of the six sections as reports really print them, and others of the first level."""

import re
from dataclasses import dataclass
from functools import cache

from toolkit.documents.printed_labels import Labels, core, published_words
from toolkit.edition.declared import Section
from toolkit.edition.labels import normalise
from toolkit.edition.load import edition_ids, load_edition
from toolkit.edition.numerals import FIRST, OTHERWISE, value_of

_WORD = re.compile(r"[\u4e00-\u9fff]")
_LONGEST, _TITLE = 40, 120  # characters of a heading, of a title
_WITH_TEXT = re.compile(r"([^：:。\s]{4,30})[：:。\s]\s*(?=\S)")  # a heading with text behind it
_END_MARKS = "。：:；;"


@dataclass(frozen=True)
class SectionHead:
    """A line that begins a section.

    `heading` is the line as printed, without text that follows in it: `rest`.

    `otherwise`: it is numbered as the form numbers no heading (1、 （一） 第一部分), as parts of a section
    are. It begins a section only where no other line does.
    """

    section: str
    heading: str
    number: int | None
    official: bool  # the words of the form, apart from number and punctuation
    usual: bool  # the words printed exactly as the form has them, with some number
    rest: str = ""
    otherwise: bool = False


@dataclass(frozen=True)
class _Headings:
    """Headings of all editions and their other wordings; the section that each begins.

    `official` are the cores of those of the form.

    And the cores of those of the form.
    """

    labels: Labels
    sections: dict[str, str]
    official: frozenset[str]


@cache
def _known_headings() -> _Headings:
    sections: dict[str, str] = {}
    for section in _printed_sections():
        sections.setdefault(section.heading, section.key)
    official = frozenset(map(core, sections))
    for key, wordings in published_words()["headings"].items():
        for wording in wordings:
            if core(wording) not in official:
                sections.setdefault(wording, key)
    return _Headings(Labels(sections), sections, official)


def _printed_sections() -> list[Section]:
    """The sections with a printed heading, of all editions."""
    return [section for section in _all_sections() if section.printed]


def _all_sections() -> list[Section]:
    sections: list[Section] = []
    for name in edition_ids():
        sections += load_edition(name).sections
    return sections


def section_head(text: str) -> SectionHead | None:
    """The section that a line begins: its heading alone, or with a number and text behind it.

    `二、主动公开政府信息情况` begins a section by its words; `六、其他需要报告的事项：无。` does so with the rest `无。`.
    """
    line = text.strip()
    number = FIRST.match(line)
    if number is None and (other := OTHERWISE.match(line)):
        return _head_numbered_otherwise(line, other)
    bare = line[number.end() :] if number else line
    if not bare or not _WORD.match(bare):
        return None
    head = _head_with_text(line, number.end()) if number else None
    return head or _head_alone(line, bare, is_numbered=number is not None)


def _head_with_text(line: str, start: int) -> SectionHead | None:
    """The section of a numbered line that goes on behind its heading.

    `start`: where its number ends.
    """
    split = _WITH_TEXT.match(line, start)
    matched = _match_section(split[1], numbered=True, exact=True) if split else None
    if split is None or matched is None:
        return None
    section, is_official = matched
    is_usual = normalise(split[1]) in _plain_headings()
    heading = line[: split.end(1)]
    return SectionHead(
        section, heading, number_of(line), is_official, is_usual, line[split.end() :]
    )


def _head_alone(line: str, bare: str, *, is_numbered: bool) -> SectionHead | None:
    """The section of a line that is a heading and nothing else.

    `bare` is the line without its number.
    """
    if len(line) > _LONGEST:
        return None
    matched = _match_section(bare.rstrip(_END_MARKS), numbered=is_numbered)
    if matched is None:
        return None
    section, is_official = matched
    is_usual = is_numbered and normalise(bare) in _plain_headings()
    return SectionHead(section, line, number_of(line), is_official, is_usual)


def _head_numbered_otherwise(line: str, mark: re.Match[str]) -> SectionHead | None:
    """The section of a heading numbered otherwise, if it has the number and words of a section."""
    if len(line) > _LONGEST:
        return None
    bare = line[mark.end() :].rstrip(_END_MARKS)
    matched = _match_section(bare, numbered=True, exact=True)
    if matched is None:
        return None
    section, is_official = matched
    text = mark["part"] or mark["round"] or mark["plain"]
    number = int(text) if text.isdecimal() else value_of(text)
    if number != _section_numbers()[section]:
        return None
    return SectionHead(section, line, number, is_official, usual=False, otherwise=True)


@cache
def _section_numbers() -> dict[str, int]:
    """Each section and the number of its heading."""
    return {section.key: number_of(section.heading) or 0 for section in _printed_sections()}


def _match_section(bare: str, *, numbered: bool, exact: bool = False) -> tuple[str, bool] | None:
    """The section of a heading without its number, and whether it has the words of the form.

    Without a number only those words count; `exact` refuses what only resembles a heading.
    """
    headings = _known_headings()
    match = headings.labels.find(bare)
    if match is None:
        return None
    is_official = core(bare) in headings.official
    if not numbered and not is_official:
        return None
    if exact and not is_official and core(bare) != core(match.label):
        return None
    return headings.sections[match.label], is_official


@cache
def _plain_headings() -> frozenset[str]:
    """The headings of all editions without their numbers."""
    headings = [FIRST.sub("", section.heading, count=1) for section in _all_sections()]
    return frozenset(map(normalise, headings))


def is_title(text: str) -> bool:
    """Whether a line is the title of a report."""
    return len(text) < _TITLE and title_of(re.sub(r"\s", "", text)) is not None


def title_of(tight: str) -> re.Match[str] | None:
    """The parts of a title without white space: unit before or behind the year, year.

    The year may be behind all else.
    """
    words = published_words()["title"]
    return re.search(words["pattern"], tight) or re.search(words["year_behind"], tight)


def number_of(line: str) -> int | None:
    """The number of a heading of the first level; a dash typed for 一 is 1."""
    found = FIRST.match(line)
    if found is None:
        return None
    return value_of(found["mark"]) or (1 if found["point"] else None)


def is_other_head(text: str, after: int) -> bool:
    """Whether a line is a heading of the first level with the number due after number `after`."""
    line = text.strip()
    found = FIRST.match(line)
    if found is None or found["point"] is None:
        return False
    if len(line) > _LONGEST or re.search(r"[。；;！!？?，,]", line):
        return False
    return number_of(line) == after + 1

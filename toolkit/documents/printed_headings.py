"""Headings of the six sections as they are really printed, and other headings of the first level."""

import re
from dataclasses import dataclass
from functools import cache

from toolkit.documents.printed_labels import Labels, core, published_words
from toolkit.edition.labels import normalise
from toolkit.edition.load import edition_ids, load_edition
from toolkit.edition.numerals import FIRST, OTHERWISE, value_of

_WORD = re.compile(r"[\u4e00-\u9fff]")
_LONGEST, _TITLE = 40, 120


@dataclass(frozen=True)
class SectionHead:
    """A line that begins a section. `heading` is the line as printed, without text that follows in it: `rest`.

    `otherwise`: it is numbered as the form numbers no heading (1、 （一） 第一部分), as parts of a section are. It begins one only where
    no other line does.
    """

    section: str
    heading: str
    number: int | None
    official: bool  # the words of the form, apart from number and punctuation
    usual: bool  # the words printed exactly as the form has them, with some number
    rest: str = ""
    otherwise: bool = False


@cache
def _known() -> tuple[Labels, dict[str, str], frozenset[str]]:
    """Headings of all editions and their other wordings, the section each begins, and those of the form."""
    sections: dict[str, str] = {}
    for name in edition_ids():
        for section in load_edition(name).sections:
            if section.printed:
                sections.setdefault(section.heading, section.key)
    official = frozenset(map(core, sections))
    for key, others in published_words()["headings"].items():
        for other in others:
            if core(other) not in official:
                sections.setdefault(other, key)
    return Labels(sections), sections, official


def section_head(text: str) -> SectionHead | None:
    """The section that a line begins: a short line with its heading, or a numbered heading with text behind it."""
    line = text.strip()
    number = FIRST.match(line)
    if number is None and (other := OTHERWISE.match(line)):
        return _otherwise(line, other)
    bare = line[number.end() :] if number else line
    if not bare or not _WORD.match(bare):
        return None
    if number is not None and (split := re.match(r"([^：:。\s]{4,30})[：:。\s]\s*(?=\S)", bare)):
        found = _match(split[1], numbered=True, exact=True)
        if found:
            heading = line[: number.end() + split.end(1)]
            return SectionHead(
                found[0],
                heading,
                number_of(line),
                found[1],
                normalise(split[1]) in _headings(),
                bare[split.end() :],
            )
    if len(line) <= _LONGEST:
        found = _match(bare.rstrip("。：:；;"), numbered=number is not None)
        if found:
            section, official = found
            return SectionHead(
                section,
                line,
                number_of(line),
                official,
                number is not None and normalise(bare) in _headings(),
            )
    return None


def _otherwise(line: str, mark: re.Match[str]) -> SectionHead | None:
    """The section of a heading that is numbered in another way, if it has the number and the words of that section."""
    if len(line) > _LONGEST:
        return None
    found = _match(line[mark.end() :].rstrip("。：:；;"), numbered=True, exact=True)
    text = mark["part"] or mark["round"] or mark["plain"]
    number = int(text) if text.isdecimal() else value_of(text)
    if found is None or number != _numbers()[found[0]]:
        return None
    return SectionHead(found[0], line, number, found[1], usual=False, otherwise=True)


@cache
def _numbers() -> dict[str, int]:
    """The number of every section."""
    sections = [
        section
        for name in edition_ids()
        for section in load_edition(name).sections
        if section.printed
    ]
    return {section.key: number_of(section.heading) or 0 for section in sections}


def _match(bare: str, *, numbered: bool, exact: bool = False) -> tuple[str, bool] | None:
    """The section of a heading without its number, and whether it has the words of the form; without a number only those count."""
    labels, sections, official = _known()
    match = labels.find(bare)
    if match is None:
        return None
    is_official = core(bare) in official
    is_same = is_official or core(bare) == core(match.label)
    if (not numbered and not is_official) or (exact and not is_same):
        return None
    return sections[match.label], is_official


@cache
def _headings() -> frozenset[str]:
    """The headings of all editions without their numbers."""
    headings = [
        section.heading for name in edition_ids() for section in load_edition(name).sections
    ]
    return frozenset(normalise(FIRST.sub("", heading, count=1)) for heading in headings)


def is_title(text: str) -> bool:
    """Whether a line is the title of a report."""
    return len(text) < _TITLE and title_of(re.sub(r"\s", "", text)) is not None


def title_of(tight: str) -> re.Match[str] | None:
    """The parts of a title without white space: unit before or behind the year, year; which may stand behind all else."""
    words = published_words()["title"]
    return re.search(words["pattern"], tight) or re.search(words["year_behind"], tight)


def number_of(line: str) -> int | None:
    """The number of a heading of the first level; a dash typed for 一 is 1."""
    found = FIRST.match(line)
    if found is None:
        return None
    return value_of(found["mark"]) or (1 if found["point"] else None)


def is_other_head(text: str, after: int) -> bool:
    """Whether a line is a heading of the first level, with the number that is due after section `after`."""
    line = text.strip()
    found = FIRST.match(line)
    is_short = len(line) <= _LONGEST and not re.search(r"[。；;！!？?，,]", line)
    return (
        found is not None
        and found["point"] is not None
        and is_short
        and number_of(line) == after + 1
    )

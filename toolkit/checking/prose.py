"""The narrative as the checks see it: its paragraphs with their sections."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.codes import make_finding
from toolkit.edition.declared import Section
from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition
from toolkit.edition.numerals import SECOND
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.record.reading import NARRATIVE, Reading

AFTER_TABLES = 90  # findings on prose come after those on the tables, section by section
NEVER = r"\0"  # a pattern that matches no text: where there is nothing to look for

_CLAUSE_END = re.compile(r"[，,。；;！!\n]")


@dataclass(frozen=True)
class Passage:
    """One paragraph. `number` counts from 1 in its section."""

    section: Section
    number: int
    heading: str
    text: str


def passages(form: Edition, reading: Reading) -> Iterator[Passage]:
    """Every paragraph of the report's own prose, in the order of the form."""
    for section in form.sections:
        for number, paragraph in enumerate(reading.narrative.get(section.key, ()), start=1):
            yield Passage(section, number, paragraph.heading.strip(), paragraph.text.strip())


def text_of(reading: Reading, section: Section) -> str:
    """The paragraphs of a section, without their headings."""
    texts = [paragraph.text.strip() for paragraph in reading.narrative.get(section.key, ())]
    return "\n".join(filter(None, texts))


def says_nothing(section: Section, text: str) -> bool:
    """Whether every clause of every paragraph says 无 or the like.

    A sub-heading that was written into a paragraph says nothing either: 存在的主要问题：无.
    """
    nothing = phrases().prose.nothing
    bare = (_strip_heading(section, clause) for clause in _CLAUSE_END.split(text))
    return all(nothing.find(clause) for clause in bare if clause)


def _strip_heading(section: Section, clause: str) -> str:
    """A clause without a number, a suggested sub-heading and the punctuation before it and after
    it.
    """
    titles = "|".join(re.escape(normalise(title)) for title in section.suggested) or NEVER
    bare = normalise(SECOND.sub("", clause.strip())).strip(".:")
    return re.sub(rf"^(?:{titles})[:.]?", "", bare)


def section_finding(
    form: Edition,
    reading: Reading,
    section: Section,
    name: str,
    paragraph: int = 0,
    /,
    **words: Any,
) -> Finding:
    """A finding about a section of the prose, or one paragraph of it, at its sheet where it has
    one.
    """
    index = [other.key for other in form.sections].index(section.key)
    place = Place(
        reading.file,
        section.sheet if "unit.name" in reading.places else None,
        order=(AFTER_TABLES, index, paragraph),
    )
    key = f"{NARRATIVE}{section.key}.{paragraph}" if paragraph else f"{NARRATIVE}{section.key}"
    return make_finding(name, place, [key], section=section.heading, paragraph=paragraph, **words)


def passage_finding(
    form: Edition, reading: Reading, passage: Passage, name: str, /, **words: Any
) -> Finding:
    """A finding about one paragraph."""
    return section_finding(form, reading, passage.section, name, passage.number, **words)

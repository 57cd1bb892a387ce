"""The narrative as checks see it: its paragraphs with their sections, and its sentences."""

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

AFTER_TABLES = 90  # prose is told after the tables, section by section
_END = re.compile(r"(?<=[。！？；!?;])|\n")


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
        for number, one in enumerate(reading.narrative.get(section.key, ()), start=1):
            yield Passage(section, number, one.heading.strip(), one.text.strip())


def split_sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if part.strip()]


def text_of(reading: Reading, section: Section) -> str:
    """The paragraphs of a section, without their headings."""
    return "\n".join(
        one.text.strip() for one in reading.narrative.get(section.key, ()) if one.text.strip()
    )


def says_nothing(section: Section, text: str) -> bool:
    """Every clause of every paragraph says 无 or the like. A sub-heading that was written into a paragraph says nothing either."""
    titles = "|".join(re.escape(normalise(title)) for title in section.suggested) or r"\0"
    for clause in re.split(r"[，,。；;！!\n]", text):
        bare = re.sub(
            rf"^(?:{titles})[:.]?", "", normalise(SECOND.sub("", clause.strip())).strip(".:")
        )
        if bare and not re.fullmatch(phrases().prose.nothing, bare):
            return False
    return True


def section_finding(
    form: Edition, reading: Reading, section: Section, code: str, paragraph: int = 0, **words: Any
) -> Finding:
    """A finding about a section of the prose, or one paragraph of it, at its sheet where it has one."""
    index = [one.key for one in form.sections].index(section.key)
    place = Place(
        reading.file,
        section.sheet if "unit.name" in reading.places else None,
        order=(AFTER_TABLES, index, paragraph),
    )
    key = f"{NARRATIVE}{section.key}.{paragraph}" if paragraph else f"{NARRATIVE}{section.key}"
    return make_finding(code, place, [key], section=section.heading, paragraph=paragraph, **words)

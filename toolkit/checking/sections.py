"""What a section of the prose must have and must not: something to say, what the form asks for, no words of the form itself."""

import re
from collections.abc import Iterator

from toolkit.checking.prose import Passage, passages, says_nothing, section_finding, text_of
from toolkit.edition.declared import Mention
from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition, Table
from toolkit.finding import Finding
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.reading import Origin, Reading
from toolkit.values import State

_SHORTEST = 10  # characters of a prompt that cannot be a coincidence


def section_findings(form: Edition, reading: Reading) -> Iterator[Finding]:
    yield from _empty(form, reading)
    yield from _unmentioned(form, reading)
    yield from _without_statement(form, reading)
    for passage in passages(form, reading):
        yield from _left_standing(form, reading, passage)


def _empty(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Required sections without a word, or with one that says nothing."""
    for section in form.sections:
        text = text_of(reading, section)
        if section.required and not text:
            yield section_finding(form, reading, section, "section_empty")
        elif section.required and says_nothing(section, text):
            yield section_finding(form, reading, section, "section_says_nothing", text=short(text))


def _unmentioned(form: Edition, reading: Reading) -> Iterator[Finding]:
    """What a section must speak of, as far as the unit is one that must."""
    for section in form.sections:
        text = text_of(reading, section)
        asked = [one for one in section.mentions if _asked(form, reading, one)]
        missing = [
            one.word for one in asked if not any(word in text for word in (one.word, *one.also))
        ]
        if missing and not says_nothing(section, text):
            yield section_finding(
                form,
                reading,
                section,
                "topic_missing",
                words="、".join(f"“{word}”" for word in missing),
            )


def _asked(form: Edition, reading: Reading, mention: Mention) -> bool:
    level = reading.text("unit.level") or form.profile.type_levels.get(
        reading.text("unit.type"), ""
    )
    return (
        level in mention.levels
        if level
        else not mention.levels
        or reading.text("unit.name").strip().endswith(mention.names or ("\0",))
    )


def _without_statement(form: Edition, reading: Reading) -> Iterator[Finding]:
    """A section that has to state figures of its own, and prose that does not.

    Our workbook states them by itself where no own text stands in their place; a published report is read with its figures.
    """
    for table in form.tables:
        section = form.section(table.declared.section)
        if table.declared.official or _is_stated(form, reading, table):
            continue
        if reading.origin is Origin.PUBLISHED:
            is_missing = all(reading.value(cell.key).state is State.BLANK for cell in table.cells)
        else:
            is_missing = bool(text_of(reading, section)) and not reading.text(
                f"prose.{section.key}"
            ).startswith("generated")
        if is_missing:
            yield section_finding(
                form, reading, section, "fees_not_stated", what=table.declared.short
            )


def _is_stated(form: Edition, reading: Reading, table: Table) -> bool:
    """Whether the prose speaks of what the table holds. In the section of the table fewer words are needed than elsewhere."""
    words = phrases().prose.stated.get(table.key)
    own = "\n".join(
        one.heading + one.text
        for one in passages(form, reading)
        if one.section.key == table.declared.section
    )
    everything = "\n".join(one.heading + one.text for one in passages(form, reading))
    if table.declared.short in everything:
        return True
    if words is None:
        return False
    texts = ((words.anywhere, everything), (words.section, own))
    return any(re.search(pattern, re.sub(words.others, "", text)) for pattern, text in texts)


def _left_standing(form: Edition, reading: Reading, passage: Passage) -> Iterator[Finding]:
    """Words of the form that were to be replaced."""
    text = normalise(passage.text)
    for words in _own_words(form):
        if words in text:
            yield section_finding(
                form,
                reading,
                passage.section,
                "placeholder_left",
                passage.number,
                text=short(words),
            )
            return
    for pattern in phrases().prose.left_standing:
        if found := re.search(pattern, passage.text):
            around = passage.text[max(found.start() - 6, 0) : found.end() + 6]
            yield section_finding(
                form,
                reading,
                passage.section,
                "placeholder_left",
                passage.number,
                text=short(around),
            )
            return


def _own_words(form: Edition) -> Iterator[str]:
    """The prompts of the sections, and the remarks that stand in the tables, with and without their brackets."""
    texts = [part for section in form.sections for part in re.split("[。；]", section.prompt)]
    blocks = [block for table in form.tables for block in table.blocks]
    corners = [block.corner for block in blocks]
    paths = [one.path for block in blocks for one in block.columns] + [
        one.path for block in blocks for one in block.rows
    ]
    labels = [label for path in paths for label in path]
    texts += [
        note
        for label in (*corners, *labels)
        for note in re.findall("[（(]([^（）()]+)[）)]", label)
    ] + corners
    yield from (words for words in map(normalise, texts) if len(words) >= _SHORTEST)

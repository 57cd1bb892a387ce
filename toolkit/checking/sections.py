"""What a section of the prose must have and must not have.

It must say something and speak of what the form asks for; it must not contain words of the form
itself.
"""

import re
from collections.abc import Iterator

from toolkit.checking.prose import (
    Passage,
    passage_finding,
    passages,
    says_nothing,
    section_finding,
    text_of,
)
from toolkit.edition.declared import Block, Mention
from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition, Table
from toolkit.finding import Finding
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.reading import Origin, Reading
from toolkit.values import State

_SHORTEST = 10  # characters of a prompt that cannot be a coincidence
_AROUND = 6  # characters shown before and after words that were to be replaced


def section_findings(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Findings on what sections lack, then on what was left of the form in their paragraphs."""
    yield from _find_empty(form, reading)
    yield from _find_missing_topics(form, reading)
    yield from _find_missing_statements(form, reading)
    prompts = list(_words_of_form(form))
    for passage in passages(form, reading):
        left = _left_words(passage, prompts)
        if left is not None:
            yield passage_finding(form, reading, passage, "placeholder_left", text=short(left))


def _find_empty(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Required sections without a word, or with words that say nothing."""
    for section in form.sections:
        if not section.required:
            continue
        text = text_of(reading, section)
        if not text:
            yield section_finding(form, reading, section, "section_empty")
        elif says_nothing(section, text):
            yield section_finding(form, reading, section, "section_says_nothing", text=short(text))


# --- topics


def _find_missing_topics(form: Edition, reading: Reading) -> Iterator[Finding]:
    """What a section must speak of, as far as the unit is one that must."""
    for section in form.sections:
        text = text_of(reading, section)
        asked = [mention for mention in section.mentions if _is_asked(form, reading, mention)]
        missing = [mention.word for mention in asked if not _is_mentioned(mention, text)]
        if missing and not says_nothing(section, text):
            words = "、".join(f"“{word}”" for word in missing)
            yield section_finding(form, reading, section, "topic_missing", words=words)


def _is_mentioned(mention: Mention, text: str) -> bool:
    return any(word in text for word in (mention.word, *mention.also))


def _is_asked(form: Edition, reading: Reading, mention: Mention) -> bool:
    """Whether the unit must speak of something: by its level, or by its name where the level is
    not known.
    """
    kind = reading.text("unit.type")
    level = reading.text("unit.level") or form.profile.type_levels.get(kind, "")
    if level:
        return level in mention.levels
    if not mention.levels:
        return True
    return bool(mention.names) and reading.text("unit.name").strip().endswith(mention.names)


# --- figures that are stated in prose


def _find_missing_statements(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Sections that have to state figures of their own, where the prose does not.

    Our workbook adds the statement where no own text replaces it; a published report is read with
    its figures.
    """
    for table in form.tables:
        if table.declared.official or _is_stated(form, reading, table):
            continue
        if _lacks_statement(form, reading, table):
            section = form.section(table.declared.section)
            what = table.declared.short
            yield section_finding(form, reading, section, "fees_not_stated", what=what)


def _lacks_statement(form: Edition, reading: Reading, table: Table) -> bool:
    """Whether nothing else states the figures of a table that the prose does not state."""
    if reading.origin is Origin.PUBLISHED:
        return all(reading.value(cell.key).state is State.BLANK for cell in table.cells)
    section = form.section(table.declared.section)
    is_generated = reading.text(f"prose.{section.key}").startswith("generated")
    return bool(text_of(reading, section)) and not is_generated


def _is_stated(form: Edition, reading: Reading, table: Table) -> bool:
    """Whether the prose speaks of what the table holds.

    In the section of the table fewer words are needed than elsewhere.
    """
    every = list(passages(form, reading))
    own = [passage for passage in every if passage.section.key == table.declared.section]
    everywhere = _joined_text(every)
    if table.declared.short in everywhere:
        return True
    words = phrases().prose.stated.get(table.key)
    if words is None:
        return False
    if re.search(words.anywhere, re.sub(words.others, "", everywhere)):
        return True
    return words.section.find(re.sub(words.others, "", _joined_text(own))) is not None


def _joined_text(several: list[Passage]) -> str:
    return "\n".join(passage.heading + passage.text for passage in several)


# --- what was left of the form


def _left_words(passage: Passage, prompts: list[str]) -> str | None:
    """The first words of a paragraph that were to be replaced; None where there are none."""
    text = normalise(passage.text)
    for prompt in prompts:
        if prompt in text:
            return prompt
    for pattern in phrases().prose.left_standing:
        if match := pattern.find(passage.text):
            start = max(match.start() - _AROUND, 0)
            return passage.text[start : match.end() + _AROUND]
    return None


def _words_of_form(form: Edition) -> Iterator[str]:
    """The prompts of the sections, and the remarks in the tables, with and without their
    brackets, all normalised.

    Words so short that a report may have them by chance are omitted.
    """
    texts: list[str] = []
    for section in form.sections:
        texts += re.split("[。；]", section.prompt)
    blocks: list[Block] = []
    for table in form.tables:
        blocks += table.blocks
    corners = [block.corner for block in blocks]
    labels = list(corners)
    for block in blocks:
        for line in block.columns:
            labels += line.path
    for block in blocks:
        for row in block.rows:
            labels += row.path
    for label in labels:
        texts += re.findall("[（(]([^（）()]+)[）)]", label)
    texts += corners
    yield from (words for words in map(normalise, texts) if len(words) >= _SHORTEST)

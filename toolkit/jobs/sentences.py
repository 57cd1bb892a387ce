"""The sentences of a document beside those that its workbook gives; and the document's prose taken
back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from toolkit.codes import make_finding
from toolkit.edition.labels import normalise
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.reading import Reading
from toolkit.record.sentences import split_sentences
from toolkit.report.blocks import Heading, Text
from toolkit.report.narrative import OWN, narrate

_MOST = 60  # characters of a sentence in a message
_AFTER_FIGURES = 91  # where differing sentences come in the order of findings


def with_prose_of(document: Reading, book: Reading) -> tuple[Reading, list[str]]:
    """The workbook's report with the prose of the document where that reads otherwise, and the
    headings of these sections.

    No figure changes. A section that reads the same is kept, so that generated sentences go on
    following their figures.
    """
    edition = load_edition(book.edition)
    ours = _sentences_of_book(edition, book)
    taken = {
        section: paragraphs
        for section, paragraphs in document.narrative.items()
        if not _is_same(ours.get(section, []), _sentences_of(document, section))
    }
    choices = {f"prose.{section}": OWN for section in taken if f"prose.{section}" in edition.fields}
    narrative = {**book.narrative, **taken}
    changed = replace(book, narrative=narrative, fields={**book.fields, **choices})
    return changed, [section.heading for section in edition.sections if section.key in taken]


def compare_prose(document: Reading, book: Reading) -> tuple[int, list[Finding]]:
    """How many sentences the document has, and the findings on those that differ, section by
    section.
    """
    edition = load_edition(book.edition)
    ours = _sentences_of_book(edition, book)
    count = 0
    findings: list[Finding] = []
    for index, section in enumerate(edition.sections):
        theirs = _sentences_of(document, section.key)
        count += len(theirs)
        place = Place(document.file, order=(_AFTER_FIGURES, index, 0))
        findings += _differences(section.heading, ours.get(section.key, []), theirs, place)
    return count, findings


def _sentences_of_book(edition: Edition, book: Reading) -> dict[str, list[str]]:
    """The sentences of the report that the workbook gives, by section."""
    keys = {section.heading: section.key for section in edition.sections if section.printed}
    section = next(iter(edition.sections)).key
    sentences: dict[str, list[str]] = {}
    for block in narrate(edition, book).blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = keys.get(block.text, section)
        elif isinstance(block, Heading | Text):
            sentences.setdefault(section, []).extend(_split(block.text))
    return sentences


def _sentences_of(document: Reading, section: str) -> list[str]:
    sentences: list[str] = []
    for paragraph in document.narrative.get(section, ()):
        sentences += _split(paragraph.heading)
        sentences += _split(paragraph.text)
    return sentences


def _split(text: str) -> list[str]:
    return split_sentences(text, with_closing_marks=True)


def _is_same(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return list(map(normalise, ours)) == list(map(normalise, theirs))


def _differences(
    heading: str, ours: Sequence[str], theirs: Sequence[str], place: Place
) -> Iterator[Finding]:
    matcher = SequenceMatcher(
        None, list(map(normalise, ours)), list(map(normalise, theirs)), autojunk=False
    )
    for kind, start, end, their_start, their_end in matcher.get_opcodes():
        if kind != "equal":
            yield from _pair(heading, ours[start:end], theirs[their_start:their_end], place)


def _pair(
    heading: str, ours: Sequence[str], theirs: Sequence[str], place: Place
) -> Iterator[Finding]:
    """A run of sentences that differ, one beside the other; the longer side goes on alone."""
    words = phrases().against
    for index in range(max(len(ours), len(theirs))):
        own = short(ours[index], _MOST) if index < len(ours) else ""
        now = short(theirs[index], _MOST) if index < len(theirs) else ""
        if not now:
            yield make_finding("sentence_only_in_book", place, section=heading, own=own)
            continue
        beside = words.otherwise.format(own=own) if own else words.missing
        yield make_finding("sentence_not_in_book", place, section=heading, now=now, own=beside)

"""Headings and their numbers: one that stands twice, a number that is missing, out of order, or no number at all."""

import re
from collections.abc import Iterator, Sequence

from toolkit.checking.prose import AFTER_TABLES, Passage, passages, section_finding
from toolkit.codes import make_finding
from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition
from toolkit.edition.numerals import FIRST, OTHERWISE, SECOND, numeral, value_of
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.record.reading import Reading

_POINTS = (".", ",")  # normalised: a full stop or comma behind a number is no slip worth a word
_LONGEST = 30  # characters of a line that is still a heading


def heading_findings(form: Edition, reading: Reading) -> Iterator[Finding]:
    yield from printed_headings(form, reading.file, reading.headings)
    for section in form.sections:
        own = [one for one in passages(form, reading) if one.section.key == section.key]
        yield from _typed_again(form, reading, own)
        yield from _numbered(form, reading, own)


def printed_headings(form: Edition, file: str, headings: Sequence[str]) -> Iterator[Finding]:
    """The first-level headings of a published document as printed, in their order.

    The number is right that follows on the last one, or that the form gives to these words: what is missing is told elsewhere.
    """
    own = {
        _words(section.heading): value_of(match["mark"])
        for section in form.sections
        if (match := FIRST.match(section.heading))
    }
    seen: list[str] = []
    expected = 1
    for place, heading in enumerate(headings):
        at = Place(file, order=(AFTER_TABLES, 0, place))
        match, words = FIRST.match(heading.strip()), _words(heading)
        if not words:
            continue
        if words in seen:
            yield make_finding("heading_repeated", at, heading=short(heading))
            continue
        seen.append(words)
        if (
            match is None
        ):  # without a number, or numbered otherwise: what it is numbered is told where it was read
            expected = own.get(words, expected - 1) + 1
            continue
        number = value_of(match["mark"])
        if (
            number not in (expected, own.get(words))
            or normalise(match["point"] or "") not in _POINTS
        ):
            yield make_finding(
                "heading_number_wrong", at, heading=short(heading), due=f"{numeral(expected)}、"
            )
        expected = (number or expected) + 1


def _words(heading: str) -> str:
    """A heading without its number, however it is numbered."""
    bare = heading.strip()
    match = FIRST.match(bare) or OTHERWISE.match(bare)
    return normalise(bare[match.end() :] if match else bare).rstrip(".:;")


def _typed_again(form: Edition, reading: Reading, own: Sequence[Passage]) -> Iterator[Finding]:
    """A heading of the form inside the prose: the report prints it by itself. And a sub-heading that stands twice."""
    titles = {normalise(section.heading) for section in form.sections if section.printed}
    seen: set[str] = set()
    for one in own:
        lines = [
            one.heading,
            *(line.strip() for line in one.text.split("\n") if len(line.strip()) <= _LONGEST),
        ]
        for line in lines:
            if normalise(line) in titles:
                yield section_finding(
                    form, reading, one.section, "heading_repeated", one.number, heading=short(line)
                )
        words = normalise(SECOND.sub("", one.heading))
        if words and words in seen:
            yield section_finding(
                form,
                reading,
                one.section,
                "heading_repeated",
                one.number,
                heading=short(one.heading),
            )
        seen.add(words)


def _numbered(form: Edition, reading: Reading, own: Sequence[Passage]) -> Iterator[Finding]:
    """Second-level numbers as people write them: one after the other; a list may begin again with （一）.

    A number that stands inside a paragraph is there too: sources do not always keep paragraphs apart.
    """
    everything = "".join(one.heading + one.text for one in own)
    last = 0
    for one in own:
        match = SECOND.match(one.heading or one.text)
        if match is None:
            continue
        number = value_of(match["mark"])
        due = numeral(last + 1)
        is_inside = number > last + 1 and bool(re.search(rf"[（(]{due}[）)]", everything))
        if number not in (1, last + 1) and not is_inside:
            yield section_finding(
                form,
                reading,
                one.section,
                "heading_number_wrong",
                one.number,
                heading=short(one.heading or one.text, 20),
                due=f"（{due}）",
            )
        last = number or last + 1

"""Headings and their numbers: a heading that occurs twice, a number that is missing or out of
order, or no number at all.
"""

import re
from collections.abc import Iterator, Sequence

from toolkit.checking.prose import AFTER_TABLES, Passage, passage_finding, passages
from toolkit.codes import make_finding
from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition
from toolkit.edition.numerals import FIRST, OTHERWISE, SECOND, numeral, value_of
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.record.reading import Reading

_POINTS = (".", ",")  # normalised: a full stop or comma after a number is not worth a finding
_LONGEST = 30  # characters of a line that is still a heading


def heading_findings(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Findings on the headings of the form as printed, then on the headings inside each section."""
    yield from printed_headings(form, reading.file, reading.headings)
    every = list(passages(form, reading))
    for section in form.sections:
        own = [passage for passage in every if passage.section.key == section.key]
        yield from _find_repeated(form, reading, own)
        yield from _find_wrong_numbers(form, reading, own)


def printed_headings(form: Edition, file: str, headings: Sequence[str]) -> Iterator[Finding]:
    """Findings on the first-level headings of a published document as printed, in their order.

    The right number is the one after the last, or the one that the form gives to these words: a
    missing section is reported elsewhere.
    """
    declared = _declared_numbers(form)
    seen: list[str] = []
    expected = 1
    for index, heading in enumerate(headings):
        place = Place(file, order=(AFTER_TABLES, 0, index))
        match, words = FIRST.match(heading.strip()), _without_number(heading)
        if not words:
            continue
        if words in seen:
            yield make_finding("heading_repeated", place, heading=short(heading))
            continue
        seen.append(words)
        if match is None:
            # Without a number, or numbered otherwise: that is reported where the heading was read.
            expected = declared.get(words, expected - 1) + 1
            continue
        number = value_of(match["mark"])
        is_right = number in (expected, declared.get(words))
        if not is_right or normalise(match["point"] or "") not in _POINTS:
            due = f"{numeral(expected)}、"
            yield make_finding("heading_number_wrong", place, heading=short(heading), due=due)
        expected = (number or expected) + 1


def _declared_numbers(form: Edition) -> dict[str, int]:
    """The words of the form's own headings -> their numbers."""
    numbers = {}
    for section in form.sections:
        if match := FIRST.match(section.heading):
            numbers[_without_number(section.heading)] = value_of(match["mark"])
    return numbers


def _without_number(heading: str) -> str:
    """A heading without its number, however it is numbered."""
    bare = heading.strip()
    match = FIRST.match(bare) or OTHERWISE.match(bare)
    return normalise(bare[match.end() :] if match else bare).rstrip(".:;")


def _find_repeated(form: Edition, reading: Reading, own: Sequence[Passage]) -> Iterator[Finding]:
    """A heading of the form inside the prose, as the report prints it already; and a sub-heading
    that occurs twice.
    """
    titles = {normalise(section.heading) for section in form.sections if section.printed}
    seen: set[str] = set()
    for passage in own:
        repeated = [line for line in _short_lines(passage) if normalise(line) in titles]
        sub_heading = normalise(SECOND.sub("", passage.heading))
        if sub_heading and sub_heading in seen:
            repeated.append(passage.heading)
        seen.add(sub_heading)
        for line in repeated:
            yield passage_finding(form, reading, passage, "heading_repeated", heading=short(line))


def _short_lines(passage: Passage) -> list[str]:
    """The heading of a paragraph, and the lines of its text that are as short as a heading."""
    lines = [line.strip() for line in passage.text.split("\n")]
    return [passage.heading, *(line for line in lines if len(line) <= _LONGEST)]


def _find_wrong_numbers(
    form: Edition, reading: Reading, own: Sequence[Passage]
) -> Iterator[Finding]:
    """Second-level numbers that are not one after the other; a list may begin again with （一）.

    A number inside a paragraph counts too: sources do not always keep paragraphs apart.
    """
    everything = "".join(passage.heading + passage.text for passage in own)
    last = 0
    for passage in own:
        line = passage.heading or passage.text
        match = SECOND.match(line)
        if match is None:
            continue
        number = value_of(match["mark"])
        due = numeral(last + 1)
        is_inside = number > last + 1 and bool(re.search(rf"[（(]{due}[）)]", everything))
        if number not in (1, last + 1) and not is_inside:
            yield passage_finding(
                form,
                reading,
                passage,
                "heading_number_wrong",
                heading=short(line, 20),
                due=f"（{due}）",
            )
        last = number or last + 1

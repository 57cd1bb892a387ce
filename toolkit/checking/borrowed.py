"""Prose that was taken from elsewhere: another year in sentences about this one, another unit's
name.
"""

import re
from collections.abc import Iterator, Sequence

from toolkit.checking.prose import NEVER, Passage, passage_finding, passages
from toolkit.edition.model import Edition
from toolkit.finding import Finding
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.reading import AGGREGATE, Reading
from toolkit.record.sentences import split_sentences

_FULL_STOP = re.compile(r"(?<=[。！？!?])|\n")
_YEARS = re.compile(r"(20\d\d)年")
_PERIOD = re.compile(
    r"(?P<year>20\d\d)年1月1日.{0,6}?(?:至|到|—|-).{0,3}?(?:(?P<end>20\d\d)年)?12月31日"
)
_PREAMBLE, _PLANS = "preamble", "problems"


def borrowed_findings(form: Edition, reading: Reading) -> Iterator[Finding]:
    """At most one finding on another year and one on another unit for each paragraph."""
    for passage in passages(form, reading):
        yield from _find_other_year(form, reading, passage)
        yield from _find_other_unit(form, reading, passage)


# --- another year


def _find_other_year(form: Edition, reading: Reading, passage: Passage) -> Iterator[Finding]:
    """The first sentence that opens with another year and states what was done in it.

    Comparisons, plans and history are no such sentences.
    """
    for sentence, after, is_opening in _sentences_with_context(passage):
        year = _stated_year(form, reading, passage, sentence, after, is_opening=is_opening)
        if year and year != reading.year:
            yield passage_finding(
                form,
                reading,
                passage,
                "another_year_in_prose",
                text=short(sentence),
                year=year,
                own=reading.year,
            )
            return


def _sentences_with_context(passage: Passage) -> Iterator[tuple[str, str, bool]]:
    """Every sentence, what follows it up to the full stop, and whether a required section opens
    with it.
    """
    is_first = passage.number == 1 and passage.section.required
    for part in _FULL_STOP.split(passage.text):
        sentences = split_sentences(part)
        for index, sentence in enumerate(sentences):
            yield sentence, "".join(sentences[index + 1 :]), is_first
            is_first = False


def _stated_year(
    form: Edition,
    reading: Reading,
    passage: Passage,
    sentence: str,
    after: str,
    *,
    is_opening: bool,
) -> int | None:
    """The year that a sentence says it reports on.

    `after` is what follows up to the full stop: it may be what the year is compared with.
    """
    if passage.section.key == _PREAMBLE:
        return _year_of_preamble(form, sentence)
    words = phrases().prose
    names = [reading.text("unit.name").strip(), reading.text("unit.short").strip()]
    own = "|".join(re.escape(name) for name in names if name) or NEVER
    opening = words.opens.find(sentence, own=own)
    if opening is None or passage.section.key == _PLANS:
        return None
    year, rest = int(opening["year"]), opening["rest"]
    if year >= reading.year or _speaks_of_this_year(rest + after, reading.year):
        return None
    if _is_compared(rest, year) or _is_earlier(rest):
        return None
    return year if is_opening or words.counted.find(rest) else None


def _year_of_preamble(form: Edition, sentence: str) -> int | None:
    """The year of the period, or of the report's title, in a sentence of the preamble."""
    if period := _PERIOD.search(sentence):
        return int(period["end"] or period["year"])
    titled = re.search(rf"(20\d\d)年(?:度)?{re.escape(form.report_name)}", sentence)
    return int(titled[1]) if titled else None


def _speaks_of_this_year(text: str, year: int) -> bool:
    return any(word in text for word in (str(year), *phrases().prose.this_year))


def _is_compared(rest: str, year: int) -> bool:
    """Whether the other year is compared with this report's.

    A comparison with a year before the other one is no comparison with this report: it was copied
    along.
    """
    years = [int(number) for number in _YEARS.findall(rest)]
    is_copied = bool(years) and max(years) < year
    return bool(phrases().prose.compared.find(rest)) and not is_copied


def _is_earlier(rest: str) -> bool:
    """Whether the sentence is about a plan, history, or something that this year's work goes on
    with.
    """
    words = phrases().prose
    marks = (*words.planned, *words.history)
    return bool(words.earlier.find(rest)) or any(word in rest for word in marks)


# --- another unit


def _find_other_unit(form: Edition, reading: Reading, passage: Passage) -> Iterator[Finding]:
    """The first name of another unit in a place where this unit's would be."""
    own = reading.text("unit.name").strip()
    named = (
        *_other_governments(own, passage.text),
        *_other_subjects(form, reading, own, passage.text),
    )
    if named:
        name, around = named[0]
        yield passage_finding(
            form,
            reading,
            passage,
            "another_unit_in_prose",
            name=short(name),
            text=short(around),
            own=own,
        )


def _other_governments(own: str, text: str) -> Iterator[tuple[str, str]]:
    """Other governments of the own kind, wherever they are named, each with the text around it.

    A name is the full ending of the own name after the last two characters of another place:
    丙丁镇人民政府.
    """
    words = phrases().prose
    ending = next((ending for ending in words.governments if own.endswith(ending)), "")
    stem = own.removesuffix(ending)[-2:]
    if not ending or len(stem) < 2:
        return
    pattern = rf"(?:^|[，。；：、“《\s县市区旗州])(([\u4e00-\u9fff]{{2}}){ending})"
    for match in re.finditer(pattern, text):
        name, place = match[1], match[2]
        if place != stem and _is_place(place):
            yield name, text[max(match.start() - 4, 0) : match.end()]


def _is_place(stem: str) -> bool:
    """Whether two characters before 镇人民政府 and the like name a place: 根据 and 各乡 do not."""
    words = phrases().prose
    return stem not in words.no_names and not set(stem) & set(words.any_unit)


def _other_subjects(
    form: Edition, reading: Reading, own: str, text: str
) -> Iterator[tuple[str, str]]:
    """Units of the own kind in the place of this one, each with the text around it.

    The place is the subject of the title, or of what was done in the year. Elsewhere prose names
    superiors and neighbours with good reason.
    """
    words = phrases().prose
    kind = next((kind for kind in words.unit_kinds if own.endswith(kind)), ())
    if not kind:
        return
    parts = {
        "endings": "|".join(kind),
        "year": reading.year,
        "reported": words.reported.pattern,
        "report": re.escape(form.report_name),
    }
    patterns = [words.titled]
    if reading.text("unit.scope") != AGGREGATE and not own.endswith(words.tells_of_others):
        patterns += words.subject
    for sentence in split_sentences(text):
        for pattern in patterns:
            match = pattern.find(sentence, **parts)
            if match and _is_another_unit(match["name"], own, kind):
                yield match["name"], match[0]


def _is_another_unit(name: str, own: str, kind: Sequence[str]) -> bool:
    """Whether a name is another unit's: not the own one, however shortened, and of the same level
    where it has one.
    """
    words = phrases().prose
    if any(word in name for word in words.no_subject):
        return False
    if _is_short_for(name, own) or _is_short_for(own, name):
        return False
    is_town = kind == words.unit_kinds[0]  # whichever county it belongs to
    return is_town or _level_of(name) == _level_of(own)


def _level_of(name: str) -> str:
    """The last of 省, 市, 县 … in a name: the one that the unit belongs to."""
    words = phrases().prose
    levels = re.findall(words.levels, re.sub(words.no_levels, "", name))
    return levels[-1] if levels else ""


def _is_short_for(short_name: str, name: str) -> bool:
    """Whether all characters of one name are in the other in their order: 示例县发改局, 示例县发展和改革局."""
    rest = iter(name)
    return all(char in rest for char in short_name)

"""Prose that was taken from elsewhere: another year in sentences about this one, another unit's name."""

import re
from collections.abc import Iterator

from toolkit.checking.prose import Passage, passages, sentences, told
from toolkit.edition.model import Edition
from toolkit.edition.typed import short
from toolkit.finding import Finding
from toolkit.record import Reading
from toolkit.templates import phrases

_OPENS = re.compile(r"(?:截至|截止|截止到)?(?P<year>20\d\d)年(?:度|底|末|\d{1,2}月(?:\d{1,2}日)?)?[，,]?(?P<rest>.*)", re.DOTALL)
_PERIOD = re.compile(r"(?P<year>20\d\d)年1月1日.{0,6}?(?:至|到|—|-).{0,3}?(?:(?P<end>20\d\d)年)?12月31日")
_PREAMBLE, _PLANS = "preamble", "problems"


def borrowed_findings(form: Edition, reading: Reading) -> Iterator[Finding]:
    for passage in passages(form, reading):
        yield from _other_year(form, reading, passage)
        yield from _other_unit(form, reading, passage)


def _other_year(form: Edition, reading: Reading, passage: Passage) -> Iterator[Finding]:
    """Sentences that open with another year and tell what was done in it; comparisons, plans and history are none."""
    for place, sentence in enumerate(sentences(passage.text)):
        year = _stated(form, reading, passage, sentence, opening=place == 0 and passage.number == 1 and passage.section.required)
        if year and year != reading.year:
            yield told(form, reading, passage.section, "N-10", passage.number, text=short(sentence), year=year, own=reading.year)
            return


def _stated(form: Edition, reading: Reading, passage: Passage, sentence: str, *, opening: bool) -> int | None:
    """The year that a sentence says it reports on."""
    words = phrases()["prose"]
    if passage.section.key == _PREAMBLE:
        if period := _PERIOD.search(sentence):
            return int(period["end"] or period["year"])
        titled = re.search(rf"(20\d\d)年(?:度)?{re.escape(form.report_name)}", sentence)
        return int(titled[1]) if titled else None
    opens = _OPENS.fullmatch(sentence)
    if opens is None or passage.section.key == _PLANS or str(reading.year) in opens["rest"]:
        return None
    if any(word in opens["rest"] for word in (*words["compared"], *words["planned"], *words["history"])):
        return None
    is_own = opening or re.search(words["counted"], opens["rest"])
    return int(opens["year"]) if is_own and int(opens["year"]) < reading.year else None


def _other_unit(form: Edition, reading: Reading, passage: Passage) -> Iterator[Finding]:
    """Another government of the same kind: the full ending of the own name behind another place."""
    words = phrases()["prose"]
    own = reading.text("unit.name").strip()
    ending = next((one for one in words["governments"] if own.endswith(one)), "")
    stem = own.removesuffix(ending)[-2:]
    if not ending or len(stem) < 2:
        return
    for match in re.finditer(rf"(?:^|[，。；：、“《\s县市区旗州])(([\u4e00-\u9fff]{{2}}){ending})", passage.text):
        is_name = match[2] not in words["no_names"] and not any(char in words["any_unit"] for char in match[2])
        if is_name and match[2] != stem:
            around = passage.text[max(match.start() - 4, 0) : match.end()]
            yield told(form, reading, passage.section, "N-11", passage.number, name=short(match[1]), text=short(around), own=own)
            return

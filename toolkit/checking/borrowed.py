"""Prose that was taken from elsewhere: another year in sentences about this one, another unit's name."""

import re
from collections.abc import Iterator, Sequence

from toolkit.checking.prose import Passage, passages, section_finding, split_sentences
from toolkit.edition.model import Edition
from toolkit.finding import Finding
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.reading import AGGREGATE, Reading

_YEAR = r"(?P<year>20\d\d)年(?:度|底|末|(?P<month>\d{1,2}月)(?:\d{1,2}日)?)?[，,]?(?P<rest>.*)"
_PERIOD = re.compile(
    r"(?P<year>20\d\d)年1月1日.{0,6}?(?:至|到|—|-).{0,3}?(?:(?P<end>20\d\d)年)?12月31日"
)
_PREAMBLE, _PLANS = "preamble", "problems"


def borrowed_findings(form: Edition, reading: Reading) -> Iterator[Finding]:
    for passage in passages(form, reading):
        yield from _other_year(form, reading, passage)
        yield from _other_unit(form, reading, passage)


def _other_year(form: Edition, reading: Reading, passage: Passage) -> Iterator[Finding]:
    """Sentences that open with another year and tell what was done in it; comparisons, plans and history are none."""
    whole = [
        one
        for part in re.split(r"(?<=[。！？!?])|\n", passage.text)
        if (one := split_sentences(part))
    ]
    for place, parts in enumerate(whole):
        for index, sentence in enumerate(parts):
            opening = place == index == 0 and passage.number == 1 and passage.section.required
            year = _stated(
                form, reading, passage, sentence, "".join(parts[index + 1 :]), opening=opening
            )
            if year and year != reading.year:
                yield section_finding(
                    form,
                    reading,
                    passage.section,
                    "another_year_in_prose",
                    passage.number,
                    text=short(sentence),
                    year=year,
                    own=reading.year,
                )
                return


def _stated(
    form: Edition, reading: Reading, passage: Passage, sentence: str, after: str, *, opening: bool
) -> int | None:
    """The year that a sentence says it reports on. `after` is what follows up to the full stop: it may be what is compared with."""
    words = phrases().prose
    if passage.section.key == _PREAMBLE:
        if period := _PERIOD.search(sentence):
            return int(period["end"] or period["year"])
        titled = re.search(rf"(20\d\d)年(?:度)?{re.escape(form.report_name)}", sentence)
        return int(titled[1]) if titled else None
    own = [reading.text("unit.name").strip(), reading.text("unit.short").strip()]
    start = words.opens.replace("{own}", "|".join(re.escape(name) for name in own if name) or r"\0")
    opens = re.fullmatch(start + _YEAR, sentence, re.DOTALL)
    if opens is None or passage.section.key == _PLANS or int(opens["year"]) >= reading.year:
        return None
    if _tells_of_this_year_too(opens["rest"], after, reading.year) or _is_compared(
        opens["rest"], int(opens["year"])
    ):
        return None
    if re.search(words.earlier, opens["rest"]) or any(
        word in opens["rest"] for word in (*words.planned, *words.history)
    ):
        return None
    return int(opens["year"]) if opening or re.search(words.counted, opens["rest"]) else None


def _tells_of_this_year_too(rest: str, after: str, year: int) -> bool:
    return any(word in rest + after for word in (str(year), *phrases().prose.this_year))


def _is_compared(rest: str, year: int) -> bool:
    """A comparison with a year before the other one is no comparison with this report: it was copied along."""
    years = [int(one) for one in re.findall(r"(20\d\d)年", rest)]
    return bool(re.search(phrases().prose.compared, rest)) and not (
        years and all(one < year for one in years)
    )


def _other_unit(form: Edition, reading: Reading, passage: Passage) -> Iterator[Finding]:
    own = reading.text("unit.name").strip()
    for name, around in (*_governments(own, passage.text), *_subjects(form, reading, own, passage)):
        yield section_finding(
            form,
            reading,
            passage.section,
            "another_unit_in_prose",
            passage.number,
            name=short(name),
            text=short(around),
            own=own,
        )
        return


def _governments(own: str, text: str) -> Iterator[tuple[str, str]]:
    """Another government of the same kind, wherever it stands: the full ending of the own name behind another place."""
    words = phrases().prose
    ending = next((one for one in words.governments if own.endswith(one)), "")
    stem = own.removesuffix(ending)[-2:]
    if not ending or len(stem) < 2:
        return
    for match in re.finditer(
        rf"(?:^|[，。；：、“《\s县市区旗州])(([\u4e00-\u9fff]{{2}}){ending})", text
    ):
        is_name = match[2] not in words.no_names and not any(
            char in words.any_unit for char in match[2]
        )
        if is_name and match[2] != stem:
            yield match[1], text[max(match.start() - 4, 0) : match.end()]


def _subjects(
    form: Edition, reading: Reading, own: str, passage: Passage
) -> Iterator[tuple[str, str]]:
    """Any unit of the own kind that stands where this one would: as the subject of the title, or of what was done in the year.

    Elsewhere prose names superiors and neighbours with good reason.
    """
    words = phrases().prose
    kind = next((one for one in words.unit_kinds if own.endswith(tuple(one))), ())
    if not kind:
        return
    fill = {
        "endings": "|".join(kind),
        "year": reading.year,
        "reported": words.reported,
        "report": re.escape(form.report_name),
    }
    patterns = [words.titled]
    if reading.text("unit.scope") != AGGREGATE and not own.endswith(tuple(words.tells_of_others)):
        patterns += words.subject
    for sentence in split_sentences(passage.text):
        for pattern in patterns:
            match = re.search(pattern.format(**fill), sentence)
            if match and _is_another(match["name"], own, kind):
                yield match["name"], match[0]


def _is_another(name: str, own: str, kind: Sequence[str]) -> bool:
    """Whether a name is another unit's: not the own one, however shortened, and of the same level where it has one."""
    words = phrases().prose
    if any(word in name for word in words.no_subject) or _within(name, own) or _within(own, name):
        return False
    is_town = kind == words.unit_kinds[0]  # whatever county it belongs to
    return is_town or _level(name) == _level(own)


def _level(name: str) -> str:
    """The last of 省, 市, 县 … in a name: the one the unit belongs to."""
    words = phrases().prose
    return "".join(re.findall(words.levels, re.sub(words.no_levels, "", name))[-1:])


def _within(short_name: str, name: str) -> bool:
    """Whether all characters of one name stand in the other in their order: 示例县发改局 in 示例县发展和改革局."""
    rest = iter(name)
    return all(char in rest for char in short_name)

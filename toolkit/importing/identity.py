"""Whose report of which year it is, and the facts of its preamble.

They are taken from the title, the preamble and, failing these, the words of the report.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.documents.document import Line
from toolkit.documents.printed_headings import section_head, title_of
from toolkit.documents.printed_labels import core, published_words
from toolkit.edition.model import Edition
from toolkit.record.reading import FieldValue

_SEVERAL = 3  # times a name must be in the prose to be taken for the unit's
_TITLE = 120  # characters
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_ABOVE = 3  # lines over a title in which the unit may be


@dataclass
class Identity:
    """`start`: the first line behind the title; `unit_from`: title, preamble or text."""

    year: int | None = None
    unit: str = ""
    unit_from: str = ""
    start: int = 0
    published: dt.date | None = None
    fields: dict[str, FieldValue] = field(default_factory=dict)


def identify(edition: Edition, lines: Sequence[Line]) -> Identity:
    identity = Identity()
    _read_title(lines, identity)
    first = _first_heading(lines, identity.start)
    above = "\n".join(line.text for line in lines[:first])
    preamble = _preamble(lines[identity.start : first])
    _read_facts(edition, preamble, identity)
    _read_period(preamble, identity)
    identity.published = _publication_date(lines[:first])
    if identity.year is None:
        identity.year = _only_year(lines[:first], identity.published)
    if not identity.unit:
        _find_unit(edition, lines, identity, above, preamble)
    return identity


def _preamble(lines: Sequence[Line]) -> str:
    text = "".join(line.text + "\n" for line in lines if not line.outside)
    return re.sub(r"[ \t\xa0\u3000]", "", text)


def _first_heading(lines: Sequence[Line], start: int) -> int:
    """The index of the first section heading from `start` on, else the number of lines."""
    for index in range(start, len(lines)):
        if not lines[index].outside and section_head(lines[index].text):
            return index
    return len(lines)


# Title ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Title:
    """`index` is the last line of a title: the year is often on a line of its own below."""

    index: int
    match: re.Match[str]


def _read_title(lines: Sequence[Line], identity: Identity) -> None:
    title = _choose_title(lines)
    if title is None:
        return
    identity.year = _year_of(title.match["year"])
    if not lines[title.index].outside:
        identity.start = title.index + 1
    unit = _unit_in(title.match) or _unit_above(lines, title.index)
    if unit:
        identity.unit, identity.unit_from = unit, "title"


def _choose_title(lines: Sequence[Line]) -> _Title | None:
    """The last title before the first heading, if possible of the report; else the first."""
    titles = list(_find_titles(lines))
    first = _first_heading(lines, 0)
    before = [title for title in titles if title.index < first]
    inside = [title for title in before if not lines[title.index].outside]
    for candidates in (inside, before):
        if candidates:
            return candidates[-1]
    return titles[0] if titles else None


def other_title(edition: Edition, lines: Sequence[Line], identity: Identity) -> str:
    """The title of a report of another unit or year behind the first heading; "" without one."""
    first = _first_heading(lines, identity.start)
    for title in _find_titles(lines):
        line = lines[title.index]
        if title.index < first or line.outside:
            continue
        unit = _unit_in(title.match) or _known_unit_above(edition, lines, title.index)
        year = _year_of(title.match["year"])
        if _is_another_unit(unit, identity.unit) or identity.year not in (None, year):
            return (unit if unit not in line.text else "") + _tighten(line.text)
    return ""


def _known_unit_above(edition: Edition, lines: Sequence[Line], index: int) -> str:
    """The unit above a title, if its name ends as those of units do."""
    endings = tuple(filter(None, edition.profile.short_names))
    unit = _unit_above(lines, index)
    return unit if unit.endswith(endings) else ""


def _is_another_unit(unit: str, own: str) -> bool:
    """Whether two names are of different units: neither is the end of the other (甲县乙镇, 乙镇)."""
    if not unit or not own:
        return False
    return not core(unit).endswith(core(own)) and not core(own).endswith(core(unit))


def _find_titles(lines: Sequence[Line]) -> Iterator[_Title]:
    only_year = re.compile(published_words()["title"]["only_year"])
    for index, line in enumerate(lines):
        if len(line.text) >= _TITLE:
            continue
        text = _tighten(line.text)
        match = title_of(text)
        if match:
            yield _Title(index, match)
            continue
        below = _tighten(lines[index + 1].text) if index + 1 < len(lines) else ""
        match = title_of(text + below) if only_year.search(below) else None
        if match:
            yield _Title(index + 1, match)


def _unit_in(match: re.Match[str]) -> str:
    """The unit that a title names before or behind the year."""
    unit = re.split(r"[>＞»|｜_/\\\-：:]", match["before"])[-1] or match["behind"]
    unit = re.sub(r"^(?:关于|公布)|的$", "", unit)
    if unit.endswith("人民"):
        unit += "政府"  # the title says it once for the name and for what is made public
    return unit


def _unit_above(lines: Sequence[Line], index: int) -> str:
    """The nearest line above a title that may be a name; "" without one."""
    words = published_words()["title"]
    for line in reversed(lines[max(0, index - _ABOVE) : index]):
        text = _tighten(line.text)
        if line.outside != lines[index].outside or not text:
            continue
        if re.fullmatch(words["name"], text) and not re.search(words["not_units"], text):
            return text
    return ""


def _tighten(text: str) -> str:
    """Without white space, and digits as they are typed on a keyboard."""
    return re.sub(r"\s", "", text).translate(_DIGITS)


def _year_of(text: str) -> int:
    """The year in digits or characters: 2021, 二〇二一, 二○二一."""
    return int("".join(map(_digit_of, text)))


def _digit_of(char: str) -> str:
    words = published_words()["title"]
    if char.isdecimal():
        return char
    return str(words["digits"].find("〇" if char in words["zeros"] else char))


# Preamble ---------------------------------------------------------------------------------------


def _read_facts(edition: Edition, preamble: str, identity: Identity) -> None:
    for key, pattern in published_words()["facts"].items():
        match = re.search(pattern, preamble) if key in edition.fields else None
        if match:
            identity.fields[key] = match[1].rstrip("/")


def _read_period(preamble: str, identity: Identity) -> None:
    """The period that the report covers; within one year it also says the year."""
    match = re.search(published_words()["facts"]["period"], preamble.translate(_DIGITS))
    if match is None:
        return
    start = _date_of(match["y1"], match["m1"], match["d1"])
    end = _date_of(match["y2"] or match["y1"], match["m2"], match["d2"])
    if start is None or end is None:
        return
    identity.fields |= {"profile.period.start": start, "profile.period.end": end}
    if not identity.year and start.year == end.year:
        identity.year = start.year


def _date_of(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _publication_date(lines: Sequence[Line]) -> dt.date | None:
    pattern = re.compile(published_words()["facts"]["published"])
    for line in lines:
        match = pattern.search(line.text.translate(_DIGITS))
        if match:
            return _date_of(match["y"], match["m"], match["d"])
    return None


def _only_year(lines: Sequence[Line], publication: dt.date | None) -> int | None:
    """The year that some lines speak of, if it is only one, the year of publication apart."""
    years: set[int] = set()
    for line in lines:
        years |= set(map(int, re.findall(published_words()["title"]["year"], _tighten(line.text))))
    if publication is not None and len(years) > 1:
        years.discard(publication.year)
    return years.pop() if len(years) == 1 else None


# Unit -------------------------------------------------------------------------------------------


def _find_unit(
    edition: Edition, lines: Sequence[Line], identity: Identity, above: str, preamble: str
) -> None:
    """The unit that the preamble states, else the name that the prose uses.

    `above` is everything before the first heading, first searched with its spaces: more than the
    unit may be on the line.
    """
    words = published_words()["title"]
    for pattern, text in (
        (words["filled_by"], above),
        (words["filled_by"], _tighten(above)),
        (words["announced"], _tighten(preamble)),
    ):
        match = re.search(pattern, text)
        if match and match["unit"]:
            identity.unit, identity.unit_from = match["unit"], "preamble"
            return
    name = _name_used(edition, lines)
    if name:
        identity.unit, identity.unit_from = name, "text"


def _name_used(edition: Edition, lines: Sequence[Line]) -> str:
    """The name that the prose uses several times: at the start of a clause, ending as units do.

    None if two names are used as often.
    """
    endings = sorted(filter(None, edition.profile.short_names), key=len, reverse=True)
    any_ending = "|".join(map(re.escape, endings))
    pattern = rf"(?:^|[，。；、：年\s])([\u4e00-\u9fff]{{1,12}}?(?:{any_ending}))"
    strange = re.compile(published_words()["title"]["not_names"])
    text = "\n".join(line.text for line in lines if not line.outside)
    counts: dict[str, int] = {}
    for name in re.findall(pattern, text):
        if not strange.search(name):
            counts[name] = text.count(name)
    best = sorted(counts, key=lambda name: -counts[name])
    if not best or counts[best[0]] < _SEVERAL:
        return ""
    is_tie = len(best) > 1 and counts[best[1]] == counts[best[0]]
    return "" if is_tie else best[0]

"""Whose report of which year it is, and the facts of its preamble: from title, preamble and, failing these, its own words."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.documents.document import Line
from toolkit.documents.printed_headings import section_head, title_of
from toolkit.documents.printed_labels import core, published_words
from toolkit.edition.model import Edition
from toolkit.record.reading import FieldValue

_SEVERAL = 3  # times a name must stand in the prose to be taken for the unit's
_TITLE = 120  # characters
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_ABOVE = 3  # lines over a title in which the unit may stand


@dataclass
class Identity:
    """`start` is the first line behind the title. `year_from` and `unit_from` say where these were found."""

    year: int | None = None
    unit: str = ""
    unit_from: str = ""  # title, preamble, text
    start: int = 0
    published: dt.date | None = None
    fields: dict[str, FieldValue] = field(default_factory=dict)


def identify(edition: Edition, lines: Sequence[Line]) -> Identity:
    found = Identity()
    _title(lines, _first_head(lines, 0), found)
    first = _first_head(lines, found.start)
    preamble = "".join(line.text + "\n" for line in lines[found.start : first] if not line.outside)
    _facts(edition, re.sub(r"[ \t\xa0\u3000]", "", preamble), found)
    found.published = _published(lines, first)
    if found.year is None:
        found.year = _only_year(lines[:first], found)
    above = "\n".join(
        line.text for line in lines[:first]
    )  # with its spaces: more than the unit may stand in the line
    for name, text in (
        ("filled_by", above),
        ("filled_by", _tight(above)),
        ("announced", _tight(preamble)),
    ):
        if not found.unit and (said := re.search(published_words()["title"][name], text)):
            found.unit, found.unit_from = said["unit"], "preamble"
    if not found.unit and (name := _named(edition, lines)):
        found.unit, found.unit_from = name, "text"
    return found


def _first_head(lines: Sequence[Line], start: int) -> int:
    heads = (
        index
        for index in range(start, len(lines))
        if not lines[index].outside and section_head(lines[index].text)
    )
    return next(heads, len(lines))


def _title(lines: Sequence[Line], first: int, found: Identity) -> None:
    """The last title before the first heading, of the lines of the report before those around it; else the first title there is."""
    titles = list(_titles(lines))
    before = [one for one in titles if one[0] < first]
    inside = [one for one in before if not lines[one[0]].outside]
    if not titles:
        return
    index, match = inside[-1] if inside else before[-1] if before else titles[0]
    found.year = _year(match["year"])
    found.start = index + 1 if not lines[index].outside else 0
    unit = _unit_in(match)
    if not unit:
        unit = _unit_above(lines, index)
    if unit:
        found.unit, found.unit_from = unit, "title"


def other_title(edition: Edition, lines: Sequence[Line], found: Identity) -> str:
    """The title of a report of another unit or year that begins behind the first heading; "" where there is none."""
    endings = tuple(filter(None, edition.profile.short_names))
    first = _first_head(lines, found.start)
    for index, match in _titles(lines):
        if index < first or lines[index].outside:
            continue
        above = _unit_above(lines, index)
        unit = _unit_in(match) or (above if above.endswith(endings) else "")
        is_another = (
            bool(unit and found.unit)
            and not core(unit).endswith(core(found.unit))
            and not core(found.unit).endswith(core(unit))
        )
        if is_another or found.year not in (None, _year(match["year"])):
            return (unit if unit not in lines[index].text else "") + _tight(lines[index].text)
    return ""


def _titles(lines: Sequence[Line]) -> Iterator[tuple[int, re.Match[str]]]:
    """All titles with the last line of each: the year often stands on a line of its own below."""
    bare = re.compile(published_words()["title"]["only_year"])
    for index, line in enumerate(lines):
        if len(line.text) >= _TITLE:
            continue
        below = _tight(lines[index + 1].text) if index + 1 < len(lines) else ""
        if match := title_of(_tight(line.text)):
            yield index, match
        elif bare.search(below) and (match := title_of(_tight(line.text) + below)):
            yield index + 1, match


def _unit_in(match: re.Match[str]) -> str:
    unit = re.split(r"[>＞»|｜_/\\\-：:]", match["before"])[-1] or match["behind"]
    unit = re.sub(r"^(?:关于|公布)|的$", "", unit)
    return unit + (
        "政府" if unit.endswith("人民") else ""
    )  # the title says it once for the name and for what is made public


def _unit_above(lines: Sequence[Line], index: int) -> str:
    name, title = (
        re.compile(published_words()["title"]["name"]),
        re.compile(published_words()["title"]["not_units"]),
    )
    above = [
        line.text
        for line in lines[max(0, index - _ABOVE) : index]
        if line.outside == lines[index].outside and line.text.strip()
    ]
    return next(
        (
            one
            for text in reversed(above)
            if name.fullmatch(one := _tight(text)) and not title.search(one)
        ),
        "",
    )


def _tight(text: str) -> str:
    """Without white space, and digits as they are typed on a keyboard."""
    return re.sub(r"\s", "", text).translate(_DIGITS)


def _year(text: str) -> int:
    words = published_words()["title"]
    digits = "".join(
        str(words["digits"].find("〇" if char in words["zeros"] else char))
        if not char.isdecimal()
        else char
        for char in text
    )
    return int(digits)


def _facts(edition: Edition, preamble: str, found: Identity) -> None:
    facts = dict(published_words()["facts"])
    period, _ = re.search(facts.pop("period"), preamble.translate(_DIGITS)), facts.pop("published")
    for key, pattern in facts.items():
        if key in edition.fields and (match := re.search(pattern, preamble)):
            found.fields[key] = match[1].rstrip("/")
    if period:
        start, end = (
            _date(period["y1"], period["m1"], period["d1"]),
            _date(period["y2"] or period["y1"], period["m2"], period["d2"]),
        )
        if start and end:
            found.fields |= {"profile.period.start": start, "profile.period.end": end}
            found.year = found.year or (start.year if start.year == end.year else None)


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _published(lines: Sequence[Line], first: int) -> dt.date | None:
    pattern = re.compile(published_words()["facts"]["published"])
    for line in lines[:first]:
        if match := pattern.search(line.text.translate(_DIGITS)):
            return _date(match["y"], match["m"], match["d"])
    return None


def _only_year(lines: Sequence[Line], found: Identity) -> int | None:
    """The year of the lines before the first heading, if they speak of one only."""
    years = {
        int(year)
        for line in lines
        for year in re.findall(published_words()["title"]["year"], _tight(line.text))
    }
    years -= {found.published.year} if found.published and len(years) > 1 else set()
    return years.pop() if len(years) == 1 else None


def _named(edition: Edition, lines: Sequence[Line]) -> str:
    """The name that the prose itself uses: it ends as names of units do, begins a clause, and stands there several times."""
    endings = "|".join(
        sorted(map(re.escape, filter(None, edition.profile.short_names)), key=len, reverse=True)
    )
    text = "\n".join(line.text for line in lines if not line.outside)
    strange = re.compile(published_words()["title"]["not_names"])
    pattern = rf"(?:^|[，。；、：年\s])([\u4e00-\u9fff]{{1,12}}?(?:{endings}))"
    names = {
        str(name): text.count(str(name))
        for name in re.findall(pattern, text)
        if not strange.search(name)
    }
    best = sorted(names, key=lambda name: -names[name])
    if (
        not best
        or names[best[0]] < _SEVERAL
        or (len(best) > 1 and names[best[1]] == names[best[0]])
    ):
        return ""
    return best[0]

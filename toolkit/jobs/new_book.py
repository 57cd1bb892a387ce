"""A workbook to fill in: blank, or with what follows from last year's report."""

import datetime as dt
from dataclasses import dataclass, replace

from toolkit.edition.load import edition_for_year, edition_ids, load_edition
from toolkit.edition.model import Edition
from toolkit.files.outputs import safe_name
from toolkit.finding import Finding
from toolkit.jobs.inputs import Source, read_source
from toolkit.phrases import phrases
from toolkit.record.facts import short_name
from toolkit.record.reading import Reading
from toolkit.record.takeover import TakenOver, take_over
from toolkit.workbook.write import blank, write


@dataclass(frozen=True)
class Unit:
    """What the person says of the unit; empty where nothing is said.

    `level` is a key or its words.
    """

    name: str = ""
    kind: str = ""
    level: str = ""


@dataclass(frozen=True)
class NewBook:
    """A workbook and the name of its file, or None and why: a `refusal`, or findings of last year's
    report.
    """

    data: bytes | None
    file: str = ""
    refusal: str = ""
    findings: tuple[Finding, ...] = ()
    taken_over: TakenOver | None = None


def edition_of_year(year: int) -> tuple[Edition | None, str]:
    """The edition of a report year, or None and a sentence that says since when there is one."""
    edition = edition_for_year(year)
    if edition is not None:
        return edition, ""
    first = min(load_edition(name).first_year for name in edition_ids())
    return None, phrases().new_book.no_edition.format(year=year, first=first)


def make_book(year: int, unit: Unit, created: dt.datetime, last: Source | None = None) -> NewBook:
    """The workbook of that report year; with last year's report also what follows from it."""
    edition, refusal = edition_of_year(year)
    if edition is None:
        return NewBook(None, refusal=refusal)
    level, refusal = _level(edition, unit)
    if refusal:
        return NewBook(None, refusal=refusal)
    reading = blank(edition, year, unit__name=unit.name, unit__type=unit.kind, unit__level=level)
    if unit.name:
        short = short_name(edition, reading)
        reading = replace(reading, fields={**reading.fields, "unit.short": short})
    if last is None:
        return _book(edition, reading, created)
    prior, findings = read_source(last)
    if prior is None:
        return NewBook(None, findings=tuple(findings))
    reading, taken_over, notes = take_over(edition, reading, prior)
    book = _book(edition, reading, created)
    return replace(book, findings=tuple(notes), taken_over=taken_over)


def _book(edition: Edition, reading: Reading, created: dt.datetime) -> NewBook:
    name = reading.text("unit.name")
    unit = safe_name(name) if name else ""
    file = f"{unit}{reading.year}年{edition.report_name}.xlsx"
    return NewBook(write(edition, reading, created), file)


def _level(edition: Edition, unit: Unit) -> tuple[str, str]:
    """The key of the level, or a refusal; without a level that of the unit's type where it is
    certain.
    """
    if not unit.level:
        return edition.profile.type_levels.get(unit.kind, ""), ""
    choices = dict(edition.profile.choices["levels"])
    for key, word in choices.items():
        if unit.level in (key, word):
            return key, ""
    known = "、".join(f"{key}（{word}）" for key, word in choices.items())
    return "", phrases().new_book.no_level.format(level=unit.level, known=known)

"""A signed or published document beside the workbook it came from: every figure equal, which sentences differ; and its prose taken back."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher

from toolkit.codes import make_finding
from toolkit.edition.labels import normalise
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import AgainstWords, phrases
from toolkit.record.reading import Origin, Reading
from toolkit.report.blocks import Heading, Text
from toolkit.report.narrative import OWN, narrate
from toolkit.values import show

_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?[”’）)]*|[。！？；!?;]")
_MOST = 60  # characters of a sentence in a message


def against(document: Reading, book: Reading) -> list[Finding]:
    """What differs. Blank, declared and typed zeros are equal, as they are in relations; so is text but for white space."""
    place = Place(document.file)
    if (document.edition, document.year) != (book.edition, book.year):
        now, own = (
            _words().report.format(year=one.year, edition=load_edition(one.edition).title)
            for one in (document, book)
        )
        return [make_finding("another_report_than_book", place, now=now, own=own)]
    compared, figures = _figures(document, book)
    count, prose = _prose(document, book)
    summary = make_finding(
        "compared_with_book",
        place,
        book=book.file,
        figures=compared,
        differ=len(figures),
        sentences=count,
        others=len(prose),
    )
    return [summary, *_units(document, book), *figures, *prose]


def _units(document: Reading, book: Reading) -> list[Finding]:
    """Another unit's report. Documents also call a unit by a part of its name, so only names of which neither holds the other differ."""
    name, own = document.text("unit.name"), book.text("unit.name")
    said, known = (
        normalise(name),
        [one for one in (normalise(own), normalise(book.text("unit.short"))) if one],
    )
    if not said or not known or any(one in said or said in one for one in known):
        return []
    return [
        make_finding(
            "another_unit_than_book", Place(document.file), ["unit.name"], name=name, own=own
        )
    ]


def with_prose_of(document: Reading, book: Reading) -> tuple[Reading, list[str]]:
    """The workbook's report with the prose of the document where that reads otherwise, and the headings of these sections.

    No figure changes; a section that reads the same stays as it is, so that generated sentences go on following their figures.
    """
    edition = load_edition(book.edition)
    ours = _sentences_of_book(edition, book)
    taken = {
        key: items
        for key, items in document.narrative.items()
        if not _same(ours.get(key, []), _sentences_of(document, key))
    }
    choices = {f"prose.{key}": OWN for key in taken if f"prose.{key}" in edition.fields}
    changed = replace(
        book, narrative={**book.narrative, **taken}, fields={**book.fields, **choices}
    )
    return changed, [section.heading for section in edition.sections if section.key in taken]


def _words() -> AgainstWords:
    return phrases().against


def _figures(document: Reading, book: Reading) -> tuple[int, list[Finding]]:
    """How many figures were compared, and those that differ. Where either has combined rows, both are compared as merged."""
    edition = load_edition(document.edition)
    form = edition.variant(document.combined | book.combined)
    places = {
        key: one
        for key in form.cells
        for part in reversed(_parts(edition, document, key))
        if (one := document.places.get(part))
    }
    keys = [
        key
        for key, cell in form.cells.items()
        if form.table(cell.table).declared.official or key in places
    ]
    found = []
    for key in keys:
        if key in form.totals and book.origin is Origin.WORKBOOK and book.value(key).number is None:
            continue  # not to be told yet; what it waits for is
        now, own = _number(edition, document, key), _number(edition, book, key)
        if now != own:
            place = places.get(key) or Place(document.file, order=form.order[key])
            shown = document.value(key).raw or (
                show(now) if _is_there(edition, document, key) else _words().blank
            )
            found.append(
                make_finding(
                    "figure_differs_from_book",
                    place,
                    [key],
                    found=now,
                    expected=own,
                    where=form.where(key),
                    now=shown,
                    own=show(own),
                )
            )
    return len(keys), found


def _parts(edition: Edition, reading: Reading, key: str) -> list[str]:
    """The cell itself; of a combined row, where the reading has the rows themselves, the cells that it stands for."""
    name, _, column = key.rpartition(".")
    if name in reading.combined or name not in edition.combined_rows:
        return [key]
    table, row = edition.combined_rows[name]
    return [f"{table.key}.{part}.{column}" for part in row.stands_for]


def _number(edition: Edition, reading: Reading, key: str) -> Decimal:
    """A figure; of a combined row the sum of its parts where the reading has these."""
    return sum(
        (reading.value(part).number or Decimal(0) for part in _parts(edition, reading, key)),
        Decimal(0),
    )


def _is_there(edition: Edition, reading: Reading, key: str) -> bool:
    return any(reading.value(part).number is not None for part in _parts(edition, reading, key))


def _prose(document: Reading, book: Reading) -> tuple[int, list[Finding]]:
    """How many sentences the document has, and the findings on those that differ, section by section."""
    edition = load_edition(book.edition)
    ours = _sentences_of_book(edition, book)
    count, found = 0, list[Finding]()
    for index, section in enumerate(edition.sections):
        theirs = _sentences_of(document, section.key)
        count += len(theirs)
        place = Place(document.file, order=(91, index, 0))
        found += _differences(section.heading, ours.get(section.key, []), theirs, place)
    return count, found


def _sentences_of_book(edition: Edition, book: Reading) -> dict[str, list[str]]:
    keys = {section.heading: section.key for section in edition.sections if section.printed}
    section = next(iter(edition.sections)).key
    found: dict[str, list[str]] = {}
    for block in narrate(edition, book).blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = keys.get(block.text, section)
        elif isinstance(block, Heading | Text):
            found.setdefault(section, []).extend(_sentences(block.text))
    return found


def _sentences_of(document: Reading, section: str) -> list[str]:
    return [
        one
        for item in document.narrative.get(section, ())
        for text in (item.heading, item.text)
        for one in _sentences(text)
    ]


def _same(ours: list[str], theirs: list[str]) -> bool:
    return [normalise(one) for one in ours] == [normalise(one) for one in theirs]


def _sentences(text: str) -> Iterator[str]:
    return (sentence.strip() for sentence in _SENTENCE.findall(text) if sentence.strip())


def _differences(
    heading: str, ours: list[str], theirs: list[str], place: Place
) -> Iterator[Finding]:
    matcher = SequenceMatcher(
        None, [normalise(one) for one in ours], [normalise(one) for one in theirs], autojunk=False
    )
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        for step in range(max(i_end - i, j_end - j)):
            own = short(ours[i + step], _MOST) if i + step < i_end else ""
            now = short(theirs[j + step], _MOST) if j + step < j_end else ""
            if now:
                words = _words().word("otherwise" if own else "missing").format(own=own)
                yield make_finding(
                    "sentence_not_in_book", place, section=heading, now=now, own=words
                )
            else:
                yield make_finding("sentence_only_in_book", place, section=heading, own=own)

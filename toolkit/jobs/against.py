"""A signed or published document beside the workbook it came from: every figure equal, and which
sentences differ.
"""

from collections.abc import Mapping
from decimal import Decimal

from toolkit.codes import make_finding
from toolkit.edition.labels import normalise
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place
from toolkit.jobs.sentences import compare_prose
from toolkit.phrases import phrases
from toolkit.record.reading import Origin, Reading
from toolkit.values import show


def against(document: Reading, book: Reading) -> list[Finding]:
    """What differs, after a summary.

    Blank, declared and typed zeros are equal, as they are in relations; so is text but for white
    space.
    """
    place = Place(document.file)
    if (document.edition, document.year) != (book.edition, book.year):
        now, own = _report_in_words(document), _report_in_words(book)
        return [make_finding("another_report_than_book", place, now=now, own=own)]
    compared, figures = _compare_figures(document, book)
    count, prose = compare_prose(document, book)
    summary = make_finding(
        "compared_with_book",
        place,
        book=book.file,
        figures=compared,
        differ=len(figures),
        sentences=count,
        others=len(prose),
    )
    return [summary, *_compare_units(document, book), *figures, *prose]


def _report_in_words(reading: Reading) -> str:
    title = load_edition(reading.edition).title
    return phrases().against.report.format(year=reading.year, edition=title)


def _compare_units(document: Reading, book: Reading) -> list[Finding]:
    """Another unit's report. Units are also called by part of their name.

    So a difference is reported only when neither name contains the other.
    """
    name, own = document.text("unit.name"), book.text("unit.name")
    printed = normalise(name)
    known = [normalise(text) for text in (own, book.text("unit.short"))]
    names = [text for text in known if text]
    if not printed or not names:
        return []
    if any(text in printed or printed in text for text in names):
        return []
    place = Place(document.file)
    return [make_finding("another_unit_than_book", place, ["unit.name"], name=name, own=own)]


def _compare_figures(document: Reading, book: Reading) -> tuple[int, list[Finding]]:
    """How many figures were compared, and those that differ.

    Where either report has combined rows, both are compared with these rows combined.
    """
    edition = load_edition(document.edition)
    form = edition.variant(document.combined | book.combined)
    places = _places(edition, form, document)
    findings = []
    compared = 0
    for key, cell in form.cells.items():
        if not form.table(cell.table).declared.official and key not in places:
            continue
        compared += 1
        is_waiting = key in form.totals and book.value(key).number is None
        if is_waiting and book.origin is Origin.WORKBOOK:
            continue  # a total of the workbook that waits for its parts: nothing to compare with
        now, own = _number(edition, document, key), _number(edition, book, key)
        if now != own:
            place = places.get(key) or Place(document.file, order=form.order[key])
            finding = make_finding(
                "figure_differs_from_book",
                place,
                [key],
                found=now,
                expected=own,
                where=form.where(key),
                now=_printed(edition, document, key, now),
                own=show(own),
            )
            findings.append(finding)
    return compared, findings


def _places(edition: Edition, form: Edition, document: Reading) -> Mapping[str, Place]:
    """Where the document prints each cell; of a combined row where its first part is."""
    places: dict[str, Place] = {}
    for key in form.cells:
        for part in _parts(edition, document, key):
            if part in document.places:
                places[key] = document.places[part]
                break
    return places


def _printed(edition: Edition, document: Reading, key: str, number: Decimal) -> str:
    raw = document.value(key).raw
    if raw:
        return raw
    parts = _parts(edition, document, key)
    is_there = any(document.value(part).number is not None for part in parts)
    return show(number) if is_there else phrases().against.blank


def _parts(edition: Edition, reading: Reading, key: str) -> list[str]:
    """The cell itself; of a combined row, where the reading has the rows themselves, the cells it
    stands for.
    """
    name, _, column = key.rpartition(".")
    if name in reading.combined or name not in edition.combined_rows:
        return [key]
    table, row = edition.combined_rows[name]
    return [f"{table.key}.{part}.{column}" for part in row.stands_for]


def _number(edition: Edition, reading: Reading, key: str) -> Decimal:
    """A figure; of a combined row the sum of its parts where the reading has these."""
    parts = [reading.value(part).number for part in _parts(edition, reading, key)]
    return sum((number for number in parts if number is not None), Decimal(0))

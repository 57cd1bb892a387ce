"""The sheets of a blank workbook of the same form: they show which texts are the form's own."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from toolkit.edition.labels import normalise
from toolkit.edition.load import load_edition
from toolkit.files.book import BookCell, Sheet, open_book
from toolkit.finding import Place
from toolkit.record.reading import Prior, Reading
from toolkit.workbook.write import blank, write

At = tuple[int, int]  # row and column of a sheet, from 1


@dataclass(frozen=True)
class FormSheet:
    """What a sheet of a blank form holds: texts, which may be anywhere, and figures by their cells.

    `formulas` are the cells with formulas. It is None where lines have moved, as then every
    formula may be the form's.
    """

    texts: frozenset[str]
    figures: Mapping[At, object]
    formulas: frozenset[At] | None

    def has_own(self, at: At, cell: BookCell) -> bool:
        """Whether the content of a cell is the form's own."""
        if cell.formula is not None:
            return self.formulas is None or at in self.formulas
        if isinstance(cell.value, str):
            return normalise(cell.value) in self.texts
        return self.figures.get(at) == cell.value


def read_form_sheets(reading: Reading) -> Mapping[str, FormSheet]:
    """Name of a sheet in the form -> what a blank form like that of the report holds there.

    Last year's figures are beside the inputs, so that a report with them has a form of its own.
    """
    if reading.prior is not None:
        return _make_form(reading.edition, reading.year, reading.prior)
    return _make_form_without_prior(reading.edition, reading.year)


@cache
def _make_form_without_prior(edition_id: str, year: int) -> Mapping[str, FormSheet]:
    return _make_form(edition_id, year, None)


def _make_form(edition_id: str, year: int, prior: Prior | None) -> Mapping[str, FormSheet]:
    """Write a blank workbook and read it again."""
    edition = load_edition(edition_id)
    reading = replace(blank(edition, year), prior=prior)
    book, _ = open_book(write(edition, reading, dt.datetime(2000, 1, 1)), Place())
    assert book is not None
    return {sheet.name: _describe_sheet(sheet) for sheet in book.sheets}


def _describe_sheet(sheet: Sheet) -> FormSheet:
    texts: set[str] = set()
    figures: dict[At, object] = {}
    for at, cell in sheet.cells.items():
        if isinstance(cell.value, str):
            texts.add(normalise(cell.value))
        else:
            figures[at] = cell.value
    formulas = frozenset(at for at, cell in sheet.cells.items() if cell.formula is not None)
    return FormSheet(frozenset(texts), figures, formulas)

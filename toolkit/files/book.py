"""A workbook file -> `Book`.

The only module that knows openpyxl; all that comes after it works on plain records.

openpyxl offers formulas or saved results, one load each. Its sheet parser, used directly, gives
both in one pass, builds no styles, merges or validations that nobody here reads, and so is five
times as quick. The parser is a private module: the minor version is pinned and the tests hold what
is relied on.
"""

import datetime as dt
import math
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.formula.translate import Translator
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS

from toolkit.files.container import Package, clean_package, unescape
from toolkit.files.marked import Marked
from toolkit.files.notes import read_notes
from toolkit.files.sheets import Area, Book, BookCell, Sheet
from toolkit.files.sniff import FileKind, Trouble, refusal, sniff
from toolkit.files.strings import read_shared_strings, read_string
from toolkit.finding import Finding, Place

__all__ = ["OUTSIDE", "Area", "Book", "BookCell", "Sheet", "date_of_day", "open_book"]

OUTSIDE = re.compile(r"\[[^\[\]]*\]")  # another workbook in a formula: its number or name
_REFERENCE = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))"
    r"!(?P<cells>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
)
_TRUE = ("1", "true")
# Characters of the longest formula there is; longer ones are not worth moving.
_MOVABLE = 8_192
# Characters of shared formulas that are moved in one sheet, which takes a second or two.
_MOVES = 1_000_000
# What moving a formula costs besides its length.
_EACH = 60


def date_of_day(number: float) -> dt.date | None:
    """The date that a spreadsheet holds as the number of its day: 45658 is 2025-01-01.

    None for less than a day.
    """
    moment = from_excel(number)
    return moment.date() if isinstance(moment, dt.datetime) else None


def open_book(data: bytes, place: Place) -> tuple[Book | None, list[Finding]]:
    """A workbook, whoever made it; of anything else None and one finding that says what it is."""
    kind = sniff(data, place.file)
    if kind is not FileKind.XLSX:
        return None, [refusal(kind, place)]
    for bare in (False, True):
        package, findings = clean_package(data, place, bare=bare)
        if package is None:
            return None, findings
        try:
            return _read_book(package), []
        except Exception:  # noqa: BLE001, S110 - the second try omits most of what is wrong
            pass
    return None, [refusal(Trouble.DAMAGED, place)]


def _read_book(package: Package) -> Book:
    """The workbook in a package; any error where openpyxl cannot read it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = ExcelReader(BytesIO(package.data))
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        strings = dict(enumerate(_read_strings(reader)))
        sheets: list[Sheet] = []
        for entry, part in reader.parser.find_sheets():
            if part.Type.endswith("/worksheet"):  # not a sheet that is nothing but a chart
                is_visible = entry.state == "visible"
                sheets.append(
                    _read_sheet(reader, strings, entry.name, is_visible, part.target, package)
                )
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    names, is_stripped = _read_names(reader), not package.styled
    return Book(tuple(sheets), names, package.properties, package.application, is_stripped)


def _read_strings(reader: Any) -> Iterator[str | Marked]:
    entry = reader.package.find(SHARED_STRINGS)
    part = entry.PartName[1:] if entry is not None else "xl/sharedstrings.xml"
    if part in reader.valid_files:
        with reader.archive.open(part) as source:
            yield from read_shared_strings(source)


def _read_sheet(
    reader: Any,
    strings: Mapping[int, str | Marked],
    name: str,
    visible: bool,
    part: str,
    package: Package,
) -> Sheet:
    locks = _read_locks(reader.wb)
    cells: dict[tuple[int, int], BookCell] = {}
    with reader.archive.open(part) as source:
        parser = _Parser(source, strings, reader.wb)
        for _, row in parser.parse():
            for cell in row:
                if cell["value"] in (None, "") and cell["formula"] is None:
                    continue
                place = cell["row"], cell["column"]
                if place in cells:
                    raise ValueError("two cells in one place")
                cells[place] = _make_cell(cell, locked=locks.get(cell["style_id"], True))
    filled_rows = {row for row, _ in cells}
    filled_columns = {column for _, column in cells}
    return Sheet(
        name,
        visible,
        parser.protected,
        cells,
        frozenset(parser.hidden_rows() & filled_rows),
        frozenset(column for column in filled_columns if parser.hides(column)),
        tuple(_read_areas(package.validated.get(part, ()))),
        read_notes(package.notes, part),
        parser.merges(),
    )


def _make_cell(cell: Mapping[str, Any], *, locked: bool) -> BookCell:
    """A cell as openpyxl gives it, as our record."""
    value = cell["value"]
    if isinstance(value, Marked):
        return BookCell(value.text, cell["formula"], locked, value)
    return BookCell(value, cell["formula"], locked)


def _read_areas(references: Iterable[str]) -> Iterator[Area]:
    """The areas in some lists of references: `["A1:B2 D4"]` is two areas.

    What is no reference is skipped.
    """
    for reference in " ".join(references).split():
        try:
            left, top, right, bottom = range_boundaries(reference)
        except (ValueError, TypeError):
            continue
        if left and top and right and bottom:
            yield Area(top, left, bottom, right)


def _read_locks(workbook: Any) -> dict[int, bool]:
    """Whether cells of a style are locked; a style that says nothing locks."""
    protections = workbook._protections
    return {
        index: bool(protections[style.protectionId].locked)
        for index, style in enumerate(workbook._cell_styles)
    }


def _read_names(reader: Any) -> dict[str, str]:
    """The names of the whole workbook and what they stand for."""
    names = reader.parser.defined_names.by_sheet().get("global", {})
    return {name: _plain_reference(defined.value or "") for name, defined in names.items()}


def _plain_reference(text: str) -> str:
    """A reference without quotes and dollars: `'Sheet'!$A$1` is `Sheet!A1`.

    Programs quote sheets differently.
    """
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return text
    sheet = (found["quoted"] or found["plain"]).replace("''", "'")
    return f"{sheet}!{found['cells'].replace('$', '')}"


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's sheet parser, also giving each cell's formula, and never giving up on one cell."""

    def __init__(self, source: Any, strings: Mapping[int, str | Marked], workbook: Any) -> None:
        dates, spans = workbook._date_formats, workbook._timedelta_formats
        super().__init__(source, strings, True, workbook.epoch, dates, spans)
        self.protected = False
        self.hidden_columns: list[tuple[int, int]] = []
        self.moves = _MOVES

    def parse_sheet_protection(self, element: Element) -> None:
        self.protected = element.get("sheet") in _TRUE

    def parse_column_dimensions(self, element: Element) -> None:
        first, last = element.get("min", ""), element.get("max", "")
        if element.get("hidden") in _TRUE and first.isdecimal() and last.isdecimal():
            self.hidden_columns.append((int(first), int(last)))

    def hides(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)

    def hidden_rows(self) -> set[int]:
        return {
            int(row)
            for row, attributes in self.row_dimensions.items()
            if attributes.get("hidden") in _TRUE
        }

    def merges(self) -> tuple[tuple[int, int, int, int], ...]:
        """Merged cells as top, left, bottom, right."""
        ranges = self.merged_cells.mergeCell if self.merged_cells else ()
        return tuple((area.min_row, area.min_col, area.max_row, area.max_col) for area in ranges)

    def parse_cell(self, element: Element) -> dict[str, Any]:
        kind = element.get("t", "n")
        try:
            cell: dict[str, Any] = super().parse_cell(element)
        except (ValueError, OverflowError, TypeError):
            if kind == "s":
                raise  # a string that is not in the table: what was in the cell is lost
            cell = self._as_written(element)
        if kind == "inlineStr":
            inline = element.find(INLINE_STRING)
            cell["value"] = None if inline is None else read_string(inline)
        elif kind == "str" and cell["value"]:
            cell["value"] = unescape(cell["value"])
        elif kind == "n" and (cell["data_type"] == "e" or cell["value"] in (math.inf, -math.inf)):
            # No date and no number that Python knows: what is written there.
            cell["value"] = element.findtext(VALUE_TAG)
        formula = element.find(FORMULA_TAG)
        cell["formula"] = None if formula is None else self._read_formula(formula, element.get("r"))
        return cell

    def _as_written(self, element: Element) -> dict[str, Any]:
        """A cell whose value is not what its type says, with that value as text."""
        reference, style = element.get("r"), element.get("s", "0")
        row, column = self.row_counter, self.col_counter
        if reference:
            row, column = coordinate_to_tuple(reference)
        return {
            "row": row,
            "column": column,
            "value": element.findtext(VALUE_TAG),
            "data_type": "s",
            "style_id": int(style) if style.isdecimal() else 0,
        }

    def _read_formula(self, element: Element, place: str | None) -> str:
        """The text of a formula.

        A shared one is written at its first cell only, and moved to the others.

        Where A1 shares `=B1*2` with A2, this is `=B2*2` for A2, of which the file has no text.
        """
        text = "=" + (element.text or "")
        if element.get("t") != "shared" or place is None:
            return text
        try:
            return self._share_formula(text, element.get("si"), place)
        except Exception:  # noqa: BLE001 - one that openpyxl cannot take apart is still a formula
            return text

    def _share_formula(self, text: str, index: str | None, place: str) -> str:
        """Keeps a shared formula that has text, or moves one that has none to its place.

        Only as long as moving is affordable: else the text is returned as it is.
        """
        if text != "=":
            if len(text) <= _MOVABLE and self._may_move(text):
                self.shared_formulae[index] = Translator(text, place)
            return text
        if index not in self.shared_formulae:
            return text
        shared = self.shared_formulae[index]
        if not self._may_move(shared.tokenizer.formula):
            return text
        return str(shared.translate_formula(place))

    def _may_move(self, formula: str) -> bool:
        self.moves -= len(formula) + _EACH
        return self.moves >= 0

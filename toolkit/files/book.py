"""A workbook as plain records. The only module that knows openpyxl; everything after it works on `Book`.

openpyxl offers formulas or saved results, one load each. Its sheet parser, used directly, gives both in one pass, builds
no styles, merges or validations that nobody here reads, and so is five times as quick. The parser is a private module:
the minor version is pinned and the tests hold what is relied on.
"""

import datetime as dt
import math
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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
from toolkit.files.coordinates import row_and_column
from toolkit.files.marked import Marked
from toolkit.files.notes import read_notes
from toolkit.files.sniff import FileKind, Trouble, refusal, sniff
from toolkit.files.strings import read_shared_strings, read_string
from toolkit.finding import Finding, Place

OUTSIDE = re.compile(r"\[[^\[\]]*\]")  # another workbook in a formula: its number or name
_MOVABLE = 8_192  # characters of the longest formula there is; longer ones are not worth moving
_MOVES = 1_000_000  # characters of shared formulas that are moved in one sheet, which takes a second or two
_EACH = 60  # what moving a formula costs besides its length


@dataclass(frozen=True)
class BookCell:
    """A cell that holds something. With a formula, `value` is the result that was saved with it, or None."""

    value: object  # None, bool, int, float, str, or one of datetime; an error is its text, such as "#REF!"
    formula: str | None
    locked: bool
    marked: Marked | None = (
        None  # where parts of its text are raised or struck out; `value` is without the latter
    )


@dataclass(frozen=True)
class Area:
    """A block of cells, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def contains(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Sheet:
    """One worksheet. Rows and columns count from 1; cells and rows without content are not there."""

    name: str
    visible: bool
    protected: bool
    cells: Mapping[tuple[int, int], BookCell]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int] = frozenset()
    validated: tuple[Area, ...] = ()  # where the program checks what is typed
    notes: Mapping[tuple[int, int], str] = field(
        default_factory=dict
    )  # what people attached to cells
    merges: tuple[tuple[int, int, int, int], ...] = ()  # top, left, bottom, right

    def cell_at(self, address: str) -> BookCell | None:
        """The cell at an address such as B3, None where it is empty."""
        row, column = row_and_column(address)
        return self.cells.get((row + 1, column + 1))


@dataclass(frozen=True)
class Book:
    """A workbook. `stripped` says that number formats and locks were lost, so dates show up as numbers."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    properties: Mapping[str, str]
    application: str
    stripped: bool


def date_of_day(number: float) -> dt.date | None:
    """The date that a spreadsheet holds as the number of its day (45658 is 2025-01-01), None for less than a day."""
    moment = from_excel(number)
    return moment.date() if isinstance(moment, dt.datetime) else None


def open_book(data: bytes, place: Place) -> tuple[Book | None, list[Finding]]:
    """Read a workbook, whoever made it. Anything else than a workbook is one finding that says what it is."""
    kind = sniff(data, place.file)
    if kind is not FileKind.XLSX:
        return None, [refusal(kind, place)]
    for bare in (False, True):
        package, findings = clean_package(data, place, bare=bare)
        if package is None:
            return None, findings
        try:
            return _book(package), []
        except Exception:  # noqa: BLE001, S110 - openpyxl raises whatever it stumbles on; the second try leaves most of that out
            pass
    return None, [refusal(Trouble.DAMAGED, place)]


def _book(package: Package) -> Book:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = ExcelReader(BytesIO(package.data))
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        strings = dict(enumerate(_shared_strings(reader)))
        sheets = tuple(
            _sheet(reader, strings, listed.name, listed.state == "visible", part.target, package)
            for listed, part in reader.parser.find_sheets()
            if part.Type.endswith("/worksheet")  # not a sheet of its own for a chart
        )
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    return Book(
        sheets, _names(reader), package.properties, package.application, stripped=not package.styled
    )


def _shared_strings(reader: Any) -> Iterator[str | Marked]:
    listed = reader.package.find(SHARED_STRINGS)
    part = listed.PartName[1:] if listed is not None else "xl/sharedstrings.xml"
    if part in reader.valid_files:
        with reader.archive.open(part) as source:
            yield from read_shared_strings(source)


def _sheet(
    reader: Any,
    strings: Mapping[int, str | Marked],
    name: str,
    visible: bool,
    part: str,
    package: Package,
) -> Sheet:
    locked = _locks(reader.wb)
    cells: dict[tuple[int, int], BookCell] = {}
    with reader.archive.open(part) as source:
        parser = _Parser(source, strings, reader.wb)
        for _, row in parser.parse():
            for cell in row:
                if cell["value"] not in (None, "") or cell["formula"] is not None:
                    if (cell["row"], cell["column"]) in cells:
                        raise ValueError("two cells in one place")
                    lock = locked.get(cell["style_id"], True)
                    value = cell["value"]
                    runs = value if isinstance(value, Marked) else None
                    cells[cell["row"], cell["column"]] = BookCell(
                        runs.text if runs else value, cell["formula"], lock, runs
                    )
    filled = {row for row, _ in cells}
    hidden = {
        int(row)
        for row, attributes in parser.row_dimensions.items()
        if attributes.get("hidden") in ("1", "true")
    }
    merges = tuple((one.min_row, one.min_col, one.max_row, one.max_col) for one in _merges(parser))
    columns = frozenset(
        column for column in {column for _, column in cells} if parser.hides(column)
    )
    validated = tuple(_areas(package.validated.get(part, ())))
    return Sheet(
        name,
        visible,
        parser.protected,
        cells,
        frozenset(hidden & filled),
        columns,
        validated,
        read_notes(package.notes, part),
        merges,
    )


def _areas(references: Iterable[str]) -> Iterator[Area]:
    for text in " ".join(references).split():
        try:
            left, top, right, bottom = range_boundaries(text)
        except (ValueError, TypeError):
            continue
        if left and top and right and bottom:
            yield Area(top, left, bottom, right)


def _merges(parser: Any) -> list[Any]:
    return list(parser.merged_cells.mergeCell) if parser.merged_cells else []


def _locks(workbook: Any) -> dict[int, bool]:
    """Whether cells of a style are locked; a style that says nothing locks."""
    protections = workbook._protections
    return {
        index: bool(protections[style.protectionId].locked)
        for index, style in enumerate(workbook._cell_styles)
    }


def _names(reader: Any) -> dict[str, str]:
    """Names of the whole workbook. Programs quote sheets differently, so 'Sheet'!$A$1 becomes Sheet!A1."""
    names = {}
    for name, defined in reader.parser.defined_names.by_sheet().get("global", {}).items():
        text = defined.value or ""
        found = re.fullmatch(
            r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)", text
        )
        if found:
            text = f"{(found[1] or found[2]).replace(chr(39) * 2, chr(39))}!{found[3].replace('$', '')}"
        names[name] = text
    return names


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's sheet parser, giving each cell's formula beside its saved result, and never giving up on one cell."""

    def __init__(self, source: Any, strings: Mapping[int, str | Marked], workbook: Any) -> None:
        dates, spans = workbook._date_formats, workbook._timedelta_formats
        super().__init__(source, strings, True, workbook.epoch, dates, spans)
        self.protected = False
        self.hidden_columns: list[tuple[int, int]] = []
        self.moves = _MOVES

    def parse_sheet_protection(self, element: Element) -> None:
        self.protected = element.get("sheet") in ("1", "true")

    def parse_column_dimensions(self, element: Element) -> None:
        attributes = dict(element.attrib)
        if (
            attributes.get("hidden") in ("1", "true")
            and attributes.get("min", "").isdecimal()
            and attributes.get("max", "").isdecimal()
        ):
            self.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def hides(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)

    def parse_cell(self, element: Element) -> dict[str, Any]:
        kind = element.get("t", "n")
        try:
            cell: dict[str, Any] = super().parse_cell(element)
        except (ValueError, OverflowError, TypeError):
            if kind == "s":
                raise  # a string that is not in the table: whatever stood here is lost
            cell = self._as_written(element)
        if kind == "inlineStr":
            inline = element.find(INLINE_STRING)
            cell["value"] = None if inline is None else read_string(inline)
        elif kind == "str" and cell["value"]:
            cell["value"] = unescape(cell["value"])
        elif kind == "n" and (cell["data_type"] == "e" or cell["value"] in (math.inf, -math.inf)):
            cell["value"] = element.findtext(
                VALUE_TAG
            )  # no date and no number that Python knows: what is written there
        formula = element.find(FORMULA_TAG)
        cell["formula"] = None if formula is None else self._formula(formula, element.get("r"))
        return cell

    def _as_written(self, element: Element) -> dict[str, Any]:
        """A cell whose value is not what its type says, with that value as text."""
        reference, style = element.get("r"), element.get("s", "0")
        row, column = (
            coordinate_to_tuple(reference) if reference else (self.row_counter, self.col_counter)
        )
        style_id = int(style) if style.isdecimal() else 0
        return {
            "row": row,
            "column": column,
            "value": element.findtext(VALUE_TAG),
            "data_type": "s",
            "style_id": style_id,
        }

    def _formula(self, element: Element, place: str | None) -> str:
        """The text of a formula; one that is shared stands at its first cell only and is moved to the others."""
        text = "=" + (element.text or "")
        if element.get("t") != "shared" or place is None:
            return text
        index = element.get("si")
        try:
            if text != "=":
                if len(text) <= _MOVABLE and self._may_move(text):
                    self.shared_formulae[index] = Translator(text, place)
            elif index in self.shared_formulae and self._may_move(
                self.shared_formulae[index].tokenizer.formula
            ):
                text = str(self.shared_formulae[index].translate_formula(place))
        except Exception:  # noqa: BLE001 - a formula that openpyxl cannot take apart is still a formula
            return text
        return text

    def _may_move(self, formula: str) -> bool:
        self.moves -= len(formula) + _EACH
        return self.moves >= 0

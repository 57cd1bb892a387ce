"""What every sheet writer needs: the workbook being written, the plan, the values, the verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.edition.model import Edition, Instance
from toolkit.finding import Severity
from toolkit.phrases import phrases
from toolkit.record.reading import Reading
from toolkit.record.settle import CheckState, Figure, Standing
from toolkit.workbook.formulas import EMPTY, TEXT, WRONG, quoted_text
from toolkit.workbook.plan import Plan
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import FONT, Styles, lines_of

LONGEST = 32767  # characters of a cell
NOTE_WIDTH = 340  # pixels
_NOTE_HIGHEST = 900  # pixels
_NOTE_CHARACTER, _NOTE_LINE, _NOTE_MARGIN = 7, 22, 12  # pixels, at the size of a note's font


class LockedWorkbook(Workbook):
    """A workbook whose sheets cannot be added, removed or renamed by accident.

    XlsxWriter has no public way to say so. The element has to be written before the views of the
    book, in the order that the schema of the format demands.
    """

    def _write_book_views(self) -> None:
        self._xml_empty_tag("workbookProtection", [("lockStructure", "1")])
        super()._write_book_views()


@dataclass(frozen=True)
class Draft:
    """A workbook that is being written.

    `reading` is on the rows of the edition itself: combined rows are spread. `figures` and the
    states of `checks` are what the formulas will say. `merged_notes` has the note under a table by
    the key of the table. `reported` are the totals that stay as reported, because they are not
    what their formula gives. `flagged` are the cells and fields that a review marks, `notes` the
    notes on cells and fields, `kept` the content of open cells beside the report, by sheet, row
    and column.
    """

    book: LockedWorkbook
    edition: Edition
    plan: Plan
    reading: Reading
    styles: Styles
    figures: Mapping[str, Figure]
    checks: tuple[tuple[Instance, CheckState], ...]
    merged_notes: Mapping[str, str]
    reported: frozenset[str]
    flagged: Mapping[str, Severity] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[tuple[str, int, int], int | float | str] = field(default_factory=dict)

    def sheet(self, name: str) -> Worksheet:
        """The sheet of that name; it is added where it does not exist."""
        sheet = self.book.get_worksheet_by_name(name)
        if sheet is None:
            sheet = self.book.add_worksheet(name)
        return sheet

    def write_text(self, spot: Spot, text: str, style: Format | None = None) -> None:
        """Text as text, even where it begins like a formula or a number."""
        if len(text) > LONGEST:
            raise ValueError(f"text of {len(text)} characters does not fit a cell")
        code = self.sheet(spot.sheet).write_string(spot.row, spot.column, text, style)
        assert code == 0, code

    def write_blank(self, spot: Spot, style: Format) -> None:
        """A cell without content that has its format, so that it can be typed into."""
        self.sheet(spot.sheet).write_blank(spot.row, spot.column, None, style)

    def write_open_text(self, spot: Spot, text: str, style: Format) -> None:
        """An open cell with its text, or blank: an empty string would not count as blank."""
        if text:
            self.write_text(spot, text, style)
        else:
            self.write_blank(spot, style)

    def write_formula(
        self, spot: Spot, formula: str, cached: float | int | str, style: Format | None = None
    ) -> None:
        """A formula with the result it will have, so that previews and unopened files are right."""
        if isinstance(cached, str):  # XlsxWriter escapes texts of cells, but not of results
            cached = "".join(char for char in cached if char.isprintable() or char in "\n\t")
        sheet = self.sheet(spot.sheet)
        code = sheet.write_formula(spot.row, spot.column, formula, style, cached)
        assert code == 0, code

    def write_note(self, spot: Spot, key: str) -> None:
        """The note of a cell or field, if it has one, in a box that shows all of it."""
        text = self.notes.get(key)
        if not text:
            return
        lines = lines_of(text, NOTE_WIDTH / _NOTE_CHARACTER)
        options = {
            "author": phrases().issues_sheet.note_author,
            "visible": False,
            "width": NOTE_WIDTH,
            "height": min(_NOTE_LINE * lines + _NOTE_MARGIN, _NOTE_HIGHEST),
            "font_size": 9,
            "font_name": FONT,
        }
        sheet = self.sheet(spot.sheet)
        code = sheet.write_comment(spot.row, spot.column, text[:LONGEST], options)
        assert code == 0, (spot, code)

    def write_kept(self, spot: Spot, style: Format) -> None:
        """An open cell beside the report, with what a person had typed into it."""
        value = self.kept.get((spot.sheet, spot.row, spot.column))
        if isinstance(value, str):
            self.write_text(spot, value, style)
        elif value is None:
            self.write_blank(spot, style)
        else:
            self.sheet(spot.sheet).write_number(spot.row, spot.column, value, style)

    def add_validation(self, spot: Spot, **options: Any) -> None:
        """A validation. XlsxWriter drops one that is over Excel's limits: a mistake of ours."""
        sheet = self.sheet(spot.sheet)
        code = sheet.data_validation(spot.row, spot.column, spot.row, spot.column, options)
        assert code == 0, (spot, options)

    def add_prompt(self, first: Spot, last: Spot, title: str, message: str) -> None:
        """A prompt over an area that takes any text."""
        options = {"validate": "any", "input_title": title, "input_message": message}
        sheet = self.sheet(first.sheet)
        code = sheet.data_validation(first.row, first.column, last.row, last.column, options)
        assert code == 0, (first, title, message)

    def mirror_value(self, key: str) -> float | int | str:
        """What the mirror of a cell on _calc holds: its figure, or EMPTY, WRONG or TEXT."""
        if self.reading.value(key).is_written_as_text(self.edition.cells[key].kind):
            return TEXT
        figure = self.figures[key]
        if figure.standing is Standing.SOUND:
            return number_for_cell(figure)
        return EMPTY if figure.standing is Standing.INCOMPLETE else WRONG

    def unchanged_condition(self, key: str) -> str:
        """A condition: the mirror of a cell holds what it held when the workbook was written.

        For example `_calc!$B$12=7` or `_calc!$B$12="错"`.
        """
        value = self.mirror_value(key)
        constant = quoted_text(value) if isinstance(value, str) else repr(value)
        return f"{self.plan.calc.mirror(key).absolute}={constant}"

    def state_word(self, state: CheckState) -> str:
        return phrases().states.word(state.value)


def number_for_cell(figure: Figure) -> int | float:
    """A whole number as int, so that formulas compare with `7` and not with `7.0`; else a float."""
    if figure.number == figure.number.to_integral_value():
        return int(figure.number)
    return float(figure.number)

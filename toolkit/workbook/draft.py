"""What every sheet writer needs: the workbook being written, the plan, the values and the verdicts for cached results."""

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
from toolkit.values import Kind
from toolkit.workbook.formulas import EMPTY, TEXT, WRONG, quoted_text
from toolkit.workbook.plan import Plan
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import FONT, Styles, lines_of

LONGEST = 32767  # characters of a cell
NOTE_WIDTH = 340  # pixels


class LockedWorkbook(Workbook):
    """A workbook whose sheets cannot be added, removed or renamed by accident. XlsxWriter has no public way to say so."""

    def _write_book_views(self) -> None:
        self._xml_empty_tag("workbookProtection", [("lockStructure", "1")])
        super()._write_book_views()


@dataclass(frozen=True)
class Draft:
    """`reading` is on the rows of the edition itself (spread); `figures` and `states` are what formulas will say."""

    book: LockedWorkbook
    edition: Edition
    plan: Plan
    reading: Reading
    styles: Styles
    figures: Mapping[str, Figure]
    checks: tuple[tuple[Instance, CheckState], ...]
    merged_notes: Mapping[str, str]  # table -> note under it
    reported: frozenset[
        str
    ]  # totals that stay as reported, because they are not what their formula gives
    flagged: Mapping[str, Severity] = field(default_factory=dict)  # what a review marks
    notes: Mapping[str, str] = field(default_factory=dict)  # notes on cells and fields
    kept: Mapping[tuple[str, int, int], int | float | str] = field(
        default_factory=dict
    )  # what stood in open cells beside the report

    def sheet(self, name: str) -> Worksheet:
        sheet = self.book.get_worksheet_by_name(name)
        if sheet is None:
            sheet = self.book.add_worksheet(name)
        return sheet

    def text(self, spot: Spot, text: str, style: Format | None = None) -> None:
        """Text as text, whatever it begins with."""
        if len(text) > LONGEST:
            raise ValueError(f"text of {len(text)} characters does not fit a cell")
        written = self.sheet(spot.sheet).write_string(spot.row, spot.column, text, style)
        assert written == 0, written

    def formula(
        self, spot: Spot, formula: str, cached: float | int | str, style: Format | None = None
    ) -> None:
        """A formula with the result it will have, so that previews and unopened files are right."""
        if isinstance(cached, str):  # XlsxWriter escapes texts of cells, but not of results
            cached = "".join(char for char in cached if char.isprintable() or char in "\n\t")
        written = self.sheet(spot.sheet).write_formula(
            spot.row, spot.column, formula, style, cached
        )
        assert written == 0, written

    def note(self, spot: Spot, key: str) -> None:
        """The note of a cell or field, if it has one, in a box that shows it whole."""
        if text := self.notes.get(key):
            lines = lines_of(text, NOTE_WIDTH / 7)
            size = {
                "width": NOTE_WIDTH,
                "height": min(22 * lines + 12, 900),
                "font_size": 9,
                "font_name": FONT,
            }
            options = {"author": phrases().issues_sheet.note_author, "visible": False, **size}
            done = self.sheet(spot.sheet).write_comment(
                spot.row, spot.column, text[:LONGEST], options
            )
            assert done == 0, (spot, done)

    def keep(self, spot: Spot, style: Format) -> None:
        """What stood in an open cell beside the report, or nothing."""
        value = self.kept.get((spot.sheet, spot.row, spot.column))
        if isinstance(value, str):
            self.text(spot, value, style)
        elif value is None:
            self.sheet(spot.sheet).write_blank(spot.row, spot.column, None, style)
        else:
            self.sheet(spot.sheet).write_number(spot.row, spot.column, value, style)

    def validate(self, spot: Spot, **options: Any) -> None:
        """A validation; XlsxWriter drops one that is over Excel's limits, which would be a mistake of ours."""
        done = self.sheet(spot.sheet).data_validation(
            spot.row, spot.column, spot.row, spot.column, options
        )
        assert done == 0, (spot, options)

    def prompt(self, first: Spot, last: Spot, title: str, message: str) -> None:
        """A prompt over an area that takes any text."""
        options = {"validate": "any", "input_title": title, "input_message": message}
        done = self.sheet(first.sheet).data_validation(
            first.row, first.column, last.row, last.column, options
        )
        assert done == 0, (first, title, message)

    def mirrored(self, key: str) -> float | int | str:
        """What the mirror of a cell holds."""
        one = self.figures[key]
        if self.edition.cells[key].kind is Kind.AMOUNT and self.reading.value(key).raw:
            return TEXT
        return {Standing.SOUND: plain(one), Standing.INCOMPLETE: EMPTY, Standing.INVALID: WRONG}[
            one.standing
        ]

    def still(self, key: str) -> str:
        """A condition: the mirror of a cell holds what it held when the workbook was written."""
        held = self.mirrored(key)
        return f"{self.plan.calc(key).absolute}={quoted_text(held) if isinstance(held, str) else repr(held)}"

    def state_word(self, state: CheckState) -> str:
        return str(phrases().states.word(state.value))


def plain(one: Figure) -> int | float:
    return int(one.number) if one.number == one.number.to_integral_value() else float(one.number)

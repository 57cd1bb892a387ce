"""Where everything is on the sheet of a table.

Rows and columns count from 0, as in XlsxWriter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.edition.frame import Band, Frame
from toolkit.edition.model import Table
from toolkit.edition.relation import Side
from toolkit.workbook.spots import Segment, Spot

TOP = 3  # first row of a table or of an input list, below title, help and one empty row
HELPERS = 3  # columns between a table and its hidden helper columns


@dataclass(frozen=True)
class TablePlan:
    """A table on its sheet.

    Inputs are read through segments between locked cells. A segment must not hold a total that is
    made from the input: that would be a circular reference. Where totals are to the right of the
    inputs, a hidden locked column (a spacer) is therefore between them.
    """

    table: Table
    frame: Frame
    sheet: str
    top: int
    totals: Mapping[str, Side]

    @cached_property
    def positions(self) -> Mapping[str, tuple[int, int]]:
        """Cell key -> frame row and column."""
        return self.frame.position()

    @cached_property
    def spacers(self) -> tuple[int, ...]:
        """The frame columns of totals that have a spacer before them.

        Only where an input has totals both in its row and in its column: any other input has a
        segment without totals along one of the two.
        """
        is_crossed = any(
            self._has_totals_in_row(row) and self._has_totals_in_column(column)
            for row, column in self._input_positions
        )
        if not is_crossed:
            return ()
        total_columns = {self.positions[key][1] for key in self._own_totals}
        input_columns = {column for _, column in self._input_positions}
        return tuple(sorted(total_columns - input_columns))

    @cached_property
    def _own_totals(self) -> tuple[str, ...]:
        return tuple(key for key in self.positions if key in self.totals)

    @cached_property
    def _input_positions(self) -> tuple[tuple[int, int], ...]:
        return tuple(position for key, position in self.positions.items() if key not in self.totals)

    def _has_totals_in_row(self, frame_row: int) -> bool:
        return any(self.positions[key][0] == frame_row for key in self._own_totals)

    def _has_totals_in_column(self, frame_column: int) -> bool:
        return any(self.positions[key][1] == frame_column for key in self._own_totals)

    def column(self, frame_column: int) -> int:
        """The sheet column of a frame column."""
        return frame_column + sum(frame_column >= spacer for spacer in self.spacers)

    @property
    def spacer_columns(self) -> tuple[int, ...]:
        """The sheet columns that are spacers."""
        return tuple(self.column(spacer) - 1 for spacer in self.spacers)

    @property
    def column_count(self) -> int:
        """Sheet columns of the whole table."""
        return self.column(self.frame.columns - 1) + 1

    @property
    def below(self) -> int:
        """The first row below the table."""
        return self.top + self.frame.rows

    def spot(self, key: str) -> Spot:
        """The cell of a figure."""
        row, column = self.positions[key]
        return Spot(self.sheet, self.top + row, self.column(column))

    def helper(self, key: str) -> Spot:
        """The hidden locked cell right of the table that holds the state of a figure.

        Conditional formats read only these cells.
        """
        spot = self.spot(key)
        return Spot(self.sheet, spot.row, self.column_count + HELPERS + spot.column)

    @property
    def is_labelled(self) -> bool:
        """Whether rows have labels of their own.

        If so, last year's figures are to the right of the table, else below it.
        """
        return bool(self.frame.bands[0].figures)

    @property
    def reference_left(self) -> int:
        """First column of last year's figures, behind the hidden helper columns.

        So nothing else moves where a workbook carries them.
        """
        return 2 * self.column_count + HELPERS + 1 if self.is_labelled else 0

    def reference(self, row: int, column: int) -> Spot:
        """The cell of last year's figure of a frame row and column."""
        if not self.is_labelled:
            return Spot(self.sheet, self.below + 2, self.column(column))
        band = next(band for band in self.frame.bands if band.top <= row < band.end)
        return Spot(self.sheet, self.top + row, self.reference_left + column - band.figures)

    def segment(self, key: str) -> Segment:
        """The run of cells through which an input is read.

        Along the row from its label to the first locked column behind the inputs, or down the
        column from its head to below the band where the row has totals or no label.
        """
        row, _ = self.positions[key]
        band = next(band for band in self.frame.bands if band.body <= row < band.end)
        if not band.figures or (self._has_totals_in_row(row) and not self.spacers):
            return self._segment_down(key, band)
        return self._segment_along(key, band)

    def _segment_down(self, key: str, band: Band) -> Segment:
        row, frame_column = self.positions[key]
        column = self.column(frame_column)
        first = Spot(self.sheet, self.top + band.body - 1, column)
        last = Spot(self.sheet, self.top + band.end, column)
        return Segment(first, last, row - band.body + 2)

    def _segment_along(self, key: str, band: Band) -> Segment:
        row, frame_column = self.positions[key]
        spacers = [spacer for spacer in self.spacer_columns if spacer > frame_column]
        end = min(spacers, default=self.column_count)
        first = Spot(self.sheet, self.top + row, band.figures - 1)
        last = Spot(self.sheet, self.top + row, end)
        return Segment(first, last, self.column(frame_column) - band.figures + 2)

"""Where everything is in the workbook of an edition.

With calc_plan.py the only place that knows a cell address; reading takes addresses from here.
Rows and columns count from 0, as XlsxWriter does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.edition.frame import Band, Frame, build_frame
from toolkit.edition.model import Edition, Table
from toolkit.edition.relation import Side
from toolkit.files.coordinates import a1, quoted
from toolkit.phrases import phrases
from toolkit.workbook.calc_plan import CalcPlan
from toolkit.workbook.spots import Segment, Spot

CALC = "_calc"
META = "_meta"

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


@dataclass(frozen=True)
class Plan:
    """The sheets of the workbook of an edition."""

    edition: Edition

    @cached_property
    def tables(self) -> tuple[TablePlan, ...]:
        return tuple(
            TablePlan(table, build_frame(table), table.declared.sheet, TOP, self.edition.totals)
            for table in self.edition.tables
        )

    def table_of(self, key: str) -> TablePlan:
        """The table of a cell."""
        table = self.edition.cells[key].table
        return next(plan for plan in self.tables if plan.table.key == table)

    @cached_property
    def calc(self) -> CalcPlan:
        return CalcPlan(self.edition, CALC)

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """Visible sheets in order.

        Guide, profile, section by section its prose and its tables, statistics, area to paste
        into, checks. A section and a table may share a sheet.
        """
        words = phrases()
        names = [words.guide_sheet.sheet, self.edition.profile.sheet]
        for section in self.edition.sections:
            names.append(section.sheet)
            tables = [plan for plan in self.tables if plan.table.declared.section == section.key]
            names += [plan.sheet for plan in tables]
        names.append(self.edition.narrative.statistics.sheet)
        names.append(words.paste_sheet.sheet)
        names.append(words.checks_sheet.sheet)
        return tuple(dict.fromkeys(names))

    def place(self, sheet: str) -> int:
        """The number of a visible sheet in their order; other sheets come after all of them."""
        return self.sheets.index(sheet) if sheet in self.sheets else len(self.sheets)

    # --- 基本信息

    @cached_property
    def field_spots(self) -> Mapping[str, Spot]:
        """Field key -> its input cell."""
        spots, row = {}, TOP
        for _, entries in self.edition.field_groups:
            row += 1  # the title of the group
            for entry in entries:
                spots[entry.key] = Spot(self.edition.profile.sheet, row, 1)
                row += 1
            row += 1
        return spots

    @property
    def profile_corners(self) -> str:
        """The range of the whole sheet of fields, from one locked corner to the other."""
        last = max(spot.row for spot in self.field_spots.values())
        first_corner, last_corner = a1(0, 0, absolute=True), a1(last + 1, 2, absolute=True)
        return f"{quoted(self.edition.profile.sheet)}!{first_corner}:{last_corner}"

    # --- narrative

    def paragraphs_top(self, sheet: str) -> int:
        """The row of the head over the paragraphs of a section's sheet.

        Below the table where one shares the sheet.
        """
        shared = [plan.below + 1 for plan in self.tables if plan.sheet == sheet]
        return max(shared, default=TOP - 1)

    # --- 公开统计

    statistics_total, statistics_prior, statistics_items = 2, 3, 6  # rows; the items end the sheet

    # --- 粘贴区

    @property
    def paste_blocks(self) -> tuple[tuple[TablePlan, int], ...]:
        """The tables of one band that can be pasted as a block, each with its first row there."""
        blocks, row = [], TOP
        for plan in self.tables:
            if plan.table.declared.official and len(plan.frame.bands) == 1:
                blocks.append((plan, row))
                row += len(plan.table.blocks[0].rows) + 4
        return tuple(blocks)

    # --- cells for typing that are no part of the report

    @property
    def guide_date(self) -> Spot:
        """The cell for a date on 填表说明."""
        words = phrases().guide_sheet
        return Spot(words.sheet, 3 + len(words.lines), 1)

    @cached_property
    def kept_spots(self) -> frozenset[Spot]:
        """The date on 填表说明 and the cells of 粘贴区."""
        name = phrases().paste_sheet.sheet
        spots = {self.guide_date}
        for plan, top in self.paste_blocks:
            block = plan.table.blocks[0]
            for row in range(len(block.rows)):
                for column in range(len(block.columns)):
                    spots.add(Spot(name, top + 1 + row, 1 + column))
        return frozenset(spots)

    # --- 校验

    @property
    def checks_top(self) -> int:
        """First row of the list of checks, below the overall light and one line per table."""
        return self.declarations_top + len(self.edition.declarations) + 2

    @property
    def declarations_top(self) -> int:
        """First of the lines on 校验 that say whether a declaration is contradicted."""
        return 6 + len(self.tables)

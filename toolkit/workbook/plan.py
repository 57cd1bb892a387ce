"""Where everything stands in the workbook of an edition. The only place that knows a cell address; reading takes it from here.

Rows and columns count from 0, as XlsxWriter does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.edition.frame import Frame, build_frame
from toolkit.edition.model import Edition, Table
from toolkit.edition.relation import PRIOR, Side
from toolkit.files.coordinates import a1, quoted
from toolkit.phrases import phrases
from toolkit.workbook.spots import Segment, Spot, join_ranges

CALC = "_calc"
META = "_meta"

TOP = 3  # first row of a table or of an input list: title, help and one empty row stand above
HELPERS = 3  # columns between a table and its hidden helper columns
STATISTICS_COLUMN = 20  # where the counts of 公开统计 are mirrored on _calc
CONFLICT_COLUMN = (
    45  # where _calc gathers the addresses of figures under a declaration that there are none
)
PRIOR_COLUMN = 30  # where last year's figures stand on _calc, right of this year's


@dataclass(frozen=True)
class TablePlan:
    """A table on its sheet.

    Inputs are read through segments between locked cells. A segment must not hold a total that is made from the input
    (that would be a circular reference), so where totals stand right of the inputs a hidden locked column stands between.
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
        """Frame columns of totals, with a spacer in front, where an input has totals both in its row and in its column."""
        crossed = any(
            self._totals_in(0, row) and self._totals_in(1, column) for row, column in self._inputs
        )
        return (
            tuple(
                sorted(
                    {self.positions[key][1] for key in self.totals_here}
                    - {column for _, column in self._inputs}
                )
            )
            if crossed
            else ()
        )

    @property
    def totals_here(self) -> tuple[str, ...]:
        return tuple(key for key in self.positions if key in self.totals)

    @cached_property
    def _inputs(self) -> tuple[tuple[int, int], ...]:
        return tuple(place for key, place in self.positions.items() if key not in self.totals)

    def _totals_in(self, axis: int, line: int) -> bool:
        return any(self.positions[key][axis] == line for key in self.totals_here)

    def column(self, frame_column: int) -> int:
        """The sheet column of a frame column."""
        return frame_column + sum(frame_column >= spacer for spacer in self.spacers)

    @property
    def spacer_columns(self) -> tuple[int, ...]:
        return tuple(self.column(spacer) - 1 for spacer in self.spacers)

    @property
    def column_count(self) -> int:
        """Sheet columns of the whole table."""
        return self.column(self.frame.columns - 1) + 1

    @property
    def below(self) -> int:
        return self.top + self.frame.rows

    def spot(self, key: str) -> Spot:
        row, column = self.positions[key]
        return Spot(self.sheet, self.top + row, self.column(column))

    def helper(self, key: str) -> Spot:
        """The hidden locked cell beside the table that says how an input stands; format rules read only that."""
        spot = self.spot(key)
        return Spot(self.sheet, spot.row, self.column_count + HELPERS + spot.column)

    @property
    def is_labelled(self) -> bool:
        """Whether rows have labels of their own: then last year's figures stand right of the table, else below it."""
        return bool(self.frame.bands[0].figures)

    @property
    def reference_left(self) -> int:
        """First column of last year's figures, behind the hidden helper columns: books without them stay as they are."""
        return 2 * self.column_count + HELPERS + 1 if self.is_labelled else 0

    def reference(self, row: int, column: int) -> Spot:
        """Where last year's figure of a frame row and column stands."""
        if not self.is_labelled:
            return Spot(self.sheet, self.below + 2, self.column(column))
        band = next(band for band in self.frame.bands if band.top <= row < band.end)
        return Spot(self.sheet, self.top + row, self.reference_left + column - band.figures)

    def segment(self, key: str) -> Segment:
        """Along the row from its label to the first locked column behind the inputs, or down the column from its head to below the band."""
        row, column = self.positions[key]
        band = next(band for band in self.frame.bands if band.body <= row < band.end)
        down = not band.figures or (self._totals_in(0, row) and not self.spacers)
        if down:
            first, last = (band.body - 1, self.column(column)), (band.end, self.column(column))
            index = row - band.body + 2
        else:
            stop = min(
                (spacer for spacer in self.spacer_columns if spacer > column),
                default=self.column_count,
            )
            first, last = (row, band.figures - 1), (row, stop)
            index = self.column(column) - band.figures + 2
        spots = [Spot(self.sheet, self.top + at, where) for at, where in (first, last)]
        return Segment(spots[0], spots[1], index)


@dataclass(frozen=True)
class Plan:
    edition: Edition

    @cached_property
    def tables(self) -> tuple[TablePlan, ...]:
        return tuple(
            TablePlan(table, build_frame(table), table.declared.sheet, TOP, self.edition.totals)
            for table in self.edition.tables
        )

    def table_of(self, key: str) -> TablePlan:
        table = self.edition.cells[key].table
        return next(plan for plan in self.tables if plan.table.key == table)

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """Visible sheets in order: guide, profile, then section by section its prose and its table, statistics, checks."""
        words = phrases()
        names = [words.guide_sheet.sheet, self.edition.profile.sheet]
        for section in self.edition.sections:
            names.append(section.sheet)
            names += [
                plan.sheet for plan in self.tables if plan.table.declared.section == section.key
            ]
        names += [
            self.edition.narrative.statistics.sheet,
            words.paste_sheet.sheet,
            words.checks_sheet.sheet,
        ]
        return tuple(dict.fromkeys(names))

    def place(self, sheet: str) -> int:
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
        last = max(spot.row for spot in self.field_spots.values())
        return f"{quoted(self.edition.profile.sheet)}!{a1(0, 0, absolute=True)}:{a1(last + 1, 2, absolute=True)}"

    # --- narrative

    def paragraphs_top(self, sheet: str) -> int:
        """The row of the head over the paragraphs of a section's sheet; below a table where one shares the sheet."""
        shared = [plan.below + 1 for plan in self.tables if plan.sheet == sheet]
        return max(shared, default=TOP - 1)

    # --- 公开统计

    statistics_total, statistics_prior, statistics_items = 2, 3, 6  # rows; the items end the sheet

    def statistics_mirror_spot(self, row: int) -> Spot:
        return Spot(CALC, row, STATISTICS_COLUMN)

    # --- 粘贴区

    @property
    def pasted(self) -> tuple[tuple[TablePlan, int], ...]:
        """The tables of one band that can be pasted as a block, each with its first row on that sheet."""
        found, row = [], TOP
        for plan in self.tables:
            if plan.table.declared.official and len(plan.frame.bands) == 1:
                found.append((plan, row))
                row += len(plan.table.blocks[0].rows) + 4
        return tuple(found)

    # --- cells for typing that are no part of the report

    @property
    def guide_date(self) -> Spot:
        words = phrases().guide_sheet
        return Spot(words.sheet, 3 + len(words.lines), 1)

    @cached_property
    def kept_spots(self) -> frozenset[Spot]:
        """The date on 填表说明 and the cells of 粘贴区."""
        name = phrases().paste_sheet.sheet
        pasted = (
            Spot(name, top + 1 + row, 1 + column)
            for plan, top in self.pasted
            for row in range(len(plan.table.blocks[0].rows))
            for column in range(len(plan.table.blocks[0].columns))
        )
        return frozenset((self.guide_date, *pasted))

    # --- _calc

    @cached_property
    def _calc_rows(self) -> Mapping[str, int]:
        rows, row = {}, self.calc_flags_end + 1
        for plan in self.tables:
            rows[plan.table.key] = row
            row += len(plan.table.rows) + 2
        return rows

    def calc(self, key: str) -> Spot:
        """The mirror of a cell, or of last year's figure under its `prior.` key."""
        own = key.removeprefix(PRIOR)
        cell = self.edition.cells[own]
        table = self.edition.table(cell.table)
        row = self._calc_rows[cell.table] + 1 + table.rows.index(cell.row)
        column = 1 + table.columns.index(cell.column) + (PRIOR_COLUMN if key != own else 0)
        return Spot(CALC, row, column)

    @property
    def calc_flags(self) -> Mapping[str, Spot]:
        """Named single values on top of _calc: published, unit name, level, then one per declaration."""
        names = [
            "published",
            "unit.name",
            "unit.level",
            *(f"declarations.{one.key}" for one in self.edition.declarations),
        ]
        return {name: Spot(CALC, row, 1) for row, name in enumerate(names)}

    @property
    def calc_flags_end(self) -> int:
        return len(self.calc_flags)

    def conflict(self, key: str) -> Spot:
        """The address of a figure that is not 0, else an empty text."""
        spot = self.calc(key)
        return Spot(CALC, spot.row, CONFLICT_COLUMN + spot.column)

    def conflicts_in_row(self, key: str, declaration: int) -> Spot:
        """Those of a row of a table that one declaration covers, joined."""
        return Spot(CALC, self.calc(key).row, CONFLICT_COLUMN + 12 + declaration)

    def conflicts(self, declaration: int) -> Spot:
        """Those of everything that one declaration covers, while it is 是."""
        return Spot(
            CALC,
            self.calc_flags[f"declarations.{self.edition.declarations[declaration].key}"].row,
            2,
        )

    @property
    def calc_checks_top(self) -> int:
        last = self.tables[-1].table
        return self._calc_rows[last.key] + len(last.rows) + 3

    def check_spots(self, number: int) -> tuple[Spot, Spot, Spot]:
        """Left, right and state of the check of that number, on _calc."""
        row = self.calc_checks_top + number
        return Spot(CALC, row, 1), Spot(CALC, row, 2), Spot(CALC, row, 3)

    # --- 校验

    @property
    def checks_top(self) -> int:
        """First row of the list of checks; the overall light and one line per table stand above."""
        return self.declarations_top + len(self.edition.declarations) + 2

    @property
    def declarations_top(self) -> int:
        """First of the lines on 校验 that say whether a declaration is contradicted."""
        return 6 + len(self.tables)

    def ranges(self, keys: Iterable[str]) -> list[str]:
        """The mirrors of some cells as few ranges on _calc: neighbours in a row or a column are joined."""
        return join_ranges([self.calc(key) for key in keys])

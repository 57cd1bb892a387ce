"""Where everything is in the workbook of an edition.

With calc_plan.py and table_plan.py the only place that knows a cell address; reading takes
addresses from here. Rows and columns count from 0, as in XlsxWriter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.edition.frame import build_frame
from toolkit.edition.model import Edition
from toolkit.files.coordinates import a1, quoted
from toolkit.phrases import phrases
from toolkit.workbook.calc_plan import CalcPlan
from toolkit.workbook.spots import Spot
from toolkit.workbook.table_plan import TOP, TablePlan

CALC = "_calc"
META = "_meta"


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

"""Where everything is on the hidden sheet _calc.

From the top: one row per flag, the mirrors of the tables one below the other, the checks. This
year's mirrors are on the left; to the right of them are the counts of 公开统计, last year's figures
and the addresses of figures that contradict a declaration.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from toolkit.edition.model import Edition
from toolkit.edition.relation import PRIOR
from toolkit.workbook.spots import Spot, join_ranges

_STATISTICS_COLUMN = 20
_PRIOR_COLUMNS = 30  # from a mirror to the mirror of last year's figure
_CONFLICT_COLUMNS = 45  # from a mirror to the address of a contradicting figure
_ROW_CONFLICTS_COLUMN = _CONFLICT_COLUMNS + 12  # right of the addresses, one per declaration


class CheckSpots(NamedTuple):
    """The cells of a check on _calc: its two sides and its state."""

    left: Spot
    right: Spot
    state: Spot


@dataclass(frozen=True)
class CalcPlan:
    """The cells of the sheet `sheet`, which is _calc."""

    edition: Edition
    sheet: str

    @cached_property
    def flags(self) -> Mapping[str, Spot]:
        """Single values by name: published, unit name, level, then one per declaration."""
        declarations = [
            f"declarations.{declaration.key}" for declaration in self.edition.declarations
        ]
        names = ["published", "unit.name", "unit.level", *declarations]
        return {name: Spot(self.sheet, row, 1) for row, name in enumerate(names)}

    @cached_property
    def _table_rows(self) -> Mapping[str, int]:
        """Key of a table -> the row above its mirrors."""
        rows, row = {}, len(self.flags) + 1
        for table in self.edition.tables:
            rows[table.key] = row
            row += len(table.rows) + 2
        return rows

    def mirror(self, key: str) -> Spot:
        """The mirror of a cell, or of last year's figure under its `prior.` key."""
        own = key.removeprefix(PRIOR)
        cell = self.edition.cells[own]
        table = self.edition.table(cell.table)
        row = self._table_rows[cell.table] + 1 + table.rows.index(cell.row)
        column = 1 + table.columns.index(cell.column)
        if key != own:
            column += _PRIOR_COLUMNS
        return Spot(self.sheet, row, column)

    def ranges(self, keys: Iterable[str]) -> list[str]:
        """The mirrors of some cells as few ranges: neighbours in a row or a column are joined."""
        return join_ranges([self.mirror(key) for key in keys])

    def statistics_mirror(self, row: int) -> Spot:
        """The mirror of the count in a row of 公开统计."""
        return Spot(self.sheet, row, _STATISTICS_COLUMN)

    def conflict(self, key: str) -> Spot:
        """Holds the address of a covered figure that is not 0, else an empty text."""
        spot = self.mirror(key)
        return Spot(self.sheet, spot.row, _CONFLICT_COLUMNS + spot.column)

    def row_conflicts(self, key: str, declaration: int) -> Spot:
        """Holds the addresses in the row of a cell that contradict the declaration of a number."""
        return Spot(self.sheet, self.mirror(key).row, _ROW_CONFLICTS_COLUMN + declaration)

    def declaration_conflicts(self, declaration: int) -> Spot:
        """Holds all addresses that contradict the declaration of a number, while it is 是."""
        flag = self.flags[f"declarations.{self.edition.declarations[declaration].key}"]
        return Spot(self.sheet, flag.row, 2)

    @property
    def first_check_row(self) -> int:
        """The row of the first check."""
        last = self.edition.tables[-1]
        return self._table_rows[last.key] + len(last.rows) + 3

    def check_spots(self, number: int) -> CheckSpots:
        """The cells of the check of that number."""
        row = self.first_check_row + number
        return CheckSpots(
            Spot(self.sheet, row, 1), Spot(self.sheet, row, 2), Spot(self.sheet, row, 3)
        )

"""The stamp of every sheet, in a hidden locked cell: from which report's workbook the sheet is.

It travels along when a sheet is copied into another workbook.
"""

import re
from dataclasses import dataclass

from toolkit.workbook.draft import Draft
from toolkit.workbook.meta import FORMAT
from toolkit.workbook.spots import Spot

_STAMP = re.compile(re.escape(FORMAT) + r" (\S{1,20}) (\d{4})(?: (.*))?", re.DOTALL)
COLUMN = 100  # right of everything that a sheet shows or hides


@dataclass(frozen=True)
class Stamp:
    """`unit` is empty where the workbook was made before it was known whose it would be."""

    edition: str
    year: str
    unit: str

    @property
    def cell_text(self) -> str:
        """The stamp as its cell holds it, for example `xxgk-toolkit 2021 2024 甲镇人民政府`."""
        return f"{FORMAT} {self.edition} {self.year} {self.unit}".strip()


def read_stamp(text: object) -> Stamp | None:
    """The stamp in the value of a cell; None where the value is anything else."""
    if not isinstance(text, str):
        return None
    match = _STAMP.fullmatch(text)
    if match is None:
        return None
    return Stamp(match[1], match[2], match[3] or "")


def write_stamp(draft: Draft, sheet: str) -> None:
    unit = " ".join(draft.reading.text("unit.name").split())
    stamp = Stamp(draft.edition.id, str(draft.reading.year), unit)
    draft.write_text(Spot(sheet, 0, COLUMN), stamp.cell_text, draft.styles.hidden)
    draft.sheet(sheet).set_column(COLUMN, COLUMN, 1, None, {"hidden": True})

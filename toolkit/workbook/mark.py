"""A mark on every sheet, in a hidden locked cell: from which report's workbook it is. It travels along when a sheet is copied elsewhere."""

import re
from dataclasses import dataclass

from toolkit.workbook.draft import Draft
from toolkit.workbook.meta import FORMAT
from toolkit.workbook.spots import Spot

_MARK = re.compile(re.escape(FORMAT) + r" (\S{1,20}) (\d{4})(?: (.*))?", re.DOTALL)
COLUMN = 100  # right of everything that a sheet shows or hides


@dataclass(frozen=True)
class Mark:
    """`unit` is empty where the workbook was made before it was known whose it would be."""

    edition: str
    year: str
    unit: str

    @property
    def text(self) -> str:
        return f"{FORMAT} {self.edition} {self.year} {self.unit}".strip()


def read_mark(text: object) -> Mark | None:
    """The mark in the text of a cell, if it is one."""
    found = _MARK.fullmatch(text) if isinstance(text, str) else None
    return Mark(found[1], found[2], found[3] or "") if found else None


def write_mark(draft: Draft, sheet: str) -> None:
    unit = " ".join(draft.reading.text("unit.name").split())
    mark = Mark(draft.edition.id, str(draft.reading.year), unit)
    draft.text(Spot(sheet, 0, COLUMN), mark.text, draft.styles.hidden)
    draft.sheet(sheet).set_column(COLUMN, COLUMN, 1, None, {"hidden": True})

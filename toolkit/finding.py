"""The one record of a problem.

Every stage returns `(value, findings)`; nothing raises for what a person typed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

About: TypeAlias = tuple[str, tuple[str, ...]]  # code and keys


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class Place:
    """Where something is.

    `sheet` and `cell` (A1) are None where the source has no sheets; `spot` says it in words there.
    `order` sorts findings as the form is read: (sheet or table index, row, column).
    """

    file: str = ""
    sheet: str | None = None
    cell: str | None = None
    order: tuple[int, int, int] = (0, 0, 0)
    spot: str = ""

    @property
    def in_words(self) -> str:
        """For people: sheet and cell, or table, row and column of a source without sheets."""
        return " ".join(filter(None, (self.sheet, self.cell))) or self.spot


@dataclass(frozen=True)
class Finding:
    """A problem, with what people need to mend it and what programs need to find it again.

    `found` is the side of a relation that holds the total or the result, `expected` the other side.
    """

    code: str
    severity: Severity
    message: str
    remedy: str = ""
    place: Place = Place()
    keys: tuple[str, ...] = ()
    found: Decimal | str | None = None
    expected: Decimal | str | None = None
    cause: str | None = None
    explanation: str | None = None
    name: str = ""  # what the code is called, for people who read lists of them

    @property
    def about(self) -> About:
        """What a reason for this finding belongs to: its code and its keys."""
        return self.code, self.keys

    @property
    def is_open_warning(self) -> bool:
        return self.severity is Severity.WARNING and self.explanation is None

    @property
    def is_open_error(self) -> bool:
        return self.severity is Severity.ERROR and self.explanation is None


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sorted by file, sheet order, row, column and code, so that two runs compare line by line."""
    return sorted(findings, key=_sort_key)


def _sort_key(finding: Finding) -> tuple[str, tuple[int, int, int], str, tuple[str, ...], str]:
    place = finding.place
    return place.file, place.order, finding.code, finding.keys, finding.message


def count(findings: Sequence[Finding]) -> dict[str, int]:
    """Severity -> how many findings have it; 0 where none has."""
    counts = {severity.value: 0 for severity in Severity}
    for finding in findings:
        counts[finding.severity.value] += 1
    return counts

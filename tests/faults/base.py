"""What a fault is: something done to the good workbook, and what has to come of it."""

from dataclasses import dataclass

from tests.support.good import Change, good_book
from tests.support.make import fresh
from toolkit.finding import Finding
from toolkit.reading.read import read
from toolkit.record.reading import Reading


@dataclass(frozen=True)
class Fault:
    """`codes`: what reading says, sorted. `lost`: keys whose figure cannot be read any more; all others are as typed.

    `doubtful`: keys under which another figure is read, with a finding about the sheet. `refused`: nothing can be read.
    """

    name: str
    change: Change
    codes: tuple[str, ...] = ()
    lost: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    refused: bool = False
    file: str = "a.xlsx"


def outcome(fault: Fault) -> tuple[Reading | None, list[Finding]]:
    reading, findings = read(fault.change(good_book()), fault.file)
    return reading, fresh(findings)

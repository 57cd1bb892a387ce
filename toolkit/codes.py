"""The catalogue of finding codes (findings.toml).

It has the words, the severity and the remedy of every code that is not a relation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeVar

from toolkit.finding import Finding, Place, Severity
from toolkit.personal import mask_personal_numbers
from toolkit.templates import read_toml, shipped

T = TypeVar("T")


@dataclass(frozen=True)
class Code:
    """One entry of the manual. `message` and `remedy` are str.format templates."""

    code: str  # for life: in outputs, in workbooks, in reasons that people gave
    name: str  # by which the code of the toolkit speaks of it
    severity: Severity
    meaning: str
    message: str
    remedy: str
    example: str
    # An error that a marked-up copy cannot show any more: somebody has to confirm there that it was
    # seen to.
    confirm: bool = False
    restored: bool = False  # the marked-up copy has mended it
    rewritten: bool = False  # about a text or formula that a copy replaces with a figure or formula
    moved: bool = False  # rows or columns are not where the form of this version has them
    whole: bool = False  # about many cells, none of which is to be mended
    # A document beside its workbook is another report: nothing is taken from it.
    another_report: bool = False
    # A difference that whoever takes prose back into a workbook has to know.
    keeps_prose_apart: bool = False


@cache
def catalogue() -> dict[str, Code]:
    """The entries by their codes."""
    path = shipped("workbook_templates") / "findings.toml"
    entries = read_toml(path).items()
    return {
        code: Code(code=code, **{**entry, "severity": Severity(entry["severity"])})
        for code, entry in entries
    }


@cache
def _by_name() -> dict[str, Code]:
    return {entry.name: entry for entry in catalogue().values()}


def make_finding(
    name: str,
    /,
    place: Place = Place(),
    keys: Iterable[str] = (),
    *,
    severity: Severity | None = None,
    found: Decimal | str | None = None,
    expected: Decimal | str | None = None,
    **words: object,
) -> Finding:
    """A finding in the words of the catalogue. KeyError for a name that it does not have.

    `words` fill the templates of message and remedy. Personal numbers in texts are masked.
    """
    entry = _by_name()[name]
    words = {key: _mask_if_text(word) for key, word in words.items()}
    return Finding(
        code=entry.code,
        name=name,
        severity=severity or entry.severity,
        message=entry.message.format(**words),
        remedy=entry.remedy.format(**words),
        place=place,
        keys=tuple(keys),
        found=_mask_if_text(found),
        expected=_mask_if_text(expected),
    )


def _mask_if_text(word: T) -> T | str:
    return mask_personal_numbers(word) if isinstance(word, str) else word

"""The catalogue of finding codes (findings.toml): words, severity and remedy of every code that is not a relation."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeVar

from toolkit.finding import Finding, Place, Severity
from toolkit.personal import masked
from toolkit.templates import read_toml, shipped

T = TypeVar("T")


@dataclass(frozen=True)
class Code:
    """One entry of the manual. `message` and `remedy` are str.format templates."""

    code: str
    severity: Severity
    meaning: str
    message: str
    remedy: str
    example: str
    confirm: bool = False  # an error that a marked-up copy cannot show any more: somebody has to say there that it was seen to
    restored: bool = False  # what the marked-up copy mends by itself
    whole: bool = False  # said of many cells, none of which is to be mended


@cache
def catalogue() -> dict[str, Code]:
    path = shipped("workbook_templates") / "findings.toml"
    return {code: Code(code=code, severity=Severity(entry.pop("severity")), **entry) for code, entry in read_toml(path).items()}


def finding(
    code: str,
    place: Place = Place(),
    keys: Iterable[str] = (),
    *,
    severity: Severity | None = None,
    found: Decimal | str | None = None,
    expected: Decimal | str | None = None,
    **words: object,
) -> Finding:
    """A finding in the words of the catalogue; `words` fill its templates. Personal numbers in texts are masked."""
    entry = catalogue()[code]
    words = {name: _shown(word) for name, word in words.items()}
    return Finding(
        code=code,
        severity=severity or entry.severity,
        message=entry.message.format(**words),
        remedy=entry.remedy.format(**words),
        place=place,
        keys=tuple(keys),
        found=_shown(found),
        expected=_shown(expected),
    )


def _shown(word: T) -> T | str:
    return masked(word) if isinstance(word, str) else word

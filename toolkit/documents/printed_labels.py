"""Labels as reports really print them.

Matched exactly, by known other wordings, or by what was meant where no doubt is left.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz.distance import Levenshtein

from toolkit.edition.labels import normalise
from toolkit.edition.numerals import NUMERAL, NUMERALS
from toolkit.templates import read_toml, shipped
from toolkit.values import Kind, State, read_typed

_ORDINAL = re.compile(
    rf"(?:\([{NUMERALS}\d]{{1,3}}\)|{NUMERAL}{{1,3}}[.,:]|-[.,]|\d{{1,2}}[.,)](?!\d))"
)
_DIGITS = re.compile(r"[\s.,，、+\-/%％]*\d[\d\s.,，、+\-/%％]*")
_LONGEST = 120  # characters of a label; the longest of the form has forty


@cache
def published_words() -> dict[str, Any]:
    """The words of published.toml; every pattern, long or short, as the text that `re` takes."""
    tables = read_toml(shipped("workbook_templates") / "published.toml")
    return {name: _plain_patterns(table) for name, table in tables.items()}


def _plain_patterns(table: dict[str, Any]) -> dict[str, Any]:
    """A table with its long patterns as text, without their examples."""
    plain: dict[str, Any] = {}
    for key, value in table.items():
        is_long = isinstance(value, dict)
        plain[key] = f"(?x){value['regex']}" if is_long else value
    return plain


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """A label without number, punctuation and a unit behind it: `（一）予以公开（件）` is `予以公开`."""
    plain = normalise(text)
    while (ordinal := _ORDINAL.match(plain)) and ordinal.end() < len(plain):
        plain = plain[ordinal.end() :]
    return _word_characters(plain)


def stated_unit(text: str) -> str:
    """The unit that a label states in brackets at its end, "" where it states none."""
    return _without_unit(normalise(text))[1]


@cache
def _unit_pattern() -> re.Pattern[str]:
    units = "|".join(map(re.escape, published_words()["table"]["units"]))
    return re.compile(rf"[(\[,](?:计量)?(?:单位:?)?({units})[)\]]?$")


def _without_unit(plain: str) -> tuple[str, str]:
    """A normalised label without the unit at its end, and that unit."""
    found = _unit_pattern().search(plain)
    return (plain[: found.start()], found[1]) if found else (plain, "")


@lru_cache(maxsize=8192)
def is_figure(text: str) -> bool:
    """Whether a text is a figure, with or without a unit, or a sign for none.

    Nothing but digits is one, however they are written.
    """
    state = read_typed(text, Kind.AMOUNT)[0].state
    if state in (State.NUMBER, State.NOT_APPLICABLE) or _DIGITS.fullmatch(text):
        return True
    return read_typed(text, Kind.COUNT)[0].state is State.NUMBER


@dataclass(frozen=True)
class Match:
    """`label` is the form's; `near` says that something else is printed."""

    label: str
    near: bool


class Labels:
    """Some labels of the form, to be found in print."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.labels = tuple(dict.fromkeys(labels))
        self._exact = {normalise(label): label for label in self.labels}
        self._variants = self._collect_variants()
        self._cores = self._collect_cores()
        self._memo: dict[str, Match | None] = {}

    def _collect_variants(self) -> dict[str, str]:
        """Other wordings of the labels -> the label."""
        variants: dict[str, str] = {}
        for printed, label in published_words()["labels"].items():
            plain = normalise(printed)
            if label in self.labels and plain not in self._exact:
                variants[plain] = label
        return variants

    def _collect_cores(self) -> dict[str, str | None]:
        """Cores of the labels -> the label, None where several have the same core."""
        cores: dict[str, str | None] = {}
        for label in self.labels:
            key = core(label)
            cores[key] = None if key in cores and cores[key] != label else label
        return cores

    def find(self, text: str) -> Match | None:
        """The label meant by a text; None where it is no label, or might be several."""
        if text not in self._memo:
            self._memo[text] = self._find(text)
        return self._memo[text]

    def has(self, text: str) -> bool:
        """Whether a text is a label as the form has it."""
        match = self.find(text)
        return match is not None and not match.near

    def _find(self, text: str) -> Match | None:
        plain = normalise(text) if len(text) <= 3 * _LONGEST else ""
        if not plain or len(plain) > _LONGEST or not re.search(r"[^\W\d_]", plain):
            return None
        if plain in self._exact:
            return Match(self._exact[plain], near=False)
        bare = core(text)
        for key in (plain, bare):
            if key in self._variants:
                return Match(self._variants[key], near=True)
        if label := self._cores.get(bare):
            is_same = normalise(label) == plain or core(label) == _word_characters(plain)
            return Match(label, near=not (is_same and stated_unit(text)))
        return self._find_nearest(bare)

    def _find_nearest(self, bare: str) -> Match | None:
        """The label at the least edit distance.

        At most one character in four differs, and no other label is as near.
        """
        if len(bare) < 4:
            return None
        clear_cores = [key for key, label in self._cores.items() if label is not None]
        distances = sorted((Levenshtein.distance(bare, key), key) for key in clear_cores)
        if not distances:
            return None
        least, nearest = distances[0]
        if least > max(1, len(nearest) // 4):
            return None
        if len(distances) > 1 and distances[1][0] <= least:
            return None
        label = self._cores[nearest]
        return Match(label, near=True) if label else None


def _word_characters(plain: str) -> str:
    """A normalised label without punctuation and a unit behind it."""
    return re.sub(r"[\W_]", "", _without_unit(plain)[0])

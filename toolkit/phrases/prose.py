"""Words and patterns by which the checks of the prose know what a sentence is about."""

import re
from collections.abc import Mapping
from functools import lru_cache

from toolkit.phrases.words import Words


class Pattern(Words):
    """A regular expression in its verbose form, with texts that it finds (`yes`) and does not
    find (`no`).

    A pattern that matches texts as a `whole` says so. Parts in braces are filled in with
    `str.format`; in a pattern that has such parts all other braces are doubled.
    """

    pattern: str
    whole: bool = False
    yes: tuple[str, ...]
    no: tuple[str, ...]

    def find(self, text: str, **parts: object) -> re.Match[str] | None:
        """Where the pattern, its parts filled in, is found in a text; None where it is not."""
        compiled = _compile_verbose(self.pattern.format(**parts) if parts else self.pattern)
        return compiled.fullmatch(text) if self.whole else compiled.search(text)


@lru_cache(maxsize=512)
def _compile_verbose(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


class Stated(Words):
    """Words that state a table's figures in prose, where the form has no table for them."""

    anywhere: str
    section: Pattern
    others: str


class ProseWords(Words):
    """Words by which the checks of the prose know what a sentence is about."""

    nothing: Pattern
    left_standing: tuple[Pattern, ...]
    opens: Pattern
    counted: Pattern
    compared: Pattern
    this_year: tuple[str, ...]
    earlier: Pattern
    planned: tuple[str, ...]
    history: tuple[str, ...]
    governments: tuple[str, ...]
    no_names: tuple[str, ...]
    any_unit: tuple[str, ...]
    unit_kinds: tuple[tuple[str, ...], ...]
    tells_of_others: tuple[str, ...]
    levels: str
    no_levels: str
    no_subject: tuple[str, ...]
    titled: Pattern
    subject: tuple[Pattern, ...]
    reported: Pattern
    told_table: tuple[str, ...]
    told_of: str
    told: Pattern
    told_of_others: tuple[str, ...]
    kinds: Mapping[str, str]
    stated: Mapping[str, Stated]

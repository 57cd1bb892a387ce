"""Every pattern of the prose finds the texts that stand beside it as such, and not the others."""

import re

import pytest

from toolkit.edition.load import load_edition
from toolkit.phrases import phrases
from toolkit.phrases.prose import Pattern

OWN = "示例县财政局"


def _patterns() -> dict[str, Pattern]:
    """All patterns by their place in the file."""
    found: dict[str, Pattern] = {}
    for key, value in phrases().prose.entries().items():
        several = value if isinstance(value, tuple) else (value,)
        for number, pattern in enumerate(several):
            if isinstance(pattern, Pattern):
                found[f"{key}.{number}"] = pattern
    for key, words in phrases().prose.stated.items():
        found[f"stated.{key}"] = words.section
    return found


def _parts(pattern: Pattern) -> dict[str, str]:
    """What a bureau's report for 2022 fills into a pattern; nothing where it has no parts."""
    words = phrases().prose
    parts = {
        "own": OWN,
        "endings": "|".join(words.unit_kinds[2]),
        "year": "2022",
        "report": re.escape(load_edition("2021").report_name),
        "reported": words.reported.pattern,
    }
    return {name: part for name, part in parts.items() if f"{{{name}}}" in pattern.pattern}


PATTERNS = _patterns()


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_finds_its_examples_and_no_others(name: str) -> None:
    pattern = PATTERNS[name]
    parts = _parts(pattern)
    assert [text for text in pattern.yes if not pattern.find(text, **parts)] == []
    assert [text for text in pattern.no if pattern.find(text, **parts)] == []


def test_every_pattern_has_examples_of_both_kinds() -> None:
    assert [name for name, pattern in PATTERNS.items() if not pattern.yes or not pattern.no] == []
    assert len(PATTERNS) >= 14


def test_names_with_odd_characters_are_filled_in_as_they_are() -> None:
    """Blanks, # and braces would mean something else in a verbose pattern."""
    for name in ("甲 镇#人民政府", "{own}镇", "甲（乙）镇"):
        found = phrases().prose.opens.find(f"{name}2021年公开信息", own=re.escape(name))
        assert found is not None
        assert (found["year"], found["rest"]) == ("2021", "公开信息")

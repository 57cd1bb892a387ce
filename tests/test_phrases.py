"""The toolkit's own words: every one is there, and every one is used."""

import re
from pathlib import Path

import pytest

from toolkit.phrases import Phrases, phrases
from toolkit.phrases.words import FILE, Words, build
from toolkit.templates import EditionError, read_toml, shipped

TOOLKIT = Path(__file__).parent.parent / "toolkit"
PAGE = shipped("workbook_templates") / "findings.html"
BY_VALUE = {
    "states",
    "severity",
    "answers",
    "causes",
    "checks",
    "difference",
    "left_out",
}  # looked up by what a value says
PARTS = {
    "money_error",
    "count_error",
    "change_error",
    "amount_error",
}  # of keys that are put together, with and without _title


def _source() -> str:
    modules = [
        path.read_text(encoding="utf-8")
        for path in TOOLKIT.rglob("*.py")
        if path.parent.name != "phrases"
    ]
    return "\n".join([*modules, PAGE.read_text(encoding="utf-8")])


def test_every_phrase_is_used() -> None:
    source = _source()
    dead = [
        f"{group}.{key}"
        for group, words in phrases().entries().items()
        if isinstance(words, Words) and group not in BY_VALUE
        for key in type(words).__annotations__
        if not re.search(rf"\.{key}\b|[\'\"]{key}[\'\"]", source)
        and key.removesuffix("_title") not in PARTS
    ]
    assert dead == []
    assert [group for group in Phrases.__annotations__ if f".{group}" not in source] == []


@pytest.mark.parametrize("change", ["unknown", "missing"])
def test_phrases_with_unknown_or_missing_keys_are_refused(change: str) -> None:
    data = read_toml(shipped("workbook_templates") / FILE)
    if change == "unknown":
        data["notice"]["never_used"] = "…"
    else:
        del data["notice"]["clean"]
    with pytest.raises(EditionError):
        build(Phrases, data)

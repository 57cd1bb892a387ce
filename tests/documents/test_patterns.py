"""The long patterns of published.toml find every text that is given as an example beside them, and none of the others."""

import re
from collections.abc import Iterator

import pytest

from toolkit.documents.printed_labels import published_words
from toolkit.templates import read_toml, shipped

LONGEST = 80  # characters of a pattern on one line, without examples


def _tables() -> Iterator[tuple[str, str, object]]:
    for name, table in read_toml(shipped("workbook_templates") / "published.toml").items():
        for key, value in table.items():
            yield name, key, value


def _examples() -> Iterator[tuple[str, str, str, bool]]:
    for name, key, value in _tables():
        if isinstance(value, dict):
            yield from ((name, key, text, True) for text in value["yes"])
            yield from ((name, key, text, False) for text in value["no"])


@pytest.mark.parametrize(("name", "key", "text", "is_found"), list(_examples()))
def test_example(name: str, key: str, text: str, is_found: bool) -> None:
    found = re.search(published_words()[name][key], text)
    assert (found is not None) is is_found


def test_long_patterns_have_examples() -> None:
    for name, key, value in _tables():
        if isinstance(value, dict):
            assert set(value) == {"regex", "yes", "no"}, (name, key)
            assert value["yes"], (name, key)
            assert value["no"], (name, key)
        else:
            assert not isinstance(value, str) or len(value) <= LONGEST, (name, key)


def test_examples_of_titles_give_unit_and_year() -> None:
    words = published_words()["title"]
    found = re.search(words["pattern"], "某县人民政府2020年政府信息公开工作年度报告")
    assert found is not None
    assert (found["before"], found["year"], found["behind"]) == ("某县人民政府", "2020", "")

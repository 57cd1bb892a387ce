"""Groups of words, as the tables of phrases.toml have them, checked while they are loaded.

Plain classes: models of a library would take longer to build than a whole check of one report.
"""

from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

from toolkit.templates import EditionError

FILE = "phrases.toml"


class Words:
    """A group of words. Its annotations are the keys that the table must have, and no others.

    A key with a default may be missing. The types are str, bool, tuples and mappings of them, and
    groups again.
    """

    def __init__(self, entries: Mapping[str, object]) -> None:
        self.__dict__.update(entries)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"words are not changed: {name}")

    def word(self, key: str) -> str:
        """The word of a key that a value decides."""
        return str(getattr(self, key))

    def entries(self) -> dict[str, Any]:
        """All words of a group by their keys."""
        return dict(self.__dict__)


Group = TypeVar("Group", bound=Words)


def build(group: type[Group], table: object, where: str = "") -> Group:
    """The group with the words of a table; an unknown, a missing or a wrong entry is refused.

    `where` is the dotted name of the table in the file.
    """
    if not isinstance(table, dict):
        raise EditionError(FILE, where, "is no table")
    hints = group.__annotations__
    for key in table.keys() - hints.keys():
        raise EditionError(FILE, f"{where}.{key}", "is not used by the toolkit")
    for key in hints.keys() - table.keys():
        if not hasattr(group, key):
            raise EditionError(FILE, f"{where}.{key}", "is missing")
    return group({key: _read(hints[key], raw, f"{where}.{key}") for key, raw in table.items()})


def _read(hint: Any, raw: Any, where: str) -> object:
    """One entry under its annotation."""
    if isinstance(hint, type) and issubclass(hint, Words):
        return build(hint, raw, where)
    if get_origin(hint) is tuple and isinstance(raw, list):
        part = get_args(hint)[0]
        return tuple(_read(part, entry, where) for entry in raw)
    if get_origin(hint) is Mapping and isinstance(raw, dict):
        part = get_args(hint)[1]
        return {key: _read(part, entry, f"{where}.{key}") for key, entry in raw.items()}
    if isinstance(hint, type) and isinstance(raw, hint):
        return raw
    raise EditionError(FILE, where, f"should be {hint}")

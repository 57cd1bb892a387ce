"""The bytes of a data file (JSON) -> its object."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from toolkit.files.decoding import decode_text
from toolkit.personal import short
from toolkit.phrases import phrases

_DEPTH = 20  # of nested parts; a data file needs seven


class _DuplicateKey(ValueError):
    """The key that is written twice."""


def parse_data_file(data: bytes) -> dict[str, Any] | str:
    """The JSON object of a data file, or one sentence why it is none.

    Numbers are exact (int or Decimal), lone surrogates are replaced.
    """
    words = phrases().data
    text = decode_text(data)
    if text is None:
        return words.unknown_encoding
    try:
        parsed = json.loads(
            text, parse_float=Decimal, parse_constant=str, object_pairs_hook=_build_object
        )
    except _DuplicateKey as error:
        return words.key_twice.format(key=error)
    except (ValueError, RecursionError, ArithmeticError):
        return words.not_json
    if not isinstance(parsed, dict) or _is_too_deep(parsed):
        return words.not_data
    return parsed


def _is_too_deep(parsed: Any) -> bool:
    """Deeper than any data file; refused here, so that nothing later runs out of stack."""
    level = [parsed]
    for _ in range(_DEPTH):
        level = _next_level(level)
        if not level:
            return False
    return True


def _next_level(level: Iterable[Any]) -> list[Any]:
    """The objects and lists directly inside some others."""
    inside: list[Any] = []
    for part in level:
        values = part.values() if isinstance(part, dict) else part
        inside += [value for value in values if isinstance(value, dict | list)]
    return inside


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key, value in pairs:
        if key in built:
            raise _DuplicateKey(short(key))
        built[_replace_surrogates(key)] = _replace_surrogates(value)
    return built


def _replace_surrogates(value: Any) -> Any:
    """Lone surrogates (possible through \\ud800 escapes) cannot be written to any file."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_replace_surrogates(part) for part in value]
    return value

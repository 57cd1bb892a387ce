"""Figures as CSV (key,value) -> Reading, in the same way as the JSON data file."""

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeAlias

from toolkit.codes import make_finding
from toolkit.data.load import load_parsed
from toolkit.files.decoding import decode_text
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.record.reading import Reading

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?")
_TAMED = re.compile(r"'[=+\-@＝＋－＠]")
_FACTS = ("unit", "profile", "declarations", "prose", "signoff")

_Row: TypeAlias = dict[str | Any, str | Any]


def load_csv(data: bytes, file: str) -> tuple[Reading | None, list[Finding]]:
    """The report in the columns `key` and `value`; other columns are for people.

    Keys are those of cells (requests.received.natural) and of single facts (year, unit.name).
    """
    words = phrases().data
    rows = _read_rows(data)
    if not rows or not {"key", "value"} <= set(rows[0]):
        return _refuse(file, words.not_csv, words.not_csv_remedy)
    parsed, twice = _nest(rows)
    if twice:
        return _refuse(file, words.key_twice.format(key=twice[0]), words.key_twice_remedy)
    return load_parsed(parsed, file)


def _read_rows(data: bytes) -> list[_Row]:
    text = decode_text(data)
    return list(csv.DictReader(io.StringIO(text))) if text is not None else []


def _refuse(file: str, what: str, todo: str) -> tuple[None, list[Finding]]:
    return None, [make_finding("file_unreadable", Place(file), what=what, todo=todo)]


def _nest(rows: Iterable[_Row]) -> tuple[dict[str, Any], list[str]]:
    """The rows as the object of the JSON file, and the keys that are there twice.

    requests.received.natural,3  ->  {"tables": {"requests": {"received": {"natural": 3}}}}
    unit.name,甲镇人民政府       ->  {"unit": {"name": "甲镇人民政府"}}
    """
    parsed: dict[str, Any] = {}
    twice: list[str] = []
    for row in rows:
        key, raw = (row["key"] or "").strip(), row["value"] or ""
        if not key:
            continue
        *holders, name = key.split(".")
        is_of_tables = bool(holders) and holders[0] not in _FACTS
        outer = parsed.setdefault("tables", {}) if is_of_tables else parsed
        part = _find_part(outer, holders)
        if part is None:
            continue
        if name in part:
            twice.append(key)
        part[name] = _read_value(raw, is_figure=is_of_tables or key == "year")
    return parsed, twice


def _find_part(part: dict[str, Any], holders: Iterable[str]) -> dict[str, Any] | None:
    """The object inside of others, made where it is missing; None where a value is in its place."""
    for holder in holders:
        inside = part.setdefault(holder, {})
        if not isinstance(inside, dict):
            return None
        part = inside
    return part


def _read_value(raw: str, *, is_figure: bool) -> bool | int | Decimal | str | None:
    """A plain number as number, nothing as None, everything else as text.

    The apostrophe that kept a text from becoming a formula is taken off.
    """
    text = raw.strip()
    if not text:
        return None
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if _TAMED.match(raw):
        raw = raw[1:]
    if is_figure and _NUMBER.fullmatch(raw.strip()):
        return _read_number(raw)
    return raw


def _read_number(raw: str) -> int | Decimal:
    number = Decimal(raw.strip())
    if number == number.to_integral_value() and "." not in raw:
        return int(number)
    return number

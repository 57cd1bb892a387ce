"""Figures as CSV (key,value) -> Reading, by the same way as the JSON data file."""

import csv
import io
import re
from decimal import Decimal
from typing import Any

from toolkit.codes import make_finding
from toolkit.data.load import load_parsed
from toolkit.files.decoding import decoded
from toolkit.finding import Finding, Place
from toolkit.record.reading import Reading

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?")
_TAMED = re.compile(r"'[=+\-@＝＋－＠]")
_FACTS = ("unit", "profile", "declarations", "prose", "signoff")


def load_csv(data: bytes, file: str) -> tuple[Reading | None, list[Finding]]:
    """Columns `key` and `value`; other columns are for people. Keys are cell keys and those of single facts (year, unit.name)."""
    text = decoded(data)
    rows = list(csv.DictReader(io.StringIO(text))) if text is not None else []
    if not rows or not {"key", "value"} <= set(rows[0]):
        return None, [
            make_finding(
                "file_unreadable",
                Place(file),
                what="这不是本工具的数据文件：要有 key 和 value 两列。",
                todo="请用 toolkit export --format csv 导出的样子。",
            )
        ]
    parsed: dict[str, Any] = {}
    twice: list[str] = []
    for row in rows:
        key, raw = (row["key"] or "").strip(), row["value"] or ""
        if not key:
            continue
        *holders, name = key.split(".")
        part = parsed.setdefault("tables", {}) if holders and holders[0] not in _FACTS else parsed
        for holder in holders:
            part = part.setdefault(holder, {})
            if not isinstance(part, dict):
                break
        if isinstance(part, dict):
            if name in part:
                twice.append(key)
            part[name] = _value(
                raw, is_figure=key == "year" or (part is not parsed and holders[0] not in _FACTS)
            )
    if twice:
        return None, [
            make_finding(
                "file_unreadable",
                Place(file),
                what=f"数据文件里“{twice[0]}”写了两次。",
                todo="请只留一行。",
            )
        ]
    return load_parsed(parsed, file)


def _value(raw: str, *, is_figure: bool) -> bool | int | Decimal | str | None:
    """A plain number as number, nothing as null, everything else as the text it is, without the mark that made it harmless."""
    if not raw.strip():
        return None
    if raw.strip().lower() in ("true", "false"):
        return raw.strip().lower() == "true"
    if _TAMED.match(raw):
        raw = raw[1:]
    if is_figure and _NUMBER.fullmatch(raw.strip()):
        number = Decimal(raw.strip())
        return int(number) if number == number.to_integral_value() and "." not in raw else number
    return raw

"""The hidden sheet _meta: which form this is, and what a report carries that has no place on a visible sheet."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from zlib import crc32

from toolkit import __version__
from toolkit.edition.labels import normalise
from toolkit.edition.model import Edition
from toolkit.workbook.draft import Draft
from toolkit.workbook.plan import META

FORMAT = "xxgk-toolkit"
SCHEMA = 1
EXTRA = "extra"
UNCONFIRMED = "unconfirmed"
LISTED = "listed"
CHUNK = 30000  # characters of JSON in one cell


def digest(edition: Edition) -> str:
    """A mark of the form: its keys and labels. Tells whether a workbook was made from this template."""
    parts = [f"{cell.key}|{cell.row_label}|{cell.column_label}" for cell in edition.cells.values()]
    return hashlib.sha256(
        "\n".join([edition.id, str(edition.template_version), *parts]).encode()
    ).hexdigest()[:16]


def trace(text: str) -> str:
    """A short mark of a text of ours, by which it is told from what people typed; blanks do not count."""
    return f"{crc32(normalise(text).encode('utf-8', 'replace')):08x}"


def write_meta(
    draft: Draft, extra: dict[str, Any], unconfirmed: int = 0, listed: Iterable[str] = ()
) -> None:
    """`unconfirmed` is how many findings of a marked-up copy wait in its list for somebody's word, so that the list cannot just go.

    `listed` are the texts of that list.
    """
    edition, reading = draft.edition, draft.reading
    entries: dict[str, str | int] = {
        "format": FORMAT,
        "schema": SCHEMA,
        "toolkit": __version__,
        "edition": edition.id,
        "template_version": edition.template_version,
        "year": reading.year,
        "origin": reading.origin.value,
        "unit_code": reading.text("unit.code"),
        "unit_name": " ".join(reading.text("unit.name").split()),
        "digest": digest(edition),
    }
    if unconfirmed:
        entries[UNCONFIRMED] = unconfirmed
    sheet = draft.sheet(META)
    for row, (key, value) in enumerate(entries.items()):
        sheet.write_string(row, 0, key)
        if isinstance(value, int):
            sheet.write_number(row, 1, value)
        else:
            sheet.write_string(row, 1, value)
    long = {
        EXTRA: json.dumps(extra, ensure_ascii=True, sort_keys=True),
        LISTED: " ".join(sorted(set(map(trace, listed)))),
    }
    pieces = [
        (key, text[start : start + CHUNK])
        for key, text in long.items()
        for start in range(0, len(text), CHUNK)
    ]
    for row, (key, piece) in enumerate(pieces, start=len(entries)):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, piece)
    for key in ("edition", "year"):
        draft.book.set_custom_property(f"xxgk_{key}", str(entries[key]))

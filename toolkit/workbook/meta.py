"""The hidden sheet _meta: which form this is, and what a report carries that has no place on a visible sheet."""

import hashlib
import json
from typing import Any

from toolkit import __version__
from toolkit.edition.model import Edition
from toolkit.workbook.draft import Draft
from toolkit.workbook.plan import META

FORMAT = "xxgk-toolkit"
SCHEMA = 1
EXTRA = "extra"
UNCONFIRMED = "unconfirmed"
CHUNK = 30000  # characters of JSON in one cell


def digest(edition: Edition) -> str:
    """A mark of the form: its keys and labels. Tells whether a workbook was made from this template."""
    parts = [f"{cell.key}|{cell.row_label}|{cell.column_label}" for cell in edition.cells.values()]
    return hashlib.sha256("\n".join([edition.id, str(edition.template_version), *parts]).encode()).hexdigest()[:16]


def write_meta(draft: Draft, extra: dict[str, Any], unconfirmed: int = 0) -> None:
    """`unconfirmed` is how many findings of a marked-up copy wait in its list for somebody's word, so that the list cannot just go."""
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
    text = json.dumps(extra, ensure_ascii=True, sort_keys=True)
    for number, start in enumerate(range(0, len(text), CHUNK)):
        sheet.write_string(len(entries) + number, 0, EXTRA)
        sheet.write_string(len(entries) + number, 1, text[start : start + CHUNK])
    for key in ("edition", "year"):
        draft.book.set_custom_property(f"xxgk_{key}", str(entries[key]))

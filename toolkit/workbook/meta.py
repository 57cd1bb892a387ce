"""The hidden sheet _meta: which form this is, and what of a report no visible sheet has."""

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
    """A hash of the keys and labels of the form.

    By it is known whether a workbook was made from this template.
    """
    cells = [f"{cell.key}|{cell.row_label}|{cell.column_label}" for cell in edition.cells.values()]
    text = "\n".join([edition.id, str(edition.template_version), *cells])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def trace(text: str) -> str:
    """A short hash of a text of ours, to tell it apart from what people typed.

    Blanks do not count.
    """
    return f"{crc32(normalise(text).encode('utf-8', 'replace')):08x}"


def write_meta(
    draft: Draft, extra: dict[str, Any], unconfirmed: int = 0, listed: Iterable[str] = ()
) -> None:
    """Rows of a key and a value; what is longer than a cell has several rows with its key.

    `unconfirmed` is how many findings of a marked-up copy wait in its list for somebody's word, so
    that the list cannot just be deleted. `listed` are the texts of that list.
    """
    sheet = draft.sheet(META)
    entries = _short_entries(draft)
    if unconfirmed:
        entries[UNCONFIRMED] = unconfirmed
    for row, (key, value) in enumerate(entries.items()):
        sheet.write_string(row, 0, key)
        if isinstance(value, int):
            sheet.write_number(row, 1, value)
        else:
            sheet.write_string(row, 1, value)
    traces = sorted({trace(text) for text in listed})
    pieces = _split_into_pieces(EXTRA, json.dumps(extra, ensure_ascii=True, sort_keys=True))
    pieces += _split_into_pieces(LISTED, " ".join(traces))
    for row, (key, piece) in enumerate(pieces, start=len(entries)):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, piece)
    for key in ("edition", "year"):
        draft.book.set_custom_property(f"xxgk_{key}", str(entries[key]))


def _short_entries(draft: Draft) -> dict[str, str | int]:
    edition, reading = draft.edition, draft.reading
    return {
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


def _split_into_pieces(key: str, text: str) -> list[tuple[str, str]]:
    """A long text as rows of its key and a piece that fits a cell; none for an empty text."""
    starts = range(0, len(text), CHUNK)
    return [(key, text[start : start + CHUNK]) for start in starts]

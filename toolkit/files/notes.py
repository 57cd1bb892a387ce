"""The notes (批注) that people attached to cells.

Where they are broken or hostile there are none; the figures are read all the same.
"""

import posixpath
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from toolkit.files.container import unescape
from toolkit.files.coordinates import row_and_column

MOST_TAGS = 50_000
LONGEST = 5_000  # characters of a note that are kept


def read_notes(parts: Mapping[str, bytes], sheet: str) -> dict[tuple[int, int], str]:
    """The notes of the sheet in that part, by row and column from 1.

    Parts have lower-case names.
    """
    notes: dict[tuple[int, int], str] = {}
    for node in _iterate(parts.get(_find_part(parts, sheet), b"")):
        if _local_name(node) != "comment":
            continue
        text, place = _read_text(node), _read_place(node.get("ref", ""))
        if text and place is not None:
            notes[place] = text[:LONGEST]
    return notes


def _find_part(parts: Mapping[str, bytes], sheet: str) -> str:
    """The name of the part with the notes of a sheet, which has one at most.

    "" where it has none.
    """
    folder, name = posixpath.split(sheet.lstrip("/").lower())
    for node in _iterate(parts.get(f"{folder}/_rels/{name}.rels", b"")):
        if node.get("Type", "").endswith("/comments"):
            target = node.get("Target", "").replace("\\", "/").lower()
            if target.startswith("/"):
                return target.lstrip("/")
            return posixpath.normpath(posixpath.join(folder, target))
    return ""


def _iterate(body: bytes) -> Iterator[Element]:
    """All elements of a part; none of one that is broken or too long to be notes."""
    if not body or body.count(b"<") > MOST_TAGS:
        return
    try:
        root: Element = fromstring(body)
    except Exception:  # noqa: BLE001 - a broken note is no note
        return
    yield from root.iter()


def _local_name(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _read_text(node: Element) -> str:
    runs = [part.text or "" for part in node.iter() if _local_name(part) == "t"]
    return unescape("".join(runs)).strip()


def _read_place(reference: str) -> tuple[int, int] | None:
    try:
        row, column = row_and_column(reference)
    except ValueError:
        return None
    return row + 1, column + 1

"""The notes (批注) that people attached to cells. Where they are broken or hostile there are none; the figures are read all the same."""

import posixpath
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from toolkit.files.container import unescape
from toolkit.files.coordinates import row_and_column

MOST_TAGS = 50_000
LONGEST = 5_000  # characters of a note that are kept


def read_notes(parts: Mapping[str, bytes], sheet: str) -> dict[tuple[int, int], str]:
    """The notes of the sheet in that part, by row and column from 1. Parts have lower-case names."""
    folder, name = posixpath.split(sheet.lstrip("/").lower())
    found: dict[tuple[int, int], str] = {}
    for target in _targets(parts.get(f"{folder}/_rels/{name}.rels", b""))[
        :1
    ]:  # a sheet has one part of notes
        part = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        root = _parsed(parts.get(part, b""))
        for node in root.iter() if root is not None else ():
            if _tag(node) == "comment" and (text := _text(node)):
                place = _place(node.get("ref", ""))
                if place is not None:
                    found[place] = text[:LONGEST]
    return found


def _targets(rels: bytes) -> list[str]:
    root = _parsed(rels)
    nodes = root.iter() if root is not None else ()
    return [
        node.get("Target", "").replace("\\", "/").lower()
        for node in nodes
        if node.get("Type", "").endswith("/comments")
    ]


def _parsed(body: bytes) -> Element | None:
    if not body or body.count(b"<") > MOST_TAGS:
        return None
    try:
        root: Element = fromstring(body)
    except Exception:  # noqa: BLE001 - a broken note is no note
        return None
    return root


def _tag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _text(node: Element) -> str:
    return unescape("".join(one.text or "" for one in node.iter() if _tag(one) == "t")).strip()


def _place(reference: str) -> tuple[int, int] | None:
    try:
        row, column = row_and_column(reference)
    except ValueError:
        return None
    return row + 1, column + 1

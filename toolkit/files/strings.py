"""The texts of a workbook with what is raised or struck out in them.

Read here and not by openpyxl, which deletes "x005F_" from them and so makes escapes ambiguous.
"""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from toolkit.files.container import unescape
from toolkit.files.marked import Marked, Piece, Typography, mark_text, strongest_typography

_NAMES = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRING, _TEXT, _RUN, _LOOK, _RAISED, _STRUCK = (
    f"{_NAMES}{tag}" for tag in ("si", "t", "r", "rPr", "vertAlign", "strike")
)


def read_shared_strings(source: IO[bytes]) -> Iterator[str | Marked]:
    """The table of strings of a workbook, one after the other."""
    for _, node in iterparse(source):
        if node.tag == _STRING:
            yield read_string(node)
            node.clear()


def read_string(node: Element) -> str | Marked:
    """The text of a string, rich or not, without phonetic guides."""
    pieces: list[Piece] = []
    for child in node:
        text = _find_text(child)
        if text is not None:
            pieces.append((text.text or "", _read_typography(child.find(_LOOK))))
    return mark_text(pieces, unescape) or unescape("".join(text for text, _ in pieces))


def _find_text(child: Element) -> Element | None:
    if child.tag == _TEXT:
        return child
    return child.find(_TEXT) if child.tag == _RUN else None


def _read_typography(look: Element | None) -> Typography | None:
    """How the properties of a run set its text apart."""
    if look is None:
        return None
    struck, raised = look.find(_STRUCK), look.find(_RAISED)
    is_struck = struck is not None and struck.get("val", "1") not in ("0", "false")
    is_raised = raised is not None and raised.get("val") in ("superscript", "subscript")
    return strongest_typography(hidden=False, struck=is_struck, raised=is_raised)

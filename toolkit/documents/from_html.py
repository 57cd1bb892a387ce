"""A web page, or a piece of one -> Document. What stands around the report on its page is marked as outside."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

import lxml.html
from lxml import etree

from toolkit.documents.document import (
    MOST_CELLS,
    Document,
    Line,
    RawCell,
    RawTable,
    flatten,
    number_tables,
)
from toolkit.documents.looks import PageLook
from toolkit.documents.page import AROUND, HIDDEN, LINES, TEXT, squeeze, strip_page
from toolkit.files.decoding import decode_text
from toolkit.files.marked import Piece, Typography, mark_text
from toolkit.files.sniff import Trouble, refusal
from toolkit.finding import Finding, Place

Element: TypeAlias = etree._Element

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
_DEEPEST = 200
_CELLS = re.compile(r"<t[dh]\b", re.IGNORECASE)


def read_html(
    data: bytes, place: Place, charset: str = ""
) -> tuple[Document | None, list[Finding]]:
    """`charset` is what stands around the page, if anything does."""
    return _document(_decoded(data, charset), place)


def _decoded(data: bytes, stated: str) -> str:
    """As stated by the file around the page, or by the page itself; whatever cannot be read is replaced."""
    named = _CHARSET.search(data[:4096])
    charset = stated or (named[1].decode("ascii") if named else "")
    text = decode_text(data, charset)
    return (
        data.decode("utf-8" if charset.lower().startswith("utf") else "gb18030", "replace")
        if text is None
        else text
    )


def _document(text: str, place: Place) -> tuple[Document | None, list[Finding]]:
    if len(_CELLS.findall(text)) > MOST_CELLS:
        return None, [refusal(Trouble.CROWDED, place)]
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text).replace(
        "\0", ""
    )  # lxml refuses text that states an encoding
    try:
        root = lxml.html.document_fromstring(
            text,
            parser=lxml.html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True),
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, [refusal(Trouble.DAMAGED, place)]
    blocks = list(_blocks(root, strip_page(root), 0, PageLook()))
    return Document(number_tables(flatten(blocks))), []


class _Lines:
    """Gathers running text into lines."""

    def __init__(self, outside: bool) -> None:
        self.outside, self._pieces = outside, list[Piece]()

    def add_text(self, text: str | None, mark: Typography | None) -> None:
        self._pieces.append((text or "", mark))

    def take_lines(self) -> Iterator[Line]:
        found = mark_text(self._pieces, squeeze)
        text = (
            found.text
            if found
            else squeeze(
                "".join(text for text, mark in self._pieces if mark in (None, Typography.RAISED))
            )
        )
        self._pieces = []
        if text or found:
            yield Line(text, self.outside, found)


def _blocks(
    node: Element, article: Element | None, depth: int, look: PageLook
) -> Iterator[Line | RawTable]:
    lines = _Lines(outside=article is not None)
    yield from _walk(node, lines, article, depth, look)
    yield from lines.take_lines()


def _walk(
    node: Element, lines: _Lines, article: Element | None, depth: int, look: PageLook
) -> Iterator[Line | RawTable]:
    """Text and tables below a node in order. Once inside the article, nothing is outside any more."""
    was = lines.outside
    if node is article:
        yield from lines.take_lines()
        lines.outside = False
    lines.add_text(node.text, look.typography)
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "table":
            yield from lines.take_lines()
            holds = article is not None and (child is article or article in child.iterdescendants())
            if lines.outside and holds and child is not article:
                for cell in child.iter("td", "th"):
                    if article is cell or article in cell.iterdescendants():
                        yield from _blocks(cell, article, depth + 1, look)
                        break
            elif depth < _DEEPEST:
                outside = lines.outside and child is not article
                inside = look.within(child)
                yield RawTable(
                    [
                        [_cell(cell, own) for cell, own in _cells(row, its)]
                        for row, its in _rows(child, inside)
                    ],
                    outside,
                )
        elif tag == "br":
            yield from lines.take_lines()
        elif tag in (AROUND, HIDDEN):
            lines.add_text(
                child.get(TEXT), Typography.AROUND if tag == AROUND else Typography.HIDDEN
            )
        elif tag:
            is_line = tag in LINES
            if is_line:
                yield from lines.take_lines()
            if depth < _DEEPEST:
                yield from _walk(child, lines, article, depth + 1, look.within(child))
            if is_line:
                yield from lines.take_lines()
        lines.add_text(child.tail, look.typography)
    if node is article:
        yield from lines.take_lines()
        lines.outside = was


def _rows(table: Element, look: PageLook) -> Iterator[tuple[Element, PageLook]]:
    for child in table:
        if child.tag == "tr":
            yield child, look.within(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from ((row, look.within(child).within(row)) for row in child if row.tag == "tr")


def _cells(row: Element, look: PageLook) -> Iterator[tuple[Element, PageLook]]:
    return ((cell, look.within(cell)) for cell in row if cell.tag in ("td", "th"))


def _cell(node: Element, look: PageLook) -> RawCell:
    blocks = [
        replace(block, outside=False) if isinstance(block, Line) else block
        for block in _blocks(node, None, 0, look)
    ]
    return RawCell(blocks, _span(node, "rowspan"), _span(node, "colspan"))


def _span(node: Element, name: str) -> int:
    found = re.match(r"\s*(\d{1,4})", str(node.get(name, "")))
    return int(found[1]) if found and int(found[1]) else 1

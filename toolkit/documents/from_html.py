"""A web page, or a piece of one -> Document.

What is around the report on its page is marked as outside.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from toolkit.documents.formats import Opening, Source
from toolkit.documents.looks import PageLook
from toolkit.documents.page import AROUND, HIDDEN, LINES, TEXT, squeeze, strip_page
from toolkit.files.decoding import decode_text
from toolkit.files.marked import Piece, Typography, mark_text
from toolkit.files.sniff import Trouble, refusal
from toolkit.finding import Place

Element: TypeAlias = etree._Element

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_DEEPEST = 200  # elements within each other
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_SPAN = re.compile(r"\s*(\d{1,4})")


def read_html(data: bytes, source: Source) -> Opening:
    return read_page(data, source.place)


def read_page(data: bytes, place: Place, charset: str = "") -> Opening:
    """The document of a page; `charset` is what the file around the page states, if anything."""
    text = _decode_page(data, charset)
    if len(_CELL.findall(text)) > MOST_CELLS:
        return Opening(None, [refusal(Trouble.CROWDED, place)])
    # lxml refuses text that states an encoding.
    text = _DECLARATION.sub("", text).replace("\0", "")
    parser = lxml.html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Opening(None, [refusal(Trouble.DAMAGED, place)])
    article = strip_page(root)
    blocks = list(_read_blocks(root, _Around(article, 0, PageLook())))
    return Opening(Document(number_tables(flatten(blocks))))


def _decode_page(data: bytes, stated: str) -> str:
    """The text, as stated by the file around the page or by the page itself.

    What cannot be read is replaced.
    """
    named = _CHARSET.search(data[:4096])
    charset = stated
    if not stated and named:
        charset = named[1].decode("ascii")
    text = decode_text(data, charset)
    if text is not None:
        return text
    return data.decode("utf-8" if charset.lower().startswith("utf") else "gb18030", "replace")


@dataclass(frozen=True)
class _Around:
    """What is known of an element from those around it.

    The article of the page, if any; how deep it is; and how its text looks.
    """

    article: Element | None
    depth: int
    look: PageLook

    def step_into(self, node: Element) -> "_Around":
        return replace(self, depth=self.depth + 1, look=self.look.within(node))


class _Lines:
    """Gathers running text into lines."""

    def __init__(self, outside: bool) -> None:
        self.outside = outside
        self._pieces: list[Piece] = []

    def add_text(self, text: str | None, typography: Typography | None) -> None:
        self._pieces.append((text or "", typography))

    def take_lines(self) -> Iterator[Line]:
        """The text so far as one line, or nothing if it is blank; the next one begins empty."""
        marked = mark_text(self._pieces, squeeze)
        text = marked.text if marked else squeeze("".join(map(_as_prose, self._pieces)))
        self._pieces = []
        if text or marked:
            yield Line(text, self.outside, marked)


def _as_prose(piece: Piece) -> str:
    text, typography = piece
    return text if typography in (None, Typography.RAISED) else ""


def _read_blocks(node: Element, around: _Around) -> Iterator[Line | RawTable]:
    lines = _Lines(outside=around.article is not None)
    yield from _walk(node, lines, around)
    yield from lines.take_lines()


def _walk(node: Element, lines: _Lines, around: _Around) -> Iterator[Line | RawTable]:
    """Text and tables below a node in order.

    Once inside the article, nothing is outside any more.
    """
    was_outside = lines.outside
    if node is around.article:
        yield from lines.take_lines()
        lines.outside = False
    lines.add_text(node.text, around.look.typography)
    for child in node:
        yield from _walk_child(child, lines, around)
        lines.add_text(child.tail, around.look.typography)
    if node is around.article:
        yield from lines.take_lines()
        lines.outside = was_outside


def _walk_child(child: Element, lines: _Lines, around: _Around) -> Iterator[Line | RawTable]:
    tag = child.tag if isinstance(child.tag, str) else ""
    if tag == "table":
        yield from lines.take_lines()
        yield from _read_table(child, lines.outside, around)
    elif tag == "br":
        yield from lines.take_lines()
    elif tag == AROUND:
        lines.add_text(child.get(TEXT), Typography.AROUND)
    elif tag == HIDDEN:
        lines.add_text(child.get(TEXT), Typography.HIDDEN)
    elif tag in LINES:
        yield from lines.take_lines()
        if around.depth < _DEEPEST:
            yield from _walk(child, lines, around.step_into(child))
        yield from lines.take_lines()
    elif tag and around.depth < _DEEPEST:
        yield from _walk(child, lines, around.step_into(child))


def _read_table(table: Element, is_outside: bool, around: _Around) -> Iterator[Line | RawTable]:
    """A table.

    Of one that lays out the page, with the whole article in one of its cells, the blocks of that
    cell.
    """
    article = around.article
    if is_outside and article is not None and table is not article and _has(table, article):
        for cell in table.iter("td", "th"):
            if cell is article or _has(cell, article):
                yield from _read_blocks(cell, replace(around, depth=around.depth + 1))
                return
    elif around.depth < _DEEPEST:
        rows: list[list[RawCell]] = []
        for row, row_look in _find_rows(table, around.look.within(table)):
            rows.append([_read_cell(cell, look) for cell, look in _find_cells(row, row_look)])
        yield RawTable(rows, is_outside and table is not article)


def _has(node: Element, wanted: Element) -> bool:
    return wanted in node.iterdescendants()


def _find_rows(table: Element, look: PageLook) -> Iterator[tuple[Element, PageLook]]:
    """The rows of a table, not those of tables in it, each with its look."""
    for child in table:
        if child.tag == "tr":
            yield child, look.within(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            below = look.within(child)
            for row in child:
                if row.tag == "tr":
                    yield row, below.within(row)


def _find_cells(row: Element, look: PageLook) -> Iterator[tuple[Element, PageLook]]:
    for cell in row:
        if cell.tag in ("td", "th"):
            yield cell, look.within(cell)


def _read_cell(node: Element, look: PageLook) -> RawCell:
    blocks = list(_read_blocks(node, _Around(None, 0, look)))
    return RawCell(blocks, _read_span(node, "rowspan"), _read_span(node, "colspan"))


def _read_span(node: Element, name: str) -> int:
    """How many rows or columns a cell says that it spans, 1 where it says nothing of use."""
    found = _SPAN.match(str(node.get(name, "")))
    return max(1, int(found[1])) if found else 1

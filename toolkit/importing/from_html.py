"""A web page, or a piece of one -> Document. What stands around the report on its page is marked as outside."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

import lxml.html
from lxml import etree

from toolkit.finding import Finding, Place
from toolkit.importing.decoding import decoded
from toolkit.importing.document import MOST_CELLS, Document, Line, RawCell, RawTable, flatten, numbered
from toolkit.importing.headings import section_head
from toolkit.importing.words import published
from toolkit.reading.sniff import Trouble, refusal

Element: TypeAlias = etree._Element

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LINES = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "center",
        "section",
        "article",
        "main",
        "body",
        "html",
        "blockquote",
        "pre",
        "figure",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "table",
        "caption",
        "hr",
        "address",
        "fieldset",
    ]
)
_DEEPEST = 200
_CELLS = re.compile(r"<t[dh]\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def read_html(data: bytes, place: Place) -> tuple[Document | None, list[Finding]]:
    return _document(_decoded(data), place)


def read_mht(data: bytes, place: Place) -> tuple[Document | None, list[Finding]]:
    """A page saved as one file: its first part with HTML."""
    message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            charset = part.get_content_charset() or ""
            if isinstance(body, bytes):
                return _document(_decoded(body, charset), place)
    return None, [refusal(Trouble.DAMAGED, place)]


def _decoded(data: bytes, stated: str = "") -> str:
    """As stated by the file around the page, or by the page itself; whatever cannot be read is replaced."""
    named = _CHARSET.search(data[:4096])
    charset = stated or (named[1].decode("ascii") if named else "")
    text = decoded(data, charset)
    return data.decode("utf-8" if charset.lower().startswith("utf") else "gb18030", "replace") if text is None else text


def _document(text: str, place: Place) -> tuple[Document | None, list[Finding]]:
    if len(_CELLS.findall(text)) > MOST_CELLS:
        return None, [refusal(Trouble.CROWDED, place)]
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text).replace("\0", "")  # lxml refuses text that states an encoding
    try:
        root = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, [refusal(Trouble.DAMAGED, place)]
    skipped = set(published()["page"]["skip"])
    for node in [node for node in root.iter() if node.tag in skipped and node.tag not in ("html", "body")]:
        if node.getparent() is not None:
            node.drop_tree()
    blocks = list(_blocks(root, _article(root), 0))
    return Document(numbered(flatten(blocks))), []


def _article(root: Element) -> Element | None:
    """The smallest element around all headings of sections; None where there are too few to tell."""
    heads = [node for node in root.iter() if node.tag in _LINES and _is_head(node)]
    if len(heads) < 2:
        return None
    chains = [[*reversed(list(node.iterancestors())), node] for node in heads]
    common = None
    for level in zip(*chains, strict=False):
        if any(node is not level[0] for node in level):
            break
        common = level[0]
    while common is not None and common.tag in ("tr", "tbody", "thead", "tfoot"):
        common = common.getparent()
    return common


def _is_head(node: Element) -> bool:
    if any(child.tag in _LINES for child in node.iterdescendants()):
        return False
    text = _squeezed(node.text_content() if isinstance(node, lxml.html.HtmlElement) else "")
    return len(text) < 60 and section_head(text) is not None


class _Lines:
    """Gathers running text into lines."""

    def __init__(self, outside: bool) -> None:
        self.outside, self._parts = outside, list[str]()

    def add(self, text: str | None) -> None:
        self._parts.append(text or "")

    def take(self) -> Iterator[Line]:
        text = _squeezed("".join(self._parts))
        self._parts = []
        if text:
            yield Line(text, self.outside)


def _squeezed(text: str) -> str:
    """White space as browsers show it; wide and unbreakable blanks are text."""
    return _SPACE.sub(" ", text).strip(" ")


def _blocks(node: Element, article: Element | None, depth: int) -> Iterator[Line | RawTable]:
    lines = _Lines(outside=article is not None)
    yield from _walk(node, lines, article, depth)
    yield from lines.take()


def _walk(node: Element, lines: _Lines, article: Element | None, depth: int) -> Iterator[Line | RawTable]:
    """Text and tables below a node in order. Once inside the article, nothing is outside any more."""
    was = lines.outside
    if node is article:
        yield from lines.take()
        lines.outside = False
    lines.add(node.text)
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "table":
            yield from lines.take()
            holds = article is not None and (child is article or article in child.iterdescendants())
            if lines.outside and holds and child is not article:
                for cell in child.iter("td", "th"):
                    if article is cell or article in cell.iterdescendants():
                        yield from _blocks(cell, article, depth + 1)
                        break
            elif depth < _DEEPEST:
                outside = lines.outside and child is not article
                yield RawTable([list(map(_cell, _cells(row))) for row in _rows(child)], outside)
        elif tag == "br":
            yield from lines.take()
        elif tag:
            is_line = tag in _LINES
            if is_line:
                yield from lines.take()
            if depth < _DEEPEST:
                yield from _walk(child, lines, article, depth + 1)
            if is_line:
                yield from lines.take()
        lines.add(child.tail)
    if node is article:
        yield from lines.take()
        lines.outside = was


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _cell(node: Element) -> RawCell:
    blocks = [replace(block, outside=False) if isinstance(block, Line) else block for block in _blocks(node, None, 0)]
    return RawCell(blocks, _span(node, "rowspan"), _span(node, "colspan"))


def _span(node: Element, name: str) -> int:
    found = re.match(r"\s*(\d{1,4})", str(node.get(name, "")))
    return int(found[1]) if found and int(found[1]) else 1

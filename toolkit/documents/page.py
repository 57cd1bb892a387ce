"""Where the report stands on its page: what is not shown and what only leads around is taken away, but never the report with it."""

import re
from collections.abc import Collection, Iterator
from typing import TypeAlias

from lxml import etree

from toolkit.documents.looks import is_gone
from toolkit.documents.printed_headings import is_title, section_head
from toolkit.documents.printed_labels import is_figure, published_words

Element: TypeAlias = etree._Element

HIDDEN, AROUND, TEXT = (
    "toolkit-hidden",
    "toolkit-around",
    "text",
)  # what stands for an element that was taken away, with its text
_ROWS = frozenset(["table", "tbody", "thead", "tfoot", "tr"])
LINES = _ROWS | frozenset(published_words()["page"]["lines"])
_FILLED = 3  # figures in a table that is not there for its lay-out only
_PROSE, _SENTENCE = (
    100,
    40,
)  # characters, links apart: of a part of a report, of a text that says something
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def squeeze(text: str) -> str:
    """White space as browsers show it; wide and unbreakable blanks are text."""
    return _SPACE.sub(" ", text).strip(" ")


def strip_page(root: Element) -> Element | None:
    """Takes away what is not of the report, and gives the element around the article, where one can be told."""
    words = published_words()["page"]
    for node in _outermost(root, set(words["skip"])):
        _drop(node)
    _without_hidden(root)
    around = _around(root, set(words["around"]))
    article = _article(root, around)
    for node in around:
        if not any(one is article for one in node.iterancestors()) or not _says_something(node):
            _stand_in(node, AROUND)
    return article


def _outermost(root: Element, tags: set[str]) -> list[Element]:
    return [
        node
        for node in root.iter()
        if node.tag in tags and not any(one.tag in tags for one in node.iterancestors())
    ]


def _drop(node: Element) -> None:
    """The element goes, the text behind it stays."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (node.tail or "")
    else:
        parent.text = (parent.text or "") + (node.tail or "")
    parent.remove(node)


def _stand_in(node: Element, tag: str) -> None:
    text = _text(node)
    node.clear(keep_tail=True)
    node.tag = tag
    node.set(TEXT, text)


def _text(node: Element) -> str:
    return squeeze("".join(str(text) for text in node.itertext()))


def _without_hidden(root: Element) -> None:
    """What is not shown is no text. Only where all figures of a page are in there, its scripts are to show them."""
    gone = [
        node
        for node in root.iter()
        if isinstance(node.tag, str) and node.getparent() is not None and is_gone(node)
    ]
    inside = {below for node in gone for below in node.iterdescendants()}
    outer = [node for node in gone if node not in inside and node.tag != "body"]
    shown = any(
        table not in inside and table not in outer and _is_filled(table)
        for table in root.iter("table")
    )
    for node in outer:
        if shown or not any(map(_is_filled, node.iter("table"))):
            _stand_in(node, HIDDEN)


def _is_filled(table: Element) -> bool:
    """Whether a table holds figures itself, not in tables inside of it."""
    cells = (
        cell
        for cell in table.iter("td", "th")
        if next(cell.iterancestors("table")) is table and cell.find(".//table") is None
    )
    return (
        sum(
            1
            for _, cell in zip(
                range(_FILLED), (cell for cell in cells if is_figure(_text(cell))), strict=False
            )
        )
        == _FILLED
    )


def _around(root: Element, tags: set[str]) -> list[Element]:
    """The elements that only lead around. Systems wrap whole pages in a form, and forms that never end hold all that follows."""
    found: dict[Element, None] = {}
    filled = {
        above
        for table in root.iter("table")
        if _is_filled(table)
        for above in table.iterancestors()
    }
    headed = {
        above for leaf in _leaves(root, ()) if _is_head(leaf) for above in leaf.iterancestors()
    }
    for node in [node for node in root.iter() if node.tag in tags]:
        parent = node.getparent()
        if parent is None or any(one in found for one in node.iterancestors()):
            continue
        if parent.tag in _ROWS:  # a form between the rows of a table
            _unwrap(node)
        elif node not in filled and (node not in headed or len(_own_text(node)) < _PROSE):
            found[node] = None
    if any(is_title(_text(node)) for node in _leaves(root, found)):
        return list(found)
    return [
        node
        for node in found
        if not any(is_title(_text(leaf)) for leaf in _leaves(node, ()) if leaf.find(".//a") is None)
    ]


def _unwrap(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        at = parent.index(node)
        for child in reversed(list(node)):
            parent.insert(at, child)
        _drop(node)


def _leaves(root: Element, without: Collection[Element]) -> Iterator[Element]:
    """Elements that are one line, without those of some others."""
    left = {below for one in without for below in one.iter()}
    for node in root.iter():
        is_leaf = (
            node.tag in LINES
            and node not in left
            and not any(child.tag in LINES for child in node.iterdescendants())
        )
        if is_leaf:
            yield node


def _own_text(node: Element) -> str:
    """The text without that of links."""
    return squeeze("".join(map(str, node.xpath(".//text()[not(ancestor::a)]"))))


def _says_something(node: Element) -> bool:
    text = _own_text(node)
    return len(text) >= _SENTENCE or re.search("[。；]", text) is not None


def _article(root: Element, without: Collection[Element]) -> Element | None:
    """The smallest element around all headings of sections; None where there are too few to tell."""
    heads = [node for node in _leaves(root, without) if _is_head(node)]
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


def _is_head(leaf: Element) -> bool:
    text = _text(leaf)
    return len(text) < 60 and section_head(text) is not None

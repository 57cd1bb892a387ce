"""Where the report is on its page.

What is not shown and what only leads around is removed, but never the report with it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from lxml import etree

from toolkit.documents.looks import is_gone
from toolkit.documents.printed_headings import is_title, section_head
from toolkit.documents.printed_labels import is_figure, published_words

Element: TypeAlias = etree._Element

# Tags that stand for an element that was removed, and the attribute with its text.
HIDDEN, AROUND, TEXT = "toolkit-hidden", "toolkit-around", "text"
_ROWS = frozenset(["table", "tbody", "thead", "tfoot", "tr"])
LINES = _ROWS | frozenset(published_words()["page"]["lines"])
_FILLED = 3  # figures in a table that is not there for its lay-out only
_PROSE = 100  # characters of a part of a report, links apart
_SENTENCE = 40  # characters of a text that says something, links apart
_LONGEST_HEAD = 60
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def squeeze(text: str) -> str:
    """White space as browsers show it; wide and unbreakable blanks are text."""
    return _SPACE.sub(" ", text).strip(" ")


def strip_page(root: Element) -> Element | None:
    """Removes what is not of the report, and returns the element around the article.

    None where that is not clear.
    """
    words = published_words()["page"]
    for node in _find_outermost(root, set(words["skip"])):
        _drop(node)
    _remove_hidden(root)
    around = _find_around(root, set(words["around"]))
    article = _find_article(root, around)
    for node in around:
        is_in_article = any(above is article for above in node.iterancestors())
        if not is_in_article or not _says_something(node):
            _replace_by(AROUND, node)
    return article


def _find_outermost(root: Element, tags: set[str]) -> list[Element]:
    """The elements with one of some tags that are not in another such element."""
    return [node for node in root.iter() if node.tag in tags and not _is_below(node, tags)]


def _is_below(node: Element, tags: set[str]) -> bool:
    return any(above.tag in tags for above in node.iterancestors())


def _drop(node: Element) -> None:
    """Removes an element; the text behind it stays."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (node.tail or "")
    else:
        parent.text = (parent.text or "") + (node.tail or "")
    parent.remove(node)


def _replace_by(tag: str, node: Element) -> None:
    """Turns an element into an empty one that keeps its text as an attribute."""
    text = _text_of(node)
    node.clear(keep_tail=True)
    node.tag = tag
    node.set(TEXT, text)


def _text_of(node: Element) -> str:
    return squeeze("".join(str(text) for text in node.itertext()))


def _remove_hidden(root: Element) -> None:
    """What is not shown is no text.

    But where all tables with figures are hidden, the scripts of the page show them.
    """
    hidden = [node for node in root.iter() if _is_hidden(node)]
    below = set(_all_descendants(hidden))
    outermost = [node for node in hidden if node not in below and node.tag != "body"]
    gone = below.union(outermost)
    has_shown_figures = any(table not in gone and _is_filled(table) for table in root.iter("table"))
    for node in outermost:
        if has_shown_figures or not any(map(_is_filled, node.iter("table"))):
            _replace_by(HIDDEN, node)


def _is_hidden(node: Element) -> bool:
    return isinstance(node.tag, str) and node.getparent() is not None and is_gone(node)


def _all_descendants(nodes: Iterable[Element]) -> Iterator[Element]:
    for node in nodes:
        yield from node.iterdescendants()


def _all_ancestors(nodes: Iterable[Element]) -> Iterator[Element]:
    for node in nodes:
        yield from node.iterancestors()


def _is_filled(table: Element) -> bool:
    """Whether a table holds figures of its own, not in tables inside of it."""
    count = 0
    for cell in table.iter("td", "th"):
        if _is_own_cell(cell, table) and is_figure(_text_of(cell)):
            count += 1
            if count == _FILLED:
                return True
    return False


def _is_own_cell(cell: Element, table: Element) -> bool:
    return next(cell.iterancestors("table")) is table and cell.find(".//table") is None


def _find_around(root: Element, tags: set[str]) -> list[Element]:
    """The elements that only lead around the report.

    Systems wrap whole pages in a form, and forms that never end hold all that follows: what has
    figures or headings of the report in it does not lead around.
    """
    around: dict[Element, None] = {}
    filled = set(_all_ancestors(table for table in root.iter("table") if _is_filled(table)))
    headed = set(_all_ancestors(leaf for leaf in _find_leaves(root, ()) if _is_head(leaf)))
    for node in [node for node in root.iter() if node.tag in tags]:
        parent = node.getparent()
        if parent is None or any(above in around for above in node.iterancestors()):
            continue
        if parent.tag in _ROWS:  # a form between the rows of a table
            _unwrap(node)
        elif node not in filled and (node not in headed or len(_own_text(node)) < _PROSE):
            around[node] = None
    if any(is_title(_text_of(leaf)) for leaf in _find_leaves(root, around)):
        return list(around)
    return [node for node in around if not _has_title(node)]


def _has_title(node: Element) -> bool:
    """Whether one of the lines of an element is a title and no link."""
    leaves = [leaf for leaf in _find_leaves(node, ()) if leaf.find(".//a") is None]
    return any(is_title(_text_of(leaf)) for leaf in leaves)


def _unwrap(node: Element) -> None:
    """Puts the children of an element in its place."""
    parent = node.getparent()
    if parent is not None:
        at = parent.index(node)
        for child in reversed(list(node)):
            parent.insert(at, child)
        _drop(node)


def _find_leaves(root: Element, without: Collection[Element]) -> Iterator[Element]:
    """Elements that are one line, except for those in some others."""
    left = {*without, *_all_descendants(without)}
    for node in root.iter():
        if node.tag in LINES and node not in left and not _has_lines(node):
            yield node


def _has_lines(node: Element) -> bool:
    return any(child.tag in LINES for child in node.iterdescendants())


def _own_text(node: Element) -> str:
    """The text without that of links."""
    return squeeze("".join(map(str, node.xpath(".//text()[not(ancestor::a)]"))))


def _says_something(node: Element) -> bool:
    text = _own_text(node)
    return len(text) >= _SENTENCE or re.search("[。；]", text) is not None


def _find_article(root: Element, without: Collection[Element]) -> Element | None:
    """The smallest element around all headings of sections; None where there are fewer than two."""
    heads = [leaf for leaf in _find_leaves(root, without) if _is_head(leaf)]
    if len(heads) < 2:
        return None
    chains = [[*reversed(list(head.iterancestors())), head] for head in heads]
    common = None
    for level in zip(*chains, strict=False):
        if any(node is not level[0] for node in level):
            break
        common = level[0]
    while common is not None and common.tag in ("tr", "tbody", "thead", "tfoot"):
        common = common.getparent()
    return common


def _is_head(leaf: Element) -> bool:
    text = _text_of(leaf)
    return len(text) < _LONGEST_HEAD and section_head(text) is not None

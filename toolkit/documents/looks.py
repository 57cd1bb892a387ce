"""What readers of a web page see of its text: raised, struck out or not at all.

Known is only what elements say of themselves, not what style sheets say of them.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from toolkit.files.marked import Typography, strongest_typography

Element: TypeAlias = etree._Element

_STRUCK, _RAISED = frozenset(["s", "del", "strike"]), frozenset(["sup", "sub"])
_CELLS = frozenset(["td", "th", "tr"])  # where vertical-align is about the box, not about the text
_NOTE = re.compile(r"\bMso(?:Foot|End)noteReference\b")
_RELATIVE = re.compile(r"[\d.]+(?:em|%)|inherit|smaller|larger")
_NO_SIZE = re.compile(r"0+(?:\.0*)?(?:px|pt|em|rem|%)?")


@dataclass(frozen=True)
class PageLook:
    """How text looks below an element.

    Elements below may state size and visibility again; a line through text stays.
    """

    raised: bool = False
    struck: bool = False
    unseen: bool = False
    sizeless: bool = False

    @property
    def typography(self) -> Typography | None:
        is_hidden = self.unseen or self.sizeless
        return strongest_typography(hidden=is_hidden, struck=self.struck, raised=self.raised)

    def within(self, node: Element) -> "PageLook":
        """The look as changed by an element."""
        style = _read_style(node)
        return PageLook(
            raised=self._is_raised(node, style),
            struck=self.struck or _strikes(node, style),
            unseen=self._is_unseen(style),
            sizeless=self._is_sizeless(style),
        )

    def _is_raised(self, node: Element, style: dict[str, str]) -> bool:
        align = style.get("vertical-align", "")
        if align == "baseline":
            return False
        if align in ("super", "sub") and node.tag not in _CELLS:
            return True
        if node.tag in _RAISED and not align:
            return True
        return self.raised or _NOTE.search(str(node.get("class", ""))) is not None

    def _is_unseen(self, style: dict[str, str]) -> bool:
        visibility = style.get("visibility")
        return visibility in ("hidden", "collapse") if visibility else self.unseen

    def _is_sizeless(self, style: dict[str, str]) -> bool:
        size = style.get("font-size")
        if not size:
            return self.sizeless
        if _NO_SIZE.fullmatch(size):
            return True
        return self.sizeless and _RELATIVE.fullmatch(size) is not None


def _strikes(node: Element, style: dict[str, str]) -> bool:
    lines = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    return node.tag in _STRUCK or "line-through" in lines


def is_gone(node: Element) -> bool:
    """Whether an element is not shown, nor anything in it."""
    style = _read_style(node)
    return (
        style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or node.get("hidden") is not None
    )


def _read_style(node: Element) -> dict[str, str]:
    return _parse_style(str(node.get("style", "")))


@lru_cache(maxsize=4096)
def _parse_style(text: str) -> dict[str, str]:
    """The properties of a style attribute in lower case: `Color: RED` is `{"color": "red"}`."""
    if ":" not in text:
        return {}
    properties: dict[str, str] = {}
    for declaration in text.lower().split(";"):
        name, _, value = declaration.partition(":")
        properties[name.strip()] = value.replace("!important", "").strip()
    return properties

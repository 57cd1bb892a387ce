"""What readers of a web page see of its text: raised, struck out or not at all. Only what elements say of themselves is known."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from toolkit.files.marked import Typography, strongest_typography

Element: TypeAlias = etree._Element

_STRUCK, _RAISED = frozenset(["s", "del", "strike"]), frozenset(["sup", "sub"])
_CELLS = frozenset(["td", "th", "tr"])  # where vertical-align is said of the box, not of the text
_NOTE = re.compile(r"\bMso(?:Foot|End)noteReference\b")
_RELATIVE = re.compile(r"[\d.]+(?:em|%)|inherit|smaller|larger")
_NO_SIZE = re.compile(r"0+(?:\.0*)?(?:px|pt|em|rem|%)?")


@dataclass(frozen=True)
class PageLook:
    """How text looks below an element. A size or visibility is said anew further down, a line through it cannot be taken away."""

    raised: bool = False
    struck: bool = False
    unseen: bool = False
    sizeless: bool = False

    @property
    def typography(self) -> Typography | None:
        return strongest_typography(
            hidden=self.unseen or self.sizeless, struck=self.struck, raised=self.raised
        )

    def within(self, node: Element) -> "PageLook":
        style, tag = _style(str(node.get("style", ""))), node.tag
        look = self
        if tag in _STRUCK or "line-through" in style.get("text-decoration", "") + style.get(
            "text-decoration-line", ""
        ):
            look = replace(look, struck=True)
        align = style.get("vertical-align", "")
        if (
            (align in ("super", "sub") and tag not in _CELLS)
            or (tag in _RAISED and not align)
            or _NOTE.search(str(node.get("class", "")))
        ):
            look = replace(look, raised=True)
        if align == "baseline":
            look = replace(look, raised=False)
        if visibility := style.get("visibility"):
            look = replace(look, unseen=visibility in ("hidden", "collapse"))
        if size := style.get("font-size"):
            look = replace(
                look,
                sizeless=_NO_SIZE.fullmatch(size) is not None
                or (look.sizeless and _RELATIVE.fullmatch(size) is not None),
            )
        return look


def is_gone(node: Element) -> bool:
    """Whether an element is not shown with anything in it."""
    style = _style(str(node.get("style", "")))
    return (
        style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or node.get("hidden") is not None
    )


@lru_cache(maxsize=4096)
def _style(text: str) -> dict[str, str]:
    if ":" not in text:
        return {}
    stated = (one.partition(":") for one in text.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in stated}

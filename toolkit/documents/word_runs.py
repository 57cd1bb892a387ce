"""The runs of a Word document: which are set apart, and what their symbols are.

They are raised, struck out or hidden by their own properties or by their styles.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from lxml import etree

from toolkit.files.marked import Typography, strongest_typography

Element: TypeAlias = etree._Element

UNKNOWN = "□"  # a symbol that is not known: seen as one, so that no figure is read without it
_DEEPEST = 10  # styles based on each other
_OFF = ("0", "false", "off", "none")
# Fonts that show pictures in the places of letters and digits.
_PICTURES = ("wingdings", "webdings", "marlett", "monotype sorts")
_PRIVATE = range(0xE000, 0xF8FF + 1)  # code points to which fonts give a meaning of their own
_SYMBOL_ASCII = range(0xF020, 0xF07E + 1)  # those at which fonts of symbols have their ASCII
_TO_ASCII = 0xF000


def parse_part(part: bytes) -> Element:
    """The root of a part; etree.XMLSyntaxError for what is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return etree.fromstring(part, parser)


def local_name(node: Element) -> str:
    """The local name; "" for comments and the like.

    Strict and transitional documents differ in name spaces only.
    """
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def xml_attribute(node: Element | None, name: str) -> str:
    """An attribute by its local name, "" where there is none."""
    if node is None:
        return ""
    for key, value in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def child_of(node: Element | None, name: str) -> Element | None:
    """The first child of that local name."""
    if node is None:
        return None
    return next((child for child in node if local_name(child) == name), None)


@dataclass(frozen=True)
class RunLook:
    """How the text of a run looks."""

    raised: bool = False
    struck: bool = False
    twice_struck: bool = False
    hidden: bool = False

    @property
    def run_typography(self) -> Typography | None:
        is_struck = self.struck or self.twice_struck
        return strongest_typography(hidden=self.hidden, struck=is_struck, raised=self.raised)

    def under(self, properties: Element | None) -> "RunLook":
        """The look as changed by the properties of a run or style; what they do not name stays."""
        if properties is None:
            return self
        look = self
        for node in properties:
            name = local_name(node)
            value = xml_attribute(node, "val").lower()
            if name == "vertAlign":
                look = replace(look, raised=value in ("superscript", "subscript"))
            elif name == "strike":
                look = replace(look, struck=value not in _OFF)
            elif name == "dstrike":
                look = replace(look, twice_struck=value not in _OFF)
            elif name == "vanish":
                look = replace(look, hidden=value not in _OFF)
        return look


@dataclass(frozen=True)
class RunStyles:
    """The styles of a document by their ids."""

    nodes: Mapping[str, Element]

    def of_paragraph(self, paragraph: Element) -> RunLook:
        style = child_of(child_of(paragraph, "pPr"), "pStyle")
        return self._apply_style(RunLook(), xml_attribute(style, "val"))

    def of_run(self, run: Element, look: RunLook) -> RunLook:
        properties = child_of(run, "rPr")
        style = xml_attribute(child_of(properties, "rStyle"), "val")
        return self._apply_style(look, style).under(properties)

    def _apply_style(self, look: RunLook, name: str) -> RunLook:
        """The look as changed by a style, after those that it is based on."""
        chain: list[Element] = []
        while name in self.nodes and len(chain) < _DEEPEST:
            chain.append(self.nodes[name])
            name = xml_attribute(child_of(chain[-1], "basedOn"), "val")
        for style in reversed(chain):
            look = look.under(child_of(style, "rPr"))
        return look


def read_styles(part: bytes) -> RunStyles:
    """The styles of that part, none where it is missing or broken.

    Then runs look as they say themselves.
    """
    if not part:
        return RunStyles({})
    try:
        root = parse_part(part)
    except etree.XMLSyntaxError:
        return RunStyles({})
    styles: dict[str, Element] = {}
    for node in root:
        if local_name(node) == "style":
            styles[xml_attribute(node, "styleId")] = node
    return RunStyles(styles)


def read_symbol(node: Element) -> str:
    """A character given by its place in a font, `UNKNOWN` where that does not say which it is.

    Fonts of symbols have digits and punctuation where ASCII has them, but Greek letters where ASCII
    has Latin ones.
    """
    try:
        code = int(xml_attribute(node, "char"), 16)
    except ValueError:
        return UNKNOWN
    if xml_attribute(node, "font").lower().startswith(_PICTURES):
        return UNKNOWN
    if code in _SYMBOL_ASCII and not chr(code - _TO_ASCII).isalpha():
        return chr(code - _TO_ASCII)
    if code in _PRIVATE or code > sys.maxunicode or not chr(code).isprintable():
        return UNKNOWN
    return chr(code)

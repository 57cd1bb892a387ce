"""The runs of a Word document: which are raised, struck out or hidden, by themselves or by their styles, and what their symbols are."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from lxml import etree

from toolkit.files.marked import Typography, strongest_typography

Element: TypeAlias = etree._Element

UNKNOWN = "□"  # a symbol that cannot be told: seen as one, so that no figure is read without it
_DEEPEST = 10  # styles based on each other
_OFF = ("0", "false", "off", "none")
_PICTURES = (
    "wingdings",
    "webdings",
    "marlett",
    "monotype sorts",
)  # fonts that show pictures in the places of letters and digits


def local_name(node: Element) -> str:
    """The local name; "" for comments and the like. Strict and transitional documents differ in name spaces only."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def xml_attribute(node: Element | None, name: str) -> str:
    if node is None:
        return ""
    return next(
        (str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name),
        "",
    )


def child_of(node: Element | None, name: str) -> Element | None:
    return (
        next((child for child in node if local_name(child) == name), None)
        if node is not None
        else None
    )


@dataclass(frozen=True)
class RunLook:
    raised: bool = False
    struck: bool = False
    twice_struck: bool = False
    hidden: bool = False

    @property
    def run_typography(self) -> Typography | None:
        return strongest_typography(
            hidden=self.hidden, struck=self.struck or self.twice_struck, raised=self.raised
        )

    def under(self, properties: Element | None) -> "RunLook":
        """As changed by the properties of a run or style; what they do not name stays."""
        look = self
        for one in properties if properties is not None else ():
            name, value = local_name(one), xml_attribute(one, "val").lower()
            if name == "vertAlign":
                look = replace(look, raised=value in ("superscript", "subscript"))
            elif name in ("strike", "dstrike", "vanish"):
                field = {"strike": "struck", "dstrike": "twice_struck", "vanish": "hidden"}[name]
                look = replace(look, **{field: value not in _OFF})
        return look


@dataclass(frozen=True)
class RunStyles:
    """The styles of a document by their ids."""

    nodes: Mapping[str, Element]

    def of_paragraph(self, paragraph: Element) -> RunLook:
        return self._styled(
            RunLook(), xml_attribute(child_of(child_of(paragraph, "pPr"), "pStyle"), "val")
        )

    def of_run(self, run: Element, look: RunLook) -> RunLook:
        properties = child_of(run, "rPr")
        return self._styled(look, xml_attribute(child_of(properties, "rStyle"), "val")).under(
            properties
        )

    def _styled(self, look: RunLook, name: str) -> RunLook:
        chain: list[Element] = []
        while name in self.nodes and len(chain) < _DEEPEST:
            chain.append(self.nodes[name])
            name = xml_attribute(child_of(chain[-1], "basedOn"), "val")
        for style in reversed(chain):
            look = look.under(child_of(style, "rPr"))
        return look


def read_styles(part: bytes) -> RunStyles:
    """None of them where the part is broken: then runs look as they say themselves."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(part, parser) if part else None
    except etree.XMLSyntaxError:
        root = None
    nodes = [node for node in root if local_name(node) == "style"] if root is not None else []
    return RunStyles({xml_attribute(node, "styleId"): node for node in nodes})


def read_symbol(node: Element) -> str:
    """A character given by its place in a font. Fonts of symbols have digits and marks where ASCII has them, letters are Greek."""
    try:
        code = int(xml_attribute(node, "char"), 16)
    except ValueError:
        return UNKNOWN
    is_pictures = xml_attribute(node, "font").lower().startswith(_PICTURES)
    is_private = 0xE000 <= code <= 0xF8FF
    if (
        is_private
        and 0xF020 <= code <= 0xF07E
        and not is_pictures
        and not chr(code - 0xF000).isalpha()
    ):
        return chr(code - 0xF000)
    is_usual = not is_private and not is_pictures and code <= sys.maxunicode
    return chr(code) if is_usual and chr(code).isprintable() else UNKNOWN

"""A Word document -> Document, from the XML of its main part: paragraphs and tables in order, nested ones included.

Not by python-docx: files come from strangers, so they are unpacked within bounds first, and merged cells must be told from equal ones.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lxml import etree

from toolkit.documents.document import Document, Line, RawCell, RawTable, flatten, number_tables
from toolkit.documents.word_runs import RunLook, RunStyles, read_styles, read_symbol
from toolkit.documents.word_runs import child_of as _child
from toolkit.documents.word_runs import local_name as _name
from toolkit.documents.word_runs import xml_attribute as _get
from toolkit.files.container import read_parts
from toolkit.files.marked import Piece, mark_text
from toolkit.files.sniff import Trouble, refusal
from toolkit.finding import Finding, Place

Element: TypeAlias = etree._Element

_MAIN, _STYLES = r"word/document\d*\.xml", "word/styles.xml"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_SKIPPED = {
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "Fallback",
    "pict",
    "drawing",
    "object",
    "txbxContent",
    "rPr",
    "pPr",
    "footnotePr",
}


def read_docx(data: bytes, place: Place) -> tuple[Document | None, list[Finding]]:
    parts, findings = read_parts(data, place, f"{_MAIN}|{_STYLES}")
    styles = read_styles(parts.pop(_STYLES, b""))
    if not parts:
        return None, findings or [refusal(Trouble.DAMAGED, place)]
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(next(iter(parts.values())), parser)
    except etree.XMLSyntaxError:
        return None, [refusal(Trouble.DAMAGED, place)]
    body = next((node for node in root.iter() if _name(node) == "body"), root)
    return Document(number_tables(flatten(_blocks(body, styles)))), []


def _blocks(node: Element, styles: RunStyles) -> Iterator[Line | RawTable]:
    """Paragraphs and tables below a body or cell, through the wrappers of content controls and tracked insertions."""
    for child in node:
        name = _name(child)
        if name == "p":
            yield from _lines(_pieces(child, styles.of_paragraph(child), styles))
            for box in _boxes(child):
                yield from _blocks(box, styles)
        elif name == "tbl":
            yield RawTable(_rows(child, styles))
        elif name not in _SKIPPED and not name.endswith("Pr"):
            yield from _blocks(child, styles)


def _lines(pieces: Iterable[Piece]) -> Iterator[Line]:
    """The lines of a paragraph: breaks part it whatever they look like."""
    lines: list[list[Piece]] = [[]]
    for text, mark in pieces:
        first, *others = text.split("\n")
        lines[-1].append((first, mark))
        lines += [[(one, mark)] for one in others]
    for line in lines:
        found = mark_text(line)
        yield Line(found.text if found else "".join(text for text, _ in line), marked=found)


def _pieces(node: Element, look: RunLook, styles: RunStyles) -> Iterator[Piece]:
    for child in node:
        name = _name(child)
        if name == "t":
            yield child.text or "", look.run_typography
        elif name == "sym":
            yield read_symbol(child), look.run_typography
        elif name in _BREAKS:
            yield (
                "" if name == "br" and _get(child, "type") in ("page", "column") else _BREAKS[name],
                look.run_typography,
            )
        elif name not in _SKIPPED:
            yield from _pieces(child, styles.of_run(child, look) if name == "r" else look, styles)


def _boxes(node: Element) -> Iterator[Element]:
    """Text boxes anchored in a paragraph, not those inside of them; what is given again for old programs is left out."""
    for child in node:
        name = _name(child)
        if name == "txbxContent":
            yield child
        elif name != "Fallback":
            yield from _boxes(child)


def _rows(table: Element, styles: RunStyles) -> list[list[RawCell]]:
    """Rows of cells, vertically combined ones joined to the cell in which they begin."""
    rows: list[list[RawCell]] = []
    open_at: dict[int, RawCell] = {}  # grid column -> the cell that a merge goes on from
    for row in _found(table, "tr"):
        cells: list[RawCell] = []
        before = _get(_child(_child(row, "trPr"), "gridBefore"), "val")
        column = int(before) if before.isdecimal() else 0
        if column:
            cells.append(RawCell([], 1, column))
        going_on: dict[int, RawCell] = {}
        for node in _found(row, "tc"):
            properties = _child(node, "tcPr")
            span = _get(_child(properties, "gridSpan"), "val")
            width = int(span) if span.isdecimal() and len(span) < 4 else 1
            merge = _child(properties, "vMerge")
            is_rest = merge is not None and _get(merge, "val") != "restart" and column in open_at
            if is_rest:
                cell = open_at[column]
                cell.height += 1
                cell.blocks += [
                    block
                    for block in _blocks(node, styles)
                    if not isinstance(block, Line) or block.text.strip() or block.marked
                ]
            else:
                cell = RawCell(list(_blocks(node, styles)), 1, width)
                cells.append(cell)
            if merge is not None:
                going_on[column] = cell
            column += width
        open_at = going_on
        rows.append(cells)
    return rows


def _found(node: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also inside content controls, not those of inner tables."""
    for child in node:
        name = _name(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _found(child, wanted)

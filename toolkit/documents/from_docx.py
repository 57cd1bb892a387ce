"""A Word document -> Document, from the XML of its main part.

Paragraphs and tables come in order, nested ones included.

Not by python-docx: files come from strangers, so they are unpacked within bounds first, and merged
cells must be told from equal ones.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lxml import etree

from toolkit.documents.document import (
    Document,
    Line,
    RawCell,
    RawTable,
    flatten,
    number_tables,
)
from toolkit.documents.formats import Opening, Source
from toolkit.documents.word_runs import (
    RunLook,
    RunStyles,
    child_of,
    local_name,
    parse_part,
    read_styles,
    read_symbol,
    xml_attribute,
)
from toolkit.files.container import read_parts
from toolkit.files.marked import Piece, mark_text
from toolkit.files.sniff import Trouble, refusal

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
_WRAPPERS = ("sdt", "sdtContent", "ins", "customXml", "smartTag")  # of rows and cells


def read_docx(data: bytes, source: Source) -> Opening:
    parts, findings = read_parts(data, source.place, f"{_MAIN}|{_STYLES}")
    styles = read_styles(parts.pop(_STYLES, b""))
    if not parts:
        return Opening(None, findings or [refusal(Trouble.DAMAGED, source.place)])
    main_part = next(iter(parts.values()))
    try:
        root = parse_part(main_part)
    except etree.XMLSyntaxError:
        return Opening(None, [refusal(Trouble.DAMAGED, source.place)])
    body = next((node for node in root.iter() if local_name(node) == "body"), root)
    return Opening(Document(number_tables(flatten(_read_blocks(body, styles)))))


def _read_blocks(node: Element, styles: RunStyles) -> Iterator[Line | RawTable]:
    """Paragraphs and tables below a body or cell.

    They may be in wrappers of content controls and tracked insertions.
    """
    for child in node:
        name = local_name(child)
        if name == "p":
            yield from _split_lines(_read_pieces(child, styles.of_paragraph(child), styles))
            for box in _find_boxes(child):
                yield from _read_blocks(box, styles)
        elif name == "tbl":
            yield RawTable(_read_rows(child, styles))
        elif name not in _SKIPPED and not name.endswith("Pr"):
            yield from _read_blocks(child, styles)


def _split_lines(pieces: Iterable[Piece]) -> Iterator[Line]:
    """The lines of a paragraph, split at its breaks.

    The typography of each piece goes with its text.
    """
    lines: list[list[Piece]] = [[]]
    for text, typography in pieces:
        first, *others = text.split("\n")
        lines[-1].append((first, typography))
        lines += [[(other, typography)] for other in others]
    for line in lines:
        marked = mark_text(line)
        yield Line(marked.text if marked else "".join(text for text, _ in line), marked=marked)


def _read_pieces(node: Element, look: RunLook, styles: RunStyles) -> Iterator[Piece]:
    """The text below a paragraph or run, piece by piece, each with how it looks."""
    for child in node:
        name = local_name(child)
        if name == "t":
            yield child.text or "", look.run_typography
        elif name == "sym":
            yield read_symbol(child), look.run_typography
        elif name == "br" and xml_attribute(child, "type") in ("page", "column"):
            yield "", look.run_typography
        elif name in _BREAKS:
            yield _BREAKS[name], look.run_typography
        elif name == "r":
            yield from _read_pieces(child, styles.of_run(child, look), styles)
        elif name not in _SKIPPED:
            yield from _read_pieces(child, look, styles)


def _find_boxes(node: Element) -> Iterator[Element]:
    """Text boxes anchored in a paragraph, not those in other boxes.

    The copies of them for old programs are omitted.
    """
    for child in node:
        name = local_name(child)
        if name == "txbxContent":
            yield child
        elif name != "Fallback":
            yield from _find_boxes(child)


def _read_rows(table: Element, styles: RunStyles) -> list[list[RawCell]]:
    """Rows of cells; vertically merged ones are one cell, in the row in which it begins."""
    rows: list[list[RawCell]] = []
    open_at: dict[int, RawCell] = {}  # grid column -> the merged cell that may go on below
    for row in _find_nodes(table, "tr"):
        cells, open_at = _read_row(row, open_at, styles)
        rows.append(cells)
    return rows


def _read_row(
    row: Element, open_above: dict[int, RawCell], styles: RunStyles
) -> tuple[list[RawCell], dict[int, RawCell]]:
    """The cells that begin in a row, and by grid column the merged ones that may go on in the next.

    Those above grow.
    """
    cells: list[RawCell] = []
    column = _read_number(child_of(child_of(row, "trPr"), "gridBefore"), default=0)
    if column:
        cells.append(RawCell([], 1, column))
    open_here: dict[int, RawCell] = {}
    for node in _find_nodes(row, "tc"):
        properties = child_of(node, "tcPr")
        merge = child_of(properties, "vMerge")
        goes_on = merge is not None and xml_attribute(merge, "val") != "restart"
        if goes_on and column in open_above:
            cell = open_above[column]
            cell.height += 1
            cell.blocks += [block for block in _read_blocks(node, styles) if _says_anything(block)]
        else:
            cell = RawCell(list(_read_blocks(node, styles)), 1, _read_width(properties))
            cells.append(cell)
        if merge is not None:
            open_here[column] = cell
        column += _read_width(properties)
    return cells, open_here


def _says_anything(block: Line | RawTable) -> bool:
    return isinstance(block, RawTable) or bool(block.text.strip() or block.marked)


def _read_width(properties: Element | None) -> int:
    """How many grid columns a cell says that it spans, 1 where the number is absurd."""
    span = child_of(properties, "gridSpan")
    return 1 if len(xml_attribute(span, "val")) > 3 else _read_number(span, default=1)


def _read_number(node: Element | None, *, default: int) -> int:
    value = xml_attribute(node, "val")
    return int(value) if value.isdecimal() else default


def _find_nodes(node: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, not those of inner tables.

    They may be inside content controls.
    """
    for child in node:
        name = local_name(child)
        if name == wanted:
            yield child
        elif name in _WRAPPERS:
            yield from _find_nodes(child, wanted)

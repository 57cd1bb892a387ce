"""The neutral document between narrative.py, which composes it, and the writers of one file
format each.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.edition.frame import Frame, FrameCell

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def drop_invalid_characters(text: str) -> str:
    """Without the characters that neither XML nor HTML can hold."""
    return _NOT_XML.sub("", text)


@dataclass(frozen=True)
class Heading:
    """Level 1 is a section of the report, level 2 a part of its prose."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """One paragraph of prose, without a line break."""

    text: str


@dataclass(frozen=True)
class TableBlock:
    """An official table: its geometry, and what is printed for each cell key."""

    frame: Frame
    texts: Mapping[str, str]

    def cell_text(self, cell: FrameCell) -> str:
        """What is printed in a cell: a label of the form, or the text of its figure."""
        return self.texts.get(cell.key, "") if cell.key else cell.text

    def row_texts(self) -> list[list[str]]:
        """What every grid position shows; a merged cell repeats its text."""
        return [list(map(self.cell_text, row)) for row in self.frame.grid()]


@dataclass(frozen=True)
class Signature:
    """Unit and date at the end.

    The date is that of the sign-off; without one a document not yet final leaves it to be written
    in.
    """

    unit: str
    date: str = ""


Block: TypeAlias = Heading | Text | TableBlock | Signature


@dataclass(frozen=True)
class ReportDocument:
    """A report.

    `title` is (unit, name of the report): two lines, so that the title never breaks inside a
    word.
    """

    title: tuple[str, str]
    blocks: tuple[Block, ...]


def export_text(document: ReportDocument) -> str:
    """The document as plain text: a line per paragraph, a line per table row with tabs between
    the cells.
    """
    lines = [line for line in document.title if line]
    for block in document.blocks:
        if isinstance(block, TableBlock):
            lines += [_row_line(block, row) for row in range(block.frame.rows)]
        elif isinstance(block, Signature):
            lines += filter(None, (block.unit, block.date))
        else:
            lines.append(block.text)
    return "\n".join(lines) + "\n"


def _row_line(table: TableBlock, row: int) -> str:
    """Cells that begin in this row or reach into it from above, the latter empty."""
    cells = dict.fromkeys(table.frame.grid()[row])
    return "\t".join(table.cell_text(cell) if cell.row == row else "" for cell in cells)

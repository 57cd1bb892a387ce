"""Plain text -> Document.

Exported from a word processor (one cell a line, tabs between), or pasted (one row a line).
"""

import re
from collections.abc import Iterator

from toolkit.documents.document import Block, Document, Grid, GridCell, Line, number_tables
from toolkit.documents.formats import Opening, Source
from toolkit.files.decoding import decode_text
from toolkit.files.sniff import Trouble, refusal

_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]*\]")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c]")


def read_text(data: bytes, source: Source) -> Opening:
    """Text in an unknown encoding is refused as damaged."""
    text = decode_text(data)
    if text is None:
        return Opening(None, [refusal(Trouble.DAMAGED, source.place)])
    return Opening(Document(number_tables(_split_blocks(_BREAK.split(text)))))


def _split_blocks(lines: list[str]) -> Iterator[Block]:
    """A cell begins with a tab and goes on over the lines without one; a blank line ends its row.

    Other text ends the table.

    A line with a tab between two texts is a whole row, as pasted from a spreadsheet.
    """
    rows: list[list[str]] = []
    row: list[str] = []
    for raw in lines:
        line = _BOOKMARK.sub("", raw)
        is_whole_row = "\t" in line.lstrip("\t ")
        is_blank = not line.strip(" \t")
        is_cell = line.startswith("\t") and not is_whole_row
        if row and (is_whole_row or (is_blank and not is_cell)):
            rows.append(row)
            row = []
        if is_whole_row:
            rows.append(line.split("\t"))
        elif is_cell:
            row.append(line[1:])
        elif is_blank:
            continue
        elif row:
            row[-1] += "\n" + line
        else:
            yield from _make_grid(rows)
            rows = []
            yield Line(line)
    if row:
        rows.append(row)
    yield from _make_grid(rows)


def _make_grid(rows: list[list[str]]) -> Iterator[Grid]:
    """The table of some rows, none if there are none."""
    cells: list[GridCell] = []
    for index, row in enumerate(rows):
        cells += [GridCell(text.strip(" \t"), index, column) for column, text in enumerate(row)]
    if cells:
        yield Grid(tuple(cells), ragged=True)

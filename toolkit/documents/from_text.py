"""Plain text -> Document: text exported from a word processor (one cell a line, tabs between), or pasted (one row a line)."""

import re
from collections.abc import Iterator

from toolkit.documents.document import Block, Document, Grid, GridCell, Line, number_tables
from toolkit.files.decoding import decode_text

_RUBBISH = re.compile(r"\[bookmark: [^\]\n]*\]")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c]")


def read_text(data: bytes) -> Document | None:
    """None for an encoding that is not known."""
    text = decode_text(data)
    return None if text is None else Document(number_tables(_blocks(_BREAK.split(text))))


def _blocks(lines: list[str]) -> Iterator[Block]:
    """A cell begins with a tab and goes on over the lines without one; a blank line ends its row; other text ends the table."""
    rows: list[list[str]] = []
    row: list[str] = []
    for raw in lines:
        line = _RUBBISH.sub("", raw)
        if "\t" in line.lstrip("\t "):
            rows, row = [*rows, *([row] if row else []), line.split("\t")], []
        elif line.startswith("\t"):
            row.append(line[1:])
        elif not line.strip(" \t"):
            rows, row = [*rows, *([row] if row else [])], []
        elif row:
            row[-1] += "\n" + line
        else:
            yield from _grid(rows)
            rows = []
            yield Line(line)
    yield from _grid([*rows, row] if row else rows)


def _grid(rows: list[list[str]]) -> Iterator[Grid]:
    cells = [
        GridCell(text.strip(" \t"), index, column)
        for index, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    if cells:
        yield Grid(tuple(cells), ragged=True)

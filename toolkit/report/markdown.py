"""Neutral document -> Markdown.

Tables have one head row and one label column there, so merged labels are written out.
"""

import re
from collections.abc import Iterator, Sequence

from toolkit.edition.frame import Band, FrameCell
from toolkit.report.blocks import (
    Heading,
    ReportDocument,
    Signature,
    TableBlock,
    Text,
    drop_invalid_characters,
)
from toolkit.report.gates import Stage

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$#])")
_FIRST = re.compile(
    r"^(\s*)(\d{1,9})([.)])|^(\s*)([-+=])"
)  # would begin a list or underline a heading
_BETWEEN = "／"  # between labels over or beside each other


def markdown(document: ReportDocument, stage: Stage) -> str:
    """The whole report; anything but the final stage is named first."""
    parts = [] if stage is Stage.FINAL else [f"**{stage.value}**"]
    parts.append(f"# {escape_markdown(''.join(document.title))}")
    for block in document.blocks:
        match block:
            case Heading(level, text):
                parts.append(f"{'#' * (level + 1)} {escape_markdown(text)}")
            case Text(text):
                parts.append(escape_markdown(text))
            case Signature(unit, date):
                parts += [escape_markdown(line) for line in (unit, date) if line]
            case TableBlock():
                for band in block.frame.bands:
                    parts += _band_parts(block, band)
    return "\n\n".join(parts) + "\n"


def escape_markdown(text: str) -> str:
    """The text so that Markdown shows it as it is.

    White space at the beginning of a line would make it code; it becomes entities.
    """
    plain = _SPECIAL.sub(r"\\\1", drop_invalid_characters(text).replace("\n", " "))
    plain = _FIRST.sub(_escape_first, plain)
    front = len(plain) - len(plain.lstrip())
    return "".join(f"&#{ord(char)};" for char in plain[:front]) + plain[front:].rstrip()


def _escape_first(match: re.Match[str]) -> str:
    """The beginning of a line with a backslash before the sign that would make it a list or a
    heading.
    """
    space, number, mark = match[1] or match[4] or "", match[2] or "", match[3] or match[5]
    return f"{space}{number}\\{mark}"


def _band_parts(table: TableBlock, band: Band) -> Iterator[str]:
    """One block of a table under its title: heads joined in one row, labels in one column."""
    grid = table.frame.grid()
    top, first = band.top, grid[band.top][0]
    if first.width == table.frame.columns:  # the line over a block
        yield f"**{escape_markdown(table.cell_text(first))}**"
        top += 1
    heads = grid[top : band.body]
    columns = [
        column
        for column in range(band.figures, table.frame.columns)
        if grid[band.body][column].column == column
    ]
    head = [_joined_labels(table, [grid[top][0]])] if band.figures else []
    for column in columns:
        labels = [row[column] for row in heads]
        head.append(_joined_labels(table, labels))
    lines = [head, ["---"] * len(head)]
    for row in grid[band.body : band.end]:
        line = [_joined_labels(table, [row[column]]) for column in columns]
        if band.figures:
            line.insert(0, _joined_labels(table, row[: band.figures]))
        lines.append(line)
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _joined_labels(table: TableBlock, cells: Sequence[FrameCell]) -> str:
    """The texts of cells over or beside each other as one label, each once."""
    texts = [" ".join(table.cell_text(cell).split()) for cell in dict.fromkeys(cells)]
    return escape_markdown(_BETWEEN.join(filter(None, texts)))

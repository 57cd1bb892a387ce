"""Neutral document -> Markdown. Tables have one head row and one label column there, so merged labels are written out."""

import re
from collections.abc import Iterator

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
_BETWEEN = "／"  # labels that stand over or beside each other


def markdown(document: ReportDocument, stage: Stage) -> str:
    parts = [] if stage is Stage.FINAL else [f"**{stage.value}**"]
    parts.append(f"# {escaped(''.join(document.title))}")
    for block in document.blocks:
        match block:
            case Heading(level, text):
                parts.append(f"{'#' * (level + 1)} {escaped(text)}")
            case Text(text):
                parts.append(escaped(text))
            case Signature(unit, date):
                parts += [escaped(line) for line in (unit, date) if line]
            case TableBlock():
                parts += [part for band in block.frame.bands for part in _band(block, band)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """So that Markdown shows the text as it is. White space in front of a line would make it code; it becomes entities."""
    plain = _SPECIAL.sub(r"\\\1", drop_invalid_characters(text).replace("\n", " "))
    plain = _FIRST.sub(
        lambda found: f"{found[1] or found[4] or ''}{found[2] or ''}\\{found[3] or found[5]}", plain
    )
    front = len(plain) - len(plain.lstrip())
    return "".join(f"&#{ord(char)};" for char in plain[:front]) + plain[front:].rstrip()


def _band(table: TableBlock, band: Band) -> Iterator[str]:
    """One block of a table under its title: heads joined to one row, labels to one column."""
    grid = table.frame.grid()
    heads = range(band.top, band.body)
    first = grid[band.top][0]
    if first.width == table.frame.columns:  # the line over a block
        yield f"**{escaped(table.cell_text(first))}**"
        heads = range(band.top + 1, band.body)
    columns = [
        column
        for column in range(band.figures, table.frame.columns)
        if _begins(grid[band.body][column], column)
    ]
    corner = [_joined(table, [grid[heads.start][0]])] if band.figures else []
    lines = [
        [*corner, *(_joined(table, [grid[row][column] for row in heads]) for column in columns)]
    ]
    lines.append(["---"] * len(lines[0]))
    for row in range(band.body, band.end):
        labels = [_joined(table, grid[row][: band.figures])] if band.figures else []
        lines.append([*labels, *(_joined(table, [grid[row][column]]) for column in columns)])
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _begins(cell: FrameCell, column: int) -> bool:
    return cell.column == column


def _joined(table: TableBlock, cells: list[FrameCell]) -> str:
    texts = [" ".join(table.cell_text(cell).split()) for cell in dict.fromkeys(cells)]
    return escaped(_BETWEEN.join(filter(None, texts)))

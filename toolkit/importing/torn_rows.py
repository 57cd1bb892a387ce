"""Rows torn by a page break: the last row of one table and the first of the next."""

from collections.abc import Sequence
from dataclasses import replace

from toolkit.documents.document import GridCell
from toolkit.documents.printed_labels import Match
from toolkit.importing.grid_rows import find_row_label
from toolkit.importing.vocabulary import Vocabulary


def join_torn_row(
    words: Vocabulary, rest: Sequence[GridCell], first: Sequence[GridCell]
) -> list[GridCell] | None:
    """`rest` and the first row of the next table as one row; None where they are two rows.

    They are one if only both together have the label of a row of the form, exactly:

        行政规范           the last row of a table
        性文件 | 3 | 0     the first row of the next
    """
    joined = _join_by_column(rest, first)
    match, _ = find_row_label(words, joined)
    if match is None or match.near:
        return None
    for row in (rest, first):
        alone, _ = find_row_label(words, row)
        if _is_same_label(alone, match):
            return None
    return joined


def _is_same_label(match: Match | None, other: Match) -> bool:
    return match is not None and not match.near and match.label == other.label


def _join_by_column(rest: Sequence[GridCell], first: Sequence[GridCell]) -> list[GridCell]:
    """One row with the texts of both, one behind the other in each column."""
    texts: dict[int, str] = {}
    for cell in (*rest, *first):
        texts[cell.column] = texts.get(cell.column, "") + cell.text
    joined = [replace(cell, text=texts.pop(cell.column)) for cell in first]
    for cell in rest:
        text = texts.get(cell.column)
        if text:
            joined.append(replace(cell, text=text))
    return sorted(joined, key=lambda cell: cell.column)

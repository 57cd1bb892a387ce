"""What a row of a table is, by its own cells alone, before anything is placed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from toolkit.documents.document import Grid, GridCell
from toolkit.documents.printed_headings import is_title, section_head
from toolkit.documents.printed_labels import Match, is_figure, published_words
from toolkit.importing.cells import filled_cells, first_figure, is_figure_cell
from toolkit.importing.vocabulary import LabelRow, Vocabulary


@dataclass(frozen=True)
class LabelledRow:
    """A row with a label of the form, and the cells behind it."""

    label: Match
    cell: GridCell  # with the label
    values: tuple[GridCell, ...]


@dataclass(frozen=True)
class AcrossRow:
    """Row labels of a one-column table, printed side by side as if they were heads."""

    rows: tuple[LabelRow, ...]


@dataclass(frozen=True)
class HeadRow:
    """A row of heads without figures.

    `labels` are those of the form; `is_single`: nothing else is in the row.
    """

    cells: tuple[GridCell, ...]
    labels: tuple[str, ...]
    is_single: bool


@dataclass(frozen=True)
class TitleRow:
    """The title over a block of a table."""


@dataclass(frozen=True)
class TextRow:
    """Text that is not of a table of the form.

    `is_line`: a line of the report; otherwise several cells side by side.
    """

    text: str
    is_line: bool


@dataclass(frozen=True)
class BareFigures:
    """Figures without a label of the form. `text` is in the first cell, if that is no figure.

    `group` is the head that this text is, if it is one: a row may name the group of its columns.
    """

    cells: tuple[GridCell, ...]
    text: str
    group: Match | None


@dataclass(frozen=True)
class SilentRow:
    """Nothing that needs a place: an empty row, or only a label over labels of rows."""


GridRow: TypeAlias = (
    LabelledRow | AcrossRow | HeadRow | TitleRow | TextRow | BareFigures | SilentRow
)


def classify_row(words: Vocabulary, grid: Grid, row: Sequence[GridCell]) -> GridRow:
    """The kind of a row. In the tables of 2021, for example:

    一、本年新收政府信息公开申请数量 | 3 | 0 | …   -> LabelledRow
    自然人 | 法人或其他组织 | 总计               -> HeadRow
    第二十条　第（一）项                         -> TitleRow
    3 | 0 | 1 | 0 | 4                            -> BareFigures
    """
    filled = filled_cells(row)
    if not filled:
        return SilentRow()
    across = _find_rows_across(words, filled)
    if across:
        return AcrossRow(across)
    label, index = find_row_label(words, row)
    if label is not None and index + 1 < len(row):
        return LabelledRow(label, row[index], tuple(row[index + 1 :]))
    is_line = _is_line_of_text(grid, row)
    if is_line or not any(map(is_figure_cell, filled)):
        return _classify_text(words, row, filled, is_line=is_line)
    first = row[0]
    text = "" if is_figure_cell(first) or not first.text.strip() else first.text
    return BareFigures(tuple(row), text, words.heads.find(text) if text else None)


def _classify_text(
    words: Vocabulary, row: Sequence[GridCell], filled: Sequence[GridCell], *, is_line: bool
) -> GridRow:
    """A row without figures: heads, the title over a block, or text that is not of a table."""
    matches = [words.heads.find(cell.text) for cell in filled]
    labels = tuple(match.label for match in matches if match)
    is_single = len(filled) == 1
    if labels:
        return HeadRow(tuple(row), labels, is_single)
    if is_single and words.titles.find(filled[0].text):
        return TitleRow()
    if is_single and words.groups.find(filled[0].text):
        return SilentRow()
    return TextRow("\t".join(cell.text for cell in filled), is_line)


def _find_rows_across(words: Vocabulary, filled: Sequence[GridCell]) -> tuple[LabelRow, ...]:
    """The rows of one-column tables whose labels are in all cells of a row; else empty."""
    labels = [words.rows.find(cell.text) for cell in filled]
    if len(labels) < 2:
        return ()
    rows = []
    for label in labels:
        if label is None or not _is_in_lone_tables(words, label):
            return ()
        rows.append(words.row_of[label.label][0])
    return tuple(rows)


def _is_in_lone_tables(words: Vocabulary, label: Match) -> bool:
    return all(row.table in words.lone for row in words.row_of[label.label])


def find_row_label(words: Vocabulary, row: Sequence[GridCell]) -> tuple[Match | None, int]:
    """The last label of a row before its figures, and the index of its cell; else (None, -1).

    What is a head as well (总计) is a label of a row only beside figures.
    """
    end = first_figure(row)
    has_figures = end < len(row)
    label: tuple[Match | None, int] = (None, -1)
    for index, cell in enumerate(row[:end]):
        match, head = words.rows.find(cell.text), words.heads.find(cell.text)
        is_rather_head = match is not None and match.near and head is not None and not head.near
        if match and (has_figures or not is_rather_head):
            label = match, index
    return label


def _is_line_of_text(grid: Grid, row: Sequence[GridCell]) -> bool:
    """Whether a row is a line of text.

    On sheets, and on pages made of sheets, empty cells go on to the right of it; 填报单位 may have
    other cells beside it.
    """
    if len(row) == 1:
        return True
    filled = filled_cells(row)
    if len(filled) == 1:
        text = filled[0].text
        if grid.sheet is not None or is_title(text) or section_head(text) is not None:
            return True
    filled_by = re.compile(published_words()["title"]["filled_by"])
    return any(filled_by.search(cell.text) for cell in filled)


def without_note_marks(words: Vocabulary, cell: GridCell) -> GridCell:
    """A cell without the marks of notes at its figure or label; other text keeps them."""
    if cell.marked is None:
        return cell

    def is_figure_or_label(text: str) -> bool:
        return is_figure(text) or words.rows.has(text) or words.heads.has(text)

    figured = cell.marked.as_figure(is_figure_or_label)
    value = figured.text if isinstance(cell.value, str) else cell.value
    return replace(cell, text=figured.text, value=value, figured=figured)

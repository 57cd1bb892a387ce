"""Grids of cells -> the cell of the form that each figure belongs in, by the labels of an edition.

One way for every kind of file. Each row is classified first (grid_rows); here it is placed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.documents.document import Block, Grid, GridCell, Line
from toolkit.documents.printed_labels import stated_unit
from toolkit.importing.cells import filled_cells, first_figure, is_figure_cell, join_filled
from toolkit.importing.column_match import (
    PlacedCell,
    RowLayout,
    count_known,
    covers_known_heads,
    has_unknown_text,
    match_to_columns,
)
from toolkit.importing.columns import HeadPath, Slot, find_slots
from toolkit.importing.found import Attribution, PrintedFigure
from toolkit.importing.grid_rows import (
    AcrossRow,
    BareFigures,
    GridRow,
    HeadRow,
    LabelledRow,
    SilentRow,
    TextRow,
    TitleRow,
    classify_row,
    without_note_marks,
)
from toolkit.importing.heads import RunningHeads
from toolkit.importing.torn_rows import join_torn_row
from toolkit.importing.vocabulary import BlockColumns, LabelRow, Vocabulary

_ROWLESS = 3  # heads of a table without row labels that must be there to know it
_CAPTION = 30  # characters of a line that may be the head of a group


def place_figures(words: Vocabulary, blocks: Sequence[Block]) -> Attribution:
    """Where the figures of all tables belong in an edition, and the text between them."""
    placer = _Placer(words)
    for block in blocks:
        if isinstance(block, Line):
            placer.note_line(block)
        elif not block.outside:
            placer.place_grid(block)
    return placer.attribution


@dataclass
class _Placer:
    """Goes through the lines and tables of a document in their order.

    Three things go on from row to row: the heads that hold, the row labels that were printed across
    (their figures come in the next row), and the last row of a table if nothing of it was placed,
    as a page may have cut it.
    """

    words: Vocabulary
    attribution: Attribution = field(default_factory=Attribution)
    running: RunningHeads = field(default_factory=RunningHeads)
    across: tuple[LabelRow, ...] = ()
    rest: Sequence[GridCell] = ()

    def note_line(self, line: Line) -> None:
        """Text between tables.

        A caption that names a group of columns is a head over the table that follows.
        """
        if not line.text.strip():
            return
        self.running.caption = self._group_named(line.text)
        self.running.close()
        self.rest = ()
        self.attribution.lines.append(line)

    def _group_named(self, text: str) -> HeadPath:
        """The head that a line has the exact words of, if no figures can be under it directly."""
        if len(text) >= _CAPTION:
            return ()
        match = self.words.heads.find(text)
        if match is None or match.near or match.label in self.words.leaves:
            return ()
        return (match.label,)

    def place_grid(self, grid: Grid) -> None:
        """Place the rows of a table.

        Where no figure is of the form, the table is reported as unknown as a whole.
        """
        placed_before, lost_before = self.attribution.figure_count, len(self.attribution.lost)
        has_other_content = False
        for cells in self._clean_rows(grid):
            figures_before = len(self.attribution.figures)
            row = classify_row(self.words, grid, cells)
            self._place_row(grid, row)
            has_other_content = has_other_content or (isinstance(row, TextRow) and not row.is_line)
            is_placed = len(self.attribution.figures) > figures_before
            self.rest = () if is_placed else cells
        if self.attribution.figure_count == placed_before:
            lost_here = self.attribution.lost[lost_before:]
            del self.attribution.lost[lost_before:]
            if has_other_content or lost_here:
                self.attribution.unknown.append(grid)
        self.running.caption = ()

    def _clean_rows(self, grid: Grid) -> list[list[GridCell]]:
        """The rows without marks of notes; the first with what a page break has torn off it."""
        rows = [self._clean_row(row) for row in grid.cells_by_row()]
        if not self.rest or not rows or self.words.heads.find(rows[0][0].text):
            return rows
        joined = join_torn_row(self.words, self.rest, rows[0])
        if joined is None:
            return rows
        lost = self.attribution.lost
        self.attribution.lost = [cell for cell in lost if cell.cell not in self.rest]
        return [joined, *rows[1:]]

    def _clean_row(self, row: Sequence[GridCell]) -> list[GridCell]:
        return [without_note_marks(self.words, cell) for cell in row]

    def _place_row(self, grid: Grid, row: GridRow) -> None:
        match row:
            case LabelledRow():
                self._place_labelled(grid, row)
            case AcrossRow(rows):
                self.across = rows
            case HeadRow():
                self.running.add_row(grid, row, self.words.leaves)
            case TitleRow():
                self.running.close()
            case TextRow(text, is_line=True):
                self.attribution.lines += [Line(line) for line in text.split("\n")]
            case BareFigures() if self._are_below_labels(row):
                self._place_below_labels(grid, row)
            case BareFigures():
                self._place_without_label(grid, row)
            case TextRow() | SilentRow():
                pass

    # Tables of one column whose row labels are printed across -------------------------------------

    def _are_below_labels(self, row: BareFigures) -> bool:
        """Whether a row has as many figures as there are row labels printed across above it."""
        filled = filled_cells(row.cells)
        return (
            len(self.across) > 1
            and len(filled) == len(self.across)
            and all(map(is_figure_cell, filled))
        )

    def _place_below_labels(self, grid: Grid, row: BareFigures) -> None:
        for label_row, cell in zip(self.across, filled_cells(row.cells), strict=True):
            self._put(self.words.cell(label_row, ""), PrintedFigure(cell, grid))
        self.across = ()

    # Rows with a label ----------------------------------------------------------------------------

    def _place_labelled(self, grid: Grid, row: LabelledRow) -> None:
        label_row, slots = self._choose_row(self.words.row_of[row.label.label])
        self.running.close()
        if label_row.table in self.words.lone:
            self._place_in_lone_table(grid, row, label_row)
        elif any(slot.column is not None for slot in slots):
            self._place_in_columns(grid, row, label_row, slots)
        else:
            self.attribution.lose(grid, row.values, row.cell.text)

    def _choose_row(self, rows: Sequence[LabelRow]) -> tuple[LabelRow, list[Slot]]:
        """Of rows with the same label, the one in whose table the heads fit most columns."""
        best: tuple[LabelRow, list[Slot]] = (rows[0], [])
        for row in rows:
            slots = self._slots_of(self.words.blocks[row.table, row.block])
            if count_known(slots) > count_known(best[1]):
                best = row, slots
        return best

    def _place_in_lone_table(self, grid: Grid, row: LabelledRow, label_row: LabelRow) -> None:
        """A row of a table with a single column: the only filled cell, or a blank one."""
        filled = filled_cells(row.values) or list(row.values[:1])
        if len(filled) > 1:
            self.attribution.lose(grid, row.values, row.cell.text)
            return
        figure = PrintedFigure(filled[0], grid, stated_unit(row.cell.text))
        self._note_row_label(grid, row, label_row)
        self._put(self.words.cell(label_row, ""), figure)

    def _place_in_columns(
        self, grid: Grid, row: LabelledRow, label_row: LabelRow, slots: Sequence[Slot]
    ) -> None:
        values = self._cut_beside(grid, slots, row.values)
        placed = self._match_columns(grid, slots, values)
        if has_unknown_text(placed):
            # A part of the label that is not known: so it is not known either which row it is.
            self.attribution.lose(grid, values, row.cell.text)
            return
        self._note_row_label(grid, row, label_row)
        row_unit = stated_unit(row.cell.text)
        for cell, slot in placed:
            if slot is None or slot.column is None:
                self.attribution.lose(grid, [cell], row.cell.text)
                continue
            if label_row.combined and cell.text.strip():
                self.attribution.combined.add(label_row.combined)
            figure = PrintedFigure(cell, grid, row_unit or slot.unit)
            self._put(self.words.cell(label_row, slot.column), figure, slot)

    def _note_row_label(self, grid: Grid, row: LabelledRow, label_row: LabelRow) -> None:
        figure = PrintedFigure(row.cell, grid)
        self.attribution.note_label(row.label, row.cell.text, label_row.table, figure)

    # Rows without a label -------------------------------------------------------------------------

    def _place_without_label(self, grid: Grid, row: BareFigures) -> None:
        """Figures of a table that has no labels of rows, or of nothing that is known."""
        self.running.close()
        extra = (row.group.label,) if row.group else ()
        for block in self.words.blocks.values():
            if not block.rowless or (row.text and not row.group):
                continue
            slots = self._slots_of(block, extra)
            if count_known(slots) >= min(_ROWLESS, len(block.columns)):
                self._place_in_rowless_block(grid, row, block, slots)
                return
        self._lose_figures(grid, row)

    def _place_in_rowless_block(
        self, grid: Grid, row: BareFigures, block: BlockColumns, slots: Sequence[Slot]
    ) -> None:
        label_row = LabelRow(block.table, block.block, "", "")
        behind_group = row.cells[1:] if row.group else row.cells
        values = self._cut_beside(grid, slots, behind_group)
        for cell, slot in self._match_columns(grid, slots, values):
            if slot is None or slot.column is None:
                self.attribution.lose(grid, [cell], row.text)
                continue
            figure = PrintedFigure(cell, grid, slot.unit)
            self._put(self.words.cell(label_row, slot.column), figure, slot)

    def _lose_figures(self, grid: Grid, row: BareFigures) -> None:
        """Lose the cells from the first figure on; the text before it says which row it is."""
        start = first_figure(row.cells)
        label = join_filled(row.cells[:start])
        self.attribution.lose(grid, row.cells[start:], label)

    # Columns --------------------------------------------------------------------------------------

    def _slots_of(self, block: BlockColumns, extra: HeadPath = ()) -> list[Slot]:
        if block.table in self.words.lone:
            return []
        return find_slots(self.words, self.running.heads, block, extra)

    def _cut_beside(
        self, grid: Grid, slots: Sequence[Slot], values: Sequence[GridCell]
    ) -> Sequence[GridCell]:
        """The cells up to the last head; behind it, sheets hold people's own checks and remarks."""
        if grid.sheet is None or self.running.heads.grid != grid.number:
            return values
        end = max((slot.right for slot in slots if slot.printed.strip()), default=grid.column_count)
        inside = [cell for cell in values if cell.column < end]
        if not covers_known_heads(slots, inside):
            return values
        self.attribution.note_beside(grid, [cell for cell in values if cell.column >= end])
        return inside

    def _match_columns(
        self, grid: Grid, slots: Sequence[Slot], values: Sequence[GridCell]
    ) -> list[PlacedCell]:
        """Heads hold for the columns of their own table, and of a next one just as wide."""
        heads = self.running.heads
        same_columns = not grid.ragged and not heads.ragged and self.running.fit(grid)
        ends = {grid.usual_end}
        if same_columns:
            ends.add(slots[-1].right)
        is_whole = not grid.flowing or values[-1].right in ends
        return match_to_columns(slots, values, RowLayout(same_columns, grid.flowing, is_whole))

    def _put(self, key: str, figure: PrintedFigure, slot: Slot | None = None) -> None:
        """Keep a figure under its key; note its table and the label of the head over it."""
        table = key.split(".", maxsplit=1)[0]
        self.attribution.note_part(table, figure.grid)
        head = self.words.heads.find(slot.printed) if slot is not None else None
        if slot is not None and head is not None:
            printed = slot.printed or figure.cell.text
            place = PrintedFigure(figure.cell, figure.grid)
            self.attribution.note_label(head, printed, table, place)
        self.attribution.keep_figure(key, figure)

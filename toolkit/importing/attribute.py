"""Grids of cells -> which cell of the form each figure is. One reader for every source, led by the labels of one edition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.documents.document import Block, Grid, GridCell, Line
from toolkit.documents.printed_headings import is_title, section_head
from toolkit.documents.printed_labels import Match, is_figure, published, stated_unit
from toolkit.importing.columns import Heads, Slot, covered, match_to_columns, slots_of
from toolkit.importing.found import Attribution, LostCell, PrintedFigure
from toolkit.importing.vocabulary import BlockColumns, LabelRow, Vocabulary

ROWLESS = 3  # heads of a table without row labels that must be there to know it


def place_figures(words: Vocabulary, blocks: Sequence[Block]) -> Attribution:
    found = Attribution()
    reader = _Reader(words, found)
    for block in blocks:
        if isinstance(block, Line):
            reader.note_line(block)
        elif not block.outside:
            reader.place_grid(block)
    return found


class _Reader:
    """Goes through the rows of all tables; heads hold until others come, also into the next table."""

    def __init__(self, words: Vocabulary, found: Attribution) -> None:
        self.words, self.found = words, found
        self.heads = Heads(ragged=False)
        self.is_open = False  # heads are still being collected
        self.context: tuple[str, ...] = ()
        self.across: list[LabelRow] = []  # labels of rows that stand as heads
        self.rest: list[
            GridCell
        ] = []  # the last row of a table, if nothing of it could be placed: a page may have cut it

    def note_line(self, line: Line) -> None:
        """Text between tables. A caption that names a group of columns is a head over the table that follows."""
        if not line.text.strip():
            return
        match = self.words.heads.find(line.text) if len(line.text) < 30 else None
        self.context = (
            (match.label,)
            if match and not match.near and match.label not in self.words.leaves
            else ()
        )
        self.found.lines.append(line)
        self.rest, self.is_open = [], False

    def place_grid(self, grid: Grid) -> None:
        found, lost = len(self.found.figures) + len(self.found.twice), len(self.found.lost)
        wide = False
        rows = self._whole([list(map(self._plain, row)) for row in grid.rows()])
        for row in rows:
            placed = len(self.found.figures)
            for text in self._row(grid, row):
                self.found.lines += (
                    [Line(line) for line in text.split("\n")] if _is_text(grid, row) else []
                )
                wide = wide or not _is_text(grid, row)
            self.rest = row if len(self.found.figures) == placed else []
        if len(self.found.figures) + len(self.found.twice) == found:
            lost_here = self.found.lost[lost:]
            del self.found.lost[lost:]
            if wide or lost_here:
                self.found.unknown.append(grid)
        self.context = ()

    def _plain(self, cell: GridCell) -> GridCell:
        """A cell without the marks of notes at its figure or label; other text keeps what is raised in it."""
        if cell.marked is None:
            return cell
        figured = cell.marked.as_figure(
            lambda text: is_figure(text) or self.words.rows.has(text) or self.words.heads.has(text)
        )
        return replace(
            cell,
            text=figured.text,
            value=figured.text if isinstance(cell.value, str) else cell.value,
            figured=figured,
        )

    def _whole(self, rows: list[list[GridCell]]) -> list[list[GridCell]]:
        """The rows, the first one joined with the rest of the last table if only both together have a label of the form."""
        if not self.rest or not rows or self.words.heads.find(rows[0][0].text):
            return rows
        texts: dict[int, str] = {}
        for cell in (*self.rest, *rows[0]):
            texts[cell.column] = texts.get(cell.column, "") + cell.text
        joined = [replace(cell, text=texts.pop(cell.column)) for cell in rows[0]]
        joined = sorted(
            [
                *joined,
                *(
                    replace(cell, text=text)
                    for cell in self.rest
                    if (text := texts.get(cell.column))
                ),
            ],
            key=lambda one: one.column,
        )
        match, alone = self._label(joined)[0], [self._label(row)[0] for row in (self.rest, rows[0])]
        if (
            match is None
            or match.near
            or any(one is not None and not one.near and one.label == match.label for one in alone)
        ):
            return rows
        self.found.lost = [lost for lost in self.found.lost if lost.cell not in self.rest]
        return [joined, *rows[1:]]

    def _row(self, grid: Grid, row: list[GridCell]) -> Iterator[str]:
        """Reads a row; yields what text there is that is not of an official table."""
        filled = [cell for cell in row if cell.text.strip()]
        label, index = self._label(row)
        if label is not None and index + 1 < len(row) and not self._is_across(row):
            self._figures(grid, label, row[index], row[index + 1 :])
        elif self._is_across(row):
            self.across = [
                self.words.row_of[match.label][0]
                for cell in filled
                if (match := self.words.rows.find(cell.text))
            ]
        elif (
            len(self.across) > 1
            and len(filled) == len(self.across)
            and all(map(_is_figure, filled))
        ):
            for one, cell in zip(self.across, filled, strict=True):
                self._add(self.words.cell(one, ""), PrintedFigure(cell, grid))
            self.across = []
        elif filled and (_is_text(grid, row) or not any(map(_is_figure, filled))):
            yield from self._text(grid, row, filled)
        elif filled:
            self._without_label(grid, row)

    def _label(self, row: Sequence[GridCell]) -> tuple[Match | None, int]:
        """The last cell that is the label of a row, before the figures. What also is a head (a total) is one beside figures only."""
        found: tuple[Match | None, int] = (None, -1)
        beside = any(cell.text.strip() and _is_figure(cell) for cell in row)
        for index, cell in enumerate(row):
            if cell.text.strip() and _is_figure(cell):
                break
            match, head = self.words.rows.find(cell.text), self.words.heads.find(cell.text)
            if match and (beside or not match.near or head is None or head.near):
                found = match, index
        return found

    def _is_across(self, row: Sequence[GridCell]) -> bool:
        """Row labels of a one-column table printed as heads."""
        labels = [self.words.rows.find(cell.text) for cell in row if cell.text.strip()]
        tables = {one.table for match in labels if match for one in self.words.row_of[match.label]}
        return len(labels) > 1 and all(labels) and tables <= self.words.lone

    def _text(self, grid: Grid, row: list[GridCell], filled: list[GridCell]) -> Iterator[str]:
        """A row without figures: heads, the title over a block, or text that is not of a table."""
        heads = [match.label for cell in filled if (match := self.words.heads.find(cell.text))]
        if heads:
            if not self.is_open or (
                self.heads.grid != grid.number and self.heads.width != grid.width
            ):
                self.heads = Heads(
                    grid.ragged, context=self.context, grid=grid.number, width=grid.width
                )
                self.is_open, self.context = True, ()
            self.heads.grid = grid.number  # heads that a page has cut go on in the next table
            if len(filled) == 1 and heads[0] not in self.words.leaves and not self.heads.rows:
                self.heads.context += (heads[0],)  # a line over all columns
            else:
                self.heads.rows.append(row)
        elif len(filled) == 1 and self.words.titles.find(filled[0].text):
            self.is_open = False
        elif len(filled) > 1 or not self.words.groups.find(filled[0].text):
            yield "\t".join(cell.text for cell in filled)

    def _figures(
        self, grid: Grid, label: Match, cell: GridCell, values: Sequence[GridCell]
    ) -> None:
        row, slots = self._choose(self.words.row_of[label.label])
        self.is_open = False
        if row.table in self.words.lone:
            self._lone(grid, row, label, cell, values)
            return
        if not any(slot.column is not None for slot in slots):
            self._lose(grid, values, cell.text)
            return
        values = self._of_table(grid, slots, values)
        shared = self._share(grid, slots, values)
        if any(slot is None and one.text.strip() and not _is_figure(one) for one, slot in shared):
            self._lose(
                grid, values, cell.text
            )  # a part of the label that is not known: which row it is, is not known either
            return
        self._note(label, cell, grid, row.table)
        for one, slot in shared:
            if slot is None or slot.column is None:
                self._lose(grid, [one], cell.text)
                continue
            if row.combined and one.text.strip():
                self.found.combined.add(row.combined)
            self._add(
                self.words.cell(row, slot.column),
                PrintedFigure(one, grid, stated_unit(cell.text) or slot.unit),
                slot,
            )

    def _choose(self, rows: Sequence[LabelRow]) -> tuple[LabelRow, list[Slot]]:
        """Of rows with the same label, the one whose table the heads fit."""
        best: tuple[LabelRow, list[Slot]] = (rows[0], [])
        for row in rows:
            block = self.words.blocks[row.table, row.block]
            slots = self._slots(block)
            if sum(bool(slot.column) for slot in slots) > sum(
                bool(slot.column) for slot in best[1]
            ):
                best = row, slots
        return best

    def _of_table(
        self, grid: Grid, slots: Sequence[Slot], values: Sequence[GridCell]
    ) -> Sequence[GridCell]:
        """The cells of a row up to the last head; behind it, sheets hold people's own checks and remarks."""
        if grid.sheet is None or self.heads.grid != grid.number:
            return values
        end = max((slot.right for slot in slots if slot.printed.strip()), default=grid.width)
        inner = [cell for cell in values if cell.column < end]
        if not covered(slots, inner):
            return values
        if others := [cell for cell in values if cell.column >= end and cell.text.strip()]:
            self.found.beside.setdefault(grid.number, ([], grid))[0].extend(others)
        return inner

    def _share(
        self, grid: Grid, slots: Sequence[Slot], values: Sequence[GridCell]
    ) -> list[tuple[GridCell, Slot | None]]:
        """Heads hold for the columns of their own table, and of one that goes on in as many columns."""
        same = (
            not grid.ragged
            and not self.heads.ragged
            and (self.heads.grid == grid.number or self.heads.width == grid.width)
        )
        ends = {grid.usual_end} | ({slots[-1].right} if same else set())
        return match_to_columns(
            slots,
            values,
            same=same,
            flowing=grid.flowing,
            whole=not grid.flowing or values[-1].right in ends,
        )

    def _lone(
        self, grid: Grid, row: LabelRow, label: Match, cell: GridCell, values: Sequence[GridCell]
    ) -> None:
        """A row of a table with a single column."""
        filled = [one for one in values if one.text.strip()] or list(values[:1])
        if len(filled) > 1:
            self._lose(grid, values, cell.text)
            return
        self._note(label, cell, grid, row.table)
        self._add(self.words.cell(row, ""), PrintedFigure(filled[0], grid, stated_unit(cell.text)))

    def _slots(self, block: BlockColumns, extra: tuple[str, ...] = ()) -> list[Slot]:
        if block.table in self.words.lone:
            return []
        return slots_of(self.words, self.heads, block, extra)

    def _without_label(self, grid: Grid, row: list[GridCell]) -> None:
        """Figures of a table that has no labels of rows, or of nothing that is known."""
        first = row[0].text if row and not _is_figure(row[0]) and row[0].text.strip() else ""
        group = self.words.heads.find(first) if first else None
        values = row[1:] if group else row
        extra = (group.label,) if group else ()
        for block in self.words.blocks.values():
            slots = self._slots(block, extra) if block.rowless and (not first or group) else []
            if sum(bool(slot.column) for slot in slots) >= min(ROWLESS, len(block.columns)):
                self.is_open = False
                for one, slot in self._share(grid, slots, self._of_table(grid, slots, values)):
                    if slot is None or slot.column is None:
                        self._lose(grid, [one], first)
                    else:
                        self._add(
                            self.words.cell(
                                LabelRow(block.table, block.block, "", ""), slot.column
                            ),
                            PrintedFigure(one, grid, slot.unit),
                            slot,
                        )
                return
        self.is_open = False
        start = next(
            (index for index, cell in enumerate(row) if cell.text.strip() and _is_figure(cell)), 0
        )
        self._lose(
            grid, row[start:], " ".join(cell.text for cell in row[:start] if cell.text.strip())
        )

    def _add(self, key: str, figure: PrintedFigure, slot: Slot | None = None) -> None:
        table = key.split(".", maxsplit=1)[0]
        numbers = self.found.parts.setdefault(table, [])
        if figure.grid.number not in numbers:
            numbers.append(figure.grid.number)
        if slot is not None and (match := self.words.heads.find(slot.printed)):
            self._note(match, figure.cell, figure.grid, table, slot.printed)
        self.found.keep(key, figure)

    def _note(
        self, match: Match, cell: GridCell, grid: Grid, table: str, printed: str = ""
    ) -> None:
        if match.near:
            self.found.near.setdefault(
                (printed or cell.text, match.label), (table, PrintedFigure(cell, grid))
            )

    def _lose(self, grid: Grid, cells: Sequence[GridCell], label: str) -> None:
        self.found.lost += [LostCell(cell, grid, label) for cell in cells if cell.text.strip()]


def _is_text(grid: Grid, row: Sequence[GridCell]) -> bool:
    """Whether a row is a line of text. Sheets, and pages made of sheets, go on to the right of it; 填报单位 may have others beside it."""
    filled = [cell.text for cell in row if cell.text.strip()]
    is_line = len(filled) == 1 and (
        grid.sheet is not None or is_title(filled[0]) or section_head(filled[0]) is not None
    )
    return (
        len(row) == 1
        or is_line
        or any(re.search(published()["title"]["filled_by"], text) for text in filled)
    )


def _is_figure(cell: GridCell) -> bool:
    """Whether a cell holds what a column of figures may hold. Blank is not enough."""
    return (cell.value is not None and not isinstance(cell.value, str)) or is_figure(cell.text)

"""What was changed in the labels of a table: lines that are gone or moved, and edited texts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.codes import make_finding
from toolkit.edition.frame import Band, FrameCell, Role
from toolkit.edition.labels import normalise
from toolkit.files.book import Sheet
from toolkit.finding import Finding, Place, Severity
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.reading.align import Alignment, Texts, label_of_column, labels_of, read_texts
from toolkit.reading.cells import cell_place
from toolkit.reading.moves import describe_moves
from toolkit.workbook.table_plan import TablePlan


@dataclass(frozen=True)
class _BandOnSheet:
    """One block of a table, and where its lines were found."""

    table: TablePlan
    band: Band
    sheet: Sheet
    alignment: Alignment
    texts: Texts
    file: str

    @property
    def title(self) -> str:
        return self.table.table.title

    @property
    def sheet_place(self) -> Place:
        return Place(self.file, self.sheet.name)

    @property
    def frame_rows(self) -> range:
        """The rows of the block, with its heads."""
        return range(self.band.top, self.band.end)

    @property
    def missing_columns(self) -> list[int]:
        """Frame columns with figures that were not found."""
        body = range(self.band.body, self.band.end)
        figures = {column for row, column in self.table.positions.values() if row in body}
        return sorted(figures - set(self.alignment.columns[self.band.block]))

    @property
    def labels(self) -> list[FrameCell]:
        """The labels in rows that were found."""
        found = set(self.frame_rows) & set(self.alignment.rows)
        return [cell for cell in self.table.frame.cells if cell.text and cell.row in found]

    def texts_beside(self, cell: FrameCell) -> Mapping[int, str]:
        """Sheet column -> text, in the row where a label belongs."""
        return self.texts.get(self.alignment.rows[cell.row], {})


def check_labels(
    table: TablePlan, sheet: Sheet, alignment: Alignment, file: str
) -> Iterator[Finding]:
    """That anything moved (R-05), then for each block its missing lines and its edited labels."""
    if alignment.moved:
        moves = describe_moves(table, alignment)
        yield make_finding(
            "lines_moved", Place(file, sheet.name), table=table.table.title, what=moves
        )
    texts = read_texts(sheet)
    for band in table.frame.bands:
        block = _BandOnSheet(table, band, sheet, alignment, texts, file)
        yield from _report_missing_rows(block)
        yield from _report_missing_columns(block)
        yield from _report_edited_labels(block)


def _report_missing_rows(block: _BandOnSheet) -> Iterator[Finding]:
    """R-03, with the figures that were not read."""
    for frame_row in block.frame_rows:
        if frame_row not in block.alignment.rows:
            keys = [key for key, (row, _) in block.table.positions.items() if row == frame_row]
            label = _last_label(block.table, frame_row)
            yield _report_missing(block, keys, phrases().moves.row, label)


def _last_label(table: TablePlan, frame_row: int) -> str:
    """The label of a row: the last text of the frame in it, "" where it has none."""
    for cell in reversed(table.frame.cells):
        if cell.row == frame_row and cell.text:
            return cell.text
    return ""


def _report_missing_columns(block: _BandOnSheet) -> Iterator[Finding]:
    """R-03, with the figures that were not read."""
    body = range(block.band.body, block.band.end)
    for frame_column in block.missing_columns:
        keys = []
        for key, (row, column) in block.table.positions.items():
            if column == frame_column and row in body:
                keys.append(key)
        label = label_of_column(block.table.frame, block.band, frame_column)
        yield _report_missing(block, keys, phrases().moves.column, label)


def _report_missing(block: _BandOnSheet, keys: list[str], what: str, label: str) -> Finding:
    place = block.sheet_place
    return make_finding("line_missing", place, keys, table=block.title, what=what, label=label)


def _report_edited_labels(block: _BandOnSheet) -> Iterator[Finding]:
    """R-04 for each label that is not in its place. The heads of missing columns are omitted."""
    columns = block.alignment.columns[block.band.block]
    shift = _shift_of_labels(block)
    missing = block.missing_columns
    for cell in block.labels:
        if cell.role is Role.HEAD and cell.width == 1 and cell.column in missing:
            continue
        column = columns.get(cell.column, cell.column + shift)
        now = block.texts_beside(cell).get(column, "")
        if now != normalise(cell.text) and column > 0:
            yield _report_edited(block, block.alignment.rows[cell.row], column, cell.text)


def _shift_of_labels(block: _BandOnSheet) -> int:
    """How far right of their frame columns the labels beside the figures are.

    It is the shift of most of them. In an untouched workbook it is 1, as frame columns count from
    0; a column that was inserted before the table makes it 2.
    """
    labels = block.labels
    if block.band.figures:
        labels = [cell for cell in labels if cell.column < block.band.figures]
    shifts = Counter[int]()
    for cell in labels:
        label = normalise(cell.text)
        texts = block.texts_beside(cell)
        shifts.update(column - cell.column for column, text in texts.items() if text == label)
    return max(shifts, key=lambda shift: (shifts[shift], -abs(shift - 1)), default=1)


def _report_edited(block: _BandOnSheet, row: int, column: int, label: str) -> Finding:
    """A label of another line of the form is an error: nobody knows whose figures are beside it."""
    place = cell_place(block.file, block.sheet, row, column)
    cell = block.sheet.cells.get((row, column))
    is_another_label = False
    shown = phrases().reading.empty
    if cell is not None:
        is_another_label = normalise(str(cell.value)) in labels_of(block.table.frame.cells)
        shown = shown if cell.value is None else short(cell.value)
    return make_finding(
        "label_edited",
        place,
        severity=Severity.ERROR if is_another_label else None,
        table=block.title,
        cell=place.cell,
        label=label,
        now=shown,
    )

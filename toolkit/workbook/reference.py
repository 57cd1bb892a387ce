"""Last year's figures beside the inputs, locked, where a workbook carries them.

They are for the eye: nothing reads them. Checks compare with those on _calc. On paper the table is
printed without them.
"""

from collections.abc import Iterable, Mapping

from toolkit.edition.frame import Band
from toolkit.edition.model import Edition
from toolkit.phrases import phrases
from toolkit.record.prior import comparable_prior_values
from toolkit.record.reading import Reading
from toolkit.values import State, Value
from toolkit.workbook.draft import Draft
from toolkit.workbook.prose import paragraphs_of
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import width_of
from toolkit.workbook.table_plan import HELPERS, TablePlan

_WIDTH, _GAP = 9.0, 1.5
_DEEP = 3  # rows of a head that is high enough for two lines of text

Places = Mapping[tuple[int, int, int], Value]  # frame row, rows it spans, frame column


def write_reference(draft: Draft, table: TablePlan) -> None:
    """The figures of last year that this table has a place for; nothing without any."""
    places = _find_places(draft.edition, draft.reading, table)
    if not places or draft.reading.prior is None:
        return
    title = phrases().template.reference_title.format(year=draft.reading.prior.year)
    sheet = draft.sheet(table.sheet)
    if table.is_labelled:
        title_spot = Spot(table.sheet, table.top - 1, table.reference_left)
        draft.write_text(title_spot, title, draft.styles.hidden)
        gap = table.column_count
        sheet.set_column(gap, gap + HELPERS - 1, _GAP)
        for column, width in _write_heads(draft, table, places).items():
            sheet.set_column(column, column, width)
        sheet.print_area(0, 0, _last_printed_row(draft, table), table.column_count - 1)
    else:
        draft.write_text(Spot(table.sheet, table.below + 1, 0), title, draft.styles.hidden)
        sheet.print_area(0, 0, table.below, table.column_count - 1)
    for (row, span, column), value in places.items():
        _write_figure(draft, table.reference(row, column), span, value)


def _last_printed_row(draft: Draft, table: TablePlan) -> int:
    """The row of the note below the table, or of the last paragraph where a section shares it."""
    last = table.below
    for section in draft.edition.sections:
        if section.sheet == table.sheet:
            top = draft.plan.paragraphs_top(section.sheet)
            last = max(last, top + paragraphs_of(draft, section))
    return last


def _find_places(edition: Edition, reading: Reading, table: TablePlan) -> Places:
    """Last year's values by where they belong.

    The value of a combined row spans the rows that it stands for.
    """
    last = comparable_prior_values(edition, reading)
    places = {}
    for key, value in last.items():
        if key in table.positions:
            row, column = table.positions[key]
            places[row, 1, column] = value
    if reading.prior is None or not last:
        return places
    for name, (owner, combined) in edition.combined_rows.items():
        if owner.key != table.table.key:
            continue
        for key, value in reading.prior.cells.items():
            row_name, _, column_key = key.rpartition(".")
            if row_name == name:
                parts = [owner.at[part, column_key].key for part in combined.stands_for]
                top, span = _rows_spanned(table, parts)
                places[top, span, table.positions[parts[0]][1]] = value
    return places


def _rows_spanned(table: TablePlan, keys: Iterable[str]) -> tuple[int, int]:
    """The first frame row of some cells, and how many rows there are to the last one."""
    rows = [table.positions[key][0] for key in keys]
    return min(rows), max(rows) - min(rows) + 1


def _write_heads(draft: Draft, table: TablePlan, places: Places) -> dict[int, float]:
    """The words over the columns. Returns sheet column -> the width it needs."""
    widths: dict[int, float] = {}
    for band in table.frame.bands:
        is_low = band.body - band.top < _DEEP
        columns = {column for row, _, column in places if band.body <= row < band.end}
        for column in sorted(columns):
            spot, text = table.reference(band.body - 1, column), _head_text(band, column)
            draft.write_text(spot, text, draft.styles.label)
            needed = width_of(text) + 2 if is_low else 0
            widths[spot.column] = max(widths.get(spot.column, _WIDTH), needed)
    return widths


def _head_text(band: Band, column: int) -> str:
    """Never a label of the form alone: the reader goes by these."""
    words = phrases().template
    label = band.column_labels[column - band.figures]
    template = words.reference_only if len(band.column_labels) == 1 else words.reference_head
    return template.format(label=label)


def _write_figure(draft: Draft, spot: Spot, span: int, value: Value) -> None:
    """A constant: a row of formulas would be taken for a row of figures."""
    sheet = draft.sheet(spot.sheet)
    style = draft.styles.reference
    if span > 1:
        last = spot.row + span - 1
        sheet.merge_range(spot.row, spot.column, last, spot.column, "", style)
    if value.state is State.NUMBER and value.number is not None and not value.unit:
        sheet.write_number(spot.row, spot.column, float(value.number), style)
    else:
        draft.write_text(spot, value.raw, style)

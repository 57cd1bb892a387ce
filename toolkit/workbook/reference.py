"""Last year's figures beside the inputs, locked, where a workbook carries them. They are for the eye: nothing reads them.

Checks compare with those on _calc. On paper the table stands alone.
"""

from collections.abc import Iterator, Mapping

from toolkit.edition.frame import Band
from toolkit.edition.model import Edition
from toolkit.phrases import phrases
from toolkit.record.prior import connected
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
    """The figures of last year that this table has a place for; nothing where there are none."""
    places = _places(draft.edition, draft.reading, table)
    if not places or draft.reading.prior is None:
        return
    title = phrases().template.reference_title.format(year=draft.reading.prior.year)
    sheet = draft.sheet(table.sheet)
    if table.is_labelled:
        draft.write_text(
            Spot(table.sheet, table.top - 1, table.reference_left), title, draft.styles.hidden
        )
        sheet.set_column(table.column_count, table.column_count + HELPERS - 1, _GAP)
        widths: dict[int, float] = {}
        for band in table.frame.bands:
            for spot, text in _heads(
                table, band, {column for row, _, column in places if band.body <= row < band.end}
            ):
                draft.write_text(spot, text, draft.styles.label)
                is_low = band.body - band.top < _DEEP
                widths[spot.column] = max(
                    widths.get(spot.column, _WIDTH), width_of(text) + 2 if is_low else 0
                )
        for column, width in widths.items():
            sheet.set_column(column, column, width)
        sheet.print_area(0, 0, _last_row(draft, table), table.column_count - 1)
    else:
        draft.write_text(Spot(table.sheet, table.below + 1, 0), title, draft.styles.hidden)
        sheet.print_area(0, 0, table.below, table.column_count - 1)
    for (row, span, column), value in places.items():
        _figure(draft, table.reference(row, column), span, value)


def _last_row(draft: Draft, table: TablePlan) -> int:
    """Of what is printed: the table and the note below it, or the paragraphs of a section that shares its sheet."""
    sections = [section for section in draft.edition.sections if section.sheet == table.sheet]
    return max(
        [
            table.below,
            *(
                draft.plan.paragraphs_top(section.sheet) + paragraphs_of(draft, section)
                for section in sections
            ),
        ]
    )


def _places(edition: Edition, reading: Reading, table: TablePlan) -> Places:
    """Last year's values by where they belong; one of a combined row spans the rows it was divided into."""
    last = connected(edition, reading)
    found = {
        (*_spread(table, (key,)), table.positions[key][1]): value
        for key, value in last.items()
        if key in table.positions
    }
    for name, (owner, row) in edition.combined_rows.items():
        for key, value in (
            reading.prior.cells.items()
            if reading.prior and last and owner.key == table.table.key
            else ()
        ):
            if key.rpartition(".")[0] == name:
                column = key.rpartition(".")[2]
                parts = [owner.at[part, column].key for part in row.stands_for]
                found[(*_spread(table, parts), table.positions[parts[0]][1])] = value
    return found


def _spread(table: TablePlan, keys: tuple[str, ...] | list[str]) -> tuple[int, int]:
    rows = [table.positions[key][0] for key in keys]
    return min(rows), max(rows) - min(rows) + 1


def _heads(table: TablePlan, band: Band, columns: set[int]) -> Iterator[tuple[Spot, str]]:
    """What stands over the columns. Never a label of the form alone: the reader goes by these."""
    words = phrases().template
    for column in sorted(columns):
        label = band.column_labels[column - band.figures]
        is_only = len(band.column_labels) == 1
        yield (
            table.reference(band.body - 1, column),
            words.word("reference_only" if is_only else "reference_head").format(label=label),
        )


def _figure(draft: Draft, spot: Spot, span: int, value: Value) -> None:
    """Constants: a row of formulas would be taken for a row of figures."""
    sheet = draft.sheet(spot.sheet)
    style = draft.styles.reference
    if span > 1:
        sheet.merge_range(spot.row, spot.column, spot.row + span - 1, spot.column, "", style)
    if value.state is State.NUMBER and value.number is not None and not value.unit:
        sheet.write_number(spot.row, spot.column, float(value.number), style)
    else:
        draft.write_text(spot, value.raw, style)

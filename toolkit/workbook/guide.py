"""填表说明: what to do in ten lines, the colours, every sheet with its state, the overall light."""

from toolkit.files.coordinates import quoted
from toolkit.phrases import phrases
from toolkit.workbook.checks import add_state_colours
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Spot
from toolkit.workbook.states import sheet_state
from toolkit.workbook.styles import height_of, lines_of

_WIDTHS = (60, 40)


def write_guide(draft: Draft) -> None:
    words = phrases().guide_sheet
    name, sheet = words.sheet, draft.sheet(words.sheet)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    heading = words.heading.format(
        year=draft.reading.year, report=draft.edition.report_name, edition=draft.edition.title
    )
    draft.write_text(Spot(name, 0, 0), heading, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    for row, line in enumerate(words.lines, start=2):
        sheet.merge_range(row, 0, row, 1, line, draft.styles.note)
        sheet.set_row(row, height_of(lines_of(line, sum(_WIDTHS))))
    date = draft.plan.guide_date
    draft.write_text(Spot(name, date.row, 0), words.date_label, draft.styles.left_label)
    draft.write_kept(date, draft.styles.answer)
    legend = (
        (words.legend_input, draft.styles.answer_sample),
        (words.legend_locked, draft.styles.left_label),
        (words.legend_wrong, draft.styles.wrong_sample),
    )
    for row, (word, style) in enumerate(legend, start=date.row + 2):
        draft.write_text(Spot(name, row, 0), word, style)
    _write_links(draft, name, date.row + 6)


def _write_links(draft: Draft, name: str, top: int) -> None:
    """Every sheet, and beside those that are checked their state."""
    words, sheet = phrases().guide_sheet, draft.sheet(name)
    draft.write_text(Spot(name, top, 0), words.links_title, draft.styles.head)
    draft.write_text(Spot(name, top, 1), words.state_title, draft.styles.head)
    for row, target in enumerate(draft.plan.sheets[1:], start=top + 1):
        sheet.write_url(row, 0, f"internal:{quoted(target)}!A1", draft.styles.link, target)
        checked = sheet_state(draft, target)
        if checked is not None:
            formula, state = checked
            word = draft.state_word(state)
            draft.write_formula(Spot(name, row, 1), f"={formula}", word, draft.styles.cell)
    add_state_colours(draft, name, top + 1, top + len(draft.plan.sheets), 1)

"""填表说明: what to do in ten lines, the colours, a link to every sheet with its state, and the overall light."""

from toolkit.files.coordinates import quoted
from toolkit.phrases import phrases
from toolkit.workbook.checks import colours, sheet_state
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import height_of, lines_of


def write_guide(draft: Draft) -> None:
    words = phrases().guide_sheet
    name = words.sheet
    sheet = draft.sheet(name)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 40)
    heading = f"{draft.reading.year}年{draft.edition.report_name}（{draft.edition.title}）"
    draft.write_text(Spot(name, 0, 0), heading, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    for row, line in enumerate(words.lines, start=2):
        sheet.merge_range(row, 0, row, 1, line, draft.styles.note)
        sheet.set_row(row, height_of(lines_of(line, 100)))
    row = draft.plan.guide_date.row
    draft.write_text(Spot(name, row, 0), words.date_label, draft.styles.left_label)
    draft.write_kept(draft.plan.guide_date, draft.styles.answer)
    legend = (
        ("legend_input", draft.styles.answer_sample),
        ("legend_locked", draft.styles.left_label),
        ("legend_wrong", draft.styles.wrong_sample),
    )
    for offset, (word, style) in enumerate(legend, start=2):
        draft.write_text(Spot(name, row + offset, 0), words.word(word), style)
    _links(draft, name, row + 6)


def _links(draft: Draft, name: str, row: int) -> None:
    """Every sheet, and beside those that are checked their state."""
    words = phrases().guide_sheet
    sheet = draft.sheet(name)
    draft.write_text(Spot(name, row, 0), words.links_title, draft.styles.head)
    draft.write_text(Spot(name, row, 1), words.state_title, draft.styles.head)
    for number, target in enumerate(draft.plan.sheets[1:], start=1):
        sheet.write_url(row + number, 0, f"internal:{quoted(target)}!A1", draft.styles.link, target)
        found = sheet_state(draft, target)
        if found is not None:
            formula, state = found
            draft.write_formula(
                Spot(name, row + number, 1),
                f"={formula}",
                draft.state_word(state),
                draft.styles.cell,
            )
    colours(draft, sheet, row + 1, row + len(draft.plan.sheets), 1)

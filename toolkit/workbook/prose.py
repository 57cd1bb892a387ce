"""The sheets of the narrative: one wide cell per paragraph, its sub-heading beside it."""

from toolkit.edition.declared import Section
from toolkit.phrases import phrases
from toolkit.record.reading import Paragraph
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import TALLEST, height_of, lines_of

TEXT_WIDTH, HEADING_WIDTH = 92.0, 24.0
SPARE = 10  # empty rows kept below given paragraphs


def write_section(draft: Draft, section: Section) -> None:
    """The sheet of a section, or its part of the sheet that it shares with a table.

    Rows of short paragraphs get no height, so that they grow while somebody types.
    """
    narrative = draft.edition.narrative
    sheet = draft.sheet(section.sheet)
    sheet.set_column(0, 0, HEADING_WIDTH)
    sheet.set_column(1, 1, TEXT_WIDTH)
    draft.write_text(Spot(section.sheet, 0, 0), section.heading, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    sheet.merge_range(1, 0, 1, 1, section.prompt, draft.styles.note)
    sheet.set_row(1, height_of(lines_of(section.prompt, HEADING_WIDTH + TEXT_WIDTH)))
    top = draft.plan.paragraphs_top(section.sheet)
    draft.write_text(Spot(section.sheet, top, 0), narrative.heading_column, draft.styles.head)
    draft.write_text(Spot(section.sheet, top, 1), narrative.text_column, draft.styles.head)
    rows = paragraphs_of(draft, section)
    paragraphs = _paragraphs_to_write(draft, section)
    for number in range(rows):
        paragraph = paragraphs[number] if number < len(paragraphs) else Paragraph("", "")
        _write_paragraph(draft, Spot(section.sheet, top + 1 + number, 0), paragraph)
    _add_prompts(draft, section, top + 1, top + rows)
    sheet.freeze_panes(top + 1, 0)


def paragraphs_of(draft: Draft, section: Section) -> int:
    """How many paragraphs the sheet of a section has room for."""
    given = len(draft.reading.narrative.get(section.key, ()))
    return max(draft.edition.narrative.paragraphs, given + SPARE)


def _paragraphs_to_write(draft: Draft, section: Section) -> tuple[Paragraph, ...]:
    """The paragraphs of the report; the suggested sub-headings without text where it has none."""
    given = draft.reading.narrative.get(section.key, ())
    if given:
        return given
    return tuple(Paragraph(heading, "") for heading in section.suggested)


def _add_prompts(draft: Draft, section: Section, first: int, last: int) -> None:
    """A prompt over the column of sub-headings and another one over the column of texts."""
    name, words = section.sheet, phrases().prompts
    draft.add_prompt(Spot(name, first, 0), Spot(name, last, 0), words.heading_title, words.heading)
    draft.add_prompt(
        Spot(name, first, 1), Spot(name, last, 1), words.paragraph_title, section.prompt
    )


def _write_paragraph(draft: Draft, spot: Spot, paragraph: Paragraph) -> None:
    beside = Spot(spot.sheet, spot.row, spot.column + 1)
    draft.write_open_text(spot, paragraph.heading, draft.styles.sub_heading)
    draft.write_open_text(beside, paragraph.text, draft.styles.prose)
    lines = max(lines_of(paragraph.text, TEXT_WIDTH), lines_of(paragraph.heading, HEADING_WIDTH))
    if lines > 1:  # a given text would be cut where rows do not grow on opening
        draft.sheet(spot.sheet).set_row(spot.row, min(height_of(lines), TALLEST))

"""The sheets of words: 基本信息 and the narrative."""

import datetime as dt

from toolkit.edition.declared import MESSAGE, TITLE, FieldEntry, Section
from toolkit.phrases import phrases
from toolkit.record.reading import FieldValue, Paragraph
from toolkit.workbook.draft import Draft
from toolkit.workbook.formulas import shown_answer
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import height_of, lines_of

TEXT_WIDTH, HEADING_WIDTH = 92.0, 24.0
SPARE = 10  # empty rows kept below given paragraphs
FIELD_LENGTH = 200


def write_profile(draft: Draft) -> None:
    profile = draft.edition.profile
    sheet = draft.sheet(profile.sheet)
    for column, width in enumerate((30.0, 44.0, 60.0)):
        sheet.set_column(column, column, width)
    draft.text(Spot(profile.sheet, 0, 0), profile.title, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    sheet.set_row(1, height_of(lines_of(profile.intro, 134)))
    draft.text(Spot(profile.sheet, 1, 0), profile.intro, draft.styles.note)
    sheet.merge_range(1, 0, 1, 2, profile.intro, draft.styles.note)
    for column, word in enumerate(
        (profile.label_column, profile.value_column, profile.help_column)
    ):
        draft.text(Spot(profile.sheet, 2, column), word, draft.styles.head)
    for title, entries in draft.edition.field_groups:
        first = draft.plan.fields[entries[0].key].row
        sheet.merge_range(first - 1, 0, first - 1, 2, title, draft.styles.head)
        for entry in entries:
            _field(draft, entry)


def _field(draft: Draft, entry: FieldEntry) -> None:
    spot = draft.plan.fields[entry.key]
    sheet = draft.sheet(spot.sheet)
    draft.text(Spot(spot.sheet, spot.row, 0), entry.label, draft.styles.left_label)
    draft.text(Spot(spot.sheet, spot.row, 2), entry.help, draft.styles.left_label)
    written = _answer(draft, entry, draft.reading.fields.get(entry.key))
    sheet.set_row(
        spot.row,
        height_of(
            max(lines_of(entry.help, 60), lines_of(entry.label, 30), lines_of(str(written), 44))
        ),
    )
    if entry.kind == "year":
        sheet.write_number(spot.row, spot.column, draft.reading.year, draft.styles.fixed)
        return
    style = draft.styles.answer_style(entry.kind, draft.flagged.get(entry.key))
    draft.note(spot, entry.key)
    if isinstance(written, dt.date):
        sheet.write_datetime(
            spot.row, spot.column, dt.datetime(written.year, written.month, written.day), style
        )
    elif written:
        draft.text(spot, written, style)
    else:
        sheet.write_blank(spot.row, spot.column, None, style)
    _validate(draft, entry, spot)


def _answer(draft: Draft, entry: FieldEntry, answer: FieldValue) -> str | dt.date:
    """What stands in the cell: 是/否, the words of a list, a date as date (before 1900, which no spreadsheet knows, as text)."""
    if entry.kind == "yesno":
        return str(phrases().answers.word("yes" if answer is True else "no"))
    if isinstance(answer, dt.date):
        return answer if answer.year >= 1900 else answer.isoformat()
    if answer is None or isinstance(answer, bool):
        return ""
    return shown_answer(draft.edition, entry, answer) if entry.choices else answer


def _validate(draft: Draft, entry: FieldEntry, spot: Spot) -> None:
    words = phrases().template
    prompt = {"input_title": entry.label[:TITLE], "input_message": entry.help[:MESSAGE]}
    if entry.kind in ("choice", "yesno"):
        answers = list(phrases().answers.entries().values())
        if entry.choices:
            answers = [word for _, word in draft.edition.profile.choices[entry.choices]]
        stop = "information" if entry.open else "stop"
        errors = {
            "error_title": words.choice_error_title,
            "error_message": words.choice_error,
            "error_type": stop,
        }
        draft.validate(spot, validate="list", source=answers, **prompt, **errors)
    elif entry.kind == "date":
        errors = {
            "error_title": words.date_error_title,
            "error_message": words.date_error,
            "error_type": "warning",
        }
        draft.validate(
            spot, validate="date", criteria=">=", value=dt.date(1900, 1, 1), **prompt, **errors
        )
    else:
        errors = {
            "error_title": words.text_error_title,
            "error_message": words.text_error.format(most=FIELD_LENGTH),
        }
        draft.validate(
            spot, validate="length", criteria="<=", value=FIELD_LENGTH, **prompt, **errors
        )


def write_section(draft: Draft, section: Section) -> None:
    """One wide cell per paragraph, its sub-heading beside it; rows without a height grow by themselves while typing."""
    narrative = draft.edition.narrative
    sheet = draft.sheet(section.sheet)
    sheet.set_column(0, 0, HEADING_WIDTH)
    sheet.set_column(1, 1, TEXT_WIDTH)
    draft.text(Spot(section.sheet, 0, 0), section.heading, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    sheet.merge_range(1, 0, 1, 1, section.prompt, draft.styles.note)
    sheet.set_row(1, height_of(lines_of(section.prompt, HEADING_WIDTH + TEXT_WIDTH)))
    top = draft.plan.paragraphs_top(section.sheet)
    draft.text(Spot(section.sheet, top, 0), narrative.heading_column, draft.styles.head)
    draft.text(Spot(section.sheet, top, 1), narrative.text_column, draft.styles.head)
    given = draft.reading.narrative.get(section.key, ())
    suggested = () if given else tuple(Paragraph(heading, "") for heading in section.suggested)
    rows = (*given, *suggested)
    for number in range(paragraphs_of(draft, section)):
        paragraph = rows[number] if number < len(rows) else Paragraph("", "")
        _paragraph(draft, Spot(section.sheet, top + 1 + number, 0), paragraph)
    last = top + paragraphs_of(draft, section)
    words = phrases().prompts
    draft.prompt(
        Spot(section.sheet, top + 1, 0),
        Spot(section.sheet, last, 0),
        words.heading_title,
        words.heading,
    )
    draft.prompt(
        Spot(section.sheet, top + 1, 1),
        Spot(section.sheet, last, 1),
        words.paragraph_title,
        section.prompt,
    )
    sheet.freeze_panes(top + 1, 0)


def paragraphs_of(draft: Draft, section: Section) -> int:
    """How many paragraphs the sheet of a section has room for."""
    return max(
        draft.edition.narrative.paragraphs,
        len(draft.reading.narrative.get(section.key, ())) + SPARE,
    )


def _paragraph(draft: Draft, spot: Spot, paragraph: Paragraph) -> None:
    sheet = draft.sheet(spot.sheet)
    for column, text, style in (
        (0, paragraph.heading, draft.styles.sub_heading),
        (1, paragraph.text, draft.styles.prose),
    ):
        if text:
            draft.text(Spot(spot.sheet, spot.row, column), text, style)
        else:
            sheet.write_blank(spot.row, column, None, style)
    lines = max(lines_of(paragraph.text, TEXT_WIDTH), lines_of(paragraph.heading, HEADING_WIDTH))
    if lines > 1:  # a given text would be cut where rows do not grow on opening
        sheet.set_row(spot.row, min(height_of(lines), 409))

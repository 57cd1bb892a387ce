"""The sheet 基本信息: every field with its label, its answer and what it asks for."""

import datetime as dt

from toolkit.edition.declared import MESSAGE, TITLE, FieldEntry
from toolkit.phrases import phrases
from toolkit.record.reading import FieldValue
from toolkit.workbook.draft import Draft
from toolkit.workbook.formulas import shown_answer
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import height_of, lines_of

_WIDTHS = (30.0, 44.0, 60.0)  # label, answer, help
_INTRO_WIDTH = 134
_LONGEST_ANSWER = 200  # characters
_FIRST_YEAR = 1900  # no spreadsheet knows a date before it


def write_profile(draft: Draft) -> None:
    profile = draft.edition.profile
    name, sheet = profile.sheet, draft.sheet(profile.sheet)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    draft.write_text(Spot(name, 0, 0), profile.title, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    sheet.set_row(1, height_of(lines_of(profile.intro, _INTRO_WIDTH)))
    draft.write_text(Spot(name, 1, 0), profile.intro, draft.styles.note)
    sheet.merge_range(1, 0, 1, 2, profile.intro, draft.styles.note)
    heads = (profile.label_column, profile.value_column, profile.help_column)
    for column, word in enumerate(heads):
        draft.write_text(Spot(name, 2, column), word, draft.styles.head)
    for title, entries in draft.edition.field_groups:
        above = draft.plan.field_spots[entries[0].key].row - 1
        sheet.merge_range(above, 0, above, 2, title, draft.styles.head)
        for entry in entries:
            _write_field(draft, entry)


def _write_field(draft: Draft, entry: FieldEntry) -> None:
    spot = draft.plan.field_spots[entry.key]
    sheet = draft.sheet(spot.sheet)
    draft.write_text(Spot(spot.sheet, spot.row, 0), entry.label, draft.styles.left_label)
    draft.write_text(Spot(spot.sheet, spot.row, 2), entry.help, draft.styles.left_label)
    answer = _answer_to_write(draft, entry, draft.reading.fields.get(entry.key))
    texts = (entry.label, str(answer), entry.help)
    lines = max(lines_of(text, width) for text, width in zip(texts, _WIDTHS, strict=True))
    sheet.set_row(spot.row, height_of(lines))
    if entry.kind == "year":
        sheet.write_number(spot.row, spot.column, draft.reading.year, draft.styles.fixed)
        return
    style = draft.styles.answer_style(entry.kind, draft.flagged.get(entry.key))
    draft.write_note(spot, entry.key)
    if isinstance(answer, dt.date):
        midnight = dt.datetime(answer.year, answer.month, answer.day)
        sheet.write_datetime(spot.row, spot.column, midnight, style)
    else:
        draft.write_open_text(spot, answer, style)
    _add_field_validation(draft, entry, spot)


def _answer_to_write(draft: Draft, entry: FieldEntry, answer: FieldValue) -> str | dt.date:
    """The content of the cell: 是 or 否, the words of a list, a date (before 1900 as text)."""
    if entry.kind == "yesno":
        return phrases().answers.word("yes" if answer is True else "no")
    if isinstance(answer, dt.date):
        return answer if answer.year >= _FIRST_YEAR else answer.isoformat()
    if answer is None or isinstance(answer, bool):
        return ""
    return shown_answer(draft.edition, entry, answer) if entry.choices else answer


def _add_field_validation(draft: Draft, entry: FieldEntry, spot: Spot) -> None:
    words = phrases().template
    prompt = {"input_title": entry.label[:TITLE], "input_message": entry.help[:MESSAGE]}
    if entry.kind in ("choice", "yesno"):
        draft.add_validation(
            spot,
            validate="list",
            source=_words_to_choose(draft, entry),
            error_title=words.choice_error_title,
            error_message=words.choice_error,
            error_type="information" if entry.open else "stop",
            **prompt,
        )
    elif entry.kind == "date":
        draft.add_validation(
            spot,
            validate="date",
            criteria=">=",
            value=dt.date(_FIRST_YEAR, 1, 1),
            error_title=words.date_error_title,
            error_message=words.date_error,
            error_type="warning",
            **prompt,
        )
    else:
        draft.add_validation(
            spot,
            validate="length",
            criteria="<=",
            value=_LONGEST_ANSWER,
            error_title=words.text_error_title,
            error_message=words.text_error.format(most=_LONGEST_ANSWER),
            **prompt,
        )


def _words_to_choose(draft: Draft, entry: FieldEntry) -> list[str]:
    if entry.choices:
        return [word for _, word in draft.edition.profile.choices[entry.choices]]
    return list(phrases().answers.entries().values())

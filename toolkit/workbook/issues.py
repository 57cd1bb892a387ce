"""问题清单: every finding of a report with its place, what to do, how it stands now, and room for a reason and an opinion."""

import json
from enum import StrEnum

from xlsxwriter.worksheet import Worksheet

from toolkit.codes import catalogue
from toolkit.edition.model import Instance
from toolkit.files.coordinates import quoted
from toolkit.finding import Finding, Severity, count
from toolkit.phrases import phrases
from toolkit.record.basis import basis_as_json
from toolkit.record.explained import is_explainable
from toolkit.record.reading import NARRATIVE, Explanation
from toolkit.record.settle import Standing
from toolkit.values import show
from toolkit.workbook import formulas
from toolkit.workbook.draft import Draft
from toolkit.workbook.review import Review, target, unplaced
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import TALLEST, height_of, lines_of


class IssueColumn(StrEnum):
    """The columns, in order; their heads stand in phrases.toml, by which the list is read back."""

    NUMBER = "number"
    SEVERITY = "severity"
    WHERE = "where"
    WHAT = "what"
    EXPECTED = "expected"
    REMEDY = "remedy"
    NOW = "now"
    REASON = "reason"
    OPINION = "opinion"
    CODE = "code"
    KEYS = "keys"
    VALUES = "values"


_WIDTHS = (5.0, 8.0, 27.0, 50.0, 9.0, 36.0, 11.0, 26.0, 20.0, 7.0, 4.0, 4.0)
_AT = {column: index for index, column in enumerate(IssueColumn)}
_HIDDEN = (IssueColumn.KEYS, IssueColumn.VALUES)
_TOP = 3  # the row of the heads; title, summary and what to do stand above


def write_issues(draft: Draft, review: Review) -> list[str]:
    """Gives the texts that it wrote, by which whatever else stands on the sheet one day is known for a person's own."""
    words = phrases().issues_sheet
    name = words.sheet
    sheet = draft.sheet(name)
    for column, width in zip(IssueColumn, _WIDTHS, strict=True):
        sheet.set_column(_AT[column], _AT[column], width, None, {"hidden": column in _HIDDEN})
    last = _AT[IssueColumn.CODE]
    draft.write_text(Spot(name, 0, 0), words.title, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    said = [
        words.title,
        _summary(draft, review),
        words.intro,
        *words.columns.values(),
        words.none,
        words.no_reason,
    ]
    for row, text in ((1, said[1]), (2, said[2])):
        sheet.merge_range(row, 0, row, last, text, draft.styles.note)
        sheet.set_row(row, height_of(lines_of(text, sum(_WIDTHS[: last + 1]))))
    for column in IssueColumn:
        draft.write_text(
            Spot(name, _TOP, _AT[column]), words.columns[column.value], draft.styles.head
        )
    for number, one in enumerate(review.findings, start=1):
        said += _entry(draft, sheet, _TOP + number, number, one)
    row = _TOP + max(len(review.findings), 1) + 1
    if not review.findings:
        sheet.merge_range(_TOP + 1, 0, _TOP + 1, last, words.none, draft.styles.cell)
    said += _beside(draft, sheet, review, row + 1)
    sheet.freeze_panes(_TOP + 1, 0)
    sheet.repeat_rows(_TOP)
    return said


def _summary(draft: Draft, review: Review) -> str:
    words, numbers = phrases().issues_sheet, count(review.findings)
    unit = draft.reading.text("unit.name") or words.no_unit
    return str(words.summary).format(unit=unit, year=draft.reading.year, **numbers)


def _entry(draft: Draft, sheet: Worksheet, row: int, number: int, one: Finding) -> list[str]:
    name, styles = phrases().issues_sheet.sheet, draft.styles
    texts = {
        IssueColumn.SEVERITY: phrases().severity.word(one.severity.value),
        IssueColumn.WHAT: one.message,
        IssueColumn.EXPECTED: show(one.expected)
        if one.expected is not None and not isinstance(one.expected, str)
        else one.expected or "",
        IssueColumn.REMEDY: one.remedy,
        IssueColumn.CODE: one.code,
        IssueColumn.KEYS: json.dumps(one.keys),
        IssueColumn.VALUES: json.dumps(basis_as_json(draft.reading.basis(one.keys))),
    }
    sheet.write_number(row, 0, number, styles.cell)
    for column, text in texts.items():
        draft.write_text(
            Spot(name, row, _AT[column]), text, styles.hidden if column in _HIDDEN else styles.cell
        )
    where = _where(draft, sheet, row, one)
    now = _now(draft, Spot(name, row, _AT[IssueColumn.NOW]), one)
    _answers(draft, Spot(name, row, _AT[IssueColumn.REASON]), one)
    lines = max(
        lines_of(text, _WIDTHS[_AT[column]])
        for column, text in texts.items()
        if column not in _HIDDEN
    )
    sheet.set_row(row, min(height_of(lines), TALLEST))
    return [*texts.values(), where, now]


def _where(draft: Draft, sheet: Worksheet, row: int, one: Finding) -> str:
    """A link to the cell in this copy, which need not be where it stood in the workbook that was sent."""
    spot = spot_of(draft, one)
    if spot is None:
        draft.write_text(
            Spot(phrases().issues_sheet.sheet, row, _AT[IssueColumn.WHERE]),
            one.place.sheet or "",
            draft.styles.cell,
        )
        return one.place.sheet or ""
    text = f"{spot.sheet} {spot.address}"
    sheet.write_url(
        row,
        _AT[IssueColumn.WHERE],
        f"internal:{quoted(spot.sheet)}!{spot.address}",
        draft.styles.linked,
        text,
    )
    return text


def spot_of(draft: Draft, one: Finding) -> Spot | None:
    """The cell that a finding is told at, or the top of the sheet it is about."""
    key = target(draft.edition, one)
    if key is not None:
        return (
            draft.plan.field_spots[key]
            if key in draft.plan.field_spots
            else draft.plan.table_of(key).spot(key)
        )
    about = [
        key.removeprefix(NARRATIVE).partition(".")[0]
        for key in one.keys
        if key.startswith(NARRATIVE)
    ]
    sections = [section.sheet for section in draft.edition.sections if section.key in about]
    sheet = sections[0] if sections else one.place.sheet
    return Spot(sheet, 0, 0) if sheet in draft.plan.sheets else None


def _now(draft: Draft, spot: Spot, one: Finding) -> str:
    """How it stands while the person types: the check itself, or whether the cells still hold what they held. Gives a fixed text."""
    words, style, entry = phrases().issues_sheet, draft.styles.cell, catalogue().get(one.code)
    number = next(
        (number for number, (own, _) in enumerate(draft.checks) if _is_of(own, one)), None
    )
    keys = [
        key for key in one.keys if key in draft.edition.cells and key not in draft.edition.totals
    ]
    if number is not None:
        verdict = draft.plan.calc.check_spots(number).state.absolute
        draft.write_formula(spot, f"={verdict}", draft.state_word(draft.checks[number][1]), style)
    elif keys and all(draft.figures[key].standing is Standing.INCOMPLETE for key in keys):
        left = formulas.count_formula(draft.plan.calc.ranges(keys), formulas.EMPTY)
        draft.write_formula(spot, _changed_unless(f"{left}>0"), words.untouched, style)
    elif len(keys) == 1 and not (entry and (entry.restored or entry.confirm)):
        draft.write_formula(
            spot, _changed_unless(draft.unchanged_condition(keys[0])), words.untouched, style
        )
    else:
        word = (
            words.unconfirmed
            if needs_confirming(one)
            else words.restored
            if is_restored(one)
            else ""
        )
        draft.write_text(spot, word, style)
        return str(word)
    return ""


def needs_confirming(one: Finding) -> bool:
    """Whether the copy can no longer show what is wrong, so that somebody has to write beside it that it was seen to."""
    entry = catalogue().get(one.code)
    return entry is not None and entry.confirm and one.severity is Severity.ERROR


def is_restored(one: Finding) -> bool:
    """Whether the copy itself has mended it, so that nothing is left to do there."""
    entry = catalogue().get(one.code)
    return entry is not None and entry.restored


def _changed_unless(condition: str) -> str:
    words = phrases().issues_sheet
    return f"=IF({condition},{formulas.quoted_text(words.untouched)},{formulas.quoted_text(words.changed)})"


def _is_of(instance: Instance, one: Finding) -> bool:
    return instance.about == one.about


def _answers(draft: Draft, spot: Spot, one: Finding) -> None:
    """Reason and opinion. A reason that no longer holds is not shown again: it has to be given anew."""
    words = phrases().issues_sheet
    given = next(
        (item for item in draft.reading.explanations if item.about == one.about),
        Explanation("", (), (), ""),
    )
    opinion = Spot(spot.sheet, spot.row, spot.column + 1)
    if needs_confirming(one):
        _open(draft, spot, "")
        draft.add_prompt(spot, spot, words.confirm_title, words.confirm)
    elif is_explainable(draft.edition, one):
        _open(draft, spot, given.text)
        draft.add_prompt(spot, spot, words.reason_title, words.reason)
    else:
        draft.write_text(
            spot,
            words.no_reason if one.severity is Severity.ERROR and not is_restored(one) else "",
            draft.styles.cell,
        )
    _open(draft, opinion, given.opinion)


def _open(draft: Draft, spot: Spot, text: str) -> None:
    if text:
        draft.write_text(spot, text, draft.styles.prose)
    else:
        draft.sheet(spot.sheet).write_blank(spot.row, spot.column, None, draft.styles.prose)


def _beside(draft: Draft, sheet: Worksheet, review: Review, row: int) -> list[str]:
    """What the person had written beside the form and has no place in it."""
    words = phrases().issues_sheet
    name = words.sheet
    aside = review.aside
    rows = [(one.sheet, one.cell, one.text) for one in unplaced(aside.remarks)]
    rows += [(one.name, "", words.sheet_kept) for one in aside.sheets] + [
        (lost, "", words.sheet_lost) for lost in aside.lost
    ]
    if not rows:
        return []
    sheet.merge_range(row, 0, row, _AT[IssueColumn.CODE], words.beside, draft.styles.head)
    for number, (where, cell, text) in enumerate(rows, start=1):
        draft.write_text(
            Spot(name, row + number, _AT[IssueColumn.WHERE]),
            f"{where} {cell}".strip(),
            draft.styles.cell,
        )
        sheet.merge_range(
            row + number,
            _AT[IssueColumn.WHAT],
            row + number,
            _AT[IssueColumn.CODE],
            "",
            draft.styles.cell,
        )
        draft.write_text(Spot(name, row + number, _AT[IssueColumn.WHAT]), text, draft.styles.cell)
        wide = sum(_WIDTHS[_AT[IssueColumn.WHAT] : _AT[IssueColumn.CODE] + 1])
        sheet.set_row(
            row + number,
            min(
                height_of(
                    max(
                        lines_of(text, wide),
                        lines_of(f"{where} {cell}", _WIDTHS[_AT[IssueColumn.WHERE]]),
                    )
                ),
                TALLEST,
            ),
        )
    return [
        words.beside,
        *(said for where, cell, text in rows for said in (f"{where} {cell}".strip(), text)),
    ]

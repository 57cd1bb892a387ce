"""问题清单: every finding of a report with its place, what to do, how it is now, room for answers.

An answer is a reason of the unit or an opinion of its superior.
"""

import json
from enum import StrEnum

from xlsxwriter.worksheet import Worksheet

from toolkit.codes import catalogue
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
from toolkit.workbook.review import (
    Review,
    is_restored,
    needs_confirming,
    target_of,
    unplaced,
)
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import TALLEST, height_of, lines_of


class IssueColumn(StrEnum):
    """The columns in order. Their heads are in phrases.toml; the list is read back by these."""

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
_LAST = _AT[IssueColumn.CODE]  # the last column that is seen
_TOP = 3  # the row of the heads, below title, summary and what to do


def write_issues(draft: Draft, review: Review) -> list[str]:
    """The list. Returns the texts that it wrote.

    By these is known which texts of the sheet are a person's own when it comes back.
    """
    words = phrases().issues_sheet
    sheet = draft.sheet(words.sheet)
    texts = _write_top(draft, sheet, review)
    for number, finding in enumerate(review.findings, start=1):
        texts += _write_finding(draft, sheet, number, finding)
    if not review.findings:
        sheet.merge_range(_TOP + 1, 0, _TOP + 1, _LAST, words.none, draft.styles.cell)
    below = _TOP + max(len(review.findings), 1) + 2
    texts += _write_remarks(draft, sheet, review, below)
    sheet.freeze_panes(_TOP + 1, 0)
    sheet.repeat_rows(_TOP)
    return texts


def _write_top(draft: Draft, sheet: Worksheet, review: Review) -> list[str]:
    """Widths, title, summary, what to do, and the heads. Returns the texts that can be there."""
    words = phrases().issues_sheet
    for column, width in zip(IssueColumn, _WIDTHS, strict=True):
        options = {"hidden": column in _HIDDEN}
        sheet.set_column(_AT[column], _AT[column], width, None, options)
    draft.write_text(Spot(words.sheet, 0, 0), words.title, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    summary = _summary_text(draft, review)
    for row, text in enumerate((summary, words.intro), start=1):
        sheet.merge_range(row, 0, row, _LAST, text, draft.styles.note)
        sheet.set_row(row, height_of(lines_of(text, sum(_WIDTHS[: _LAST + 1]))))
    for column in IssueColumn:
        head = Spot(words.sheet, _TOP, _AT[column])
        draft.write_text(head, words.columns[column.value], draft.styles.head)
    heads = words.columns.values()
    return [words.title, summary, words.intro, *heads, words.none, words.no_reason]


def _summary_text(draft: Draft, review: Review) -> str:
    words, numbers = phrases().issues_sheet, count(review.findings)
    unit = draft.reading.text("unit.name") or words.no_unit
    return words.summary.format(unit=unit, year=draft.reading.year, **numbers)


def _write_finding(draft: Draft, sheet: Worksheet, number: int, finding: Finding) -> list[str]:
    """The row of a finding. Returns its texts."""
    row, name, styles = _TOP + number, phrases().issues_sheet.sheet, draft.styles
    basis = basis_as_json(draft.reading.basis(finding.keys))
    texts = {
        IssueColumn.SEVERITY: phrases().severity.word(finding.severity.value),
        IssueColumn.WHAT: finding.message,
        IssueColumn.EXPECTED: _expected_text(finding),
        IssueColumn.REMEDY: finding.remedy,
        IssueColumn.CODE: finding.code,
        IssueColumn.KEYS: json.dumps(finding.keys),
        IssueColumn.VALUES: json.dumps(basis),
    }
    sheet.write_number(row, 0, number, styles.cell)
    lines = 1
    for column, text in texts.items():
        if column in _HIDDEN:
            draft.write_text(Spot(name, row, _AT[column]), text, styles.hidden)
        else:
            draft.write_text(Spot(name, row, _AT[column]), text, styles.cell)
            lines = max(lines, lines_of(text, _WIDTHS[_AT[column]]))
    where = _write_where(draft, Spot(name, row, _AT[IssueColumn.WHERE]), finding)
    now = _write_now(draft, Spot(name, row, _AT[IssueColumn.NOW]), finding)
    _write_answers(draft, Spot(name, row, _AT[IssueColumn.REASON]), finding)
    sheet.set_row(row, min(height_of(lines), TALLEST))
    return [*texts.values(), where, now]


def _expected_text(finding: Finding) -> str:
    if finding.expected is None or isinstance(finding.expected, str):
        return finding.expected or ""
    return show(finding.expected)


def _write_where(draft: Draft, spot: Spot, finding: Finding) -> str:
    """A link to the cell in this copy; in the workbook that was sent it may have been elsewhere.

    Returns its text. Without a cell it is the name of the sheet, if there is one.
    """
    target = _target_spot(draft, finding)
    if target is None:
        text = finding.place.sheet or ""
        draft.write_text(spot, text, draft.styles.cell)
        return text
    text = f"{target.sheet} {target.address}"
    link = f"internal:{quoted(target.sheet)}!{target.address}"
    draft.sheet(spot.sheet).write_url(spot.row, spot.column, link, draft.styles.linked, text)
    return text


def _target_spot(draft: Draft, finding: Finding) -> Spot | None:
    """The cell that a finding is reported at, or the top of the sheet it is about."""
    key = target_of(draft.edition, finding)
    if key is not None:
        field_spot = draft.plan.field_spots.get(key)
        return field_spot or draft.plan.table_of(key).spot(key)
    sheet = _sheet_of_section(draft, finding) or finding.place.sheet
    return Spot(sheet, 0, 0) if sheet in draft.plan.sheets else None


def _sheet_of_section(draft: Draft, finding: Finding) -> str:
    """The sheet of the first section of the prose that a finding is about, if any."""
    sections = [
        key.removeprefix(NARRATIVE).partition(".")[0]
        for key in finding.keys
        if key.startswith(NARRATIVE)
    ]
    return next(
        (section.sheet for section in draft.edition.sections if section.key in sections), ""
    )


def _write_now(draft: Draft, spot: Spot, finding: Finding) -> str:
    """How it is while the person types. Returns the text where it is a fixed one.

    The state of the check itself, or whether the cells still hold what they held.
    """
    words, style = phrases().issues_sheet, draft.styles.cell
    for number, (instance, state) in enumerate(draft.checks):
        if instance.about == finding.about:
            verdict = draft.plan.calc.check_spots(number).state.absolute
            draft.write_formula(spot, f"={verdict}", draft.state_word(state), style)
            return ""
    condition = _unchanged_condition(draft, finding)
    if condition:
        untouched, changed = map(formulas.quoted_text, (words.untouched, words.changed))
        formula = f"=IF({condition},{untouched},{changed})"
        draft.write_formula(spot, formula, words.untouched, style)
        return ""
    text = ""
    if needs_confirming(finding):
        text = words.unconfirmed
    elif is_restored(finding):
        text = words.restored
    draft.write_text(spot, text, style)
    return text


def _unchanged_condition(draft: Draft, finding: Finding) -> str:
    """What holds in the copy until somebody works on the cells of a finding; empty without cells.

    Cells that are all open: that some of them still are. A single cell: that it holds what it held.
    """
    edition, entry = draft.edition, catalogue().get(finding.code)
    keys = [key for key in finding.keys if key in edition.cells and key not in edition.totals]
    standings = {draft.figures[key].standing for key in keys}
    if standings == {Standing.INCOMPLETE}:
        return f"{formulas.count_formula(draft.plan.calc.ranges(keys), formulas.EMPTY)}>0"
    is_fixed = entry is not None and (entry.restored or entry.confirm)
    if len(keys) == 1 and not is_fixed:
        return draft.unchanged_condition(keys[0])
    return ""


def _write_answers(draft: Draft, spot: Spot, finding: Finding) -> None:
    """Reason and opinion, open where something can be answered.

    A reason that no longer holds is not shown again: it has to be given anew.
    """
    words, style = phrases().issues_sheet, draft.styles.prose
    given = _explanation_of(draft, finding)
    if needs_confirming(finding):
        draft.write_open_text(spot, "", style)
        draft.add_prompt(spot, spot, words.confirm_title, words.confirm)
    elif is_explainable(draft.edition, finding):
        draft.write_open_text(spot, given.text, style)
        draft.add_prompt(spot, spot, words.reason_title, words.reason)
    else:
        is_to_mend = finding.severity is Severity.ERROR and not is_restored(finding)
        draft.write_text(spot, words.no_reason if is_to_mend else "", draft.styles.cell)
    opinion_spot = Spot(spot.sheet, spot.row, spot.column + 1)
    draft.write_open_text(opinion_spot, given.opinion, style)


def _explanation_of(draft: Draft, finding: Finding) -> Explanation:
    """The explanation that the reading has for a finding, else an empty one."""
    for explanation in draft.reading.explanations:
        if explanation.about == finding.about:
            return explanation
    return Explanation("", (), (), "")


def _write_remarks(draft: Draft, sheet: Worksheet, review: Review, top: int) -> list[str]:
    """What the person had written beside the form and has no place in it. Returns the texts."""
    words, style = phrases().issues_sheet, draft.styles.cell
    aside = review.aside
    rows = [(remark.sheet, remark.cell, remark.text) for remark in unplaced(aside.remarks)]
    rows += [(extra.name, "", words.sheet_kept) for extra in aside.sheets]
    rows += [(lost, "", words.sheet_lost) for lost in aside.lost]
    if not rows:
        return []
    where_column, text_column = _AT[IssueColumn.WHERE], _AT[IssueColumn.WHAT]
    text_width = sum(_WIDTHS[text_column : _LAST + 1])
    sheet.merge_range(top, 0, top, _LAST, words.beside, draft.styles.head)
    texts = [words.beside]
    for row, (name, cell, text) in enumerate(rows, start=top + 1):
        where = f"{name} {cell}"
        draft.write_text(Spot(words.sheet, row, where_column), where.strip(), style)
        # The text goes into the first cell of a merged range, which has to be merged before.
        sheet.merge_range(row, text_column, row, _LAST, "", style)
        draft.write_text(Spot(words.sheet, row, text_column), text, style)
        lines = max(lines_of(text, text_width), lines_of(where, _WIDTHS[where_column]))
        sheet.set_row(row, min(height_of(lines), TALLEST))
        texts += [where.strip(), text]
    return texts

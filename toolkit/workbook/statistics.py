"""公开统计: items published by kind, optional, with shares and growth computed beside them."""

from decimal import ROUND_HALF_UP, Decimal

from toolkit.phrases import phrases
from toolkit.record.reading import Statistics
from toolkit.values import BLANK, State, Value, show
from toolkit.workbook import formulas
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import height_of, lines_of

SPARE = 10  # empty rows kept below given items


def write_statistics(draft: Draft) -> None:
    form, given = draft.edition.narrative.statistics, draft.reading.statistics
    plan = draft.plan
    sheet = draft.sheet(form.sheet)
    for column, width in enumerate((36, 16, 24)):
        sheet.set_column(column, column, width)
    draft.write_text(Spot(form.sheet, 0, 0), form.title, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    sheet.merge_range(1, 0, 1, 2, form.intro, draft.styles.note)
    sheet.set_row(1, height_of(lines_of(form.intro, 76)))
    items = [(item.kind, item.count) for item in given.items]
    rows = max(form.rows, len(items) + SPARE)
    counts = {plan.statistics_total: given.total, plan.statistics_prior: given.prior_total}
    counts |= {
        plan.statistics_items + number: items[number][1] if number < len(items) else BLANK
        for number in range(rows)
    }
    for row, label in (
        (plan.statistics_total, form.total_label),
        (plan.statistics_prior, form.prior_label),
    ):
        draft.write_text(Spot(form.sheet, row, 0), label, draft.styles.left_label)
    for column, word in enumerate((form.kind_column, form.count_column, form.share_column)):
        draft.write_text(
            Spot(form.sheet, plan.statistics_items - 1, column), word, draft.styles.head
        )
    for row, value in counts.items():
        _count(draft, Spot(form.sheet, row, 1), value)
        mirror = plan.calc.statistics_mirror(row)
        draft.write_formula(
            mirror, formulas.statistics_mirror_formula(plan, row, rows), float(_number(value))
        )
    for number in range(rows):
        row = plan.statistics_items + number
        if number < len(items) and items[number][0]:
            draft.write_text(Spot(form.sheet, row, 0), items[number][0], draft.styles.answer)
        else:
            sheet.write_blank(row, 0, None, draft.styles.answer)
        share = share_of(_number(counts[row]), _number(given.total))
        draft.write_formula(
            Spot(form.sheet, row, 2), formulas.share_formula(plan, row), share, draft.styles.total
        )
    first, last = (
        Spot(form.sheet, row, 0)
        for row in (plan.statistics_items, plan.statistics_items + rows - 1)
    )
    draft.add_prompt(first, last, phrases().prompts.kind_title, form.intro)
    draft.write_formula(
        Spot(form.sheet, plan.statistics_total, 2),
        formulas.growth_formula(plan),
        growth_of(given),
        draft.styles.fixed,
    )


def _number(value: Value) -> Decimal:
    """What the mirror of a count holds: text counts as nothing there."""
    return (
        value.number
        if value.state is State.NUMBER and value.number is not None and not value.raw
        else Decimal(0)
    )


def percentage_text(part: Decimal, whole: Decimal) -> str:
    """Rounded half up to one decimal by itself, without a trailing .0."""
    return show((part / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)) + "%"


def share_of(part: Decimal, whole: Decimal) -> str:
    return percentage_text(part, whole) if part > 0 and whole > 0 else ""


def growth_of(given: Statistics) -> str:
    words = phrases().growth
    total, prior = _number(given.total), _number(given.prior_total)
    if total <= 0 or prior <= 0:
        return ""
    if total == prior:
        return str(words.same)
    return str(words.up if total > prior else words.down) + percentage_text(
        abs(total - prior), prior
    )


def _count(draft: Draft, spot: Spot, value: Value) -> None:
    sheet = draft.sheet(spot.sheet)
    if value.state is State.NUMBER and value.number is not None and not value.raw:
        sheet.write_number(spot.row, spot.column, float(value.number), draft.styles.figure)
    elif value.raw:
        draft.write_text(spot, value.raw, draft.styles.figure)
    else:
        sheet.write_blank(spot.row, spot.column, None, draft.styles.figure)
    words = phrases().template
    draft.add_validation(
        spot,
        validate="integer",
        criteria=">=",
        value=0,
        input_title=draft.edition.narrative.statistics.count_column,
        input_message=draft.edition.narrative.statistics.help,
        error_title=words.count_error_title,
        error_message=words.count_error,
    )

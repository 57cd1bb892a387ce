"""公开统计: items published by kind, optional, with shares and growth computed beside them."""

from decimal import ROUND_HALF_UP, Decimal

from toolkit.phrases import phrases
from toolkit.record.reading import Statistics, StatisticsItem
from toolkit.values import BLANK, State, Value, show
from toolkit.workbook import formulas
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import height_of, lines_of

SPARE = 10  # empty rows kept below given items
_WIDTHS = (36, 16, 24)  # kind, count, share


def write_statistics(draft: Draft) -> None:
    declared, plan = draft.edition.narrative.statistics, draft.plan
    name, given = declared.sheet, draft.reading.statistics
    rows = max(declared.rows, len(given.items) + SPARE)
    items = [*given.items, *[StatisticsItem("", BLANK)] * (rows - len(given.items))]
    _write_words(draft)
    _write_count(draft, plan.statistics_total, given.total, rows)
    _write_count(draft, plan.statistics_prior, given.prior_total, rows)
    for row, item in enumerate(items, start=plan.statistics_items):
        _write_count(draft, row, item.count, rows)
    for row, item in enumerate(items, start=plan.statistics_items):
        _write_kind_and_share(draft, row, item)
    first = Spot(name, plan.statistics_items, 0)
    last = Spot(name, plan.statistics_items + rows - 1, 0)
    draft.add_prompt(first, last, phrases().prompts.kind_title, declared.intro)
    growth_spot = Spot(name, plan.statistics_total, 2)
    formula = formulas.growth_formula(plan)
    draft.write_formula(growth_spot, formula, _growth_text(given), draft.styles.fixed)


def _write_words(draft: Draft) -> None:
    """Widths, title, what the sheet is for, the labels of the totals and the heads of the items."""
    declared, plan = draft.edition.narrative.statistics, draft.plan
    name, sheet = declared.sheet, draft.sheet(declared.sheet)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    draft.write_text(Spot(name, 0, 0), declared.title, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    sheet.merge_range(1, 0, 1, 2, declared.intro, draft.styles.note)
    sheet.set_row(1, height_of(lines_of(declared.intro, sum(_WIDTHS))))
    labels = (
        (plan.statistics_total, declared.total_label),
        (plan.statistics_prior, declared.prior_label),
    )
    for row, label in labels:
        draft.write_text(Spot(name, row, 0), label, draft.styles.left_label)
    heads = (declared.kind_column, declared.count_column, declared.share_column)
    for column, word in enumerate(heads):
        head = Spot(name, plan.statistics_items - 1, column)
        draft.write_text(head, word, draft.styles.head)


def _write_kind_and_share(draft: Draft, row: int, item: StatisticsItem) -> None:
    name = draft.edition.narrative.statistics.sheet
    draft.write_open_text(Spot(name, row, 0), item.kind, draft.styles.answer)
    whole = _mirrored_number(draft.reading.statistics.total)
    share = _share_text(_mirrored_number(item.count), whole)
    formula = formulas.share_formula(draft.plan, row)
    draft.write_formula(Spot(name, row, 2), formula, share, draft.styles.total)


def _write_count(draft: Draft, row: int, value: Value, rows: int) -> None:
    """A count with its validation, and its mirror on _calc."""
    declared, words = draft.edition.narrative.statistics, phrases().template
    spot = Spot(declared.sheet, row, 1)
    if _is_plain_number(value):
        number = float(_mirrored_number(value))
        draft.sheet(spot.sheet).write_number(spot.row, spot.column, number, draft.styles.figure)
    else:
        draft.write_open_text(spot, value.raw, draft.styles.figure)
    draft.add_validation(
        spot,
        validate="integer",
        criteria=">=",
        value=0,
        input_title=declared.count_column,
        input_message=declared.help,
        error_title=words.count_error_title,
        error_message=words.count_error,
    )
    mirror = draft.plan.calc.statistics_mirror(row)
    formula = formulas.statistics_mirror_formula(draft.plan, row, rows)
    draft.write_formula(mirror, formula, float(_mirrored_number(value)))


def _is_plain_number(value: Value) -> bool:
    """Whether the cell holds a number; a printed text that says more is written as that text."""
    return value.state is State.NUMBER and value.number is not None and not value.raw


def _mirrored_number(value: Value) -> Decimal:
    """What the mirror of a count holds: 0 for a text."""
    if value.number is None or not _is_plain_number(value):
        return Decimal(0)
    return value.number


def _percentage_text(part: Decimal, whole: Decimal) -> str:
    """Rounded half up to one decimal, as ROUND does, without a trailing .0: `33.3%`, `50%`."""
    return show((part / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)) + "%"


def _share_text(part: Decimal, whole: Decimal) -> str:
    """What the formula of a share gives."""
    return _percentage_text(part, whole) if part > 0 and whole > 0 else ""


def _growth_text(given: Statistics) -> str:
    """What the formula of the growth gives."""
    words = phrases().growth
    total, prior = _mirrored_number(given.total), _mirrored_number(given.prior_total)
    if total <= 0 or prior <= 0:
        return ""
    if total == prior:
        return words.same
    word = words.up if total > prior else words.down
    return word + _percentage_text(abs(total - prior), prior)

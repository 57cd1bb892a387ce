"""The hidden sheet _calc: mirrors of all inputs, last year's figures, sides and state of checks."""

from decimal import Decimal

from toolkit.edition.relation import PRIOR, Side
from toolkit.phrases import phrases
from toolkit.record.reading import Origin
from toolkit.workbook import formulas
from toolkit.workbook.conflicts import write_conflicts
from toolkit.workbook.draft import Draft, number_for_cell
from toolkit.workbook.formulas import shown_answer
from toolkit.workbook.plan import CALC
from toolkit.workbook.spots import Spot


def write_calc(draft: Draft) -> None:
    _write_flags(draft)
    _write_mirrors(draft)
    _write_prior_figures(draft)
    write_conflicts(draft)
    _write_checks(draft)


def _write_flags(draft: Draft) -> None:
    """Single values for which formulas ask, each with its name before it."""
    sheet = draft.sheet(CALC)
    for name, spot in draft.plan.calc.flags.items():
        sheet.write_string(spot.row, 0, name)
        if name == "published":
            is_published = draft.reading.origin is Origin.PUBLISHED
            sheet.write_number(spot.row, spot.column, int(is_published))
        else:
            _write_field_flag(draft, name, spot)


def _write_field_flag(draft: Draft, name: str, spot: Spot) -> None:
    """1 or 0 for a declaration, else the answer as text, by `=INDEX('基本信息'!$A$1:$C$30,5,2)&""`.

    Inputs of 基本信息 are reached by INDEX over a locked frame, as cutting a cell moves references.
    """
    field = draft.plan.field_spots[name]
    answer = f"INDEX({draft.plan.profile_corners},{field.row + 1},{field.column + 1})"
    if name.startswith("declarations."):
        is_declared = draft.reading.fields.get(name) is True
        yes = formulas.quoted_text(phrases().answers.yes)
        draft.write_formula(spot, f"=IF({answer}={yes},1,0)", int(is_declared))
        return
    text, entry = draft.reading.text(name), draft.edition.fields[name]
    if entry.choices:
        text = shown_answer(draft.edition, entry, text)
    draft.write_formula(spot, f'={answer}&""', text)


def _write_mirrors(draft: Draft) -> None:
    """This year's figures, each row of a table with its name before it."""
    sheet = draft.sheet(CALC)
    for key in draft.edition.cells:
        spot = draft.plan.calc.mirror(key)
        sheet.write_string(spot.row, 0, key.rpartition(".")[0])
        draft.write_formula(spot, formulas.mirror_formula(draft.plan, key), draft.mirror_value(key))


def _write_prior_figures(draft: Draft) -> None:
    sheet = draft.sheet(CALC)
    for key, figure in draft.figures.items():
        if key.startswith(PRIOR):
            spot = draft.plan.calc.mirror(key)
            sheet.write_number(spot.row, spot.column, number_for_cell(figure))


def _write_checks(draft: Draft) -> None:
    """Name, sides and state of every check."""
    sheet = draft.sheet(CALC)
    for number, (instance, state) in enumerate(draft.checks):
        left, right, verdict = draft.plan.calc.check_spots(number)
        sheet.write_string(left.row, 0, instance.name)
        _write_side(draft, left, instance.holds.left)
        _write_side(draft, right, instance.holds.right)
        formula = formulas.state_formula(draft.plan, instance, left, right)
        draft.write_formula(verdict, formula, draft.state_word(state))


def _write_side(draft: Draft, spot: Spot, side: Side) -> None:
    terms = (term.sign * draft.figures[term.name].number for term in side.terms)
    value = sum(terms, Decimal(side.constant))
    draft.write_formula(spot, f"={formulas.sum_formula(draft.plan, side)}", float(value))

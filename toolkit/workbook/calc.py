"""The hidden sheet _calc: mirrors of all inputs, last year's figures, the two sides and the state of every check."""

from decimal import Decimal

from toolkit.edition.relation import PRIOR
from toolkit.phrases import phrases
from toolkit.record.reading import Origin
from toolkit.workbook import formulas
from toolkit.workbook.conflicts import write_conflicts
from toolkit.workbook.draft import Draft, number_for_cell
from toolkit.workbook.formulas import shown_answer
from toolkit.workbook.plan import CALC


def write_calc(draft: Draft) -> None:
    sheet = draft.sheet(CALC)
    _flags(draft)
    for key in draft.edition.cells:
        spot = draft.plan.calc.mirror(key)
        sheet.write_string(spot.row, 0, key.rpartition(".")[0])
        draft.write_formula(spot, formulas.mirror_formula(draft.plan, key), draft.mirror_value(key))
    for key, one in draft.figures.items():
        if key.startswith(PRIOR):
            spot = draft.plan.calc.mirror(key)
            sheet.write_number(spot.row, spot.column, number_for_cell(one))
    write_conflicts(draft)
    for number, (instance, state) in enumerate(draft.checks):
        left, right, verdict = draft.plan.calc.check_spots(number)
        sheet.write_string(left.row, 0, instance.name)
        for spot, side in ((left, instance.holds.left), (right, instance.holds.right)):
            value = sum(
                (term.sign * draft.figures[term.name].number for term in side.terms),
                Decimal(side.constant),
            )
            draft.write_formula(spot, f"={formulas.sum_formula(draft.plan, side)}", float(value))
        draft.write_formula(
            verdict,
            formulas.state_formula(draft.plan, instance, left, right),
            draft.state_word(state),
        )


def _flags(draft: Draft) -> None:
    """Single values that formulas ask for; inputs of 基本信息 are reached by INDEX over a locked frame."""
    sheet = draft.sheet(CALC)
    for name, spot in draft.plan.calc.flags.items():
        sheet.write_string(spot.row, 0, name)
        if name == "published":
            sheet.write_number(spot.row, spot.column, int(draft.reading.origin is Origin.PUBLISHED))
            continue
        field = draft.plan.field_spots[name]
        answer = f"INDEX({draft.plan.profile_corners},{field.row + 1},{field.column + 1})"
        if name.startswith("declarations."):
            declared = draft.reading.fields.get(name) is True
            draft.write_formula(
                spot,
                f"=IF({answer}={formulas.quoted_text(phrases().answers.yes)},1,0)",
                int(declared),
            )
        else:
            text = draft.reading.text(name)
            entry = draft.edition.fields[name]
            draft.write_formula(
                spot,
                f'={answer}&""',
                shown_answer(draft.edition, entry, text) if entry.choices else text,
            )

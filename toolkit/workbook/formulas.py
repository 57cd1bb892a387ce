"""The formulas of the workbook as text.

Only functions on which spreadsheet engines agree: IF AND OR SUM COUNTIF INDEX INT ROUND LEN
ISNUMBER.

No formula points at an input: inputs are reached by INDEX over a frame with locked corners,
so cutting one moves nothing.
"""

from collections.abc import Iterable, Sequence

from toolkit.edition.declared import FieldEntry
from toolkit.edition.model import Cell, Edition, Instance
from toolkit.edition.relation import Comparison, Side
from toolkit.files.coordinates import a1, quoted
from toolkit.phrases import phrases
from toolkit.values import PLACES, Kind
from toolkit.workbook.plan import Plan
from toolkit.workbook.spots import Spot

# What a mirror on _calc holds instead of a figure. Hidden, so never read by staff.
EMPTY, WRONG, TEXT = "空", "错", "文"


def quoted_text(value: str) -> str:
    """A string constant in a formula."""
    return '"' + value.replace('"', '""') + '"'


def mirror_formula(plan: Plan, key: str) -> str:
    """The figure of a cell as checks see it: a number, or EMPTY, WRONG or TEXT.

    Where `x` is the INDEX expression of an input that counts, `p` the flag of a published report
    and `d` the flag of a declaration that covers the input:

        =IF(ISNUMBER(x),IF(AND(x>=0,x=INT(x),OR(x=0,d=0)),x,"错"),IF(LEN(x)=0,IF(p+d>0,0,"空"),"错"))
    """
    cell = plan.edition.cells[key]
    x = _figure_expression(plan, key)
    declarations = plan.edition.declared_by(key)
    flags = [
        plan.calc.flags[f"declarations.{declaration.key}"].absolute for declaration in declarations
    ]
    sound = _soundness_condition(cell, x, flags)
    number = f"IF(AND({sound}),{x},{quoted_text(WRONG)})"
    is_zero = "+".join([plan.calc.flags["published"].absolute, *flags]) + ">0"
    blank = f"IF({is_zero},0,{quoted_text(EMPTY)})"
    other = quoted_text(TEXT if cell.kind is Kind.AMOUNT else WRONG)
    figure = f"IF(ISNUMBER({x}),{number},IF(LEN({x})=0,{blank},{other}))"
    return f"={_inherit_worst_component(plan, key, figure)}"


def _figure_expression(plan: Plan, key: str) -> str:
    """The figure of a cell: an input by INDEX; a total, which is locked anyway, by its address."""
    table = plan.table_of(key)
    if key in plan.edition.totals:
        return table.spot(key).absolute
    return table.segment(key).input_formula


def _soundness_condition(cell: Cell, x: str, flags: Sequence[str]) -> str:
    """What holds of a figure that its column can hold and no declaration contradicts."""
    conditions = {
        Kind.COUNT: f"{x}>=0,{x}=INT({x})",
        Kind.CHANGE: f"{x}=INT({x})",
        Kind.MONEY: f"{x}>=0,ROUND({x},{PLACES})={x}",
        Kind.AMOUNT: f"{x}>=0",
    }
    condition = conditions[cell.kind]
    if flags:
        condition += f",OR({x}=0,{'+'.join(flags)}=0)"
    return condition


def _inherit_worst_component(plan: Plan, key: str, figure: str) -> str:
    """While a component of a total is open or wrong, so is the total."""
    if key not in plan.edition.totals:
        return figure
    ranges = plan.calc.ranges(plan.edition.totals[key].names)
    wrong, empty = count_formula(ranges, WRONG), count_formula(ranges, EMPTY)
    unless_empty = f"IF({empty}>0,{quoted_text(EMPTY)},{figure})"
    return f"IF({wrong}>0,{quoted_text(WRONG)},{unless_empty})"


def count_formula(ranges: Iterable[str], text: str) -> str:
    """How many cells of some ranges hold a text, without `=`: `COUNTIF(r1,"空")+COUNTIF(r2,"空")`."""
    counts = [f"COUNTIF({cells},{quoted_text(text)})" for cells in ranges]
    return "+".join(counts) or "0"


def total_formula(plan: Plan, key: str) -> str:
    """The formula of a total cell: the sum that the relation covering it demands."""
    return f"={sum_formula(plan, plan.edition.totals[key])}"


def sum_formula(plan: Plan, side: Side) -> str:
    """A side as SUM over mirrors, without `=`; SUM passes over the marks for empty and wrong.

    For example `SUM(_calc!$B$9:$B$12)-SUM(_calc!$B$13)+1`.
    """
    plus = plan.calc.ranges(term.name for term in side.terms if term.sign > 0)
    minus = plan.calc.ranges(term.name for term in side.terms if term.sign < 0)
    formula = f"SUM({','.join(plus)})" if plus else "0"
    if minus:
        formula += f"-SUM({','.join(minus)})"
    if side.constant:
        formula += f"{side.constant:+d}"
    return formula


def state_formula(plan: Plan, instance: Instance, left: Spot, right: Spot) -> str:
    """The state of a check: wrong inputs first, then open ones, then the comparison.

    Where `w` and `e` count the wrong and the empty inputs, `l` and `r` are the two sides:

        =IF(w>0,"填法不对",IF(e>0,"未填完",IF(ROUND(l,6)=ROUND(r,6),"通过","数对不上")))

    A check that holds only under a condition, or only for some levels of units, passes elsewhere.
    """
    words = {name: quoted_text(word) for name, word in phrases().states.entries().items()}
    holds = comparison_formula(left.absolute, instance.holds, right.absolute)
    verdict = f"IF({holds},{words['passed']},{words['broken']})"
    if instance.when is not None:
        condition = comparison_formula(
            f"({sum_formula(plan, instance.when.left)})",
            instance.when,
            f"({sum_formula(plan, instance.when.right)})",
        )
        verdict = f"IF({condition},{verdict},{words['passed']})"
    ranges = plan.calc.ranges(instance.keys)
    wrong, empty = count_formula(ranges, WRONG), count_formula(ranges, EMPTY)
    unless_empty = f"IF({empty}>0,{words['incomplete']},{verdict})"
    state = f"IF({wrong}>0,{words['invalid']},{unless_empty})"
    levels = instance.relation.declared.levels
    if levels:
        state = f"IF({_level_condition(plan, levels)},{state},{words['passed']})"
    return f"={state}"


def _level_condition(plan: Plan, levels: Iterable[str]) -> str:
    """Whether the unit is of one of some levels, by the words that staff choose from."""
    flag = plan.calc.flags["unit.level"].absolute
    entry = plan.edition.fields["unit.level"]
    words = [shown_answer(plan.edition, entry, level) for level in levels]
    conditions = [f"{flag}={quoted_text(word)}" for word in words]
    return f"OR({','.join(conditions)})"


def statistics_mirror_formula(plan: Plan, row: int, rows: int) -> str:
    """A count of 公开统计, 0 where the cell holds no number.

    The frame that INDEX reads holds no formula: from the locked title to below the last item.
    """
    sheet = plan.edition.narrative.statistics.sheet
    below = plan.statistics_items + rows
    frame = f"{quoted(sheet)}!{a1(0, 0, absolute=True)}:{a1(below, 1, absolute=True)}"
    x = f"INDEX({frame},{row + 1},2)"
    return f"=IF(ISNUMBER({x}),{x},0)"


def share_formula(plan: Plan, row: int) -> str:
    """The share of an item of 公开统计 in the total: `=IF(AND(p>0,w>0),ROUND(p/w*100,1)&"%","")`."""
    part = plan.calc.statistics_mirror(row).absolute
    whole = plan.calc.statistics_mirror(plan.statistics_total).absolute
    return f'=IF(AND({part}>0,{whole}>0),ROUND({part}/{whole}*100,1)&"%","")'


def growth_formula(plan: Plan) -> str:
    """The growth of the total of 公开统计 in words: the word for up or down and a percentage."""
    now = plan.calc.statistics_mirror(plan.statistics_total).absolute
    before = plan.calc.statistics_mirror(plan.statistics_prior).absolute
    words = {name: quoted_text(word) for name, word in phrases().growth.entries().items()}
    up = f'{words["up"]}&ROUND(({now}-{before})/{before}*100,1)&"%"'
    down = f'{words["down"]}&ROUND(({before}-{now})/{before}*100,1)&"%"'
    unless_up = f"IF({now}<{before},{down},{words['same']})"
    return f'=IF(AND({now}>0,{before}>0),IF({now}>{before},{up},{unless_up}),"")'


def comparison_formula(left: str, comparison: Comparison, right: str) -> str:
    """Whether a comparison holds, without `=`: `ROUND(left,6)<=ROUND(right,6)`.

    Sums of money carry binary rounding, so both sides are rounded to the places of a money column.
    """
    operator = comparison.spreadsheet_operator
    return f"ROUND({left},{PLACES}){operator}ROUND({right},{PLACES})"


def shown_answer(edition: Edition, entry: FieldEntry, answer: str) -> str:
    """An answer as the list of its field shows it."""
    return dict(edition.profile.choices[entry.choices]).get(answer, answer)


def worst_state_formula(ranges: Sequence[str], order: Sequence[str]) -> str:
    """The first of `order` that occurs among the states in some ranges, else the last of `order`.

    Without `=`; for the order a, b, c: `IF(COUNTIF(r,"a")>0,"a",IF(COUNTIF(r,"b")>0,"b","c"))`.
    """
    *states, last = order
    formula = quoted_text(last)
    for state in reversed(states):
        formula = f"IF({count_formula(ranges, state)}>0,{quoted_text(state)},{formula})"
    return formula

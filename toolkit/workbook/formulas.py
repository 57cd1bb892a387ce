"""The formulas of the workbook as text.

Only functions on which spreadsheet engines agree: IF AND OR SUM COUNTIF INDEX INT ROUND LEN ISNUMBER.

No formula points at an input: inputs are reached by INDEX over a frame with locked corners, so cutting one moves nothing.
"""

from collections.abc import Iterable, Sequence

from toolkit.edition.declared import FieldEntry
from toolkit.edition.model import Edition, Instance
from toolkit.edition.relation import Comparison, Side
from toolkit.files.coordinates import a1, quoted
from toolkit.phrases import phrases
from toolkit.values import PLACES, Kind
from toolkit.workbook.plan import Plan
from toolkit.workbook.spots import Spot

# What a mirror on _calc holds instead of a figure. Hidden, so never read by staff.
EMPTY, WRONG, TEXT = "空", "错", "文"


def text(value: str) -> str:
    """A string constant in a formula."""
    return '"' + value.replace('"', '""') + '"'


def mirror(plan: Plan, key: str) -> str:
    """The figure of an input as checks see it: a number, or EMPTY or WRONG."""
    cell = plan.edition.cells[key]
    table = plan.table_of(key)
    x = (
        table.spot(key).absolute if key in plan.edition.totals else table.segment(key).formula
    )  # totals are locked anyway
    published = plan.calc_flags["published"].absolute
    declared = [
        plan.calc_flags[f"declarations.{one.key}"].absolute for one in plan.edition.declared_by(key)
    ]
    sound = [
        {
            Kind.COUNT: f"{x}>=0,{x}=INT({x})",
            Kind.CHANGE: f"{x}=INT({x})",
            Kind.MONEY: f"{x}>=0,ROUND({x},{PLACES})={x}",
            Kind.AMOUNT: f"{x}>=0",
        }[cell.kind]
    ]
    if declared:
        sound.append(f"OR({x}=0,{'+'.join(declared)}=0)")
    zero = f"{'+'.join([published, *declared])}>0"
    other = text(TEXT if cell.kind is Kind.AMOUNT else WRONG)
    own = f"IF(ISNUMBER({x}),IF(AND({','.join(sound)}),{x},{text(WRONG)}),IF(LEN({x})=0,IF({zero},0,{text(EMPTY)}),{other}))"
    return f"={_inherited(plan, key, own)}"


def _inherited(plan: Plan, key: str, own: str) -> str:
    """While a component of a total is open or wrong, so is the total."""
    if key not in plan.edition.totals:
        return own
    ranges = plan.ranges(plan.edition.totals[key].names)
    return f"IF({counted(ranges, WRONG)}>0,{text(WRONG)},IF({counted(ranges, EMPTY)}>0,{text(EMPTY)},{own}))"


def counted(ranges: Iterable[str], what: str) -> str:
    return "+".join(f"COUNTIF({one},{text(what)})" for one in ranges) or "0"


def total(plan: Plan, key: str) -> str:
    """The formula of a total cell: the sum that the relation covering it demands."""
    return f"={sum_of(plan, plan.edition.totals[key])}"


def sum_of(plan: Plan, side: Side) -> str:
    """A side as SUM over mirrors; SUM passes over the marks for empty and wrong."""
    plus = plan.ranges(term.name for term in side.terms if term.sign > 0)
    minus = plan.ranges(term.name for term in side.terms if term.sign < 0)
    parts = f"SUM({','.join(plus)})" if plus else "0"
    if minus:
        parts += f"-SUM({','.join(minus)})"
    return parts + (f"{side.constant:+d}" if side.constant else "")


def state(plan: Plan, instance: Instance, left: Spot, right: Spot) -> str:
    """The state of a check: wrong inputs first, then open ones, then the comparison."""
    words = {name: text(word) for name, word in phrases().states.entries().items()}
    ranges = plan.ranges(instance.keys)
    verdict = f"IF({compared(left.absolute, instance.holds, right.absolute)},{words['passed']},{words['broken']})"
    if instance.when is not None:
        condition = compared(
            f"({sum_of(plan, instance.when.left)})",
            instance.when,
            f"({sum_of(plan, instance.when.right)})",
        )
        verdict = f"IF({condition},{verdict},{words['passed']})"
    judged = f"IF({counted(ranges, WRONG)}>0,{words['invalid']},IF({counted(ranges, EMPTY)}>0,{words['incomplete']},{verdict}))"
    levels = instance.relation.declared.levels
    if not levels:
        return f"={judged}"
    own = plan.calc_flags["unit.level"].absolute
    named = ",".join(
        f"{own}={text(shown(plan.edition, plan.edition.fields['unit.level'], level))}"
        for level in levels
    )
    return f"=IF(OR({named}),{judged},{words['passed']})"


def statistics_mirror(plan: Plan, row: int, rows: int) -> str:
    """A count of 公开统计, 0 where there is none. The frame holds no formula: from the locked title to below the last item."""
    sheet = plan.edition.narrative.statistics.sheet
    below = plan.statistics_items + rows
    frame = f"{quoted(sheet)}!{a1(0, 0, absolute=True)}:{a1(below, 1, absolute=True)}"
    x = f"INDEX({frame},{row + 1},2)"
    return f"=IF(ISNUMBER({x}),{x},0)"


def share(plan: Plan, row: int) -> str:
    part, whole = (
        plan.statistics_mirror(row).absolute,
        plan.statistics_mirror(plan.statistics_total).absolute,
    )
    return f'=IF(AND({part}>0,{whole}>0),ROUND({part}/{whole}*100,1)&"%","")'


def growth(plan: Plan) -> str:
    now, before = (
        plan.statistics_mirror(row).absolute
        for row in (plan.statistics_total, plan.statistics_prior)
    )
    words = {name: text(word) for name, word in phrases().growth.entries().items()}
    up = f'{words["up"]}&ROUND(({now}-{before})/{before}*100,1)&"%"'
    down = f'{words["down"]}&ROUND(({before}-{now})/{before}*100,1)&"%"'
    return f'=IF(AND({now}>0,{before}>0),IF({now}>{before},{up},IF({now}<{before},{down},{words["same"]})),"")'


def compared(left: str, comparison: Comparison, right: str) -> str:
    """Sums of money carry binary rounding; both sides are rounded to the places of a money column."""
    return f"ROUND({left},{PLACES}){comparison.spreadsheet_operator}ROUND({right},{PLACES})"


def shown(edition: Edition, entry: FieldEntry, answer: str) -> str:
    """An answer as the list of its field shows it."""
    return dict(edition.profile.choices[entry.choices]).get(answer, answer)


def worst(states: Sequence[str], order: Sequence[str]) -> str:
    """The first of `order` that occurs among the states in some ranges, else the last of `order`."""
    *tests, last = order
    formula = text(last)
    for word in reversed(tests):
        formula = f"IF({counted(states, word)}>0,{text(word)},{formula})"
    return formula

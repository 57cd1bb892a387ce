"""What a cell can hold, and how figures are read as people type them.

Money is never a float, and a blank is never 0.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import MAX_EMAX, Context, Decimal
from enum import StrEnum
from functools import cache

from toolkit.phrases import phrases

DIGITS = 15  # what a spreadsheet cell holds exactly
PLACES = 6  # decimals of a money column
_WORTH = {"元": Decimal(1), "万元": Decimal(10000), "万": Decimal(10000)}


class Kind(StrEnum):
    """What a column holds."""

    COUNT = "count"  # whole number >= 0
    CHANGE = "change"  # whole number with a sign
    MONEY = "money"  # decimal >= 0 in the unit of the column
    # Money without an agreed unit: a number, or a text that states figure and unit.
    AMOUNT = "amount"


class State(StrEnum):
    NUMBER = "number"
    BLANK = "blank"
    DECLARED_ZERO = "declared_zero"  # blank under a declaration that says 是
    NOT_APPLICABLE = "not_applicable"  # / — 无 …
    UNREADABLE = "unreadable"


class Why(StrEnum):
    """Why a value is unreadable."""

    TEXT = "text"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    LONG = "long"
    FORMULA = "formula"  # without a saved result


@dataclass(frozen=True)
class Value:
    """One cell.

    `raw` is the printed text, kept only where it says more than the figure. `unit` is only there
    for amounts that state one.
    """

    state: State
    number: Decimal | None = None
    raw: str = ""
    unit: str = ""
    why: Why | None = None

    @property
    def is_blank(self) -> bool:
        return self.state in (State.BLANK, State.DECLARED_ZERO)

    def is_written_as_text(self, kind: Kind) -> bool:
        """Whether a cell holds the text: an amount whose printed text says more than its figure."""
        return kind is Kind.AMOUNT and bool(self.raw)


BLANK = Value(State.BLANK)
DECLARED_ZERO = Value(State.DECLARED_ZERO)


def number(value: Decimal | int) -> Value:
    """The value of a cell that holds this figure."""
    return Value(State.NUMBER, Decimal(value))


def json_number(value: Decimal | None) -> int | float | None:
    """A figure as JSON has it. It has at most 15 digits, so a float prints as the same decimal."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def exact(value: Decimal) -> Decimal:
    """The same number without trailing zeros or exponent."""
    return Decimal(format(value.normalize(), "f"))


def show(value: Decimal | None) -> str:
    """A figure for people: no exponent, no trailing zeros."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_WIDE = {
    ord(wide): narrow
    for wide, narrow in zip(
        "０１２３４５６７８９，．＋－−﹣（）", "0123456789,.+---()", strict=True
    )
}


def plain(text: str) -> str:
    """The text with narrow digits and signs, without invisible characters and outer white space.

    NFKC would do more than is right: ② is no figure.
    """
    return _INVISIBLE.sub("", text).translate(_WIDE).strip()


@cache
def _figure_pattern() -> re.Pattern[str]:
    """A figure as people type it: -1,234.5万元(其中…); spaces may be between the parts."""
    units = "|".join(sorted(map(re.escape, phrases().marks.units_of_count), key=len, reverse=True))
    return re.compile(
        r"(?P<sign>[+-]?)\s*+"
        r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<places>\.\d*)?\s*+"
        rf"(?P<wan>万)?\s*+(?P<unit>元|{units})?\s*+"
        r"(?P<remark>\(.+\))?",
        re.DOTALL,
    )


def read_typed(raw: object, kind: Kind, unit: str = "") -> tuple[Value, bool]:
    """The value of a cell, and whether a text was interpreted (which is reported to the person).

    `raw` is what a spreadsheet or a data file holds: None, bool, int, float, Decimal, date or text.
    `unit` is the column's (万元 or 元); a stated other unit is converted: in a column of 万元,
    "5000元" is 0.5.
    """
    if raw is None:
        return BLANK, False
    if isinstance(raw, bool):
        return Value(State.UNREADABLE, raw=str(raw).upper(), why=Why.BOOLEAN), False
    if isinstance(raw, dt.datetime | dt.date | dt.time | dt.timedelta):
        return Value(State.UNREADABLE, raw=str(raw), why=Why.DATE), False
    if isinstance(raw, int | float | Decimal):
        return _read_number(raw), False
    return _read_text(str(raw), kind, unit)


def _read_number(raw: int | float | Decimal) -> Value:
    """Floats come from spreadsheets, which hold 15 significant digits."""
    if isinstance(raw, float):
        return _limit_digits(Decimal(f"{raw:.{DIGITS}g}"), str(raw))
    figure = Decimal(raw)
    return _limit_digits(figure, str(figure))  # str(int) refuses very long ones


def _limit_digits(figure: Decimal, raw: str) -> Value:
    """The figure, if it has no more digits and decimals than a cell holds; else it is too long."""
    if not figure.is_finite():
        return Value(State.UNREADABLE, raw=raw, why=Why.TEXT)
    if figure == 0:
        return number(0)
    _, written, power = figure.as_tuple()
    assert isinstance(power, int)
    digits = "".join(map(str, written)).rstrip("0")  # not normalize(), which rounds and overflows
    power += len(written) - len(digits)
    if len(digits) + max(power, 0) > DIGITS or power < -PLACES:
        return Value(State.UNREADABLE, raw=raw, why=Why.LONG)
    return Value(State.NUMBER, exact(figure))


def _read_text(raw: str, kind: Kind, unit: str) -> tuple[Value, bool]:
    text = plain(raw)
    if not text:
        return BLANK, False
    if text.lower() in phrases().marks.not_applicable:
        return Value(State.NOT_APPLICABLE, raw=raw), False
    if text.startswith("#") and text.rstrip("!?").isupper():
        return Value(State.UNREADABLE, raw=raw, why=Why.ERROR), False
    match = _figure_pattern().fullmatch(text)
    if match is None:
        return Value(State.UNREADABLE, raw=raw, why=Why.TEXT), False
    if kind is Kind.AMOUNT:
        return _read_amount(match, raw)
    return _read_figure(match, raw, kind, unit)


def _figure_in(match: re.Match[str]) -> Decimal:
    places = (match["places"] or "").rstrip(".")
    return Decimal(match["sign"] + match["whole"].replace(",", "") + places)


def _stated_unit(match: re.Match[str]) -> str:
    return (match["wan"] or "") + (match["unit"] or "")


def _read_amount(match: re.Match[str], raw: str) -> tuple[Value, bool]:
    """A matched amount, with the unit that it states. One of something else is text."""
    if match["unit"] not in (None, "元"):
        return Value(State.UNREADABLE, raw=raw, why=Why.TEXT), False
    value = _limit_digits(_figure_in(match), raw)
    if value.state is not State.NUMBER:
        return value, False
    stated = _stated_unit(match)
    if stated or match["remark"]:
        return replace(value, raw=raw, unit=stated), False
    return value, True


def _read_figure(match: re.Match[str], raw: str, kind: Kind, unit: str) -> tuple[Value, bool]:
    """A matched figure in the unit of its column; a unit that the column cannot have is text."""
    stated = _stated_unit(match)
    scale = _money_scale(stated, unit) if kind is Kind.MONEY else _count_scale(match)
    if scale is None:
        return Value(State.UNREADABLE, raw=raw, why=Why.TEXT), False
    context = Context(prec=len(raw) + DIGITS, Emax=MAX_EMAX)
    value = _limit_digits(context.multiply(_figure_in(match), scale), raw)
    if value.state is not State.NUMBER:
        return value, False
    if stated or match["remark"]:
        value = replace(value, raw=raw)
    return value, True


def _count_scale(match: re.Match[str]) -> Decimal | None:
    """What one stated unit counts: 10000 for 万件; None for money."""
    if match["unit"] == "元":
        return None
    return Decimal(10000 if match["wan"] else 1)


def _money_scale(stated: str, unit: str) -> Decimal | None:
    """What one stated unit is in units of the column; None for a unit of something else."""
    if stated == "":
        return Decimal(1)
    if stated not in _WORTH or unit not in _WORTH:
        return None
    return _WORTH[stated] / _WORTH[unit]


def is_sound(value: Value, kind: Kind) -> bool:
    """Whether a read number is one that its column can hold.

    It has to be whole where the column counts, and not negative where it has no sign.
    """
    if value.state is not State.NUMBER or value.number is None:
        return False
    if kind in (Kind.COUNT, Kind.CHANGE) and value.number != value.number.to_integral_value():
        return False
    return kind is Kind.CHANGE or value.number >= 0

"""Figures as people type them: domain.md 6, line by line, and what holds for every text and every number."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.strategies import ODD, decimals
from toolkit.values import BLANK, PLACES, Kind, State, Value, Why, is_sound, read_typed, show

NUMBER, UNREADABLE, NOTHING = State.NUMBER, State.UNREADABLE, State.NOT_APPLICABLE
UNITS = {Kind.MONEY: "万元"}


def read(raw: object, kind: Kind = Kind.COUNT) -> Value:
    return read_typed(raw, kind, UNITS.get(kind, ""))[0]


@pytest.mark.parametrize(
    ("raw", "kind", "figure", "told"),
    [
        ("１２", Kind.COUNT, "12", True),
        ("1,234", Kind.COUNT, "1234", True),
        ("1，234", Kind.COUNT, "1234", True),
        ("12,345,678", Kind.COUNT, "12345678", True),
        (" 7 ", Kind.COUNT, "7", True),
        ("　7\u00a0", Kind.COUNT, "7", True),
        ("\ufeff7\u200b", Kind.COUNT, "7", True),
        (12.0, Kind.COUNT, "12", False),
        (12, Kind.COUNT, "12", False),
        (Decimal("12.00"), Kind.COUNT, "12", False),
        ("12.0", Kind.COUNT, "12", True),
        ("12.", Kind.COUNT, "12", True),
        ("12", Kind.COUNT, "12", True),
        ("12件", Kind.COUNT, "12", True),
        ("12 件", Kind.COUNT, "12", True),
        ("12件次", Kind.COUNT, "12", True),
        ("+3", Kind.CHANGE, "3", True),
        ("−18", Kind.CHANGE, "-18", True),
        ("－18", Kind.CHANGE, "-18", True),
        ("-18", Kind.CHANGE, "-18", True),
        ("-0", Kind.CHANGE, "0", True),
        (-0.0, Kind.CHANGE, "0", False),
        ("22（其中修订16件）", Kind.COUNT, "22", True),
        ("22(其中修订16件)", Kind.COUNT, "22", True),
        ("5万", Kind.COUNT, "50000", True),
        ("1.5万件", Kind.COUNT, "15000", True),
        ("1.5", Kind.COUNT, "1.5", True),
        (1.5, Kind.COUNT, "1.5", False),
        (-3, Kind.COUNT, "-3", False),
        ("251000元", Kind.MONEY, "25.1", True),
        ("25.1万元", Kind.MONEY, "25.1", True),
        ("25.1万", Kind.MONEY, "25.1", True),
        ("25.1", Kind.MONEY, "25.1", True),
        (25.1, Kind.MONEY, "25.1", False),
        (0.1 + 0.2, Kind.MONEY, "0.3", False),
        ("0.000001", Kind.MONEY, "0.000001", True),
        ("24252.311082", Kind.MONEY, "24252.311082", True),
        ("0.01元", Kind.MONEY, "0.000001", True),
        ("251000", Kind.AMOUNT, "251000", True),
        ("251000元", Kind.AMOUNT, "251000", False),
        ("45.82万元", Kind.AMOUNT, "45.82", False),
        ("75,394,432.52元（含税）", Kind.AMOUNT, "75394432.52", False),
        (0, Kind.AMOUNT, "0", False),
        ("999999999999999", Kind.COUNT, "999999999999999", True),
        ("000000000000000000007", Kind.COUNT, "7", True),
        ("1" + "0" * 14, Kind.COUNT, "1" + "0" * 14, True),
    ],
)
def test_typed_text_is_read_as_its_figure(raw: object, kind: Kind, figure: str, told: bool) -> None:
    value, interpreted = read_typed(raw, kind, UNITS.get(kind, ""))
    assert (value.state, value.number, show(value.number), interpreted) == (
        NUMBER,
        Decimal(figure),
        figure,
        told,
    )


@pytest.mark.parametrize(
    ("raw", "kind", "state", "why"),
    [
        ("②", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("1,23", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("1234,567", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("12,34,567", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("十二", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("约12件", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("12件左右", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("12/13", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("1 2", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("1e3", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("--3", Kind.CHANGE, UNREADABLE, Why.TEXT),
        ("12元", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("12万元", Kind.COUNT, UNREADABLE, Why.TEXT),
        ("12件", Kind.MONEY, UNREADABLE, Why.TEXT),
        ("12件", Kind.AMOUNT, UNREADABLE, Why.TEXT),
        ("详见附件", Kind.AMOUNT, UNREADABLE, Why.TEXT),
        ("TRUE", Kind.COUNT, UNREADABLE, Why.TEXT),
        (True, Kind.COUNT, UNREADABLE, Why.BOOLEAN),
        (False, Kind.COUNT, UNREADABLE, Why.BOOLEAN),
        (dt.date(2022, 1, 2), Kind.COUNT, UNREADABLE, Why.DATE),
        (dt.datetime(2022, 1, 2, 3), Kind.COUNT, UNREADABLE, Why.DATE),
        (dt.time(1, 2), Kind.COUNT, UNREADABLE, Why.DATE),
        (dt.timedelta(1), Kind.COUNT, UNREADABLE, Why.DATE),
        ("#DIV/0!", Kind.COUNT, UNREADABLE, Why.ERROR),
        ("#N/A", Kind.COUNT, UNREADABLE, Why.ERROR),
        ("#NAME?", Kind.COUNT, UNREADABLE, Why.ERROR),
        ("1234567890123456", Kind.COUNT, UNREADABLE, Why.LONG),
        (10**15, Kind.COUNT, UNREADABLE, Why.LONG),
        pytest.param(10**6000, Kind.COUNT, UNREADABLE, Why.LONG, id="a very long int"),
        (Decimal("1e400"), Kind.COUNT, UNREADABLE, Why.LONG),
        (Decimal("1e9999999"), Kind.COUNT, UNREADABLE, Why.LONG),
        (Decimal("1e-9999999"), Kind.COUNT, UNREADABLE, Why.LONG),
        (Decimal("0.1" + "0" * 40 + "1"), Kind.MONEY, UNREADABLE, Why.LONG),
        ("0.1" + "0" * 40 + "1", Kind.MONEY, UNREADABLE, Why.LONG),
        ("0.0000001", Kind.MONEY, UNREADABLE, Why.LONG),
        ("1234567890123456元", Kind.AMOUNT, UNREADABLE, Why.LONG),
        ("999999999999万", Kind.COUNT, UNREADABLE, Why.LONG),
        (1e300, Kind.COUNT, UNREADABLE, Why.LONG),
        (float("nan"), Kind.COUNT, UNREADABLE, Why.TEXT),
        (float("inf"), Kind.COUNT, UNREADABLE, Why.TEXT),
        (Decimal("sNaN"), Kind.COUNT, UNREADABLE, Why.TEXT),
        *(
            (mark, Kind.COUNT, NOTHING, None)
            for mark in (
                "/",
                "／",
                "—",
                "——",
                "-",
                "－",
                "--",
                "无",
                "不适用",
                "不涉及",
                "N/A",
                "n/a",
                " / ",
            )
        ),
        *(
            (blank, Kind.COUNT, State.BLANK, None)
            for blank in (None, "", "  ", "　", "\u00a0", "\t\n", "\ufeff")
        ),
    ],
)
def test_typed_text_that_is_no_figure_is_unreadable(
    raw: object, kind: Kind, state: State, why: Why | None
) -> None:
    value, interpreted = read_typed(raw, kind, UNITS.get(kind, ""))
    assert (value.state, value.why, value.number, interpreted) == (state, why, None, False)


def test_printed_text_is_kept_if_it_says_more_than_its_figure() -> None:
    assert read("22（其中修订16件）") == Value(NUMBER, Decimal(22), "22（其中修订16件）")
    assert read("251000元", Kind.MONEY) == Value(NUMBER, Decimal("25.1"), "251000元")
    assert read("251000元", Kind.AMOUNT) == Value(NUMBER, Decimal(251000), "251000元", "元")
    assert read("45.82万元", Kind.AMOUNT) == Value(NUMBER, Decimal("45.82"), "45.82万元", "万元")
    assert read("25.1（含税）", Kind.AMOUNT) == Value(NUMBER, Decimal("25.1"), "25.1（含税）")
    assert read("１２").raw == read(" 7 ").raw == read("1,234").raw == ""
    assert read("见附件").raw == "见附件"
    assert read("", Kind.AMOUNT) is BLANK


@pytest.mark.parametrize(
    ("unit", "raw", "figure"),
    [
        ("元", "251000元", "251000"),
        ("元", "25.1万元", "251000"),
        ("万元", "1元", "0.0001"),
        ("", "5", "5"),
    ],
)
def test_money_is_converted_to_the_unit_of_its_column(unit: str, raw: str, figure: str) -> None:
    assert read_typed(raw, Kind.MONEY, unit)[0].number == Decimal(figure)


def test_money_with_a_unit_in_a_column_without_one_is_no_figure() -> None:
    assert read_typed("5元", Kind.MONEY, "")[0].state is UNREADABLE


@pytest.mark.parametrize(
    ("figure", "sound"),
    [
        ("3", "count change money amount"), ("0", "count change money amount"), ("-3", "change"), ("1.5", "money amount"), ("-1.5", ""),
    ],
)  # fmt: skip
def test_figure_is_sound_if_its_column_can_hold_it(figure: str, sound: str) -> None:
    assert {kind.value for kind in Kind if is_sound(Value(NUMBER, Decimal(figure)), kind)} == set(
        sound.split()
    )
    assert not any(
        is_sound(value, kind)
        for kind in Kind
        for value in (BLANK, Value(State.DECLARED_ZERO), Value(NOTHING, raw="/"))
    )


calm = settings(deadline=None, max_examples=300)
PIECES = st.lists(
    st.sampled_from([*"0123456789,.+-−（）()万元件 #/,，１", "其中"]), max_size=12
).map("".join)


@calm
@given(
    st.one_of(
        PIECES,
        ODD,
        st.floats(),
        st.decimals(),
        st.integers(),
        st.dates(),
        st.datetimes(),
        st.times(),
    ),
    st.sampled_from(Kind),
)
def test_any_text_is_read_without_error_into_a_valid_state(raw: object, kind: Kind) -> None:
    for unit in ("", "元", "万元"):
        value, interpreted = read_typed(raw, kind, unit)
        assert (value.state is NUMBER) == (value.number is not None)
        assert (value.state is UNREADABLE) == (value.why is not None)
        assert not interpreted or value.state is NUMBER
        assert not value.unit or (kind is Kind.AMOUNT and value.raw)
        if value.number is not None:
            assert value.number.is_finite()
            assert value.number == round(value.number, PLACES)
            assert str(value.number) == show(value.number) or value.number == 0


@calm
@given(decimals(), st.booleans(), st.sampled_from(Kind))
def test_figure_that_is_shown_reads_back_as_itself(
    figure: Decimal, negative: bool, kind: Kind
) -> None:
    number = -figure if negative else figure
    value = read(show(number), kind)
    assert (value.state, value.number) == (NUMBER, number)
    assert read(number, kind).number == number
    assert read(float(number), kind).number == number
    assert "e" not in show(number).lower()


@calm
@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers_are_read_in_every_notation(number: int) -> None:
    assert {
        read(raw).number
        for raw in (
            number,
            float(number),
            str(number),
            f"{number:,}",
            f" {number}.0 ",
            f"{number}件",
        )
    } == {Decimal(number)}

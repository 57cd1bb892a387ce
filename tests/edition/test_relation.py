"""The relation language: what it accepts, what it refuses, and the order in which it names cells."""

from decimal import Decimal

import pytest

from toolkit.edition.relation import ExpressionError, Side, Term, parse


def terms(side: Side) -> str:
    """A side in a notation of its own: signs, names, groups in braces, and the constant."""
    parts = [
        ("-" if term.sign < 0 else "+") + (f"{{{term.name}}}" if term.group else term.name)
        for term in side.terms
    ]
    return " ".join([*parts, str(side.constant)])


@pytest.mark.parametrize(
    ("text", "left", "operator", "right"),
    [
        (
            "received + carried_in == handled + carried_out",
            "+received +carried_in 0",
            "==",
            "+handled +carried_out 0",
        ),
        ("total == sum(applicants)", "+total 0", "==", "+{applicants} 0"),
        (
            "in_force == prior.in_force + issued - repealed",
            "+in_force 0",
            "==",
            "+prior.in_force +issued -repealed 0",
        ),
        ("a.b.c <= 3", "+a.b.c 0", "<=", "3"),
        ("x - (a - b) >= 0", "+x -a +b 0", ">=", "0"),
        ("-(a + b) < 0", "-a -b 0", "<", "0"),
        ("x - (a - (b - (c - 2))) > 1", "+x -a +b -c 2", ">", "1"),
        ("-(-a) != 0", "+a 0", "!=", "0"),
        ("a - sum(g) == 2 - 5 + 1", "+a -{g} 0", "==", "-2"),
        ("sum(table.g) == -1", "+{table.g} 0", "==", "-1"),
        ("  a==b ", "+a 0", "==", "+b 0"),
        ("a + a == b", "+a +a 0", "==", "+b 0"),
    ],
)
def test_relation_is_parsed_into_its_terms(text: str, left: str, operator: str, right: str) -> None:
    comparison = parse(text)
    assert (terms(comparison.left), comparison.operator, terms(comparison.right)) == (
        left,
        operator,
        right,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "a",
        "a + b",
        "a =",
        "a = b",
        "a == ",
        "== a",
        "a == b == c",
        "a < b < c",
        "a == b and c == d",
        "not a == b",
        "a * 2 == b",
        "2 * a == b",
        "a / b == 1",
        "a ** 2 == b",
        "a // 2 == b",
        "a % 2 == 0",
        "a @ b == c",
        "+a == b",
        "~a == b",
        "a == 'b'",
        "a == 1.5",
        "a == True",
        "a == None",
        "a == ...",
        "a == 1j",
        "a in b",
        "a is b",
        "a is not b",
        "a not in b",
        "f(a) == b",
        "sum(a, b) == c",
        "sum() == c",
        "sum(a + b) == c",
        "sum(1) == c",
        "sum(*a) == c",
        "sum(a, start=1) == c",
        "sum(x for x in a) == b",
        "a.sum(b) == c",
        "sum(sum(a)) == b",
        "max(a) == b",
        "__import__('os') == a",
        "[a] == b",
        "(a, b) == c",
        "{a} == b",
        "{'a': 1} == b",
        "a[0] == b",
        "f(a).b == c",
        "'a'.b == c",
        "1 .real == a",
        "(lambda: a) == b",
        "(a if b else c) == d",
        "(a := b) == c",
        "[x for x in a] == b",
        "f'{a}' == b",
        "await a == b",
        "a == b; c == d",
        "a == b\nc == d",
        "a == b # c\n + d",
        "import os",
        "a\x00 == b",
    ],
)
def test_malformed_relation_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_deep_brackets_are_refused_and_not_a_crash() -> None:
    for deep in (250, 5000):
        for text in (
            "(" * deep + "a" + ")" * deep + " == b",
            "f(" * deep + "a" + ")" * deep + " == b",
            "+".join(["a", *["f()"] * deep]) + " == b",
        ):
            with pytest.raises(ExpressionError):
                parse(text)
    assert parse("-" * 150 + "a == b").left.terms == (Term(1, "a"),)
    assert parse("(" * 60 + "a" + ")" * 60 + " == b").left.terms == (Term(1, "a"),)


def test_expand_keeps_the_order_and_the_signs() -> None:
    members = {"a": ["t.a"], "g": ["t.x", "t.y"], "c": ["t.c"], "prior.c": ["prior.t.c"]}
    comparison = parse("a - sum(g) + 4 == prior.c - c").expand(lambda term: members[term.name])
    assert comparison.keys == ("t.a", "t.x", "t.y", "prior.t.c", "t.c")
    assert comparison.left == Side((Term(1, "t.a"), Term(-1, "t.x"), Term(-1, "t.y")), 4)
    assert comparison.right == Side((Term(1, "prior.t.c"), Term(-1, "t.c")))


def test_relation_gives_its_value_and_whether_it_holds() -> None:
    figures = {"a": Decimal("0.1"), "b": Decimal("0.2"), "c": Decimal("0.3")}
    assert parse("a + b == c").holds(figures.__getitem__)
    assert parse("c - b - a + 2 == 2").holds(figures.__getitem__)
    assert parse("a - (b - c) - 1 == 0").left.value(figures.__getitem__) == Decimal("-0.8")
    verdicts = {
        operator: parse(f"a {operator} b").holds(figures.__getitem__)
        for operator in ("==", "!=", "<", "<=", ">", ">=")
    }
    assert verdicts == {"==": False, "!=": True, "<": True, "<=": True, ">": False, ">=": False}


def test_operators_are_written_as_in_a_spreadsheet() -> None:
    written = {
        operator: parse(f"a {operator} b").spreadsheet_operator for operator in ("==", "!=", "<=")
    }
    assert written == {"==": "=", "!=": "<>", "<=": "<="}

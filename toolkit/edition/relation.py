"""The relation language: one comparison of sums, parsed once to a tree of whitelisted nodes.

    received + carried_in == handled + carried_out
    total == sum(applicants)
    in_force == prior.in_force + issued - repealed

Names are dotted; `prior.` before a name means last year's report; `sum(group)` is the sum of the
members of a group. Nothing is evaluated as Python. What does not fit is refused with a reason.
"""

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

PRIOR = "prior."
LONGEST = 400  # characters of an expression; keeps nesting far from the limits of the parser

_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.LtE: "<=",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.Gt: ">",
    ast.NotEq: "!=",
}
_SPREADSHEET = {"==": "=", "!=": "<>"}

_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
}


class ExpressionError(Exception):
    """The expression is outside the language; the message says what is not understood."""


@dataclass(frozen=True)
class Term:
    """One signed name of a sum. `group` marks `sum(name)`."""

    sign: int
    name: str
    group: bool = False


@dataclass(frozen=True)
class Side:
    """A sum of signed names and a whole number."""

    terms: tuple[Term, ...]
    constant: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(term.name for term in self.terms)

    def value(self, figure: Callable[[str], Decimal]) -> Decimal:
        return sum((term.sign * figure(term.name) for term in self.terms), Decimal(self.constant))

    def expand(self, resolve: Callable[[Term], Iterable[str]]) -> "Side":
        """Every name replaced by the cell keys that it stands for, in order."""
        terms: list[Term] = []
        for term in self.terms:
            terms += [Term(term.sign, key) for key in resolve(term)]
        return Side(tuple(terms), self.constant)

    def words(self, label: Callable[[str], str]) -> str:
        """The sum in words, for messages and the table of rules: 本年新收+上年结转-1."""
        parts = [("-" if term.sign < 0 else "+") + label(term.name) for term in self.terms]
        if self.constant or not parts:
            parts.append(f"{self.constant:+}")
        return "".join(parts).removeprefix("+")


@dataclass(frozen=True)
class Comparison:
    left: Side
    operator: str
    right: Side

    @property
    def keys(self) -> tuple[str, ...]:
        return self.left.names + self.right.names

    @property
    def spreadsheet_operator(self) -> str:
        return _SPREADSHEET.get(self.operator, self.operator)

    def holds(self, figure: Callable[[str], Decimal]) -> bool:
        return _HOLDS[self.operator](self.left.value(figure), self.right.value(figure))

    def expand(self, resolve: Callable[[Term], Iterable[str]]) -> "Comparison":
        return Comparison(self.left.expand(resolve), self.operator, self.right.expand(resolve))


def parse(text: str) -> Comparison:
    """One comparison of sums; ExpressionError names the part that is not understood."""
    if len(text) > LONGEST:
        raise ExpressionError(f"longer than {LONGEST} characters: {text[:40]!r}…")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"not an expression: {text!r} ({error})") from None
    if not isinstance(tree, ast.Compare):
        raise ExpressionError(f"a comparison was expected: {text!r}")
    if len(tree.ops) != 1:
        raise ExpressionError(f"only one comparison is allowed: {text!r}")
    operator = _OPERATORS.get(type(tree.ops[0]))
    if operator is None:
        raise ExpressionError(f"unknown comparison in {text!r}")
    return Comparison(_parse_side(tree.left), operator, _parse_side(tree.comparators[0]))


def _parse_side(node: ast.expr) -> Side:
    terms: list[Term] = []
    constant = _collect_terms(node, 1, terms)
    return Side(tuple(terms), constant)


def _collect_terms(node: ast.expr, sign: int, terms: list[Term]) -> int:
    """Append the terms below `node` and return the sum of its whole numbers.

    `sign` is that of the node: brackets are resolved by it.
    """
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _collect_terms(left, sign, terms) + _collect_terms(right, sign, terms)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _collect_terms(left, sign, terms) + _collect_terms(right, -sign, terms)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _collect_terms(operand, -sign, terms)
        case ast.Constant(value=int() as whole) if not isinstance(whole, bool):
            return sign * whole
        case ast.Call(
            func=ast.Name(id="sum"), args=[ast.Name() | ast.Attribute() as group], keywords=[]
        ):
            terms.append(Term(sign, _dotted_name(group), group=True))
            return 0
        case ast.Name() | ast.Attribute():
            terms.append(Term(sign, _dotted_name(node)))
            return 0
    raise ExpressionError(f"not part of the language: {ast.unparse(node)}")


def _dotted_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            return f"{_dotted_name(value)}.{attribute}"
    raise ExpressionError(f"a dotted name was expected: {ast.unparse(node)}")

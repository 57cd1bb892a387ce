"""Sentences from figures: the Jinja2 templates of narrative.toml, over the facts of a reading.

A figure that does not stand sound is no figure here: a sentence that uses it is left out as a whole.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from jinja2 import StrictUndefined, Template, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment

from toolkit.edition.declared import Sentence
from toolkit.edition.model import Edition
from toolkit.edition.relation import parse
from toolkit.report.facts import Facts, Published, Unknown
from toolkit.templates import EditionError
from toolkit.values import show


def sentences(edition: Edition, section: str, about: Facts) -> list[str]:
    """The generated sentences of a section, in the order of the form."""
    own = (sentence for sentence in edition.narrative.sentence if sentence.section == section)
    return [text for text in (write(edition.id, sentence, about) for sentence in own) if text]


def write(edition: str, sentence: Sentence, about: Facts) -> str | None:
    """One sentence; None where it does not apply or something it uses is not known."""
    template, names = _compiled(sentence.text)
    if names & about.unknown or not all(map(about.is_filled, sentence.needs)):
        return None
    try:
        if sentence.when and not parse(sentence.when).holds(about.figure):
            return None
        return template.render(about.context)
    except Unknown:
        return None
    except UndefinedError as error:  # a name that the form does not have: only authors of editions meet it
        raise EditionError(f"{edition}/narrative.toml", "sentence.text", str(error)) from None


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)  # plain text, never HTML
    environment.filters |= {"figure": figure, "date": date, "growth": growth, "breakdown": breakdown, "shares": shares}
    return environment


@cache
def _compiled(text: str) -> tuple[Template, frozenset[str]]:
    """The template, and the dotted names it uses in any of its branches."""
    tree = _environment().parse(text)
    return _environment().from_string(tree), frozenset(_names(tree))


def _names(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Getattr):
        parts: list[str] = []
        inner: nodes.Node = node
        while isinstance(inner, nodes.Getattr):
            parts.insert(0, inner.attr)
            inner = inner.node
        if isinstance(inner, nodes.Name):
            yield ".".join((inner.name, *parts))


def figure(value: object) -> str:
    if not isinstance(value, Decimal):
        raise Unknown(str(value))  # str() of an undefined name raises, which tells the author of the edition
    return show(value)


def date(value: object) -> str:
    if not isinstance(value, dt.date):
        raise Unknown(str(value))
    return f"{value.year}年{value.month}月{value.day}日"


def growth(statistics: Published) -> str:
    """Against last year; nothing where last year is not known, or zero and no base for a percentage."""
    now, before = statistics.total, statistics.prior_total
    if now is None:
        raise Unknown("statistics.total")
    if not before:
        return ""
    change = percent(abs(now - before), before)
    if now == before:
        return "，与上年持平"
    if not change:
        return "，与上年基本持平"  # a change that rounds to 0 %
    return f"，比上年{'增长' if now > before else '下降'}{show(change)}%"


def breakdown(statistics: Published, unit: str = "条") -> str:
    """The kinds of the items published, with their shares of the total."""
    if statistics.total is None:
        raise Unknown("statistics.total")
    parts: list[tuple[str, Decimal]] = []
    for kind, count in statistics.items:
        if count is None:
            raise Unknown(kind)
        if kind:
            parts.append((kind, count))
    if sum((count for _, count in parts), Decimal(0)) > statistics.total:
        return ""  # more than the whole: nothing that could be printed would be right
    return _of_which(parts, statistics.total, unit)


def shares(parts: Sequence[tuple[str, Decimal]], unit: str, whole: Decimal | None = None) -> str:
    """The parts of a whole, by default their sum. Parts that do not make up the whole they are said to be are not printed."""
    total = sum((count for _, count in parts), Decimal(0))
    return _of_which(parts, total, unit) if whole in (None, total) else ""


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Rounded half up to one decimal, by itself, never adjusted to make a sum."""
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _of_which(parts: Sequence[tuple[str, Decimal]], whole: Decimal, unit: str) -> str:
    some = [(label, count) for label, count in parts if count > 0]
    if not some or any(count > whole for _, count in some):
        return ""
    if some[0][1] == whole:  # then it is the only one that can be said to be part of it
        return f"，{'均为' if whole > 1 else '为'}{some[0][0]}" if len(some) == 1 else ""
    return "，其中" + "；".join(f"{label}{show(count)}{unit}{_share(count, whole)}" for label, count in some)


def _share(part: Decimal, whole: Decimal) -> str:
    """The share in words; none where rounding would make it say nothing or everything."""
    share = percent(part, whole)
    return f"，占{show(share)}%" if 0 < share < 100 else ""

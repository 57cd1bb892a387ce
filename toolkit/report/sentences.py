"""Sentences from figures: the Jinja2 templates of narrative.toml, over the facts of a reading.

A figure that is not sound is no figure here: a sentence that uses it is omitted as a whole.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TypeAlias

from jinja2 import StrictUndefined, Template, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment

from toolkit.edition.declared import Sentence
from toolkit.edition.model import Edition
from toolkit.edition.relation import parse
from toolkit.phrases import phrases
from toolkit.record.facts import Facts, Published, Unknown
from toolkit.templates import EditionError
from toolkit.values import show

# What a part is called, its figure, and how it is said that it is everything ({均} is where 均
# goes, for more than one).
Part: TypeAlias = tuple[str, Decimal] | tuple[str, Decimal, str]

OPTIONAL = "growth"  # the filter whose arguments need not be known
EACH = "{均}"
MOST = 1000  # percent; growth beyond that is given as a difference only


def write_sentences(edition: Edition, section: str, about: Facts) -> list[str]:
    """The generated sentences of a section, in the order of the form.

    The first one says when and who: `lead`.
    """
    written: list[str] = []
    for sentence in edition.narrative.sentence:
        if sentence.section != section:
            continue
        text = write_sentence(edition, sentence, about, is_first=not written)
        if text:
            written.append(text)
    return written


def write_sentence(
    edition: Edition, sentence: Sentence, about: Facts, *, is_first: bool = True
) -> str | None:
    """One sentence; None where it does not apply or something it uses is not known."""
    template, names = _compiled(sentence.text)
    if names & about.unknown or not all(map(about.is_filled, sentence.needs)):
        return None
    try:
        if sentence.when and not parse(sentence.when).holds(about.known_figure):
            return None
        lead = _compiled(edition.narrative.lead)[0].render(about.context) if is_first else ""
        return template.render(about.context, lead=lead)
    except Unknown:
        return None
    except UndefinedError as error:
        # A name that the form does not have: only authors of editions meet it.
        raise EditionError(f"{edition.id}/narrative.toml", "sentence.text", str(error)) from None


@cache
def _environment() -> SandboxedEnvironment:
    # Plain text, never HTML.
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    # The names that the templates of narrative.toml use.
    environment.filters |= {
        "figure": figure_text,
        "period": period_text,
        OPTIONAL: growth_text,
        "breakdown": breakdown_text,
        "shares": shares_text,
        "listed": parts_text,
    }
    return environment


@cache
def _compiled(text: str) -> tuple[Template, frozenset[str]]:
    """The template, and the dotted names it uses in any of its branches and cannot do without."""
    tree = _environment().parse(text)
    return _environment().from_string(tree), frozenset(_names(tree))


def _names(tree: nodes.Node) -> Iterator[str]:
    """The dotted names; without what growth is measured against, which may be unknown."""
    if isinstance(tree, nodes.Getattr):
        if name := _dotted_name(tree):
            yield name
    elif isinstance(tree, nodes.Filter) and tree.name == OPTIONAL and tree.node is not None:
        yield from _names(tree.node)
    else:
        for child in tree.iter_child_nodes():
            yield from _names(child)


def _dotted_name(tree: nodes.Getattr) -> str:
    """requests.received.total; empty where it does not begin with a name."""
    parts: list[str] = []
    inner: nodes.Node = tree
    while isinstance(inner, nodes.Getattr):
        parts.insert(0, inner.attr)
        inner = inner.node
    return ".".join((inner.name, *parts)) if isinstance(inner, nodes.Name) else ""


def figure_text(value: object) -> str:
    """A known figure as it is printed; raises Unknown for one that is not known."""
    if not isinstance(value, Decimal):
        # str() of an undefined name raises, by which the author of the edition learns of it.
        raise Unknown(str(value))
    return show(value)


def period_text(start: object, end: object) -> str:
    """Two days in words, the year of the second only where it is another one."""
    if not isinstance(start, dt.date) or not isinstance(end, dt.date):
        raise Unknown(f"{start} {end}")
    return f"{date_text(start)}至{date_text(end).removeprefix(f'{start.year}年')}"


def date_text(date: dt.date) -> str:
    """2022年1月10日."""
    return f"{date.year}年{date.month}月{date.day}日"


def growth_text(now: object, before: object, unit: str) -> str:
    """Against last year, as a difference and as a percentage.

    Nothing where last year is not known or zero.
    """
    figure_text(now), str(before)  # they raise where the form does not have the name
    if not isinstance(now, Decimal) or not isinstance(before, Decimal) or not before:
        return ""
    if now == before:
        return f"，{phrases().growth.same}"
    words = phrases().change
    more, percentage = words.more if now > before else words.less
    change = percent_of(abs(now - before), before)
    grown = f"，{more}{show(abs(now - before))}{unit}"
    is_rounded = 0 < now < before and change == 100  # to nothing at all, which it is not
    if is_rounded or not 0 < change <= MOST:
        return grown
    return f"{grown}，{percentage}{show(change)}%"


def breakdown_text(statistics: Published, unit: str, lead: str, what: str = "") -> str:
    """The kinds of the items published, with their shares of the total.

    They need not make it up. `what` is all of one kind.
    """
    if statistics.total is None:
        raise Unknown("statistics.total")
    parts: list[Part] = []
    for kind, count in statistics.items:
        if count is None:
            raise Unknown(kind)
        if kind:
            parts.append((kind, count))
    if _sum(parts) > statistics.total:
        return ""  # more than the whole: nothing that could be printed would be right
    if {part[0] for part in parts if part[1] > 0} <= set(phrases().change.rest):
        return ""  # that all of it is of no kind says nothing
    return _of_which(parts, statistics.total, unit, lead, "；", with_shares=True, what=what)


def shares_text(parts: Sequence[Part], unit: str, whole: Decimal, lead: str) -> str:
    """The parts of a whole with their shares.

    Parts that do not make up the whole they are said to be are not printed.
    """
    if _sum(parts) != whole:
        return ""
    return _of_which(parts, whole, unit, lead, "；", with_shares=True)


def parts_text(
    parts: Sequence[Part], unit: str, whole: Decimal | None = None, lead: str = ""
) -> str:
    """The parts above zero, without shares; of a stated whole only if they make it up."""
    if whole is None:
        return "、".join(f"{part[0]}{show(part[1])}{unit}" for part in parts if part[1] > 0)
    if _sum(parts) != whole:
        return ""
    return _of_which(parts, whole, unit, lead, "、", with_shares=False)


def _sum(parts: Sequence[Part]) -> Decimal:
    return sum((part[1] for part in parts), Decimal(0))


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """Rounded half up to one decimal; each share alone, never adjusted to make a sum."""
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _of_which(
    parts: Sequence[Part],
    whole: Decimal,
    unit: str,
    lead: str,
    mark: str,
    *,
    with_shares: bool,
    what: str = "",
) -> str:
    """The parts above zero of a whole, or that all of it is of one kind; empty where parts exceed
    the whole.
    """
    some = [part for part in parts if part[1] > 0]
    if not some or any(part[1] > whole for part in some):
        return ""
    if some[0][1] == whole:  # then it is the only one that can be said to be part of it
        return f"，{what}{_all_are(some[0], whole)}" if len(some) == 1 else ""
    texts = []
    for part in some:
        share = _share(part[1], whole) if with_shares else ""
        texts.append(f"{part[0]}{show(part[1])}{unit}{share}")
    return lead + mark.join(texts)


def _all_are(part: Part, whole: Decimal) -> str:
    """All of the whole is of this kind: 均为, and without 均 where the whole is one."""
    words = part[2] if len(part) > 2 else ""
    each = "均" if whole > 1 else ""
    return words.replace(EACH, each) if words else f"{each}为{part[0]}"


def _share(part: Decimal, whole: Decimal) -> str:
    """The share in words; none where rounding would make it say nothing or everything."""
    share = percent_of(part, whole)
    return f"，占{show(share)}%" if 0 < share < 100 else ""

"""Hypothesis strategies: complete readings of every edition, in the form in which readers and importers return them."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from toolkit.edition.declared import FieldEntry
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.record.reading import (
    Explanation,
    FieldValue,
    Origin,
    Paragraph,
    Prior,
    Reading,
    Statistics,
    StatisticsItem,
)
from toolkit.record.settle import settle
from toolkit.record.typed import drop_empty_paragraphs
from toolkit.values import BLANK, DIGITS, Kind, State, Value, number, read_typed

Draw = Callable[[st.SearchStrategy[Any]], Any]
Texts = st.SearchStrategy[str]

# Anything that UTF-8 can write, and what people and word processors really leave in texts.
ODD: Texts = st.one_of(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
    st.sampled_from(
        [
            "=1+1",
            "'12",
            "+86",
            "-",
            "@sum",
            " 空格 ",
            "　全角",
            "第一行\n第二行",
            "\t制表",
            "\ufeff",
            "\u200b",
            "𠀀",
            "_x000D_",
            "<b>&amp;</b>",
            "{{ year }}",
        ]
    ),
)
TYPED = st.sampled_from(
    [
        "12件",
        "3（其中修订2件）",
        "5万",
        "251000元",
        "45.82万元",
        "1,234",
        "１２",
        "+3",
        "−18",
        "/",
        "无",
        "不适用",
        "见附件",
        "1.5",
        "1/2",
        "#REF!",
    ]
)


def counts(most: int = 10**9) -> st.SearchStrategy[Value]:
    return st.one_of(st.just(0), st.integers(0, 12), st.integers(0, most)).map(number)


def decimals() -> st.SearchStrategy[Decimal]:
    """Every decimal that a cell can hold."""
    return st.integers(0, 6).flatmap(
        lambda places: st.integers(0, 10**DIGITS - 1).map(
            lambda whole: Decimal(whole).scaleb(-places)
        )
    )


def values(kind: Kind, unit: str, texts: Texts) -> st.SearchStrategy[Value]:
    """What a cell of that kind can hold, blanks and unreadable texts included."""
    figures = (
        counts()
        if kind is Kind.COUNT
        else st.integers(-999, 999).map(number)
        if kind is Kind.CHANGE
        else decimals().map(number)
    )
    wrong = st.sampled_from([number(-2), number(Decimal("1.5"))])
    typed = st.one_of(TYPED, texts).map(lambda text: read_typed(text, kind, unit)[0])
    return st.one_of(figures, figures, st.just(BLANK), typed, wrong)


def _cells(
    draw: Draw, form: Edition, keys: Iterable[str], texts: Texts, most: int
) -> dict[str, Value]:
    chosen = draw(st.lists(st.sampled_from(sorted(keys)), unique=True, max_size=most))
    return {
        key: draw(values(cell.kind, cell.unit, texts))
        for key, cell in form.cells.items()
        if key in chosen
    }


def _fields(draw: Draw, edition: Edition, texts: Texts) -> dict[str, FieldValue]:
    """Only what is filled in: readers leave out empty fields, white space among them, and a 否."""
    entries = {key: entry for key, entry in edition.fields.items() if entry.kind != "year"}
    chosen = draw(st.lists(st.sampled_from(sorted(entries)), unique=True, max_size=12))
    answers = {key: draw(_answer(edition, entries[key], texts)) for key in chosen}
    return {
        key: answer
        for key, answer in answers.items()
        if not isinstance(answer, str) or answer.strip()
    }


def _answer(edition: Edition, entry: FieldEntry, texts: Texts) -> st.SearchStrategy[FieldValue]:
    if entry.kind == "yesno":
        return st.just(True)
    if entry.kind == "date":
        return st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
    if entry.choices:
        listed = st.sampled_from([key for key, _ in edition.profile.choices[entry.choices]])
        return st.one_of(listed, texts) if entry.open else listed
    return texts


def _narrative(draw: Draw, edition: Edition, texts: Texts) -> dict[str, tuple[Paragraph, ...]]:
    found = {}
    for section in edition.sections:
        headings = st.one_of(st.just(""), st.sampled_from(section.suggested or ("小标题",)), texts)
        paragraphs = st.builds(Paragraph, headings, st.one_of(st.just(""), texts))
        if kept := drop_empty_paragraphs(section, draw(st.lists(paragraphs, max_size=3))):
            found[section.key] = kept
    return found


def _statistics(draw: Draw, texts: Texts) -> Statistics:
    count = values(Kind.COUNT, "", texts)
    items = draw(
        st.lists(st.builds(StatisticsItem, st.one_of(st.just(""), texts), count), max_size=3)
    )
    return Statistics(
        tuple(item for item in items if item.kind.strip() or item.count is not BLANK),
        draw(count),
        draw(count),
    )


def _prior(draw: Draw, year: int, texts: Texts) -> Prior | None:
    """Last year's figures as a report carries them: of either edition, combined rows included, without blanks and remarks."""
    edition = load_edition(draw(st.sampled_from(["2019", "2021"])))
    form = draw(st.sampled_from([edition, *edition.variants.values()]))
    drawn = _cells(draw, form, form.cells, texts, 10)
    cells = {
        key: value if value.unit or value.state is not State.NUMBER else number(value.number or 0)
        for key, value in drawn.items()
    }
    prior: Prior | None = Prior(
        draw(st.sampled_from([year - 1, year - 1, 2019, 2030])),
        edition.id,
        {key: value for key, value in cells.items() if not value.is_blank},
    )
    return prior if draw(st.booleans()) else None


def _explanations(draw: Draw, edition: Edition, texts: Texts) -> tuple[Explanation, ...]:
    found = []
    for instance in draw(st.lists(st.sampled_from(edition.instances), max_size=2)):
        keys = instance.holds.keys
        figures = st.one_of(st.none(), decimals(), st.integers(-5, 50).map(Decimal))
        values_ = draw(st.lists(figures, min_size=len(keys), max_size=len(keys)))
        by, opinion = (draw(st.one_of(st.just(""), texts)) for _ in range(2))
        found.append(
            Explanation(instance.relation.code, keys, tuple(values_), draw(texts), by, opinion)
        )
    return tuple(found)


@st.composite
def readings(
    draw: Draw, editions: tuple[str, ...] = ("2019", "2021"), texts: Texts = ODD
) -> Reading:
    """A report with every kind of content that design.md 8 names. `texts` are the texts of a person, never empty."""
    edition = load_edition(draw(st.sampled_from(editions)))
    combined = draw(st.sampled_from([frozenset[str](), *edition.variants]))
    form = edition.variant(combined)
    filler = draw(st.sampled_from([BLANK, number(0)]))
    cells = {key: BLANK if key in form.totals else filler for key in form.cells}
    cells |= _cells(draw, form, form.cells, texts, 15)
    for name in combined:  # a combined row is known by its figures
        cells[f"{name}.natural"] = draw(counts())
    year = draw(st.integers(2019, 2030))
    reading = Reading(
        file="",
        edition=edition.id,
        year=year,
        origin=draw(st.sampled_from(list(Origin))),
        cells=cells,
        fields=_fields(draw, edition, texts),
        narrative=_narrative(draw, edition, texts),
        statistics=_statistics(draw, texts),
        prior=_prior(draw, year, texts),
        explanations=_explanations(draw, edition, texts),
        combined=combined,
    )
    return settle(edition, reading)


@st.composite
def consistent(draw: Draw, edition_id: str) -> Reading:
    """A report of tables that agree with each other, every total reported."""
    edition = load_edition(edition_id)
    inputs = [key for key in edition.cells if key not in edition.totals]
    cells = dict.fromkeys(edition.cells, number(0))
    for key in draw(st.lists(st.sampled_from(sorted(inputs)), unique=True, max_size=20)):
        cells[key] = draw(counts(10**5))
    for column in edition.table("requests").columns[:-1]:
        rows = list(edition.table("requests").group("outcomes"))
        handled = sum(cells[f"requests.{row}.{column}"].number or 0 for row in rows)
        out = cells[f"requests.carried_out.{column}"].number or Decimal(0)
        carried = draw(st.integers(0, int(handled + out)))
        cells[f"requests.carried_in.{column}"] = number(carried)
        cells[f"requests.received.{column}"] = number(handled + out - carried)
    cells |= dict.fromkeys(edition.totals, BLANK)
    reading = Reading(
        "", edition_id, 2020 if edition_id == "2019" else 2021, Origin.WORKBOOK, cells
    )
    settled = settle(edition, reading)
    return Reading("", edition_id, reading.year, Origin.WORKBOOK, settled.cells)

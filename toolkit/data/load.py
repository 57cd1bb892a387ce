"""Data file (JSON) -> Reading.

Everything but edition, year and tables is optional; what is not understood is a finding.
"""

from collections.abc import Iterator
from typing import Any

from toolkit.codes import make_finding
from toolkit.data.fields import load_fields
from toolkit.data.parse import parse_data_file
from toolkit.data.tables import load_tables
from toolkit.data.taker import Taker
from toolkit.edition.load import edition_for_year, edition_ids, load_edition
from toolkit.edition.model import Edition
from toolkit.edition.relation import PRIOR
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.record.basis import Basis, read_basis
from toolkit.record.reading import (
    Explanation,
    Origin,
    Paragraph,
    Prior,
    Reading,
    Statistics,
    StatisticsItem,
)
from toolkit.record.settle import settle
from toolkit.record.typed import drop_empty_paragraphs, keep_printed_text, report_computed_totals
from toolkit.values import BLANK, Kind, State, Value, read_typed


def load_data(data: bytes, file: str) -> tuple[Reading | None, list[Finding]]:
    """The report in a data file; None with the reason where there is none.

    It is refused if it is no data file, has no year, or is of an edition that is not known.
    """
    parsed = parse_data_file(data)
    if isinstance(parsed, str):
        todo = phrases().data.export_again
        return None, [make_finding("file_unreadable", Place(file), what=parsed, todo=todo)]
    return load_parsed(parsed, file)


def load_parsed(parsed: dict[str, Any], file: str) -> tuple[Reading | None, list[Finding]]:
    """The same for data that is parsed already, in the shape of the JSON file."""
    place = Place(file)
    taker = Taker(parsed, place)
    year = taker.take_whole("year")
    edition, problem = _choose_edition(taker, year, place)
    problems = [problem] if problem else []
    if edition is None or year is None:
        return None, [*taker.findings, *problems]
    reading = _load_reading(taker, edition, year, file)
    taker.findings += problems
    for known in ("schema", "toolkit"):
        taker.take_raw(known)
    taker.report_unknown()
    return reading, taker.findings


def _choose_edition(
    taker: Taker, year: int | None, place: Place
) -> tuple[Edition | None, Finding | None]:
    """The edition that the data names, else the one of the year; with what is wrong about it."""
    words = phrases().data
    named = taker.take_text("edition")
    if year is None:
        return None, make_finding("no_year", place, todo=words.no_year)
    expected = edition_for_year(year)
    if named and named not in edition_ids():
        known = "、".join(edition_ids())
        return None, make_finding(
            "file_unreadable",
            place,
            what=words.unknown_edition.format(edition=named),
            todo=words.unknown_edition_remedy.format(editions=known),
        )
    if not named:
        if expected is not None:
            return expected, None
        todo = words.year_without_form.format(year=year)
        return None, make_finding("no_year", place, todo=todo)
    edition = load_edition(named)
    if expected is not None and edition.id == expected.id:
        return edition, None
    due = expected.title if expected else phrases().importing.no_form_of_year
    return edition, make_finding(
        "year_outside_edition", place, year=year, edition=edition.title, due=due
    )


def _load_reading(taker: Taker, edition: Edition, year: int, file: str) -> Reading:
    place = Place(file)
    cells, combined = load_tables(taker.take_part("tables"), edition, place)
    form = edition.variant(combined)
    _add_printed(taker.take_part("printed"), form, cells, place)
    reading = Reading(
        file=file,
        edition=edition.id,
        year=year,
        origin=_load_origin(taker),
        cells=cells,
        fields=load_fields(taker, edition),
        narrative=_load_narrative(taker.take_part("narrative"), edition),
        statistics=_load_statistics(taker.take_part("statistics")),
        prior=_load_prior(taker, place),
        explanations=tuple(_load_explanations(taker)),
        combined=combined,
        unplaced=frozenset(_load_unplaced(taker, form)),
    )
    settled = settle(edition, reading)
    taker.findings.extend(report_computed_totals(edition, settled, place))
    return settled


def _add_printed(printed: Taker, form: Edition, cells: dict[str, Value], place: Place) -> None:
    """Give the cells their printed text where that says more than the figure."""
    for key in printed.own_names():
        text = printed.take_text(key) if key in form.cells else ""
        if text:
            cells[key], problems = keep_printed_text(form, key, cells[key], text, place)
            printed.findings.extend(problems)
    printed.report_unknown()


def _load_origin(taker: Taker) -> Origin:
    word = taker.take_text("origin") or Origin.WORKBOOK.value
    if word in list(Origin):
        return Origin(word)
    taker.refuse("origin", word, phrases().data.no_origin)
    return Origin.WORKBOOK


def _load_narrative(taker: Taker, edition: Edition) -> dict[str, tuple[Paragraph, ...]]:
    narrative = {}
    for section in edition.sections:
        paragraphs = [_load_paragraph(part) for part in taker.take_parts(section.key)]
        kept = drop_empty_paragraphs(section, paragraphs)
        if kept:
            narrative[section.key] = kept
    taker.report_unknown()
    return narrative


def _load_paragraph(taker: Taker) -> Paragraph:
    paragraph = Paragraph(taker.take_text("heading"), taker.take_text("text"))
    taker.report_unknown()
    return paragraph


def _load_statistics(taker: Taker) -> Statistics:
    items = []
    for part in taker.take_parts("items"):
        item = StatisticsItem(part.take_text("kind"), _load_count(part, "count"))
        part.report_unknown()
        if item.kind.strip() or item.count is not BLANK:
            items.append(item)
    total, prior_total = _load_count(taker, "total"), _load_count(taker, "prior_total")
    taker.report_unknown()
    return Statistics(tuple(items), total, prior_total)


def _load_count(taker: Taker, key: str) -> Value:
    raw = taker.take_raw(key)
    if isinstance(raw, dict | list):
        taker.refuse(key, raw, phrases().data.no_figure)
        return BLANK
    value, _ = read_typed(raw, Kind.COUNT)
    return value


def _load_prior(taker: Taker, place: Place) -> Prior | None:
    """Last year's figures under the keys of their own edition."""
    if taker.take_raw("prior") is None:
        return None
    part = taker.take_part("prior")
    year = part.take_whole("year")
    edition, problem = _choose_edition(part, year, place)
    if edition is None or year is None:
        part.refuse("year", year, phrases().data.no_prior)
        return None
    if problem:
        taker.findings.append(problem)
    cells, _ = load_tables(part.take_part("tables"), edition, place, PRIOR)
    part.report_unknown()
    filled = {key: value for key, value in cells.items() if value.state is not State.BLANK}
    return Prior(year, edition.id, filled)


def _load_unplaced(taker: Taker, form: Edition) -> Iterator[str]:
    """The cells whose figures could not be placed when the report was imported."""
    for index, key in enumerate(taker.take_list("unplaced")):
        if isinstance(key, str) and key in form.cells:
            yield key
        else:
            taker.refuse(f"unplaced[{index}]", key, phrases().data.no_cell)


def _load_explanations(taker: Taker) -> Iterator[Explanation]:
    for part in taker.take_parts("explanations"):
        explanation = _load_explanation(part)
        if explanation is not None:
            yield explanation


def _load_explanation(taker: Taker) -> Explanation | None:
    """One reason that a person gave; None if it is not clear which figures it was given for."""
    keys, raws = taker.take_list("keys"), taker.take_list("values")
    values = tuple(map(_read_explained, raws))
    code, text, by, opinion = map(taker.take_text, ("code", "text", "by", "opinion"))
    taker.report_unknown()
    if not all(isinstance(key, str) for key in keys):
        taker.refuse("keys", keys, phrases().data.no_text)
        return None
    for raw, value in zip(raws, values, strict=True):
        if (raw is None) != (value is None):
            taker.refuse("values", raws, phrases().data.no_figures)
            return None
    return Explanation(code, tuple(keys), values, text, by, opinion)


def _read_explained(raw: object) -> Basis:
    """What a reason was given for; None for a blank cell, and for what is neither figure nor
    text.
    """
    return None if isinstance(raw, dict | list) else read_basis(raw)

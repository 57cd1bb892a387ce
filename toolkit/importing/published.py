"""A document -> the Reading of a published report. What is not certain is a finding; half a report is refused."""

import re
from dataclasses import dataclass, replace

from toolkit.codes import make_finding
from toolkit.documents.document import Document
from toolkit.edition.load import edition_ids
from toolkit.edition.model import Edition, Table
from toolkit.finding import Finding, Place
from toolkit.importing.attribute import place_figures
from toolkit.importing.found import Attribution, PrintedFigure
from toolkit.importing.identity import Identity, identify, other_title
from toolkit.importing.remarks import (
    of_identity,
    of_narrative,
    of_tables,
    of_text,
    of_year,
    place_of_cell,
    unplaced_of,
)
from toolkit.importing.sections import split_narrative
from toolkit.importing.vocabulary import vocabulary
from toolkit.personal import short
from toolkit.record.reading import FieldValue, Origin, Reading
from toolkit.record.settle import settle
from toolkit.record.typed import read_cell, report_computed_totals
from toolkit.values import BLANK, Kind, State, Value, plain, show

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_HALF = 0.5  # of the cells of a table that must be there; less is half a report


@dataclass(frozen=True)
class Given:
    """What the person says of a report that does not say it itself."""

    unit: str = ""
    year: int | None = None


def load_published(
    document: Document, file: str, given: Given = Given()
) -> tuple[Reading | None, list[Finding]]:
    """The report in a document; None where it is none, is not whole, or is of no year."""
    notes = [make_finding(code, Place(file), **words) for code, words in document.notes]
    edition, found = _edition(document)
    form = edition.variant(_settle_combined(edition, found))
    refused = _refusal(form, found, file)
    if refused:
        return None, [*notes, refused]
    about = identify(edition, found.lines)
    if refused := _another(form, found, about, file):
        return None, [*notes, refused]
    year = given.year or about.year
    if year is None:
        return None, [
            *notes,
            make_finding(
                "no_year",
                Place(file),
                todo="标题和引言里没有年度；请在标题里写明，或者读入时写明：toolkit import 文件 --year 2021。",
            ),
        ]
    narrative = split_narrative(edition, found.lines[about.start :], given.unit or about.unit)
    reading, problems = _reading(form, found, file, year)
    unplaced = frozenset(unplaced_of(form, found))
    fields = _fields(about, given)
    sections = (
        {key: tuple(items) for key, items in narrative.sections.items()} if narrative.found else {}
    )
    headings = tuple(narrative.headings)
    reading = replace(
        reading,
        edition=edition.id,
        fields=fields,
        narrative=sections,
        headings=headings,
        unplaced=unplaced,
    )
    settled = settle(edition, reading)
    return settled, [
        *notes,
        *of_year(edition, year, file),
        *of_identity(about, given.unit, file),
        *of_narrative(narrative, file),
        *of_text(document, file),
        *problems,
        *of_tables(form, found, file),
        *report_computed_totals(edition, settled, Place(file)),
    ]


def _edition(document: Document) -> tuple[Edition, Attribution]:
    """The edition whose first table the document has; the labels of the others are nearly the same in all."""
    tried = []
    for name in edition_ids():
        words = vocabulary(name)
        found = place_figures(words, document.blocks)
        first = words.edition.tables[0].key
        score = (
            sum(key.startswith(f"{first}.") for key in found.figures),
            -len(found.near),
            len(found.figures),
        )
        tried.append((score, name, words.edition, found))
    _, _, edition, found = max(tried, key=lambda one: one[:2])
    return edition, found


def _settle_combined(edition: Edition, found: Attribution) -> frozenset[str]:
    """The combined rows the report uses. Where the rows themselves are there as well, the combined one is only their head."""
    combined = set()
    for name in found.combined:
        table, row = edition.combined_rows[name]
        parts = [
            key
            for key in found.figures
            if key.startswith(tuple(f"{table.key}.{part}." for part in row.stands_for))
        ]
        if parts:
            own = [key for key in found.figures if key.startswith(f"{name}.")]
            found.lost += [
                (figure.cell, figure.grid, row.path[-1])
                for key in own
                if (figure := found.figures[key]).cell.text.strip()
            ]
            for key in own:
                del found.figures[key]
        else:
            combined.add(name)
    return frozenset(combined)


def _refusal(form: Edition, found: Attribution, file: str) -> Finding | None:
    """No report at all, or tables of it that are missing."""
    official = [table for table in form.tables if table.declared.official]
    there = [table for table in official if _share(table, found) >= _HALF]
    if len(there) == len(official):
        return None
    missing = "、".join(f"“{table.title}”" for table in official if table not in there)
    if there:
        what = f"报告不完整：没有读到{missing}的表，没有读入。"
        todo = "请核对这张表是不是图片、有没有行名和表头；请给出完整的报告。"
    else:
        what = "这不是政府信息公开工作年度报告：没有找到规定的表。"
        todo = "请给出报告本身的文件；表格是图片的，请换成 Word 或者网页版本。"
    return make_finding(
        "no_whole_report",
        Place(file),
        found="、".join(table.title for table in there) or None,
        what=what,
        todo=todo,
    )


def _another(form: Edition, found: Attribution, about: Identity, file: str) -> Finding | None:
    """Two reports in one file: a table stands there twice with other figures, and so does a title with another unit or year."""
    official = [table for table in form.tables if table.declared.official]
    is_again = any(
        sum(cell.key in found.again for cell in table.cells) >= _HALF * len(table.cells)
        for table in official
    )
    if not is_again or not any(key in form.cells for key, _ in found.twice):
        return None
    title = other_title(form, found.lines, about)
    if not title:
        return None
    first = f"{about.unit}{about.year or ''}"
    what = f"文件里不止一份报告：除了“{first}”的，还有“{short(title)}”，没有读入。"
    return make_finding(
        "no_whole_report", Place(file), what=what, todo="请把每份报告各存成一个文件，再分别读入。"
    )


def tables_in(document: Document) -> int:
    """How many of the official tables stand in a document."""
    edition, found = _edition(document)
    return sum(
        table.declared.official and _share(table, found) >= _HALF for table in edition.tables
    )


def _share(table: Table, found: Attribution) -> float:
    return sum(cell.key in found.figures for cell in table.cells) / len(table.cells)


def _fields(about: Identity, given: Given) -> dict[str, FieldValue]:
    fields = dict(about.fields)
    if unit := given.unit or about.unit:
        fields["unit.name"] = unit
    return fields


# Figures ----------------------------------------------------------------------------------------------------------


def _reading(
    form: Edition, found: Attribution, file: str, year: int
) -> tuple[Reading, list[Finding]]:
    cells: dict[str, Value] = {}
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    for key in form.cells:
        figure = found.figures.get(key)
        if figure is None:
            cells[key] = BLANK
            continue
        places[key] = place_of_cell(file, figure.grid, figure.cell, form.order.get(key, (0, 0, 0)))
        cells[key], notes = _value(form, key, figure, places[key])
        findings += notes
        if figure.cell.figured is not None:
            findings += figure.cell.figured.report_set_apart(places[key], key, form.where(key))
    combined = frozenset(
        name for name in found.combined if any(key.startswith(f"{name}.") for key in form.cells)
    )
    return Reading(
        file, form.id, year, Origin.PUBLISHED, cells, combined=combined, places=places
    ), findings


def _value(
    form: Edition, key: str, figure: PrintedFigure, place: Place
) -> tuple[Value, list[Finding]]:
    """The value, with its printed text where that says more than the figure: a unit, a plus sign, zeros at the end."""
    kind, own_unit = form.cells[key].kind, form.cells[key].unit
    text = figure.cell.text.strip()
    if isinstance(figure.cell.value, str) or figure.cell.value is None:
        bare = plain(figure.cell.text)
        is_figure = _PLAIN.fullmatch(bare) is not None
        raw: object = bare if is_figure else text
    else:
        raw, is_figure = figure.cell.value, not isinstance(figure.cell.value, bool)
    if (
        is_figure
        and figure.unit in ("元", "万元")
        and kind in (Kind.AMOUNT, Kind.MONEY)
        and figure.unit != own_unit
    ):
        value, _ = read_cell(form, key, f"{text}{figure.unit}", place)
        shown = f"{show(value.number)}{own_unit or figure.unit}"
        return value, [
            make_finding(
                "unit_beside_amount",
                place,
                [key],
                where=form.where(key),
                raw=short(text),
                unit=figure.unit,
                value=shown,
            )
        ]
    value, notes = read_cell(form, key, raw, place)
    if raw == text or not isinstance(raw, str):
        notes = [] if is_figure else notes  # digits read as digits need no remark
    if value.state is State.NUMBER and not value.raw and show(value.number) != text:
        value = Value(value.state, value.number, text, value.unit, value.why)
    return value, notes

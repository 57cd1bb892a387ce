"""A document -> the Reading of a published report. What is not certain is a finding; half a report is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from toolkit.codes import finding
from toolkit.edition.load import edition_for_year, edition_ids
from toolkit.edition.model import Edition, Table
from toolkit.edition.settle import settle
from toolkit.edition.typed import computed_totals, listed, read_cell, short
from toolkit.finding import Finding, Place, Severity
from toolkit.importing.attribute import attribute
from toolkit.importing.document import Document, Grid, GridCell, Line
from toolkit.importing.found import Attribution, Figure
from toolkit.importing.identity import Identity, identify
from toolkit.importing.sections import Narrative, split
from toolkit.importing.vocabulary import vocabulary
from toolkit.record import FieldValue, Origin, Reading
from toolkit.templates import phrases
from toolkit.values import BLANK, Kind, State, Value, plain, show

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_HALF = 0.5  # of the cells of a table that must be there; less is half a report


@dataclass(frozen=True)
class Given:
    """What the person says of a report that does not say it itself."""

    unit: str = ""
    year: int | None = None


def load_published(document: Document, file: str, given: Given = Given()) -> tuple[Reading | None, list[Finding]]:
    """The report in a document; None where it is none, is not whole, or is of no year."""
    notes = [finding(code, Place(file), **words) for code, words in document.notes]
    edition, found = _edition(document)
    form = edition.variant(_settle_merged(edition, found))
    refused = _refusal(form, found, file)
    if refused:
        return None, [*notes, refused]
    about = identify(edition, found.lines)
    year = given.year or about.year
    if year is None:
        return None, [
            *notes,
            finding("R-07", Place(file), todo="标题和引言里没有年度；请在标题里写明，或者读入时写明：toolkit import 文件 --year 2021。"),
        ]
    narrative = split(edition, found.lines[about.start :], given.unit or about.unit)
    reading, problems = _reading(form, found, file, year)
    unplaced = frozenset(_unplaced(form, found))
    fields = _fields(about, given)
    sections = {key: tuple(items) for key, items in narrative.sections.items()} if narrative.found else {}
    headings = tuple(narrative.headings)
    reading = replace(reading, edition=edition.id, fields=fields, narrative=sections, headings=headings, unplaced=unplaced)
    settled = settle(edition, reading)
    return settled, [
        *notes,
        *_of_year(edition, year, file),
        *_of_identity(about, given, file),
        *_of_narrative(narrative, file),
        *_left_out(document, file),
        *problems,
        *_of_tables(form, found, file),
        *computed_totals(edition, settled, Place(file)),
    ]


def _edition(document: Document) -> tuple[Edition, Attribution]:
    """The edition whose first table the document has; the labels of the others are nearly the same in all."""
    tried = []
    for name in edition_ids():
        words = vocabulary(name)
        found = attribute(words, document.blocks)
        first = words.edition.tables[0].key
        score = (sum(key.startswith(f"{first}.") for key in found.figures), -len(found.near), len(found.figures))
        tried.append((score, name, words.edition, found))
    _, _, edition, found = max(tried, key=lambda one: one[:2])
    return edition, found


def _settle_merged(edition: Edition, found: Attribution) -> frozenset[str]:
    """The merged rows the report uses. Where the rows themselves are there as well, the merged one is only their head."""
    merged = set()
    for name in found.merged:
        table, row = edition.merged_rows[name]
        parts = [key for key in found.figures if key.startswith(tuple(f"{table.key}.{part}." for part in row.stands_for))]
        if parts:
            own = [key for key in found.figures if key.startswith(f"{name}.")]
            found.lost += [(figure.cell, figure.grid, row.path[-1]) for key in own if (figure := found.figures[key]).cell.text.strip()]
            for key in own:
                del found.figures[key]
        else:
            merged.add(name)
    return frozenset(merged)


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
    return finding("R-40", Place(file), found="、".join(table.title for table in there) or None, what=what, todo=todo)


def _share(table: Table, found: Attribution) -> float:
    return sum(cell.key in found.figures for cell in table.cells) / len(table.cells)


def _fields(about: Identity, given: Given) -> dict[str, FieldValue]:
    fields = dict(about.fields)
    if unit := given.unit or about.unit:
        fields["unit.name"] = unit
    return fields


# Figures ----------------------------------------------------------------------------------------------------------


def _reading(form: Edition, found: Attribution, file: str, year: int) -> tuple[Reading, list[Finding]]:
    cells: dict[str, Value] = {}
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    for key in form.cells:
        figure = found.figures.get(key)
        if figure is None:
            cells[key] = BLANK
            continue
        places[key] = place_of(file, figure.grid, figure.cell, form.order.get(key, (0, 0, 0)))
        cells[key], notes = _value(form, key, figure, places[key])
        findings += notes
        if figure.cell.figured is not None:
            findings += figure.cell.figured.told(places[key], key, form.where(key))
    merged = frozenset(name for name in found.merged if any(key.startswith(f"{name}.") for key in form.cells))
    return Reading(file, form.id, year, Origin.PUBLISHED, cells, merged=merged, places=places), findings


def place_of(file: str, grid: Grid, cell: GridCell, order: tuple[int, int, int] = (0, 0, 0)) -> Place:
    """On a sheet by its address, else by the number of its table, its row and its column."""
    if grid.sheet is not None:
        return Place(file, grid.sheet, cell.at, order)
    return Place(file, order=order, spot=f"第{grid.number}张表 第{cell.row + 1}行 第{cell.column + 1}列")


def _value(form: Edition, key: str, figure: Figure, place: Place) -> tuple[Value, list[Finding]]:
    """The value, with its printed text where that says more than the figure: a unit, a plus sign, zeros at the end."""
    kind, own_unit = form.cells[key].kind, form.cells[key].unit
    text = figure.cell.text.strip()
    if isinstance(figure.cell.value, str) or figure.cell.value is None:
        bare = plain(figure.cell.text)
        is_figure = _PLAIN.fullmatch(bare) is not None
        raw: object = bare if is_figure else text
    else:
        raw, is_figure = figure.cell.value, not isinstance(figure.cell.value, bool)
    if is_figure and figure.unit in ("元", "万元") and kind in (Kind.AMOUNT, Kind.MONEY) and figure.unit != own_unit:
        value, _ = read_cell(form, key, f"{text}{figure.unit}", place)
        shown = f"{show(value.number)}{own_unit or figure.unit}"
        return value, [finding("R-45", place, [key], where=form.where(key), raw=short(text), unit=figure.unit, value=shown)]
    value, notes = read_cell(form, key, raw, place)
    if raw == text or not isinstance(raw, str):
        notes = [] if is_figure else notes  # digits read as digits need no remark
    if value.state is State.NUMBER and not value.raw and show(value.number) != text:
        value = Value(value.state, value.number, text, value.unit, value.why)
    return value, notes


def _unplaced(form: Edition, found: Attribution) -> Iterator[str]:
    """The cells that may belong to a figure of their table that could not be placed: all that have none."""
    grids = {grid.number for _, grid, _ in found.lost}
    for table in form.tables:
        if grids & set(found.parts.get(table.key, ())):
            yield from (cell.key for cell in table.cells if cell.key not in found.figures)


# What there is to say ---------------------------------------------------------------------------------------------


def _of_year(edition: Edition, year: int, file: str) -> Iterator[Finding]:
    due = edition_for_year(year)
    if due is None or due.id != edition.id:
        yield finding("R-08", Place(file), year=year, edition=edition.title, due=due.title if due else "（当年没有统一格式）")


def _of_identity(about: Identity, given: Given, file: str) -> Iterator[Finding]:
    if not given.unit and about.unit_from == "text":
        yield finding("R-53", Place(file), ["unit.name"], name=about.unit)
    if about.published:
        yield finding("R-55", Place(file), date=about.published.isoformat())


def _of_narrative(narrative: Narrative, file: str) -> Iterator[Finding]:
    for index, (code, words) in enumerate(narrative.notes):
        severity = Severity.INFO if code == "R-52" and not narrative.found else None
        yield finding(code, Place(file, order=(90, index, 0)), severity=severity, **words)


def _left_out(document: Document, file: str) -> Iterator[Finding]:
    """What of the text was not read, its tables apart."""
    lines = [block for block in document.blocks if isinstance(block, Line) and not block.outside]
    left = [piece for line in lines if line.marked for piece in line.marked.left]
    if left:
        words = phrases()["left_out"]
        what = "、".join(dict.fromkeys(words[mark.value] for _, mark in left if mark))
        yield finding("R-66", Place(file, order=(90, 100, 0)), count=len(left), what=what, first=short(left[0][0], 30))


def _of_tables(form: Edition, found: Attribution, file: str) -> Iterator[Finding]:
    for (printed, label), (key, figure) in found.near.items():
        index = [one.key for one in form.tables].index(key)
        place = place_of(file, figure.grid, figure.cell, (index, figure.cell.row, figure.cell.column))
        yield finding("R-41", place, table=form.table(key).title, now=short(_line(printed)), label=label)
    for key, figure in found.twice:
        if key in form.cells:
            first, second = short(found.figures[key].cell.text), short(figure.cell.text)
            yield finding("R-44", place_of(file, figure.grid, figure.cell), [key], where=form.where(key), first=first, second=second)
    yield from _lost(found, file)
    for table in form.tables:
        yield from _of_table(form, table, found, file)
    for grid in found.unknown:
        text = " ".join(cell.text for cell in grid.cells if cell.text.strip())
        yield finding("R-47", place_of(file, grid, grid.cells[0]), text=short(text))
    for cells, grid in found.beside.values():
        text = " ".join(cell.text for cell in cells)
        yield finding("R-54", place_of(file, grid, cells[0]), text=short(text))


def _lost(found: Attribution, file: str) -> Iterator[Finding]:
    """One finding a row for its cells that could not be placed."""
    rows: dict[tuple[int, int, str], list[GridCell]] = {}
    grids = {grid.number: grid for _, grid, _ in found.lost}
    for cell, grid, label in found.lost:
        rows.setdefault((grid.number, cell.row, label), []).append(cell)
    for (number, _, label), cells in rows.items():
        name = f"“{short(_line(label))}”一行的" if label.strip() else ""
        place = place_of(file, grids[number], cells[0])
        yield finding("R-42", place, row=name, text=short("、".join(_line(cell.text) for cell in cells)))


def _of_table(form: Edition, table: Table, found: Attribution, file: str) -> Iterator[Finding]:
    unplaced = set(_unplaced(form, found))
    missing = [cell.key for cell in table.cells if cell.key not in found.figures and cell.key not in unplaced]
    if missing and table.declared.official:
        place = Place(file, order=form.order[missing[0]])
        yield finding("R-43", place, missing, table=table.title, count=len(missing), cells=listed(form, missing))
    if len(found.parts.get(table.key, ())) > 1 and len(table.blocks) == 1:
        yield finding("R-46", Place(file), table=table.title, count=len(found.parts[table.key]))


def _line(text: str) -> str:
    return re.sub(r"\s+", "", text)

"""The printed figures -> the values of the cells of the form, with where each was printed."""

import re
from dataclasses import dataclass, field

from toolkit.codes import make_finding
from toolkit.documents.document import GridCell
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place
from toolkit.importing.found import Attribution, PrintedFigure
from toolkit.importing.places import place_of_cell
from toolkit.personal import short
from toolkit.record.typed import read_cell
from toolkit.values import BLANK, Kind, State, Value, plain, show

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_UNITS_OF_MONEY = ("元", "万元")


@dataclass
class PrintedValues:
    """The value of every cell of a form, blank where none is printed; places of those that are."""

    cells: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_figures(form: Edition, attribution: Attribution, file: str) -> PrintedValues:
    values = PrintedValues()
    for key in form.cells:
        figure = attribution.figures.get(key)
        if figure is None:
            values.cells[key] = BLANK
            continue
        place = place_of_cell(file, figure.grid, figure.cell, form.order.get(key, (0, 0, 0)))
        value, findings = _read_figure(form, key, figure, place)
        values.cells[key], values.places[key] = value, place
        values.findings += findings
        if figure.cell.figured is not None:
            values.findings += figure.cell.figured.report_set_apart(place, key, form.where(key))
    return values


def _read_figure(
    form: Edition, key: str, figure: PrintedFigure, place: Place
) -> tuple[Value, list[Finding]]:
    """The value, with its printed text where that says more than the figure.

    A unit, a plus sign and zeros at the end say more: 3.50 is the number 3.5, printed as "3.50".
    """
    raw, is_number = _raw_value(figure.cell)
    if is_number and _has_other_unit(form, key, figure):
        return _read_with_stated_unit(form, key, figure, place)
    text = figure.cell.text.strip()
    value, findings = read_cell(form, key, raw, place)
    if is_number and (raw == text or not isinstance(raw, str)):
        findings = []  # digits read as digits need no remark
    if value.state is State.NUMBER and not value.raw and show(value.number) != text:
        value = Value(value.state, value.number, text, value.unit, value.why)
    return value, findings


def _raw_value(cell: GridCell) -> tuple[object, bool]:
    """The value of a spreadsheet's cell or else its text, and whether it is a bare number."""
    if cell.value is not None and not isinstance(cell.value, str):
        return cell.value, not isinstance(cell.value, bool)
    bare = plain(cell.text)
    if _PLAIN.fullmatch(bare):
        return bare, True
    return cell.text.strip(), False


def _has_other_unit(form: Edition, key: str, figure: PrintedFigure) -> bool:
    """Whether a unit of money is stated with the figure that is not the one of the form."""
    cell = form.cells[key]
    return (
        figure.unit in _UNITS_OF_MONEY
        and cell.kind in (Kind.AMOUNT, Kind.MONEY)
        and figure.unit != cell.unit
    )


def _read_with_stated_unit(
    form: Edition, key: str, figure: PrintedFigure, place: Place
) -> tuple[Value, list[Finding]]:
    text = figure.cell.text.strip()
    value, _ = read_cell(form, key, f"{text}{figure.unit}", place)
    finding = make_finding(
        "unit_beside_amount",
        place,
        [key],
        where=form.where(key),
        raw=short(text),
        unit=figure.unit,
        value=f"{show(value.number)}{form.cells[key].unit or figure.unit}",
    )
    return value, [finding]

"""A failed check in the words of the form: which table and cell, what it is now, what it should be, how to mend."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from toolkit.codes import make_finding
from toolkit.edition.model import Edition, Instance
from toolkit.edition.relation import Side
from toolkit.finding import Finding, Place, Severity
from toolkit.personal import short
from toolkit.record.explained import add_reason
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import contradicted_declaration
from toolkit.record.typed import list_cells
from toolkit.values import Why, show

_WHY = {
    Why.TEXT: "不是数",
    Why.DATE: "被识别成了日期",
    Why.BOOLEAN: "是逻辑值，不是数",
    Why.ERROR: "是公式的错误值",
    Why.LONG: "数位太多",
    Why.FORMULA: "是公式，没有保存的结果，没有读取",
}

_SPOILT = (
    "not_a_number",
    "fraction_in_count",
    "negative_number",
    "mark_instead_of_number",
)  # of a total they ask for its formula, never for a figure: V-27

_COMPARED = {
    "==": "应等于",
    "!=": "不应等于",
    "<=": "应不大于",
    ">=": "应不小于",
    "<": "应小于",
    ">": "应大于",
}


def cell_place(form: Edition, reading: Reading, key: str) -> Place:
    """Where a cell stands; a source without sheets has at least its place in the order of the form."""
    return reading.places.get(key) or Place(reading.file, order=form.order.get(key, (0, 0, 0)))


def cap_severity(form: Edition, key: str, severity: Severity) -> Severity:
    """A table may cap the severity of what is wrong with its values (fees are no reason to refuse a report)."""
    gate = form.table(form.cells[key].table).gate
    return max(severity, gate, key=lambda one: one.rank)


def cell_finding(code: str, form: Edition, reading: Reading, key: str) -> Finding:
    """One cell that its column cannot hold."""
    value = reading.value(key)
    if code in _SPOILT and key in form.totals and reading.origin is Origin.WORKBOOK:
        code = "total_not_a_number"
    shown = short(value.raw) or show(value.number)
    declaration = contradicted_declaration(form, reading, key, value)
    words: dict[str, Any] = {
        "where": form.where(key),
        "raw": shown,
        "why": _WHY.get(value.why or Why.TEXT, ""),
    }
    if declaration:
        field = reading.places.get(f"declarations.{declaration}")
        label = next(one.label for one in form.declarations if one.key == declaration)
        words |= {
            "declaration": f"“{label}”",
            "declared_at": f"{form.profile.sheet} {field.cell}"
            if field and field.cell
            else form.profile.sheet,
        }
    note = make_finding(
        code,
        cell_place(form, reading, key),
        [key],
        found=value.number if value.number is not None else value.raw,
        **words,
    )
    keys = (key, f"declarations.{declaration}") if code == "figure_against_declaration" else (key,)
    return Finding(
        **{**vars(note), "severity": cap_severity(form, key, note.severity), "keys": keys}
    )


def blank_findings(
    form: Edition, reading: Reading, code: str, keys: Sequence[str]
) -> list[Finding]:
    """One finding a table for its blank cells."""
    found = []
    for table in form.tables:
        own = [key for key in keys if form.cells[key].table == table.key]
        if own:
            first = cell_place(form, reading, own[0])
            note = make_finding(
                code, first, own, table=table.title, count=len(own), cells=list_cells(form, own)
            )
            found.append(
                Finding(**{**vars(note), "severity": cap_severity(form, own[0], note.severity)})
            )
    return found


def combined_row_findings(form: Edition, reading: Reading) -> list[Finding]:
    """Rows that the report has merged into one: an info, but in a workbook that has to be filled an error unless it is 0."""
    found = []
    for name in sorted(reading.combined):
        table, row = form.combined_rows[name]
        keys = [cell.key for cell in form.cells.values() if f"{cell.table}.{cell.row}" == name]
        total = next((reading.value(key).number for key in keys if form.cells[key].total), None)
        rows = "、".join(f"“{table.row_label(key)}”" for key in row.stands_for)
        nonzero = any(reading.value(key).number for key in keys)
        code = (
            "combined_row_to_split"
            if nonzero and reading.origin is Origin.WORKBOOK
            else "combined_row_kept"
        )
        place = cell_place(form, reading, keys[0])
        found.append(
            make_finding(
                code,
                place,
                keys,
                table=table.title,
                label=row.path[-1],
                rows=rows,
                raw=show(total) or "不详",
            )
        )
    return found


def relation_finding(
    form: Edition, reading: Reading, instance: Instance, left: Decimal, right: Decimal
) -> Finding:
    """A relation that does not hold, with both sides' figures in the message."""
    declared = instance.relation.declared
    on_left = declared.found == "left"
    found, expected = (left, right) if on_left else (right, left)
    table = form.table(declared.table)
    spot = {"column": f"“{instance.label}”列", "row": f"“{instance.label}”行", "": ""}[
        declared.each
    ]
    sides = (
        _sum(form, instance, side, reading, value)
        for side, value in ((instance.holds.left, left), (instance.holds.right, right))
    )
    sums = f"，{_COMPARED[instance.holds.operator]}".join(sides)
    message = f"{table.title}：{spot}{'，' if spot else ''}{sums}，相差{show(abs(left - right))}。{declared.says}。"
    place = cell_place(form, reading, next(iter(instance.found_side.names), instance.keys[0]))
    finding = Finding(
        code=declared.id,
        name=declared.name,
        severity=declared.severity,
        message=message,
        remedy=declared.remedy,
        place=place,
        keys=instance.holds.keys,
        found=found,
        expected=expected,
    )
    return add_reason(reading, finding) if declared.explainable else finding


def _sum(form: Edition, instance: Instance, side: Side, reading: Reading, value: Decimal) -> str:
    """A side in words with its figures: 本年新收(3)+上年结转(1)=4. Of a long sum only what is not 0 is named."""

    def name_with_figure(key: str) -> str:
        return f"{form.label(key, instance)}({show(reading.numbers((key,))[0])})"

    if not side.terms:
        return show(value)
    terms = (
        side.terms
        if len(side.terms) <= 4
        else tuple(term for term in side.terms if reading.numbers((term.name,))[0])
    )
    if not terms:
        return f"各项之和({show(value)})"
    words = Side(terms, side.constant).words(name_with_figure)
    return words if len(side.terms) == 1 and not side.constant else f"{words}={show(value)}"

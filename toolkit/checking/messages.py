"""A failed check in the words of the form: which table and cell, what it is now, what it should
be, how to mend it.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from toolkit.codes import make_finding
from toolkit.edition.model import Edition, Instance
from toolkit.edition.relation import Side
from toolkit.finding import Finding, Place, Severity
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.explained import add_reason
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import contradicted_declaration
from toolkit.record.typed import list_cells
from toolkit.values import Value, Why, show

_SPOILT = (
    "not_a_number",
    "fraction_in_count",
    "negative_number",
    "mark_instead_of_number",
)  # of a total they ask for its formula, never for a figure: V-27
_LONG_SUM = 4  # terms; of a longer sum only those that are not 0 are named


def cell_place(form: Edition, reading: Reading, key: str) -> Place:
    """Where a cell is; in a source without sheets at least its place in the order of the form."""
    return reading.places.get(key) or Place(reading.file, order=form.order.get(key, (0, 0, 0)))


def cap_severity(form: Edition, key: str, severity: Severity) -> Severity:
    """The severity of a wrong value, no worse than its table allows: fees are no reason to refuse
    a report.
    """
    gate = form.table(form.cells[key].table).gate
    return max(severity, gate, key=lambda severity: severity.rank)


# --- cells


def cell_finding(name: str, form: Edition, reading: Reading, key: str) -> Finding:
    """One cell with something that its column cannot hold."""
    value = reading.value(key)
    if name in _SPOILT and key in form.totals and reading.origin is Origin.WORKBOOK:
        name = "total_not_a_number"
    declaration = contradicted_declaration(form, reading, key, value)
    words: dict[str, Any] = {
        "where": form.where(key),
        "raw": short(value.raw) or show(value.number),
        "why": phrases().checking.why.get((value.why or Why.TEXT).value, ""),
    }
    if declaration:
        words |= _declaration_words(form, reading, declaration)
    finding = make_finding(
        name,
        cell_place(form, reading, key),
        [key],
        found=_found(value),
        **words,
    )
    keys: tuple[str, ...] = (key,)
    if name == "figure_against_declaration":
        keys = (key, f"declarations.{declaration}")
    return replace(finding, severity=cap_severity(form, key, finding.severity), keys=keys)


def _found(value: Value) -> Decimal | str:
    return value.raw if value.number is None else value.number


def _declaration_words(form: Edition, reading: Reading, key: str) -> dict[str, str]:
    """What the declaration is called that a cell contradicts, and where it is made."""
    place = reading.places.get(f"declarations.{key}")
    label = next(entry.label for entry in form.declarations if entry.key == key)
    at = form.profile.sheet
    if place and place.cell:
        at = f"{at} {place.cell}"
    return {"declaration": f"“{label}”", "declared_at": at}


def blank_findings(
    form: Edition, reading: Reading, name: str, keys: Sequence[str]
) -> list[Finding]:
    """One finding for the blank cells of each table."""
    findings = []
    for table in form.tables:
        own = [key for key in keys if form.cells[key].table == table.key]
        if not own:
            continue
        finding = make_finding(
            name,
            cell_place(form, reading, own[0]),
            own,
            table=table.title,
            count=len(own),
            cells=list_cells(form, own),
        )
        severity = cap_severity(form, own[0], finding.severity)
        findings.append(replace(finding, severity=severity))
    return findings


def combined_row_findings(form: Edition, reading: Reading) -> list[Finding]:
    """Rows that the report combines in one.

    That is only an info, but an error in a workbook, which has to be filled in row by row, unless
    the row is 0.
    """
    return [_combined_row_finding(form, reading, name) for name in sorted(reading.combined)]


def _combined_row_finding(form: Edition, reading: Reading, name: str) -> Finding:
    table, row = form.combined_rows[name]
    cells = [cell for cell in form.cells.values() if f"{cell.table}.{cell.row}" == name]
    keys = [cell.key for cell in cells]
    total = next((reading.value(cell.key).number for cell in cells if cell.total), None)
    is_filled = any(reading.value(key).number for key in keys)
    has_to_be_split = is_filled and reading.origin is Origin.WORKBOOK
    return make_finding(
        "combined_row_to_split" if has_to_be_split else "combined_row_kept",
        cell_place(form, reading, keys[0]),
        keys,
        table=table.title,
        label=row.path[-1],
        rows="、".join(f"“{table.row_label(key)}”" for key in row.stands_for),
        raw=show(total) or phrases().checking.unknown,
    )


# --- relations


def relation_finding(
    form: Edition, reading: Reading, instance: Instance, left: Decimal, right: Decimal
) -> Finding:
    """A relation that does not hold, with the figures of both sides in the message."""
    declared = instance.relation.declared
    found, expected = (left, right) if declared.found == "left" else (right, left)
    message = _relation_message(form, reading, instance, left, right)
    finding = Finding(
        code=declared.id,
        name=declared.name,
        severity=declared.severity,
        message=message,
        remedy=declared.remedy,
        place=cell_place(form, reading, next(iter(instance.found_side.names), instance.keys[0])),
        keys=instance.holds.keys,
        found=found,
        expected=expected,
    )
    return add_reason(reading, finding) if declared.explainable else finding


def _relation_message(
    form: Edition, reading: Reading, instance: Instance, left: Decimal, right: Decimal
) -> str:
    """The table, the row or column, both sides as sums, by how much they differ, and the rule."""
    words, declared = phrases().checking, instance.relation.declared
    sums = [
        _sum_in_words(form, reading, instance, instance.holds.left, left),
        _sum_in_words(form, reading, instance, instance.holds.right, right),
    ]
    return words.relation.format(
        table=form.table(declared.table).title,
        line=words.line[declared.each].format(label=instance.label),
        sums=f"，{words.compared[instance.holds.operator]}".join(sums),
        difference=show(abs(left - right)),
        rule=declared.says,
    )


def _sum_in_words(
    form: Edition, reading: Reading, instance: Instance, side: Side, value: Decimal
) -> str:
    """A side with its figures: 本年新收(3)+上年结转(1)=4. Of a long sum only what is not 0 is named."""

    def name_with_figure(key: str) -> str:
        return f"{form.label(key, instance)}({show(reading.numbers((key,))[0])})"

    if not side.terms:
        return show(value)
    terms = side.terms
    if len(terms) > _LONG_SUM:
        terms = tuple(term for term in terms if reading.numbers((term.name,))[0])
    if not terms:
        return phrases().checking.all_parts.format(value=show(value))
    words = Side(terms, side.constant).words(name_with_figure)
    is_single = len(side.terms) == 1 and not side.constant
    return words if is_single else f"{words}={show(value)}"

"""The likely cause of sums that do not agree, in one sentence that names the cells, beside every
finding it explains.
"""

from collections.abc import Sequence
from dataclasses import replace

from toolkit.checking.slips import Slip, likely_slip
from toolkit.checking.sums import Sums, is_sum, sums_of
from toolkit.edition.model import Edition, Instance
from toolkit.finding import Finding
from toolkit.phrases import phrases
from toolkit.record.reading import Reading
from toolkit.values import show

MOST = 4  # cells named one by one


def add_causes(form: Edition, reading: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those of sums with their likely cause where there is exactly one."""
    if not _has_sum(form, findings):
        return list(findings)
    explained = list(findings)
    for sums in sums_of(form, reading):
        slip = likely_slip(sums)
        if slip is None:
            continue
        cause = sentence(form, reading, sums, slip)
        instances = _explained_instances(sums, slip)
        about = {(instance.relation.code, instance.holds.keys) for instance in instances}
        for index, finding in enumerate(explained):
            if (finding.code, finding.keys) in about:
                explained[index] = _with_cause(finding, cause)
    return explained


def _has_sum(form: Edition, findings: Sequence[Finding]) -> bool:
    """Whether any of the findings is about a sum."""
    sums = {instance.relation.code for instance in form.instances if is_sum(instance)}
    return any(finding.code in sums for finding in findings)


def _explained_instances(sums: Sums, slip: Slip) -> list[Instance]:
    """What the slip explains: every sum that is off, and links to last year that are off at the
    cells to blame.
    """
    every = (*sums.rules, *sums.yearly)
    return [
        every[number]
        for number in sums.imbalances
        if number in sums.broken or set(slip.cells) & set(every[number].keys)
    ]


def _with_cause(finding: Finding, cause: str) -> Finding:
    label = phrases().causes.label
    return replace(finding, cause=cause, message=f"{finding.message}{label}{cause}")


def sentence(form: Edition, reading: Reading, sums: Sums, slip: Slip) -> str:
    """The words of a slip (phrases.toml), with the cells as the sheet and the form call them."""
    words = phrases()
    names = [_cell_in_words(form, reading, key) for key in slip.cells]
    more = words.checking.more_cells.format(count=len(names)) if len(names) > MOST else ""
    columns = [
        words.checking.column.format(label=sums.table.column_label(column))
        for column in slip.columns
    ]
    parts = {
        "cells": "、".join(names[:MOST]) + more,
        "columns": "和".join(columns),
        "amount": show(slip.amount),
        "first": "",
        "second": names[1] if len(names) > 1 else "",
        "now": "",
        "row": "",
        "column": "",
    }
    if slip.cells:
        first = form.cells[slip.cells[0]]
        parts |= {
            "first": names[0],
            "now": show(sums.value[first.key]),
            "row": first.row_label,
            "column": first.column_label,
        }
    return words.causes.word(_kind_of_words(slip)).format(**parts)


def _kind_of_words(slip: Slip) -> str:
    """A figure in a wrong column has other words where only the columns are certain."""
    if slip.kind == "wrong_column" and not slip.cells:
        return "wrong_columns"
    return slip.kind


def _cell_in_words(form: Edition, reading: Reading, key: str) -> str:
    """“本年新收”的“自然人”（C5）; without the address where the source has no sheet."""
    cell, place = form.cells[key], reading.places.get(key)
    return phrases().checking.cell.format(
        row=cell.row_label,
        column=cell.column_label,
        at=f"（{place.cell}）" if place and place.cell else "",
    )

"""The likely cause of sums that do not agree, in one sentence that names the cells, beside every finding it explains."""

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
    found = list(findings)
    if not {one.code for one in found} & {
        one.relation.code for one in form.instances if is_sum(one)
    }:
        return found
    for sums in sums_of(form, reading):
        slip = likely_slip(sums)
        if slip is None:
            continue
        words = sentence(form, reading, sums, slip)
        about = {(one.relation.code, one.holds.keys) for one in _explained(sums, slip)}
        found = [_told(one, words) if (one.code, one.keys) in about else one for one in found]
    return found


def _explained(sums: Sums, slip: Slip) -> list[Instance]:
    """What the slip explains: every sum that is off, and links to last year that are off at the cells to blame."""
    every = (*sums.rules, *sums.yearly)
    return [
        every[number]
        for number in sums.off
        if number in sums.broken or set(slip.cells) & set(every[number].keys)
    ]


def _told(one: Finding, words: str) -> Finding:
    label = phrases().causes.label
    return replace(one, cause=words, message=f"{one.message}{label}{words}")


def sentence(form: Edition, reading: Reading, sums: Sums, slip: Slip) -> str:
    """The words of a slip (phrases.toml), with the cells as the sheet and the form call them."""
    names = [_name(form, reading, key) for key in slip.cells]
    labels = [f"“{sums.table.column_label(column)}”列" for column in slip.columns]
    kind = slip.kind if slip.cells or slip.kind != "wrong_column" else "wrong_columns"
    first = form.cells[slip.cells[0]] if slip.cells else None
    return str(
        phrases()
        .causes.word(kind)
        .format(
            cells="、".join(names[:MOST]) + (f"等{len(names)}格" if len(names) > MOST else ""),
            first=names[0] if names else "",
            second=names[1] if len(names) > 1 else "",
            columns="和".join(labels),
            amount=show(slip.amount),
            now=show(sums.value[slip.cells[0]]) if slip.cells else "",
            row=first.row_label if first else "",
            column=first.column_label if first else "",
        )
    )


def _name(form: Edition, reading: Reading, key: str) -> str:
    cell, place = form.cells[key], reading.places.get(key)
    at = f"（{place.cell}）" if place and place.cell else ""
    return f"“{cell.row_label}”的“{cell.column_label}”{at}"

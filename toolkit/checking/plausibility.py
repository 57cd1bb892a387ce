"""What may be right and is worth a second look. Few and calm: every rule here names its reason, none is an error."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from toolkit.checking.messages import cell_place
from toolkit.checking.prose import passages, section_finding, split_sentences
from toolkit.codes import make_finding
from toolkit.edition.model import Edition, Table
from toolkit.edition.relation import PRIOR
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.prior import comparable_prior_values
from toolkit.record.reading import Reading
from toolkit.record.settle import Standing, figures
from toolkit.record.typed import list_cells
from toolkit.values import Kind, Value, is_sound, show

WAN = Decimal(10000)
ABOUT = Decimal(
    3
)  # an amount changes by less than this from year to year, or nothing can be said of its unit
JUMP, LEAST = (
    Decimal(10),
    Decimal(100),
)  # times last year's figure, and by how much at least, that is worth a look
_WORTH = {"元": Decimal(1), "万元": WAN, "万": WAN}


def plausibility_findings(form: Edition, reading: Reading) -> list[Finding]:
    found = [*_zero_but_told(form, reading), *_statistics(form, reading)]
    if reading.prior is not None and reading.prior.year == reading.year - 1:
        found += [*_other_unit_of_money(form, reading), *_jumps(form, reading)]
    return found


def _statistics(form: Edition, reading: Reading) -> Iterator[Finding]:
    """公开统计 writes one sentence; a count that is no figure, or a sum that the kinds exceed, would keep it out without a word."""
    given, sheet = reading.statistics, form.narrative.statistics
    place = Place(
        reading.file, sheet.sheet if reading.places else None, order=(len(form.tables), 0, 0)
    )
    labelled = [
        (sheet.total_label, given.total),
        (sheet.prior_label, given.prior_total),
        *((one.kind, one.count) for one in given.items),
    ]
    for label, value in labelled:
        if not value.is_blank and not is_sound(value, Kind.COUNT):
            yield make_finding(
                "statistics_not_whole",
                place,
                where=f"{sheet.sheet}“{label}”",
                raw=short(value.raw or show(value.number)),
            )
    whole = sum((one.count.number or Decimal(0) for one in given.items), Decimal(0))
    if whole and (
        given.total.is_blank or (given.total.number is not None and whole > given.total.number)
    ):
        total = show(given.total.number) if given.total.number is not None else ""
        yield make_finding(
            "statistics_total_wrong",
            place,
            sheet=sheet.sheet,
            total=total or "空的",
            whole=show(whole),
        )


def _other_unit_of_money(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Amounts about 10,000 times last year's, or the reverse; amounts whose unit nobody knows are not compared."""
    last = comparable_prior_values(form, reading)
    for key, cell in form.cells.items():
        if cell.kind not in (Kind.MONEY, Kind.AMOUNT) or key not in last:
            continue
        values = reading.value(key), last[key]
        now, before = (_amount(value, cell.kind) for value in values)
        if not now or not before:
            continue
        times = max(now, before) / min(now, before)
        if WAN / ABOUT <= times <= WAN * ABOUT:
            words: dict[str, Any] = {
                "where": form.where(key),
                "now": _shown(values[0], cell.unit),
                "before": _shown(values[1], cell.unit),
            }
            sides: dict[str, Any] = {"found": values[0].number, "expected": values[1].number}
            yield make_finding(
                "amount_scaled",
                cell_place(form, reading, key),
                [key, PRIOR + key],
                **sides,
                **words,
            )


def _amount(value: Value, kind: Kind) -> Decimal | None:
    """An amount in 元, or in the unit of its column; None where its unit is not known."""
    if not is_sound(value, kind) or value.number is None:
        return None
    if kind is Kind.MONEY:
        return value.number
    return value.number * _WORTH[value.unit] if value.unit in _WORTH else None


def _shown(value: Value, unit: str) -> str:
    return value.raw or show(value.number) + unit


def _jumps(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Counts many times last year's or a small part of it, 0 included; parts of a total are seen in the total."""
    at, last = figures(form, reading), comparable_prior_values(form, reading)
    parts = {name for side in form.totals.values() for name in side.names}
    for table in form.tables:
        known = [
            key for key in _counts(table) if key not in parts and key in last and PRIOR + key in at
        ]
        sound = [key for key in known if at[key].standing is Standing.SOUND]
        jumped = [key for key in sound if _is_jump(at[key].number, at[PRIOR + key].number)]
        if jumped:
            said = "、".join(
                f"上年{show(at[PRIOR + key].number)}，本年{show(at[key].number)}"
                for key in jumped[:4]
            )
            keys = [one for key in jumped for one in (key, PRIOR + key)]
            words: dict[str, Any] = {
                "table": table.title,
                "count": len(jumped),
                "cells": f"{list_cells(form, jumped)}：{said}",
            }
            yield make_finding(
                "far_from_prior", cell_place(form, reading, jumped[0]), keys, **words
            )


def _counts(table: Table) -> list[str]:
    return [cell.key for cell in table.cells if cell.kind is Kind.COUNT and table.declared.official]


def _is_jump(now: Decimal, before: Decimal) -> bool:
    return abs(now - before) >= LEAST and max(now, before) >= JUMP * min(now, before)


def _zero_but_told(form: Edition, reading: Reading) -> Iterator[Finding]:
    """A table without a single case, and prose that counts some."""
    words = phrases().prose
    for section in form.sections:
        table = next(
            (
                one
                for one in form.tables
                if one.key == section.table and one.key in words.told_table
            ),
            None,
        )
        if table is None or not _is_zero(reading, table):
            continue
        for passage in (one for one in passages(form, reading) if words.told_of in one.text):
            for clause in (
                part
                for sentence in split_sentences(passage.text)
                for part in re.split("[，,：:]", sentence)
            ):
                if _tells(clause, reading.year):
                    yield section_finding(
                        form,
                        reading,
                        passage.section,
                        "applications_against_zero_table",
                        passage.number,
                        text=short(clause),
                        table=table.title,
                    )
                    return


def _is_zero(reading: Reading, table: Table) -> bool:
    """Every cell is a 0 that somebody stated; a table without any figure is another matter."""
    values = [reading.value(cell.key) for cell in table.cells]
    return any(value.number == 0 for value in values) and not any(
        value.number or value.raw for value in values
    )


def _tells(clause: str, year: int) -> bool:
    """Whether a clause counts applications of this year. The words are in phrases.toml."""
    words = phrases().prose
    if any(word in clause for word in words.told_of_others) or any(
        int(other) != year for other in re.findall(r"(20\d\d)年", clause)
    ):
        return False
    match = re.search(words.told, clause)
    count = (match["count"] or match["count2"] or "") if match else ""
    return bool(count.strip("0"))

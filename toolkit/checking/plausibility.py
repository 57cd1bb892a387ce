"""What may be right and is worth a second look.

Few and calm: every rule here names its reason, none is an error.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.checking.messages import cell_place
from toolkit.checking.prose import Passage, passage_finding, passages
from toolkit.codes import make_finding
from toolkit.edition.model import Edition, Table
from toolkit.edition.relation import PRIOR
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.prior import comparable_prior_values
from toolkit.record.reading import Reading, Statistics
from toolkit.record.sentences import split_sentences
from toolkit.record.settle import Standing, figures
from toolkit.record.typed import list_cells
from toolkit.values import Kind, Value, is_sound, show

WAN = Decimal(10000)
# An amount changes by less than this from year to year, or nothing can be said of its unit.
ABOUT = Decimal(3)
# Times last year's figure, and by how much at least, that is worth a look.
JUMP, LEAST = Decimal(10), Decimal(100)
MOST = 4  # figures named one by one

_WORTH = {"元": Decimal(1), "万元": WAN, "万": WAN}
_CLAUSE_END = re.compile("[，,：:]")
_YEARS = re.compile(r"(20\d\d)年")


def plausibility_findings(form: Edition, reading: Reading) -> list[Finding]:
    """All findings of this kind. Only figures of the year before are compared with this year's."""
    findings = [
        *_find_counts_beside_zeros(form, reading),
        *_check_statistics(form, reading),
    ]
    if reading.prior is not None and reading.prior.year == reading.year - 1:
        findings += _find_scaled_amounts(form, reading)
        findings += _find_jumps(form, reading)
    return findings


# --- statistics


def _check_statistics(form: Edition, reading: Reading) -> Iterator[Finding]:
    """公开统计 writes one sentence.

    A count that is not a figure, or a sum above the total, would silently omit it.
    """
    given, sheet = reading.statistics, form.narrative.statistics
    place = Place(
        reading.file, sheet.sheet if reading.places else None, order=(len(form.tables), 0, 0)
    )
    labelled = [
        (sheet.total_label, given.total),
        (sheet.prior_label, given.prior_total),
        *((item.kind, item.count) for item in given.items),
    ]
    for label, value in labelled:
        if not value.is_blank and not is_sound(value, Kind.COUNT):
            yield make_finding(
                "statistics_not_whole",
                place,
                where=f"{sheet.sheet}“{label}”",
                raw=short(value.raw or show(value.number)),
            )
    whole = sum((item.count.number or Decimal(0) for item in given.items), Decimal(0))
    if whole and _exceeds_total(whole, given):
        number = given.total.number
        yield make_finding(
            "statistics_total_wrong",
            place,
            sheet=sheet.sheet,
            total=phrases().checking.blank_total if number is None else show(number),
            whole=show(whole),
        )


def _exceeds_total(whole: Decimal, given: Statistics) -> bool:
    """Whether the sum of the kinds is above the total, or there is no total."""
    total = given.total.number
    return given.total.is_blank or (total is not None and whole > total)


# --- beside last year's figures


def _find_scaled_amounts(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Amounts about 10,000 times last year's, or the reverse: 元 and 万元 were confused."""
    last = comparable_prior_values(form, reading)
    for key, cell in form.cells.items():
        if cell.kind not in (Kind.MONEY, Kind.AMOUNT) or key not in last:
            continue
        now, before = reading.value(key), last[key]
        if _is_scaled(_amount(now, cell.kind), _amount(before, cell.kind)):
            yield make_finding(
                "amount_scaled",
                cell_place(form, reading, key),
                [key, PRIOR + key],
                found=now.number,
                expected=before.number,
                where=form.where(key),
                now=_with_unit(now, cell.unit),
                before=_with_unit(before, cell.unit),
            )


def _is_scaled(now: Decimal | None, before: Decimal | None) -> bool:
    """Whether one amount is about 10,000 times the other.

    Amounts whose unit is not known are not compared.
    """
    if not now or not before:
        return False
    times = max(now, before) / min(now, before)
    return WAN / ABOUT <= times <= WAN * ABOUT


def _amount(value: Value, kind: Kind) -> Decimal | None:
    """An amount in 元, or in the unit of its column; None where its unit is not known."""
    if not is_sound(value, kind) or value.number is None:
        return None
    if kind is Kind.MONEY:
        return value.number
    return value.number * _WORTH[value.unit] if value.unit in _WORTH else None


def _with_unit(value: Value, unit: str) -> str:
    return value.raw or show(value.number) + unit


def _find_jumps(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Counts many times last year's or a small part of it, 0 included, one finding for each table.

    Parts of a total are not compared: a jump of theirs shows in the total.
    """
    at, last = figures(form, reading), comparable_prior_values(form, reading)
    parts: set[str] = set()
    for side in form.totals.values():
        parts.update(side.names)
    for table in form.tables:
        jumped: list[str] = []
        for key in _counts(table):
            if key in parts or key not in last or PRIOR + key not in at:
                continue
            now, before = at[key], at[PRIOR + key]
            if now.standing is Standing.SOUND and _is_jump(now.number, before.number):
                jumped.append(key)
        if jumped:
            figures_of_both = [
                phrases().checking.two_years.format(
                    before=show(at[PRIOR + key].number), now=show(at[key].number)
                )
                for key in jumped[:MOST]
            ]
            keys: list[str] = []
            for key in jumped:
                keys += [key, PRIOR + key]
            yield make_finding(
                "far_from_prior",
                cell_place(form, reading, jumped[0]),
                keys,
                table=table.title,
                count=len(jumped),
                cells=f"{list_cells(form, jumped)}：{'、'.join(figures_of_both)}",
            )


def _counts(table: Table) -> list[str]:
    """The keys of the counts of an official table."""
    if not table.declared.official:
        return []
    return [cell.key for cell in table.cells if cell.kind is Kind.COUNT]


def _is_jump(now: Decimal, before: Decimal) -> bool:
    return abs(now - before) >= LEAST and max(now, before) >= JUMP * min(now, before)


# --- beside the prose


def _find_counts_beside_zeros(form: Edition, reading: Reading) -> Iterator[Finding]:
    """A table without a single case, and the first clause of the prose that counts some."""
    for section in form.sections:
        table = next((table for table in form.tables if table.key == section.table), None)
        if table is None or table.key not in phrases().prose.told_table:
            continue
        if not _is_zero(reading, table):
            continue
        for passage, clause in _counting_clauses(form, reading):
            yield passage_finding(
                form,
                reading,
                passage,
                "applications_against_zero_table",
                text=short(clause),
                table=table.title,
            )
            return


def _counting_clauses(form: Edition, reading: Reading) -> Iterator[tuple[Passage, str]]:
    """The clauses of the prose that count applications, with their paragraphs."""
    for passage in passages(form, reading):
        if phrases().prose.told_of not in passage.text:
            continue
        for sentence in split_sentences(passage.text):
            for clause in _CLAUSE_END.split(sentence):
                if _counts_applications(clause, reading.year):
                    yield passage, clause


def _is_zero(reading: Reading, table: Table) -> bool:
    """Whether every cell is a 0 that somebody stated; a table without any figure is another
    matter.
    """
    values = [reading.value(cell.key) for cell in table.cells]
    is_stated = any(value.number == 0 for value in values)
    return is_stated and not any(value.number or value.raw for value in values)


def _counts_applications(clause: str, year: int) -> bool:
    """Whether a clause counts applications of this year. The words are in phrases.toml."""
    words = phrases().prose
    if any(word in clause for word in words.told_of_others):
        return False
    if any(int(other) != year for other in _YEARS.findall(clause)):
        return False
    match = words.told.find(clause)
    count = (match["count"] or match["count2"] or "") if match else ""
    return bool(count.strip("0"))

"""Findings for people (rich) and for programs (JSON, CSV)."""

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from toolkit import __version__
from toolkit.edition.load import load_edition
from toolkit.finding import Finding, Severity, count
from toolkit.importing.dump_data import BOM, tame
from toolkit.record.carried import figure
from toolkit.record.outcome import Outcome
from toolkit.record.prior import form_of
from toolkit.record.reading import Reading
from toolkit.record.settle import CheckState, applicable, check_state, figures
from toolkit.templates import no_unit, phrases
from toolkit.values import show

SCHEMA = 1
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
CSV_COLUMNS = ("file", "code", "severity", "sheet", "cell", "keys", "found", "expected", "message", "remedy")


def text(outcomes: Sequence[Outcome]) -> RenderableType:
    """All inputs one after the other, and a line over all of them where there are several."""
    parts: list[RenderableType] = []
    for outcome in outcomes:
        style = "bold red" if outcome.reading is None or count(outcome.findings)["error"] else "bold green"
        parts += [
            Text(head(outcome), style="bold"),
            *(entry(one) for one in outcome.findings),
            Text(f"  {foot(outcome)}", style=style),
            Text(""),
        ]
    if len(outcomes) > 1:
        parts.append(Text(total(outcomes), style="bold"))
    return Group(*parts)


def head(outcome: Outcome) -> str:
    """Which report this is."""
    reading = outcome.reading
    if reading is None:
        return outcome.file
    unit = reading.text("unit.name") or no_unit()
    return f"{outcome.file}  {unit}  {reading.year}年  {load_edition(reading.edition).title}"


def entry(one: Finding) -> RenderableType:
    """Severity and place; what it is and should be; how to mend it; the code last."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    word = phrases()["severity"][one.severity.value]
    place = one.place.words
    lines = [place] if place else []
    lines.append(one.message)
    if one.remedy:
        lines.append(f"怎么改：{one.remedy}")
    if one.explanation:
        lines.append(f"已说明：{one.explanation}")
    body = Text("\n".join(lines))
    body.append(f"  [{one.code}]", style="dim")
    table.add_row(Text(f"【{word}】", style=_STYLES[one.severity]), body)
    return Padding(table, (0, 0, 0, 2))


def foot(outcome: Outcome) -> str:
    """How it came out."""
    if outcome.reading is None:
        return "没有核对。"
    numbers = count(outcome.findings)
    words = phrases()["severity"]
    found = "，".join(f"{words[name]} {number}" for name, number in numbers.items() if number) or "没有发现问题"
    if explained := sum(one.explanation is not None for one in outcome.findings):
        found += f"（其中已说明 {explained}）"
    return f"结果：{found}。{_checked(outcome.reading)}"


def _checked(reading: Reading) -> str:
    """How many relations were looked at, and how they came out."""
    form = form_of(reading)
    at = figures(form, reading)
    states = Counter(check_state(one, at) for one in applicable(form, reading))
    words = phrases()["states"]
    order = (CheckState.PASSED, CheckState.BROKEN, CheckState.INVALID, CheckState.INCOMPLETE)
    parts = "，".join(f"{words[state.value]} {states[state]}" for state in order if states[state])
    return f"核对了勾稽关系 {sum(states.values())} 项：{parts}。"


def plain_text(value: Decimal | str | None) -> str:
    return show(value) if isinstance(value, Decimal) else value or ""


def total(outcomes: Sequence[Outcome]) -> str:
    unread = sum(outcome.reading is None for outcome in outcomes)
    wrong = sum(any(one.severity is Severity.ERROR for one in outcome.findings) for outcome in outcomes if outcome.reading)
    clean = len(outcomes) - unread - wrong
    return f"共 {len(outcomes)} 份：没有必须改的 {clean} 份，有必须改的 {wrong} 份，不能读取的 {unread} 份。"


def to_json(outcomes: Sequence[Outcome]) -> str:
    reports = [_report(outcome) for outcome in outcomes]
    return json.dumps({"schema": SCHEMA, "toolkit": __version__, "reports": reports}, ensure_ascii=False, indent=1) + "\n"


def _report(outcome: Outcome) -> dict[str, Any]:
    reading = outcome.reading
    return {
        "file": outcome.file,
        "edition": reading.edition if reading else None,
        "year": reading.year if reading else None,
        "unit": reading.text("unit.name") if reading else None,
        "error": outcome.error,
        "counts": count(outcome.findings),
        "findings": [_finding(one) for one in outcome.findings],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        "remedy": one.remedy,
        "sheet": one.place.sheet,
        "cell": one.place.cell,
        "keys": list(one.keys),
        "found": _plain(one.found),
        "expected": _plain(one.expected),
        "cause": one.cause,
        "explanation": one.explanation,
    }


def _plain(value: Decimal | str | None) -> int | float | str | None:
    return figure(value) if isinstance(value, Decimal) else value


def to_csv(outcomes: Sequence[Outcome]) -> str:
    """One line a finding, with BOM for Excel; text that looks like a formula is neutralised."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(CSV_COLUMNS)
    for outcome in outcomes:
        for one in outcome.findings:
            texts = (outcome.file, one.code, one.severity.value, one.place.sheet or "", one.place.cell or "", " ".join(one.keys))
            values = (show(value) if isinstance(value, Decimal) else tame(plain_text(value)) for value in (one.found, one.expected))
            write([*map(tame, texts), *values, tame(one.message), tame(one.remedy)])
    return BOM + out.getvalue()


def rules(edition_id: str) -> Table:
    """The relations of an edition as a table."""
    edition = load_edition(edition_id)
    table = Table(title=f"{edition.title}的勾稽关系", show_lines=False)
    for name in ("编号", "程度", "表", "关系", "适用"):
        table.add_column(name, overflow="fold")
    for relation in edition.relations:
        declared = relation.declared
        scope = {"row": "每一行", "column": "每一列", "": "全表"}[declared.each]
        limits = [f"{declared.years.first}年起"] if declared.years.first else []
        if declared.levels:
            names = dict(edition.profile.choices["levels"])
            limits.append("、".join(names[level] for level in declared.levels))
        words = f"{declared.says}。"
        table.add_row(
            declared.id,
            phrases()["severity"][declared.severity.value],
            edition.table(declared.table).declared.short,
            words,
            "；".join([scope, *limits]),
        )
    return table

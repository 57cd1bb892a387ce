"""Findings for people: one report after the other, as rich renders them."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from toolkit.edition.load import load_edition
from toolkit.finding import Finding, Severity, count
from toolkit.phrases import no_unit, phrases
from toolkit.record.outcome import Outcome
from toolkit.record.prior import form_of
from toolkit.record.reading import Reading
from toolkit.record.settle import CheckState, applicable_instances, check_state, figures

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def findings_text(outcomes: Sequence[Outcome]) -> RenderableType:
    """All inputs one after the other, and a line over all of them where there are several."""
    parts: list[RenderableType] = []
    for outcome in outcomes:
        style = (
            "bold red"
            if outcome.reading is None or count(outcome.findings)["error"]
            else "bold green"
        )
        parts += [
            Text(heading_line(outcome), style="bold"),
            *(finding_entry(one) for one in outcome.findings),
            Text(f"  {outcome_line(outcome)}", style=style),
            Text(""),
        ]
    if len(outcomes) > 1:
        parts.append(Text(summary_line(outcomes), style="bold"))
    return Group(*parts)


def heading_line(outcome: Outcome) -> str:
    """Which report this is."""
    reading = outcome.reading
    if reading is None:
        return outcome.file
    unit = reading.text("unit.name") or no_unit()
    return f"{outcome.file}  {unit}  {reading.year}年  {load_edition(reading.edition).title}"


def finding_entry(one: Finding) -> RenderableType:
    """Severity and place; what it is and should be; how to mend it; the code last."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    word = phrases().severity.word(one.severity.value)
    place = one.place.in_words
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


def outcome_line(outcome: Outcome) -> str:
    """How it came out."""
    if outcome.reading is None:
        return "没有核对。"
    numbers = count(outcome.findings)
    words = phrases().severity
    found = (
        "，".join(f"{words.word(name)} {number}" for name, number in numbers.items() if number)
        or "没有发现问题"
    )
    if explained := sum(one.explanation is not None for one in outcome.findings):
        found += f"（其中已说明 {explained}）"
    return f"结果：{found}。{_checked(outcome.reading)}"


def _checked(reading: Reading) -> str:
    """How many relations were looked at, and how they came out."""
    form = form_of(reading)
    at = figures(form, reading)
    states = Counter(check_state(one, at) for one in applicable_instances(form, reading))
    words = phrases().states
    order = (CheckState.PASSED, CheckState.BROKEN, CheckState.INVALID, CheckState.INCOMPLETE)
    parts = "，".join(
        f"{words.word(state.value)} {states[state]}" for state in order if states[state]
    )
    return f"核对了勾稽关系 {sum(states.values())} 项：{parts}。"


def summary_line(outcomes: Sequence[Outcome]) -> str:
    unread = sum(outcome.reading is None for outcome in outcomes)
    wrong = sum(
        any(one.severity is Severity.ERROR for one in outcome.findings)
        for outcome in outcomes
        if outcome.reading
    )
    clean = len(outcomes) - unread - wrong
    return f"共 {len(outcomes)} 份：没有必须改的 {clean} 份，有必须改的 {wrong} 份，不能读取的 {unread} 份。"

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
_ORDER = (CheckState.PASSED, CheckState.BROKEN, CheckState.INVALID, CheckState.INCOMPLETE)


def findings_text(outcomes: Sequence[Outcome]) -> RenderableType:
    """All inputs one after the other, and a line over all of them where there are several."""
    parts: list[RenderableType] = []
    for outcome in outcomes:
        is_bad = outcome.reading is None or count(outcome.findings)["error"]
        parts.append(Text(heading_line(outcome), style="bold"))
        parts += map(finding_entry, outcome.findings)
        parts.append(
            Text(f"  {outcome_line(outcome)}", style="bold red" if is_bad else "bold green")
        )
        parts.append(Text(""))
    if len(outcomes) > 1:
        parts.append(Text(summary_line(outcomes), style="bold"))
    return Group(*parts)


def heading_line(outcome: Outcome) -> str:
    """Which report this is; the file alone where it could not be read."""
    reading = outcome.reading
    if reading is None:
        return outcome.file
    return phrases().findings_text.heading.format(
        file=outcome.file,
        unit=reading.text("unit.name") or no_unit(),
        year=reading.year,
        edition=load_edition(reading.edition).title,
    )


def finding_entry(finding: Finding) -> RenderableType:
    """Severity and place; what it is and should be; how to mend it; the code last."""
    words, severity = phrases().findings_text, phrases().severity
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    place = finding.place.in_words
    lines = [place] if place else []
    lines.append(finding.message)
    if finding.remedy:
        lines.append(words.remedy.format(text=finding.remedy))
    if finding.explanation:
        lines.append(words.explained.format(text=finding.explanation))
    body = Text("\n".join(lines))
    body.append(f"  [{finding.code}]", style="dim")
    label = Text(f"【{severity.word(finding.severity.value)}】", style=_STYLES[finding.severity])
    table.add_row(label, body)
    return Padding(table, (0, 0, 0, 2))


def outcome_line(outcome: Outcome) -> str:
    """How many findings there are of each severity, and how the relations came out."""
    words = phrases().findings_text
    if outcome.reading is None:
        return words.unread
    counts = [
        f"{phrases().severity.word(name)} {number}"
        for name, number in count(outcome.findings).items()
        if number
    ]
    counted = "，".join(counts) or words.clean
    explained = sum(finding.explanation is not None for finding in outcome.findings)
    if explained:
        counted += words.of_which_explained.format(count=explained)
    return words.outcome.format(counts=counted) + _relations_line(outcome.reading)


def _relations_line(reading: Reading) -> str:
    """How many relations were checked, and how they came out."""
    form = form_of(reading)
    at = figures(form, reading)
    states = Counter(check_state(instance, at) for instance in applicable_instances(form, reading))
    parts = [
        f"{phrases().states.word(state.value)} {states[state]}" for state in _ORDER if states[state]
    ]
    return phrases().findings_text.relations.format(count=states.total(), states="，".join(parts))


def summary_line(outcomes: Sequence[Outcome]) -> str:
    """How many reports have no error, how many have some, how many could not be read."""
    read = [outcome for outcome in outcomes if outcome.reading]
    wrong = sum(count(outcome.findings)["error"] > 0 for outcome in read)
    return phrases().findings_text.summary.format(
        count=len(outcomes),
        clean=len(read) - wrong,
        wrong=wrong,
        unread=len(outcomes) - len(read),
    )

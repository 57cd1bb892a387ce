"""Findings as one self-contained web page, to be mailed or printed."""

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from toolkit.finding import Severity, count
from toolkit.formatters.machine import plain_text
from toolkit.formatters.text import heading_line, outcome_line, summary_line
from toolkit.phrases import phrases
from toolkit.record.outcome import Outcome
from toolkit.templates import shipped


def to_html(outcomes: Sequence[Outcome]) -> str:
    """The page. All that files say is text in it: everything is escaped."""
    environment = Environment(
        loader=FileSystemLoader(shipped("workbook_templates")),
        autoescape=True,
        undefined=StrictUndefined,
    )
    template = environment.get_template("findings.html")
    return template.render(
        reports=[_report_entries(outcome) for outcome in outcomes],
        total=summary_line(outcomes) if len(outcomes) > 1 else "",
        words=phrases().page,
        severity=phrases().severity,
    )


def _report_entries(outcome: Outcome) -> dict[str, object]:
    """What the template shows of one report."""
    findings = [
        (finding, plain_text(finding.expected), finding.severity is Severity.ERROR)
        for finding in outcome.findings
    ]
    return {
        "file": outcome.file,
        "head": heading_line(outcome),
        "foot": outcome_line(outcome),
        "counts": count(outcome.findings),
        "unread": outcome.reading is None,
        "findings": findings,
    }

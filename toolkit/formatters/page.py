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
    """Whatever a file says is text in the page: everything is escaped."""
    environment = Environment(
        loader=FileSystemLoader(shipped("workbook_templates")),
        autoescape=True,
        undefined=StrictUndefined,
    )
    template = environment.get_template("findings.html")
    reports = [
        {
            "file": outcome.file,
            "head": heading_line(outcome),
            "foot": outcome_line(outcome),
            "counts": count(outcome.findings),
            "unread": outcome.reading is None,
            "findings": [
                (one, plain_text(one.expected), one.severity is Severity.ERROR)
                for one in outcome.findings
            ],
        }
        for outcome in outcomes
    ]
    over_all = summary_line(outcomes) if len(outcomes) > 1 else ""
    return template.render(
        reports=reports, total=over_all, words=phrases().page, severity=phrases().severity
    )

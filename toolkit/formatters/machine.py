"""Findings for programs: JSON (docs/findings.schema.json) and CSV."""

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from toolkit import __version__
from toolkit.data.csv_text import BOM, tame
from toolkit.finding import Finding, count
from toolkit.record.outcome import Outcome
from toolkit.values import json_number, show

SCHEMA = 1
CSV_COLUMNS = (
    "file",
    "code",
    "severity",
    "sheet",
    "cell",
    "keys",
    "found",
    "expected",
    "message",
    "remedy",
    "unit",
    "year",
    "edition",
    "name",
    "cause",
    "explanation",
)
_NO_FINDING = dict.fromkeys(CSV_COLUMNS, "")


def to_json(outcomes: Sequence[Outcome]) -> str:
    """All reports with their findings, as docs/findings.schema.json says."""
    reports = [_report_object(outcome) for outcome in outcomes]
    whole = {"schema": SCHEMA, "toolkit": __version__, "reports": reports}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _report_object(outcome: Outcome) -> dict[str, Any]:
    reading = outcome.reading
    return {
        "file": outcome.file,
        "edition": reading.edition if reading else None,
        "year": reading.year if reading else None,
        "unit": reading.text("unit.name") if reading else None,
        "error": outcome.error,
        "counts": count(outcome.findings),
        "findings": [_finding_object(finding) for finding in outcome.findings],
    }


def _finding_object(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "remedy": finding.remedy,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "keys": list(finding.keys),
        "found": _plain_value(finding.found),
        "expected": _plain_value(finding.expected),
        "cause": finding.cause,
        "explanation": finding.explanation,
    }


def _plain_value(value: Decimal | str | None) -> int | float | str | None:
    return json_number(value) if isinstance(value, Decimal) else value


def to_csv(outcomes: Sequence[Outcome]) -> str:
    """One line for each finding, with BOM for Excel; text that looks like a formula is neutralised.

    A report without a finding has one line with an empty code, so that a pivot counts it too.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for outcome in outcomes:
        of_report = _report_columns(outcome)
        writer.writerows({**of_report, **_finding_columns(finding)} for finding in outcome.findings)
        if not outcome.findings:
            writer.writerow({**_NO_FINDING, **of_report})
    return BOM + out.getvalue()


def _report_columns(outcome: Outcome) -> dict[str, str]:
    """What is the same in all lines of a report; only the file where it could not be read."""
    reading = outcome.reading
    return {
        "file": tame(outcome.file),
        "unit": tame(reading.text("unit.name")) if reading else "",
        "year": str(reading.year) if reading else "",
        "edition": tame(reading.edition) if reading else "",
    }


def _finding_columns(finding: Finding) -> dict[str, str]:
    texts = {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.place.sheet or "",
        "cell": finding.place.cell or "",
        "keys": " ".join(finding.keys),
        "message": finding.message,
        "remedy": finding.remedy,
        "name": finding.name,
        "cause": finding.cause or "",
        "explanation": finding.explanation or "",
    }
    columns = {name: tame(text) for name, text in texts.items()}
    return columns | {
        "found": _csv_value(finding.found),
        "expected": _csv_value(finding.expected),
    }


def _csv_value(value: Decimal | str | None) -> str:
    """A number as it is, also a negative one; text neutralised."""
    text = plain_text(value)
    return text if isinstance(value, Decimal) else tame(text)


def plain_text(value: Decimal | str | None) -> str:
    """A figure or text as people read it; empty where there is none."""
    return show(value) if isinstance(value, Decimal) else value or ""

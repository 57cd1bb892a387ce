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
)


def to_json(outcomes: Sequence[Outcome]) -> str:
    reports = [_report(outcome) for outcome in outcomes]
    return (
        json.dumps(
            {"schema": SCHEMA, "toolkit": __version__, "reports": reports},
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


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
    return json_number(value) if isinstance(value, Decimal) else value


def to_csv(outcomes: Sequence[Outcome]) -> str:
    """One line a finding, with BOM for Excel; text that looks like a formula is neutralised."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(CSV_COLUMNS)
    for outcome in outcomes:
        for one in outcome.findings:
            texts = (
                outcome.file,
                one.code,
                one.severity.value,
                one.place.sheet or "",
                one.place.cell or "",
                " ".join(one.keys),
            )
            values = (
                show(value) if isinstance(value, Decimal) else tame(plain_text(value))
                for value in (one.found, one.expected)
            )
            write([*map(tame, texts), *values, tame(one.message), tame(one.remedy)])
    return BOM + out.getvalue()


def plain_text(value: Decimal | str | None) -> str:
    return show(value) if isinstance(value, Decimal) else value or ""

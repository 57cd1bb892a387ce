"""The real published reports: exactly the wrong ones are found wrong, as a few independent lines of arithmetic say."""

import json
from pathlib import Path
from typing import Any

import pytest

from toolkit.checking.check import check
from toolkit.data.load import load_data

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
FILES = sorted(REPORTS.glob("*.json"))
pytestmark = pytest.mark.skipif(not FILES, reason="the real reports are not here")

APPLICANTS = ("natural", "commercial", "research", "welfare", "legal", "other")


def independent(printed: Any) -> set[str]:
    """Which of the error relations of tables three and four break."""

    def figure(text: str) -> int:
        return int(text or 0)

    rows = {
        row: {column: figure(text) for column, text in cells.items()}
        for row, cells in printed["requests"].items()
    }
    broken = set()
    for column in (*APPLICANTS, "total"):
        outcomes = sum(
            cells[column]
            for row, cells in rows.items()
            if row not in ("received", "carried_in", "handled", "carried_out")
        )
        if (
            rows["received"][column] + rows["carried_in"][column]
            != rows["handled"][column] + rows["carried_out"][column]
        ):
            broken.add("T3-01")
        if rows["handled"][column] != outcomes:
            broken.add("T3-02")
    if any(
        cells["total"] != sum(cells[column] for column in APPLICANTS) for cells in rows.values()
    ):
        broken.add("T3-03")
    for cells in printed["disputes"].values():
        if figure(cells["total"]) != sum(
            figure(text) for column, text in cells.items() if column != "total"
        ):
            broken.add("T4-01")
    return broken


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_findings_of_real_reports_match_plain_arithmetic(path: Path) -> None:
    report = json.loads(path.read_text(encoding="utf-8"))
    data = {
        "edition": report["edition"],
        "year": report["year"],
        "origin": "published",
        "unit": {"name": report["unit"]},
        "tables": report["printed"],
    }
    reading, findings = load_data(json.dumps(data).encode(), path.name)
    assert reading is not None
    said = [*findings, *check([reading])[0]]
    errors = {finding.code for finding in said if finding.severity == "error"}
    assert errors == independent(report["printed"])
    assert errors == {"pingtan-2020": {"T3-02"}, "pingtan-gonganju-2021": {"T3-01"}}.get(
        path.stem, set()
    )
    assert not any(finding.code == "R-10" for finding in said)

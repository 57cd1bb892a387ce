"""Speed as ratios against the obvious way, measured in the same run: `python -m tests.trials.bench` (`make bench`). Never a test."""

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.support import make
from toolkit.checking.check import check
from toolkit.edition.load import load_edition
from toolkit.reading.read import read
from toolkit.report.docx import render
from toolkit.report.gates import Stage
from toolkit.report.html import page
from toolkit.report.narrative import narrate


def median(job: Callable[[], object], times: int = 9) -> float:
    """Milliseconds."""
    job()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def main() -> None:
    reading = make.zero("2021")
    data = make.book(reading)
    edition = load_edition("2021")

    def obvious() -> None:
        for formulas in (True, False):
            openpyxl.load_workbook(io.BytesIO(data), data_only=not formulas)

    many = [reading] * 200
    twice, once = median(obvious), median(lambda: read(data, "book.xlsx"))
    lines = [
        ("write a workbook", median(lambda: make.book(reading)), ""),
        (
            "read a workbook",
            once,
            f"{twice / once:.1f}x faster than loading it twice with openpyxl ({twice:.0f} ms)",
        ),
        ("check 1 report", single := median(lambda: check([reading])), ""),
        (
            "check 200 reports",
            all_ := median(lambda: check(many), 3),
            f"{single * 200 / all_:.1f}x faster than one by one",
        ),
        (
            "write a .docx",
            median(lambda: render(narrate(edition, reading), Stage.DRAFT, make.CREATED)),
            "sentences included; to stay under 100 ms",
        ),
        ("write an .html", median(lambda: page(narrate(edition, reading), Stage.DRAFT)), ""),
    ]
    for what, milliseconds, ratio in lines:
        print(f"{what:20} {milliseconds:8.1f} ms  {ratio}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(data)
        print(f"size of a workbook   {path.stat().st_size / 1024:8.1f} KB")


if __name__ == "__main__":
    main()

"""`toolkit demo`: the whole job on the shipped sample, one step after the other, each announced
before it is done.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from toolkit.edition.load import load_edition
from toolkit.files.outputs import write_output
from toolkit.formatters.text import findings_text
from toolkit.jobs.check import check_files
from toolkit.jobs.inputs import read_report
from toolkit.phrases import phrases
from toolkit.record.reading import Reading
from toolkit.record.settle import settle
from toolkit.report.docx import render
from toolkit.report.gates import Stage
from toolkit.report.narrative import narrate
from toolkit.templates import shipped
from toolkit.values import BLANK, Value, number
from toolkit.workbook.write import blank, write

SAMPLE = "2020-yingqian/data.json"


def show_the_whole_job(folder: Path, created: dt.datetime) -> Iterator[RenderableType]:
    """The steps, each as what is to be printed; files go to `folder`."""
    words = phrases().demo
    reading, _ = read_report(shipped("samples") / SAMPLE)
    assert reading is not None, "the shipped sample cannot be read"
    edition = load_edition(reading.edition)
    empty = blank(edition, reading.year, unit__name=reading.text("unit.name"))
    blank_book = folder / f"{words.blank_file}.xlsx"
    filled_book = folder / f"{words.filled_file}.xlsx"
    broken_book = folder / f"{words.broken_file}.xlsx"
    document = folder / f"{words.report_file.format(stage=Stage.DRAFT.value)}.docx"

    yield _step(1, words.blank.format(year=reading.year))
    write_output(blank_book, write(edition, empty, created), force=False)
    yield _step(2, words.filled)
    write_output(filled_book, write(edition, reading, created), force=False)
    yield _findings(filled_book)
    yield _step(3, words.broken)
    write_output(broken_book, write(edition, _broken(reading), created), force=False)
    yield _findings(broken_book)
    yield _step(4, words.report)
    write_output(document, render(narrate(edition, reading), Stage.DRAFT, created), force=False)
    yield Text(f"\n{words.files}")
    files = (blank_book, filled_book, broken_book, document)
    yield Text("\n".join(f"  {path}" for path in files) + "\n")


def _findings(book: Path) -> RenderableType:
    outcomes, _, _ = check_files([book])
    return findings_text(outcomes)


def _step(number: int, words: str) -> Text:
    return Text("\n" + phrases().demo.step.format(number=number, words=words), style="bold")


def _broken(reading: Reading) -> Reading:
    """The first input of the first error relation that compares several inputs, raised by one."""
    edition = load_edition(reading.edition)
    instance = next(
        one
        for one in edition.instances
        if one.relation.declared.severity == "error" and not one.needs_prior
    )
    key = next(key for key in instance.keys if key not in edition.totals)
    cells: dict[str, Value] = {
        name: BLANK if name in edition.totals else value for name, value in reading.cells.items()
    }
    cells[key] = number(reading.numbers((key,))[0] + 1)
    return settle(edition, replace(reading, cells=cells))

"""`toolkit demo`: the whole job on the shipped sample, one step after the other, each told before it is done."""

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
from toolkit.record.reading import Reading
from toolkit.record.settle import settle
from toolkit.report.docx import render
from toolkit.report.gates import Stage
from toolkit.report.narrative import narrate
from toolkit.templates import shipped
from toolkit.values import BLANK, Value, number
from toolkit.workbook.write import blank, write

SAMPLE = "2020-yingqian/data.json"


def run(folder: Path, created: dt.datetime) -> Iterator[RenderableType]:
    """The steps, each as what is to be printed; files go to `folder`."""
    reading, _ = read_report(shipped("samples") / SAMPLE)
    assert reading is not None, "the shipped sample cannot be read"
    edition = load_edition(reading.edition)
    names = {
        name: folder / f"{name}.xlsx" for name in ("1-空白表格", "2-填好的表格", "3-改错一个数")
    }

    yield _step(1, f"做一份{reading.year}年的空白表格（等于 toolkit new {reading.year}）")
    empty = blank(edition, reading.year, unit__name=reading.text("unit.name"))
    write_output(names["1-空白表格"], write(edition, empty, created), force=False)
    yield _step(2, "填上真实报告的数和文字，再核对（等于 toolkit check）")
    write_output(names["2-填好的表格"], write(edition, reading, created), force=False)
    yield findings_text(check_files([names["2-填好的表格"]], None)[0])
    yield _step(3, "故意改错一个数，再核对：工具指出是哪两个数对不上")
    write_output(names["3-改错一个数"], write(edition, _broken(reading), created), force=False)
    yield findings_text(check_files([names["3-改错一个数"]], None)[0])
    yield _step(4, "写年度报告的草稿（等于 toolkit report --draft）")
    document = folder / f"4-年度报告（{Stage.DRAFT.value}）.docx"
    write_output(document, render(narrate(edition, reading), Stage.DRAFT, created), force=False)
    yield Text("\n文件都在这里，可以用 WPS 或者 Excel 打开：")
    yield Text("\n".join(f"  {path}" for path in (*names.values(), document)) + "\n")


def _step(index: int, words: str) -> Text:
    return Text(f"\n第{index}步  {words}", style="bold")


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

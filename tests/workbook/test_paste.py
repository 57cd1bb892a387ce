"""粘贴区: a block pasted there is compared with the table, row by row; what is not pasted is not compared."""

from io import BytesIO
from pathlib import Path

import openpyxl

from tests.support import make
from tests.support.engines import formualized
from toolkit.edition.load import load_edition
from toolkit.phrases import phrases
from toolkit.reading.read import read
from toolkit.workbook.plan import Plan


def test_pasted_block_is_compared_and_not_read_as_figures(tmp_path: Path) -> None:
    plan = Plan(load_edition("2021"))
    reading = make.with_cells(
        make.zero("2021"),
        requests__received__natural=3,
        requests__granted__natural=3,
        disputes__direct__upheld=1,
    )
    book = openpyxl.load_workbook(BytesIO(make.book(reading)))
    name = phrases().paste_sheet.sheet
    sheet = book[name]
    (requests, top), (_, below) = plan.paste_blocks
    rows = requests.table.rows
    for number, row in enumerate(rows):
        for column, key in enumerate(requests.table.columns):
            figure = reading.value(f"requests.{row}.{key}").number
            sheet.cell(top + 2 + number, column + 2).value = int(figure or 0) + (
                row == "granted" and key in ("natural", "total")
            )
    sheet.cell(below + 2, 7).value = "无"
    path = tmp_path / "book.xlsx"
    book.save(path)
    cells = formualized(path)
    last = max(column for sheet_name, _, column in cells if sheet_name == name)
    said = {row: cells[name, top + 2 + number, last] for number, row in enumerate(rows)}
    assert {row for row, text in said.items() if text} == {"granted"}
    assert said["granted"].count("；") == 2
    assert cells[name, below + 2, last]
    again, findings = read(path.read_bytes(), "book.xlsx")
    assert again is not None
    assert make.fresh(findings) == []
    assert again.cells == reading.cells

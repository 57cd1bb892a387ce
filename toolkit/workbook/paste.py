"""粘贴区: an official table filled in elsewhere is pasted as a block, totals included, and every row says where it differs.

It cannot fill the tables: a formula cannot write into an input, a macro is out of the question, and a table that silently
took its figures from here would show blanks. So it compares, and the person copies the inputs over.
"""

from collections.abc import Iterator

from toolkit.edition.model import Cell
from toolkit.phrases import phrases
from toolkit.workbook import formulas
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Segment, Spot
from toolkit.workbook.styles import height_of, lines_of
from toolkit.workbook.table_plan import TablePlan


def write_paste(draft: Draft) -> None:
    words = phrases().paste_sheet
    name = words.sheet
    sheet = draft.sheet(name)
    widest = max(
        (len(table.table.blocks[0].columns) for table, _ in draft.plan.paste_blocks), default=1
    )
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, widest, 9)
    sheet.set_column(widest + 1, widest + 1, 2)
    sheet.set_column(widest + 2, widest + 2, 60)
    draft.write_text(Spot(name, 0, 0), words.title, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    sheet.merge_range(1, 0, 1, widest, words.intro, draft.styles.note)
    sheet.set_row(1, height_of(lines_of(words.intro, 40 + 9 * widest)))
    for table, top in draft.plan.paste_blocks:
        _block(draft, table, top, widest)


def _block(draft: Draft, table: TablePlan, top: int, widest: int) -> None:
    words = phrases().paste_sheet
    name, block = words.sheet, table.table.blocks[0]
    sheet = draft.sheet(name)
    draft.write_text(Spot(name, top, 0), table.table.title, draft.styles.head)
    for column, one in enumerate(block.columns, start=1):
        draft.write_text(Spot(name, top, column), one.path[-1], draft.styles.head)
    draft.write_text(Spot(name, top, widest + 2), words.differences, draft.styles.head)
    sheet.set_row(top, height_of(2))
    for number, cells in enumerate(_rows(table)):
        row = top + 1 + number
        path = block.rows[number].path
        draft.write_text(Spot(name, row, 0), path[-1] if path else "", draft.styles.left_label)
        for column in range(1, len(cells) + 1):
            draft.write_kept(Spot(name, row, column), draft.styles.figure)
        parts = [
            _difference(
                draft, cell, Segment(Spot(name, row, 0), Spot(name, row, widest + 1), column)
            )
            for column, cell in enumerate(cells, start=2)
        ]
        draft.write_formula(
            Spot(name, row, widest + 2), "=" + "&".join(parts), "", draft.styles.cell
        )
        sheet.set_row(row, height_of(lines_of(path[-1] if path else "", 40)))
    first, last = Spot(name, top + 1, 1), Spot(name, top + len(block.rows), len(block.columns))
    draft.add_prompt(first, last, words.prompt_title, words.prompt)


def _rows(table: TablePlan) -> Iterator[list[Cell]]:
    """The cells of a band row by row, as they stand in the table."""
    for number in range(len(table.table.blocks[0].rows)):
        yield [cell for cell in table.table.cells if cell.block_row == number]


def _difference(draft: Draft, cell: Cell, pasted: Segment) -> str:
    """Empty while nothing is pasted or the figures are equal."""
    words = phrases().paste_sheet
    own, x = draft.plan.calc.mirror(cell.key).absolute, pasted.input_formula
    label = cell.column_label
    held = f"IF(ISNUMBER({own}),{own},{formulas.quoted_text(words.unfilled)})"
    differs = f"{formulas.quoted_text(label + words.differs)}&{held}&{formulas.quoted_text('；')}"
    wrong = formulas.quoted_text(f"{label}{words.no_number}；")
    return f'IF(LEN({x})=0,"",IF(ISNUMBER({x}),IF({x}={own},"",{differs}),{wrong}))'

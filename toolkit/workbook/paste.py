"""粘贴区: an official table filled in elsewhere is pasted as a block, totals included.

Every row says where it differs. The block cannot fill the tables: a formula cannot write into an
input, a macro is out of the question, and a table that silently took its figures from here would
show blanks. So it compares, and the person copies the inputs over.
"""

from toolkit.edition.model import Cell
from toolkit.phrases import phrases
from toolkit.workbook import formulas
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Segment, Spot
from toolkit.workbook.styles import height_of, lines_of
from toolkit.workbook.table_plan import TablePlan

_LABEL_WIDTH, _FIGURE_WIDTH, _GAP_WIDTH, _DIFFERENCES_WIDTH = 40, 9, 2, 60


def write_paste(draft: Draft) -> None:
    words = phrases().paste_sheet
    name, sheet = words.sheet, draft.sheet(words.sheet)
    column_counts = [len(table.table.blocks[0].columns) for table, _ in draft.plan.paste_blocks]
    widest = max(column_counts, default=1)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, widest, _FIGURE_WIDTH)
    sheet.set_column(widest + 1, widest + 1, _GAP_WIDTH)
    sheet.set_column(widest + 2, widest + 2, _DIFFERENCES_WIDTH)
    draft.write_text(Spot(name, 0, 0), words.title, draft.styles.title)
    sheet.set_row(0, height_of(1, 16))
    sheet.merge_range(1, 0, 1, widest, words.intro, draft.styles.note)
    sheet.set_row(1, height_of(lines_of(words.intro, _LABEL_WIDTH + _FIGURE_WIDTH * widest)))
    for table, top in draft.plan.paste_blocks:
        _write_block(draft, table, top, widest)


def _write_block(draft: Draft, table: TablePlan, top: int, widest: int) -> None:
    """The heads of a table, its rows, and a prompt over the cells to paste into.

    `widest` is how many figures a row of the widest block has; the differences are right of it.
    """
    words = phrases().paste_sheet
    name, block = words.sheet, table.table.blocks[0]
    draft.write_text(Spot(name, top, 0), table.table.title, draft.styles.head)
    for number, column in enumerate(block.columns, start=1):
        draft.write_text(Spot(name, top, number), column.path[-1], draft.styles.head)
    draft.write_text(Spot(name, top, widest + 2), words.differences, draft.styles.head)
    draft.sheet(name).set_row(top, height_of(2))
    for number, block_row in enumerate(block.rows):
        label = block_row.path[-1] if block_row.path else ""
        cells = [cell for cell in table.table.cells if cell.block_row == number]
        _write_block_row(draft, Spot(name, top + 1 + number, 0), label, cells, widest)
    first, last = Spot(name, top + 1, 1), Spot(name, top + len(block.rows), len(block.columns))
    draft.add_prompt(first, last, words.prompt_title, words.prompt)


def _write_block_row(draft: Draft, spot: Spot, label: str, cells: list[Cell], widest: int) -> None:
    """A label, open cells, and the differences between what is pasted and the table."""
    name, row = spot.sheet, spot.row
    draft.write_text(spot, label, draft.styles.left_label)
    for column in range(1, len(cells) + 1):
        draft.write_kept(Spot(name, row, column), draft.styles.figure)
    end = Spot(name, row, widest + 1)
    differences = [
        _difference_formula(draft, cell, Segment(spot, end, index))
        for index, cell in enumerate(cells, start=2)
    ]
    formula = "=" + "&".join(differences)
    draft.write_formula(Spot(name, row, widest + 2), formula, "", draft.styles.cell)
    draft.sheet(name).set_row(row, height_of(lines_of(label, _LABEL_WIDTH)))


def _difference_formula(draft: Draft, cell: Cell, pasted: Segment) -> str:
    """Empty while nothing is pasted or the figures are equal. Without `=`.

    Where `x` is the pasted cell and `m` the mirror of the figure in the table:

        IF(LEN(x)=0,"",IF(ISNUMBER(x),IF(x=m,"",differs&IF(ISNUMBER(m),m,unfilled)&"；"),wrong))
    """
    words = phrases().paste_sheet
    own, x = draft.plan.calc.mirror(cell.key).absolute, pasted.input_formula
    label = cell.column_label
    held = f"IF(ISNUMBER({own}),{own},{formulas.quoted_text(words.unfilled)})"
    differs = f"{formulas.quoted_text(label + words.differs)}&{held}&{formulas.quoted_text('；')}"
    wrong = formulas.quoted_text(f"{label}{words.no_number}；")
    return f'IF(LEN({x})=0,"",IF(ISNUMBER({x}),IF({x}={own},"",{differs}),{wrong}))'

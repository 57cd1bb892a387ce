"""One report written down in the many ways in which reports are really published: merges, splits, labels, digits, mark-up, file formats."""

import email.message
import io
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import docx
import xlsxwriter

from toolkit.edition.frame import FrameCell, Role, build_frame
from toolkit.edition.load import load_edition
from toolkit.record.reading import Reading
from toolkit.record.settle import edition_of
from toolkit.values import show


@dataclass(frozen=True)
class Cell:
    text: str
    height: int = 1
    width: int = 1
    role: Role = Role.LABEL


@dataclass
class Part:
    """One printed table under a heading."""

    rows: list[list[Cell]]


@dataclass
class Paper:
    """Heading -> paragraphs and tables, in order."""

    title: list[str]
    preamble: list[str]
    sections: list[tuple[str, list[str], list[Part]]] = field(default_factory=list)

    def map(self, change: Callable[[Cell], Cell]) -> "Paper":
        sections = [
            (
                heading,
                prose,
                [Part([[change(cell) for cell in row] for row in part.rows]) for part in parts],
            )
            for heading, prose, parts in self.sections
        ]
        return Paper(self.title, self.preamble, sections)

    def parts(self, change: Callable[[str, Part], list[Part]]) -> "Paper":
        sections = [
            (heading, prose, [new for part in parts for new in change(heading, part)])
            for heading, prose, parts in self.sections
        ]
        return Paper(self.title, self.preamble, sections)


PROSE = {
    "overview": ["本段是样例。", "（一）主动公开。全年公开12件。"],
    "problems": ["存在的问题是样例。"],
    "other": ["无"],
}


def paper(reading: Reading) -> Paper:
    """The report as the form has it."""
    edition = load_edition(reading.edition)
    form = edition_of(edition, reading)
    made = Paper(
        [reading.text("unit.name"), f"{reading.year}年{edition.report_name}"],
        ["本报告的电话：0000-0000000。"],
    )
    for section in edition.sections:
        if section.printed:
            tables = [
                table
                for table in form.tables
                if table.declared.section == section.key and table.declared.official
            ]
            made.sections.append(
                (
                    section.heading,
                    PROSE.get(section.key, []),
                    [Part(_rows(reading, table)) for table in tables],
                )
            )
    return made


def _rows(reading: Reading, table: object) -> list[list[Cell]]:
    frame = build_frame(table)  # type: ignore[arg-type]
    found: list[list[Cell]] = [[] for _ in range(frame.rows)]
    for cell in sorted(frame.cells, key=lambda cell: (cell.row, cell.column)):
        found[cell.row].append(Cell(_text(reading, cell), cell.height, cell.width, cell.role))
    return found


def _text(reading: Reading, cell: FrameCell) -> str:
    if cell.role is not Role.FIGURE:
        return cell.text
    value = reading.value(cell.key)
    return value.raw or show(value.number)


# Lay-outs: how the tables are cut and merged ----------------------------------------------------------------------


def usual(given: Paper) -> Paper:
    return given


def unmerged(given: Paper) -> Paper:
    """Merged cells taken apart: their text in the first cell, blanks in the others."""
    return given.parts(lambda _, part: [Part(_apart(part.rows))])


def _apart(rows: list[list[Cell]]) -> list[list[Cell]]:
    return [
        [
            Cell(cell.text if (dr, dc) == (0, 0) else "", role=cell.role)
            for _, cell, dr, dc in sorted(spots, key=lambda spot: spot[0])
        ]
        for spots in _spots(rows)
    ]


def _spots(rows: list[list[Cell]]) -> list[list[tuple[int, Cell, int, int]]]:
    """Every grid position of each row: (column, cell over it, row and column inside the cell)."""
    grid: list[dict[int, tuple[Cell, int, int]]] = [{} for _ in rows]
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[index]:
                column += 1
            for dr, dc in itertools.product(range(cell.height), range(cell.width)):
                grid[index + dr][column + dc] = (cell, dr, dc)
    return [[(column, *spot) for column, spot in sorted(row.items())] for row in grid]


def _heads(part: Part) -> int:
    """How many rows of heads a table with one block has."""
    return next(
        index
        for index, row in enumerate(part.rows)
        if any(cell.role is Role.FIGURE for cell in row)
    )


def _only(part: Part) -> bool:
    return not any(cell.role is Role.TITLE for row in part.rows for cell in row)


def one_row_of_heads(given: Paper) -> Paper:
    """Only the lowest heads are printed, as in many pasted tables."""

    def change(_: str, part: Part) -> list[Part]:
        if not _only(part):
            return [part]
        depth = _heads(part)
        lowest = [cell for _, cell, _, _ in _spots(part.rows[:depth])[-1]]
        head: list[Cell] = []
        for cell in lowest:
            if not (head and cell.role is Role.CORNER and head[-1].role is Role.CORNER):
                head.append(replace(cell, height=1, width=1))
            else:
                head[-1] = replace(head[-1], width=head[-1].width + 1)
        return [Part([head, *part.rows[depth:]])]

    return given.parts(change)


def two_rows_of_heads(given: Paper) -> Paper:
    """Without the head over all columns."""

    def change(_: str, part: Part) -> list[Part]:
        depth = _heads(part) if _only(part) else 0
        if depth < 3 or len(part.rows[0]) > 2 or part.rows[0][0].role is not Role.CORNER:
            return [part]
        corner = replace(part.rows[0][0], height=depth - 1)
        return [
            Part(
                [
                    [
                        corner,
                        *(
                            replace(cell, height=min(cell.height, depth - 1))
                            for cell in part.rows[1]
                        ),
                        *[],
                    ],
                    *part.rows[2:],
                ]
            )
        ]

    return given.parts(change)


def _cut(part: Part, at: int, *, again: bool) -> list[Part]:
    """A table cut in two before row `at`; labels that reach over the cut are printed again, the heads if wanted."""
    depth = _heads(part)
    rest: list[list[Cell]] = []
    spots = _spots(part.rows)
    for index in range(at, len(part.rows)):
        cells = []
        for column, cell, dr, dc in spots[index]:
            first = dr == 0 or index == at
            if first and dc == 0 and (column, cell) not in cells:
                cells.append(
                    (column, cell) if dr == 0 else (column, replace(cell, height=cell.height - dr))
                )
        rest.append([cell for _, cell in cells])
    front = []
    for index, row in enumerate(part.rows[:at]):
        front.append([replace(cell, height=min(cell.height, at - index)) for cell in row])
    return [Part(front), Part([*(part.rows[:depth] if again else []), *rest])]


def in_two(again: bool) -> Callable[[Paper], Paper]:
    def layout(given: Paper) -> Paper:
        return given.parts(
            lambda _, part: (
                _cut(part, 12, again=again) if _only(part) and len(part.rows) > 20 else [part]
            )
        )

    layout.__name__ = f"in_two_{'with' if again else 'without'}_heads"
    return layout


def heads_repeated(given: Paper) -> Paper:
    """The same table, its heads once more in the middle, as after a page break."""

    def change(_: str, part: Part) -> list[Part]:
        if not _only(part) or len(part.rows) < 20:
            return [part]
        front, back = _cut(part, 12, again=True)
        return [Part([*front.rows, *back.rows])]

    return given.parts(change)


def _disputes(part: Part) -> bool:
    return _only(part) and len(part.rows) < 6


def stacked(separate: bool) -> Callable[[Paper], Paper]:
    """Table four as three tables of five columns, one under the other."""

    def layout(given: Paper) -> Paper:
        def change(_: str, part: Part) -> list[Part]:
            if not _disputes(part):
                return [part]
            groups = [part.rows[0][0], *(cell for cell in part.rows[1] if cell.width > 1)]
            leaves = [replace(cell, height=1, width=1) for cell in part.rows[1] if cell.width == 1][
                :5
            ]
            figures = part.rows[-1]
            pieces = [
                [[replace(group, height=1, width=5)], leaves, figures[5 * index : 5 * index + 5]]
                for index, group in enumerate(groups)
            ]
            return (
                [Part(rows) for rows in pieces]
                if separate
                else [Part([row for rows in pieces for row in rows])]
            )

        return given.parts(change)

    layout.__name__ = "three_tables" if separate else "stacked"
    return layout


def groups_as_rows(given: Paper) -> Paper:
    """Table four turned: three rows, five columns."""

    def change(_: str, part: Part) -> list[Part]:
        if not _disputes(part):
            return [part]
        groups = [part.rows[0][0], *(cell for cell in part.rows[1] if cell.width > 1)]
        leaves = [replace(cell, height=1, width=1) for cell in part.rows[1] if cell.width == 1][:5]
        rows = [
            [replace(group, height=1, width=1, role=Role.LABEL), *part.rows[-1][5 * i : 5 * i + 5]]
            for i, group in enumerate(groups)
        ]
        return [Part([[Cell("类别", role=Role.CORNER), *leaves], *rows])]

    return given.parts(change)


def a_table_a_block(given: Paper) -> Paper:
    """Table two as one table for each item of article 20."""

    def change(_: str, part: Part) -> list[Part]:
        if _only(part):
            return [part]
        found: list[list[list[Cell]]] = []
        for row in part.rows:
            if row[0].role is Role.TITLE:
                found.append([])
            found[-1].append(row)
        return [Part(rows) for rows in found]

    return given.parts(change)


def wrong_spans(given: Paper) -> Paper:
    """Spans that do not fit, as word processors leave them: the browser shows the table a little crooked."""
    return given.map(
        lambda cell: replace(cell, width=cell.width + 1) if cell.text.startswith("（七）") else cell
    )


def whole_label_in_one_cell(given: Paper) -> Paper:
    """Groups of row labels left out: only the row's own label, over all label columns."""

    def change(_: str, part: Part) -> list[Part]:
        if not _only(part) or len(part.rows) < 20:
            return [part]
        rows = []
        for row in part.rows:
            labels = [cell for cell in row if cell.role is Role.LABEL]
            rows.append(
                [replace(labels[-1], height=1, width=3), *(c for c in row if c.role is Role.FIGURE)]
                if labels
                else row
            )
        return [Part(rows)]

    return given.parts(change)


LAYOUTS = [
    usual, unmerged, one_row_of_heads, two_rows_of_heads, in_two(True), in_two(False), heads_repeated, stacked(False), stacked(True),
    groups_as_rows, a_table_a_block, wrong_spans, whole_label_in_one_cell,
]  # fmt: skip

# Hands: how texts are typed ---------------------------------------------------------------------------------------


def plain(cell: Cell) -> Cell:
    return cell


def wide_digits(cell: Cell) -> Cell:
    table = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
    return replace(cell, text=cell.text.translate(table)) if cell.role is Role.FIGURE else cell


def padded(cell: Cell) -> Cell:
    return replace(
        cell,
        text=f"\u3000{cell.text}\xa0"
        if cell.role is Role.FIGURE
        else f"{cell.text[:2]} {cell.text[2:]}\xa0",
    )


def other_marks(cell: Cell) -> Cell:
    return (
        replace(cell, text=cell.text.replace(".", "、").replace("（", "(").replace("）", ")"))
        if cell.role is not Role.FIGURE
        else cell
    )


def broken_labels(cell: Cell) -> Cell:
    return (
        replace(cell, text=f"{cell.text[:2]}\n{cell.text[2:]}")
        if cell.role is not Role.FIGURE and len(cell.text) > 3
        else cell
    )


TYPOS = {
    "本年废止件数": "本年废纸件数", "现行有效件数": "先行有效件数", "行政规范性文件": "规范性文件", "规范性文件": "行政规范性文件",
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开", "3.其他": "3.其它", "8.属于行政查询事项": "8．属于行政查寻事项",
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）": "（本列数据的钩稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
}  # fmt: skip


def mistyped(cell: Cell) -> Cell:
    return (
        replace(cell, text=TYPOS.get(cell.text, cell.text))
        if cell.role is not Role.FIGURE
        else cell
    )


HANDS = [plain, wide_digits, padded, other_marks, broken_labels, mistyped]

# Files ------------------------------------------------------------------------------------------------------------


def html(
    given: Paper,
    cell_html: Callable[[str], str] = lambda text: f"<p>{text}</p>",
    tag: Callable[[str], str] = str.lower,
) -> str:
    def element(name: str, inner: str, **attributes: int) -> str:
        given = "".join(f' {tag(key)}="{value}"' for key, value in attributes.items() if value > 1)
        return f"<{tag(name)}{given}>{inner}</{tag(name)}>"

    def table(part: Part) -> str:
        rows = (
            element(
                "tr",
                "".join(
                    element("td", cell_html(_escaped(c.text)), rowspan=c.height, colspan=c.width)
                    for c in row
                ),
            )
            for row in part.rows
        )
        return element("table", element("tbody", "\n".join(rows)))

    lines = [element("p", text) for text in (*given.title, *given.preamble)]
    for heading, prose, parts in given.sections:
        lines += [
            element("p", heading),
            *(element("p", _escaped(text)) for text in prose),
            *map(table, parts),
        ]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("\xa0", "&nbsp;")
        .replace("\n", "<br/>")
    )


_WORD = (
    '<p class="MsoNormal" style="mso-pagination:widow-orphan;\nline-height:28.0000pt;"><span style="font-family: 仿宋_GB2312;">{}</span>'
    '<span style="font-size: 16pt;"><o:p></o:p></span></p>'
)
_AROUND = (
    '<html><head><meta charset="utf-8"><title>县政府</title><script>var x = "<p>一、总体情况</p>";</script></head><body>'
    '<div class="top"><ul><li><a href="/">首页</a></li><li>政务公开</li></ul></div><div>当前位置：首页 &gt; 年度报告</div>'
    '<table width="1000"><tr><td><table><tr><td>搜索</td><td>2023</td></tr></table></td></tr><tr><td>'
    '<h1>{title}</h1><div>发布时间：2023-01-18 来源：县政府办 浏览次数：12</div><div id="zoom">{body}'
    '<p>【打印本页】【关闭窗口】</p></div></td></tr></table><div class="foot"><p>主办：县政府 网站标识码：0000000000</p></div></body></html>'
)


def page(given: Paper) -> bytes:
    return html(given).encode()


def upper_case(given: Paper) -> bytes:
    return html(given, lambda text: text, str.upper).encode("gb18030")


def word_paste(given: Paper) -> bytes:
    return html(given, _WORD.format).encode()


def words_in_parts(given: Paper) -> bytes:
    """Every line of a label a paragraph of its own, spaced by &nbsp;."""
    return html(
        given, lambda text: "".join(f"<p>&nbsp;{line}</p>" for line in text.split("<br/>"))
    ).encode()


def whole_page(given: Paper) -> bytes:
    return _AROUND.format(title="".join(given.title), body=html(given)).encode()


def gbk_page(given: Paper) -> bytes:
    return (
        whole_page(given)
        .replace(b'charset="utf-8"', b'charset="gb2312"')
        .decode()
        .encode("gb18030")
    )


def mht(given: Paper) -> bytes:
    message = email.message.EmailMessage()
    message["From"] = "<saved>"
    message.set_content(whole_page(given).decode(), subtype="html", charset="utf-8", cte="base64")
    message.make_mixed()
    message.replace_header("Content-Type", 'multipart/related; boundary="----=_x"')
    return message.as_bytes()


def word(given: Paper) -> bytes:
    document = docx.Document()
    for text in (*given.title, *given.preamble):
        document.add_paragraph(text)
    for heading, prose, parts in given.sections:
        for text in (heading, *prose):
            document.add_paragraph(text)
        for part in parts:
            _word_table(document, part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_table(document: object, part: Part) -> None:
    spots = _spots(part.rows)
    width = max(column for row in spots for column, *_ in row) + 1
    table = document.add_table(len(part.rows), width)  # type: ignore[attr-defined]
    table.style = "Table Grid"
    grid = [row.cells for row in table.rows]
    for index, row in enumerate(spots):
        for column, cell, dr, dc in row:
            if (dr, dc) == (0, 0):
                target = grid[index][column]
                if cell.height > 1 or cell.width > 1:
                    target = target.merge(
                        grid[min(index + cell.height, len(grid)) - 1][
                            min(column + cell.width, width) - 1
                        ]
                    )
                target.text = cell.text
    document.add_paragraph("")  # type: ignore[attr-defined]


def sheets(given: Paper) -> bytes:
    """One sheet, a title row, everything under each other, merged as on paper."""
    return _xlsx(given, lambda book: itertools.repeat(book.add_worksheet("附表")))


def a_sheet_a_table(given: Paper) -> bytes:
    return _xlsx(given, lambda book: (book.add_worksheet() for _ in itertools.count()))


def _xlsx(given: Paper, sheet_of: Callable[[xlsxwriter.Workbook], Iterator[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    following = sheet_of(book)
    sheet: object = None
    row = 1
    for heading, _, parts in given.sections:
        if not parts:
            continue
        new = next(following)
        if new is not sheet:
            sheet, row = new, 1
            sheet.write(0, 0, "".join(given.title))  # type: ignore[attr-defined]
        sheet.write(row, 0, heading)  # type: ignore[attr-defined]
        row += 1
        for part in parts:
            row = _write_table(sheet, part, row) + 1
    book.close()
    return out.getvalue()


def _write_table(sheet: object, part: Part, top: int) -> int:
    for index, row in enumerate(_spots(part.rows)):
        for column, cell, dr, dc in row:
            if (dr, dc) != (0, 0):
                continue
            number = cell.text.isdecimal() and cell.text.isascii() and cell.role is Role.FIGURE
            at = (top + index, column + 1)
            if cell.height > 1 or cell.width > 1:
                sheet.merge_range(*at, at[0] + cell.height - 1, at[1] + cell.width - 1, "")  # type: ignore[attr-defined]
            if number:
                sheet.write_number(*at, int(cell.text))  # type: ignore[attr-defined]
            else:
                sheet.write_string(*at, cell.text)  # type: ignore[attr-defined]
    return top + len(part.rows)


def exported_text(given: Paper) -> bytes:
    """A cell a line, as in the seed: merged cells leave empty ones where they reach down."""
    lines = [*given.title, *given.preamble]
    for heading, prose, parts in given.sections:
        lines += [heading, *prose]
        for part in parts:
            for row in _spots(part.rows):
                lines += [f"\t{cell.text if dr == 0 else ''}" for _, cell, dr, dc in row if dc == 0]
                lines.append("")
            lines.append("")
    return "\n".join(lines).encode()


def pasted_text(given: Paper) -> bytes:
    """A row a line, tabs between the cells."""
    lines = [*given.title, *given.preamble]
    for heading, prose, parts in given.sections:
        lines += [heading, *prose]
        for part in parts:
            lines += [
                "\t".join(
                    cell.text.replace("\n", " ") if dr == 0 else ""
                    for _, cell, dr, dc in row
                    if dc == 0
                )
                for row in _spots(part.rows)
            ]
        lines.append("")
    return "\n".join(lines).encode("gb18030")


FILES: dict[Callable[[Paper], bytes], str] = {
    page: "a.html", upper_case: "a.htm", word_paste: "a.html", words_in_parts: "a.html", whole_page: "a.html", gbk_page: "a.html",
    mht: "a.mht",
    word: "a.docx", sheets: "a.xlsx", a_sheet_a_table: "a.xlsx", exported_text: "a.txt", pasted_text: "a.txt",
}  # fmt: skip

"""The approval sheet that goes with a report for approval: one page of its own, for the people who sign, never published."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable

from toolkit.edition.declared import KeyFigure
from toolkit.edition.model import Edition
from toolkit.edition.relation import PRIOR, parse
from toolkit.finding import Finding
from toolkit.phrases import ApprovalSheetWords, phrases
from toolkit.record.facts import Facts, Unknown, facts
from toolkit.record.reading import Reading
from toolkit.report.blocks import drop_invalid_characters
from toolkit.report.docx import Design, Paper, blank_paper, packed, set_margins
from toolkit.report.gates import UNSIGNED
from toolkit.report.styles import CELL, MARK, SIGNATURE, TITLE
from toolkit.values import show

LONGEST = 56  # characters of a question or a reason
LINE = 36  # characters of a line in the column of questions
ROOM, ROOM_OPEN = 21, 8  # lines that still leave the sheet one page; those of what stands open
SIZE = Pt(9.5)
FIGURES = (40, 20, 18)  # millimetres of label, this year, last year; twice side by side
SIGNERS = (25, 40, 56, 35)


def approval_sheet(
    edition: Edition,
    reading: Reading,
    findings: Sequence[Finding],
    created: datetime,
    design: Design = Design(),
) -> bytes:
    """One A4 page: whose report it is, its key figures beside last year's, what stands open, what was explained, and who signs."""
    words = phrases().approval_sheet
    paper = blank_paper(design)
    set_margins(paper.word.sections[0])
    paper.word.sections[0].top_margin = paper.word.sections[0].bottom_margin = Mm(16)
    mark = paper.paragraph(words.mark, MARK)
    mark.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paper.paragraph(words.title, TITLE).paragraph_format.space_after = Pt(10)
    _identity(paper, edition, reading, words)
    _figures(paper, edition, reading, words)
    _questions(paper, findings, words)
    _signers(paper, reading, words)
    paper.paragraph(words.seal, SIGNATURE).paragraph_format.right_indent = Pt(32)
    return packed(paper.word, words.title, created)


def _identity(paper: Paper, edition: Edition, reading: Reading, words: ApprovalSheetWords) -> None:
    year = words.year_words.format(year=reading.year, edition=edition.title)
    _grid(
        paper,
        [[words.unit, reading.text("unit.name").strip()[:LONGEST], words.year, year]],
        (20, 70, 22, 44),
    )


def _figures(paper: Paper, edition: Edition, reading: Reading, words: ApprovalSheetWords) -> None:
    about = facts(edition, reading)
    lines = [
        [one.label, *(_shown(about, text, words) for text in _sums(one))]
        for one in edition.narrative.key_figure
    ]
    half = (len(lines) + 1) // 2
    rows = [
        [*left, *right]
        for left, right in zip_longest(lines[:half], lines[half:], fillvalue=["", "", ""])
    ]
    _grid(paper, [words.figures * 2, *rows], FIGURES * 2)


def _sums(one: KeyFigure) -> tuple[str, str]:
    last = " + ".join(PRIOR + name.strip() for name in one.value.split("+"))
    return one.value, one.last or last


def _shown(about: Facts, text: str, words: ApprovalSheetWords) -> str:
    try:
        return show(parse(f"{text} == 0").left.value(about.known_figure))
    except Unknown:
        return str(words.unknown)


def _questions(paper: Paper, findings: Sequence[Finding], words: ApprovalSheetWords) -> None:
    still_open = [
        one
        for one in findings
        if (one.is_open_warning or one.is_open_error) and one.name != UNSIGNED
    ]
    explained = sorted(
        (one for one in findings if one.explanation is not None), key=lambda one: one.severity.rank
    )
    told = _lines(
        explained, ROOM - min(ROOM_OPEN, sum(map(_height, _lines(still_open, ROOM, words)))), words
    )
    left = _lines(still_open, max(ROOM_OPEN, ROOM - sum(map(_height, told))), words)
    table = _grid(paper, [[words.open, ""], [words.explained, ""]], (28, 128))
    for row, lines in zip(table.rows, (left, told), strict=True):
        cell = row.cells[1]
        for index, line in enumerate(lines or [words.none]):
            paragraph = (
                cell.paragraphs[0] if index == 0 else cell.add_paragraph(style=paper.styles[CELL])
            )
            paragraph.add_run(drop_invalid_characters(line)).font.size = SIZE
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _height(line: str) -> int:
    return -(-len(line) // LINE)


def _lines(findings: Sequence[Finding], room: int, words: ApprovalSheetWords) -> list[str]:
    """A numbered text each, as many as have room in so many lines, and one that counts the others."""
    texts: list[str] = []
    for index, one in enumerate(findings, start=1):
        severity = phrases().severity.word(one.severity.value)
        reason = f" {words.reason.format(text=_short(one.explanation))}" if one.explanation else ""
        text = f"{index}. 【{severity}】{_short(one.message)}{reason}  [{one.code}]"
        room -= _height(text)
        if room < (1 if index < len(findings) else 0) and texts:
            return [*texts, words.more.format(count=len(findings) - len(texts))]
        texts.append(text)
    return texts


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _signers(paper: Paper, reading: Reading, words: ApprovalSheetWords) -> None:
    rows = [list(words.signature)]
    for label, key in words.signers:
        rows.append(
            [label, reading.text(f"{key}.name").strip()[:20], "", reading.text(f"{key}.date")]
        )
    table = _grid(paper, rows, SIGNERS)
    for row in table.rows[1:]:
        row.height, row.height_rule = Mm(10), WD_ROW_HEIGHT_RULE.AT_LEAST


def _grid(paper: Paper, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> WordTable:
    """A ruled table, and the gap under it that keeps the next one apart."""
    table: WordTable = paper.word.add_table(len(rows), len(widths))
    table.autofit = False
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tblPr.find(qn("w:tblLayout")).addprevious(
        parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    )
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        row.height, row.height_rule = Mm(7), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0].style = paper.styles[CELL]
            cell.paragraphs[0].add_run(drop_invalid_characters(text)).font.size = SIZE
    paper.paragraph("", CELL).paragraph_format.line_spacing = Pt(6)
    return table

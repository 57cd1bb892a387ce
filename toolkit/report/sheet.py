"""The approval sheet that goes with a report for approval: one page of its own, for the people
who sign, never published.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell

from toolkit.edition.declared import KeyFigure
from toolkit.edition.model import Edition
from toolkit.edition.relation import PRIOR, parse
from toolkit.finding import Finding
from toolkit.phrases import phrases
from toolkit.phrases.outputs import ApprovalSheetWords
from toolkit.record.facts import Facts, Unknown, facts
from toolkit.record.reading import Reading
from toolkit.report.blocks import drop_invalid_characters
from toolkit.report.docx import Design, Paper, blank_paper, set_margins
from toolkit.report.gates import UNSIGNED
from toolkit.report.packing import pack_word
from toolkit.report.styles import CELL, MARK, SIGNATURE, TITLE
from toolkit.values import show

LONGEST = 56  # characters of a question or a reason
LINE = 36  # characters of a line in the column of questions
ROOM, ROOM_OPEN = 21, 8  # lines that still leave the sheet one page; those of what is open
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
    """One A4 page: whose report it is, its key figures beside last year's, what is open, what was
    explained, and who signs.
    """
    words = phrases().approval_sheet
    paper = blank_paper(design)
    set_margins(paper.word.sections[0])
    paper.word.sections[0].top_margin = paper.word.sections[0].bottom_margin = Mm(16)
    mark = paper.paragraph(words.mark, MARK)
    mark.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paper.paragraph(words.title, TITLE).paragraph_format.space_after = Pt(10)
    _add_identity(paper, edition, reading, words)
    _add_figures(paper, edition, reading, words)
    _add_findings(paper, findings, words)
    _add_signers(paper, reading, words)
    paper.paragraph(words.seal, SIGNATURE).paragraph_format.right_indent = Pt(32)
    return pack_word(paper.word, words.title, created)


def _add_identity(
    paper: Paper, edition: Edition, reading: Reading, words: ApprovalSheetWords
) -> None:
    year = words.year_words.format(year=reading.year, edition=edition.title)
    _add_grid(
        paper,
        [[words.unit, reading.text("unit.name").strip()[:LONGEST], words.year, year]],
        (20, 70, 22, 44),
    )


def _add_figures(
    paper: Paper, edition: Edition, reading: Reading, words: ApprovalSheetWords
) -> None:
    """The key figures of this year and last year, in two halves side by side."""
    about = facts(edition, reading)
    lines = []
    for figure in edition.narrative.key_figure:
        now, last = (_figure_in_words(about, names, words) for names in _sums(figure))
        lines.append([figure.label, now, last])
    half = (len(lines) + 1) // 2
    halves = zip_longest(lines[:half], lines[half:], fillvalue=["", "", ""])
    rows = [[*left, *right] for left, right in halves]
    _add_grid(paper, [words.figures * 2, *rows], FIGURES * 2)


def _sums(figure: KeyFigure) -> tuple[str, str]:
    """The names that are added up for this year, and for last year."""
    last = " + ".join(PRIOR + name.strip() for name in figure.value.split("+"))
    return figure.value, figure.last or last


def _figure_in_words(about: Facts, names: str, words: ApprovalSheetWords) -> str:
    """The sum of some figures; a dash where one of them is not known."""
    try:
        return show(parse(f"{names} == 0").left.value(about.known_figure))
    except Unknown:
        return str(words.unknown)


def _add_findings(paper: Paper, findings: Sequence[Finding], words: ApprovalSheetWords) -> None:
    """What is still open and what was explained, as far as it leaves the sheet one page."""
    still_open = [finding for finding in findings if _is_open(finding)]
    explained = [finding for finding in findings if finding.explanation is not None]
    explained.sort(key=lambda finding: finding.severity.rank)
    wanted = sum(map(_lines_of, _numbered_lines(still_open, ROOM, words)))
    below = _numbered_lines(explained, ROOM - min(ROOM_OPEN, wanted), words)
    room = max(ROOM_OPEN, ROOM - sum(map(_lines_of, below)))
    above = _numbered_lines(still_open, room, words)
    table = _add_grid(paper, [[words.open, ""], [words.explained, ""]], (28, 128))
    for row, lines in zip(table.rows, (above, below), strict=True):
        _write_lines(paper, row.cells[1], lines or [words.none])


def _is_open(finding: Finding) -> bool:
    is_open = finding.is_open_warning or finding.is_open_error
    return is_open and finding.name != UNSIGNED


def _write_lines(paper: Paper, cell: WordCell, lines: Sequence[str]) -> None:
    """One paragraph for each line; a new cell has the first one already."""
    paragraphs = [cell.paragraphs[0]]
    paragraphs += [cell.add_paragraph(style=paper.styles[CELL]) for _ in lines[1:]]
    for paragraph, line in zip(paragraphs, lines, strict=True):
        paragraph.add_run(drop_invalid_characters(line)).font.size = SIZE
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _lines_of(line: str) -> int:
    """How many lines of the column a text takes."""
    return -(-len(line) // LINE)


def _numbered_lines(findings: Sequence[Finding], room: int, words: ApprovalSheetWords) -> list[str]:
    """A numbered text for each finding, as many as have room in so many lines, and one that
    counts the others.

    The first one is always there.
    """
    texts: list[str] = []
    for number, finding in enumerate(findings, start=1):
        text = _numbered_text(number, finding, words)
        room -= _lines_of(text)
        needed = 1 if number < len(findings) else 0  # for the line that counts the others
        if room < needed and texts:
            return [*texts, words.more.format(count=len(findings) - len(texts))]
        texts.append(text)
    return texts


def _numbered_text(number: int, finding: Finding, words: ApprovalSheetWords) -> str:
    severity = phrases().severity.word(finding.severity.value)
    reason = ""
    if finding.explanation:
        reason = f" {words.reason.format(text=_shorten(finding.explanation))}"
    return f"{number}. 【{severity}】{_shorten(finding.message)}{reason}  [{finding.code}]"


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _add_signers(paper: Paper, reading: Reading, words: ApprovalSheetWords) -> None:
    rows = [list(words.signature)]
    for label, key in words.signers:
        name, date = reading.text(f"{key}.name").strip(), reading.text(f"{key}.date")
        rows.append([label, name[:20], "", date])
    table = _add_grid(paper, rows, SIGNERS)
    for row in table.rows[1:]:
        row.height, row.height_rule = Mm(10), WD_ROW_HEIGHT_RULE.AT_LEAST


def _add_grid(paper: Paper, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> WordTable:
    """A ruled table, and the gap under it that keeps the next one apart."""
    table: WordTable = paper.word.add_table(len(rows), len(widths))
    table.autofit = False
    names = ("top", "left", "bottom", "right", "insideH", "insideV")
    sides = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in names)
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

"""The narrative and the statistics of a workbook."""

from dataclasses import dataclass

from toolkit.codes import make_finding
from toolkit.edition.labels import normalise
from toolkit.files.book import Sheet
from toolkit.finding import Finding, Place, Severity
from toolkit.reading.align import read_texts
from toolkit.reading.cells import read_cell_text
from toolkit.reading.locate import Located
from toolkit.record.reading import Paragraph, Statistics, StatisticsItem
from toolkit.record.typed import drop_empty_paragraphs
from toolkit.values import BLANK, Kind, Value, read_typed
from toolkit.workbook.plan import Plan

Narrative = dict[str, tuple[Paragraph, ...]]  # key of a section -> its paragraphs


@dataclass(frozen=True)
class ParagraphHead:
    """Where the paragraphs of a section begin: their row of heads, and the columns below it."""

    row: int
    heading_column: int
    text_column: int


def read_narrative(plan: Plan, located: Located, file: str) -> tuple[Narrative, list[Finding]]:
    """The sections that hold something, and a finding for each whose sheet is missing."""
    narrative: Narrative = {}
    findings = []
    for section in plan.edition.sections:
        sheet = located.sheets.get(section.sheet)
        head = find_paragraph_head(plan, sheet) if sheet else None
        if sheet is None or head is None:
            findings.append(_report_missing_sheet(file, section.sheet))
            continue
        paragraphs = drop_empty_paragraphs(section, _read_paragraphs(sheet, head))
        if paragraphs:
            narrative[section.key] = paragraphs
    return narrative, findings


def _report_missing_sheet(file: str, name: str) -> Finding:
    return make_finding("table_missing", Place(file), severity=Severity.WARNING, table=name)


def find_paragraph_head(plan: Plan, sheet: Sheet) -> ParagraphHead | None:
    """The first row that has both heads, None where the sheet has no such row."""
    narrative = plan.edition.narrative
    heading, text = normalise(narrative.heading_column), normalise(narrative.text_column)
    for row, texts in sorted(read_texts(sheet).items()):
        columns = {label: column for column, label in texts.items()}
        if heading in columns and text in columns:
            return ParagraphHead(row, columns[heading], columns[text])
    return None


def _read_paragraphs(sheet: Sheet, head: ParagraphHead) -> list[Paragraph]:
    """One paragraph for each row below the head that is not empty."""
    columns = (head.heading_column, head.text_column)
    below = [(row, column) for row, column in sheet.cells if row > head.row]
    paragraphs = []
    for row in sorted({row for row, column in below if column in columns}):
        heading, text = (read_cell_text(sheet, row, column) for column in columns)
        paragraphs.append(Paragraph(heading, text))
    return paragraphs


def read_statistics(plan: Plan, located: Located, file: str) -> tuple[Statistics, list[Finding]]:
    """公开统计, empty with a finding where the sheet is missing."""
    words = plan.edition.narrative.statistics
    sheet = located.sheets.get(words.sheet)
    if sheet is None:
        return Statistics(), [_report_missing_sheet(file, words.sheet)]
    labels: dict[str, tuple[int, int]] = {}
    for row, texts in read_texts(sheet).items():
        labels |= {text: (row, column) for column, text in texts.items()}
    head = labels.get(normalise(words.kind_column))
    kinds = _read_items(sheet, head[0]) if head else []
    total = _read_count(sheet, labels.get(normalise(words.total_label)))
    prior_total = _read_count(sheet, labels.get(normalise(words.prior_label)))
    return Statistics(tuple(kinds), total, prior_total), []


def _read_items(sheet: Sheet, head_row: int) -> list[StatisticsItem]:
    """The rows below the heads that have a kind or a count."""
    items = []
    for row in sorted({row for row, _ in sheet.cells if row > head_row}):
        item = StatisticsItem(read_cell_text(sheet, row, 1), _read_count(sheet, (row, 1)))
        if item.kind.strip() or item.count is not BLANK:
            items.append(item)
    return items


def _read_count(sheet: Sheet, label_at: tuple[int, int] | None) -> Value:
    """The count right of a label."""
    cell = sheet.cells.get((label_at[0], label_at[1] + 1)) if label_at else None
    return read_typed(cell.value if cell else None, Kind.COUNT)[0]

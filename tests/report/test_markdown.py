"""Markdown, read by a parser: prose as people wrote it, every figure under its labels."""

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from tests.support.reports import full, paragraphs, tables
from tests.support.strategies import readings
from toolkit.edition.load import load_edition
from toolkit.record.reading import Reading
from toolkit.report.blocks import ReportDocument
from toolkit.report.gates import Stage
from toolkit.report.markdown import markdown
from toolkit.report.narrative import narrate


def read_back(text: str) -> tuple[list[str], list[list[list[str]]]]:
    """Headings and paragraphs, and the rows of every table."""
    prose: list[str] = []
    found: list[list[list[str]]] = []
    in_table = False
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        assert token.type not in (
            "bullet_list_open",
            "ordered_list_open",
            "code_block",
            "html_block",
            "hr",
            "fence",
            "blockquote_open",
        ), token
        if token.type == "table_open":
            in_table = True
            found.append([])
        elif token.type == "table_close":
            in_table = False
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline":
            shown = "".join(child.content for child in token.children or ())
            (found[-1][-1] if in_table else prose).append(shown)
    return prose, found


def check(document: ReportDocument) -> None:
    prose, found = read_back(markdown(document, Stage.FINAL))
    bands = [(table, band) for table in tables(document) for band in table.frame.bands]
    titles = {
        table.cell_text(cell)
        for table in tables(document)
        for cell in table.frame.cells
        if cell.role == "title"
    }
    expected = ["".join(document.title), *paragraphs(document)]
    assert [line.strip() for line in prose if line not in titles] == [
        line.strip() for line in expected if line.strip()
    ]
    assert len(found) == len(bands)
    for rows, (table, band) in zip(found, bands, strict=True):
        figures = [
            cell for cell in table.frame.cells if cell.key and band.body <= cell.row < band.end
        ]
        labels = 1 if band.figures else 0
        assert [text for row in rows[1:] for text in row[labels:]] == [
            " ".join(table.cell_text(cell).split()) for cell in figures
        ]


def test_every_figure_is_written_under_its_labels(edition):
    document = full(edition)
    check(document)
    table = tables(document)[1]
    rows = read_back(markdown(document, Stage.FINAL))[1][len(tables(document)[0].frame.bands)]
    at = {cell.key: cell for cell in table.frame.cells if cell.key}
    cell = at["requests.denied_law.legal"]
    row = next(line for line in rows if line[-7:][4] == table.cell_text(cell))
    grid = table.frame.grid()
    for part in (grid[cell.row][0], grid[cell.row][1], grid[cell.row][2]):
        assert part.text in row[0]
    column = rows[0][-7:][4]
    assert all(
        part.text in column
        for part in (grid[0][cell.column], grid[1][cell.column], grid[2][cell.column])
    )


@pytest.mark.parametrize("stage", Stage)
def test_draft_is_marked_as_a_draft(edition, stage):
    first = markdown(full(edition), stage).split("\n")[0]
    assert (stage.value in first) == (stage is not Stage.FINAL)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(readings())
def test_any_prose_stays_text(reading: Reading) -> None:
    document = narrate(load_edition(reading.edition), reading)
    prose, _ = read_back(markdown(document, Stage.FINAL))
    shown = {"".join(line.split()) for line in prose}
    assert all("".join(line.split()) in shown for line in paragraphs(document) if line.strip())

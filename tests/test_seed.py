"""The report the project was born from, all the way: data, workbook, check, document."""

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest

from tests.support import make
from toolkit.data.load import load_data
from toolkit.edition.frame import Role, build_frame
from toolkit.edition.load import load_edition
from toolkit.finding import Severity
from toolkit.jobs.check import check_files
from toolkit.reading.read import read
from toolkit.record.reading import Reading
from toolkit.report.docx import render
from toolkit.report.gates import Stage, pass_gate
from toolkit.report.narrative import narrate
from toolkit.values import State, show

DATA = Path(__file__).parent.parent / "samples" / "2020-yingqian" / "data.json"
SEED = Path(__file__).parents[2] / "shared" / "seed"


@pytest.fixture(scope="module")
def reading() -> Reading:
    found, findings = load_data(DATA.read_bytes(), "data.json")
    assert found is not None
    assert findings == []
    return found


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed's text is not here")
def test_data_of_the_seed_match_its_text(reading: Reading) -> None:
    text = next(SEED.glob("*.txt")).read_text(encoding="utf-8")
    lines = [re.sub(r"\[bookmark: [^\]]*\]", "", line) for line in text.split("\n")]
    for section, paragraphs in reading.narrative.items():
        for paragraph in paragraphs:
            assert paragraph.text in [*lines, lines[-2].strip()], section
    prose = {line for line in lines if len(line.strip()) > 60 and "\t" not in line}
    assert prose <= {
        paragraph.text for paragraphs in reading.narrative.values() for paragraph in paragraphs
    }
    figures = [line.strip() for line in lines if re.fullmatch(r"\t?\s*\d+\s*", line)]
    held = [show(value.number) for value in reading.cells.values() if value.state is State.NUMBER]
    assert sorted(figures) == sorted(held)
    assert sum(value.state is State.BLANK for value in reading.cells.values()) == 1


def test_workbook_and_data_of_the_seed_get_the_same_findings(
    reading: Reading, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(make.book(reading))
    outcomes, _, _ = check_files([path, DATA], None)
    verdicts = [
        [(finding.code, finding.severity, finding.keys) for finding in outcome.findings]
        for outcome in outcomes
    ]
    assert (
        verdicts[0]
        == verdicts[1]
        == [("V-09", Severity.INFO, ("requests.carried_out.commercial",))]
    )
    again, _ = read(path.read_bytes(), "book.xlsx")
    assert again is not None
    assert again.cells == reading.cells
    assert again.narrative == reading.narrative


def test_document_of_the_seed_holds_every_paragraph_and_figure(reading: Reading) -> None:
    edition = load_edition(reading.edition)
    allowed, _ = pass_gate(Stage.APPROVAL, [], reading, edition)
    assert allowed
    document = docx.Document(
        BytesIO(render(narrate(edition, reading), Stage.APPROVAL, make.CREATED))
    )
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    for section in edition.sections:
        if section.printed:
            assert section.heading in paragraphs
        for paragraph in reading.narrative.get(section.key, ()):
            assert paragraph.text in paragraphs
    tables = [table for table in edition.tables if table.declared.official]
    assert len(document.tables) == len(tables)
    for written, table in zip(document.tables, tables, strict=True):
        frame = build_frame(table)
        texts = [[cell.text for cell in row.cells] for row in written.rows]
        assert len(texts) == frame.rows
        for cell in frame.cells:
            expected = (
                cell.text if cell.role is not Role.FIGURE else show(reading.value(cell.key).number)
            )
            assert texts[cell.row][cell.column] == expected, cell

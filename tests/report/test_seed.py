"""The report the project was born from: with own text only it is that report; with generated text, what is added is right."""

import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from tests.support import make
from tests.support.trace import SECTIONS, Trace
from toolkit.data.load import load_data
from toolkit.edition.load import load_edition
from toolkit.record.reading import Reading
from toolkit.report.blocks import Heading, TableBlock, Text
from toolkit.report.docx import render
from toolkit.report.gates import Stage
from toolkit.report.narrative import OWN, narrate

DATA = Path(__file__).parents[2] / "samples" / "2020-yingqian" / "data.json"
SEED = Path(__file__).parents[3] / "shared" / "seed"


def reading(mode: str) -> Reading:
    found, _ = load_data(DATA.read_bytes(), "data.json")
    assert found is not None
    return replace(
        found,
        fields={
            **found.fields,
            **{f"prose.{section.key}": mode for section in load_edition("2019").sections},
        },
    )


def test_seed_with_own_text_only_is_printed_unchanged():
    edition, own = load_edition("2019"), reading(OWN)
    document = narrate(edition, own)
    expected: list[object] = []
    for section in edition.sections:
        expected += [Heading(1, section.heading)] if section.printed else []
        expected += [Text(paragraph.text) for paragraph in own.narrative.get(section.key, ())]
        expected += [section.table] if section.table else []
    assert [
        block.frame.table if isinstance(block, TableBlock) else block for block in document.blocks
    ] == expected
    word = docx.Document(io.BytesIO(render(document, Stage.FINAL, make.CREATED)))
    shown = [paragraph.text for paragraph in word.paragraphs if paragraph.text]
    assert shown == [
        *document.title,
        *(block.text for block in document.blocks if isinstance(block, Heading | Text)),
    ]


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed's text is not here")
def test_figures_of_the_seed_are_printed_in_the_rows_of_its_text():
    text = next(SEED.glob("*.txt")).read_text(encoding="utf-8")
    rows = [re.findall(r"^\t?\s*(\d+)\s*$", row, re.MULTILINE) for row in text.split("\n\n")]
    tables = [
        block
        for block in narrate(load_edition("2019"), reading(OWN)).blocks
        if isinstance(block, TableBlock)
    ]
    written = []
    for table in tables:
        for index in range(table.frame.rows):
            cells = sorted(
                (cell for cell in table.frame.cells if cell.key and cell.row == index),
                key=lambda cell: cell.column,
            )
            written.append([table.cell_text(cell) for cell in cells if table.cell_text(cell)])
    assert [row for row in written if row] == [row for row in rows if row]


@pytest.mark.parametrize("mode", ["generated_before", "generated_after"])
def test_generated_text_of_the_seed_is_right_and_keeps_own_text(mode):
    edition = load_edition("2019")
    own, both = narrate(edition, reading(OWN)).blocks, narrate(edition, reading(mode)).blocks
    added = [block for block in both if block not in own]
    assert [block for block in both if block in own] == list(own)
    texts = [block.text for block in added if isinstance(block, Text)]
    assert len(texts) == len(added) == 5  # the preamble, and sections one to four
    for key, text in zip(
        ("overview", "disclosure", "requests", "disputes"), texts[1:], strict=True
    ):
        for sentence in text.removeprefix("2020年，我镇").removesuffix("。").split("。"):
            SECTIONS[key](Trace(reading(mode)), sentence)
    assert "2027条。其中，工作动态2004条，占98.9%" in texts[2]  # the printed report says 98 %

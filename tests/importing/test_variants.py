"""The same figures, however a report is laid out, typed and saved; and no figure in a wrong place when cells are missing."""

import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from tests.support import make, scale
from tests.support.variants import (
    FILES,
    HANDS,
    LAYOUTS,
    Cell,
    Paper,
    Part,
    exported_text,
    page,
    paper,
    pasted_text,
    sheets,
    usual,
    word,
)
from toolkit.checking.check import check
from toolkit.data.dump import data_json
from toolkit.data.load import load_data
from toolkit.edition.frame import Role
from toolkit.edition.load import load_edition
from toolkit.files.office import find_office
from toolkit.finding import Finding
from toolkit.jobs.inputs import read_report
from toolkit.record.prior import figures_of
from toolkit.record.reading import Origin, Reading
from toolkit.values import number

Save = Callable[[Paper], bytes]
Layout = Callable[[Paper], Paper]
Hand = Callable[[Cell], Cell]
# Every lay-out in every file, hands taking turns, and every hand in every file.
PAIRS = [
    (layout, HANDS[index % len(HANDS)], save, ("2019", "2021")[index % 2])
    for index, (layout, save) in enumerate(product(LAYOUTS, FILES))
]
PAIRS += [
    (usual, hand, save, ("2021", "2019")[index % 2])
    for index, (hand, save) in enumerate(product(HANDS, FILES))
]
# All others: a twentieth of them a day.
OTHERS = [
    case for case in product(LAYOUTS, HANDS, FILES, ("2019", "2021")) if case not in set(PAIRS)
]


def _report(edition_id: str) -> Reading:
    """Every figure another, so that no two can be mistaken for each other."""
    edition = load_edition(edition_id)
    official = {table.key for table in edition.tables if table.declared.official}
    cells = {
        key: number(101 + index)
        for index, (key, cell) in enumerate(edition.cells.items())
        if cell.table in official
    }
    reading = make.zero(edition_id)
    return Reading(
        **{**vars(reading), "cells": {**reading.cells, **cells}, "origin": Origin.PUBLISHED}
    )


def figures(reading: Reading) -> dict[str, object]:
    official = {
        table.key for table in load_edition(reading.edition).tables if table.declared.official
    }
    return {
        key: value.number for key, value in reading.cells.items() if key.split(".")[0] in official
    }


def _read(given: Paper, save: Save, folder: Path) -> tuple[Reading | None, list[Finding]]:
    path = folder / FILES[save]
    path.write_bytes(save(given))
    return read_report(path)


def _name(part: object) -> str:
    """Of a part of a case, for its id."""
    return part if isinstance(part, str) else getattr(part, "__name__", "")


@pytest.mark.parametrize(("layout", "hand", "save", "edition"), PAIRS, ids=_name)
def test_figures_of_every_layout_hand_and_file_are_read(
    layout: Layout, hand: Hand, save: Save, edition: str, tmp_path: Path
) -> None:
    _assert_figures_are_read(layout, hand, save, edition, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "hand", "save", "edition"), scale.choose(OTHERS), ids=_name)
def test_figures_of_every_combination_are_read(
    layout: Layout, hand: Hand, save: Save, edition: str, tmp_path: Path
) -> None:
    _assert_figures_are_read(layout, hand, save, edition, tmp_path)


def _assert_figures_are_read(
    layout: Layout, hand: Hand, save: Save, edition: str, tmp_path: Path
) -> None:
    report = _report(edition)
    reading, findings = _read(layout(paper(report)).map(hand), save, tmp_path)
    assert reading is not None, [finding.message for finding in findings]
    assert (reading.edition, reading.year, reading.text("unit.name")) == (
        report.edition,
        report.year,
        report.text("unit.name"),
    )
    assert figures(reading) == figures(report)
    assert not [finding.code for finding in findings if finding.severity == "error"]


def _damaged(given: Paper, dice: random.Random, kind: str) -> Paper:
    """One row with a cell missing, one too many, a blank instead, an unknown label, or a blank and a label of a wrong width."""
    parts = [part for _, _, parts in given.sections for part in parts]
    part = dice.choice(parts)
    row = dice.choice([row for row in part.rows if any(cell.role is Role.FIGURE for cell in row)])
    at = dice.choice([index for index, cell in enumerate(row) if cell.role is Role.FIGURE])
    if kind == "missing":
        del row[at]
    elif kind == "surplus":
        row.insert(at, Cell(str(900 + dice.randrange(9)), role=Role.FIGURE))
    elif kind == "blank":
        row[at] = Cell("", row[at].height, row[at].width, Role.FIGURE)
    elif kind == "shifted":
        label = next(
            (
                index
                for index, cell in enumerate(row)
                if cell.role is Role.LABEL and cell.height == 1
            ),
            None,
        )
        if label is not None:
            row[label] = replace(
                row[label],
                width=row[label].width + dice.choice([1, -1 if row[label].width > 1 else 1]),
            )
        row[at] = Cell("", row[at].height, row[at].width, Role.FIGURE)
    elif row[0].role is Role.LABEL:
        labels = [index for index, cell in enumerate(row) if cell.role is Role.LABEL]
        row[labels[-1]] = Cell(
            "其中：本级单位自行办理", row[labels[-1]].height, row[labels[-1]].width
        )
    return given


# In a spreadsheet and in a table that Word keeps square, cells do not move when one is missing.
DAMAGES = [
    *product([page, exported_text, pasted_text], ["missing", "surplus"]),
    *product([page, word, sheets, pasted_text], ["blank", "label", "shifted"]),
]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("save", "kind"), DAMAGES, ids=_name)
def test_damaged_table_puts_no_figure_in_a_wrong_place(
    kind: str, save: Save, seed: int, tmp_path: Path
) -> None:
    dice = random.Random(f"{kind} {save.__name__} {seed}")
    report = _report(dice.choice(["2019", "2021"]))
    damaged = _damaged(paper(report), dice, kind)
    reading, findings = _read(damaged, save, tmp_path)
    if reading is None:
        return
    due = figures(report)
    wrong = {
        key: (value, due[key])
        for key, value in figures(reading).items()
        if value not in (None, due[key])
    }
    assert not {key: pair for key, pair in wrong.items() if key not in reading.computed}
    lost = [key for key, value in figures(reading).items() if value is None]
    if kind not in ("blank", "shifted") and lost:
        assert {"R-42", "R-43"} & {finding.code for finding in findings}


def test_row_with_a_missing_cell_is_lost_and_nothing_else(tmp_path: Path) -> None:
    report = _report("2021")
    given = paper(report)
    part: Part = given.sections[2][2][0]
    row = next(row for row in part.rows if row[0].text.startswith("一、"))
    del row[3]
    reading, findings = _read(given, page, tmp_path)
    assert reading is not None
    gone = {key for key, value in figures(reading).items() if value is None}
    assert {key.split(".")[1] for key in gone} == {"received"}
    lost = [finding for finding in findings if finding.code == "R-42"]
    assert len(lost) == 1
    assert all(finding.place.spot and finding.severity == "error" for finding in lost)
    assert reading.unplaced == gone


def test_relations_over_a_lost_row_are_not_checked_and_all_others_are(tmp_path: Path) -> None:
    given = paper(_report("2021"))
    whole, _ = _read(given, page, tmp_path)
    part: Part = given.sections[2][2][0]
    del next(row for row in part.rows if row[0].text.startswith("一、"))[3]
    reading, _ = _read(given, page, tmp_path)
    assert whole is not None
    assert reading is not None
    edition = load_edition("2021")
    again, notes = load_data(data_json(edition, reading).encode(), "a.json")
    assert again is not None
    assert again.unplaced == reading.unplaced
    assert not {"R-10", "R-11"} & {finding.code for finding in notes}
    due = {about for about in _relations(whole) if not reading.unplaced & set(about[1])}
    assert due < _relations(whole)
    assert due
    for loaded in (reading, again):
        assert _relations(loaded) == due
        findings = check([loaded])[0]
        assert {
            key for finding in findings if finding.code == "V-25" for key in finding.keys
        } == reading.unplaced
        assert not [finding for finding in findings if finding.code == "V-09"]
        assert not reading.unplaced & figures_of(loaded).cells.keys()


def _relations(reading: Reading) -> set[tuple[str, tuple[str, ...]]]:
    return {
        (finding.code, finding.keys)
        for finding in check([reading])[0]
        if finding.code.startswith("T3-")
    }


@pytest.mark.office
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_figures_of_every_layout_are_read_from_pdf_or_refused(tmp_path: Path) -> None:
    """Printed by LibreOffice, rows cut by pages, figures wrapped in narrow cells: equal, or refused. Heads cut by a page are refused."""
    pytest.importorskip("pdfplumber")
    jobs = []
    for index, (layout, edition) in enumerate(product(LAYOUTS, ("2019", "2021"))):
        path = tmp_path / f"{index}-{layout.__name__}.docx"
        path.write_bytes(word(layout(paper(_report(edition))).map(HANDS[index % len(HANDS)])))
        jobs.append((edition, path))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        str(find_office()),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run(
        [*command, *(str(path) for _, path in jobs)], check=True, timeout=300, capture_output=True
    )
    equal = 0
    for edition, path in jobs:
        reading, _ = read_report(path.with_suffix(".pdf"))
        if reading is not None:
            due = figures(_report(edition))
            assert {
                key: value
                for key, value in figures(reading).items()
                if value not in (None, due[key])
            } == {}, path.stem
            equal += figures(reading) == due
    assert equal >= len(jobs) - 2

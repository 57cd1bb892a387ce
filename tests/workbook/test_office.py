"""The same parity through LibreOffice, and its way of saving a workbook read back to the same report."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.support.engines import Cells, cached, libreoffice, same
from tests.support.make import book
from tests.support.verdicts import agree, in_workbook, varied
from toolkit.checking.check import check
from toolkit.edition.load import load_edition
from toolkit.files.book import open_book
from toolkit.finding import Place
from toolkit.reading.read import read
from toolkit.record.reading import Reading

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

GIVEN = {
    f"{edition}-{seed}": varied(seed, edition)
    for edition in ("2019", "2021")
    for seed in range(200, 204)
}

Saved = dict[str, tuple[Path, Path]]  # as written, as saved by LibreOffice


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    folder = tmp_path_factory.mktemp("office")
    paths = {name: folder / f"{name}.xlsx" for name in GIVEN}
    for name, path in paths.items():
        path.write_bytes(book(GIVEN[name]))
    return dict(
        zip(
            paths,
            zip(paths.values(), libreoffice(list(paths.values()), folder), strict=True),
            strict=True,
        )
    )


def recalculated(path: Path, places: Cells) -> Cells:
    found = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet, row, column): found[sheet].cell(row, column).value for sheet, row, column in places
    }


@pytest.mark.parametrize("name", GIVEN)
def test_recalculated_formulas_give_cached_results_and_the_findings_of_python(
    name: str, saved: Saved
) -> None:
    reading, (before, after) = GIVEN[name], saved[name]
    edition = load_edition(reading.edition)
    then = cached(before)
    now = recalculated(after, then)
    assert [
        value
        for value in now.values()
        if isinstance(value, str) and value.startswith(("#", "Err:"))
    ] == []
    assert {place: value for place, value in now.items() if not same(value, then[place])} == {}
    agree(edition, reading, in_workbook(edition, before.read_bytes(), now), check([reading])[0])


@pytest.mark.parametrize("name", GIVEN)
def test_workbook_saved_by_another_program_reads_as_the_same_report(
    name: str, saved: Saved
) -> None:
    before, after = (path.read_bytes() for path in saved[name])
    first, said_first = read(before, "a.xlsx")
    second, said_second = read(after, "a.xlsx")
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert {
        key: (value, second.value(key))
        for key, value in first.cells.items()
        if value != second.value(key)
    } == {}
    assert first == second
    assert said_first == said_second


def test_results_are_recalculated_and_not_the_cache(tmp_path: Path) -> None:
    """A cached result that is wrong must come back right, or the tests above compare nothing."""
    import xlsxwriter

    path = tmp_path / "cache.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet("A").write_formula(0, 0, "=1+1", None, 99)
    [after] = libreoffice([path], tmp_path / "out")
    opened, _ = open_book(after.read_bytes(), Place())
    assert opened is not None
    assert opened.sheets[0].cells[1, 1].value == 2

"""Every job is called without a terminal, from bytes where it reads a file."""

import datetime as dt
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.edition.load import load_edition
from toolkit.files.book import open_book
from toolkit.finding import Place
from toolkit.importing.published import Given
from toolkit.jobs.check import check_files, check_inputs
from toolkit.jobs.choices import DataFormat, Target
from toolkit.jobs.compare_book import compare_with_book
from toolkit.jobs.demo import show_the_whole_job
from toolkit.jobs.export_data import export_data
from toolkit.jobs.folders import scan
from toolkit.jobs.import_reports import import_folder, import_report
from toolkit.jobs.inputs import Content, read_content, read_report
from toolkit.jobs.new_book import Unit, make_book
from toolkit.jobs.publish import Order, Result, Style, make_report, publish
from toolkit.jobs.returns import prepare_returns
from toolkit.jobs.take_prose import take_prose
from toolkit.report.choices import Format
from toolkit.report.docx import Design
from toolkit.report.gates import Stage

ROOT = Path(__file__).parents[2]
SEED = ROOT / "samples/2020-yingqian"
TODAY = dt.datetime(2022, 1, 5)


def content(path: Path) -> Content:
    return Content(path.name, path.read_bytes())


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that prints, exits or asks for the time of day fails here."""

    def refuse(*args: object, **words: object) -> None:
        raise AssertionError("a job used the terminal or the network")

    monkeypatch.setattr("builtins.print", refuse)
    monkeypatch.setattr("builtins.input", refuse)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "exit", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("name", ["2020-yingqian/book.xlsx", "published/page.html"])
def test_reading_bytes_gives_what_reading_the_path_gives(name: str) -> None:
    path = ROOT / "samples" / name
    by_path, findings = read_report(path, file=path.name)
    by_bytes, same = read_content(content(path))
    assert by_bytes == by_path
    assert same == findings
    assert by_bytes is not None


def test_reading_hostile_bytes_gives_a_finding_and_no_reading() -> None:
    reading, findings = read_content(Content("a.xlsx", b"PK\x03\x04"))
    assert reading is None
    assert [finding.code for finding in findings] == ["R-01"]


def test_checking_bytes_gives_the_findings_of_the_path() -> None:
    broken = ROOT / "samples/broken/T3-01.xlsx"
    [outcome], findings, could_read = check_files([content(broken)])
    assert "T3-01" in {finding.code for finding in outcome.findings}
    assert findings == []
    assert could_read


def test_checking_bytes_against_bytes_of_last_year_compares_them() -> None:
    seed = content(SEED / "data.json")
    [outcome], findings, _ = check_files([seed], [seed])
    assert "R-17" in {
        finding.code for finding in outcome.findings
    }  # of another year, so it was read
    assert findings == []


def test_checking_a_folder_gives_a_record_that_names_what_was_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes((SEED / "data.json").read_bytes())
    (tmp_path / "notice.html").write_text("<p>通知</p>", encoding="utf-8")
    (tmp_path / "old.zip").write_bytes(b"PK")
    checked = check_inputs([tmp_path])
    assert [Path(outcome.file).name for outcome in checked.outcomes] == ["a.json"]
    assert checked.skipped.no_reports == ("notice.html",)
    assert checked.skipped.unread == ("old.zip",)


def test_scanning_an_empty_folder_gives_a_finding(tmp_path: Path) -> None:
    files = scan([tmp_path])
    assert files.paths == ()
    assert [finding.code for finding in files.findings] == ["R-01"]


def test_comparing_bytes_with_bytes_of_the_workbook_finds_no_difference() -> None:
    outcomes, _, _ = check_files([content(SEED / "report.docx")])
    compared = compare_with_book(outcomes, content(SEED / "book.xlsx"))
    codes = {finding.code for finding in compared.outcomes[0].findings}
    assert compared.is_read
    assert "V-23" in codes
    assert "V-20" not in codes


def test_making_a_book_gives_bytes_and_a_name() -> None:
    book = make_book(2021, Unit("甲镇人民政府", "镇"), TODAY)
    assert book.data is not None
    assert book.file.startswith("甲镇人民政府2021年")
    assert open_book(book.data, Place(book.file))[0] is not None


def test_making_a_book_from_bytes_of_last_year_takes_over_the_unit() -> None:
    book = make_book(2021, Unit(), TODAY, content(SEED / "book.xlsx"))
    assert book.data is not None
    assert book.taken_over is not None
    assert "unit.name" in book.taken_over.fields


@pytest.mark.parametrize(("year", "level"), [(2018, ""), (2021, "星系")])
def test_making_a_book_of_a_year_or_level_without_form_is_refused(year: int, level: str) -> None:
    book = make_book(year, Unit(level=level), TODAY)
    assert book.data is None
    assert book.refusal


@pytest.mark.parametrize("target", list(Target))
def test_importing_bytes_gives_a_file_that_reads_back(target: Target) -> None:
    imported = import_report(content(ROOT / "samples/published/page.html"), target, TODAY)
    assert imported.data is not None
    reading, _ = read_content(Content(f"a.{target.value}", imported.data))
    assert reading is not None
    assert imported.outcome.reading is not None
    assert {key: value.number for key, value in reading.cells.items()} == {
        key: value.number for key, value in imported.outcome.reading.cells.items()
    }


def test_importing_a_folder_names_outputs_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.json").write_bytes((SEED / "data.json").read_bytes())
    imports = import_folder(tmp_path / "in", tmp_path / "out", Target.WORKBOOK, TODAY)
    [(source, path, imported)] = imports.reports
    assert (source.name, path.name) == ("a.json", "a.xlsx")
    assert imported.data is not None
    assert not path.exists()


def test_taking_prose_from_bytes_into_bytes_gives_a_workbook() -> None:
    taken = take_prose(content(SEED / "report.docx"), content(SEED / "book.xlsx"), TODAY, Given())
    assert taken.data is not None
    assert taken.differences == []


def test_exporting_bytes_gives_data() -> None:
    text, findings = export_data(content(SEED / "book.xlsx"), DataFormat.JSON)
    assert text is not None
    assert text.startswith("{")
    assert [finding for finding in findings if finding.is_open_error] == []


def test_preparing_returns_gives_copy_and_notice_and_writes_nothing(tmp_path: Path) -> None:
    outcomes, _, _ = check_files([content(ROOT / "samples/broken/T3-01.xlsx")], aside=True)
    [back] = prepare_returns(outcomes, tmp_path, TODAY, notices=True)
    assert back.copy_data is not None
    assert back.notice_data is not None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", [Format.DOCX, Format.HTML, Format.MD])
def test_making_a_report_from_bytes_gives_bytes(form: Format) -> None:
    [outcome], _, _ = check_files([content(SEED / "data.json")])
    style = Style(Stage.DRAFT, form, Design(), fragment=False)
    made = make_report(outcome, style, TODAY)
    assert made.result is Result.MADE
    assert made.data
    assert made.name.endswith(f".{form}")


def test_publishing_a_report_with_errors_for_approval_writes_nothing(tmp_path: Path) -> None:
    outcomes, _, _ = check_files([content(ROOT / "samples/broken/T3-01.xlsx")])
    style = Style(Stage.APPROVAL, Format.DOCX, Design(), fragment=False)
    published = publish(outcomes[0], Order(style, None, tmp_path, force=False), TODAY)
    assert published.result is Result.REFUSED
    assert list(tmp_path.iterdir()) == []


def test_showing_the_whole_job_yields_its_steps_and_writes_its_files(tmp_path: Path) -> None:
    steps = list(show_the_whole_job(tmp_path / "demo", TODAY))
    assert len(steps) > 4
    assert len(list((tmp_path / "demo").iterdir())) == 4


def test_every_edition_can_be_made() -> None:
    for year in (2019, 2025):
        book = make_book(year, Unit(), TODAY)
        assert book.data is not None
        assert load_edition("2019" if year == 2019 else "2021").covers(year)


def test_no_job_knows_the_command_line() -> None:
    """Neither its options nor its exit codes nor its clock."""
    for path in (ROOT / "toolkit/jobs").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert "toolkit.commands" not in source, path.name
        assert "typer" not in source, path.name
        assert ".today()" not in source, path.name
        assert ".now()" not in source, path.name
    jobs = "import sys, toolkit.jobs.check; print('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", jobs], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

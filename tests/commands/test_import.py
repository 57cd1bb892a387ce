"""`toolkit import`, and what else takes published reports: check --against, check --prior, new --from."""

import builtins
import json
import re
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.support import make
from tests.support.variants import page, paper
from toolkit.commands.main import run
from toolkit.edition.load import load_edition
from toolkit.jobs.against import against
from toolkit.jobs.inputs import read_report
from toolkit.record.reading import Origin, Paragraph, Reading
from toolkit.record.settle import settle
from toolkit.report.docx import render
from toolkit.report.gates import Stage
from toolkit.report.narrative import narrate
from toolkit.values import BLANK, State, Value, number

ROOT = Path(__file__).parents[2]
SEED = ROOT / "samples" / "2020-yingqian" / "source.txt"
PUBLISHED = ROOT / "samples" / "published"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _report(year: int = 2021, **figures: int) -> Reading:
    edition = load_edition("2021")
    reading = make.zero("2021", year)
    cells = {key: BLANK if key in edition.totals else value for key, value in reading.cells.items()}
    cells |= {key.replace("__", "."): number(value) for key, value in figures.items()}
    prose = {
        "overview": (Paragraph("", "第一句话。第二句话。"),),
        "problems": (Paragraph("", "问题。"),),
    }
    return settle(edition, replace(reading, cells=cells, narrative=prose))


def _final(reading: Reading) -> bytes:
    return render(narrate(load_edition(reading.edition), reading), Stage.FINAL, make.CREATED)


def _findings(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [
        finding
        for report in json.loads(capsys.readouterr().out)["reports"]
        for finding in report["findings"]
    ]


def test_seed_is_imported_from_its_text_and_reported(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(SEED, "seed.txt")
    assert run(["import", "seed.txt", "-o", "book.xlsx"]) == 0
    assert run(["check", "book.xlsx"]) == 0
    assert run(["report", "book.xlsx"]) == 0
    assert [path for path in Path().iterdir() if path.suffix == ".docx"]
    assert run(["import", "seed.txt", "-o", "book.xlsx"]) == 2  # not overwritten
    assert run(["import", "seed.txt", "-o", "data.json", "--unit", "营前镇人民政府"]) == 0
    assert (
        json.loads(Path("data.json").read_text(encoding="utf-8"))["unit"]["name"]
        == "营前镇人民政府"
    )


def test_importing_a_folder_skips_documents_without_report_as_check_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("in").mkdir()
    for name in ("page.html", "report.docx", "tables.xlsx"):
        shutil.copy(PUBLISHED / name, f"in/{name}")
    Path("in/notice.html").write_text("<html><body><p>通知</p></body></html>", encoding="utf-8")
    assert run(["check", "in"]) == 0
    skipped = capsys.readouterr().err.splitlines()[0]
    assert run(["import", "in", "-o", "out"]) == 0
    assert skipped in capsys.readouterr().err.splitlines()
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "page.xlsx",
        "report.xlsx",
        "tables.xlsx",
    ]
    first, _ = read_report(Path("out/page.xlsx"))
    last, _ = read_report(Path("out/tables.xlsx"))
    assert first is not None
    assert last is not None
    assert first.cells == last.cells
    assert first.origin is Origin.PUBLISHED
    Path("in/broken.docx").write_bytes(b"PK\x03\x04")
    assert run(["import", "in", "-o", "out"]) == 3  # 3 before 2: nothing is overwritten
    assert run(["import", "in", "-o", "data", "--format", "json"]) == 3
    assert len(list(Path("data").glob("*.json"))) == 3
    assert run(["import", "in", "-o", "out.xlsx"]) == 2


def test_import_prints_the_findings_of_check_in_the_same_order(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = paper(replace(_report(requests__received__natural=3), origin=Origin.PUBLISHED))
    given.sections.append(("七、另一部分", ["另一句话。"], []))
    Path("a.html").write_bytes(page(given))
    assert run(["check", "a.html", "--format", "json"]) == 1
    due = [finding["code"] for finding in _findings(capsys) if finding["severity"] != "info"]
    assert run(["import", "a.html", "-o", "a.xlsx"]) == 1
    assert re.findall(r"\[([A-Z]\d?-\d\d)\]", capsys.readouterr().err) == due
    assert due.index("R-48") > due.index("T3-01")


def test_year_and_unit_given_as_options_are_used() -> None:
    given = paper(_report())
    given.title = []
    given.preamble = []
    Path("a.html").write_bytes(page(given))
    assert run(["import", "a.html", "-o", "a.xlsx"]) == 3
    assert (
        run(["import", "a.html", "-o", "a.xlsx", "--year", "2021", "--unit", "乙镇人民政府"]) == 0
    )
    reading, _ = read_report(Path("a.xlsx"))
    assert reading is not None
    assert (reading.year, reading.text("unit.name")) == (2021, "乙镇人民政府")


def test_signed_document_equals_its_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    reading = _report(requests__received__natural=2, requests__granted__natural=2)
    Path("book.xlsx").write_bytes(make.book(reading))
    Path("final.docx").write_bytes(_final(reading))
    assert run(["check", "final.docx", "--against", "book.xlsx", "--format", "json"]) == 0
    assert [
        finding["code"] for finding in _findings(capsys) if finding["code"].startswith("V-2")
    ] == ["V-23"]


def test_changes_after_signing_are_reported_and_only_prose_is_taken_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reading = _report(requests__received__natural=2, requests__granted__natural=2)
    Path("book.xlsx").write_bytes(make.book(reading))
    word = docx.Document(BytesIO(_final(reading)))
    for paragraph in word.paragraphs:
        if "第二句话" in paragraph.text:
            paragraph.runs[0].text = "第一句话。改过的话。加上的话。"
        if paragraph.text == "问题。":
            paragraph.runs[0].text = ""
    figure = next(cell for cell in word.tables[1].rows[5].cells if cell.text == "2")
    figure.text = "3"
    word.save("final.docx")
    assert run(["check", "final.docx", "--against", "book.xlsx", "--format", "json"]) == 1
    said = [finding for finding in _findings(capsys) if finding["code"].startswith("V-2")]
    assert [finding["code"] for finding in said] == ["V-23", "V-20", "V-21", "V-21", "V-22"]
    assert [finding["keys"] for finding in said if finding["code"] == "V-20"] == [
        ["requests.granted.natural"]
    ]
    assert run(["import", "final.docx", "--into", "book.xlsx", "-o", "new.xlsx"]) == 1
    new, _ = read_report(Path("new.xlsx"))
    assert new is not None
    assert new.cells == reading.cells
    assert [paragraph.text for paragraph in new.narrative["overview"]] == [
        "第一句话。改过的话。加上的话。"
    ]
    assert new.text("prose.requests") == ""  # generated still, as it reads the same
    assert run(["import", "final.docx", "--into", "book.xlsx", "-o", "book.xlsx"]) == 2


def test_document_of_another_year_is_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    Path("book.xlsx").write_bytes(make.book(_report(2022)))
    Path("final.docx").write_bytes(_final(_report(2021)))
    assert run(["check", "final.docx", "--against", "book.xlsx", "--format", "json"]) == 1
    assert {"V-24"} == {
        finding["code"] for finding in _findings(capsys) if finding["code"].startswith("V-2")
    }
    assert run(["import", "final.docx", "--into", "book.xlsx"]) == 1
    capsys.readouterr()
    assert (
        run(
            [
                "check",
                "final.docx",
                "--against",
                "missing.xlsx",
                "--format",
                "json",
                "-o",
                "found.json",
            ]
        )
        == 3
    )
    [report] = json.loads(Path("found.json").read_text(encoding="utf-8"))["reports"]
    assert (report["file"], report["year"], report["error"]) == ("final.docx", 2021, None)


def test_total_that_cannot_be_computed_is_not_compared_as_zero() -> None:
    """The cell that it waits for is told, and only that."""
    book = _report(requests__received__natural=2, requests__granted__natural=2)
    waiting = {
        key: BLANK if key in load_edition("2021").totals else value
        for key, value in book.cells.items()
    }
    waiting["requests.received.legal"] = Value(State.NOT_APPLICABLE, raw="-")
    waiting["requests.granted.natural"] = number(3)
    edition = load_edition("2021")
    found = against(
        replace(book, origin=Origin.PUBLISHED),
        settle(edition, replace(book, cells=waiting, computed=frozenset())),
    )
    told = [finding.keys for finding in found if finding.code == "V-20"]
    assert ("requests.granted.natural",) in told
    assert not [key for (key,) in told if key.startswith("requests.received.")]


@pytest.mark.parametrize(
    ("name", "told"), [("乙镇人民政府", True), ("丙县甲镇人民政府", False), ("甲镇", False)]
)
def test_document_of_another_unit_is_reported_and_its_prose_not_taken(
    name: str, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("book.xlsx").write_bytes(make.book(_report()))
    Path("final.docx").write_bytes(
        _final(replace(_report(), fields={**_report().fields, "unit.name": name}))
    )
    run(["check", "final.docx", "--against", "book.xlsx", "--format", "json"])
    assert ("V-26" in {finding["code"] for finding in _findings(capsys)}) == told
    assert run(["import", "final.docx", "--into", "book.xlsx"]) == (1 if told else 0)
    capsys.readouterr()
    assert (
        run(
            [
                "import",
                "final.docx",
                "--into",
                "book.xlsx",
                "--unit",
                "甲镇人民政府",
                "-o",
                "b.xlsx",
            ]
        )
        == 0
    )


def _merged(reading: Reading) -> Reading:
    """The same report with the rows of （六） in one, as many print it."""
    edition = load_edition(reading.edition)
    [(name, (table, row))] = edition.combined_rows.items()
    form = edition.variant(frozenset({name}))
    cells = {key: reading.value(key) for key in form.cells}
    for key in [key for key in cells if key.startswith(f"{name}.")]:
        column = key.rpartition(".")[2]
        cells[key] = number(
            sum(
                reading.value(f"{table.key}.{part}.{column}").number or 0 for part in row.stands_for
            )
        )
    return replace(reading, cells=cells, combined=frozenset({name}))


@pytest.mark.parametrize(
    "of_book", [True, False], ids=["merged in the workbook", "merged in the document"]
)
def test_combined_row_equals_the_rows_it_stands_for(of_book: bool) -> None:
    edition = load_edition("2021")
    [(name, (table, row))] = edition.combined_rows.items()
    first, *_, last = (f"{table.key}.{part}.natural" for part in row.stands_for)
    reading = _report(**{first.replace(".", "__"): 2, last.replace(".", "__"): 1})
    book, document = (_merged(reading), reading) if of_book else (reading, _merged(reading))
    assert [finding.keys for finding in against(document, book) if finding.code == "V-20"] == []
    other = replace(reading, cells={**reading.cells, first: number(4)})
    found = against(other if of_book else _merged(other), book)
    assert [
        (finding.code, finding.keys, finding.found, finding.expected)
        for finding in found
        if finding.code == "V-20"
    ] == [("V-20", (f"{name}.natural",), 5, 3)]


def test_published_report_of_last_year_is_used_as_prior(capsys: pytest.CaptureFixture[str]) -> None:
    last = replace(
        _report(
            2021,
            requests__received__natural=3,
            requests__granted__natural=1,
            requests__carried_out__natural=2,
        ),
        origin=Origin.PUBLISHED,
    )
    Path("last.html").write_bytes(page(paper(last)))
    Path("last.docx").write_bytes(_final(last))
    Path("book.xlsx").write_bytes(make.book(_report(2022)))
    assert run(["check", "book.xlsx", "--prior", "last.html", "--format", "json"]) == 1
    broken = [finding for finding in _findings(capsys) if finding["code"] == "Y3-01"]
    assert {finding["keys"][0] for finding in broken} == {
        "requests.carried_in.natural",
        "requests.carried_in.total",
    }
    assert run(["new", "2022", "--from", "last.docx", "-o", "new.xlsx"]) == 0
    fresh, _ = read_report(Path("new.xlsx"))
    assert fresh is not None
    assert fresh.value("requests.carried_in.natural").number == 2
    assert fresh.text("unit.name") == "甲镇人民政府"


def test_check_of_a_page_prints_table_row_and_column(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.html").write_bytes(
        page(paper(replace(_report(requests__received__natural=2), origin=Origin.PUBLISHED)))
    )
    assert run(["check", "a.html"]) == 1
    assert "第2张表 第" in capsys.readouterr().out


def test_missing_pdfplumber_or_libreoffice_gives_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pdfplumber"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    assert [finding.code for finding in read_report(PUBLISHED / "report.pdf")[1]] == ["R-60"]
    monkeypatch.undo()
    monkeypatch.setattr("toolkit.files.office.shutil.which", lambda name: None)
    assert [finding.code for finding in read_report(PUBLISHED / "report.doc")[1]] == ["R-01"]


def test_scanned_pdf_is_refused_with_a_sentence(tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    blank = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    path = tmp_path / "scan.pdf"
    path.write_bytes(blank)
    assert [finding.code for finding in read_report(path)[1]] == ["R-61"]


def test_taking_prose_back_keeps_notes_and_own_sheets() -> None:
    reading = _report()
    found = openpyxl.load_workbook(BytesIO(make.book(reading)))
    sheet = next(
        sheet for sheet in found if sheet.title.startswith("三") and sheet["D7"].value == 0
    )
    sheet["D7"].comment = Comment("请核", "王")
    found.create_sheet("备忘")["A1"] = "自己记的"
    found.save("book.xlsx")
    Path("final.docx").write_bytes(
        render(narrate(load_edition("2021"), reading), Stage.FINAL, make.CREATED)
    )
    assert run(["import", "final.docx", "--into", "book.xlsx", "-o", "new.xlsx"]) == 0
    again = openpyxl.load_workbook("new.xlsx")
    assert "请核" in again[sheet.title]["D7"].comment.text
    assert again["备忘"]["A1"].value == "自己记的"
    assert again.sheetnames[0] == found.sheetnames[0]

"""The commands as a person runs them: exit codes, what goes to stdout and stderr, nothing overwritten, no traceback."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import make
from toolkit.commands.main import run

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "samples" / "broken"
CLEAN = ROOT / "samples" / "2020-yingqian" / "book.xlsx"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_new_prints_the_path_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "2021"]) == 0
    shown = capsys.readouterr()
    assert Path(shown.out.strip()).is_file()
    assert shown.err == ""


def test_new_names_the_file_after_unit_and_year(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "2021", "--unit", "../甲/镇人民政府", "--type", "镇"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.parent == Path()
    assert "甲镇人民政府2021年" in path.name


def test_new_fills_in_the_short_name_and_the_level(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "2021", "--unit", "某县某街道办事处", "--type", "街道", "-o", "a.xlsx"]) == 0
    capsys.readouterr()
    assert run(["export", "a.xlsx"]) == 0
    unit = json.loads(capsys.readouterr().out)["unit"]
    assert (unit["short"], unit["type"], unit["level"]) == ("我街道", "街道", "township")


def test_existing_file_is_overwritten_only_with_force() -> None:
    Path("a.xlsx").write_text("mine")
    assert run(["new", "2021", "-o", "a.xlsx"]) == 2
    assert Path("a.xlsx").read_text() == "mine"
    assert run(["new", "2021", "-o", "a.xlsx", "--force"]) == 0
    assert Path("a.xlsx").read_bytes()[:2] == b"PK"
    assert [path.name for path in Path().iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("year", ["2018", "1999", "0", "-5"])
def test_new_for_a_year_without_a_form_exits_2(
    year: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "--", year]) == 2
    assert capsys.readouterr().err.strip()


def test_new_for_a_year_that_is_not_over_warns(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "2999"]) == 0
    assert "toolkit new" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    [
        ["new"],
        ["new", "abc"],
        ["nix"],
        ["check"],
        ["check", "--nix"],
        ["rules", "9"],
        ["report", "--draft", "--final", "x"],
        [],
    ],
)
def test_wrong_usage_exits_2(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(line) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_check_of_a_clean_report_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(CLEAN)]) == 0
    shown = capsys.readouterr()
    assert str(CLEAN) in shown.out
    assert shown.err == ""


def test_check_exit_codes_over_several_inputs() -> None:
    broken, missing = str(BROKEN / "T3-01.xlsx"), "missing.xlsx"
    assert run(["check", broken]) == 1
    assert run(["check", str(CLEAN), broken]) == 1
    assert run(["check", broken, missing, str(CLEAN)]) == 3
    assert run(["check", str(BROKEN / "T2-01.xlsx")]) == 0
    assert run(["check", "--strict", str(BROKEN / "T2-01.xlsx")]) == 1


def test_check_as_json_fits_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--format", "json", str(BROKEN / "T4-01.xlsx"), "missing.xlsx"]) == 3
    data = json.loads(capsys.readouterr().out)
    broken, missing = data["reports"]
    assert [finding["code"] for finding in broken["findings"]] == ["T4-01"]
    assert broken["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert missing["error"]
    assert [finding["code"] for finding in missing["findings"]] == ["R-01"]
    _fits(data, json.loads((ROOT / "docs" / "findings.schema.json").read_text(encoding="utf-8")))


def _fits(data: object, schema: dict[str, Any]) -> None:
    """The few words of JSON Schema that our schema uses."""
    kinds: dict[str, type] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": float,
        "null": type(None),
    }
    wanted = schema.get("type")
    if wanted:
        names = wanted if isinstance(wanted, list) else [wanted]
        whole = "number" in names and isinstance(data, int)
        assert whole or isinstance(data, tuple(kinds[name] for name in names))
    if isinstance(data, dict):
        assert set(schema.get("required", [])) <= set(data)
        properties = schema.get("properties", {})
        for key, value in data.items():
            if key in properties:
                _fits(value, properties[key])
    if isinstance(data, list) and isinstance(schema.get("items"), dict):
        for item in data:
            _fits(item, schema["items"])
    if "enum" in schema:
        assert data in schema["enum"]


def test_check_as_csv_has_a_row_per_finding(capsys: pytest.CaptureFixture[str]) -> None:
    Path("=cmd.xlsx").write_bytes((BROKEN / "T3-01.xlsx").read_bytes())
    assert run(["check", "--format", "csv", "=cmd.xlsx"]) == 1
    text = capsys.readouterr().out
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert list(rows[0]) == [
        "file",
        "code",
        "severity",
        "sheet",
        "cell",
        "keys",
        "found",
        "expected",
        "message",
        "remedy",
        "unit",
        "year",
        "edition",
        "name",
        "cause",
        "explanation",
    ]
    assert {row["code"] for row in rows} == {"T3-01"}
    assert {row["file"] for row in rows} == {"'=cmd.xlsx"}


def test_check_of_a_folder_reads_all_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(BROKEN), "--format", "json"]) == 1
    reports = json.loads(capsys.readouterr().out)["reports"]
    assert [Path(report["file"]).name for report in reports] == sorted(
        path.name for path in BROKEN.iterdir()
    )
    Path("empty").mkdir()
    assert run(["check", "empty"]) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04rubbish",
        b"<html></html>",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"a,b\n1,2\n",
        b"{",
        b"[1]",
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize("name", ["x.xlsx", "x.json"])
def test_foreign_and_broken_files_are_refused_with_a_sentence(
    content: bytes, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).write_bytes(content)
    for line in (
        ["check", name],
        ["report", name],
        ["import", name, "-o", "o.xlsx"],
        ["export", name],
        ["new", "2021", "--from", name, "-o", "n.xlsx"],
    ):
        assert run(line) == 3
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err + shown.out
        assert shown.err + shown.out
    assert not Path("o.xlsx").exists()


def test_report_is_refused_at_a_stage_its_findings_forbid(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["report", str(BROKEN / "T3-01.xlsx"), "-o", "out"]) == 1
    assert not Path("out").exists()
    assert run(["report", "--draft", str(BROKEN / "T3-01.xlsx"), "-o", "out"]) == 0
    assert run(["report", str(CLEAN), "-o", "r.docx"]) == 0
    assert run(["report", "--final", str(CLEAN), "-o", "f.docx"]) == 1
    assert not Path("f.docx").exists()
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 2
    assert all(Path(path).is_file() for path in out)


def test_reports_of_the_same_unit_get_different_files(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    for name in ("a", "b"):
        Path("in", f"{name}.xlsx").write_bytes(CLEAN.read_bytes())
    assert run(["report", "in", "-o", "out"]) == 0
    assert len(set(capsys.readouterr().out.splitlines())) == 2
    assert len(list(Path("out").iterdir())) == 4  # each with its approval sheet
    Path("in", "c.xlsx").write_bytes((BROKEN / "T4-02.xlsx").read_bytes())
    assert (
        run(["report", "in", "-o", "out"]) == 2
    )  # two are there already, the third is still written
    assert len(list(Path("out").iterdir())) == 6
    assert run(["report", str(CLEAN), "-o", "x.pdf"]) == 2
    assert run(["new", "2021", "-o", "x.docx"]) == 2


def test_file_name_that_is_no_text_is_reported_and_others_are_checked() -> None:
    Path("in").mkdir()
    Path("in", "a.xlsx").write_bytes(CLEAN.read_bytes())
    Path(os.fsdecode(b"in/\xff\xfe.json")).write_text("{")
    for form in ("json", "csv", "text"):
        assert run(["check", "in", "--format", form]) == 3


def test_blanks_of_last_years_published_report_count_as_0(
    capsys: pytest.CaptureFixture[str],
) -> None:
    last = {
        "edition": "2019",
        "year": 2020,
        "origin": "published",
        "tables": {"requests": {"received": {"natural": 1, "total": 1}}},
    }
    Path("last.json").write_text(json.dumps(last))
    now = make.with_cells(
        make.zero("2021"), requests__carried_in__natural=5, requests__granted__natural=5
    )
    Path("now.xlsx").write_bytes(make.book(now))
    assert run(["check", "now.xlsx", "--prior", "last.json", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["reports"][0]["findings"]
    assert [finding["code"] for finding in found if finding["severity"] == "error"] == [
        "Y3-01",
        "Y3-01",
    ]


def test_exported_data_is_imported_as_the_same_report(capsys: pytest.CaptureFixture[str]) -> None:
    data = ROOT / "samples" / "2020-yingqian" / "data.json"
    assert run(["import", str(data), "-o", "b.xlsx"]) == 0
    assert capsys.readouterr().out == "b.xlsx\n"
    assert run(["export", "b.xlsx", "-o", "d.json"]) == 0
    assert json.loads(Path("d.json").read_text(encoding="utf-8")) == json.loads(
        data.read_text(encoding="utf-8")
    )
    assert run(["import", "d.json", "-o", "e.txt"]) == 2


def test_import_writes_and_exits_1_when_the_content_has_errors() -> None:
    assert run(["export", str(BROKEN / "T3-03.xlsx"), "-o", "d.json"]) == 0
    assert run(["import", "d.json", "-o", "b.xlsx"]) == 1
    assert Path("b.xlsx").is_file()


def test_check_against_a_prior_report_reports_differences(
    capsys: pytest.CaptureFixture[str],
) -> None:
    last = make.with_cells(
        make.zero("2019"), requests__received__natural=2, requests__carried_out__natural=2
    )
    Path("last.xlsx").write_bytes(make.book(last))
    now = make.with_cells(
        make.zero("2021"), requests__carried_in__natural=1, requests__granted__natural=1
    )
    Path("now.xlsx").write_bytes(make.book(now))
    assert run(["check", "now.xlsx"]) == 0
    capsys.readouterr()
    assert run(["check", "now.xlsx", "--prior", "last.xlsx", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["reports"][0]["findings"]
    assert [finding["code"] for finding in found if finding["severity"] == "error"] == [
        "Y3-01",
        "Y3-01",
    ]
    assert run(["check", "now.xlsx", "--prior", "missing.xlsx"]) == 3
    assert run(["new", "2021", "--from", "last.xlsx", "-o", "next.xlsx"]) == 0
    assert run(["export", "next.xlsx", "-o", "next.json"]) == 0
    data = json.loads(Path("next.json").read_text(encoding="utf-8"))
    assert data["tables"]["requests"]["carried_in"]["natural"] == 2
    assert data["prior"]["year"] == 2020


def test_rules_and_version_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules"]) == 0
    assert "T3-01" in capsys.readouterr().out
    assert run(["rules", "2020"]) == 0
    assert "Y2-02" in capsys.readouterr().out
    assert run(["--version"]) == 0


def test_demo_makes_a_new_folder_and_touches_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "-o", "d"]) == 0
    assert sorted(path.suffix for path in Path("d").iterdir()) == [
        ".docx",
        ".xlsx",
        ".xlsx",
        ".xlsx",
    ]
    assert "T3-01" in capsys.readouterr().out
    assert run(["demo", "-o", "d"]) == 2


def test_output_is_readable_on_a_gbk_console_and_in_a_pipe() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    strange = Path("é😀.xlsx")
    strange.write_bytes((BROKEN / "T3-01.xlsx").read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "check", str(strange)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "T3-01" in done.stdout.decode("gbk")
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "check", "--format", "json", str(strange)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert json.loads(done.stdout.decode("utf-8"))["reports"][0]["file"] == str(strange)


def test_bug_prints_a_sentence_and_exits_4(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("toolkit.jobs.check.check", lambda readings: 1 / 0)
    assert run(["check", str(CLEAN)]) == 4
    assert "Traceback" not in capsys.readouterr().err


def test_help_does_not_import_the_heavy_libraries() -> None:
    code = (
        "import sys; from toolkit.commands.main import run; run(['--help']); "
        "print(sorted({'polars','openpyxl','xlsxwriter','docx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"

"""`toolkit report` as a person runs it: formats, fragments, templates, one report or many, and the sheet that goes along."""

import io
import json
from pathlib import Path

import docx
import pytest

from tests.support import make
from toolkit.commands.main import run
from toolkit.data.dump import data_json
from toolkit.edition.load import load_edition
from toolkit.report import pdf
from toolkit.report.template import load_template

SAMPLES = Path(__file__).parents[2] / "samples"
CLEAN = SAMPLES / "2020-yingqian" / "data.json"
WRONG = SAMPLES / "broken" / "T3-01.xlsx"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def names(folder: str = ".") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def test_every_format_is_written_under_its_ending(capsys):
    for form, begin in (("docx", b"PK"), ("html", b"<!DOCTYPE html>"), ("md", b"**")):
        assert run(["report", "--draft", "--format", form, str(CLEAN), "-o", f"r.{form}"]) == 0
        assert Path(f"r.{form}").read_bytes().startswith(begin)
    assert run(["report", "--draft", "--fragment", str(CLEAN)]) == 0
    (fragment,) = [path for path in Path().glob("*.html") if path.name != "r.html"]
    assert "<html" not in fragment.read_text(encoding="utf-8")
    assert capsys.readouterr().out.splitlines()[-1] == fragment.name


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "html", "-o", "r.docx"],
        ["-o", "r.html"],
        ["--fragment", "--format", "md"],
        ["--format", "odt"],
        ["--template", "t.docx", "--format", "html"],
        ["--fonts", "花体"],
        ["--draft", "--final"],
    ],
)
def test_options_that_exclude_each_other_exit_2(arguments):
    assert run(["report", str(CLEAN), *arguments]) == 2
    assert names() == []


def test_approval_sheet_is_written_for_approval_only(capsys):
    assert run(["report", str(CLEAN), "-o", "r.docx"]) == 0
    assert names() == ["r.docx", "r（审签单）.docx"]
    assert capsys.readouterr().out == "r.docx\n"
    assert "内部资料" in [
        paragraph.text for paragraph in docx.Document("r（审签单）.docx").paragraphs
    ]
    assert run(["report", "--draft", str(CLEAN), "-o", "d.docx"]) == 0
    assert names() == ["d.docx", "r.docx", "r（审签单）.docx"]


def test_existing_approval_sheet_is_kept_and_other_formats_still_written():
    Path("r（审签单）.docx").write_bytes(b"signed")
    assert run(["report", str(CLEAN), "-o", "r.docx"]) == 0
    assert Path("r（审签单）.docx").read_bytes() == b"signed"
    assert run(["report", str(CLEAN), "-o", "r.docx"]) == 2
    assert run(["report", str(CLEAN), "--format", "md", "-o", "r.md"]) == 0
    assert Path("r（审签单）.docx").read_bytes() == b"signed"
    assert run(["report", str(CLEAN), "-o", "r.docx", "--force"]) == 0
    assert Path("r（审签单）.docx").read_bytes() != b"signed"


def test_folder_is_reported_where_possible_and_refusals_are_explained(capsys):
    Path("in").mkdir()
    for index, name in enumerate(("甲镇", "乙镇")):
        reading = make.zero("2021", unit__name=f"{name}人民政府")
        Path("in", f"{index}.xlsx").write_bytes(make.book(reading))
    Path("in", "8.xlsx").write_bytes(WRONG.read_bytes())
    Path("in", "9.xlsx").write_bytes(b"no workbook")
    assert run(["report", "in", "-o", "文稿"]) == 3
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert [name.split("人民政府")[0] for name in names("文稿") if "审签单" not in name] == [
        "乙镇",
        "甲镇",
    ]
    last = said.err.splitlines()[-1]
    assert str(Path("in", "8.xlsx")) in last
    assert str(Path("in", "9.xlsx")) in last
    assert "T3-01" in said.err


def test_template_and_a_set_of_fonts_are_used():
    word = docx.Document()
    word.styles["Heading 1"].font.name = "Office Head"
    word.save("t.docx")
    assert run(["report", "--draft", str(CLEAN), "--template", "t.docx", "-o", "r.docx"]) == 0
    assert docx.Document("r.docx").styles["Heading 1"].font.name == "Office Head"
    assert run(["report", "--draft", str(CLEAN), "--fonts", "Windows自带", "-o", "w.docx"]) == 0
    assert docx.Document("w.docx").styles["正文缩进"].font.name == "仿宋"
    assert run(["report", "--draft", str(CLEAN), "--template", str(CLEAN), "-o", "x.docx"]) == 3
    assert run(["report", "--draft", str(CLEAN), "--template", "none.docx", "-o", "x.docx"]) == 3
    Path("bad.docx").write_bytes(b"PK\x03\x04 no document")
    for name in (str(CLEAN), "bad.docx"):
        template, findings = load_template(Path(name))
        assert template is None
        assert [finding.code for finding in findings] == ["N-41"]
    assert not Path("x.docx").exists()


def test_growth_is_written_from_last_years_report():
    for year, count in ((2021, 2), (2022, 3)):
        reading = make.with_cells(
            make.zero("2021", year),
            requests__received__natural=count,
            requests__granted__natural=count,
        )
        Path(f"{year}.json").write_text(data_json(load_edition("2021"), reading), encoding="utf-8")
    assert (
        run(
            [
                "report",
                "--draft",
                "2022.json",
                "--prior",
                "2021.json",
                "--format",
                "md",
                "-o",
                "r.md",
            ]
        )
        == 0
    )
    assert "比上年增加1件，增长50%" in Path("r.md").read_text(encoding="utf-8")
    assert (
        run(
            [
                "report",
                "--draft",
                "2022.json",
                "--prior",
                "none.json",
                "--format",
                "md",
                "-o",
                "s.md",
            ]
        )
        == 3
    )


def test_pdf_that_cannot_be_made_leaves_nothing_behind(monkeypatch, capsys):
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    assert run(["report", str(CLEAN), "--format", "pdf", "-o", "r.pdf"]) == 1
    assert names() == []
    assert "N-42" in capsys.readouterr().err


def test_published_formats_hold_no_names_or_explanations():
    data = json.loads(CLEAN.read_text(encoding="utf-8"))
    data["signoff"] = {
        role: {"name": f"{role}某", "date": "2021-01-12"}
        for role in ("filled", "reviewed", "approved", "secrecy")
    }
    data["explanations"] = [
        {"code": "Y2-01", "keys": [], "values": [], "text": "内部说明", "by": "说某"}
    ]
    Path("d.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    for form in ("html", "md", "docx"):
        assert run(["report", "--final", "d.json", "--format", form, "-o", f"r.{form}"]) == 0
    text = Path("r.html").read_text(encoding="utf-8") + Path("r.md").read_text(encoding="utf-8")
    text += "".join(
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(Path("r.docx").read_bytes())).paragraphs
    )
    assert "2021年1月12日" in text
    assert not [word for word in ("某", "内部说明", "Y2-01") if word in text.replace("某某", "")]

"""`check --annotate` and `--format html` as a person runs them."""

import io
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from tests.support import make
from toolkit.commands.main import run
from toolkit.phrases import phrases

BROKEN = Path(__file__).parents[2] / "samples" / "broken"
MARK, LETTER = phrases().notice.mark, phrases().notice.name


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(name: str, source: str = "T3-01") -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((BROKEN / f"{source}.xlsx").read_bytes())


def test_annotating_a_file_writes_a_marked_copy_beside_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    put("甲.xlsx")
    assert run(["check", "甲.xlsx", "--annotate"]) == 1
    assert sorted(path.name for path in Path().iterdir()) == sorted(["甲.xlsx", f"甲.{MARK}.xlsx"])
    assert "T3-01" in capsys.readouterr().out
    before = Path(f"甲.{MARK}.xlsx").read_bytes()
    assert run(["check", "甲.xlsx", "--annotate"]) == 2  # nothing is overwritten
    assert Path(f"甲.{MARK}.xlsx").read_bytes() == before
    assert run(["check", f"甲.{MARK}.xlsx", "--annotate"]) == 1
    assert Path(f"甲.{MARK}2.xlsx").is_file()
    assert run(["check", "甲.xlsx", "--annotate", "-o", "x.xlsx"]) == 2


def test_annotating_a_folder_writes_a_copy_and_a_notice_per_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("收件/甲.xlsx", "收件/乙.xlsx", "收件/下/甲.xlsx"):
        put(name)
    put("收件/丙.xlsx", "T4-02")
    Path("收件/坏.xlsx").write_bytes(b"PK\x03\x04")
    assert run(["check", "收件", "--annotate", "-o", "退回"]) == 3
    names = sorted(path.name for path in Path("退回").iterdir())
    copies = [f"{stem}.{MARK}.xlsx" for stem in ("甲", "乙", "丙")] + [f"甲.{MARK}（2）.xlsx"]
    letters = [f"{stem}.{LETTER}.txt" for stem in ("甲", "乙", "丙", "坏")] + [
        f"甲.{LETTER}（2）.txt"
    ]
    assert names == sorted(copies + letters)
    text = Path("退回", f"甲.{LETTER}.txt").read_bytes().decode("utf-8-sig")
    assert "示例镇人民政府" in text
    assert f"甲.{MARK}.xlsx" in text
    assert "1." in text
    assert f"坏.{LETTER}.txt" not in text
    assert "坏.xlsx" in Path("退回", f"坏.{LETTER}.txt").read_text(encoding="utf-8-sig")


def test_check_of_a_folder_skips_marked_copies_beside_their_workbook(
    capsys: pytest.CaptureFixture[str],
) -> None:
    put("收件/甲.xlsx")
    assert run(["check", "收件", "--annotate"]) == 1
    capsys.readouterr()
    assert run(["check", "收件", "--format", "csv"]) == 1
    shown = capsys.readouterr()
    assert MARK not in shown.out
    assert MARK in shown.err
    Path("交回").mkdir()
    Path("收件", f"甲.{MARK}.xlsx").rename(Path("交回", f"甲.{MARK}.xlsx"))
    assert run(["check", "交回", "--format", "csv"]) == 1
    assert MARK in capsys.readouterr().out


def test_annotating_a_data_file_writes_a_marked_copy() -> None:
    assert run(["export", str(BROKEN / "T3-01.xlsx"), "-o", "a.json"]) == 0
    assert run(["check", "a.json", "--annotate"]) == 1
    assert Path(f"a.{MARK}.xlsx").is_file()


def test_check_of_a_folder_skips_documents_that_are_no_report(
    capsys: pytest.CaptureFixture[str],
) -> None:
    put("收件/甲.xlsx", "T4-02")
    Path("收件", "说明.txt").write_text("请按时上报", encoding="utf-8")
    assert run(["check", "收件", "--format", "csv"]) == 0
    shown = capsys.readouterr()
    assert "说明.txt" in shown.err
    assert "说明.txt" not in shown.out
    assert run(["check", "收件/说明.txt"]) == 3
    Path("只有说明").mkdir()
    Path("收件", "说明.txt").rename(Path("只有说明", "说明.txt"))
    assert run(["check", "只有说明"]) == 3


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.heads: list[dict[str, str | None]] = []
        self.outside: list[str] = []
        self.cells: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "th":
            self.heads.append(given)
        self.outside += [
            str(value)
            for name, value in attrs
            if name in ("src", "href") and value and not value.startswith("#")
        ]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "td" in self.open and data.strip():
            self.cells.append(data.strip())


def test_check_as_html_writes_a_page_of_findings(capsys: pytest.CaptureFixture[str]) -> None:
    reading = make.zero("2021", unit__name="<script>alert(1)</script>")
    book = openpyxl.load_workbook(io.BytesIO(make.book(reading)))
    where = book[next(name for name in book.sheetnames if name.startswith("三") and "表" in name)]
    where["D7"] = "<img src=x onerror=alert(1)>"
    book.save("a.xlsx")
    put("b.xlsx")
    assert run(["check", "a.xlsx", "b.xlsx", "--format", "html", "-o", "o.html"]) == 1
    text = Path("o.html").read_text(encoding="utf-8")
    page = Page(text)
    assert "<script" not in text
    assert "<img" not in text
    assert page.outside == []
    assert all(head.get("scope") in ("col", "row") for head in page.heads)
    assert {"T3-01", "V-02"} <= set(page.cells)
    assert run(["check", "b.xlsx", "--format", "html"]) == 1
    assert capsys.readouterr().out.startswith("<!doctype html>")

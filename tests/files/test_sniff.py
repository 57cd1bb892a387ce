"""Every kind of file that people send in is told by its bytes, and has its sentence."""

import os
import tomllib
from pathlib import Path

import pytest

from tests.support.packages import ole, types, zipped
from toolkit.files import sniff as module
from toolkit.files.sniff import SIGNATURES, FileKind, Trouble, load_bytes, refusal, sniff
from toolkit.finding import Place, Severity
from toolkit.templates import shipped

OOXML = "application/vnd.openxmlformats-officedocument."
EXCEL = "application/vnd.ms-excel."


XLSX = zipped(CT=types(OOXML + "spreadsheetml.sheet.main"), xl__workbook_xml="<workbook/>")

SAMPLES: list[tuple[FileKind, str, bytes]] = [
    (FileKind.XLSX, "a.xlsx", XLSX),
    (FileKind.XLSX, "renamed.xls", XLSX),
    (FileKind.XLSX, "template.xltx", zipped(CT=types(OOXML + "spreadsheetml.template.main"))),
    (FileKind.XLSX, "no types.xlsx", zipped(XL__Workbook_xml="<workbook/>")),
    (FileKind.EMPTY, "a.xlsx", b""),
    (FileKind.EMPTY, "spaces.xlsx", b" \r\n"),
    (FileKind.EMPTY, "lost.xlsx", bytes(10_000)),
    (FileKind.LOCK, "~$a.xlsx", b"\x05wps" + bytes(161)),
    (FileKind.LOCK, "/x/.~a.xlsx", b"a"),
    (FileKind.LOCK, "a.xlsx", b"\x05user" + bytes(160)),
    (FileKind.TRUNCATED, "a.xlsx", XLSX[:-30]),
    (FileKind.ENCRYPTED, "a.xlsx", ole("EncryptedPackage")),
    (FileKind.XLS, "a.xlsx", ole("Workbook")),
    (FileKind.XLS, "a.et", ole("Book")),
    (FileKind.DOC, "a.wps", ole("WordDocument")),
    (FileKind.PPT, "a.dps", ole("PowerPoint Document")),
    (FileKind.OLE, "a.msg", ole("Other")),
    (
        FileKind.MACRO,
        "a.xlsx",
        zipped(CT=types(OOXML + "spreadsheetml.sheet.main"), xl__vbaProject_bin="x"),
    ),
    (
        FileKind.MACRO,
        "a.xlsm",
        zipped(CT=types(EXCEL + "sheet.macroEnabled.main"), xl__workbook_xml="x"),
    ),
    (
        FileKind.MACRO,
        "a.xltm",
        zipped(CT=types(EXCEL + "template.macroEnabled.main"), xl__workbook_xml="x"),
    ),
    (
        FileKind.XLSB,
        "a.xlsb",
        zipped(CT=types(EXCEL + "sheet.binary.macroEnabled.main"), xl__workbook_bin="x"),
    ),
    (FileKind.DOCX, "a.docx", zipped(CT="<Types/>", word__document_xml="x")),
    (FileKind.PPTX, "a.pptx", zipped(CT="<Types/>", ppt__presentation_xml="x")),
    (
        FileKind.ODS,
        "a.ods",
        zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="x"),
    ),
    (
        FileKind.ODT,
        "a.odt",
        zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml="x"),
    ),
    (FileKind.OFD, "a.ofd", zipped(OFD_xml="x", Doc__Document_xml="x")),
    (FileKind.ZIP, "a.zip", zipped(a_xlsx="x", b_xlsx="x")),
    (FileKind.ZIP, "nothing.zip", zipped()),
    (FileKind.ZIP, "many.zip", zipped(a_b="x") + b"PK\x01\x02" * 6_000),
    (FileKind.RAR, "a.rar", b"Rar!\x1a\x07\x01\x00"),
    (FileKind.SEVEN_ZIP, "a.7z", b"7z\xbc\xaf\x27\x1c\x00\x04"),
    (FileKind.PDF, "a.pdf", b"\r\n%PDF-1.7\n%\xe2\xe3\xcf\xd3"),
    (
        FileKind.HTML,
        "a.xls",
        b"\xef\xbb\xbf<HTML xmlns:x='urn:schemas-microsoft-com:office:excel'>",
    ),
    (FileKind.HTML, "a.html", b"<!-- one --> <!-- two -->\n<!DOCTYPE html><html>"),
    (FileKind.HTML, "a.xhtml", b'<?xml version="1.0"?><html>'),
    (FileKind.HTML, "a.html", b"<!-->" + b"<!-- -->" * 400 + b"<table>"),
    (FileKind.MHT, "a.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x"),
    (
        FileKind.XML,
        "a.xls",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    ),
    (FileKind.XML, "a.xml", '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16")),
    (FileKind.RTF, "a.doc", rb"{\rtf1\ansi"),
    (FileKind.JSON, "a.json", b'\xef\xbb\xbf{"schema": 1}'),
    (FileKind.JSON, "a.json", b'[ {"a": 1}]'),
    (FileKind.TEXT, "a.csv", "收到,件数\n新收,3\n".encode("gb18030")),
    (FileKind.TEXT, "a.csv", "收到,件数\n新收,3\n".encode("utf-8-sig")),
    (FileKind.TEXT, "a.txt", "收到,件数".encode("utf-16")),
    (FileKind.TEXT, "a.txt", ("政" * 9_000).encode()),
    (FileKind.TEXT, "a.txt", b"PK is no signature"),
    (FileKind.PICTURE, "a.xlsx", b"\x89PNG\r\n\x1a\n"),
    (FileKind.PICTURE, "a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    (FileKind.PICTURE, "a.heic", b"\0\0\0\x18ftypheic"),
    (FileKind.UNKNOWN, "a.exe", b"MZ\x90\x00\x03\x00"),
    (FileKind.UNKNOWN, "a.bin", bytes(range(256))),
]


@pytest.mark.parametrize(
    ("kind", "name", "data"), SAMPLES, ids=[f"{kind}-{name}" for kind, name, _ in SAMPLES]
)
def test_kind_is_recognised_by_its_bytes(kind: FileKind, name: str, data: bytes) -> None:
    assert sniff(data, name) is kind


def test_every_kind_has_a_sample_and_a_signature() -> None:
    assert {kind for kind, _, _ in SAMPLES} == set(FileKind)
    assert {mark.kind for mark in SIGNATURES} | {FileKind.UNKNOWN} == set(FileKind)


def test_old_document_that_mentions_workbooks_stays_a_document() -> None:
    assert (
        sniff(ole("WordDocument") + "Workbook EncryptedPackage".encode("utf-16-le")) is FileKind.DOC
    )


def test_broken_content_types_fall_back_to_part_names() -> None:
    data = bytearray(zipped(CT=types("x"), xl__workbook_xml="<workbook/>"))
    data[data.index(b"<Types>")] ^= 1  # the checksum no longer fits
    assert sniff(bytes(data)) is FileKind.XLSX


@pytest.mark.parametrize("reason", [*FileKind, *Trouble])
def test_every_refusal_says_what_the_file_is_and_what_to_do(reason: FileKind | Trouble) -> None:
    found = refusal(reason, Place(file="a.xlsx"))
    assert (found.code, found.severity, found.place.file) == ("R-01", Severity.ERROR, "a.xlsx")
    assert found.message.endswith("。")
    assert found.remedy.endswith("。")
    assert found.message != found.remedy


def test_refusal_sentences_cover_exactly_every_kind_and_trouble() -> None:
    sentences = tomllib.loads(
        (shipped("workbook_templates") / "kinds.toml").read_text(encoding="utf-8")
    )
    assert set(sentences["kind"]) == set(FileKind)
    assert set(sentences["trouble"]) == set(Trouble)


def expect(path: Path, trouble: Trouble) -> None:
    assert load_bytes(path) == (None, None, [refusal(trouble, Place(file=str(path)))])


def test_load_returns_bytes_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(XLSX)
    assert load_bytes(path) == (XLSX, FileKind.XLSX, [])


def test_load_refuses_kinds_that_are_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "~$a.xlsx"
    path.write_bytes(b"x")
    assert load_bytes(path) == (b"x", FileKind.LOCK, [])


def test_load_of_a_missing_or_odd_path_gives_a_finding(tmp_path: Path) -> None:
    expect(tmp_path / "none.xlsx", Trouble.MISSING)
    (tmp_path / "file").write_bytes(b"")
    expect(tmp_path / "file" / "a.xlsx", Trouble.MISSING)
    expect(tmp_path, Trouble.FOLDER)
    expect(tmp_path / "a\0b", Trouble.UNREADABLE)
    expect(tmp_path / ("n" * 5_000), Trouble.UNREADABLE)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_load_of_a_pipe_does_not_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    expect(tmp_path / "pipe", Trouble.UNREADABLE)


def test_load_without_permission_gives_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(XLSX)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)  # the tests may run as root, who may read everything
    expect(path, Trouble.DENIED)


def test_load_of_a_too_large_file_gives_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x" * 101)
    monkeypatch.setattr(module, "MAX_FILE", 100)
    expect(path, Trouble.LARGE)
    path.write_bytes(b"x" * 100)
    assert load_bytes(path)[1] is FileKind.TEXT

"""Files that are no readable workbook of ours: one sentence each, nothing read."""

import io
import zipfile

import openpyxl

from tests.faults.base import Fault
from tests.support.good import Change, chain, in_part, packed, part_of, parts, spot, sub, swap
from tests.support.packages import ole, types, zipped

STRINGS, WORKBOOK, TYPES, RELS = (
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
)
KEY = "requests.received.natural"
SHEET, CELL = part_of(KEY), spot(KEY).address
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
OFFICE = "application/vnd.openxmlformats-officedocument."


def constant(data: bytes) -> Change:
    return lambda _: data


def refused(name: str, change: Change, file: str = "a.xlsx") -> Fault:
    return Fault(name, change, ("R-01",), refused=True, file=file)


def encrypted_parts(data: bytes) -> bytes:
    marked = bytearray(data)
    at = marked.find(b"PK\x01\x02")
    while at >= 0:
        marked[at + 8] |= 1
        at = marked.find(b"PK\x01\x02", at + 4)
    return bytes(marked)


def bad_checksum(data: bytes) -> bytes:
    stored = bytearray(packed(parts(data), zipfile.ZIP_STORED))
    at = stored.find(b"<sheetData>")
    stored[at + 1] ^= 2
    return bytes(stored)


def doubled_part(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(SHEET.upper(), "<worksheet/>")
    return out.getvalue()


def anothers() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "收入"
    book.save(out)
    return out.getvalue()


def crowd(data: bytes) -> bytes:
    return packed(parts(data) | {f"xl/x{number}.xml": b"<x/>" for number in range(600)})


FILES: tuple[Fault, ...] = (
    refused("empty file", constant(b"")),
    refused("only zeros", constant(bytes(5000))),
    refused("truncated by a third", lambda data: data[: len(data) * 2 // 3]),
    refused("truncated at the end", lambda data: data[:-30]),
    refused("csv renamed", constant("收到,件数\n新收,3\n".encode("gb18030"))),
    refused("old xls", constant(ole("Workbook")), "a.xls"),
    refused("old xls renamed", constant(ole("Workbook"))),
    refused("et", constant(ole("Workbook")), "a.et"),
    refused("Excel 95", constant(ole("Book"))),
    refused("old doc renamed", constant(ole("WordDocument"))),
    refused("encrypted", constant(ole("EncryptedPackage"))),
    refused(
        "ods",
        constant(
            zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="x")
        ),
    ),
    refused("ofd", constant(zipped(OFD_xml="x"))),
    refused("rar", constant(b"Rar!\x1a\x07\x01\x00")),
    refused("7z", constant(b"7z\xbc\xaf\x27\x1c\x00\x04")),
    refused("lock file", constant(b"\x05wps" + bytes(161)), "~$a.xlsx"),
    refused("macro workbook", lambda data: packed(parts(data) | {"xl/vbaProject.bin": b"x"})),
    refused(
        "macro content type",
        constant(
            zipped(
                CT=types("application/vnd.ms-excel.sheet.macroEnabled.main"), xl__workbook_xml="x"
            )
        ),
    ),
    refused(
        "binary workbook",
        constant(
            zipped(
                CT=types("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
                xl__workbook_bin="x",
            )
        ),
    ),
    refused("docx renamed", constant(zipped(CT="<Types/>", word__document_xml="x"))),
    refused("pdf renamed", constant(b"%PDF-1.7\n%\xe2\xe3")),
    refused("web page renamed", constant(b"<html><table></table></html>")),
    refused("picture renamed", constant(b"\x89PNG\r\n\x1a\n")),
    refused("zip with workbooks", lambda data: packed({"甲.xlsx": data, "乙.xlsx": data})),
    refused(
        "xml spreadsheet",
        constant(b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'),
    ),
    refused(
        "workbook without sheets",
        constant(
            zipped(CT=types(OFFICE + "spreadsheetml.sheet.main"), xl__workbook_xml="<workbook/>")
        ),
    ),
    refused("another's workbook", lambda _: anothers()),
    refused(
        "definition in a sheet",
        in_part(SHEET, lambda body: ENTITY.encode() + body[body.index(b"<worksheet") :]),
    ),
    refused("definition in the strings", in_part(STRINGS, lambda _: (ENTITY + "<sst/>").encode())),
    refused(
        "definition in UTF-16", in_part(STRINGS, lambda _: (ENTITY + "<sst/>").encode("utf-16"))
    ),
    refused(
        "other encoding",
        in_part(STRINGS, lambda _: b"<?xml version='1.0' encoding='UTF-7'?><sst/>"),
    ),
    refused(
        "giant string",
        in_part(STRINGS, lambda _: b"<sst><si><t>" + b"a" * 300_000_000 + b"</t></si></sst>"),
    ),
    refused(
        "high ratio",
        in_part(STRINGS, lambda _: b"<sst><si><t>" + b"a" * 3_000_000 + b"</t></si></sst>"),
    ),
    refused("too many parts", crowd),
    refused(
        "too many cells",
        sub(
            SHEET,
            "</sheetData>",
            "".join(f'<row r="{n + 99}"><c><v>1</v></c></row>' for n in range(260_000))
            + "</sheetData>",
        ),
    ),
    refused("doubled part", doubled_part),
    refused("wrong checksum", bad_checksum),
    refused("other compression", lambda data: packed(parts(data), zipfile.ZIP_BZIP2)),
    refused("encrypted parts", encrypted_parts),
    refused("sheet missing in the package", in_part(SHEET, lambda _: None)),
    refused("strings missing", in_part(STRINGS, lambda _: None)),
    refused("relations missing", in_part(RELS, lambda _: None)),
    refused("sheet cut off", in_part(SHEET, lambda body: body[: len(body) // 2])),
    refused("sheet without an end", swap(SHEET, "</worksheet>", "")),
    refused("sheet that is no XML", in_part(SHEET, lambda _: b"no xml")),
    refused(
        "string that is not there", sub(SHEET, r'(<c r="A1"[^>]*t="s"[^>]*><v>)\d+', r"\g<1>99999")
    ),
    refused(
        "two cells in one place",
        sub(SHEET, rf'(<c r="{CELL}"[^>]*>.*?</c>)', rf'\1<c r="{CELL}"><v>1</v></c>'),
    ),
    refused(
        "two lists of cells",
        swap(
            SHEET,
            "</sheetData>",
            '</sheetData><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        ),
    ),
    refused("place that is none", sub(SHEET, rf'<c r="{CELL}"', '<c r="?"')),
    refused("no sheets", sub(WORKBOOK, "<sheets>.*</sheets>", "<sheets/>")),
    refused("type of another program", chain(swap(TYPES, "sheet.main+xml", "sheet.other+xml"))),
)

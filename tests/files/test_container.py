"""Workbooks as strangers make them: odd ones are read, hostile ones refused, and none ends in a traceback."""

import datetime as dt
import io
import re
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.files import container
from toolkit.files.book import Book, BookCell, Sheet, open_book
from toolkit.files.container import Package, clean_package
from toolkit.files.sniff import FileKind, Trouble, refusal
from toolkit.finding import Finding, Place
from toolkit.workbook.stamp import read_stamp

PLACE = Place(file="a.xlsx")
SHEET, STRINGS, STYLES, WORKBOOK = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
)
TYPES, RELS, CUSTOM, THEME = (
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "docProps/custom.xml",
    "xl/theme/theme1.xml",
)


def written(fill: Callable[[Any, Any], None]) -> bytes:
    """A workbook with one sheet, made by XlsxWriter."""
    packed = io.BytesIO()
    book: Any = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    fill(book, book.add_worksheet("三"))
    book.close()
    return packed.getvalue()


def _plain(book: Any, sheet: Any) -> None:
    sheet.write("A1", "标签")
    sheet.write("B1", 12)
    sheet.write("C1", 0.5)
    sheet.write_formula("D1", "=B1+1", None, 13)
    sheet.write_datetime(
        "E1",
        dt.datetime(2021, 1, 2),
        book.add_format({"num_format": "yyyy-mm-dd", "locked": False}),
    )


PLAIN = written(_plain)


def edited(data: bytes = PLAIN, /, **changes: Callable[[bytes], bytes | None]) -> bytes:
    """The workbook with parts changed, or left out where the change gives None. Keywords are the names above in lower case."""
    change = {globals()[name.upper()]: function for name, function in changes.items()}
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            function = change.pop(name, None)
            body = function(source.read(name)) if function else source.read(name)
            if body is not None:
                target.writestr(name, body)
    assert not change, "no such part"
    return packed.getvalue()


def swap(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(body: bytes) -> bytes:
        assert old.encode() in body
        return body.replace(old.encode(), new.encode())

    return change


def constant(text: str) -> Callable[[bytes], bytes]:
    return lambda _: text.encode()


def with_cells(cells: str) -> bytes:
    """The plain workbook with other cells in row 1."""
    return edited(
        sheet=lambda body: re.sub(
            b"(<row [^>]*>).*(</row>)", rb"\1" + cells.encode() + rb"\2", body
        )
    )


def read(data: bytes) -> Book:
    book, findings = open_book(data, PLACE)
    assert findings == []
    assert book is not None
    return book


def first(data: bytes) -> Sheet:
    return read(data).sheets[0]


def values(data: bytes) -> list[object]:
    return [cell.value for cell in first(data).cells.values()]


def is_refused(data: bytes, reason: FileKind | Trouble) -> bool:
    return open_book(data, PLACE) == (None, [refusal(reason, PLACE)])


USUAL = ["标签", 12, 0.5, 13, dt.datetime(2021, 1, 2)]


# --- what a book tells


def test_cells_of_an_ordinary_workbook_are_read() -> None:
    book = read(PLAIN)
    assert [sheet.name for sheet in book.sheets] == ["三"]
    assert dict(book.sheets[0].cells) == {
        (1, 1): BookCell("标签", None, True),
        (1, 2): BookCell(12, None, True),
        (1, 3): BookCell(0.5, None, True),
        (1, 4): BookCell(13, "=B1+1", True),
        (1, 5): BookCell(dt.datetime(2021, 1, 2), None, False),
    }
    assert (book.stripped, book.application) == (False, "Microsoft Excel")
    assert type(book.sheets[0].cells[1, 2].value) is int


def test_sheets_names_properties_and_rows_are_read() -> None:
    def fill(book: Any, sheet: Any) -> None:
        other = book.add_worksheet("a'b c")
        other.very_hidden()
        other.protect()
        other.write("A3", 1)
        other.set_row(2, None, None, {"hidden": True})
        other.set_row(7, None, None, {"hidden": True})
        sheet.write("A1", 1)
        book.define_name("T3_row_01", "='a''b c'!$A$3")
        book.define_name("T3_frame", "=三!$A$1:$B$2")
        book.define_name("broken", "=#REF!")
        book.define_name("三!local", "=三!$A$1")
        book.set_custom_property("edition", "2021_x0041_")
        book.set_custom_property("year", 2021)
        book.set_custom_property("ours", True)

    book = read(written(fill))
    assert [
        (sheet.name, sheet.visible, sheet.protected, sheet.hidden_rows) for sheet in book.sheets
    ] == [
        ("三", True, False, frozenset()),
        ("a'b c", False, True, frozenset({3})),
    ]
    assert book.names == {"T3_row_01": "a'b c!A3", "T3_frame": "三!A1:B2", "broken": "#REF!"}
    assert book.properties == {"edition": "2021_x0041_", "year": "2021", "ours": "true"}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><f>1+1</f></c>', BookCell(None, "=1+1", True)),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', BookCell(2, "=1+1", True)),
        ('<c r="A1" t="str"><f>"a"</f><v>a</v></c>', BookCell("a", '="a"', True)),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', BookCell("#DIV/0!", "=1/0", True)),
        (
            '<c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c>',
            BookCell(2, "=B1:B2*2", True),
        ),
        ('<c r="A1" t="e"><v>#REF!</v></c>', BookCell("#REF!", None, True)),
        ('<c r="A1" t="b"><v>1</v></c>', BookCell(True, None, True)),
        ('<c r="A1" t="b"><v>0</v></c>', BookCell(False, None, True)),
        ('<c r="A1" t="d"><v>2021-01-02</v></c>', BookCell(dt.date(2021, 1, 2), None, True)),
        (
            '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 字 </t></is></c>',
            BookCell(" 字 ", None, True),
        ),
        (
            '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t>_x0001_</t></r></is></c>',
            BookCell("a\x01", None, True),
        ),
        (
            '<c r="A1" t="inlineStr"><is><t>东</t><rPh sb="0" eb="1"><t>dong</t></rPh></is></c>',
            BookCell("东", None, True),
        ),
        ('<c r="A1"><v>1e3</v></c>', BookCell(1000.0, None, True)),
        ('<c r="A1"><v>1,5</v></c>', BookCell("1,5", None, True)),
        ('<c r="A1"><v>1e999</v></c>', BookCell("1e999", None, True)),
        (f'<c r="A1"><v>{"9" * 5000}</v></c>', BookCell("9" * 5000, None, True)),
        ('<c r="A1" s="1"><v>99999999</v></c>', BookCell("99999999", None, False)),
        ('<c r="A1" s="1"><v>0.5</v></c>', BookCell(dt.time(12), None, False)),
        ('<c r="A1" s="999"><v>7</v></c>', BookCell(7, None, True)),
    ],
)
def test_cell_is_read_by_its_type(cell: str, expected: BookCell) -> None:
    found = first(with_cells(cell)).cells[1, 1]
    assert found == expected
    assert type(found.value) is type(expected.value)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="str"><v></v></c>',
        '<c r="A1" t="inlineStr"><is><t></t></is></c>',
        '<c r="A1" s="1"/>',
    ],
)
def test_empty_cell_is_read_as_nothing(cell: str) -> None:
    assert first(with_cells(cell)).cells == {}


def test_shared_formula_is_translated_to_each_cell() -> None:
    cells = '<c r="A1"><f t="shared" ref="A1:C1" si="0">A5+$B$6</f><v>1</v></c><c r="C1"><f t="shared" si="0"/><v>2</v></c>'
    assert first(with_cells(cells)).cells[1, 3] == BookCell(2, "=C5+$B$6", True)


def test_flood_of_shared_formulas_is_read_quickly() -> None:
    cells = "".join(f'<c r="B{n}"><f t="shared" si="0"/><v>{n}</v></c>' for n in range(1, 20_000))
    begun = time.process_time()
    found = first(
        with_cells(f'<c r="A1"><f t="shared" si="0">A2{"+A3" * 500}</f></c>' + cells)
    ).cells
    assert time.process_time() - begun < 5
    assert found[1, 2].formula == f"=B2{'+B3' * 500}"
    assert found[19_999, 2] == BookCell(19_999, "=", True)


def test_cells_without_references_continue_their_row() -> None:
    assert dict(
        first(with_cells('<c s="1"/><c><v>5</v></c><c s="1"></c><c><v>6</v></c>')).cells
    ) == {
        (1, 2): BookCell(5, None, True),
        (1, 4): BookCell(6, None, True),
    }


def test_rich_text_is_joined() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_rich_string("A1", "收到 ", book.add_format({"bold": True}), "3\n", "件")

    assert values(written(fill)) == ["收到 3\n件"]


# XlsxWriter itself writes two different texts alike when something like an escape stands right before a control character,
# or when the text looks like its own rich text; no reader can tell these apart.
AMBIGUOUS = re.compile("_x[0-9a-fA-F]{4}[\x00-\x08\x0b-\x1f\ufffe\uffff]|^<r>.*</r>$", re.DOTALL)
TEXTS = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8"), min_size=1),
        st.from_regex(
            r"(_x|x|_)?(005F|0041|000D|0001|FFFE|D800|_|x005F_|字|\x01| |\n|\r)+", fullmatch=True
        ),
        st.text("_x005FAa1\x01", min_size=1, max_size=30),
    ).filter(lambda text: not AMBIGUOUS.search(text)),
    min_size=1,
    max_size=20,
)


@settings(deadline=None)
@given(TEXTS)
@example(
    [
        "_x0041_",
        "_x0041_x0042_",
        "_x005F_",
        "x005F_",
        "_x005F_x0041_",
        "_x005f_x0041_x005F_",
        "\x00\x01\r\n\t\x1f\ufffe\uffff",
    ]
)
@example([" a ", "\n", "\u2028\x85\x7f", "😀", "a" * 32767, "=1+1", "<r>", "]]>&amp;"])
def test_escaped_texts_are_read_unescaped(texts: list[str]) -> None:
    def fill(_: Any, sheet: Any) -> None:
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, text)

    assert values(written(fill)) == texts


def test_surrogate_pairs_are_joined_and_lone_halves_replaced() -> None:
    cells = '<c r="A1" t="inlineStr"><is><t>_xD83D__xDE00_ _xD83D_</t></is></c>'
    assert values(with_cells(cells)) == ["😀 \ufffd"]


# --- odd but honest


HEAVY = (
    '<dataValidations count="1"><dataValidation type="wps" sqref="A1"><formula1>1</formula1></dataValidation></dataValidations>'
    '<conditionalFormatting sqref="A1"><cfRule type="wps" priority="1"/></conditionalFormatting>'
    '<hyperlinks><hyperlink ref="A1" r:id="rId9"/></hyperlinks><drawing r:id="rId1"/><legacyDrawing r:id="rId2"/>'
    '<legacyDrawingHF r:id="rId3"/><picture r:id="rId4"/><oleObjects><oleObject shapeId="1" r:id="rId5"/></oleObjects>'
    '<controls/><tableParts count="1"><tablePart r:id="rId6"/></tableParts><extLst><ext uri="x"><wps/></ext></extLst>'
)


def strict(body: bytes) -> bytes:
    main, relations = b"spreadsheetml/main", b"officeDocument/relationships"
    body = body.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/" + main,
    )
    return body.replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/" + relations,
    )


def prefixed(body: bytes) -> bytes:
    body = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", body)
    return body.replace(
        b'xmlns="http://schemas.openxmlformats.org/sp',
        b'xmlns:x="http://schemas.openxmlformats.org/sp',
    )


@pytest.mark.parametrize(
    "data",
    [
        edited(sheet=swap("</sheetData>", "</sheetData>" + HEAVY)),
        edited(sheet=swap("<sheetViews><sheetView ", '<sheetViews><sheetView wps="1" ')),
        edited(styles=lambda body: re.sub(b"<fill>.*?</fill>", b"<fill/>", body)),
        edited(styles=swap('<family val="2"/>', '<family val="34"/>')),
        edited(
            styles=swap(
                'applyProtection="1">', 'applyProtection="1"><alignment horizontal="middle"/>'
            )
        ),
        edited(
            workbook=swap(
                "<sheets>",
                "<externalReferences><externalReference r:id='rId77'/></externalReferences><sheets>",
            )
        ),
        edited(workbook=swap("</workbook>", "<extLst><ext wps='1'/></extLst></workbook>")),
        edited(workbook=swap("<workbookView ", '<workbookView wps="1" ')),
        edited(sheet=strict, strings=strict, styles=strict, workbook=strict, rels=strict),
        edited(sheet=prefixed, strings=prefixed),
        edited(sheet=lambda body: b"\xef\xbb\xbf" + body),
        edited(sheet=swap("<dimension ref=", "<dimension wrong=")),
        edited(types=swap("/xl/sharedStrings.xml", "/xl/SharedStrings.xml")),
        edited(rels=swap("worksheets/sheet1.xml", "/XL/worksheets/Sheet1.xml")),
        edited(rels=swap("worksheets/sheet1.xml", "worksheets\\sheet1.xml")),
    ],
)
def test_odd_package_is_read_with_every_cell(data: bytes) -> None:
    assert values(data) == USUAL
    assert not read(data).stripped


def test_backslashes_in_part_names_are_read_as_slashes() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("/", "\\").replace("sheet1", "SHEET1"), source.read(name))
    assert values(packed.getvalue()) == USUAL


@pytest.mark.parametrize(
    "data",
    [
        edited(styles=lambda _: None),
        edited(styles=constant("<styleSheet")),
        edited(styles=lambda body: body[: body.index(b"</cellXfs>")]),
        edited(styles=swap('formatCode="yyyy-mm-dd"', "")),
        edited(workbook=swap("<workbookPr ", '<workbookPr wps="1" ')),
        edited(
            workbook=swap(
                "</sheets>",
                '</sheets><definedNames><definedName wps="1" name="a">三!A1</definedName></definedNames>',
            )
        ),
    ],
)
def test_dates_without_number_formats_are_numbers_and_reported(data: bytes) -> None:
    assert values(data) == ["标签", 12, 0.5, 13, 44198]
    assert read(data).stripped


def test_properties_that_openpyxl_refuses_are_skipped() -> None:
    data = written(lambda book, _: book.set_custom_property("year", 2021))
    assert read(edited(data, custom=swap("<vt:i4>2021", "<vt:i4>1,5"))).properties == {
        "year": "1,5"
    }
    assert read(edited(data, custom=constant("<broken"))).properties == {}


def test_far_cell_is_read_quickly() -> None:
    data = edited(
        sheet=swap(
            "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        )
    )
    begun = time.process_time()
    assert first(data).cells[1048576, 16384].value == 1
    assert time.process_time() - begun < 1


def test_million_styled_rows_are_read_quickly() -> None:
    rows = b"".join(
        b'<row r="%d" ht="15"><c r="A%d" s="1"/></row>' % (n, n) for n in range(2, 1_000_002)
    )
    data = edited(sheet=lambda body: body.replace(b"</sheetData>", rows + b"</sheetData>"))
    begun = time.process_time()
    assert values(data) == USUAL
    assert time.process_time() - begun < 5


# --- damaged or hostile


def test_package_that_is_no_workbook_is_refused_by_kind() -> None:
    assert is_refused(b"", FileKind.EMPTY)
    assert is_refused(b"a,b\n1,2\n", FileKind.TEXT)
    assert is_refused(PLAIN[:-100], FileKind.TRUNCATED)
    assert open_book(PLAIN, Place(file="/x/~$a.xlsx"))[0] is None


@pytest.mark.parametrize(
    "data",
    [
        edited(sheet=lambda body: body[:-60]),
        edited(sheet=lambda body: body[: body.index(b"</sheetData>")]),
        edited(sheet=swap("<sheetData>", "<sheetData><row>")),
        edited(sheet=constant("no xml")),
        edited(strings=lambda _: None),
        edited(strings=lambda body: body[:-20]),
        edited(workbook=constant("<workbook/>")),
        edited(rels=lambda _: None),
        edited(types=swap("sheet.main+xml", "sheet.other+xml")),
        edited(sheet=lambda _: None),
        with_cells('<c r="A1" t="s"><v>77</v></c>'),
        with_cells('<c r="A1" t="s"><v>-1</v></c>'),
        with_cells('<c r="?"><v>1</v></c>'),
    ],
)
def test_damaged_package_is_refused(data: bytes) -> None:
    assert is_refused(data, Trouble.DAMAGED)


def test_wrong_checksum_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    data = packed.getvalue()
    assert is_refused(data.replace("标签".encode(), "标明".encode()), Trouble.DAMAGED)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_gives_a_finding(at: int, junk: bytes) -> None:
    book, findings = open_book(PLAIN[:at] + junk + PLAIN[at + len(junk) :], PLACE)
    assert (book is None) == bool(findings)
    assert {found.code for found in findings} <= {"R-01"}


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    "data",
    [
        edited(strings=constant(ENTITY + "<sst/>")),
        edited(workbook=lambda body: ENTITY.encode() + body[body.index(b"<workbook") :]),
        edited(
            sheet=constant((ENTITY + "<worksheet/>").replace('"1.0"', '"1.0" encoding="UTF-16"'))
        ),
        edited(strings=lambda _: (ENTITY + "<sst/>").encode("utf-16")),
        edited(strings=lambda _: (ENTITY + "<sst/>").encode("utf-16-be")),
        edited(strings=lambda _: (ENTITY + "<sst/>").encode("utf-32")),
        edited(strings=constant('<?xml version="1.0" encoding="cp037"?><sst/>')),
        edited(strings=constant("<?xml version='1.0' encoding = 'UTF-7'?><sst/>")),
    ],
)
def test_entity_definitions_and_odd_encodings_are_refused(data: bytes) -> None:
    assert is_refused(data, Trouble.UNSAFE)


def test_entity_definition_in_an_unused_part_is_ignored() -> None:
    assert values(edited(theme=constant(ENTITY + "<theme/>"))) == USUAL


def test_zip_bomb_is_refused() -> None:
    assert is_refused(
        edited(strings=constant("<sst><si><t>" + "a" * 300_000_000 + "</t></si></sst>")),
        Trouble.SWOLLEN,
    )
    assert is_refused(
        edited(strings=constant("<sst><si><t>" + "a" * 3_000_000 + "</t></si></sst>")),
        Trouble.SWOLLEN,
    )


def test_zip_bomb_with_a_false_size_is_refused() -> None:
    data = bytearray(edited(strings=constant("a" * 3_000_000)))
    for size in re.finditer(re.escape((3_000_000).to_bytes(4, "little")), bytes(data)):
        data[size.start() : size.end()] = (1_000).to_bytes(4, "little")
    assert is_refused(bytes(data), Trouble.DAMAGED)


def test_workbook_beyond_a_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, reason in {
        "MAX_PART": Trouble.SWOLLEN,
        "MAX_TOTAL": Trouble.SWOLLEN,
        "MAX_PARTS": Trouble.CROWDED,
    }.items():
        with monkeypatch.context() as patch:
            patch.setattr(container, limit, 5)
            assert is_refused(PLAIN, reason)
    monkeypatch.setattr(container, "MAX_OTHER_TAGS", 5)
    assert is_refused(PLAIN, Trouble.CROWDED)


def test_too_many_cells_are_refused() -> None:
    assert is_refused(
        with_cells("".join(f"<c><v>{n}</v></c>" for n in range(260_000))), Trouble.CROWDED
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused() -> None:
    for name in (SHEET, SHEET.upper(), SHEET.replace("/", "\\")):
        packed = io.BytesIO(PLAIN)
        with zipfile.ZipFile(packed, "a") as archive:
            archive.writestr(name, "<worksheet/>")
        assert is_refused(packed.getvalue(), Trouble.DUPLICATED)


def test_encrypted_parts_are_refused() -> None:
    data = bytearray(PLAIN)
    for entry in re.finditer(rb"PK\x01\x02", PLAIN):
        data[entry.start() + 8] |= 1
    assert is_refused(bytes(data), FileKind.ENCRYPTED)


def test_other_compression_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            target.writestr(
                name,
                source.read(name),
                zipfile.ZIP_BZIP2 if name == SHEET else zipfile.ZIP_DEFLATED,
            )
    assert is_refused(packed.getvalue(), Trouble.DAMAGED)


def test_reduced_package_keeps_only_needed_parts() -> None:
    packed = io.BytesIO(PLAIN)
    with zipfile.ZipFile(packed, "a") as archive:
        for name in (
            "xl/media/image1.png",
            "xl/worksheets/_rels/sheet1.xml.rels",
            "xl/comments1.xml",
            "customXml/item1.xml",
        ):
            archive.writestr(name, "x")
    package, findings = clean_package(packed.getvalue(), PLACE)
    assert isinstance(package, Package)
    assert findings == list[Finding]()
    assert {"xl/media/image1.png", "customxml/item1.xml"} <= set(package.dropped)
    assert set(package.notes) == {"xl/worksheets/_rels/sheet1.xml.rels", "xl/comments1.xml"}
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        assert set(archive.namelist()).isdisjoint([*package.dropped, *package.notes])


@pytest.mark.parametrize("opener", ["<?", "<!--", "<![CDATA["])
def test_flood_of_unclosed_elements_is_refused_quickly(opener: str) -> None:
    begun = time.process_time()
    assert is_refused(
        edited(sheet=swap("<sheetData>", "<sheetData>" + opener * 100_000)), Trouble.DAMAGED
    )
    assert time.process_time() - begun < 5


def test_text_that_resembles_the_stamp_of_a_sheet_is_no_stamp() -> None:

    assert [
        read_stamp(text)
        for text in ("xxgk-toolkit 手册", "xxgk-toolkit 2021 " + "9" * 5000, "xxgk-toolkit", 7)
    ] == [None] * 4
    assert read_stamp("xxgk-toolkit 2021 2021 甲 镇") is not None

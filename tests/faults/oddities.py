"""Workbooks that are odd but honest: every figure equals that of the untouched file."""

import re
import zipfile

from openpyxl.comments import Comment

from tests.faults.base import Fault
from tests.support.good import (
    INPUTS,
    Change,
    by_hand,
    chain,
    in_part,
    packed,
    part_of,
    parts,
    spot,
    sub,
    swap,
)

STRINGS, STYLES, WORKBOOK, TYPES = (
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "[Content_Types].xml",
)
RELS, CORE, CUSTOM = "xl/_rels/workbook.xml.rels", "docProps/core.xml", "docProps/custom.xml"
KEY = "requests.received.natural"
SHEET, CELL = part_of(KEY), spot(KEY).address


def odd(name: str, change: Change, *codes: str) -> Fault:
    return Fault(name, change, codes)


def strict(data: bytes) -> bytes:
    found = parts(data)
    usual = b"http://schemas.openxmlformats.org/"
    for name, body in found.items():
        if name.endswith((".xml", ".rels")) and name != TYPES:
            main = body.replace(
                usual + b"spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
            )
            found[name] = main.replace(
                usual + b"officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
    return packed(found)


def prefixed(body: bytes) -> bytes:
    body = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", body)
    return body.replace(
        b'xmlns="http://schemas.openxmlformats.org/sp',
        b'xmlns:x="http://schemas.openxmlformats.org/sp',
    )


def renamed_parts(data: bytes) -> bytes:
    return packed(
        {
            name.replace("/", "\\").replace("sheet", "SHEET"): body
            for name, body in parts(data).items()
        }
    )


def inline(data: bytes) -> bytes:
    """Every string of the sheet in its cell, as some programs write them."""
    found = parts(data)
    strings = re.findall(rb"<si><t[^>]*>(.*?)</t></si>", found[STRINGS], re.DOTALL)
    pattern = rb'<c r="(\w+)"([^>]*?) t="s"><v>(\d+)</v></c>'
    found[SHEET] = re.sub(
        pattern,
        lambda match: (
            b'<c r="%b"%b t="inlineStr"><is><t>%b</t></is></c>'
            % (match[1], match[2], strings[int(match[3])])
        ),
        found[SHEET],
    )
    return packed(found)


def rich(body: bytes) -> bytes:
    """Every string in two runs, with a guide to its pronunciation."""

    def runs(found: re.Match[bytes]) -> bytes:
        text = found[1].decode()
        if len(text) < 2 or "_x" in text or "&" in text:
            return found[0]
        half = len(text) // 2
        parts_of = "".join(
            f'<r><rPr><b/></rPr><t xml:space="preserve">{part}</t></r>'
            for part in (text[:half], text[half:])
        )
        return f'<si>{parts_of}<rPh sb="0" eb="1"><t>du</t></rPh></si>'.encode()

    return re.sub(rb"<si><t[^>]*>([^<]*)</t></si>", runs, body)


def without_places(body: bytes) -> bytes:
    """Cells that say no place, gaps filled with empty ones."""

    def row(found: re.Match[bytes]) -> bytes:
        cells = re.findall(rb"<c r=\"([A-Z]+)\d+\"([^>]*?)(/>|>.*?</c>)", found[2], re.DOTALL)
        out, column = [], 1
        for letters, attributes, rest in cells:
            number = 0
            for letter in letters:
                number = number * 26 + letter - 64
            out += [b"<c/>"] * (number - column)
            out.append(b"<c" + attributes + rest)
            column = number + 1
        return found[1] + b"".join(out) + b"</row>"

    return re.sub(rb"(<row r=\"\d+\"[^>]*>)(.*?)</row>", row, body, flags=re.DOTALL)


def far_cell(body: bytes) -> bytes:
    return body.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )


def million_rows(body: bytes) -> bytes:
    rows = b"".join(
        b'<row r="%d" ht="15"><c r="A%d" s="1"/></row>' % (number, number)
        for number in range(200, 1_000_200)
    )
    return body.replace(b"</sheetData>", rows + b"</sheetData>")


def as_text(body: bytes) -> bytes:
    return re.sub(
        rf'<c r="{CELL}"([^>]*)><v>(\d+)</v></c>'.encode(),
        rf'<c r="{CELL}"\1 t="str"><v>\2</v></c>'.encode(),
        body,
    )


def wps(data: bytes) -> bytes:
    found = parts(data)
    found["docProps/app.xml"] = found["docProps/app.xml"].replace(
        b"Microsoft Excel", "WPS 表格".encode()
    )
    found[CUSTOM] = found[CUSTOM].replace(
        b"</Properties>",
        b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="90" name="KSOProductBuildVer">'
        b"<vt:lpwstr>2052-11.1.0.14309</vt:lpwstr></property>"
        b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="91" name="ICV"><vt:lpwstr>9F</vt:lpwstr></property></Properties>',
    )
    found["xl/cellimages.xml"] = b"<etc:cellImages/>"
    return packed(found)


def broken_note(data: bytes) -> bytes:
    found = parts(
        by_hand(lambda book: setattr(book.worksheets[0]["A1"], "comment", Comment("请看", "王")))(
            data
        )
    )
    return packed(
        {
            name: b"<!DOCTYPE x><comments/>"
            if "comment" in name and name.endswith(".xml")
            else body
            for name, body in found.items()
        }
    )


VALIDATION = '<dataValidation type="wps" sqref="A1"><formula1>1</formula1></dataValidation>'
HEAVY = (
    '<conditionalFormatting sqref="A1"><cfRule type="wps" priority="1"/></conditionalFormatting>'
    '<hyperlinks><hyperlink ref="A1" r:id="rId9"/></hyperlinks><drawing r:id="rId1"/><legacyDrawing r:id="rId2"/>'
    '<picture r:id="rId4"/><oleObjects><oleObject shapeId="1" r:id="rId5"/></oleObjects><controls/>'
    '<tableParts count="1"><tablePart r:id="rId6"/></tableParts><extLst><ext uri="x"><wps/></ext></extLst>'
)
NAMES = '<definedName name="_xlnm.Foo" localSheetId="99">#REF!</definedName><definedName name="外部">[1]Sheet1!$A$1</definedName>'

ODDITIES: tuple[Fault, ...] = (
    odd("untouched", lambda data: data),
    odd("saved by openpyxl", by_hand(lambda book: None)),
    odd("empty fill", sub(STYLES, "<fill>.*?</fill>", "<fill/>")),
    odd("bad font family", sub(STYLES, '<family val="2"/>', '<family val="34"/>', 0)),
    odd(
        "bad alignment",
        sub(STYLES, '<alignment horizontal="center"', '<alignment horizontal="middle"', 0),
    ),
    odd("number format without code", sub(STYLES, 'formatCode="[^"]*"', ""), "R-30"),
    odd("styles missing", in_part(STYLES, lambda _: None), "R-30"),
    odd("styles cut off", in_part(STYLES, lambda body: body[: len(body) // 2]), "R-30"),
    odd("styles that are no XML", in_part(STYLES, lambda _: b"<styleSheet"), "R-30"),
    odd("style out of range", sub(SHEET, rf'<c r="{CELL}" s="\d+"', f'<c r="{CELL}" s="9999"')),
    odd("bad creation date", sub(CORE, "(<dcterms:created[^>]*>)[^<]*", r"\1昨天")),
    odd("core properties missing", in_part(CORE, lambda _: None)),
    odd("bad custom property", sub(CUSTOM, "<vt:lpwstr>2021</vt:lpwstr>", "<vt:r8>1,5</vt:r8>")),
    odd("custom properties broken", in_part(CUSTOM, lambda _: b"<broken")),
    odd("unknown validation", swap(SHEET, "<dataValidation ", VALIDATION + "<dataValidation ")),
    odd(
        "unknown attribute of a validation",
        swap(SHEET, "<dataValidation ", '<dataValidation wps="1" '),
    ),
    odd(
        "unknown format rule, links, drawings, tables",
        swap(SHEET, "</worksheet>", HEAVY + "</worksheet>"),
    ),
    odd("unknown attribute of a view", swap(SHEET, "<sheetView ", '<sheetView wps="1" ')),
    odd(
        "unknown attribute of the window",
        swap(WORKBOOK, "<workbookView ", '<workbookView wps="1" '),
    ),
    odd(
        "unknown attribute of the workbook",
        swap(WORKBOOK, "<workbookPr ", '<workbookPr wps="1" '),
        "R-30",
    ),
    odd("strict OOXML", strict),
    odd("prefixed elements", chain(in_part(SHEET, prefixed), in_part(STRINGS, prefixed))),
    odd("byte order mark", in_part(SHEET, lambda body: b"\xef\xbb\xbf" + body)),
    odd(
        "comment that looks like cells",
        swap(
            SHEET,
            "<sheetData>",
            f'<!-- <sheetData><row r="7"><c r="{CELL}"><v>9</v></c></row></sheetData> --><sheetData>',
        ),
    ),
    odd("comment between cells", sub(SHEET, f'(<c r="{CELL}"[^>]*>)', r"<!-- </sheetData> -->\1")),
    odd(
        "CDATA in a string", sub(STRINGS, "<si><t[^>]*>([^<&_]*)</t>", r"<si><t><![CDATA[\1]]></t>")
    ),
    odd("instruction in a sheet", swap(SHEET, "<sheetData>", "<?wps <sheetData/>?><sheetData>")),
    odd("backslashes and capitals in names of parts", renamed_parts),
    odd(
        "capitals in the list of types",
        swap(TYPES, "/xl/sharedStrings.xml", "/xl/SharedStrings.xml"),
    ),
    odd("backslash in a target", sub(RELS, "worksheets/sheet", r"worksheets\\sheet", 0)),
    odd("wrong dimension", sub(SHEET, '<dimension ref="[^"]*"', '<dimension ref="A1"')),
    odd("inline strings", inline),
    odd("rich strings with guides", in_part(STRINGS, rich)),
    odd("strings without a count", sub(STRINGS, ' count="\\d+" uniqueCount="\\d+"', "")),
    odd("cells without places", in_part(SHEET, without_places)),
    odd(
        "spans and heights of rows",
        sub(SHEET, '<row r="(\\d+)"', r'<row r="\1" dyDescent="0.3"', 0),
    ),
    odd("figures as decimals", sub(SHEET, rf'(<c r="{CELL}"[^>]*><v>\d+)</v>', r"\1.0</v>")),
    odd("figures with an exponent", sub(SHEET, rf'(<c r="{CELL}"[^>]*><v>\d+)</v>', r"\1E0</v>")),
    odd("a figure as text", in_part(SHEET, as_text), "V-08"),
    odd("a far cell", in_part(SHEET, far_cell)),
    odd("a million styled rows", in_part(SHEET, million_rows)),
    odd("broken and foreign names", swap(WORKBOOK, "<definedNames>", "<definedNames>" + NAMES)),
    odd("no names at all", sub(WORKBOOK, "<definedNames>.*</definedNames>", "")),
    odd(
        "calculation chain of nothing",
        lambda data: packed(
            parts(data) | {"xl/calcChain.xml": b"<calcChain><c r='A1' i='99'/></calcChain>"}
        ),
    ),
    odd("stored without packing", lambda data: packed(parts(data), zipfile.ZIP_STORED)),
    odd("bytes before the zip", lambda data: b"PK" + data),
    odd("theme missing", in_part("xl/theme/theme1.xml", lambda _: None)),
    odd(
        "definition in the theme, which nobody reads",
        in_part("xl/theme/theme1.xml", lambda _: b"<!DOCTYPE x><theme/>"),
    ),
    odd("definition in the notes", broken_note),
    odd(
        "a note of ten thousand characters",
        by_hand(
            lambda book: setattr(book.worksheets[0]["A1"], "comment", Comment("字" * 10_000, "王"))
        ),
    ),
    odd("WPS", wps),
    odd("windows of the workbook missing", sub(WORKBOOK, "<bookViews>.*</bookViews>", "")),
    odd("sheets in another order", by_hand(lambda book: book.move_sheet(spot(KEY).sheet, -4))),
    odd(
        "protection with a hash",
        sub(
            SHEET,
            "<sheetProtection ",
            '<sheetProtection algorithmName="SHA-512" hashValue="x" saltValue="y" spinCount="1" ',
        ),
    ),
)

assert KEY in INPUTS

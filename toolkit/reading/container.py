"""Unpacking a workbook from a stranger: within bounds, without what is dangerous, reduced to what a reader needs.

Everything here works on bytes, before any XML parser sees them: what is not passed on cannot hurt, cannot slow down and
cannot make openpyxl refuse a file whose figures are fine.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from toolkit.finding import Finding, Place
from toolkit.reading.sniff import Kind, Trouble, member_name, refusal

MAX_PARTS = 500
MAX_PART = 64 * 1024 * 1024
MAX_TOTAL = 120 * 1024 * 1024
MAX_RATIO, RATIO_FROM = 200, 1024 * 1024  # how often a part may hold its packed size, and from which size on that counts
MAX_TAGS = {b"worksheet": 600_000, b"sst": 600_000, b"document": 600_000}  # per kind of part; parsing costs by the tag, not by the byte
MAX_OTHER_TAGS = 200_000

_UNNEEDED = re.compile(
    r"(customxml|docprops/(?!app\.xml|custom\.xml))"
    r"|xl/(media|embeddings|drawings|charts|externallinks|printersettings|ctrlprops|activex|theme|persons|threadedcomments"
    r"|pivottables|pivotcache|tables|querytables|slicers|slicercaches|diagrams|webextensions|model|richdata)\b"
    r"|xl/(calcchain|metadata|connections|cellimages)\.xml"
    r"|xl/(?!worksheets)\w+/_rels/|xl/_rels/(?!workbook)"
)
_NOTES = re.compile(r"xl/worksheets/_rels/|xl/comments\b|xl/comments\d*\.xml")  # read apart; openpyxl never sees them
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
# Of these parts only the named elements are of use; the rest (views, formats, validations, drawings, links …) goes.
_WANTED = {
    b"worksheet": (b"cols", b"sheetData", b"sheetProtection", b"mergeCells"),
    b"workbook": (b"workbookPr", b"sheets", b"definedNames"),
    b"styleSheet": (b"numFmts", b"cellXfs"),
}
_STYLES = "xl/styles.xml"
_BARE = {b"worksheet": (b"sheetData",), b"workbook": (b"sheets",)}

_PREFIX = rb"(?:[\w.-]+:)?"
_ROOT = re.compile(rb"<(?P<prefix>" + _PREFIX + rb")(?P<name>\w+)(?=[\s>/])[^<>]*>")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"'>]*)")
_REFERENCE = re.compile(rb"((?:PartName|Target)\s*=\s*)(\"[^\"]*\"|'[^']*')")
_EMPTY_CELL = re.compile(rb"<(" + _PREFIX + rb"c)\s[^<>]*(?:/>|(?<!/)></\1\s*>)")
_EMPTY_ROW = re.compile(rb"<(" + _PREFIX + rb"row)\s[^<>]*(?:/>|(?<!/)>\s*</\1\s*>)")
_UNPLACED = re.compile(rb"<" + _PREFIX + rb"(?:c|row)(?=[\s/>])(?![^<>]*\sr\s*=)")
_ALIGNMENT = re.compile(rb"<" + _PREFIX + rb"alignment\b[^<>]*/>")
_SQREF = re.compile(rb"<" + _PREFIX + rb"dataValidation\s[^<>]*?\bsqref\s*=\s*[\"']([^\"'<>]*)")
_UNSEEN = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ESCAPE = re.compile(r"_x005F(_x[0-9A-F]{4}_)|_x(00[01][0-9A-F]|FFF[EF]|D[89A-F][0-9A-F]{2})_", re.IGNORECASE)


@dataclass(frozen=True)
class Package:
    """A workbook made safe. `data` is a plain zip with the needed parts, their names in lower case."""

    data: bytes
    application: str
    properties: Mapping[str, str]
    dropped: tuple[str, ...]  # names of parts that were left out
    notes: Mapping[str, bytes]  # parts with the notes of people and what ties them to sheets; never worth refusing a file for
    validated: Mapping[str, tuple[str, ...]]  # part of a sheet -> the areas in which its program checks what is typed
    styled: bool  # number formats and locks could be kept


class _RefusalError(Exception):
    def __init__(self, reason: Kind | Trouble) -> None:
        self.reason = reason


def clean(data: bytes, place: Place, *, bare: bool = False) -> tuple[Package | None, list[Finding]]:
    """Unpack and reduce a workbook. `bare` also leaves out number formats, names and protection: a second try."""
    try:
        parts, dropped = _unpack(data)
        wanted = _BARE if bare else _WANTED
        if bare:
            parts.pop(_STYLES, None)
        notes = {name: parts.pop(name) for name in tuple(parts) if _NOTES.match(name)}
        validated = {name: _areas(body) for name, body in parts.items() if name.startswith("xl/worksheets/")}
        parts = {name: _reduced(name, body, wanted) for name, body in parts.items()}
        _bound_tags(parts)
        package = Package(
            data=_packed(parts),
            application=_application(parts.get("docprops/app.xml", b"")),
            properties=_properties(parts.get("docprops/custom.xml", b"")),
            dropped=dropped,
            notes=notes,
            validated=validated,
            styled=b"cellXfs" in parts.get(_STYLES, b""),
        )
    except _RefusalError as refused:
        return None, [refusal(refused.reason, place)]
    except Exception:  # noqa: BLE001 - zipfile and zlib have many ways to say that a file is broken
        return None, [refusal(Trouble.DAMAGED, place)]
    return package, []


def parts_of(data: bytes, place: Place, wanted: str) -> tuple[dict[str, bytes], list[Finding]]:
    """The parts of another office document whose names fit, within the same bounds and refused for the same reasons."""
    try:
        parts = {name: _reduced(name, body, {}) for name, body in _unpack(data)[0].items() if re.fullmatch(wanted, name)}
        _bound_tags(parts)
    except _RefusalError as refused:
        return {}, [refusal(refused.reason, place)]
    except Exception:  # noqa: BLE001 - as above
        return {}, [refusal(Trouble.DAMAGED, place)]
    return parts, []


def unescape(text: str) -> str:
    """Undo the _xHHHH_ escapes of control characters in a cell text, and the escape of what only looks like one.

    The exact inverse of what XlsxWriter writes, where openpyxl is not: it deletes every "x005F_" and turns "_x0041_"
    into a letter, whoever typed it.
    """
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: found[1] or chr(int(found[2], 16)), text)
    if re.search("[\ud800-\udfff]", text):  # two halves of one character, each escaped; a lone half fits no file
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _unpack(data: bytes) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The needed parts, each read up to a limit: sizes in a zip's headers are only claims."""
    parts: dict[str, bytes] = {}
    dropped: list[str] = []
    with ZipFile(BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        names = [member_name(info.filename) for info in infos]
        if len(infos) > MAX_PARTS:
            raise _RefusalError(Trouble.CROWDED)
        if len(set(names)) < len(names):
            raise _RefusalError(Trouble.DUPLICATED)
        if any(info.flag_bits & 1 for info in infos):
            raise _RefusalError(Kind.ENCRYPTED)
        room = MAX_TOTAL
        for name, info in zip(names, infos, strict=True):
            if not name.endswith((".xml", ".rels")) or _UNNEEDED.match(name):
                dropped.append(name)
                continue
            parts[name] = _part(archive, info, room)
            room -= len(parts[name])
    return parts, tuple(dropped)


def _part(archive: ZipFile, info: ZipInfo, room: int) -> bytes:
    limit = min(MAX_PART, room)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _RefusalError(Trouble.DAMAGED)  # packages know no other, and the others unpack without bounds
    if info.file_size > limit:
        raise _RefusalError(Trouble.SWOLLEN)
    with archive.open(info) as part:
        body = part.read(limit + 1)
    if len(body) > limit or (len(body) > RATIO_FROM and len(body) > MAX_RATIO * max(info.compress_size, 1)):
        raise _RefusalError(Trouble.SWOLLEN)
    return body


def _reduced(name: str, body: bytes, wanted: Mapping[bytes, tuple[bytes, ...]]) -> bytes:
    """One part, refused when it is unsafe, and with only the elements that are of use."""
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    encoding = _ENCODING.match(body)
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body or b"\0" in body or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _RefusalError(Trouble.UNSAFE)  # a zero byte stands in every UTF-16 or UTF-32 text, and in no XML
    if encoding and encoding[1].strip().lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise _RefusalError(Trouble.UNSAFE)  # the tests above read bytes as ASCII; another encoding would slip past them
    if not body.startswith(b"<"):
        raise _RefusalError(Trouble.DAMAGED)
    if b"purl.oclc.org" in body:
        for strict, usual in _STRICT:
            body = body.replace(strict, usual)
    if name == "[content_types].xml" or name.endswith(".rels"):
        return _REFERENCE.sub(lambda found: found[1] + found[2].replace(b"\\", b"/").lower(), body)
    body = _seen(body)
    root = _ROOT.search(body)
    if root is None or root["name"] not in wanted or root[0].endswith(b"/>"):
        return body
    return _with_only(body, root, wanted[root["name"]])


def _areas(sheet: bytes) -> tuple[str, ...]:
    """Taken as text: openpyxl refuses whole files for a kind of validation that it does not know."""
    element, _ = _cut(sheet, b"dataValidations", required=False)
    return tuple(found[1].decode("ascii", "replace") for found in _SQREF.finditer(element))


def _seen(body: bytes) -> bytes:
    """Without comments and instructions, and with plain text for CDATA: what stands in them looks like elements, but is none."""
    if body.find(b"<!") < 0 and body.find(b"<?", 2) < 0:
        return body

    def text(found: re.Match[bytes]) -> bytes:
        return (found[1] or b"").replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")

    return _UNSEEN.sub(text, body)


def _with_only(body: bytes, root: re.Match[bytes], wanted: tuple[bytes, ...]) -> bytes:
    required = root["name"] != b"styleSheet"  # half of a style sheet is as good as none, half of a sheet loses figures
    if required and b"</" + root["name"] not in body[-1000:].replace(b"</" + root["prefix"], b"</"):
        raise _RefusalError(Trouble.DAMAGED)
    kept = []
    rest = body[root.end() :]
    for name in wanted:
        element, after = _cut(rest, name, required=required)
        if name == b"sheetData" and not _UNPLACED.search(element):
            element = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", element))
        elif name == b"cellXfs":
            element = _ALIGNMENT.sub(b"", element)
        if required and element and _start_of(name).search(after):
            raise _RefusalError(Trouble.DAMAGED)  # twice: which one would a spreadsheet program show?
        if name == b"sheetData":
            rest = after
        kept.append(element)
    return b"".join((root[0], *kept, b"</", root["prefix"], root["name"], b">"))


def _start_of(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(" + _PREFIX + name + rb")(?:\s[^<>]*)?/?>")


def _cut(xml: bytes, name: bytes, *, required: bool) -> tuple[bytes, bytes]:
    """The first element of this name, and what follows it. One that never ends is damage, or nothing if not required."""
    start = _start_of(name).search(xml)
    if start is None:
        return b"", xml
    if start[0].endswith(b"/>"):
        return start[0], xml[start.end() :]
    end = re.compile(rb"</" + re.escape(start[1]) + rb"\s*>").search(xml, start.end())
    if end is not None:
        return xml[start.start() : end.end()], xml[end.end() :]
    if required:
        raise _RefusalError(Trouble.DAMAGED)
    return b"", xml


def _bound_tags(parts: Mapping[str, bytes]) -> None:
    """Refuse what would keep the parser busy for minutes; no form comes near these numbers."""
    tags: dict[bytes, int] = {}
    for body in parts.values():
        root = _ROOT.search(body)
        name = root["name"] if root is not None and root["name"] in MAX_TAGS else b""
        tags[name] = tags.get(name, 0) + body.count(b"<")
    if any(count > MAX_TAGS.get(name, MAX_OTHER_TAGS) for name, count in tags.items()):
        raise _RefusalError(Trouble.CROWDED)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, body in parts.items():
            archive.writestr("[Content_Types].xml" if name == "[content_types].xml" else name, body)
    return packed.getvalue()


def _application(xml: bytes) -> str:
    """The program that saved the file last; worth knowing when a file is odd, never worth refusing it for."""
    try:
        return next((node.text or "" for node in fromstring(xml) if node.tag.endswith("}Application")), "")
    except Exception:  # noqa: BLE001 - broken metadata
        return ""


def _properties(xml: bytes) -> dict[str, str]:
    """The custom properties as text; openpyxl refuses whole files for one odd value among them."""
    try:
        nodes = [node for node in fromstring(xml) if node.get("name") and len(node)]
        return {str(node.get("name")): unescape(node[0].text or "") for node in nodes}
    except Exception:  # noqa: BLE001 - broken metadata
        return {}

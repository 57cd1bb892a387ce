"""Unpacking a workbook from a stranger: within bounds, and reduced to what a reader needs.

All of it works on bytes, before any XML parser sees them: what is not passed on cannot hurt, cannot
slow down and cannot make openpyxl refuse a file whose figures are fine.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from toolkit.files.reduce import ROOT, RefusalError, find_validations, reduce_part
from toolkit.files.sniff import FileKind, Trouble, member_name, refusal
from toolkit.finding import Finding, Place

MAX_PARTS = 500
MAX_PART = 64 * 1024 * 1024
MAX_TOTAL = 120 * 1024 * 1024
# How often a part may hold its packed size, and from which size on that counts.
MAX_RATIO, RATIO_FROM = 200, 1024 * 1024
# Per kind of part; parsing costs by the tag, not by the byte.
MAX_TAGS = {b"worksheet": 600_000, b"sst": 600_000, b"document": 600_000}
MAX_OTHER_TAGS = 200_000

_UNNEEDED = re.compile(
    r"(customxml|docprops/(?!app\.xml|custom\.xml))"
    r"|xl/(media|embeddings|drawings|charts|externallinks|printersettings|ctrlprops|activex|theme"
    r"|persons|threadedcomments|pivottables|pivotcache|tables|querytables|slicers|slicercaches"
    r"|diagrams|webextensions|model|richdata)\b"
    r"|xl/(calcchain|metadata|connections|cellimages)\.xml"
    r"|xl/(?!worksheets)\w+/_rels/|xl/_rels/(?!workbook)"
)
# Read apart from the rest; openpyxl never sees them.
_NOTES = re.compile(r"xl/worksheets/_rels/|xl/comments\b|xl/comments\d*\.xml")
# Of these parts only the named elements are of use. Views, drawings, links and so on are dropped.
_WANTED = {
    b"worksheet": (b"cols", b"sheetData", b"sheetProtection", b"mergeCells"),
    b"workbook": (b"workbookPr", b"sheets", b"definedNames"),
    b"styleSheet": (b"numFmts", b"cellXfs"),
}
_STYLES = "xl/styles.xml"
_BARE = {b"worksheet": (b"sheetData",), b"workbook": (b"sheets",)}

_ESCAPE = re.compile(
    r"_x005F(_x[0-9A-F]{4}_)|_x(00[01][0-9A-F]|FFF[EF]|D[89A-F][0-9A-F]{2})_", re.IGNORECASE
)


@dataclass(frozen=True)
class Package:
    """A workbook made safe.

    `data` is a plain zip with the needed parts, their names in lower case.
    """

    data: bytes
    application: str
    properties: Mapping[str, str]
    dropped: tuple[str, ...]  # names of parts that were omitted
    # Parts with the notes of people and what ties them to sheets; never worth refusing a file for.
    notes: Mapping[str, bytes]
    # The part of a sheet -> the areas in which its program checks what is typed.
    validated: Mapping[str, tuple[str, ...]]
    styled: bool  # number formats and locks could be kept


def clean_package(
    data: bytes, place: Place, *, bare: bool = False
) -> tuple[Package | None, list[Finding]]:
    """A workbook unpacked and reduced, or None and one finding that says why.

    `bare` also omits number formats, names and protection: a second try.
    """
    try:
        return _clean(data, bare=bare), []
    except RefusalError as refused:
        return None, [refusal(refused.reason, place)]
    except Exception:  # noqa: BLE001 - zipfile and zlib have many ways to say that a file is broken
        return None, [refusal(Trouble.DAMAGED, place)]


def _clean(data: bytes, *, bare: bool) -> Package:
    parts, dropped = _unpack(data)
    if bare:
        parts.pop(_STYLES, None)
    notes = {name: parts.pop(name) for name in tuple(parts) if _NOTES.match(name)}
    sheets = [name for name in parts if name.startswith("xl/worksheets/")]
    validated = {name: find_validations(parts[name]) for name in sheets}
    wanted = _BARE if bare else _WANTED
    for name in tuple(parts):  # each taken out before, so that there are never two copies of all
        parts[name] = reduce_part(name, parts.pop(name), wanted)
    _bound_tags(parts)
    return Package(
        data=_pack(parts),
        application=_read_application(parts.get("docprops/app.xml", b"")),
        properties=_read_properties(parts.get("docprops/custom.xml", b"")),
        dropped=dropped,
        notes=notes,
        validated=validated,
        styled=b"cellXfs" in parts.get(_STYLES, b""),
    )


def read_parts(data: bytes, place: Place, wanted: str) -> tuple[dict[str, bytes], list[Finding]]:
    """The parts of another office document whose names fit, within the same bounds.

    No parts and one finding where it is refused, for the same reasons as a workbook.
    """
    try:
        unpacked, _ = _unpack(data)
        names = [name for name in unpacked if re.fullmatch(wanted, name)]
        parts = {name: reduce_part(name, unpacked[name], {}) for name in names}
        _bound_tags(parts)
    except RefusalError as refused:
        return {}, [refusal(refused.reason, place)]
    except Exception:  # noqa: BLE001 - as above
        return {}, [refusal(Trouble.DAMAGED, place)]
    return parts, []


def unescape(text: str) -> str:
    """Undo the _xHHHH_ escapes of control characters, and the escape of what only looks like one.

    The exact inverse of what XlsxWriter writes, where openpyxl is not: it deletes every "x005F_"
    and turns "_x0041_" into a letter, whoever typed it.
    """
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: found[1] or chr(int(found[2], 16)), text)
    # Two halves of one character, each escaped, are one; a lone half fits no file.
    if re.search("[\ud800-\udfff]", text):
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
            raise RefusalError(Trouble.CROWDED)
        if len(set(names)) < len(names):
            raise RefusalError(Trouble.DUPLICATED)
        if any(info.flag_bits & 1 for info in infos):
            raise RefusalError(FileKind.ENCRYPTED)
        room = MAX_TOTAL
        for name, info in zip(names, infos, strict=True):
            if not name.endswith((".xml", ".rels")) or _UNNEEDED.match(name):
                dropped.append(name)
                continue
            parts[name] = _read_part(archive, info, room)
            room -= len(parts[name])
    return parts, tuple(dropped)


def _read_part(archive: ZipFile, info: ZipInfo, room: int) -> bytes:
    """The content of a part, read up to a limit."""
    limit = min(MAX_PART, room)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        # Packages know no other way to pack, and the others unpack without bounds.
        raise RefusalError(Trouble.DAMAGED)
    if info.file_size > limit:
        raise RefusalError(Trouble.SWOLLEN)
    with archive.open(info) as part:
        body = part.read(limit + 1)
    is_swollen = len(body) > RATIO_FROM and len(body) > MAX_RATIO * max(info.compress_size, 1)
    if len(body) > limit or is_swollen:
        raise RefusalError(Trouble.SWOLLEN)
    return body


def _bound_tags(parts: Mapping[str, bytes]) -> None:
    """Refuse what would keep the parser busy for minutes; no form comes near these numbers."""
    counts: dict[bytes, int] = {}
    for body in parts.values():
        root = ROOT.search(body)
        name = root["name"] if root is not None and root["name"] in MAX_TAGS else b""
        counts[name] = counts.get(name, 0) + body.count(b"<")
    if any(count > MAX_TAGS.get(name, MAX_OTHER_TAGS) for name, count in counts.items()):
        raise RefusalError(Trouble.CROWDED)


def _pack(parts: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, body in parts.items():
            archive.writestr("[Content_Types].xml" if name == "[content_types].xml" else name, body)
    return packed.getvalue()


def _read_application(xml: bytes) -> str:
    """The program that saved the file last.

    Worth knowing when a file is odd, never worth refusing it for.
    """
    try:
        for node in fromstring(xml):
            if node.tag.endswith("}Application"):
                return node.text or ""
    except Exception:  # noqa: BLE001, S110 - broken metadata
        pass
    return ""


def _read_properties(xml: bytes) -> dict[str, str]:
    """The custom properties as text; openpyxl refuses whole files for one odd value among them."""
    try:
        nodes = [node for node in fromstring(xml) if node.get("name") and len(node)]
        return {str(node.get("name")): unescape(node[0].text or "") for node in nodes}
    except Exception:  # noqa: BLE001 - broken metadata
        return {}

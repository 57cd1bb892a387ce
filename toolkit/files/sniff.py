"""What a file is, told from its bytes: names and extensions of files that people send in are often wrong.

One table (`MARKS`) knows every kind; a new kind is one row here and one entry in kinds.toml.
"""

import re
import stat
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from toolkit.codes import make_finding
from toolkit.finding import Finding, Place
from toolkit.templates import read_toml, shipped

MAX_FILE = 20 * 1024 * 1024
MAX_ENTRIES = (
    5_000  # of a zip that is looked into at all; a directory of 20 MB would take seconds to list
)
_HEAD = 4096
_MAX_MANIFEST = 1024 * 1024
_FLAGS = re.IGNORECASE | re.DOTALL


class Kind(StrEnum):
    """What a file is. Only XLSX can be read as a workbook; whether it is ours is told later, by its content."""

    XLSX = "xlsx"
    EMPTY = "empty"
    LOCK = "lock"
    TRUNCATED = "truncated"
    ENCRYPTED = "encrypted"
    XLS = "xls"
    DOC = "doc"
    PPT = "ppt"
    OLE = "ole"
    MACRO = "macro"
    XLSB = "xlsb"
    DOCX = "docx"
    PPTX = "pptx"
    ODS = "ods"
    ODT = "odt"
    OFD = "ofd"
    ZIP = "zip"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    PDF = "pdf"
    HTML = "html"
    MHT = "mht"
    XML = "xml"
    RTF = "rtf"
    JSON = "json"
    TEXT = "text"
    PICTURE = "picture"
    UNKNOWN = "unknown"


class Trouble(StrEnum):
    """Why a file could not be opened, whatever its kind."""

    MISSING = "missing"
    FOLDER = "folder"
    DENIED = "denied"
    UNREADABLE = "unreadable"
    LARGE = "large"
    DAMAGED = "damaged"
    SWOLLEN = "swollen"
    CROWDED = "crowded"
    DUPLICATED = "duplicated"
    UNSAFE = "unsafe"
    FOREIGN = "foreign"  # a workbook that is not ours


@dataclass(frozen=True)
class Mark:
    """One row of the table: a file is of this kind when everything given here holds. The expressions ignore case."""

    kind: Kind
    name: str = ""  # how the file name begins
    first: bytes = b""  # how the content begins, byte order mark and white space apart
    holds: bytes = b""  # literally somewhere in the file
    member: str = ""  # the full name of one part of the zip, with / and in lower case
    says: bytes = b""  # in the part that declares the type of an office document


def _stream(name: str) -> bytes:
    """A stream of an OLE file as its directory spells it; the zeros keep text that mentions the word from matching."""
    return name.encode("utf-16-le") + b"\0" * 8


_OLE = rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = rb"(<\?xml[^>]*>\s*)?(<!--((?!-->).)*-->\s*)*<(!doctype\s+html|html|head|body|table|meta|div|p|span|style|title|script|link)\b"
_PICTURE = rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{0,4}ftyp(heic|heix|mif1)"

MARKS: tuple[Mark, ...] = (  # the first row that fits decides
    Mark(Kind.LOCK, name=r"~\$|\.~"),
    Mark(Kind.EMPTY, first=rb"\0*\Z"),
    Mark(Kind.LOCK, first=rb"\x05"),
    Mark(Kind.ENCRYPTED, first=_OLE, holds=_stream("EncryptedPackage")),
    Mark(Kind.DOC, first=_OLE, holds=_stream("WordDocument")),
    Mark(Kind.PPT, first=_OLE, holds=_stream("PowerPoint Document")),
    Mark(Kind.XLS, first=_OLE, holds=_stream("Workbook")),
    Mark(Kind.XLS, first=_OLE, holds=_stream("Book")),
    Mark(Kind.OLE, first=_OLE),
    Mark(Kind.XLSB, member=r"xl/workbook\.bin"),
    Mark(Kind.MACRO, member=r"xl/vbaproject\.bin"),
    Mark(Kind.MACRO, says=rb"ms-excel[^\"']*macroEnabled"),
    Mark(Kind.XLSX, says=rb"spreadsheetml\.(sheet|template)\.main\+xml"),
    Mark(Kind.DOCX, member=r"word/document\d*\.xml"),
    Mark(Kind.PPTX, member=r"ppt/presentation\.xml"),
    Mark(Kind.XLSX, member=r"xl/workbook\.xml"),
    Mark(Kind.ODS, says=rb"opendocument\.spreadsheet"),
    Mark(Kind.ODT, says=rb"opendocument\.text"),
    Mark(Kind.OFD, member=r"ofd\.xml"),
    Mark(Kind.ZIP, member=r".*"),
    Mark(Kind.ZIP, first=rb"PK\x05\x06"),
    Mark(Kind.TRUNCATED, first=rb"PK\x03\x04"),
    Mark(Kind.RAR, first=rb"Rar!\x1a\x07"),
    Mark(Kind.SEVEN_ZIP, first=rb"7z\xbc\xaf\x27\x1c"),
    Mark(Kind.PDF, first=rb"%PDF-"),
    Mark(Kind.PICTURE, first=_PICTURE),
    Mark(Kind.RTF, first=rb"\{\\rtf"),
    Mark(Kind.MHT, first=rb"(from:|mime-version:)[^\0]*multipart/related"),
    Mark(Kind.HTML, first=_HTML),
    Mark(Kind.XML, first=rb"<\?xml"),
    Mark(Kind.JSON, first=rb"\{\s*[\"}]|\[\s*[\[{\"\]]"),
    Mark(Kind.TEXT, first=rb"[^\x00-\x08\x0e-\x1a\x1c-\x1f]+\Z"),
)


@dataclass(frozen=True)
class _Probe:
    """What the table looks at, prepared once per file."""

    name: str
    data: bytes
    head: bytes
    members: tuple[str, ...]
    says: bytes

    def fits(self, mark: Mark) -> bool:
        return (
            (not mark.name or re.match(mark.name, self.name) is not None)
            and (not mark.first or re.match(mark.first, self.head, _FLAGS) is not None)
            and mark.holds in self.data
            and (
                not mark.member or any(re.fullmatch(mark.member, member) for member in self.members)
            )
            and (not mark.says or re.search(mark.says, self.says, _FLAGS) is not None)
        )


def sniff(data: bytes, name: str = "") -> Kind:
    """The kind of a file. `name` (a path will do) only tells lock files; the bytes tell everything else."""
    members, says = _inside(data)
    probe = _Probe(re.split(r"[/\\]", name)[-1], data, _head(data), members, says)
    return next((mark.kind for mark in MARKS if probe.fits(mark)), Kind.UNKNOWN)


def member_name(raw: str) -> str:
    """The name of a part as packages mean it: some Windows programs write backslashes, and case does not count."""
    return raw.replace("\\", "/").lstrip("/").lower()


def _head(data: bytes) -> bytes:
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")


def _inside(data: bytes) -> tuple[tuple[str, ...], bytes]:
    """The names of the parts of a zip, and the text that declares what it is; nothing of a file that is no whole zip."""
    if not data.startswith(b"PK"):
        return (), b""
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        return ("too many to look at",), b""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return tuple(member_name(info.filename) for info in archive.infolist()), _declaration(
                archive
            )
    except Exception:  # noqa: BLE001 - a zip can be broken in more ways than zipfile has exceptions for
        return (), b""


def _declaration(archive: ZipFile) -> bytes:
    for info in archive.infolist():
        plain = not info.flag_bits & 1 and info.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        if plain and member_name(info.filename) in ("mimetype", "[content_types].xml"):
            try:
                with archive.open(info) as part:
                    return part.read(_MAX_MANIFEST)
            except Exception:  # noqa: BLE001 - the names of the parts still tell most kinds
                return b""
    return b""


@cache
def _sentences() -> dict[str, Any]:
    return read_toml(shipped("workbook_templates") / "kinds.toml")


def refusal(kind: Kind | Trouble, place: Place) -> Finding:
    """The finding that says what this file is and what to do about it."""
    words = _sentences()["kind" if isinstance(kind, Kind) else "trouble"][kind.value]
    return make_finding("file_unreadable", place, what=words["what"], todo=words["todo"])


def load_bytes(path: Path) -> tuple[bytes | None, Kind | None, list[Finding]]:
    """The bytes of a file and their kind. Whether that kind is of use is for the caller to say, with `refusal`."""
    trouble: Trouble | None = None
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            trouble = Trouble.FOLDER
        elif not stat.S_ISREG(mode):  # a pipe or a device would block or never end
            trouble = Trouble.UNREADABLE
        else:
            with path.open("rb") as file:
                data = file.read(MAX_FILE + 1)
            if len(data) <= MAX_FILE:
                return data, sniff(data, path.name), []
            trouble = Trouble.LARGE
    except (FileNotFoundError, NotADirectoryError):
        trouble = Trouble.MISSING
    except PermissionError:
        trouble = Trouble.DENIED
    except (OSError, ValueError):  # ValueError: a path with a zero byte in it
        trouble = Trouble.UNREADABLE
    return None, None, [refusal(trouble, Place(file=str(path)))]

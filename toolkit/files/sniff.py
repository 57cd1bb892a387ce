"""What a file is, by its bytes: names and extensions of files that people send in are often wrong.

One table (`SIGNATURES`) knows every kind; a new kind is one row here and one entry in kinds.toml.
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
# Of a zip that is looked into at all: a directory of 20 MB would take seconds to list.
MAX_ENTRIES = 5_000
_HEAD = 4096
_MAX_MANIFEST = 1024 * 1024
_FLAGS = re.IGNORECASE | re.DOTALL


class FileKind(StrEnum):
    """What a file is.

    Only XLSX can be read as a workbook; whether it is ours is seen later, in its content.
    """

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
    """Why a file of any kind could not be opened."""

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
class Signature:
    """One row of the table: a file is of this kind when everything given here holds.

    The expressions ignore case.
    """

    kind: FileKind
    name: str = ""  # how the file name begins
    first: bytes = b""  # how the content begins, byte order mark and white space apart
    holds: bytes = b""  # literally somewhere in the file
    member: str = ""  # the full name of one part of the zip, with / and in lower case
    says: bytes = b""  # in the part that declares the type of an office document


def _stream(name: str) -> bytes:
    """A stream of an OLE file as its directory spells it.

    The zeros keep text that mentions the word from matching.
    """
    return name.encode("utf-16-le") + b"\0" * 8


_OLE = rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = (
    rb"(<\?xml[^>]*>\s*)?(<!--((?!-->).)*-->\s*)*"
    rb"<(!doctype\s+html|html|head|body|table|meta|div|p|span|style|title|script|link)\b"
)
_PICTURE = (
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP"
    rb"|.{0,4}ftyp(heic|heix|mif1)"
)

SIGNATURES: tuple[Signature, ...] = (  # the first row that fits decides
    Signature(FileKind.LOCK, name=r"~\$|\.~"),
    Signature(FileKind.EMPTY, first=rb"\0*\Z"),
    Signature(FileKind.LOCK, first=rb"\x05"),
    Signature(FileKind.ENCRYPTED, first=_OLE, holds=_stream("EncryptedPackage")),
    Signature(FileKind.DOC, first=_OLE, holds=_stream("WordDocument")),
    Signature(FileKind.PPT, first=_OLE, holds=_stream("PowerPoint Document")),
    Signature(FileKind.XLS, first=_OLE, holds=_stream("Workbook")),
    Signature(FileKind.XLS, first=_OLE, holds=_stream("Book")),
    Signature(FileKind.OLE, first=_OLE),
    Signature(FileKind.XLSB, member=r"xl/workbook\.bin"),
    Signature(FileKind.MACRO, member=r"xl/vbaproject\.bin"),
    Signature(FileKind.MACRO, says=rb"ms-excel[^\"']*macroEnabled"),
    Signature(FileKind.XLSX, says=rb"spreadsheetml\.(sheet|template)\.main\+xml"),
    Signature(FileKind.DOCX, member=r"word/document\d*\.xml"),
    Signature(FileKind.PPTX, member=r"ppt/presentation\.xml"),
    Signature(FileKind.XLSX, member=r"xl/workbook\.xml"),
    Signature(FileKind.ODS, says=rb"opendocument\.spreadsheet"),
    Signature(FileKind.ODT, says=rb"opendocument\.text"),
    Signature(FileKind.OFD, member=r"ofd\.xml"),
    Signature(FileKind.ZIP, member=r".*"),
    Signature(FileKind.ZIP, first=rb"PK\x05\x06"),
    Signature(FileKind.TRUNCATED, first=rb"PK\x03\x04"),
    Signature(FileKind.RAR, first=rb"Rar!\x1a\x07"),
    Signature(FileKind.SEVEN_ZIP, first=rb"7z\xbc\xaf\x27\x1c"),
    Signature(FileKind.PDF, first=rb"%PDF-"),
    Signature(FileKind.PICTURE, first=_PICTURE),
    Signature(FileKind.RTF, first=rb"\{\\rtf"),
    Signature(FileKind.MHT, first=rb"(from:|mime-version:)[^\0]*multipart/related"),
    Signature(FileKind.HTML, first=_HTML),
    Signature(FileKind.XML, first=rb"<\?xml"),
    Signature(FileKind.JSON, first=rb"\{\s*[\"}]|\[\s*[\[{\"\]]"),
    Signature(FileKind.TEXT, first=rb"[^\x00-\x08\x0e-\x1a\x1c-\x1f]+\Z"),
)


@dataclass(frozen=True)
class _Probe:
    """What the table looks at, prepared once per file."""

    name: str
    data: bytes
    head: bytes
    members: tuple[str, ...]
    declared: bytes

    def fits(self, signature: Signature) -> bool:
        """Whether all that a row of the table gives is true of the file."""
        return (
            self._has_name(signature.name)
            and self._begins_with(signature.first)
            and signature.holds in self.data
            and self._has_member(signature.member)
            and self._declares(signature.says)
        )

    def _has_name(self, pattern: str) -> bool:
        return not pattern or re.match(pattern, self.name) is not None

    def _begins_with(self, pattern: bytes) -> bool:
        return not pattern or re.match(pattern, self.head, _FLAGS) is not None

    def _has_member(self, pattern: str) -> bool:
        return not pattern or any(re.fullmatch(pattern, member) for member in self.members)

    def _declares(self, pattern: bytes) -> bool:
        return not pattern or re.search(pattern, self.declared, _FLAGS) is not None


def sniff(data: bytes, name: str = "") -> FileKind:
    """The kind of a file.

    `name` (a path will do) only shows lock files; the bytes show everything else.
    """
    members, declared = _look_inside(data)
    probe = _Probe(re.split(r"[/\\]", name)[-1], data, _read_head(data), members, declared)
    for signature in SIGNATURES:
        if probe.fits(signature):
            return signature.kind
    return FileKind.UNKNOWN


def member_name(raw: str) -> str:
    """The name of a part as packages mean it.

    Some Windows programs write backslashes, and case does not count.
    """
    return raw.replace("\\", "/").lstrip("/").lower()


def _read_head(data: bytes) -> bytes:
    """The beginning of a file, without byte order mark and white space; UTF-16 as UTF-8."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")


def _look_inside(data: bytes) -> tuple[tuple[str, ...], bytes]:
    """The names of the parts of a zip, and the text that declares what it is.

    Nothing of a file that is no whole zip.
    """
    if not data.startswith(b"PK"):
        return (), b""
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        return ("too many to look at",), b""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = tuple(member_name(info.filename) for info in archive.infolist())
            return names, _read_declaration(archive)
    except Exception:  # noqa: BLE001 - zips break in more ways than zipfile has exceptions for
        return (), b""


def _read_declaration(archive: ZipFile) -> bytes:
    """The first part in which office documents declare their type.

    b"" where there is none that can be read.
    """
    for info in archive.infolist():
        is_plain = not info.flag_bits & 1 and info.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        if is_plain and member_name(info.filename) in ("mimetype", "[content_types].xml"):
            try:
                with archive.open(info) as part:
                    return part.read(_MAX_MANIFEST)
            except Exception:  # noqa: BLE001 - the names of the parts still show most kinds
                return b""
    return b""


@cache
def _read_sentences() -> dict[str, Any]:
    return read_toml(shipped("workbook_templates") / "kinds.toml")


def refusal(kind: FileKind | Trouble, place: Place) -> Finding:
    """The finding that says what this file is and what to do about it."""
    table = "kind" if isinstance(kind, FileKind) else "trouble"
    words = _read_sentences()[table][kind.value]
    return make_finding("file_unreadable", place, what=words["what"], todo=words["todo"])


def load_bytes(path: Path) -> tuple[bytes | None, FileKind | None, list[Finding]]:
    """The bytes of a file and their kind; None, None and a finding where it cannot be opened.

    Whether that kind is of use is for the caller to say, with `refusal`.
    """
    try:
        loaded = _load(path)
    except (FileNotFoundError, NotADirectoryError):
        loaded = Trouble.MISSING
    except PermissionError:
        loaded = Trouble.DENIED
    except (OSError, ValueError):  # ValueError: a path with a zero byte in it
        loaded = Trouble.UNREADABLE
    if isinstance(loaded, Trouble):
        return None, None, [refusal(loaded, Place(file=str(path)))]
    return loaded, sniff(loaded, path.name), []


def _load(path: Path) -> bytes | Trouble:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return Trouble.FOLDER
    if not stat.S_ISREG(mode):  # a pipe or a device would block or never end
        return Trouble.UNREADABLE
    with path.open("rb") as file:
        data = file.read(MAX_FILE + 1)
    return data if len(data) <= MAX_FILE else Trouble.LARGE

"""What a file is, told from its bytes: names and extensions of files that people send in are often wrong.

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
MAX_ENTRIES = (
    5_000  # of a zip that is looked into at all; a directory of 20 MB would take seconds to list
)
_HEAD = 4096
_MAX_MANIFEST = 1024 * 1024
_FLAGS = re.IGNORECASE | re.DOTALL


class FileKind(StrEnum):
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
class Signature:
    """One row of the table: a file is of this kind when everything given here holds. The expressions ignore case."""

    kind: FileKind
    name: str = ""  # how the file name begins
    first: bytes = b""  # how the content begins, byte order signature and white space apart
    holds: bytes = b""  # literally somewhere in the file
    member: str = ""  # the full name of one part of the zip, with / and in lower case
    says: bytes = b""  # in the part that declares the type of an office document


def _stream(name: str) -> bytes:
    """A stream of an OLE file as its directory spells it; the zeros keep text that mentions the word from matching."""
    return name.encode("utf-16-le") + b"\0" * 8


_OLE = rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = rb"(<\?xml[^>]*>\s*)?(<!--((?!-->).)*-->\s*)*<(!doctype\s+html|html|head|body|table|meta|div|p|span|style|title|script|link)\b"
_PICTURE = rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{0,4}ftyp(heic|heix|mif1)"

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
    says: bytes

    def fits(self, signature: Signature) -> bool:
        return (
            (not signature.name or re.match(signature.name, self.name) is not None)
            and (not signature.first or re.match(signature.first, self.head, _FLAGS) is not None)
            and signature.holds in self.data
            and (
                not signature.member
                or any(re.fullmatch(signature.member, member) for member in self.members)
            )
            and (not signature.says or re.search(signature.says, self.says, _FLAGS) is not None)
        )


def sniff(data: bytes, name: str = "") -> FileKind:
    """The kind of a file. `name` (a path will do) only tells lock files; the bytes tell everything else."""
    members, says = _inside(data)
    probe = _Probe(re.split(r"[/\\]", name)[-1], data, _head(data), members, says)
    return next(
        (signature.kind for signature in SIGNATURES if probe.fits(signature)), FileKind.UNKNOWN
    )


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


def refusal(kind: FileKind | Trouble, place: Place) -> Finding:
    """The finding that says what this file is and what to do about it."""
    words = _sentences()["kind" if isinstance(kind, FileKind) else "trouble"][kind.value]
    return make_finding("file_unreadable", place, what=words["what"], todo=words["todo"])


def load_bytes(path: Path) -> tuple[bytes | None, FileKind | None, list[Finding]]:
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

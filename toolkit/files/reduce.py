"""One part of a package made safe and small, as bytes.

It is refused when it is unsafe, else reduced to the elements that are of use.

Large parts are never copied whole: a sheet of a million styled rows is as long as a part may be.
"""

import re
from collections.abc import Iterator, Mapping

from toolkit.files.sniff import FileKind, Trouble

BLOCK = 4 * 1024 * 1024  # how much of a sheet is gone through at a time

_PREFIX = rb"(?:[\w.-]+:)?"
ROOT = re.compile(rb"<(?P<prefix>" + _PREFIX + rb")(?P<name>\w+)(?=[\s>/])[^<>]*>")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"'>]*)")
_REFERENCE = re.compile(rb"((?:PartName|Target)\s*=\s*)(\"[^\"]*\"|'[^']*')")
_ROW = re.compile(rb"<" + _PREFIX + rb"row[\s/>]")
_EMPTY_CELL = re.compile(rb"<(" + _PREFIX + rb"c)\s[^<>]*(?:/>|(?<!/)></\1\s*>)")
_EMPTY_ROW = re.compile(rb"<(" + _PREFIX + rb"row)\s[^<>]*(?:/>|(?<!/)>\s*</\1\s*>)")
_UNPLACED = re.compile(rb"<" + _PREFIX + rb"(?:c|row)(?=[\s/>])(?![^<>]*\sr\s*=)")
_ALIGNMENT = re.compile(rb"<" + _PREFIX + rb"alignment\b[^<>]*/>")
_SQREF = re.compile(rb"<" + _PREFIX + rb"dataValidation\s[^<>]*?\bsqref\s*=\s*[\"']([^\"'<>]*)")
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_CDATA = b"<![CDATA["
_UNSEEN = {b"<!--": b"-->", _CDATA: b"]]>", b"<?": b"?>"}  # how it begins -> how it ends
_ASCII_LIKE = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


class RefusalError(Exception):
    """The package is refused as a whole; never leaves this folder."""

    def __init__(self, reason: FileKind | Trouble) -> None:
        super().__init__(reason.value)
        self.reason = reason


def reduce_part(name: str, body: bytes, wanted: Mapping[bytes, tuple[bytes, ...]]) -> bytes:
    """The part with only the elements that are `wanted` of its root.

    Parts with another root stay as they are.

    RefusalError for what is unsafe or damaged.
    """
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    _refuse_unsafe(body)
    if not body.startswith(b"<"):
        raise RefusalError(Trouble.DAMAGED)
    if b"purl.oclc.org" in body:
        for strict, usual in _STRICT:
            body = body.replace(strict, usual)
    if name == "[content_types].xml" or name.endswith(".rels"):
        return _REFERENCE.sub(_lower_reference, body)
    body = _remove_unseen(body)
    root = ROOT.search(body)
    if root is None or root["name"] not in wanted or root[0].endswith(b"/>"):
        return body
    return _keep_only(body, root, wanted[root["name"]])


def _refuse_unsafe(body: bytes) -> None:
    """Refuses definitions, and every encoding but UTF-8.

    All tests here read bytes as ASCII, and other encodings would slip past them.
    """
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise RefusalError(Trouble.UNSAFE)
    # A zero byte is in every UTF-16 or UTF-32 text, and in no XML.
    if b"\0" in body or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusalError(Trouble.UNSAFE)
    encoding = _ENCODING.match(body)
    if encoding and encoding[1].strip().lower() not in _ASCII_LIKE:
        raise RefusalError(Trouble.UNSAFE)


def _lower_reference(found: re.Match[bytes]) -> bytes:
    """A reference to a part as packages mean it.

    Case does not count, and some programs write backslashes.
    """
    return found[1] + found[2].replace(b"\\", b"/").lower()


def find_validations(sheet: bytes) -> tuple[str, ...]:
    """The areas with validations, as text.

    openpyxl refuses whole files for a kind of validation that it does not know.
    """
    span = _find_span(sheet, b"dataValidations", 0, required=False)
    if span is None:
        return ()
    return tuple(found[1].decode("ascii", "replace") for found in _SQREF.finditer(sheet, *span))


def _remove_unseen(body: bytes) -> bytes:
    """The XML without comments and instructions, and with plain text for CDATA.

    What is in them looks like elements.

    `<c><!-- <v>1</v> --><v><![CDATA[<2]]></v></c>` becomes `<c><v>&lt;2</v></c>`.
    """
    if body.find(b"<!") < 0 and body.find(b"<?", 2) < 0:
        return body
    pieces: list[bytes] = []
    at = 0
    following = {opener: body.find(opener) for opener in _UNSEEN}  # -1 where there is none any more
    while any(start >= 0 for start in following.values()):
        start, opener = min((start, opener) for opener, start in following.items() if start >= 0)
        end = body.find(_UNSEEN[opener], start + len(opener))
        if end < 0:
            raise RefusalError(Trouble.DAMAGED)
        pieces.append(body[at:start])
        if opener == _CDATA:
            pieces.append(_escape(body[start + len(opener) : end]))
        at = end + len(_UNSEEN[opener])
        for other, place in following.items():
            if 0 <= place < at:
                following[other] = body.find(other, at)
    return b"".join((*pieces, body[at:]))


def _escape(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _keep_only(body: bytes, root: re.Match[bytes], wanted: tuple[bytes, ...]) -> bytes:
    """The root with only some of its elements, in the order of `wanted`."""
    # Half of a style sheet is as good as none, but half of a sheet loses figures.
    required = root["name"] != b"styleSheet"
    if required and not _is_closed(body, root):
        raise RefusalError(Trouble.DAMAGED)
    kept: list[bytes] = []
    at = root.end()
    for name in wanted:
        span = _find_span(body, name, at, required=required)
        if span is None:
            continue
        start, end = span
        if required and _start_of(name).search(body, end):
            # Twice: nobody knows which of them a spreadsheet program would show.
            raise RefusalError(Trouble.DAMAGED)
        if name == b"sheetData":
            at = end
            kept += _drop_empty(body, start, end)
        elif name == b"cellXfs":
            kept.append(_ALIGNMENT.sub(b"", body[start:end]))
        else:
            kept.append(body[start:end])
    return b"".join((root[0], *kept, b"</", root["prefix"], root["name"], b">"))


def _is_closed(body: bytes, root: re.Match[bytes]) -> bool:
    """Whether the root ends near the end of the part, with or without its prefix."""
    closing = b"</" + root["name"]
    return closing in body[-1000:].replace(b"</" + root["prefix"], b"</")


def _drop_empty(body: bytes, start: int, end: int) -> Iterator[bytes]:
    """The rows between two places without empty ones and empty cells, block by block.

    All of them where cells have no reference: their places count on from the cell before.
    """
    if _UNPLACED.search(body, start, end):
        yield body[start:end]
        return
    while start < end:
        cut = _ROW.search(body, min(start + BLOCK, end), end)
        stop = cut.start() if cut else end
        yield _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", body[start:stop]))
        start = stop


def _start_of(name: bytes) -> re.Pattern[bytes]:
    """The opening tag of an element, with any prefix, which is in the first group with the name."""
    return re.compile(rb"<(" + _PREFIX + name + rb")(?:\s[^<>]*)?/?>")


def _find_span(xml: bytes, name: bytes, at: int, *, required: bool) -> tuple[int, int] | None:
    """From where to where the first element of this name reaches; None where there is none.

    One that never ends is damage, or nothing if it is not required.
    """
    start = _start_of(name).search(xml, at)
    if start is None:
        return None
    if start[0].endswith(b"/>"):
        return start.span()
    end = re.compile(rb"</" + re.escape(start[1]) + rb"\s*>").search(xml, start.end())
    if end is not None:
        return start.start(), end.end()
    if required:
        raise RefusalError(Trouble.DAMAGED)
    return None

"""One part of a package made safe and small, as bytes: refused when it is unsafe, and with only the elements that are of use.

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
_UNSEEN = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))


class RefusalError(Exception):
    """The package is refused as a whole; never leaves this folder."""

    def __init__(self, reason: FileKind | Trouble) -> None:
        super().__init__(reason.value)
        self.reason = reason


def reduce_part(name: str, body: bytes, wanted: Mapping[bytes, tuple[bytes, ...]]) -> bytes:
    """The part with only the elements that are `wanted` of its root; parts with another root stay as they are."""
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    encoding = _ENCODING.match(body)
    if (
        b"<!DOCTYPE" in body
        or b"<!ENTITY" in body
        or b"\0" in body
        or body.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise RefusalError(
            Trouble.UNSAFE
        )  # a zero byte stands in every UTF-16 or UTF-32 text, and in no XML
    if encoding and encoding[1].strip().lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise RefusalError(
            Trouble.UNSAFE
        )  # the tests above read bytes as ASCII; another encoding would slip past them
    if not body.startswith(b"<"):
        raise RefusalError(Trouble.DAMAGED)
    if b"purl.oclc.org" in body:
        for strict, usual in _STRICT:
            body = body.replace(strict, usual)
    if name == "[content_types].xml" or name.endswith(".rels"):
        return _REFERENCE.sub(lambda found: found[1] + found[2].replace(b"\\", b"/").lower(), body)
    body = _seen(body)
    root = ROOT.search(body)
    if root is None or root["name"] not in wanted or root[0].endswith(b"/>"):
        return body
    return _with_only(body, root, wanted[root["name"]])


def find_validations(sheet: bytes) -> tuple[str, ...]:
    """Where validations are. Taken as text: openpyxl refuses whole files for a kind of validation that it does not know."""
    span = _span(sheet, b"dataValidations", 0, required=False)
    return (
        tuple(found[1].decode("ascii", "replace") for found in _SQREF.finditer(sheet, *span))
        if span
        else ()
    )


def _seen(body: bytes) -> bytes:
    """Without comments and instructions, and with plain text for CDATA: what stands in them looks like elements, but is none."""
    if body.find(b"<!") < 0 and body.find(b"<?", 2) < 0:
        return body
    pieces, at = [], 0
    following = {opener: body.find(opener) for opener, _ in _UNSEEN}
    while any(place >= 0 for place in following.values()):
        opener, closer = min(
            (pair for pair in _UNSEEN if following[pair[0]] >= 0),
            key=lambda pair: following[pair[0]],
        )
        start = following[opener]
        end = body.find(closer, start + len(opener))
        if end < 0:
            raise RefusalError(Trouble.DAMAGED)
        pieces.append(body[at:start])
        if opener == b"<![CDATA[":
            text = body[start + len(opener) : end]
            pieces.append(
                text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
            )
        at = end + len(closer)
        following = {
            one: place if place < 0 or place >= at else body.find(one, at)
            for one, place in following.items()
        }
    return b"".join((*pieces, body[at:]))


def _with_only(body: bytes, root: re.Match[bytes], wanted: tuple[bytes, ...]) -> bytes:
    required = (
        root["name"] != b"styleSheet"
    )  # half of a style sheet is as good as none, half of a sheet loses figures
    if required and b"</" + root["name"] not in body[-1000:].replace(b"</" + root["prefix"], b"</"):
        raise RefusalError(Trouble.DAMAGED)
    kept: list[bytes] = []
    at = root.end()
    for name in wanted:
        span = _span(body, name, at, required=required)
        if span is None:
            continue
        if required and _start_of(name).search(body, span[1]):
            raise RefusalError(
                Trouble.DAMAGED
            )  # twice: which one would a spreadsheet program show?
        if name == b"sheetData":
            at = span[1]
            kept += _filled(body, *span)
        else:
            kept.append(
                _ALIGNMENT.sub(b"", body[span[0] : span[1]])
                if name == b"cellXfs"
                else body[span[0] : span[1]]
            )
    return b"".join((root[0], *kept, b"</", root["prefix"], root["name"], b">"))


def _filled(body: bytes, start: int, end: int) -> Iterator[bytes]:
    """The cells between two places without the empty ones, block by block; all of them where they count on without places."""
    if _UNPLACED.search(body, start, end):
        yield body[start:end]
        return
    while start < end:
        cut = _ROW.search(body, min(start + BLOCK, end), end)
        stop = cut.start() if cut else end
        yield _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", body[start:stop]))
        start = stop


def _start_of(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(" + _PREFIX + name + rb")(?:\s[^<>]*)?/?>")


def _span(xml: bytes, name: bytes, at: int, *, required: bool) -> tuple[int, int] | None:
    """From where to where the first element of this name reaches. One that never ends is damage, or nothing if not required."""
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

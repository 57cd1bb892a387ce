"""A page saved as one file -> Document: of its parts the one with the report, which frames and navigation may stand before."""

import email
import email.policy
import re

from toolkit.documents.document import Document, Measure
from toolkit.documents.from_html import read_html
from toolkit.files.sniff import Trouble, refusal
from toolkit.finding import Finding, Place

_CELL = re.compile(rb"<t[dh]\b", re.IGNORECASE)
_MOST = 8  # parts that are looked into, those with the most cells


def read_mht(
    data: bytes, place: Place, tables_in: Measure
) -> tuple[Document | None, list[Finding]]:
    pages = _pages(data)
    if not pages:
        return None, [refusal(Trouble.DAMAGED, place)]
    by_cells = sorted(range(len(pages)), key=lambda index: -len(_CELL.findall(pages[index][0])))
    tried = [
        read_html(pages[index][0], place, pages[index][1]) for index in sorted(by_cells[:_MOST])
    ]
    if len(tried) == 1:
        return tried[0]
    return max(tried, key=lambda one: tables_in(one[0]) if one[0] else -1)


def _pages(data: bytes) -> list[tuple[bytes, str]]:
    """The parts with HTML in order, each with the character set that is stated for it."""
    message = email.message_from_bytes(
        data.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=email.policy.default
    )
    found = []
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                found.append((body, part.get_content_charset() or ""))
    return found

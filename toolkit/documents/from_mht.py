"""A page saved as one file -> Document.

Of its parts the one with the report is read; frames and navigation may come before it.
"""

import email
import email.policy
import re
from dataclasses import dataclass

from toolkit.documents.formats import Opening, Source
from toolkit.documents.from_html import read_page
from toolkit.files.sniff import Trouble, refusal

_CELL = re.compile(rb"<t[dh]\b", re.IGNORECASE)
_MOST_PARTS = 8  # that are looked into, those with the most cells


@dataclass(frozen=True)
class _Part:
    """A part with HTML, and the character set that is stated for it."""

    body: bytes
    charset: str

    def count_cells(self) -> int:
        return len(_CELL.findall(self.body))


def read_mht(data: bytes, source: Source) -> Opening:
    parts = _find_pages(data)
    if not parts:
        return Opening(None, [refusal(Trouble.DAMAGED, source.place)])
    by_cells = sorted(range(len(parts)), key=lambda index: -parts[index].count_cells())
    chosen = sorted(by_cells[:_MOST_PARTS])
    openings = [
        read_page(parts[index].body, source.place, parts[index].charset) for index in chosen
    ]
    if len(openings) == 1:
        return openings[0]

    def measure(opening: Opening) -> int:
        return -1 if opening.document is None else source.tables_in(opening.document)

    return max(openings, key=measure)


def _find_pages(data: bytes) -> list[_Part]:
    """The parts with HTML in order."""
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    message = email.message_from_bytes(text, policy=email.policy.default)
    parts: list[_Part] = []
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                parts.append(_Part(body, part.get_content_charset() or ""))
    return parts

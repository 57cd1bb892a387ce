"""Lines of printed pages -> paragraphs: where one begins is told by indents, by room left free, by headings, gaps and sizes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from toolkit.documents.document import Block, Grid, Line
from toolkit.documents.paged import PrintedRow
from toolkit.documents.printed_headings import is_title, section_head
from toolkit.edition.numerals import NUMERALS

_INDENT, _CENTRED = (
    0.75,
    4.0,
)  # from the left edge, in characters: a first line begins behind the one, centred text behind the other
_DECIDES = 0.6  # of the lines that certainly begin a paragraph; where so many are indented, the indent decides
_ROOM, _AMPLE = (
    1.5,
    3.0,
)  # characters free at the end of a line behind the end of a sentence, and behind anything else
_GAP, _SIZE = (
    1.25,
    1.2,
)  # how many times the usual leading, or the size of the letters, is clearly another
_NEAR = 2.0  # points
_END = re.compile(r"[。！？：；!?;:…][”’」』）)\]]*$")
_PART = re.compile(
    rf"^(?:[（(][{NUMERALS}\d]{{1,3}}[)）]|[{NUMERALS}]{{1,3}}、|\d{{1,2}}[.．、](?!\d))"
)
_UNBROKEN = re.compile(
    r"[（《“‘【〈「『]*(?:[\x21-\x7e]+|.)(?:[，。、；：！？）】》〉」』“”‘’…％]+[\x21-\x7e]*)*"
)  # never broken at the end of a line
_ADDRESS = re.compile(r"(?:https?://|www\.|@)[^\s\u4e00-\u9fff]*$", re.IGNORECASE)


@dataclass(frozen=True)
class _Body:
    """How the text is set. `size` is the height of its letters, which is the width of a full character."""

    left: float
    right: float
    size: float
    leading: float
    by_indent: bool = False

    def is_indented(self, row: PrintedRow) -> bool:
        return row.left > self.left + _INDENT * self.size

    def is_centred(self, row: PrintedRow) -> bool:
        return row.left > self.left + _CENTRED * self.size

    def room(self, row: PrintedRow, following: PrintedRow) -> float:
        """How many characters would have fitted behind a line after the first word of the next one: lines are filled before they end."""
        word = _UNBROKEN.match(following.text)
        width = sum(0.5 if char.isascii() else 1.0 for char in word[0]) if word else 0.0
        return (self.right - row.right) / self.size - width


def join_paragraphs(items: Sequence[PrintedRow | Grid]) -> Iterator[Block]:
    """Paragraphs of lines. Headings and tables stand alone."""
    items = _level(items)
    body = _body([item for item in items if isinstance(item, PrintedRow)])
    text, last = "", None
    for item in items:
        if isinstance(item, Grid) or (last is not None and _begins(body, last, item)):
            if text:
                yield Line(text)
            text = ""
        if isinstance(item, Grid):
            yield item
            last = None
        else:
            text, last = _glued(text, item.text), item
    if text:
        yield Line(text)


def _begins(body: _Body, last: PrintedRow, row: PrintedRow) -> bool:
    """Whether a paragraph begins with a line."""
    if (
        is_title(last.text + row.text)
        and not is_title(last.text)
        and not is_title(row.text)
        and not _is_other_size(last, row)
    ):
        return False
    if (
        section_head(row.text)
        or section_head(last.text)
        or _is_other_size(last, row)
        or _is_apart(body, last, row)
    ):
        return True
    if body.is_centred(row) or (body.is_centred(last) and body.room(last, row) > 0):
        return True
    if body.by_indent:
        return body.is_indented(row) or (_is_part(last, row) and body.room(last, row) > _ROOM)
    return _is_certain(body, last, row) or (body.is_indented(row) and not body.is_indented(last))


def _is_certain(body: _Body, last: PrintedRow, row: PrintedRow) -> bool:
    """Whether a paragraph ends with a line, whatever its next one is indented by."""
    room = body.room(last, row)
    return room > (_ROOM if _END.search(last.text) else _AMPLE) or _is_part(last, row)


def _is_part(last: PrintedRow, row: PrintedRow) -> bool:
    """Whether the heading of a part, or another point of a list, begins behind the end of a sentence."""
    return _END.search(last.text) is not None and _PART.match(row.text) is not None


def _is_other_size(last: PrintedRow, row: PrintedRow) -> bool:
    return max(last.height, row.height) > _SIZE * min(last.height, row.height)


def _is_apart(body: _Body, last: PrintedRow, row: PrintedRow) -> bool:
    return last.page == row.page and _step(last, row) > _GAP * body.leading


def _step(last: PrintedRow, row: PrintedRow) -> float:
    """From line to line; letters of another font in one of them move only its top or its bottom."""
    return min(row.top - last.top, row.bottom - last.bottom)


# How the text is set ----------------------------------------------------------------------------------------------


def _body(rows: Sequence[PrintedRow]) -> _Body:
    if not rows:
        return _Body(0.0, 0.0, 1.0, 0.0)
    size = max(median(row.height for row in rows), 1.0)
    usual = [row for row in rows if max(row.height, size) <= _SIZE * min(row.height, size)]
    left = _left(usual, size)
    body = _Body(
        left,
        max((row.right for row in usual if row.left < left + _CENTRED * size), default=0.0),
        size,
        _leading(usual),
    )
    return _Body(body.left, body.right, size, body.leading, _is_by_indent(body, usual))


def _left(rows: Sequence[PrintedRow], size: float) -> float:
    """The left edge: where most lines begin; or two characters before that, where the lines of long paragraphs go on."""
    common = Counter(round(row.left) for row in rows)
    usual = max(common, key=lambda value: (sum(common[value + one] for one in (-1, 0, 1)), -value))
    before = [row.left for row in rows if abs(usual - row.left - 2 * size) < size / 2]
    return (
        min(before)
        if before
        else float(min(row.left for row in rows if abs(row.left - usual) < _NEAR))
    )


def _leading(rows: Sequence[PrintedRow]) -> float:
    """The usual step from line to line, which is smaller than what stands between paragraphs."""
    steps = sorted(
        step
        for last, row in pairwise(rows)
        if last.page == row.page and (step := _step(last, row)) > 0
    )
    return steps[len(steps) // 4] if steps else 0.0


def _is_by_indent(body: _Body, rows: Sequence[PrintedRow]) -> bool:
    """Whether paragraphs are indented: most lines that begin one for certain are. Headings are set as they like."""
    first = [
        row
        for last, row in pairwise(rows)
        if section_head(last.text) or _is_certain(body, last, row)
    ]
    first = [
        row
        for row in first
        if not body.is_centred(row) and not section_head(row.text) and not _PART.match(row.text)
    ]
    return sum(body.is_indented(row) for row in first) > _DECIDES * len(first)


def _level(items: Sequence[PrintedRow | Grid]) -> list[PrintedRow | Grid]:
    """With even pages moved over the odd ones, where both edges of their text are off by the same: margins for a bound book."""
    sides = [
        [item for item in items if isinstance(item, PrintedRow) and item.page % 2 == side]
        for side in (0, 1)
    ]
    if not all(sides):
        return list(items)
    (left, right), (other, end) = (
        (min(row.left for row in rows), max(row.right for row in rows)) for rows in sides
    )
    away = left - other
    if abs(away) < _NEAR or abs((right - end) - away) > _NEAR:
        return list(items)
    moved = (
        replace(item, left=item.left + away, right=item.right + away)
        if isinstance(item, PrintedRow) and item.page % 2
        else item
        for item in items
    )
    return list(moved)


def _glued(text: str, more: str) -> str:
    """Two lines of one paragraph; a blank stays only between Latin words, and an address has none."""
    is_word = (
        text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha()
    )
    return text + (" " if is_word and not _ADDRESS.search(text) else "") + more

"""Lines of printed pages -> paragraphs.

Where one begins is seen from indents, free room, headings, gaps and sizes of letters.
"""

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

# How far from the left edge, in characters, a first line begins, and centred text.
_INDENT, _CENTRED = 0.75, 4.0
# Of the lines that certainly begin a paragraph: where more are indented, the indent decides.
_DECIDES = 0.6
# Characters free at the end of a line that ends a paragraph: behind a sentence, behind all else.
_ROOM, _AMPLE = 1.5, 3.0
# How many times the usual leading, or the size of other letters, is clearly another.
_GAP, _SIZE = 1.25, 1.2
_NEAR = 2.0  # points
_END = re.compile(r"[。！？：；!?;:…][”’」』）)\]]*$")
_PART = re.compile(
    rf"^(?:[（(][{NUMERALS}\d]{{1,3}}[)）]|[{NUMERALS}]{{1,3}}、|\d{{1,2}}[.．、](?!\d))"
)
# What is never broken at the end of a line: a word, or a character, with the punctuation around it.
_UNBROKEN = re.compile(
    r"[（《“‘【〈「『]*(?:[\x21-\x7e]+|.)(?:[，。、；：！？）】》〉」』“”‘’…％]+[\x21-\x7e]*)*"
)
_ADDRESS = re.compile(r"(?:https?://|www\.|@)[^\s\u4e00-\u9fff]*$", re.IGNORECASE)


@dataclass(frozen=True)
class _Body:
    """How the text is set.

    `size` is the height of its letters, which is the width of a full character.
    """

    left: float
    right: float
    size: float
    leading: float
    by_indent: bool = False  # whether indents alone say where paragraphs begin

    def is_indented(self, row: PrintedRow) -> bool:
        return row.left > self.left + _INDENT * self.size

    def is_centred(self, row: PrintedRow) -> bool:
        return row.left > self.left + _CENTRED * self.size

    def room(self, row: PrintedRow, following: PrintedRow) -> float:
        """How many characters were free behind a line after the first word of the next one.

        Lines are filled before they end.
        """
        word = _UNBROKEN.match(following.text)
        width = _width(word[0]) if word else 0.0
        return (self.right - row.right) / self.size - width


def _width(text: str) -> float:
    """The width in full characters, of which Latin letters and digits take half: `2020年` is 3."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def join_paragraphs(items: Sequence[PrintedRow | Grid]) -> Iterator[Block]:
    """Paragraphs of lines. Headings and tables are blocks of their own."""
    items = _level_pages(items)
    body = _measure_body([item for item in items if isinstance(item, PrintedRow)])
    text = ""
    last: PrintedRow | None = None
    for item in items:
        if isinstance(item, Grid):
            if text:
                yield Line(text)
            yield item
            text, last = "", None
            continue
        if text and last is not None and _begins_paragraph(body, last, item):
            yield Line(text)
            text = ""
        text = _glue(text, item.text)
        last = item
    if text:
        yield Line(text)


def _begins_paragraph(body: _Body, last: PrintedRow, row: PrintedRow) -> bool:
    """Whether a paragraph begins with a line, by the line before it."""
    if _is_broken_title(last, row):
        return False
    if section_head(row.text) or section_head(last.text):
        return True
    if _is_other_size(last, row) or _is_apart(body, last, row):
        return True
    if body.is_centred(row) or (body.is_centred(last) and body.room(last, row) > 0):
        return True
    if body.by_indent:
        return body.is_indented(row) or (_is_part(last, row) and body.room(last, row) > _ROOM)
    return _ends_paragraph(body, last, row) or (
        body.is_indented(row) and not body.is_indented(last)
    )


def _is_broken_title(last: PrintedRow, row: PrintedRow) -> bool:
    """Whether two lines are a title together, but neither is one alone."""
    if _is_other_size(last, row) or not is_title(last.text + row.text):
        return False
    return not is_title(last.text) and not is_title(row.text)


def _ends_paragraph(body: _Body, last: PrintedRow, row: PrintedRow) -> bool:
    """Whether a paragraph certainly ends with a line, however the next one is indented."""
    enough = _ROOM if _END.search(last.text) else _AMPLE
    return body.room(last, row) > enough or _is_part(last, row)


def _is_part(last: PrintedRow, row: PrintedRow) -> bool:
    """Whether the heading of a part, or a point of a list, begins behind the end of a sentence."""
    return _END.search(last.text) is not None and _PART.match(row.text) is not None


def _is_other_size(last: PrintedRow, row: PrintedRow) -> bool:
    return max(last.height, row.height) > _SIZE * min(last.height, row.height)


def _is_apart(body: _Body, last: PrintedRow, row: PrintedRow) -> bool:
    return last.page == row.page and _step(last, row) > _GAP * body.leading


def _step(last: PrintedRow, row: PrintedRow) -> float:
    """From line to line; letters of another font in one of them move only its top or its bottom."""
    return min(row.top - last.top, row.bottom - last.bottom)


# How the text is set ------------------------------------------------------------------------------


def _measure_body(rows: Sequence[PrintedRow]) -> _Body:
    """How the text of all pages is set, from the lines with letters of the usual size."""
    if not rows:
        return _Body(0.0, 0.0, 1.0, 0.0)
    size = max(median(row.height for row in rows), 1.0)
    usual = [row for row in rows if max(row.height, size) <= _SIZE * min(row.height, size)]
    left = _left_edge(usual, size)
    ends = [row.right for row in usual if row.left < left + _CENTRED * size]
    body = _Body(left, max(ends, default=0.0), size, _usual_leading(usual))
    return replace(body, by_indent=_is_by_indent(body, usual))


def _left_edge(rows: Sequence[PrintedRow], size: float) -> float:
    """Where most lines begin.

    Or two characters before that, where the lines of long paragraphs go on.
    """
    counts = Counter(round(row.left) for row in rows)

    def count_near(point: int) -> tuple[int, int]:
        return counts[point - 1] + counts[point] + counts[point + 1], -point

    usual = max(counts, key=count_near)
    before = [row.left for row in rows if abs(usual - row.left - 2 * size) < size / 2]
    if before:
        return min(before)
    return float(min(row.left for row in rows if abs(row.left - usual) < _NEAR))


def _usual_leading(rows: Sequence[PrintedRow]) -> float:
    """The usual step from line to line, which is smaller than that between paragraphs."""
    steps = [_step(last, row) for last, row in pairwise(rows) if last.page == row.page]
    down = sorted(step for step in steps if step > 0)
    return down[len(down) // 4] if down else 0.0


def _is_by_indent(body: _Body, rows: Sequence[PrintedRow]) -> bool:
    """Whether paragraphs are indented: most lines that certainly begin one are.

    Headings are set as they like.
    """
    first: list[PrintedRow] = []
    for last, row in pairwise(rows):
        if section_head(last.text) or _ends_paragraph(body, last, row):
            first.append(row)
    first = [row for row in first if not _is_heading(body, row)]
    return sum(body.is_indented(row) for row in first) > _DECIDES * len(first)


def _is_heading(body: _Body, row: PrintedRow) -> bool:
    if body.is_centred(row) or section_head(row.text):
        return True
    return _PART.match(row.text) is not None


def _level_pages(items: Sequence[PrintedRow | Grid]) -> list[PrintedRow | Grid]:
    """The pages with odd ones moved over even ones, where both edges of text are off by the same.

    Books are set so, with a wider margin on the side where they are bound.
    """
    rows = [item for item in items if isinstance(item, PrintedRow)]
    even = [row for row in rows if row.page % 2 == 0]
    odd = [row for row in rows if row.page % 2 == 1]
    if not even or not odd:
        return list(items)
    even_left, even_right = _outer_edges(even)
    odd_left, odd_right = _outer_edges(odd)
    away = even_left - odd_left
    if abs(away) < _NEAR or abs((even_right - odd_right) - away) > _NEAR:
        return list(items)
    return [_move_odd(item, away) for item in items]


def _outer_edges(rows: Sequence[PrintedRow]) -> tuple[float, float]:
    return min(row.left for row in rows), max(row.right for row in rows)


def _move_odd(item: PrintedRow | Grid, away: float) -> PrintedRow | Grid:
    if isinstance(item, Grid) or item.page % 2 == 0:
        return item
    return replace(item, left=item.left + away, right=item.right + away)


def _glue(text: str, more: str) -> str:
    """Two lines of one paragraph.

    A blank stays only between Latin words, and a web address has none.
    """
    is_word = _is_latin(text[-1:]) and _is_latin(more[:1])
    return text + (" " if is_word and not _ADDRESS.search(text) else "") + more


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()

"""Printed pages: lines with their places, and the heads and feet that run through the pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from toolkit.documents.document import Grid
from toolkit.documents.printed_labels import published_words

Edge: TypeAlias = Literal["top", "bottom"]

_EDGES: tuple[Edge, Edge] = ("top", "bottom")
_BAND = 6  # heads and feet are in this part of the height of a page, from either edge
_NEAR = 3.0  # points by which the places of one head differ from page to page
_SIZE = 1.0  # points by which letters of one size differ
_DEEPEST = 4  # lines of one head
# At least one page in so many has the head: it may differ on even pages and miss on the first.
_SHARE = 3


@dataclass(frozen=True)
class PrintedRow:
    """A line of text on a page, with its place in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int = 0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Page:
    """What is on a page from top to bottom."""

    height: float
    items: tuple[PrintedRow | Grid, ...]

    def rows_at(self, edge: Edge) -> list[PrintedRow]:
        """The lines in the band at an edge, from the edge inwards, up to the first table."""
        rows: list[PrintedRow] = []
        for item in self.items if edge == "top" else self.items[::-1]:
            if isinstance(item, Grid) or len(rows) == _DEEPEST:
                break
            if self.distance(item, edge) > self.height / _BAND:
                break
            rows.append(item)
        return rows

    def distance(self, row: PrintedRow, edge: Edge) -> float:
        """How far a line is from an edge."""
        return row.top if edge == "top" else self.height - row.bottom


@dataclass(frozen=True)
class _Candidate:
    """A line that may be a head: its words, its page, its edge and how far it is from that."""

    words: str
    page: int
    edge: Edge
    distance: float
    row: PrintedRow

    def is_level(self, other: "_Candidate") -> bool:
        """Whether both are of one size and equally far from one edge."""
        is_size = abs(self.row.height - other.row.height) < _SIZE
        is_distance = abs(self.distance - other.distance) < _NEAR
        return is_size and is_distance and self.edge == other.edge

    def is_same(self, other: "_Candidate") -> bool:
        """Whether both are at one place, from left to right too: a signature may repeat the title.

        One side or the middle is enough, as page numbers in a head move the others.
        """
        if not self.is_level(other):
            return False
        steps = (
            self.row.left - other.row.left,
            self.row.right - other.row.right,
            self.row.middle - other.row.middle,
        )
        return min(map(abs, steps)) < _NEAR


def remove_running(pages: Sequence[Page]) -> tuple[list[PrintedRow | Grid], list[str]]:
    """The pages one after the other without heads, feet and page numbers.

    And the heads that are words, each once.

    Of three pages that begin with the line `某县2020年年度报告` and end with `— 1 —`, `— 2 —`, `— 3 —`
    this is the text between these lines and `["某县2020年年度报告"]`.
    """
    bands = list(_find_bands(pages))
    candidates = list(chain.from_iterable(bands))
    running = _find_running(candidates, len(pages))
    gone: set[PrintedRow] = set()
    words: dict[str, str] = {}
    for band in bands:
        for candidate in band:
            if _is_page_number(candidate.row.text):
                gone.add(candidate.row)
            elif candidate.row in running:
                gone.add(candidate.row)
                words.setdefault(candidate.words, candidate.row.text)
            else:
                break  # behind the first line of the report nothing runs
    items = chain.from_iterable(page.items for page in pages)
    kept = [item for item in items if isinstance(item, Grid) or item not in gone]
    return kept, list(words.values())


def _find_bands(pages: Sequence[Page]) -> Iterator[list[_Candidate]]:
    """The lines at each edge of each page, from the edge inwards."""
    for index, page in enumerate(pages):
        for edge in _EDGES:
            yield [
                _Candidate(_without_digits(row.text), index, edge, page.distance(row, edge), row)
                for row in page.rows_at(edge)
            ]


def _find_running(candidates: Sequence[_Candidate], pages: int) -> set[PrintedRow]:
    """The lines that other pages have at the same place, equal but for digits.

    Where only odd pages have one there, what is at that place on even pages is another head, and
    the other way round.
    """
    alike: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        alike.setdefault(candidate.words, []).append(candidate)
    repeated: list[_Candidate] = []
    for candidate in candidates:
        same = {other.page for other in alike[candidate.words] if other.is_same(candidate)}
        if len(same) > 1 and len(same) * _SHARE >= pages:
            repeated.append(candidate)
    sides: tuple[list[_Candidate], list[_Candidate]] = ([], [])  # of even and odd pages
    running: set[PrintedRow] = set()
    for candidate in repeated:
        sides[candidate.page % 2].append(candidate)
        running.add(candidate.row)
    for candidate in candidates:
        own, other = candidate.page % 2, 1 - candidate.page % 2
        if _is_beside(candidate, sides[other]) and not _is_beside(candidate, sides[own]):
            running.add(candidate.row)
    return running


def _is_beside(candidate: _Candidate, heads: Sequence[_Candidate]) -> bool:
    """Whether a line is where other pages have one of some heads."""
    return any(head.is_level(candidate) for head in heads)


def _without_digits(text: str) -> str:
    """The text by which heads are compared: `第 12 页` is `第0页`."""
    return re.sub(r"\d+", "0", re.sub(r"\s", "", text))


def _is_page_number(text: str) -> bool:
    return re.search(published_words()["table"]["page_number"], text) is not None

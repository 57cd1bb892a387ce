"""Printed pages: their lines with their places, and the heads and feet that run through them, which are no text of the report."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.documents.document import Grid
from toolkit.documents.printed_labels import published_words

_BAND = 6  # heads and feet stand in this part of the height of a page, from either edge
_NEAR = 3.0  # points by which the places of one head differ from page to page
_SIZE = 1.0  # points by which letters of one size differ
_DEEPEST = 4  # lines of one head
_SHARE = 3  # at least one page in so many has the head: it may differ on even pages and be missing on the first


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
    """What stands on a page from top to bottom."""

    height: float
    items: tuple[PrintedRow | Grid, ...]

    def edges(self) -> Iterator[tuple[bool, list[PrintedRow]]]:
        """The lines over and under everything else in the two bands, whether at the top, from the edge inwards."""
        for at_top, items in ((True, self.items), (False, self.items[::-1])):
            rows: list[PrintedRow] = []
            for item in items:
                if (
                    isinstance(item, Grid)
                    or len(rows) == _DEEPEST
                    or self.from_edge(item, at_top) > self.height / _BAND
                ):
                    break
                rows.append(item)
            yield at_top, rows

    def from_edge(self, row: PrintedRow, at_top: bool) -> float:
        return row.top if at_top else self.height - row.bottom


@dataclass(frozen=True)
class _Place:
    """A line that may be a head: its words, on which page it stands, at which edge and how far from it."""

    words: str
    page: int
    at_top: bool
    away: float
    row: PrintedRow

    def is_level(self, other: "_Place") -> bool:
        is_size = abs(self.row.height - other.row.height) < _SIZE
        return is_size and self.at_top == other.at_top and abs(self.away - other.away) < _NEAR

    def is_same(self, other: "_Place") -> bool:
        """At one place also from left to right, of which page numbers in it move one side: a signature may repeat the title."""
        left, right = abs(self.row.left - other.row.left), abs(self.row.right - other.row.right)
        return self.is_level(other) and (
            min(left, right) < _NEAR or abs(self.row.middle - other.row.middle) < _NEAR
        )


def remove_running(pages: Sequence[Page]) -> tuple[list[PrintedRow | Grid], list[str]]:
    """The pages one after the other without heads, feet and page numbers; and the heads that are words, each once."""
    places = [
        [
            _Place(_but_digits(row.text), index, at_top, page.from_edge(row, at_top), row)
            for row in rows
        ]
        for index, page in enumerate(pages)
        for at_top, rows in page.edges()
    ]
    running = _running([place for edge in places for place in edge], len(pages))
    gone: set[PrintedRow] = set()
    words: dict[str, str] = {}
    for edge in places:
        for (
            place
        ) in edge:  # from the edge inwards: behind the first line of the report nothing runs
            if _is_number(place.row.text):
                gone.add(place.row)
            elif place.row in running:
                gone.add(place.row)
                words.setdefault(place.words, place.row.text)
            else:
                break
    return [
        item for page in pages for item in page.items if isinstance(item, Grid) or item not in gone
    ], list(words.values())


def _running(places: Sequence[_Place], pages: int) -> set[PrintedRow]:
    """The lines that other pages have at the same place, equal but for digits; and what stands there on even pages, if these do not."""
    alike: dict[str, list[_Place]] = {}
    for place in places:
        alike.setdefault(place.words, []).append(place)
    found: list[_Place] = []
    for place in places:
        same = {one.page for one in alike[place.words] if one.is_same(place)}
        if len(same) > 1 and len(same) * _SHARE >= pages:
            found.append(place)
    sides = {parity: [one for one in found if one.page % 2 == parity] for parity in (0, 1)}
    others = [
        place
        for place in places
        if any(one.is_level(place) for one in sides[1 - place.page % 2])
        and not any(one.is_level(place) for one in sides[place.page % 2])
    ]
    return {place.row for place in (*found, *others)}


def _but_digits(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", text))


def _is_number(text: str) -> bool:
    return re.search(published_words()["table"]["page_number"], text) is not None

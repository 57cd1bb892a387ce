"""Text of which parts are raised, struck out or hidden: what of it is text, and what of it is a figure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from toolkit.codes import make_finding
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import phrases


class Typography(StrEnum):
    RAISED = "raised"  # above or below the line: the mark of a note, the 2 of m²
    STRUCK = "struck"
    HIDDEN = "hidden"
    AROUND = "around"  # navigation, a form to be filled in: of the page, not of the text


def strongest_typography(*, hidden: bool, struck: bool, raised: bool) -> Typography | None:
    """What counts of several: what is not seen is not struck out, what is struck out is no note."""
    return (
        Typography.HIDDEN
        if hidden
        else Typography.STRUCK
        if struck
        else Typography.RAISED
        if raised
        else None
    )


Piece: TypeAlias = tuple[str, Typography | None]


@dataclass(frozen=True)
class Marked:
    """`text` is what may be read as prose, `bare` that without what is raised; `left` is in neither of them."""

    text: str
    bare: str
    raised: tuple[Piece, ...] = ()
    left: tuple[Piece, ...] = ()

    def as_figure(self, is_figure: Callable[[str], bool]) -> "Figured":
        """A raised mark beside a figure is none of its digits. A figure all of which is raised is one printed small."""
        if self.raised and self.bare.strip() and is_figure(self.bare):
            return Figured(self.bare, (*self.left, *self.raised))
        is_small = bool(self.raised) and not self.bare.strip() and is_figure(self.text)
        return Figured(self.text, self.left, is_small)


@dataclass(frozen=True)
class Figured:
    """The text of a cell as a figure, what was left out of it, and whether all of it stands above or below the line."""

    text: str
    left: tuple[Piece, ...] = ()
    is_small: bool = False

    def report_set_apart(self, place: Place, key: str, where: str) -> list[Finding]:
        shown = short(self.text) or phrases().left_out.nothing
        if self.left:
            left = "、".join(short(text) for text, _ in self.left)
            return [
                make_finding(
                    "set_apart_not_counted",
                    place,
                    [key],
                    where=where,
                    what=_kinds(self.left),
                    left=left,
                    value=shown,
                )
            ]
        return (
            [make_finding("set_apart_counted", place, [key], where=where, value=shown)]
            if self.is_small
            else []
        )


def report_left_out(left: Sequence[Piece], place: Place) -> list[Finding]:
    """One finding for all that was left out of running text."""
    return (
        [
            make_finding(
                "prose_left_out",
                place,
                count=len(left),
                what=_kinds(left),
                first=short(left[0][0], 30),
            )
        ]
        if left
        else []
    )


def _kinds(left: Iterable[Piece]) -> str:
    words = phrases().left_out
    return "、".join(dict.fromkeys(words.word(mark.value) for _, mark in left if mark))


def mark_text(pieces: Sequence[Piece], tidy: Callable[[str], str] = str) -> Marked | None:
    """None where no part that holds something is marked."""
    found = [(text, mark) for text, mark in pieces if mark and text.strip()]
    if not found:
        return None
    return Marked(
        tidy("".join(text for text, mark in pieces if mark in (None, Typography.RAISED))),
        tidy("".join(text for text, mark in pieces if mark is None)),
        tuple((text.strip(), mark) for text, mark in found if mark is Typography.RAISED),
        tuple((text.strip(), mark) for text, mark in found if mark is not Typography.RAISED),
    )


def join_lines(lines: Iterable[Marked]) -> Marked:
    """The lines of a cell as one text."""
    kept = list(lines)
    return Marked(
        "\n".join(one.text for one in kept if one.text or not one.left),
        "\n".join(one.bare for one in kept if one.bare or not (one.left or one.raised)),
        tuple(piece for one in kept for piece in one.raised),
        tuple(piece for one in kept for piece in one.left),
    )

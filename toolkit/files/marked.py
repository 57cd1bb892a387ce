"""Text of which parts are raised, struck out or hidden: what of it is text, what a figure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from toolkit.codes import make_finding
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import phrases

_LONGEST_SHOWN = 30  # characters of left-out prose that are shown


class Typography(StrEnum):
    """How a part of a text is set apart."""

    RAISED = "raised"  # above or below the line: the mark of a note, the 2 of m²
    STRUCK = "struck"
    HIDDEN = "hidden"
    AROUND = "around"  # navigation, a form to be filled in: of the page, not of the text


def strongest_typography(*, hidden: bool, struck: bool, raised: bool) -> Typography | None:
    """What counts of several: what is not seen is not struck out, what is struck out is no note."""
    if hidden:
        return Typography.HIDDEN
    if struck:
        return Typography.STRUCK
    return Typography.RAISED if raised else None


Piece: TypeAlias = tuple[str, Typography | None]


@dataclass(frozen=True)
class Marked:
    """`text` is what may be read as prose, `bare` that without what is raised.

    `left` is in neither of them.
    """

    text: str
    bare: str
    raised: tuple[Piece, ...] = ()
    left: tuple[Piece, ...] = ()

    def as_figure(self, is_figure: Callable[[str], bool]) -> "Figured":
        """How the text is read as a figure: what is raised beside a figure is none of its digits.

        Of `12` and a raised `3` the figure is 12. A figure of which all is raised is one printed
        small.
        """
        if self.raised and self.bare.strip() and is_figure(self.bare):
            return Figured(self.bare, (*self.left, *self.raised))
        is_small = bool(self.raised) and not self.bare.strip() and is_figure(self.text)
        return Figured(self.text, self.left, is_small)


@dataclass(frozen=True)
class Figured:
    """The text of a cell as a figure, and what was left out of it.

    `is_small`: all of it is above or below the line.
    """

    text: str
    left: tuple[Piece, ...] = ()
    is_small: bool = False

    def report_set_apart(self, place: Place, key: str, where: str) -> list[Finding]:
        """The finding for what was left out of the figure, or for one that is printed small."""
        shown = short(self.text) or phrases().left_out.nothing
        if self.left:
            return [
                make_finding(
                    "set_apart_not_counted",
                    place,
                    [key],
                    where=where,
                    what=_name_typographies(self.left),
                    left="、".join(short(text) for text, _ in self.left),
                    value=shown,
                )
            ]
        if self.is_small:
            return [make_finding("set_apart_counted", place, [key], where=where, value=shown)]
        return []


def report_left_out(left: Sequence[Piece], place: Place) -> list[Finding]:
    """One finding for all that was left out of running text."""
    if not left:
        return []
    text, _ = left[0]
    return [
        make_finding(
            "prose_left_out",
            place,
            count=len(left),
            what=_name_typographies(left),
            first=short(text, _LONGEST_SHOWN),
        )
    ]


def _name_typographies(pieces: Iterable[Piece]) -> str:
    """The words for how some pieces are set apart, each once."""
    words = phrases().left_out
    names = [words.word(typography.value) for _, typography in pieces if typography]
    return "、".join(dict.fromkeys(names))


def mark_text(pieces: Sequence[Piece], tidy: Callable[[str], str] = str) -> Marked | None:
    """The pieces as one text, its parts made tidy.

    None where no part that holds something is set apart.
    """
    prose: list[str] = []
    bare: list[str] = []
    raised: list[Piece] = []
    left: list[Piece] = []
    for text, typography in pieces:
        if typography is None:
            bare.append(text)
        if typography in (None, Typography.RAISED):
            prose.append(text)
        if typography and text.strip():
            apart = raised if typography is Typography.RAISED else left
            apart.append((text.strip(), typography))
    if not raised and not left:
        return None
    return Marked(tidy("".join(prose)), tidy("".join(bare)), tuple(raised), tuple(left))


def join_lines(lines: Iterable[Marked]) -> Marked:
    """The lines of a cell as one text; a line of which nothing is left takes no room."""
    kept = list(lines)
    raised: list[Piece] = []
    left: list[Piece] = []
    for line in kept:
        raised += line.raised
        left += line.left
    text = "\n".join(line.text for line in kept if line.text or not line.left)
    bare = "\n".join(line.bare for line in kept if line.bare or not (line.left or line.raised))
    return Marked(text, bare, tuple(raised), tuple(left))

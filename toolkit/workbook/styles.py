"""Cell formats, widths and heights. Yellow is for typing, grey is locked, red is wrong."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from toolkit.finding import Severity

FONT, SIZE = "宋体", 11
TALLEST = 409.0  # points; what a row can have at most
INPUT = "#FFF9DB"
LOCKED = "#F2F2F2"
HEAD = "#DCE6F1"
ALERT = "#FFC7CE"
GOOD = "#C6EFCE"
MARKED = "#F8CBAD"
_DATE, _TEXT = "yyyy-mm-dd", "@"  # number formats; as text nothing typed becomes a number


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook by what they are for.

    `flagged` are those of answers that a review names, by kind and whether they have to be mended.
    """

    title: Format
    note: Format
    head: Format
    label: Format
    left_label: Format
    upright: Format
    figure: Format
    amount: Format
    total: Format
    reported: Format
    reference: Format
    answer: Format
    answer_sample: Format
    wrong_sample: Format
    date: Format
    fixed: Format
    prose: Format
    sub_heading: Format
    cell: Format
    link: Format
    linked: Format
    hidden: Format
    wrong: Format
    passed: Format
    open: Format
    looked: Format
    flagged: Mapping[tuple[str, bool], Format]

    def answer_style(self, kind: str, severity: Severity | None) -> Format:
        """The format of an answer, by the worst finding about it."""
        is_date = kind == "date"
        if severity is None:
            return self.date if is_date else self.answer
        return self.flagged["date" if is_date else "text", severity is not Severity.INFO]


def make_styles(book: Workbook) -> Styles:
    """The formats, added to a workbook."""

    def style(**options: Any) -> Format:
        base = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter", "text_wrap": True}
        return book.add_format({**base, **options})

    boxed = {"border": 1, "border_color": "#7F7F7F"}
    typed = {**boxed, "bg_color": INPUT, "locked": False}
    alarming, noticed = {**typed, "bg_color": ALERT}, {**typed, "bg_color": MARKED}
    return Styles(
        title=style(bold=True, font_size=16, text_wrap=False),
        note=style(font_color="#404040"),
        head=style(**boxed, bg_color=HEAD, bold=True, align="center"),
        label=style(**boxed, bg_color=LOCKED, align="center"),
        left_label=style(**boxed, bg_color=LOCKED),
        upright=style(**boxed, bg_color=LOCKED, align="center"),
        figure=style(**typed, align="right"),
        amount=style(**typed, align="right"),
        total=style(**boxed, bg_color=LOCKED, align="right"),
        reported=style(**boxed, bg_color=MARKED, align="right", bold=True),
        reference=style(**boxed, bg_color=LOCKED, align="right", italic=True, font_color="#595959"),
        answer=style(**typed, num_format=_TEXT),
        answer_sample=style(**boxed, bg_color=INPUT),
        wrong_sample=style(**boxed, bg_color=ALERT, font_color="#9C0006"),
        date=style(**typed, num_format=_DATE, align="left"),
        fixed=style(**boxed, bg_color=LOCKED, align="left"),
        prose=style(**typed, num_format=_TEXT, valign="top"),
        sub_heading=style(**typed, num_format=_TEXT, valign="top"),
        cell=style(**boxed),
        linked=style(**boxed, font_color="#0563C1", underline=1),
        link=style(font_color="#0563C1", underline=1),
        hidden=style(font_color="#7F7F7F", text_wrap=False),
        wrong=book.add_format({"bg_color": ALERT, "font_color": "#9C0006"}),
        passed=book.add_format({"bg_color": GOOD, "font_color": "#006100"}),
        looked=book.add_format({"bg_color": MARKED, "font_color": "#7F3F00"}),
        flagged={
            ("date", True): style(**alarming, num_format=_DATE, align="left"),
            ("date", False): style(**noticed, num_format=_DATE, align="left"),
            ("text", True): style(**alarming, num_format=_TEXT, align="left"),
            ("text", False): style(**noticed, num_format=_TEXT, align="left"),
        },
        open=book.add_format({"bg_color": INPUT, "font_color": "#7F6000"}),
    )


def width_of(text: str) -> int:
    """How many characters wide a text is on a screen: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def lines_of(text: str, width: float) -> int:
    """How many lines a text has in a column of that width, broken anywhere."""
    room = max(int(width) - 1, 2)
    return sum(max(ceil(width_of(line) / room), 1) for line in text.split("\n"))


def height_of(lines: int, size: float = SIZE) -> float:
    """Row height in points."""
    return lines * size * 1.35 + 6

"""Documents to write in every format, and what a reader of one must find in it."""

import random
from decimal import Decimal

from tests.support.situations import situation
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.record.reading import Paragraph
from toolkit.report.blocks import (
    Heading,
    ReportDocument,
    Signature,
    TableBlock,
    Text,
    drop_invalid_characters,
)
from toolkit.report.narrative import narrate
from toolkit.values import State, Value, number

HOSTILE = (
    "甲 < 乙 & 丙 > 丁 \"戊\" '己' <script>alert(1)</script>{{ year }}",
    "　　自己缩进的一段。",
    "# 不是标题 | 不是表格 *不是* _强调_ [不是](链接) `代码` ~删~ \\",
    "1. 不是列表",
    "- 也不是列表",
    "=====",
    "https://www.example.cn/?a=1&b=2",
)


def full(edition: Edition) -> ReportDocument:
    """Every cell with a figure of its own, prose that looks like mark-up, sub-headings, and a date of sign-off."""
    import datetime as dt

    numbers = random.Random(5).sample(range(1, 100_000), len(edition.cells))
    reading = situation(
        edition.id, signoff__approved__date=dt.date(2023, 1, 9), signoff__approved__name="签某人"
    )
    cells = dict(zip(edition.cells, map(number, numbers), strict=True))
    if edition.id == "2019":
        cells["disclosure.procurement.amount"] = Value(
            State.NUMBER, Decimal(251000), raw="251000元 <含|税>", unit="元"
        )
    own = tuple(
        Paragraph("小标题" if index == 0 else "", text) for index, text in enumerate(HOSTILE)
    )
    return narrate(
        load_edition(edition.id),
        reading.__class__(**{**vars(reading), "cells": cells, "narrative": {"overview": own}}),
    )


def paragraphs(document: ReportDocument) -> list[str]:
    """Headings and paragraphs in order, the title left out."""
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading | Text):
            found.append(drop_invalid_characters(block.text))
        elif isinstance(block, Signature):
            found += [drop_invalid_characters(line) for line in (block.unit, block.date) if line]
    return found


def tables(document: ReportDocument) -> list[TableBlock]:
    return [block for block in document.blocks if isinstance(block, TableBlock)]

"""The one record of a report, whatever it was read from: figures, facts about the unit, prose, and what people decided."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias
from zlib import crc32

from toolkit.finding import About, Place
from toolkit.values import BLANK, Value

FieldValue: TypeAlias = str | bool | dt.date | None


class Origin(StrEnum):
    """Decides what a blank means: not filled in yet, or left blank in a report that is out."""

    WORKBOOK = "workbook"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the narrative; the heading may be empty. Text is kept character for character."""

    heading: str
    text: str


@dataclass(frozen=True)
class StatisticsItem:
    kind: str
    count: Value


@dataclass(frozen=True)
class Statistics:
    """Items published, by kind; optional, never part of the official tables."""

    items: tuple[StatisticsItem, ...] = ()
    total: Value = BLANK
    prior_total: Value = BLANK


@dataclass(frozen=True)
class Prior:
    """Last year's figures, as far as the report carries them."""

    year: int
    edition: str
    cells: Mapping[str, Value]


@dataclass(frozen=True)
class Explanation:
    """A person's reason for an open finding; void when the figures it was given for change. `opinion` is the superior's answer to it."""

    code: str
    keys: tuple[str, ...]
    values: tuple[Decimal | None, ...]
    text: str
    by: str = ""
    opinion: str = ""

    @property
    def about(self) -> About:
        """What it explains: the code of the finding and its keys."""
        return self.code, self.keys


@dataclass(frozen=True)
class Remark:
    """Something a person left beside the form: a note on a cell, or what stands outside of it. `key` is what it is tied to."""

    sheet: str
    cell: str
    text: str
    key: str = ""
    is_note: bool = False


@dataclass(frozen=True)
class ExtraSheet:
    """A sheet that a person added. Cells by row and column from 0, values as they are written again: numbers and texts."""

    name: str
    cells: Mapping[tuple[int, int], int | float | str]
    visible: bool = True


@dataclass(frozen=True)
class Aside:
    """All that a person left in a workbook beside the report itself.

    `kept`: what stands in open cells that are no part of the report, by sheet of the form, row and column from 0.
    `lost` names sheets that are too large to be taken along.
    """

    remarks: tuple[Remark, ...] = ()
    sheets: tuple[ExtraSheet, ...] = ()
    kept: Mapping[tuple[str, int, int], int | float | str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


AGGREGATE = "aggregate"  # the scope of a report that is the sum of many units
NARRATIVE = "narrative."  # in front of a section's key


def _trace(text: str) -> Decimal:
    """A number that changes with a text; nine digits, so that every program keeps it exactly."""
    return Decimal(crc32(text.encode("utf-8", "replace")) % 10**9) if text else Decimal(0)


def _empty() -> Mapping[str, Place]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Reading:
    """A report as read. `cells` has every cell key of its edition's form; `fields` the facts of 基本信息 by their keys.

    `computed` names the totals that the toolkit computed, because the source holds our formula or nothing there.
    `unplaced` names cells without a figure in a table of which some figure could not be placed: blank, but not as left blank.
    `merged` names combined rows that stand instead of the rows they merge. `headings` are the headings of a published document as
    printed, first level only, in their order; empty where the source has none of its own (our workbook, data files).
    """

    file: str
    edition: str
    year: int
    origin: Origin
    cells: Mapping[str, Value]
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    narrative: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    statistics: Statistics = Statistics()
    prior: Prior | None = None
    explanations: tuple[Explanation, ...] = ()
    computed: frozenset[str] = frozenset()
    unplaced: frozenset[str] = frozenset()
    combined: frozenset[str] = frozenset()
    places: Mapping[str, Place] = field(default_factory=_empty)
    aside: Aside | None = None  # only where it was asked for
    headings: tuple[str, ...] = ()

    def value(self, key: str) -> Value:
        return self.cells.get(key, BLANK)

    def numbers(self, keys: tuple[str, ...]) -> tuple[Decimal, ...]:
        """The figures of some cells as relations see them (blank as 0), last year's under their `prior.` keys.

        A section of the prose (`narrative.<section>`), a paragraph of it (`narrative.<section>.<number>`) and a field have a number
        that changes with their text.
        """
        return tuple(self._number(key) for key in keys)

    def _number(self, key: str) -> Decimal:
        if key.startswith(NARRATIVE):
            section, _, number = key.removeprefix(NARRATIVE).partition(".")
            items = self.narrative.get(section, ())
            items = items[int(number) - 1 : int(number)] if number.isdecimal() else items
            return _trace("\n".join(f"{one.heading}\t{one.text}" for one in items))
        if key in self.fields:
            return _trace(str(self.fields[key]))
        if key.startswith("prior."):
            value = self.prior.cells.get(key.removeprefix("prior.")) if self.prior else None
        else:
            value = self.cells.get(key)
        return (value.number if value else None) or Decimal(0)

    def text(self, key: str) -> str:
        """A field as text; empty when it is not filled in."""
        value = self.fields.get(key)
        return "" if value is None or isinstance(value, bool) else str(value)

    def declares(self, key: str) -> bool:
        return self.fields.get(f"declarations.{key}") is True

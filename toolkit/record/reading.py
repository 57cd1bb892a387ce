"""The one record of a report, from workbooks, data files and published documents alike.

It holds figures, facts about the unit, prose, and what people decided.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from toolkit.edition.relation import PRIOR
from toolkit.finding import About, Place
from toolkit.record.basis import Basis, fingerprint
from toolkit.values import BLANK, Value

FieldValue: TypeAlias = str | bool | dt.date | None


class Origin(StrEnum):
    """Decides what a blank means: not filled in yet, or left blank in a report that is out."""

    WORKBOOK = "workbook"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the narrative; the heading may be empty.

    The text is kept character for character.
    """

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
    """A person's reason for an open finding; void when what its cells hold changes.

    `values` is the basis of the reason: what its cells held when it was given, see
    `Reading.basis`. `opinion` is the superior's answer to the reason.
    """

    code: str
    keys: tuple[str, ...]
    values: tuple[Basis, ...]
    text: str
    by: str = ""
    opinion: str = ""

    @property
    def about(self) -> About:
        """What it explains: the code of the finding and its keys."""
        return self.code, self.keys


@dataclass(frozen=True)
class Remark:
    """Something a person left beside the form: a note on a cell, or what is outside of it.

    `key` is the cell or field of the form that it is tied to.
    """

    sheet: str
    cell: str
    text: str
    key: str = ""
    is_note: bool = False


@dataclass(frozen=True)
class ExtraSheet:
    """A sheet that a person added, with cells by row and column from 0.

    The values are numbers and texts, as they are written again.
    """

    name: str
    cells: Mapping[tuple[int, int], int | float | str]
    visible: bool = True


@dataclass(frozen=True)
class Aside:
    """All that a person left in a workbook beside the report itself.

    `kept` is what open cells hold that are no part of the report, by sheet of the form, row and
    column from 0.
    `lost` names sheets that are too large to be taken along.
    """

    remarks: tuple[Remark, ...] = ()
    sheets: tuple[ExtraSheet, ...] = ()
    kept: Mapping[tuple[str, int, int], int | float | str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


AGGREGATE = "aggregate"  # the scope of a report that is the sum of many units
NARRATIVE = "narrative."  # before the key of a section


def _empty() -> Mapping[str, Place]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Reading:
    """A report as read.

    `cells` has every cell key of the form that it uses, `fields` the facts of 基本信息 by their keys.
    `computed` names the totals that the toolkit computed, because the source holds our formula or
    nothing there. `unplaced` names cells without a figure in a table of which some figure could not
    be placed: they are blank, but were not left blank. `combined` names the combined rows that are
    there instead of the rows they stand for. `headings` are the headings of a published document as
    printed, first level only, in their order; empty where the source has none of its own (our
    workbook, data files).
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
        """The figures of some cells as relations see them: a blank is 0.

        Keys with `prior.` before them name last year's figures.
        """
        return tuple(self._number_at(key) for key in keys)

    def _number_at(self, key: str) -> Decimal:
        if not key.startswith(PRIOR):
            value = self.cells.get(key)
        elif self.prior is None:
            value = None
        else:
            value = self.prior.cells.get(key.removeprefix(PRIOR))
        return (value.number if value else None) or Decimal(0)

    def basis(self, keys: tuple[str, ...]) -> tuple[Basis, ...]:
        """What a reason given now belongs to: figures as `numbers`, texts as fingerprints.

        Texts are a section of the prose (`narrative.<section>`), one paragraph of it, counted
        from 1 (`narrative.<section>.<number>`), and the fields.
        """
        return tuple(self._basis_at(key) for key in keys)

    def _basis_at(self, key: str) -> Basis:
        text = self.text_at(key)
        return self._number_at(key) if text is None else fingerprint(text)

    def text_at(self, key: str) -> str | None:
        """The text of a section, a paragraph or a field; None for the key of a figure."""
        if key.startswith(NARRATIVE):
            return self._prose_at(key.removeprefix(NARRATIVE))
        if key in self.fields:
            return str(self.fields[key])
        return None if key in self.cells or key.startswith(PRIOR) else ""

    def _prose_at(self, name: str) -> str:
        """The paragraphs of `section`, or the one of `section.number`, a line each."""
        section, _, number = name.partition(".")
        paragraphs = self.narrative.get(section, ())
        if number.isdecimal():
            paragraphs = paragraphs[int(number) - 1 : int(number)]
        return "\n".join(f"{paragraph.heading}\t{paragraph.text}" for paragraph in paragraphs)

    def text(self, key: str) -> str:
        """A field as text; empty when it is not filled in."""
        value = self.fields.get(key)
        return "" if value is None or isinstance(value, bool) else str(value)

    def declares(self, key: str) -> bool:
        return self.fields.get(f"declarations.{key}") is True

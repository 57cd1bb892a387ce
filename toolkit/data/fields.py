"""The facts of 基本信息 in a data file -> the fields of a Reading, by their flat keys."""

from typing import Any

from toolkit.data.taker import PERIOD, Taker
from toolkit.edition.declared import FieldEntry
from toolkit.edition.model import Edition
from toolkit.finding import Place
from toolkit.phrases import phrases
from toolkit.record.reading import FieldValue

_PROFILE, _PERIOD_HOLDER = "profile", "profile.period"


def load_fields(taker: Taker, edition: Edition) -> dict[str, FieldValue]:
    """Every fact with an answer. The two dates of the period are in one list (profile.period)."""
    loader = _FieldLoader(taker)
    fields: dict[str, FieldValue] = {}
    for key, entry in edition.fields.items():
        if entry.kind == "year":
            continue
        value = loader.take_value(key, entry)
        if value and entry.choices:
            value = loader.check_choice(key, entry, value, edition)
        if _is_answer(value):
            fields[key] = value
    loader.report_unknown_facts()
    return fields


def _is_answer(value: FieldValue) -> bool:
    """Whether a value says something; white space is no answer."""
    return bool(value.strip() if isinstance(value, str) else value)


class _FieldLoader:
    """Takes every part with facts once; `parts` has them by their dotted names."""

    def __init__(self, taker: Taker) -> None:
        self.taker = taker
        profile = taker.take_part(_PROFILE)
        self.parts = {
            _PROFILE: profile,
            _PERIOD_HOLDER: Taker({}, Place(), "", taker.findings),
        }
        self.period: list[Any] = profile.take_list("period")
        if len(self.period) > len(PERIOD):
            profile.refuse("period", self.period, phrases().data.no_period)

    def take_value(self, key: str, entry: FieldEntry) -> FieldValue:
        holder, _, name = key.rpartition(".")
        part = self._part(holder)
        if key in PERIOD:
            return self._take_date_of_period(part, key)
        if entry.kind == "yesno":
            return part.take_truth(name)
        if entry.kind == "date":
            return part.take_date(name)
        return part.take_text(name)

    def _take_date_of_period(self, part: Taker, key: str) -> FieldValue:
        index = PERIOD.index(key)
        if index >= len(self.period):
            return None
        return part.convert_date(key, self.period[index])

    def check_choice(
        self, key: str, entry: FieldEntry, value: FieldValue, edition: Edition
    ) -> FieldValue:
        """The value if the field takes it; else None, and it is refused."""
        choices = dict(edition.profile.choices[entry.choices])
        if entry.open or value in choices:
            return value
        holder, _, name = key.rpartition(".")
        words = phrases().data
        todo = words.choices.format(choices="、".join(choices))
        self._part(holder).refuse(name, value, words.no_choice, todo)
        return None

    def _part(self, holder: str) -> Taker:
        """The part with a dotted name, opened through the parts around it."""
        if holder not in self.parts:
            outer, _, name = holder.rpartition(".")
            around = self._part(outer) if outer else self.taker
            self.parts[holder] = around.take_part(name)
        return self.parts[holder]

    def report_unknown_facts(self) -> None:
        for part in self.parts.values():
            part.report_unknown()

"""Typed parts out of a parsed data file, and what is wrong with the others.

SCHEMA and PERIOD are shared by loading and dumping, which are inverse to each other.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from toolkit.codes import make_finding
from toolkit.finding import Finding, Place, Severity
from toolkit.personal import short
from toolkit.phrases import phrases

SCHEMA = 1
PERIOD = ("profile.period.start", "profile.period.end")

_YEAR_DIGITS = 9


class Taker:
    """Takes typed parts out of a parsed JSON object and remembers what is wrong with them.

    A part of the wrong type is not used (R-11); a name that nobody asked for is not read (R-10).
    """

    def __init__(
        self,
        data: dict[str, Any],
        place: Place,
        at: str = "",
        findings: list[Finding] | None = None,
    ) -> None:
        """`at` is the name of the object in its file; parts share the findings of the whole."""
        self._data, self._place, self._at, self._asked = data, place, at, set[str]()
        self.findings: list[Finding] = [] if findings is None else findings

    def take_raw(self, key: str) -> Any:
        self._asked.add(key)
        return self._data.get(key)

    def take_text(self, key: str) -> str:
        """A text, or a number as it is written; "" for anything else."""
        value = self.take_raw(key)
        if value is None:
            return ""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            self.refuse(key, value, phrases().data.no_text)
            return ""
        return value

    def take_whole(self, key: str) -> int | None:
        """A whole number, also as text of at most nine digits."""
        value = self.take_raw(key)
        if value is None:
            return None
        if isinstance(value, str):
            digits = value.strip()
            if digits.isdecimal() and len(digits) <= _YEAR_DIGITS:
                return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(key, value, phrases().data.no_whole_number)
            return None
        return value

    def take_date(self, key: str) -> dt.date | None:
        return self.convert_date(key, self.take_raw(key))

    def convert_date(self, key: str, value: object) -> dt.date | None:
        """A date from a value that was taken already; `key` names it in a refusal."""
        if value in (None, ""):
            return None
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            words = phrases().data
            self.refuse(key, value, words.no_date, words.no_date_remedy)
            return None

    def take_truth(self, key: str) -> bool | None:
        value = self.take_raw(key)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(key, value, phrases().data.no_truth)
        return None

    def take_part(self, key: str) -> "Taker":
        """The object under a key; an empty one where there is none."""
        value = self.take_raw(key)
        if isinstance(value, dict):
            return self._open_part(value, key)
        if value is not None:
            self.refuse(key, value, phrases().data.no_part)
        return self._open_part({}, key)

    def take_parts(self, key: str) -> list["Taker"]:
        """The objects in a list; a text counts as an object with nothing but that text."""
        parts = []
        for index, value in enumerate(self.take_list(key)):
            name = f"{key}[{index}]"
            if isinstance(value, dict):
                parts.append(self._open_part(value, name))
            elif isinstance(value, str):
                parts.append(self._open_part({"text": value}, name))
            else:
                self.refuse(name, value, phrases().data.no_part)
        return parts

    def take_list(self, key: str) -> list[Any]:
        value = self.take_raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(key, value, phrases().data.no_list)
            return []
        return value

    def own_names(self) -> list[str]:
        return list(self._data)

    def peek(self, key: str) -> Any:
        """The value under a key, which does not count as taken."""
        return self._data.get(key)

    def refuse(self, key: str, raw: object, why: str, todo: str = "") -> None:
        """Report a value that is not used; a lost figure of the tables is an error."""
        name = self._full_name(key)
        words = phrases().data
        self.findings.append(
            make_finding(
                "value_not_used",
                self._place,
                [_key_of(name)],
                severity=Severity.ERROR if _is_of_tables(name) else None,
                where=name,
                raw=words.group_of_content if isinstance(raw, dict | list) else short(raw),
                why=why,
                todo=todo or words.check_file,
            )
        )

    def report_unknown(self) -> None:
        """Report every name that was not asked for; where figures are lost it is an error."""
        for key, value in self._data.items():
            if key in self._asked:
                continue
            name = self._full_name(key)
            is_lost_figure = _is_of_tables(name) and value is not None
            self.findings.append(
                make_finding(
                    "unknown_name",
                    self._place,
                    [_key_of(name)],
                    severity=Severity.ERROR if is_lost_figure else None,
                    key=name,
                )
            )

    def _open_part(self, data: dict[str, Any], key: str) -> "Taker":
        return Taker(data, self._place, self._full_name(key), self.findings)

    def _full_name(self, key: str) -> str:
        return f"{self._at}.{key}" if self._at else key


def _is_of_tables(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] == "tables"


def _key_of(name: str) -> str:
    """The key of a finding: cells under their cell key, last year's as prior.<key>."""
    return re.sub(r"^(prior\.)?tables\.", r"\1", name)

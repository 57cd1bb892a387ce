"""The data file (JSON): its outer form, shared by loading and dumping, which are inverse to each other."""

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any

from toolkit.codes import make_finding
from toolkit.files.decoding import decode_text
from toolkit.finding import Finding, Place, Severity
from toolkit.personal import short

SCHEMA = 1
DEPTH = 20  # of nested parts; a data file needs seven
YEAR_DIGITS = 9
PERIOD = ("profile.period.start", "profile.period.end")


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
        self._data, self._place, self._at, self._asked = data, place, at, set[str]()
        self.findings: list[Finding] = [] if findings is None else findings

    def _name(self, key: str) -> str:
        return f"{self._at}.{key}" if self._at else key

    def take_raw(self, key: str) -> Any:
        self._asked.add(key)
        return self._data.get(key)

    def refuse(self, key: str, raw: object, why: str, todo: str = "请核对数据文件。") -> None:
        name = self._name(key)
        shown = "一组内容" if isinstance(raw, dict | list) else short(raw)
        severity = Severity.ERROR if name.split(".")[0] == "tables" else None  # a figure is lost
        self.findings.append(
            make_finding(
                "value_not_used",
                self._place,
                [_key(name)],
                severity=severity,
                where=name,
                raw=shown,
                why=why,
                todo=todo,
            )
        )

    def take_text(self, key: str) -> str:
        value = self.take_raw(key)
        if value is None:
            return ""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            self.refuse(key, value, "不是文字")
            return ""
        return value

    def take_whole(self, key: str) -> int | None:
        value = self.take_raw(key)
        if value is None:
            return None
        if (
            isinstance(value, str)
            and value.strip().isdecimal()
            and len(value.strip()) <= YEAR_DIGITS
        ):
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(key, value, "不是整数")
            return None
        return value

    def take_date(self, key: str) -> dt.date | None:
        return self.convert_date(key, self.take_raw(key))

    def convert_date(self, key: str, value: object) -> dt.date | None:
        if value in (None, ""):
            return None
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.refuse(key, value, "不是日期", "请按 2022-01-10 的样子写。")
            return None

    def take_truth(self, key: str) -> bool | None:
        value = self.take_raw(key)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(key, value, "不是 true 或 false")
        return None

    def take_part(self, key: str) -> "Taker":
        value = self.take_raw(key)
        if value is not None and not isinstance(value, dict):
            self.refuse(key, value, "不是一组项目")
        return Taker(
            value if isinstance(value, dict) else {}, self._place, self._name(key), self.findings
        )

    def take_parts(self, key: str) -> list["Taker"]:
        found = []
        for index, item in enumerate(self.take_list(key)):
            name = f"{self._name(key)}[{index}]"
            if isinstance(item, dict):
                found.append(Taker(item, self._place, name, self.findings))
            elif isinstance(item, str):
                found.append(Taker({"text": item}, self._place, name, self.findings))
            else:
                self.refuse(f"{key}[{index}]", item, "不是一组项目")
        return found

    def take_list(self, key: str) -> list[Any]:
        value = self.take_raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(key, value, "不是一列项目")
            return []
        return value

    def own_names(self) -> list[str]:
        return list(self._data)

    def peek(self, key: str) -> Any:
        """A part that is not taken yet."""
        return self._data.get(key)

    def report_unknown(self) -> None:
        """What was not asked for, as findings."""
        for key in self._data:
            if key not in self._asked:
                name = self._name(key)
                lost = (
                    name.split(".")[0] == "tables" and self._data[key] is not None
                )  # a figure, or a table of them
                self.findings.append(
                    make_finding(
                        "unknown_name",
                        self._place,
                        [_key(name)],
                        severity=Severity.ERROR if lost else None,
                        key=name,
                    )
                )


def _key(name: str) -> str:
    """The key of a finding: cells under their cell key, last year's as prior.<key>."""
    return re.sub(r"^(prior\.)?tables\.", r"\1", name)


class _Duplicate(ValueError):
    pass


def parse_data_file(data: bytes) -> dict[str, Any] | str:
    """The JSON object of a data file, or one sentence why it is none. Numbers are exact, lone surrogates replaced."""
    text = decode_text(data)
    if text is None:
        return "文件的文字编码不认识"
    try:
        parsed = json.loads(
            text, parse_float=Decimal, parse_constant=str, object_pairs_hook=_object
        )
    except _Duplicate as error:
        return f"数据文件里“{error}”写了两次"
    except (ValueError, RecursionError, ArithmeticError):
        return "文件不是完整的 JSON 数据"
    return (
        parsed if isinstance(parsed, dict) and not _too_deep(parsed) else "文件不是本工具的数据文件"
    )


def _too_deep(parsed: Any) -> bool:
    """Deeper than any data file; refused here, so that nothing later runs out of stack."""
    level = [parsed]
    for _ in range(DEPTH):
        level = [
            item
            for part in level
            for item in (part.values() if isinstance(part, dict) else part)
            if isinstance(item, dict | list)
        ]
        if not level:
            return False
    return True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Duplicate(short(key))
        found[_clean(key)] = _clean(value)
    return found


def _clean(value: Any) -> Any:
    """Lone surrogates (possible through \\ud800 escapes) cannot be written to any file."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value

"""A good workbook with another figure in every input, and the tools to change it with."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import openpyxl
from openpyxl.workbook import Workbook

from tests.support.make import book, zero
from toolkit.edition.load import load_edition
from toolkit.record.reading import Paragraph, Reading
from toolkit.record.settle import settle
from toolkit.values import BLANK, number
from toolkit.workbook.plan import Plan
from toolkit.workbook.spots import Spot

EDITION = load_edition("2021")
PLAN = Plan(EDITION)
INPUTS = tuple(key for key in EDITION.cells if key not in EDITION.totals)
UNIT = "甲镇人民政府"

Change = Callable[[bytes], bytes]


@cache
def good() -> Reading:
    """Every input another figure, so that none can be taken for its neighbour."""
    reading = zero("2021", unit__level="township")
    cells = dict.fromkeys(EDITION.totals, BLANK) | {
        key: number(index + 3) for index, key in enumerate(INPUTS)
    }
    narrative = {
        "overview": (Paragraph("主动公开", "公开12条。"), Paragraph("", "第二段")),
        "problems": (Paragraph("", "有不足。"),),
    }
    return settle(EDITION, replace(reading, cells=cells, narrative=narrative))


@cache
def good_book() -> bytes:
    return book(good())


def spot(key: str) -> Spot:
    return PLAN.field_spots[key] if key in PLAN.field_spots else PLAN.table_of(key).spot(key)


def sheet_part(name: str) -> str:
    """The part of the package that holds a sheet of the form."""
    return f"xl/worksheets/sheet{PLAN.sheets.index(name) + 1}.xml"


def part_of(key: str) -> str:
    return sheet_part(spot(key).sheet)


def by_hand(change: Callable[[Workbook], object]) -> Change:
    """Done by another program, openpyxl, which saves formulas without results (R-27)."""

    def tampered(data: bytes) -> bytes:
        found = openpyxl.load_workbook(io.BytesIO(data))
        change(found)
        out = io.BytesIO()
        found.save(out)
        return out.getvalue()

    return tampered


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(found: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, body in found.items():
            package.writestr(name, body)
    return out.getvalue()


def in_part(name: str, change: Callable[[bytes], bytes | None]) -> Change:
    """One part of the package changed as bytes, or left out."""

    def tampered(data: bytes) -> bytes:
        found = parts(data)
        body = change(found[name])
        assert body != found[name], f"nothing changed in {name}"
        if body is None:
            del found[name]
        else:
            found[name] = body
        return packed(found)

    return tampered


def swap(name: str, old: str, new: str, count: int = 1) -> Change:
    def change(body: bytes) -> bytes:
        assert old.encode() in body, (name, old)
        return body.replace(old.encode(), new.encode(), count)

    return in_part(name, change)


def sub(name: str, pattern: str, replacement: str, count: int = 1) -> Change:
    def change(body: bytes) -> bytes:
        text, done = re.subn(
            pattern, replacement, body.decode("utf-8"), count=count, flags=re.DOTALL
        )
        assert done, (name, pattern)
        return text.encode("utf-8")

    return in_part(name, change)


def chain(*changes: Change) -> Change:
    def tampered(data: bytes) -> bytes:
        for change in changes:
            data = change(data)
        return data

    return tampered


def differing(reading: Reading) -> set[str]:
    """The inputs that are not what was typed."""
    return {key for key in INPUTS if reading.value(key).number != good().value(key).number}


def keys_in(table: str, row: str = "", column: str = "") -> frozenset[str]:
    """The inputs of a row or column."""

    def fits(key: str) -> bool:
        cell = EDITION.cells[key]
        return cell.table == table and row in ("", cell.row) and column in ("", cell.column)

    return frozenset(key for key in INPUTS if fits(key))

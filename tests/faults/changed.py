"""What people do to the form: figures are read all the same, or the finding names every cell that is lost."""

import io
import re
from collections.abc import Callable
from copy import copy
from dataclasses import replace

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.faults.base import Fault
from tests.support.good import (
    EDITION,
    INPUTS,
    PLAN,
    Change,
    by_hand,
    good,
    keys_in,
    packed,
    parts,
    spot,
)
from tests.support.make import book, zero
from toolkit.phrases import phrases
from toolkit.workbook.plan import META

REQUESTS = EDITION.table("requests").declared.sheet
DISPUTES = EDITION.table("disputes").declared.sheet
DISCLOSURE = EDITION.table("disclosure").declared.sheet
PROFILE = EDITION.profile.sheet
STATISTICS = EDITION.narrative.statistics.sheet
CHECKS, GUIDE = phrases().checks_sheet.sheet, phrases().guide_sheet.sheet
KEY = "requests.received.natural"
MOVED = "R-24"  # openpyxl leaves validations where they were when rows or columns move, and hidden columns


def done(
    name: str, change: Callable[[Workbook], object], *codes: str, lost: frozenset[str] = frozenset()
) -> Fault:
    return Fault(name, by_hand(change), tuple(sorted(codes)), lost)


def on(sheet: str, change: Callable[[Worksheet], object]) -> Callable[[Workbook], object]:
    return lambda book: change(book[sheet])


def row(key: str) -> int:
    return spot(key).row + 1


def column(key: str) -> int:
    return spot(key).column + 1


def put(key: str, value: object) -> Callable[[Workbook], object]:
    return lambda book: setattr(book[spot(key).sheet][spot(key).address], "value", value)


def label(key: str, where: int, text: object) -> Callable[[Workbook], object]:
    return on(spot(key).sheet, lambda sheet: setattr(sheet.cell(row(key), where), "value", text))


def rename(old: str, new: str) -> Callable[[Workbook], object]:
    return lambda book: setattr(book[old], "title", new)


def swap_names(book: Workbook) -> None:
    book[REQUESTS].title, book[DISPUTES].title = "临时", REQUESTS
    book["临时"].title = DISPUTES


def unprotect(book: Workbook) -> None:
    for sheet in book:
        sheet.protection.disable()


def relabel_unprotected(book: Workbook) -> None:
    unprotect(book)
    label(KEY, 1, "一、新收")(book)


def move_row(sheet: Worksheet) -> None:
    """A row cut and inserted elsewhere, with its figures."""
    first, last = row("requests.denied_law.natural"), row("requests.denied_inquiry.natural")
    held = [(cell.value, copy(cell._style)) for cell in sheet[first][2:]]
    for number in range(first, last):
        for cell in sheet[number + 1][2:]:
            sheet.cell(number, cell.column).value = cell.value
    for cell, (value, _) in zip(sheet[last][2:], held, strict=True):
        cell.value = value


def row_with(value: object) -> Callable[[Workbook], object]:
    def change(book: Workbook) -> None:
        sheet = book[REQUESTS]
        sheet.insert_rows(row("requests.denied_law.natural"))
        sheet.cell(row("requests.denied_law.natural"), 4).value = value

    return change


def exchange_labels(book: Workbook) -> None:
    first, second = (
        book[REQUESTS].cell(row(f"requests.{name}.natural"), 3)
        for name in ("denied_secret", "unable_not_held")
    )
    first.value, second.value = second.value, first.value


def exchange_heads(first: tuple[int, str], second: tuple[int, str]) -> Callable[[Workbook], object]:
    """Labels over two columns, each given by how far over the figures it stands and its column."""

    def change(book: Workbook) -> None:
        upper, lower = (
            book[REQUESTS].cell(row(KEY) - up, column(f"requests.received.{name}"))
            for up, name in (first, second)
        )
        upper.value, lower.value = lower.value, upper.value

    return change


def merge(*keys: str) -> Callable[[Workbook], object]:
    """As programs do it: only the first cell keeps what it holds."""
    return on(
        spot(keys[0]).sheet,
        lambda sheet: sheet.merge_cells(f"{spot(keys[0]).address}:{spot(keys[-1]).address}"),
    )


def hide_rows(sheet: Worksheet) -> None:
    for number in range(
        row("requests.denied_secret.natural"), row("requests.denied_inquiry.natural")
    ):
        sheet.row_dimensions[number].hidden = True


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["E"].hidden = True


def paste_over(sheet: Worksheet) -> None:
    """What pasting a whole block does to validations."""
    sheet.data_validations.dataValidation = []


def overwrite_totals(book: Workbook) -> None:
    for key in (key for key in EDITION.totals if key.startswith("requests.")):
        value = good().value(key).number
        book[REQUESTS][spot(key).address].value = int(value) if value is not None else None


def own_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("我的草稿", 0)
    sheet["A1"], sheet["B7"] = "一、本年新收", 5


def copied_twice(book: Workbook) -> None:
    book.copy_worksheet(book[REQUESTS])[spot(KEY).address] = 99


def meta(entry: str, value: object) -> Callable[[Workbook], object]:
    def change(book: Workbook) -> None:
        next(line[1] for line in book[META].iter_rows() if line[0].value == entry).value = value

    return change


def into_new_book(*names: str) -> Change:
    """Some sheets moved to a workbook of their own, as by 移动或复制工作表."""

    def tampered(data: bytes) -> bytes:
        found = openpyxl.load_workbook(io.BytesIO(data))
        for name in found.sheetnames:
            if name not in names:
                del found[name]
        for name in list(found.defined_names):
            del found.defined_names[name]
        out = io.BytesIO()
        found.save(out)
        plain = parts(out.getvalue())
        outside = re.compile(rb"(?<![\]'\w])(_calc!)")
        return packed(
            {
                name: outside.sub(rb"[1]\1", body)
                if "/sheet" in name and name.endswith(".xml")
                else body
                for name, body in plain.items()
            }
        )

    return tampered


def replaced_by(other: bytes, sheet: str) -> Change:
    """A sheet of this workbook replaced by that of another one: its cells, its mark, and formulas that point there."""

    def tampered(data: bytes) -> bytes:
        found, source = (
            openpyxl.load_workbook(io.BytesIO(data)),
            openpyxl.load_workbook(io.BytesIO(other)),
        )
        old = found[sheet]
        at = found.index(old)
        del found[sheet]
        fresh = found.create_sheet(sheet, at)
        for line in source[sheet].iter_rows():
            for cell in line:
                if cell.value is not None:
                    value = cell.value
                    fresh[cell.coordinate].value = (
                        value.replace("_calc!", "[1]_calc!")
                        if isinstance(value, str) and value.startswith("=")
                        else value
                    )
        out = io.BytesIO()
        found.save(out)
        return out.getvalue()

    return tampered


def of_year(year: int) -> bytes:
    return book(replace(good(), year=year))


def of_unit(name: str) -> bytes:
    return book(replace(good(), fields={**good().fields, "unit.name": name}))


def of_2019() -> bytes:
    reading = zero("2019")
    cells = {key: good().cells.get(key, value) for key, value in reading.cells.items()}
    return book(
        replace(
            reading, cells=cells, fields={**reading.fields, "unit.name": good().text("unit.name")}
        )
    )


def gone(table: str) -> frozenset[str]:
    return keys_in(table)


FRESH = ("R-23", "R-24")  # a sheet that openpyxl made anew has neither protection nor validations
ALL = frozenset(INPUTS)
GRANTED = ("requests.granted.natural", "requests.granted.total")

CHANGED: tuple[Fault, ...] = (
    done("label edited", label("requests.denied_secret.natural", 3, "1.属于机密"), "R-04"),
    done("label emptied", label("requests.denied_secret.natural", 3, None), "R-04"),
    done(
        "label with blanks and other punctuation",
        label("requests.denied_secret.natural", 3, "1．属于 国家秘密"),
    ),
    done("label overwritten by a figure", label("requests.received.natural", 1, 7), "R-04"),
    done(
        "head edited",
        on(
            REQUESTS,
            lambda sheet: setattr(sheet.cell(row(KEY) - 1, column(KEY) + 2), "value", "研究所"),
        ),
        "R-04",
    ),
    done("row inserted on top", on(REQUESTS, lambda sheet: sheet.insert_rows(1)), "R-05", MOVED),
    done(
        "two rows inserted inside",
        on(REQUESTS, lambda sheet: sheet.insert_rows(row("requests.denied_law.natural"), 2)),
        "R-05",
        MOVED,
    ),
    done(
        "column inserted on the left",
        on(REQUESTS, lambda sheet: sheet.insert_cols(1)),
        "R-05",
        "R-22",
        MOVED,
    ),
    done(
        "column inserted inside",
        on(REQUESTS, lambda sheet: sheet.insert_cols(column("requests.granted.legal"))),
        "R-05",
        "R-22",
        MOVED,
    ),
    done(
        "row inserted in a table without row labels",
        on(DISPUTES, lambda sheet: sheet.insert_rows(row("disputes.review.upheld"))),
        "R-05",
        MOVED,
    ),
    done(
        "row inserted between blocks",
        on(DISCLOSURE, lambda sheet: sheet.insert_rows(row("disclosure.penalty.decisions") - 2)),
        "R-05",
        MOVED,
    ),
    done(
        "row deleted",
        on(REQUESTS, lambda sheet: sheet.delete_rows(row("requests.denied_law.natural"))),
        "R-03",
        "R-05",
        MOVED,
        lost=keys_in("requests", "denied_law"),
    ),
    done(
        "last row deleted",
        on(REQUESTS, lambda sheet: sheet.delete_rows(row("requests.carried_out.natural"))),
        "R-03",
        lost=keys_in("requests", "carried_out"),
    ),
    done(
        "column deleted",
        on(REQUESTS, lambda sheet: sheet.delete_cols(column("requests.granted.legal"))),
        "R-03",
        "R-05",
        "R-22",
        lost=keys_in("requests", column="legal"),
    ),
    done("row moved", on(REQUESTS, move_row), "R-05"),
    done("row inserted with a figure", row_with(7), "R-05", "R-32", MOVED),
    done("row inserted with words", row_with("见附件"), "R-05", "R-32", MOVED),
    done("row inserted with a formula", row_with("=2+5"), "R-05", "R-32", MOVED),
    done("labels of two rows exchanged", exchange_labels, "R-04", "R-04"),
    done(
        "labels of two columns exchanged",
        exchange_heads((1, "commercial"), (1, "research")),
        "R-04",
        "R-04",
    ),
    done(
        "labels of two columns far apart exchanged",
        exchange_heads((2, "natural"), (1, "other")),
        "R-04",
        "R-04",
    ),
    done(
        "label of a column exchanged with that of the total",
        exchange_heads((1, "research"), (2, "total")),
        "R-04",
        "R-04",
    ),
    done(
        "figures of two columns merged",
        merge("requests.received.natural", "requests.received.commercial"),
        "R-35",
        lost=frozenset(["requests.received.commercial"]),
    ),
    done(
        "figures of rows merged",
        merge("requests.denied_secret.research", "requests.denied_safety.research"),
        "R-35",
        lost=keys_in("requests", "denied_law", "research")
        | keys_in("requests", "denied_safety", "research"),
    ),
    done(
        "figures of two tables merged",
        lambda book: [
            merge(*keys)(book)
            for keys in (("disputes.review.upheld", "disputes.review.corrected"), GRANTED)
        ],
        "R-35",
        "R-35",
        lost=frozenset(["disputes.review.corrected"])
        | keys_in("requests", "granted") - {GRANTED[0]},
    ),
    done(
        "figure below a table",
        on(
            REQUESTS,
            lambda sheet: setattr(
                sheet.cell(row("requests.carried_out.natural") + 3, 5), "value", 9
            ),
        ),
        "R-33",
    ),
    done("sheet renamed", rename(REQUESTS, "表三"), "R-20"),
    done("sheet of prose renamed", rename(EDITION.section("overview").sheet, "总体"), "R-20"),
    done("基本信息 renamed", rename(PROFILE, "单位"), "R-20"),
    done("公开统计 renamed", rename(STATISTICS, "统计"), "R-20"),
    done("names of two sheets exchanged", swap_names, "R-20", "R-20"),
    done(
        "sheet of a table deleted",
        lambda book: book.remove(book[DISPUTES]),
        "R-02",
        lost=gone("disputes"),
    ),
    done(
        "sheet of prose deleted",
        lambda book: book.remove(book[EDITION.section("overview").sheet]),
        "R-02",
    ),
    done("基本信息 deleted", lambda book: book.remove(book[PROFILE]), "R-02"),
    done("公开统计 deleted", lambda book: book.remove(book[STATISTICS]), "R-02"),
    done("校验 deleted", lambda book: book.remove(book[CHECKS]), "R-02"),
    done("sheet duplicated", copied_twice, "R-12"),
    done("sheet added", own_sheet, "R-29"),
    done("rows hidden", on(REQUESTS, hide_rows), "R-22"),
    done("column hidden", on(REQUESTS, hide_column), "R-22"),
    done(
        "sheet of a table hidden",
        on(REQUESTS, lambda sheet: setattr(sheet, "sheet_state", "hidden")),
        "R-34",
    ),
    done(
        "sheet of prose hidden",
        on(
            EDITION.section("overview").sheet,
            lambda sheet: setattr(sheet, "sheet_state", "veryHidden"),
        ),
        "R-34",
    ),
    done("protection removed", unprotect, "R-23"),
    done(
        "protection removed and label edited",
        relabel_unprotected,
        "R-04",
        "R-23",
    ),
    done("validations pasted away", on(REQUESTS, paste_over), "R-24"),
    done(
        "total overwritten by its figure",
        put("requests.received.total", int(good().value("requests.received.total").number or 0)),
        "R-06",
    ),
    done("all totals of a table overwritten", overwrite_totals, "R-06"),
    done("total overwritten by text", put("requests.received.total", "见上"), "R-06"),
    done("total overwritten by a stroke", put("requests.received.total", "-"), "R-06"),
    done(
        "total overwritten by a sum of its own",
        put("requests.received.total", "=SUM(D7:I7)"),
        "R-06",
    ),
    done("input overwritten by a formula", put(KEY, "=1+2"), lost=frozenset([KEY])),
    done(
        "input overwritten by a formula of another file",
        put(KEY, "=[1]Sheet1!A1"),
        "R-26",
        lost=frozenset([KEY]),
    ),
    done("input is a picture", put(KEY, '=DISPIMG("ID_1",1)'), lost=frozenset([KEY])),
    done("hidden sheet deleted", lambda book: book.remove(book[META]), "R-21"),
    done("hidden sheet of mirrors deleted", lambda book: book.remove(book["_calc"])),
    done("hidden format edited", meta("format", "other"), "R-21"),
    done("hidden year edited", meta("year", 2022), "R-28"),
    done("hidden year emptied", meta("year", None), "R-28"),
    done("hidden edition edited", meta("edition", "../2021"), "R-28"),
    done("hidden figures damaged", meta("extra", "{")),
    done("older template", meta("template_version", 0), "R-15"),
    done("newer template", meta("template_version", 9), "R-15"),
    done("year edited", put("year", 2022), "R-28"),
    done("year emptied", put("year", None), "R-28"),
    Fault("all visible sheets in a new workbook", into_new_book(*PLAN.sheets), ("R-21", "R-26")),
    Fault(
        "one sheet in a new workbook",
        into_new_book(REQUESTS),
        ("R-02",) * 15 + ("R-21", "R-26"),
        ALL - gone("requests"),
    ),
    Fault(
        "last year's sheet inside",
        replaced_by(of_year(2020 + 2), REQUESTS),
        tuple(sorted(("R-25", *FRESH))),
    ),
    Fault(
        "another unit's sheet inside",
        replaced_by(of_unit("乙镇人民政府"), REQUESTS),
        tuple(sorted(("R-25", *FRESH))),
    ),
    Fault(
        "the same blank form's sheet inside",
        replaced_by(book(good()), REQUESTS),
        tuple(sorted(("R-26", *FRESH))),
    ),
    Fault(
        "another edition's sheet inside",
        replaced_by(of_2019(), REQUESTS),
        tuple(sorted(("R-03", "R-03", "R-04", "R-05", "R-06", "R-25", *FRESH))),
        keys_in("requests", "other_unpaid") | keys_in("requests", "other_misc"),
        doubtful=keys_in(
            "requests", "other_uncorrected"
        ),  # the one row of （六） in that edition, under its edited label
    ),
)

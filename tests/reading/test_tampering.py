"""One fault a test, done to a good filled workbook by another program: what is said of it, and that no figure is lost or guessed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.findings import codes_of
from tests.support.good import EDITION, by_hand, part_of, spot, sub
from tests.support.make import book, fresh, with_cells, zero
from toolkit.checking.check import check
from toolkit.finding import Finding
from toolkit.reading.read import read
from toolkit.record.reading import Paragraph, Reading
from toolkit.values import BLANK, State, Why, number
from toolkit.workbook.plan import META
from toolkit.workbook.stamp import COLUMN

Tamper = Callable[[Workbook], object]

REQUESTS = EDITION.table("requests").declared.sheet
DISPUTES = EDITION.table("disputes").declared.sheet
OVERVIEW = EDITION.section("overview").sheet


@cache
def consistent() -> Reading:
    """A report whose tables agree, so that a changed total is the only thing wrong."""
    figures = {
        "received__natural": 5,
        "received__legal": 1,
        "granted__natural": 3,
        "denied_law__natural": 2,
        "carried_out__legal": 1,
    }
    own = {f"requests__{key}": value for key, value in figures.items()}
    reading = with_cells(
        zero("2021"),
        **own,
        disputes__review__upheld=2,
        disclosure__normative__in_force=4,
        processing_fee__notices=1,
    )
    return replace(
        reading,
        narrative={"overview": (Paragraph("主动公开", "公开12条。"), Paragraph("", "第二段"))},
    )


@cache
def consistent_book() -> bytes:
    return book(consistent())


def after(tamper: Tamper) -> bytes:
    return by_hand(tamper)(consistent_book())


def reread(data: bytes) -> tuple[Reading, list[Finding]]:
    reading, findings = read(data, "a.xlsx")
    assert reading is not None
    return reading, fresh(findings)


def put(key: str, value: object) -> Tamper:
    def tamper(found: Workbook) -> None:
        found[spot(key).sheet][spot(key).address] = value

    return tamper


def on(sheet: str, change: Callable[[Worksheet], object]) -> Tamper:
    return lambda found: change(found[sheet])


def row_of(key: str) -> int:
    """The sheet row of a cell, counted from 1."""
    return spot(key).row + 1


def changed(reading: Reading) -> dict[str, object]:
    """The cells that are not what was filled in."""
    return {
        key: reading.value(key)
        for key in consistent().cells
        if reading.value(key) != consistent().value(key)
    }


@pytest.mark.parametrize("label", ["1.属于机密", "", 7])
@pytest.mark.parametrize(
    ("key", "column"), [("denied_secret", 3), ("received", 1), ("carried_out", 1)]
)
def test_edited_label_is_reported_and_changes_no_figure(
    key: str, column: int, label: object
) -> None:
    row = row_of(f"requests.{key}.natural")
    reading, findings = reread(
        after(lambda found: setattr(found[REQUESTS].cell(row, column), "value", label))
    )
    assert [(finding.code, finding.place.sheet, finding.place.cell) for finding in findings] == [
        ("R-04", REQUESTS, f"{' ABC'[column]}{row}")
    ]
    assert changed(reading) == {}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("requests.denied_law.natural", ["R-03", "R-05", "R-24"]),
        ("requests.carried_out.natural", ["R-03"]),
    ],
    ids=["inner", "last"],
)
def test_deleted_row_is_reported_with_its_keys(key: str, said: list[str]) -> None:
    reading, findings = reread(after(on(REQUESTS, lambda sheet: sheet.delete_rows(row_of(key)))))
    assert codes_of(findings) == said
    gone = tuple(cell for cell in EDITION.cells if cell.startswith(key.rpartition(".")[0] + "."))
    assert next(finding.keys for finding in findings if finding.code == "R-03") == gone
    assert {key: reading.value(key) for key in gone} == dict.fromkeys(gone, BLANK)
    assert set(changed(reading)) - set(gone) <= set(EDITION.totals)


@pytest.mark.parametrize("column", ["natural", "legal", "total"])
def test_deleted_column_is_reported_with_its_keys(column: str) -> None:
    reading, findings = reread(
        after(
            on(
                REQUESTS,
                lambda sheet: sheet.delete_cols(spot(f"requests.granted.{column}").column + 1),
            )
        )
    )
    gone = tuple(
        cell
        for cell in EDITION.cells
        if cell.startswith("requests.") and cell.endswith(f".{column}")
    )
    assert next(finding.keys for finding in findings if finding.code == "R-03") == gone
    assert set(changed(reading)) <= {*gone, *EDITION.totals}
    assert {reading.value(key) for key in gone} - {
        reading.value(key) for key in reading.computed
    } <= {BLANK}


def test_row_below_a_table_is_not_read_as_its_last_row() -> None:
    fees = EDITION.table("processing_fee").declared.sheet

    def tamper(sheet: Worksheet) -> None:
        sheet.delete_rows(row_of("processing_fee.received"))
        sheet.cell(
            row_of("processing_fee.received") + 3, 1
        ).value = 2021  # a heading of the prose below

    reading, findings = reread(after(on(fees, tamper)))
    assert [(finding.code, finding.keys) for finding in findings] == [
        ("R-03", ("processing_fee.received",))
    ]
    assert changed(reading) == {"processing_fee.received": BLANK}


def test_deleted_sheet_is_reported_with_its_keys() -> None:
    reading, findings = reread(after(lambda found: found.remove(found[DISPUTES])))
    assert [(finding.code, finding.keys) for finding in findings] == [
        ("R-02", tuple(cell.key for cell in EDITION.table("disputes").cells))
    ]
    assert set(changed(reading)) <= set(findings[0].keys)


def test_duplicated_sheet_is_reported_and_the_first_is_read() -> None:
    def tamper(found: Workbook) -> None:
        found.copy_worksheet(found[REQUESTS])[spot("requests.received.natural").address] = 99

    reading, findings = reread(after(tamper))
    assert codes_of(findings) == ["R-12"]
    assert changed(reading) == {}


@pytest.mark.parametrize(
    ("key", "right", "broken"),
    [
        ("requests.handled.natural", 5, "T3-02"),
        ("requests.received.total", 6, "T3-03"),
        ("disputes.review.total", 2, "T4-01"),
    ],
)
def test_total_overwritten_by_a_figure_is_reported_and_checked_as_typed(
    key: str, right: int, broken: str
) -> None:
    assert consistent().value(key) == number(right)
    reading, findings = reread(after(put(key, right)))
    assert [(finding.code, finding.keys, finding.place.cell) for finding in findings] == [
        ("R-06", (key,), spot(key).address)
    ]
    assert changed(reading) == {}
    assert key not in reading.computed
    assert broken not in codes_of(check([reading])[0])
    reading, findings = reread(after(put(key, right + 3)))
    assert [(finding.code, finding.keys) for finding in findings] == [("R-06", (key,))]
    assert reading.value(key) == number(right + 3)
    assert broken in codes_of(check([reading])[0])


@pytest.mark.parametrize(
    ("key", "code"), [("requests.received.total", "R-06"), ("requests.received.legal", "V-13")]
)
def test_foreign_formula_is_reported_and_read_by_its_saved_result(key: str, code: str) -> None:
    place = spot(key).address
    change = sub(
        part_of(key),
        rf'<c r="{place}"( s="\d+")[^>]*>.*?</c>',
        rf'<c r="{place}"\1><f>2+5</f><v>7</v></c>',
    )
    data = change(consistent_book())
    reading, findings = reread(data)
    assert [(finding.code, finding.keys, finding.place.cell) for finding in findings] == [
        (code, (key,), place)
    ]
    assert reading.value(key) == number(7)


@pytest.mark.parametrize(
    ("key", "said", "judged"),
    [("requests.received.total", ["R-06"], "V-27"), ("requests.received.legal", [], "V-02")],
)
def test_foreign_formula_without_a_result_is_read_as_unreadable(
    key: str, said: list[str], judged: str
) -> None:
    reading, findings = reread(after(put(key, "=2+5")))
    assert [(finding.code, finding.keys) for finding in findings] == [
        (code, (key,)) for code in said
    ]
    assert (reading.value(key).state, reading.value(key).why) == (State.UNREADABLE, Why.FORMULA)
    assert [
        (finding.code, finding.keys) for finding in check([reading])[0] if finding.code[0] == "V"
    ] == [(judged, (key,))]


@pytest.mark.parametrize("typed", ["-", "TRUE", "七十五", True, 1.5, -2, -1.5])
def test_overwritten_total_that_is_no_sum_is_reported_as_a_lost_formula(typed: object) -> None:
    key = "requests.received.total"
    reading, findings = reread(after(put(key, typed)))
    assert [(finding.code, finding.keys) for finding in findings] == [("R-06", (key,))]
    assert [
        (finding.code, finding.keys) for finding in check([reading])[0] if finding.code[0] == "V"
    ] == [("V-27", (key,))]

    def of_published(found: Workbook) -> None:
        put(key, typed)(found)
        meta("origin", "published")(found)

    published, _ = reread(after(of_published))
    assert "V-27" not in codes_of(check([published])[0])


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (dt.datetime(2022, 1, 2), Why.DATE),
        (True, Why.BOOLEAN),
        ("#REF!", Why.ERROR),
        ("见附件", Why.TEXT),
        (1e17, Why.LONG),
    ],
)
def test_cell_without_a_figure_is_read_as_unreadable_and_reported(typed: object, why: Why) -> None:
    key = "requests.received.legal"
    reading, findings = reread(after(put(key, typed)))
    assert findings == []
    assert (reading.value(key).state, reading.value(key).why) == (State.UNREADABLE, why)
    assert set(changed(reading)) <= {key, *EDITION.totals}
    assert [
        (finding.code, finding.keys) for finding in check([reading])[0] if finding.code[0] == "V"
    ] == [("V-02", (key,))]


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("declarations.no_disputes", "不知道"),
        ("unit.level", "县里"),
        ("signoff.filled.date", "下周"),
    ],
)
def test_answer_outside_its_choices_is_reported_and_dropped(key: str, typed: str) -> None:
    reading, findings = reread(after(put(key, typed)))
    assert [(finding.code, finding.keys, finding.place.cell) for finding in findings] == [
        ("R-11", (key,), spot(key).address)
    ]
    assert key not in reading.fields


def meta(entry: str, value: object) -> Tamper:
    def tamper(found: Workbook) -> None:
        next(row[1] for row in found[META].iter_rows() if row[0].value == entry).value = value

    return tamper


def unmarked(tamper: Tamper) -> bytes:
    """A fault in a workbook as made before sheets carried marks."""

    def both(found: Workbook) -> None:
        for sheet in found:
            sheet.cell(1, COLUMN + 1).value = None
        tamper(found)

    return after(both)


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (lambda found: found.remove(found[META]), "R-01"),
        (meta("format", "other"), "R-01"),
        (meta("edition", "2031"), "R-01"),
        (meta("edition", "../2021"), "R-01"),
        (meta("year", "去年"), "R-07"),
        (meta("year", None), "R-07"),
        (meta("year", True), "R-07"),
    ],
)
def test_workbook_of_an_unknown_form_or_year_is_refused(tamper: Tamper, code: str) -> None:
    reading, findings = read(unmarked(tamper), "a.xlsx")
    assert (reading, codes_of(findings)) == (None, [code])


@pytest.mark.parametrize(
    ("tamper", "code"), [(meta("year", 2020), "R-08"), (meta("template_version", 0), "R-15")]
)
def test_another_year_or_version_is_reported_and_figures_are_read(
    tamper: Tamper, code: str
) -> None:
    reading, findings = reread(unmarked(tamper))
    assert code in codes_of(findings)
    assert changed(reading) == {}


@pytest.mark.parametrize(
    "extra", ["{", "[]", "7", '{"prior": 3, "printed": [], "merged": {}, "explanations": []}']
)
def test_damaged_hidden_data_changes_no_figure(extra: str) -> None:
    reading, findings = reread(after(meta("extra", extra)))
    assert codes_of(findings) == []
    assert (changed(reading), reading.prior) == ({}, None)

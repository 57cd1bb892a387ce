"""What a cell holds and what is said of it: every V- code, blanks by origin, declarations, combined rows, explanations."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support import make
from toolkit.checking.check import check
from toolkit.edition.load import load_edition
from toolkit.finding import Finding, Severity
from toolkit.record.reading import Explanation, Origin, Reading
from toolkit.record.settle import settle
from toolkit.values import BLANK, Value, number, read_typed
from toolkit.workbook.write import blank

KEY = "requests.received.natural"


def with_typed(key: str, raw: object, **fields: Any) -> Reading:
    edition = load_edition("2021")
    reading = make.zero("2021", **fields)
    cells: dict[str, Value] = {
        other: BLANK if other in reading.computed else value
        for other, value in reading.cells.items()
    }
    cells[key] = read_typed(raw, edition.cells[key].kind, edition.cells[key].unit)[0]
    return settle(edition, replace(reading, cells=cells))


def codes(reading: Reading) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (finding.code, finding.keys) for finding in check([reading])[0] if finding.code[0] != "N"
    ]


@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_blank_form_gets_one_finding_per_table(edition_id: str) -> None:
    edition = load_edition(edition_id)
    findings = [
        finding
        for finding in check([blank(edition, make.YEARS[edition_id], unit__name="甲局")])[0]
        if finding.code[0] != "N"
    ]
    assert {finding.code for finding in findings} == {"V-01"}
    expected = {
        tuple(cell.key for cell in table.cells if cell.key not in edition.totals)
        for table in edition.tables
    }
    assert {finding.keys for finding in findings} == expected
    assert [finding.severity for finding in findings] == [table.gate for table in edition.tables]


def test_published_blanks_count_as_0_and_are_reported_once_per_table() -> None:
    reading = make.reported(make.zero("2021"))
    gone = ["requests.received.legal", "requests.handled.legal", "disputes.review.upheld"]
    published = replace(
        reading, origin=Origin.PUBLISHED, cells={**reading.cells, **dict.fromkeys(gone, BLANK)}
    )
    assert codes(published) == [("V-09", tuple(gone[:2])), ("V-09", (gone[2],))]
    broken = replace(published, cells={**published.cells, "requests.received.total": number(1)})
    assert "T3-03" in {code for code, _ in codes(broken)}


@pytest.mark.parametrize(("raw", "code"), [
    ("见附件", "V-02"), (True, "V-02"), ("#REF!", "V-02"), (10**16, "V-02"), (1.5, "V-03"), (-1, "V-04"), ("/", "V-05"), ("不适用", "V-05"),
])  # fmt: skip
def test_value_that_its_column_cannot_hold_is_reported_by_its_code(raw: object, code: str) -> None:
    findings = codes(with_typed(KEY, raw))
    assert findings == [(code, (KEY,))]  # and no relation over it is judged


def test_date_in_a_cell_is_reported_as_unreadable() -> None:
    import datetime as dt

    assert codes(with_typed(KEY, dt.datetime(2021, 1, 2))) == [("V-02", (KEY,))]


def test_negative_is_allowed_in_change_columns_and_refused_in_money() -> None:
    assert codes(with_typed("disclosure.fees.amount", 0.123456)) == []
    assert codes(with_typed("disclosure.fees.amount", -1)) == [
        ("V-04", ("disclosure.fees.amount",))
    ]
    assert codes(make.with_cells(make.zero("2019"), disclosure__penalty__change=-18)) == []


def test_implausibly_large_figure_is_questioned() -> None:
    assert ("V-07", (KEY,)) in codes(with_typed(KEY, 460_240))


def test_fee_statement_gets_warnings_and_never_errors() -> None:
    for raw in (None, "无", -1, 1.5):
        findings = check([with_typed("processing_fee.notices", raw)])[0]
        assert {finding.severity for finding in findings if finding.code[0] == "V"} == {
            Severity.WARNING
        }


@pytest.mark.parametrize(("declaration", "key"), [
    ("no_requests", KEY), ("no_requests", "processing_fee.asked"), ("no_organisations", "requests.granted.legal"),
    ("no_disputes", "disputes.direct.pending"), ("no_disclosure", "disclosure.fees.amount"),
])  # fmt: skip
def test_figure_under_a_zero_declaration_is_reported_with_both_cells(
    declaration: str, key: str
) -> None:
    reading = with_typed(key, 2, **{f"declarations__{declaration}": True})
    assert ("V-06", (key, f"declarations.{declaration}")) in codes(reading)
    assert not any(
        code == "V-06"
        for code, _ in codes(with_typed(key, 0, **{f"declarations__{declaration}": True}))
    )


def test_blanks_under_a_zero_declaration_count_as_zeros() -> None:
    edition = load_edition("2021")
    fields = {f"declarations.{declaration.key}": True for declaration in edition.declarations}
    empty = blank(edition, 2021, unit__name="甲局")
    reading = settle(edition, replace(empty, fields={**empty.fields, **fields}))
    assert codes(reading) == []
    assert reading.value("requests.handled.total").number == 0


@pytest.mark.parametrize(("origin", "figure", "code"), [
    (Origin.WORKBOOK, 2, "V-11"), (Origin.WORKBOOK, 0, "V-12"), (Origin.PUBLISHED, 2, "V-12"),
])  # fmt: skip
def test_combined_row_is_reported_by_origin_and_figure(
    origin: Origin, figure: int, code: str
) -> None:
    edition = load_edition("2021")
    form = edition.variant(frozenset(["requests.other_handling"]))
    cells = {key: BLANK if key in form.totals else number(0) for key in form.cells}
    cells |= {"requests.other_handling.natural": number(figure), KEY: number(figure)}
    base = replace(
        make.zero("2021"),
        origin=origin,
        cells=cells,
        combined=frozenset(["requests.other_handling"]),
    )
    findings = codes(settle(edition, base))
    assert [name for name, _ in findings] == [code]
    assert all(key.startswith("requests.other_handling.") for key in findings[0][1])
    wrong = settle(edition, replace(base, cells={**cells, "requests.handled.natural": number(9)}))
    t302 = next(keys for name, keys in codes(wrong) if name == "T3-02")
    assert t302[-1] == "requests.other_handling.natural"


def _explained(reading: Reading, values: tuple[int, ...]) -> Finding:
    keys = (
        "disclosure.normative.issued",
        "disclosure.normative.in_force",
        "disclosure.normative.repealed",
    )
    reason = Explanation(
        "T2-03", keys, tuple(number(figure).number for figure in values), "年末合并"
    )
    return next(
        finding
        for finding in check([replace(reading, explanations=(reason,))])[0]
        if finding.code == "T2-03"
    )


def test_explanation_holds_only_for_the_figures_it_names() -> None:
    reading = make.with_cells(
        make.zero("2021"), disclosure__normative__issued=3, disclosure__normative__in_force=1
    )
    assert _explained(reading, (3, 1, 0)).explanation == "年末合并"
    assert _explained(reading, (3, 2, 0)).explanation is None


def test_explained_error_of_a_table_stays_an_open_error() -> None:
    reading = make.with_cells(make.zero("2021"), requests__received__natural=3)
    keys = (
        "requests.received.natural",
        "requests.carried_in.natural",
        "requests.handled.natural",
        "requests.carried_out.natural",
    )
    reason = Explanation("T3-01", keys, reading.basis(keys), "就是这样")
    broken = next(
        finding
        for finding in check([replace(reading, explanations=(reason,))])[0]
        if finding.keys == keys
    )
    assert broken.is_open_error

"""Every relation of every edition on its own passing and failing examples, through the check itself."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pandera.polars as pa
import pytest

from tests.support import make
from toolkit.checking.check import check
from toolkit.edition.load import edition_ids, load_edition
from toolkit.edition.model import Edition, Instance
from toolkit.edition.relation import PRIOR
from toolkit.finding import Finding, Severity
from toolkit.record.prior import with_prior
from toolkit.record.reading import Prior, Reading
from toolkit.record.settle import settle
from toolkit.values import Value, number
from toolkit.workbook.write import blank


def key_of(edition: Edition, instance: Instance, name: str) -> str:
    """The cell that a name of an example means in an instance."""
    declared = instance.relation.declared
    table = edition.table(declared.table)
    prior = PRIOR if name.startswith(PRIOR) else ""
    own = name.removeprefix(PRIOR)
    row, _, column = own.partition(".")
    spot = {"row": (instance.at, own), "column": (own, instance.at), "": (row, column)}[
        declared.each
    ]
    return prior + table.at[spot].key


def reading_of(edition: Edition, instance: Instance, example: Mapping[str, int]) -> Reading:
    """Zeros with reported totals, and in the instance exactly the figures of the example."""
    declared = instance.relation.declared
    year = max(declared.years.first, make.YEARS[edition.id])
    level = declared.levels[0] if declared.levels else ""
    base = make.reported(make.zero(edition.id, year, unit__level=level))
    given = {key_of(edition, instance, name): number(figure) for name, figure in example.items()}
    last: dict[str, Value] = {key: number(0) for key in edition.cells}
    last |= {
        key.removeprefix(PRIOR): value for key, value in given.items() if key.startswith(PRIOR)
    }
    cells = {
        **base.cells,
        **{key: value for key, value in given.items() if not key.startswith(PRIOR)},
    }
    return replace(base, cells=cells, prior=Prior(year - 1, edition.id, last))


def found(edition: Edition, instance: Instance, example: Mapping[str, int]) -> list[Finding]:
    """Everything of the relation of the instance, wherever in the table; the parts of one code are told apart by their keys."""
    own = {other.holds.keys for other in edition.instances if other.relation is instance.relation}
    return [
        finding
        for finding in check([reading_of(edition, instance, example)])[0]
        if finding.code == instance.relation.code and finding.keys in own
    ]


CASES = [
    (edition_id, instance.name)
    for edition_id in edition_ids()
    for instance in load_edition(edition_id).instances
]


@pytest.mark.parametrize(("edition_id", "name"), CASES)
def test_examples_of_every_relation_pass_or_fail_as_declared(edition_id: str, name: str) -> None:
    edition = load_edition(edition_id)
    instance = next(finding for finding in edition.instances if finding.name == name)
    for example in instance.relation.declared.passes:
        assert found(edition, instance, example) == []
    for example in instance.relation.declared.fails:
        [finding] = found(edition, instance, example)
        assert finding.keys == instance.holds.keys
        figures = {
            key_of(edition, instance, key): Decimal(figure) for key, figure in example.items()
        }
        assert finding.found == instance.found_side.value(lambda key: figures.get(key, Decimal(0)))
        assert finding.expected == instance.expected_side.value(
            lambda key: figures.get(key, Decimal(0))
        )
        assert finding.severity == instance.relation.declared.severity
        assert finding.place.sheet is None
        assert finding.place.cell is None


R = "requests"
LITERAL = [
    ("T3-01", {f"{R}.received.natural": 3, f"{R}.carried_in.natural": 1, f"{R}.handled.natural": 2, f"{R}.carried_out.natural": 1},
     (f"{R}.received.natural", f"{R}.carried_in.natural", f"{R}.handled.natural", f"{R}.carried_out.natural"), 3, 4),
    ("T3-03", {f"{R}.granted.legal": 2},
     (f"{R}.granted.total",
      *(f"{R}.granted.{column}" for column in ("natural", "commercial", "research", "welfare", "legal", "other"))), 0, 2),
    ("T4-01", {"disputes.review.upheld": 1, "disputes.review.total": 3},
     ("disputes.review.total", *(f"disputes.review.{column}" for column in ("upheld", "corrected", "other", "pending"))), 3, 1),
]  # fmt: skip


@pytest.mark.parametrize(("code", "figures", "keys", "found_", "expected"), LITERAL)
def test_finding_holds_keys_and_figures_of_its_relation(
    code: str, figures: Mapping[str, int], keys: tuple[str, ...], found_: int, expected: int
) -> None:
    base = make.reported(make.zero("2021"))
    reading = replace(
        base, cells={**base.cells, **{key: number(figure) for key, figure in figures.items()}}
    )
    finding = next(
        finding for finding in check([reading])[0] if finding.code == code and finding.keys == keys
    )
    assert (finding.found, finding.expected) == (found_, expected)


def test_sum_of_outcomes_is_expanded_in_order() -> None:
    base = make.reported(make.zero("2021"))
    reading = replace(base, cells={**base.cells, "requests.handled.other": number(1)})
    finding = next(finding for finding in check([reading])[0] if finding.code == "T3-02")
    assert finding.keys[:3] == (
        "requests.handled.other",
        "requests.granted.other",
        "requests.partial.other",
    )
    assert len(finding.keys) == 1 + 21
    assert (finding.found, finding.expected) == (1, 0)


def test_documents_in_force_are_compared_with_last_year() -> None:
    last = Prior(2021, "2021", {"disclosure.normative.in_force": number(6)})
    base = make.with_cells(
        make.zero("2021", 2022), disclosure__normative__in_force=9, disclosure__normative__issued=3
    )
    [finding] = [
        finding
        for finding in check(
            [replace(make.with_cells(base, disclosure__normative__repealed=1), prior=last)]
        )[0]
        if finding.code == "Y2-01"
    ]
    names = ("in_force", "prior.in_force", "issued", "repealed")
    assert finding.keys == tuple(
        PRIOR * name.startswith(PRIOR) + f"disclosure.normative.{name.removeprefix(PRIOR)}"
        for name in names
    )
    assert (finding.found, finding.expected, finding.severity) == (9, 8, Severity.WARNING)


def test_declared_zero_of_last_year_counts_as_zero() -> None:
    """零申报 last year, and something carried in this year: that is a difference."""
    edition = load_edition("2021")
    empty = blank(edition, 2021, unit__name="甲局")
    last = settle(
        edition, replace(empty, fields={**empty.fields, "declarations.no_requests": True})
    )
    reading, _ = with_prior(
        make.with_cells(
            make.zero("2021", 2022, unit__name="甲局"), requests__carried_in__natural=1
        ),
        last,
    )
    findings = [
        (finding.keys[0], finding.found, finding.expected)
        for finding in check([reading])[0]
        if finding.code == "Y3-01"
    ]
    assert findings == [("requests.carried_in.natural", 1, 0), ("requests.carried_in.total", 1, 0)]


@pytest.mark.parametrize(("prior", "codes"), [(2020, ["Y3-01"]), (2019, []), (2021, [])])
def test_report_of_any_but_the_year_before_is_not_compared(prior: int, codes: list[str]) -> None:
    last = Prior(prior, "2019", {"requests.carried_out.natural": number(2)})
    reading = replace(make.zero("2021"), prior=last)
    findings = [finding for finding in check([reading])[0] if finding.code.startswith("Y")]
    assert [finding.code for finding in findings] == codes
    if findings:
        assert findings[0].keys == (
            "requests.carried_in.natural",
            "prior.requests.carried_out.natural",
        )
        assert (findings[0].found, findings[0].expected) == (0, 2)


@pytest.mark.parametrize(("year", "level", "code", "expected"), [
    (2023, "", "T4-02", 0), (2024, "", "T4-02", 1), (2025, "", "T4-02", 1),
    (2021, "township", "T2-02", 1), (2021, "city", "T2-02", 0), (2021, "", "T2-02", 0),
])  # fmt: skip
def test_relation_applies_only_to_its_years_and_levels(
    year: int, level: str, code: str, expected: int
) -> None:
    reading = make.with_cells(
        make.zero("2021", year, unit__level=level),
        disputes__direct__upheld=1,
        disclosure__regulations__issued=1,
    )
    assert sum(finding.code == code for finding in check([reading])[0]) == expected


def test_pandera_schema_finds_the_broken_relations(monkeypatch: pytest.MonkeyPatch) -> None:
    base = make.reported(make.zero("2021"))
    reading = replace(
        base,
        cells={
            **base.cells,
            "requests.handled.other": number(1),
            "requests.granted.natural": number(-1),
        },
    )
    assert {"T3-02", "V-04"} <= {finding.code for finding in check([reading])[0]}
    monkeypatch.setattr(pa.DataFrameSchema, "validate", lambda self, frame, **options: frame)
    assert {finding.code[0] for finding in check([reading])[0]} <= {"N", "R"}


def test_many_reports_checked_together_get_the_findings_of_each_alone() -> None:
    readings = [
        make.random_reading(seed, edition_id)
        for seed in range(15)
        for edition_id in ("2019", "2021")
    ]
    assert check(readings) == [check([reading])[0] for reading in readings]

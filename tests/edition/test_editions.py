"""The shipped editions against the official forms: exactly these cells, these relations, these years."""

import re

import pytest

from toolkit.edition.load import edition_for_year, edition_ids, load_edition
from toolkit.edition.model import Edition
from toolkit.finding import Severity
from toolkit.values import Kind

COLUMNS = "natural commercial research welfare legal other total"
OUTCOMES = (
    "granted partial denied_secret denied_law denied_safety denied_third_party denied_internal denied_process "
    "denied_enforcement denied_inquiry"
    " unable_not_held unable_to_create unable_unclear refused_petition refused_repeat refused_publication refused_excessive refused_confirm"
)
OTHER = {"2019": "other_handling", "2021": "other_uncorrected other_unpaid other_misc"}
DISCLOSURE = {
    "2019": "regulations normative: made published total_public; licensing other_services penalty coercion: prior_items change decisions;"
    " fees: prior_items change; procurement: items amount",
    "2021": "regulations normative: issued repealed in_force; licensing penalty coercion: decisions; fees: amount",
}
RESULTS = "upheld corrected other pending total"
COUNTS = {"2019": 198, "2021": 203}
ROWS = {"2019": 23, "2021": 25}

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741
COMMON = {"T2-02": W, "T3-01": E, "T3-02": E, "T3-03": E, "T4-01": E, "Y3-01": E, "Y4-01": I}
RELATIONS = {
    "2019": COMMON | {"T2-01": W, "Y2-02": W},
    "2021": COMMON | {"T2-03": W, "T6-01": W, "T4-02": I, "Y2-01": W},
}
EXPLAINABLE = {"T2-01", "T2-02", "T2-03", "T6-01", "T4-02", "Y2-01", "Y2-02", "Y3-01", "Y4-01"}


def product(table: str, text: str) -> set[str]:
    """'a b: x y; c: z' as keys of a table."""
    parts = (part.split(":") for part in text.split(";"))
    return {
        f"{table}.{row}.{column}"
        for rows, columns in parts
        for row in rows.split()
        for column in columns.split()
    }


def expected_keys(edition_id: str) -> set[str]:
    rows = f"received carried_in {OUTCOMES} {OTHER[edition_id]} handled carried_out"
    keys = product("disclosure", DISCLOSURE[edition_id])
    keys |= product("requests", f"{rows}: {COLUMNS}")
    keys |= product("disputes", f"review direct after_review: {RESULTS}")
    return keys | (
        {f"processing_fee.{row}" for row in ("notices", "asked", "received")}
        if edition_id == "2021"
        else set()
    )


def test_these_editions_are_shipped() -> None:
    assert edition_ids() == ["2019", "2021"] == sorted(COUNTS)


@pytest.fixture(params=sorted(COUNTS))
def edition(request: pytest.FixtureRequest) -> Edition:
    return load_edition(request.param)


def test_cells_are_those_of_the_form(edition: Edition) -> None:
    assert set(edition.cells) == expected_keys(edition.id)
    assert len(edition.cells) == COUNTS[edition.id]
    assert len(edition.table("requests").rows) == ROWS[edition.id]
    assert all(
        re.fullmatch(r"[a-z_]+(\.[a-z_]+){1,2}", key) and key.isascii() for key in edition.cells
    )
    assert all(
        key.isascii() for key in (*edition.fields, *(section.key for section in edition.sections))
    )


def test_rows_and_columns_follow_the_order_of_the_form(edition: Edition) -> None:
    requests = edition.table("requests")
    assert requests.rows == tuple(
        f"received carried_in {OUTCOMES} {OTHER[edition.id]} handled carried_out".split()
    )
    assert requests.columns == tuple(COLUMNS.split())
    assert edition.table("disputes").rows == ("review", "direct", "after_review")
    assert edition.table("disputes").columns == tuple(RESULTS.split())
    assert [table.key for table in edition.tables][:3] == ["disclosure", "requests", "disputes"]


def test_columns_have_the_kinds_and_units_of_the_form(edition: Edition) -> None:
    special = {
        key: (cell.kind, cell.unit)
        for key, cell in edition.cells.items()
        if cell.kind is not Kind.COUNT
    }
    if edition.id == "2021":
        money = {
            "processing_fee.asked": (Kind.MONEY, "元"),
            "processing_fee.received": (Kind.MONEY, "元"),
        }
        assert special == {"disclosure.fees.amount": (Kind.MONEY, "万元")} | money
    else:
        change = {
            f"disclosure.{row}.change": (Kind.CHANGE, "")
            for row in ("licensing", "other_services", "penalty", "coercion", "fees")
        }
        assert special == change | {"disclosure.procurement.amount": (Kind.AMOUNT, "")}


def test_totals_are_the_total_column_and_the_handled_row(edition: Edition) -> None:
    totals = {
        key
        for key in expected_keys(edition.id)
        if key.startswith(("requests.handled.", "disputes.")) or key.endswith(".total")
    }
    totals -= {key for key in totals if key.startswith("disputes.") and not key.endswith(".total")}
    assert set(edition.totals) == totals
    assert edition.totals["requests.handled.total"].names != ()
    assert edition.totals["requests.granted.total"].names == tuple(
        f"requests.granted.{column}" for column in COLUMNS.split()[:-1]
    )
    outcomes = f"{OUTCOMES} {OTHER[edition.id]}".split()
    assert edition.totals["requests.handled.legal"].names == tuple(
        f"requests.{row}.legal" for row in outcomes
    )


def test_every_cell_and_field_has_help(edition: Edition) -> None:
    assert all(0 < len(cell.help) <= 255 for cell in edition.cells.values())
    assert all(
        0 < len(entry.help) <= 255 and len(entry.label) <= 32 for entry in edition.fields.values()
    )


def test_relations_have_their_expected_codes_and_severities(edition: Edition) -> None:
    severities = {(relation.code, relation.declared.severity) for relation in edition.relations}
    assert severities == set(RELATIONS[edition.id].items())
    assert {
        relation.code for relation in edition.relations if relation.declared.explainable
    } == EXPLAINABLE & set(RELATIONS[edition.id])


def test_relations_have_the_expected_number_of_instances(edition: Edition) -> None:
    found: dict[str, int] = {}
    for instance in edition.instances:
        found[instance.relation.code] = found.get(instance.relation.code, 0) + 1
    common = {
        "T2-02": 1,
        "T3-01": 7,
        "T3-02": 7,
        "T3-03": ROWS[edition.id],
        "T4-01": 3,
        "Y3-01": 7,
        "Y4-01": 3,
    }
    own = {
        "2019": {"T2-01": 2, "Y2-02": 7},
        "2021": {"T2-03": 2, "T6-01": 2, "T4-02": 1, "Y2-01": 2},
    }
    assert found == common | own[edition.id]


def test_relations_apply_to_their_levels_and_years(edition: Edition) -> None:
    by_code = {relation.code: relation for relation in edition.relations}
    levels = {"township", "county", "county_department", "city_department", "province_department"}
    assert set(by_code["T2-02"].declared.levels) == levels
    assert not any(
        relation.declared.levels for code, relation in by_code.items() if code != "T2-02"
    )
    if edition.id == "2021":
        assert [by_code["T4-02"].applies(year, "") for year in (2023, 2024, 2099)] == [
            False,
            True,
            True,
        ]


@pytest.mark.parametrize(
    ("year", "edition_id"),
    [
        (2018, None),
        (1, None),
        (-5, None),
        (2019, "2019"),
        (2020, "2019"),
        *((year, "2021") for year in range(2021, 2031)),
        (10**30, None),
    ],
)
def test_year_decides_the_edition(year: int, edition_id: str | None) -> None:
    found = edition_for_year(year)
    assert (found.id if found else None) == edition_id


def test_narrative_has_the_sections_of_the_form(edition: Edition) -> None:
    keys = ["preamble", "overview", "disclosure", "requests", "disputes", "problems", "other"]
    assert [section.key for section in edition.sections] == keys
    assert all(edition.fields[f"prose.{key}"].choices == "prose" for key in keys)


def test_2021_can_combine_other_handling_and_2019_nothing() -> None:
    assert load_edition("2019").combined_rows == {}
    edition = load_edition("2021")
    form = edition.variant(frozenset(edition.combined_rows))
    added = {f"requests.other_handling.{column}" for column in COLUMNS.split()}
    gone = product("requests", f"{OTHER['2021']}: {COLUMNS}")
    assert set(form.cells) == set(edition.cells) - gone | added
    assert form.totals["requests.handled.natural"].names[-1] == "requests.other_handling.natural"

"""Data files: what is written reads back as the same report, and nothing that is read ends in an exception."""

import json
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.make import zero
from tests.support.strategies import readings
from toolkit.checking.check import check
from toolkit.data.dump import data_csv, data_json, dump_data
from toolkit.data.load import load_data
from toolkit.edition.load import load_edition
from toolkit.finding import Finding, Severity
from toolkit.record.reading import Reading
from toolkit.values import State


def calm(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


def load(data: Any) -> tuple[Reading | None, list[Finding]]:
    return load_data(json.dumps(data, ensure_ascii=False).encode(), "a.json")


def read(data: Any) -> Reading:
    reading, _ = load(data)
    assert reading is not None
    return reading


def codes(data: Any) -> list[tuple[str, tuple[str, ...]]]:
    """Codes and keys of what is said about the file, apart from the totals that were computed."""
    return [(finding.code, finding.keys) for finding in load(data)[1] if finding.code != "V-10"]


def minimal(**parts: Any) -> dict[str, Any]:
    return {"edition": "2021", "year": 2021, "tables": {}, **parts}


def with_cell(value: Any) -> dict[str, Any]:
    return minimal(tables={"requests": {"received": {"natural": value}}})


@calm(120)
@given(readings())
def test_data_reads_back_as_the_report_written(reading: Reading) -> None:
    edition = load_edition(reading.edition)
    loaded, findings = load_data(data_json(edition, reading).encode(), "again.json")
    assert loaded is not None
    again = replace(loaded, file=reading.file, places=reading.places, computed=reading.computed)
    differing = [
        field.name
        for field in fields(Reading)
        if getattr(again, field.name) != getattr(reading, field.name)
    ]
    assert differing == []
    assert not {finding.code for finding in findings} & {"R-01", "R-07", "R-10", "R-11", "R-14"}
    assert data_json(edition, loaded) == data_json(edition, reading)
    assert data_csv(edition, reading).count("\r\n") >= len(reading.cells)


@calm(25)
@given(readings())
def test_report_read_from_its_data_gets_the_same_findings(reading: Reading) -> None:
    loaded, _ = load_data(data_json(load_edition(reading.edition), reading).encode(), reading.file)
    assert loaded is not None
    assert [(finding.code, finding.keys, finding.found) for finding in check([loaded])[0]] == [
        (finding.code, finding.keys, finding.found) for finding in check([reading])[0]
    ]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@calm(200)
@given(st.data())
def test_any_value_in_any_place_raises_nothing(data: st.DataObject) -> None:
    """A good file with one part, at any depth, replaced by anything."""
    whole: Any = dump_data(load_edition("2021"), zero("2021"))
    whole["prior"] = {
        "year": 2020,
        "edition": "2019",
        "tables": {"requests": {"carried_out": {"natural": 1}}},
    }
    whole["explanations"] = [{"code": "Y3-01", "keys": ["a"], "values": [1], "text": "t", "by": ""}]
    whole["narrative"]["overview"] = [{"heading": "", "text": "t"}]
    part = whole
    for _ in range(data.draw(st.integers(0, 3))):
        inner = [key for key, value in part.items() if isinstance(value, dict)]
        if not inner:
            break
        part = part[data.draw(st.sampled_from(inner))]
    part[data.draw(st.sampled_from(list(part) or ["x"]))] = data.draw(ANYTHING)
    reading, findings = load(whole)
    assert reading is not None or any(finding.severity is Severity.ERROR for finding in findings)
    if reading is not None:
        check([reading])
        assert (
            load_data(data_json(load_edition(reading.edition), reading).encode(), "")[0] is not None
        )


@calm(150)
@given(st.one_of(st.binary(max_size=30), ANYTHING.map(lambda value: json.dumps(value).encode())))
def test_any_bytes_raise_nothing(data: bytes) -> None:
    reading, findings = load_data(data, "x.json")
    assert reading is None
    assert {finding.code for finding in findings} <= {"R-01", "R-07", "R-11"}
    assert findings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "R-01"), ("[]", "R-01"), ("1", "R-01"), ("null", "R-01"), ('"2021"', "R-01"), ("{", "R-01"), ("{'year': 2021}", "R-01"),
        ('{"year": 2021, "year": 2021, "tables": {}}', "R-01"),
        ('{"year": 2021, "tables": {"requests": {}, "requests": {}}}', "R-01"),
        ('{"year": 2021, "edition": "1999"}', "R-01"),
        ('{"year": 2021, "edition": "../2021"}', "R-01"),
        ('{"year": ' + "9" * 5000 + "}", "R-01"),
        ("[" * 100000, "R-01"), ('{"a":' * 100000, "R-01"),
        ("{}", "R-07"), ('{"tables": {}}', "R-07"), ('{"edition": "2021"}', "R-07"), ('{"year": null}', "R-07"),
        ('{"year": 2018}', "R-07"), ('{"year": "2018"}', "R-07"), ('{"year": 0}', "R-07"), ('{"year": -1}', "R-07"),
        ('{"year": true}', "R-07"), ('{"year": 2021.5}', "R-07"), ('{"year": "二〇二一"}', "R-07"), ('{"year": NaN}', "R-07"),
        ('{"year": "' + "9" * 5000 + '"}', "R-07"), ('{"year": ' + "9" * 4000 + "}", "R-07"),
    ],
)  # fmt: skip
def test_data_that_is_no_report_is_refused(text: str, code: str) -> None:
    reading, findings = load_data(text.encode(), "x.json")
    assert reading is None
    assert findings[-1].code == code
    assert findings[-1].severity is Severity.ERROR


@pytest.mark.parametrize("depth", [21, 50, 200, 900, 985, 990, 995, 1000, 5000])
@pytest.mark.parametrize("where", ["tables", "prior", "explanations", "unknown"])
def test_deeply_nested_data_is_refused(depth: int, where: str) -> None:
    for nested in ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth):
        reading, findings = load_data(f'{{"year": 2021, "{where}": {nested}}}'.encode(), "x.json")
        assert reading is None
        assert [finding.code for finding in findings] == ["R-01"]


def test_year_and_edition_decide_each_other_or_are_refused() -> None:
    assert read({"year": 2020, "tables": {}}).edition == "2019"
    assert read({"year": "2023", "tables": {}}).edition == "2021"
    assert codes({"year": 2021, "edition": "2019", "tables": {}}) == [("R-08", ())]
    assert read({"year": 2021, "edition": "2019", "tables": {}}).edition == "2019"
    assert codes({"year": 2018, "edition": "2019", "tables": {}}) == [("R-08", ())]
    assert [
        finding.severity
        for finding in load({"year": 2020, "edition": "2021"})[1]
        if finding.code == "R-08"
    ] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ({"colour": 1}, "colour"),
        ({"tables": {"request": {}}}, "request"),
        ({"tables": {"requests": {"recieved": {}}}}, "requests.recieved"),
        ({"tables": {"requests": {"received": {"nature": 0}}}}, "requests.received.nature"),
        ({"tables": {"disclosure": {"regulations": {"made": 0}}}}, "disclosure.regulations.made"),
        ({"tables": {"processing_fee": {"paid": 0}}}, "processing_fee.paid"),
        ({"unit": {"nmae": "x"}}, "unit.nmae"),
        ({"profile": {"fax": "x"}}, "profile.fax"),
        ({"declarations": {"no_fees": True}}, "declarations.no_fees"),
        ({"narrative": {"summary": []}}, "narrative.summary"),
        ({"narrative": {"overview": [{"txt": "x"}]}}, "narrative.overview[0].txt"),
        ({"prose": {"summary": "own"}}, "prose.summary"),
        ({"statistics": {"sum": 1}}, "statistics.sum"),
        (
            {"prior": {"year": 2020, "tables": {"requests": {"carried": {}}}}},
            "prior.requests.carried",
        ),
        ({"signoff": {"filled": {"nmae": "x"}}}, "signoff.filled.nmae"),
        ({"explanations": [{"reason": "x"}]}, "explanations[0].reason"),
        ({"printed": {"requests.received.nature": "x"}}, "printed.requests.received.nature"),
    ],
)
def test_unknown_names_are_reported(parts: dict[str, Any], key: str) -> None:
    assert codes(minimal(**parts)) == [("R-10", (key,))]


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ({"tables": []}, "tables"),
        ({"tables": {"requests": 1}}, "requests"),
        ({"tables": {"requests": {"received": [1, 2]}}}, "requests.received"),
        ({"tables": {"requests": {"other_handling": [1, 2]}}}, "requests.other_handling"),
        ({"tables": {"requests": {"received": {"natural": [1]}}}}, "requests.received.natural"),
        (
            {
                "tables": {
                    "requests": {"other_handling": {"natural": 1}, "other_misc": {"natural": 1}}
                }
            },
            "requests.other_handling",
        ),
        ({"tables": {"processing_fee": {"asked": {"x": 1}}}}, "processing_fee.asked"),
        ({"origin": "somewhere"}, "origin"),
        ({"unit": "甲镇"}, "unit"),
        ({"unit": {"name": ["甲镇"]}}, "unit.name"),
        ({"unit": {"level": "village"}}, "unit.level"),
        ({"profile": {"period": "2021"}}, "profile.period"),
        ({"profile": {"period": [None, "31.12.2021"]}}, "profile.period.end"),
        ({"profile": {"period": ["2021-01-01", "2021-12-31", "2022-01-01"]}}, "profile.period"),
        ({"declarations": {"no_requests": "是"}}, "declarations.no_requests"),
        ({"narrative": {"overview": "text"}}, "narrative.overview"),
        ({"narrative": {"overview": [1]}}, "narrative.overview[0]"),
        ({"narrative": {"overview": [{"text": ["x"]}]}}, "narrative.overview[0].text"),
        ({"prose": {"overview": "mine"}}, "prose.overview"),
        ({"statistics": {"total": [1]}}, "statistics.total"),
        ({"statistics": {"items": [{"kind": "a", "count": {}}]}}, "statistics.items[0].count"),
        ({"prior": {"tables": {}}}, "prior.year"),
        (
            {"prior": {"year": 2020, "tables": {"requests": {"received": {"natural": [1]}}}}},
            "prior.requests.received.natural",
        ),
        ({"signoff": {"filled": {"date": "下周"}}}, "signoff.filled.date"),
        ({"explanations": {}}, "explanations"),
        ({"explanations": [{"code": "Y3-01", "keys": [1], "values": [1]}]}, "explanations[0].keys"),
        (
            {"explanations": [{"code": "Y3-01", "keys": ["a"], "values": ["x"]}]},
            "explanations[0].values",
        ),
        (
            {"explanations": [{"code": "Y3-01", "keys": ["a"], "values": [True]}]},
            "explanations[0].values",
        ),
        ({"printed": {"requests.received.natural": {}}}, "printed.requests.received.natural"),
    ],
)
def test_values_of_wrong_types_are_reported(parts: dict[str, Any], key: str) -> None:
    assert codes(minimal(**parts)) == [("R-11", (key,))]


def test_printed_text_is_kept_with_its_figure_only() -> None:
    key = "requests.received.natural"
    assert read(with_cell(12) | {"printed": {key: "12件"}}).value(key).raw == "12件"
    assert codes(with_cell(12) | {"printed": {key: "13件"}}) == [("R-14", (key,))]
    assert read(with_cell(12) | {"printed": {key: "13件"}}).value(key).raw == ""


def test_absent_totals_are_computed_and_reported_once_per_table() -> None:
    data = minimal(
        tables={"requests": {"received": {"natural": 2}}, "disputes": {"review": {"upheld": 1}}},
        origin="published",
    )
    reading, findings = load(data)
    assert reading is not None
    assert {key: int(value.number or 0) for key, value in reading.cells.items() if value.number} == {
        "requests.received.natural": 2, "requests.received.total": 2, "disputes.review.upheld": 1, "disputes.review.total": 1,
    }  # fmt: skip
    assert [(finding.code, finding.severity, finding.keys) for finding in findings] == [
        ("V-10", Severity.INFO, ("requests.received.total",)),
        ("V-10", Severity.INFO, ("disputes.review.total",)),
    ]


def test_reported_totals_are_kept_even_when_wrong() -> None:
    reading, findings = load(
        minimal(tables={"requests": {"received": {"natural": 2, "total": 5}}}, origin="published")
    )
    assert reading is not None
    assert findings == []
    assert reading.value("requests.received.total").number == 5
    assert [
        (finding.code, finding.keys[0], finding.found, finding.expected)
        for finding in check([reading])[0]
        if finding.code == "T3-03"
    ] == [("T3-03", "requests.received.total", Decimal(5), Decimal(2))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_data_is_read_in_every_usual_encoding(encoding: str) -> None:
    text = json.dumps(minimal(unit={"name": "营前镇人民政府"}), ensure_ascii=False)
    reading, _ = load_data(text.encode(encoding), "a.json")
    assert reading is not None
    assert reading.text("unit.name") == "营前镇人民政府"
    assert load_data(text.encode("utf-8") + b"\xff", "a.json")[1][0].code == "R-01"


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("1.0", State.NUMBER), ("1e2", State.NUMBER), ("NaN", State.UNREADABLE), ("Infinity", State.UNREADABLE),
        ("-Infinity", State.UNREADABLE),
        ("9" * 4000, State.UNREADABLE), ("1e400", State.UNREADABLE), ("1e9999999", State.UNREADABLE), ("1e-9999999", State.UNREADABLE),
        ("true", State.UNREADABLE), ('"/"', State.NOT_APPLICABLE), ('""', State.BLANK), ("null", State.BLANK),
        ('"\\ud800"', State.UNREADABLE),
    ],
)  # fmt: skip
def test_figures_are_read_from_json_numbers_and_texts(value: str, state: State) -> None:
    text = json.dumps(with_cell("@")).replace('"@"', value)
    reading, _ = load_data(text.encode(), "a.json")
    assert reading is not None
    assert reading.value("requests.received.natural").state is state
    check([reading])
    assert (
        load_data(data_json(load_edition("2021"), reading).encode("utf-8"), "a.json")[0] is not None
    )


def test_finding_about_last_years_figures_names_last_years_cells() -> None:
    prior = {
        "year": 2020,
        "edition": "2019",
        "tables": {"requests": {"carried_out": {"natural": "2件"}}},
    }
    assert codes(minimal(prior=prior)) == [("V-08", ("prior.requests.carried_out.natural",))]
    assert codes(minimal(prior=None)) == []

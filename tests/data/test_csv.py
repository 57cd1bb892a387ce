"""Figures as CSV: what export writes is read back, in UTF-8 or GBK, and nothing becomes a formula."""

import pytest

from tests.support import make
from toolkit.data.csv import load_csv
from toolkit.data.dump import data_csv
from toolkit.data.load import load_parsed
from toolkit.edition.load import load_edition


@pytest.mark.parametrize("edition_id", ["2019", "2021"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_exported_csv_reads_back_as_the_same_report(edition_id: str, encoding: str) -> None:
    reading = make.random_reading(7, edition_id)
    text = data_csv(load_edition(edition_id), make.reported(reading)).removeprefix("\ufeff")
    again, _ = load_csv(text.encode(encoding), "x.csv")
    assert again is not None
    assert (again.year, again.edition, again.origin, again.text("unit.name")) == (
        reading.year,
        edition_id,
        reading.origin,
        "甲镇人民政府",
    )
    numbers = {key: value.number for key, value in reading.cells.items()}
    assert {key: value.number for key, value in again.cells.items()} == numbers


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_formula_like_text_is_tame_and_comes_back(sign: str) -> None:
    reading = make.zero("2021", unit__name=f"{sign}HYPERLINK()")
    text = data_csv(load_edition("2021"), reading)
    assert f"\n{sign}" not in text.replace(",", "\n")
    again, _ = load_csv(text.encode(), "x.csv")
    assert again is not None
    assert again.text("unit.name") == f"{sign}HYPERLINK()"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "a,b\n1,2\n",
        "key,value\nyear,2021\nyear,2020\n",
        "key,value\nunit,1\nunit.name,x\nyear,2021\n",
        '"',
        "key,value\n,\n",
    ],
)
def test_csv_that_is_no_data_file_gets_findings(content: str) -> None:
    reading, findings = load_csv(content.encode(), "x.csv")
    assert reading is None or reading.year == 2021
    assert findings


def test_figure_in_a_row_of_the_wrong_shape_is_an_error() -> None:
    for tables in (
        {"requests": [1]},
        {"requests": {"received": 5}},
        {"requests": {"received": {"natural": [1]}}},
    ):
        reading, findings = load_parsed(
            {"edition": "2021", "year": 2021, "origin": "published", "tables": tables}, "a.json"
        )
        assert reading is not None
        assert [
            (finding.code, finding.severity) for finding in findings if finding.code == "R-11"
        ] == [("R-11", "error")]


def test_leading_zeros_of_texts_stay() -> None:
    reading = make.zero("2021", unit__code="0012", profile__postcode="000000")
    again, _ = load_csv(data_csv(load_edition("2021"), reading).encode(), "x.csv")
    assert again is not None
    assert (again.text("unit.code"), again.text("profile.postcode")) == ("0012", "000000")

"""The law of tables three and four: any single changed figure of a consistent report with reported totals is noticed."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import make
from toolkit.checking.check import check
from toolkit.data.dump import data_json
from toolkit.data.load import load_data
from toolkit.edition.load import load_edition
from toolkit.record.reading import Reading
from toolkit.record.settle import settle
from toolkit.values import BLANK, number

TABLES = ("requests", "disputes")


@st.composite
def consistent(draw: st.DrawFn) -> Reading:
    """Outcomes and disputes at random; received is what was handled and carried out, less what was carried in."""
    edition_id = draw(st.sampled_from(["2019", "2021"]))
    edition = load_edition(edition_id)
    zero = make.zero(edition_id)
    table = edition.table("requests")
    cells = {key: BLANK if key in edition.totals else value for key, value in zero.cells.items()}
    for key in cells:
        if key.split(".")[0] in TABLES and key not in edition.totals:
            cells[key] = number(draw(st.sampled_from([0, 0, 1, 3, 20])))
    for column in table.group("applicants"):
        out = sum(
            (
                cells[table.at[row, column].key].number or Decimal(0)
                for row in (*table.group("outcomes"), "carried_out")
            ),
            Decimal(0),
        )
        carried = min(draw(st.integers(0, 3)), int(out))
        cells[table.at["carried_in", column].key] = number(carried)
        cells[table.at["received", column].key] = number(out - carried)
    return make.reported(settle(edition, replace(zero, cells=cells)))


@given(consistent(), st.data())
@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
def test_any_changed_figure_breaks_a_relation_that_names_it(
    reading: Reading, data: st.DataObject
) -> None:
    assert [
        finding
        for finding in check([reading])[0]
        if finding.code[0] == "T" and finding.code != "T4-02"
    ] == []
    keys = [key for key in reading.cells if key.split(".")[0] in TABLES]
    key = data.draw(st.sampled_from(keys))
    old = reading.cells[key].number
    new = data.draw(st.integers(0, 10**6).filter(lambda figure: figure != old))
    changed = replace(reading, cells={**reading.cells, key: number(new)})
    again, _ = load_data(data_json(load_edition(reading.edition), changed).encode(), "a.json")
    assert again is not None
    for report in (changed, again):
        broken = [
            finding
            for finding in check([report])[0]
            if finding.code in ("T3-01", "T3-02", "T3-03", "T4-01")
        ]
        assert any(key in finding.keys for finding in broken)
        assert all(finding.severity == "error" for finding in broken)

"""Makes every file below samples/ but data.json anew: `python samples/rebuild.py [FOLDER]`. Dates are fixed, so nothing changes by itself.

Broken workbooks are named for the finding they cause.
"""

import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from toolkit.data.load import load_data
from toolkit.edition.load import edition_for_year, load_edition
from toolkit.edition.model import Edition
from toolkit.record.reading import FieldValue, Paragraph, Reading
from toolkit.record.settle import settle
from toolkit.report.docx import render
from toolkit.report.gates import Stage
from toolkit.report.narrative import narrate
from toolkit.values import BLANK, State, Value, Why, number, read_typed
from toolkit.workbook.write import blank, write

HERE = Path(__file__).parent
CREATED = dt.datetime(2022, 1, 4)

TEXT = "本段是样例，没有实际内容；工作考核、社会评议、责任追究都没有发生。"
CONTACT: Mapping[str, FieldValue] = {
    "profile.address": "示例县示例镇中心路1号",
    "profile.phone": "0000-0000000",
    "profile.postcode": "000000",
}

# Finding -> report year, what is typed instead of 0, and answers of 基本信息.
BROKEN: Mapping[str, tuple[int, Mapping[str, object], Mapping[str, FieldValue]]] = {
    "V-01": (2021, {"requests.received.natural": None}, {}),
    "V-02": (2021, {"requests.received.natural": "见附件"}, {}),
    "V-03": (2021, {"requests.received.natural": 1.5}, {}),
    "V-04": (2021, {"disclosure.licensing.decisions": -3}, {}),
    "V-05": (2021, {"disputes.review.upheld": "/"}, {}),
    "V-06": (2021, {"disputes.review.upheld": 1}, {"declarations.no_disputes": True}),
    "V-08": (2021, {"disclosure.fees.amount": "251000元"}, {}),
    "T2-01": (
        2020,
        {"disclosure.normative.published": 3, "disclosure.normative.total_public": 2},
        {},
    ),
    "T2-02": (
        2021,
        {"disclosure.regulations.issued": 2, "disclosure.regulations.in_force": 2},
        {"unit.level": "township"},
    ),
    "T2-03": (2021, {"disclosure.normative.issued": 3, "disclosure.normative.in_force": 1}, {}),
    "T3-01": (2021, {"requests.received.natural": 3, "requests.granted.natural": 2}, {}),
    "T3-02": (
        2021,
        {
            "requests.received.natural": 2,
            "requests.granted.natural": 2,
            "requests.handled.natural": 1,
        },
        {},
    ),
    "T3-03": (
        2021,
        {"requests.received.legal": 2, "requests.granted.legal": 2, "requests.granted.total": 0},
        {},
    ),
    "T4-01": (2021, {"disputes.direct.upheld": 1, "disputes.direct.total": 2}, {}),
    "T4-02": (2024, {"disputes.direct.upheld": 1}, {}),
    "T6-01": (2021, {"processing_fee.asked": 30}, {}),
}


def rebuild(folder: Path) -> None:
    for name, data in files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def files() -> Iterator[tuple[str, bytes]]:
    """Every made file: its path below samples/ and its bytes."""
    reading, _ = load_data((HERE / "2020-yingqian" / "data.json").read_bytes(), "data.json")
    assert reading is not None
    edition = load_edition(reading.edition)
    yield "2020-yingqian/book.xlsx", write(edition, reading, CREATED)
    yield "2020-yingqian/report.docx", render(narrate(edition, reading), Stage.DRAFT, CREATED)
    yield "2021-blank.xlsx", write(*_blank(2021), CREATED)
    for code, (year, figures, fields) in BROKEN.items():
        yield f"broken/{code}.xlsx", write(*_filled(year, figures, fields), CREATED)


def _blank(year: int, **fields: str) -> tuple[Edition, Reading]:
    edition = edition_for_year(year)
    assert edition is not None
    return edition, blank(edition, year, **fields)


def _filled(
    year: int, figures: Mapping[str, object], fields: Mapping[str, FieldValue]
) -> tuple[Edition, Reading]:
    """A report of zeros with some cells as given; a given total stands as reported."""
    edition, empty = _blank(year, unit__name="示例镇人民政府")
    cells: dict[str, Value] = {
        key: BLANK if key in edition.totals else number(0) for key in edition.cells
    }
    for key, raw in figures.items():
        cells[key] = _typed(edition, key, raw)
    narrative = {
        section.key: (Paragraph("", TEXT),) for section in edition.sections if section.required
    }
    return edition, settle(
        edition,
        replace(
            empty, cells=cells, fields={**empty.fields, **CONTACT, **fields}, narrative=narrative
        ),
    )


def _typed(edition: Edition, key: str, raw: object) -> Value:
    """What a person typed. Text stays unread: reading it is what the sample is for."""
    if isinstance(raw, str):
        return Value(State.UNREADABLE, raw=raw, why=Why.TEXT)
    return read_typed(raw, edition.cells[key].kind, edition.cells[key].unit)[0]


if __name__ == "__main__":
    rebuild(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)

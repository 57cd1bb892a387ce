"""What people do with their hands, through LibreOffice's user interface: cut, paste, fill, delete, undo.

Afterwards the checks in the workbook must still tell the truth, and Python must read the same and say the same.
"""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.hands.office import Step, has_uno, perform
from tests.support import make
from tests.support.engines import cached, formualized, same
from tests.support.verdicts import agree, in_workbook
from toolkit.checking.check import check
from toolkit.edition.load import load_edition
from toolkit.files.coordinates import a1
from toolkit.phrases import phrases
from toolkit.reading.read import read
from toolkit.record.reading import Reading
from toolkit.values import State
from toolkit.workbook.plan import Plan

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not has_uno(), reason="LibreOffice with its Python bridge is not installed"),
]

EDITION = "2021"
PLAN = Plan(load_edition(EDITION))
YES = phrases().answers.yes
NUMBER_ONLY: Step = [
    "InsertContents",
    ["Flags", "V"],
    ["FormulaCommand", 0],
    ["SkipEmptyCells", False],
    ["Transpose", False],
    ["AsLink", False],
    ["MoveMode", 4],
]


def at(key: str) -> Step:
    """Go to the cell of a key."""
    spot = PLAN.table_of(key).spot(key)
    return ["go", spot.sheet, spot.address]


def area(first: str, last: str) -> Step:
    start, end = (PLAN.table_of(key).spot(key) for key in (first, last))
    return ["go", start.sheet, f"{start.address}:{end.address}"]


def field(key: str) -> Step:
    spot = PLAN.field_spots[key]
    return ["go", spot.sheet, spot.address]


R = "requests.{}".format
COPY: Step = ["Copy"]
PASTE: Step = ["Paste"]
CUT: Step = ["Cut"]
OTHER_BOOK: Step = ["open", "file://{folder}/other.xlsx"]
WORD_TABLE: Step = ["open", "file://{folder}/table.html"]


def emptied(row: str) -> list[Step]:
    """LibreOffice asks before pasting over figures, and without a screen the answer is no."""
    return [area(R(f"{row}.natural"), R(f"{row}.other")), ["ClearContents"]]


# Scenario -> what is done to a workbook full of zeros, and the figures it must hold afterwards (None: blank, a text: unreadable).
SCENARIOS: Mapping[str, tuple[list[Step], Mapping[str, int | str | None]]] = {
    "cut to a blank cell": (
        [
            at(R("received.natural")),
            ["type", "5"],
            at(R("received.legal")),
            ["ClearContents"],
            at(R("received.natural")),
            CUT,
            at(R("received.legal")),
            PASTE,
        ],
        {R("received.natural"): None, R("received.legal"): 5},
    ),
    "cut a row of figures": (
        [
            at(R("granted.natural")),
            ["type", "7"],
            area(R("partial.natural"), R("partial.other")),
            ["ClearContents"],
            area(R("granted.natural"), R("granted.other")),
            CUT,
            at(R("partial.natural")),
            PASTE,
        ],
        {
            R("granted.natural"): None,
            R("granted.other"): None,
            R("partial.natural"): 7,
            R("partial.other"): 0,
        },
    ),
    "cut across tables": (
        [
            at("disputes.review.upheld"),
            ["type", "4"],
            at(R("received.other")),
            ["ClearContents"],
            at("disputes.review.upheld"),
            CUT,
            at(R("received.other")),
            PASTE,
        ],
        {"disputes.review.upheld": None, R("received.other"): 4},
    ),
    "paste a row from another workbook": (
        [
            *emptied("received"),
            OTHER_BOOK,
            ["go", "Sheet1", "A1:F1"],
            COPY,
            ["back"],
            at(R("received.natural")),
            PASTE,
        ],
        {R("received.natural"): 1, R("received.commercial"): 2, R("received.other"): 6},
    ),
    "paste values only": (
        [
            *emptied("carried_in"),
            OTHER_BOOK,
            ["go", "Sheet1", "A1:F1"],
            COPY,
            ["back"],
            at(R("carried_in.natural")),
            NUMBER_ONLY,
        ],
        {R("carried_in.natural"): 1, R("carried_in.other"): 6},
    ),
    "paste a row from a table of a text document": (
        [
            *emptied("granted"),
            WORD_TABLE,
            ["SelectAll"],
            ["SelectAll"],
            COPY,
            ["back"],
            at(R("granted.natural")),
            PASTE,
        ],
        {R("granted.natural"): 3, R("granted.commercial"): 1, R("granted.other"): 2},
    ),
    "paste text and a negative": (
        [
            *emptied("received"),
            OTHER_BOOK,
            ["go", "Sheet1", "A2:B2"],
            COPY,
            ["back"],
            at(R("received.natural")),
            PASTE,
        ],
        {R("received.natural"): "见附件", R("received.commercial"): -5},
    ),
    "paste over a total": (
        [OTHER_BOOK, ["go", "Sheet1", "A1:G1"], COPY, ["back"], at(R("received.other")), PASTE],
        {R("received.natural"): 0},
    ),
    "fill to the right": (
        [
            at(R("received.natural")),
            ["type", "3"],
            area(R("received.natural"), R("received.other")),
            ["FillRight"],
        ],
        {R("received.natural"): 3, R("received.legal"): 3, R("received.other"): 3},
    ),
    "fill down": (
        [
            at("disclosure.penalty.decisions"),
            ["type", "8"],
            area("disclosure.penalty.decisions", "disclosure.coercion.decisions"),
            ["FillDown"],
        ],
        {"disclosure.penalty.decisions": 8, "disclosure.coercion.decisions": 8},
    ),
    "delete an area": (
        [area(R("denied_secret.natural"), R("denied_inquiry.other")), ["ClearContents"]],
        {R("denied_secret.natural"): None, R("denied_inquiry.other"): None},
    ),
    "declare and undo": (
        [
            area("disputes.review.upheld", "disputes.review.pending"),
            ["ClearContents"],
            field("declarations.no_disputes"),
            ["type", YES],
            ["Undo"],
        ],
        {"disputes.review.upheld": None},
    ),
    "declare": (
        [
            area("disputes.review.upheld", "disputes.review.pending"),
            ["ClearContents"],
            field("declarations.no_disputes"),
            ["type", YES],
        ],
        {"disputes.review.upheld": None, "disputes.review.total": 0},
    ),
    "declare over a figure": (
        [
            at("disputes.review.upheld"),
            ["type", "2"],
            field("declarations.no_disputes"),
            ["type", YES],
        ],
        {"disputes.review.upheld": 2},
    ),
    "type into a locked total": (
        [at(R("received.total")), ["type", "99"]],
        {R("received.total"): 0},
    ),
    "type as people do": (
        [
            at(R("received.natural")),
            ["type", "1,234"],
            at(R("carried_in.natural")),
            ["type", " 7 "],
            at("disclosure.fees.amount"),
            ["type", "25.1"],
        ],
        {R("received.natural"): 1234, R("carried_in.natural"): 7},
    ),
    "insert and delete rows": (
        [at(R("received.natural")), ["InsertRows"], ["DeleteRows"]],
        {R("received.natural"): 0, R("carried_out.other"): 0},
    ),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every scenario done to its own copy, in one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("hands")
    other = openpyxl.Workbook()
    sheet = other.active
    assert sheet is not None
    sheet.title = "Sheet1"
    sheet.append([1, 2, 3, 4, 5, 6, 21])
    sheet.append(["见附件", -5])
    other.save(folder / "other.xlsx")
    cells = "".join(f"<td><p>{figure}</p></td>" for figure in (3, 1, 0, 0, 0, 2))
    (folder / "table.html").write_text(
        f"<html><body><table border=1><tr>{cells}</tr></table></body></html>", encoding="utf-8"
    )
    scenarios = [
        [
            [
                part.format(folder=folder) if step[0] == "open" and isinstance(part, str) else part
                for part in step
            ]
            for step in steps
        ]
        for steps, _ in SCENARIOS.values()
    ]
    return perform(folder, make.book(make.zero(EDITION)), scenarios)[0].parent


def outcome(saved: Path, name: str) -> tuple[Path, Reading]:
    path = saved / f"saved-{list(SCENARIOS).index(name)}.xlsx"
    reading, _ = read(path.read_bytes(), path.name)
    assert reading is not None
    return path, reading


@pytest.mark.parametrize("name", SCENARIOS)
def test_moved_figures_are_read_in_their_new_cells(name: str, saved: Path) -> None:
    _, reading = outcome(saved, name)
    for key, expected in SCENARIOS[name][1].items():
        value = reading.value(key)
        if isinstance(expected, int):
            assert value.number == Decimal(expected), key
        elif expected is None:
            assert value.is_blank, key
        else:
            assert (value.state, value.raw) == (State.UNREADABLE, expected), key


@pytest.mark.parametrize("name", SCENARIOS)
def test_workbook_and_python_still_agree(name: str, saved: Path) -> None:
    path, reading = outcome(saved, name)
    edition = load_edition(EDITION)
    shown = cached(path)  # what the person saw when saving
    agree(edition, reading, in_workbook(edition, path.read_bytes(), shown), check([reading])[0])
    again = formualized(path)
    assert {
        place: (value, again[place])
        for place, value in shown.items()
        if not same(value, again[place])
    } == {}


def test_moving_cells_changes_no_reference(saved: Path) -> None:
    before = openpyxl.load_workbook(saved / "0.xlsx")["_calc"]
    for number in range(len(SCENARIOS)):
        after = openpyxl.load_workbook(saved / f"saved-{number}.xlsx")["_calc"]
        for row in before.iter_rows():
            for cell in row:
                before_text, after_text = (
                    str(text).replace("'", "").replace(" ", "")
                    for text in (cell.value, after[cell.coordinate].value)
                )
                assert before_text == after_text or cell.data_type != "f", (
                    number,
                    a1(cell.row - 1, cell.column - 1),
                )

"""What people do to the form itself, done in LibreOffice and saved by it: read right, or explained right, cell by cell."""

from pathlib import Path

import pytest

from tests.hands.office import Step, has_uno, perform
from tests.support.good import EDITION, INPUTS, differing, good_book, keys_in, spot
from toolkit.finding import Finding
from toolkit.reading.read import read
from toolkit.record.reading import Reading

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not has_uno(), reason="LibreOffice with its Python bridge is not installed"),
]

REQUESTS = EDITION.table("requests").declared.sheet
DENIED = spot("requests.denied_law.natural").row

# Steps, the codes that are told, and the inputs that cannot be read, each of which must be told.
SCENARIOS: dict[str, tuple[list[Step], set[str], frozenset[str]]] = {
    "opened and saved": ([], set(), frozenset()),
    "rows inserted": (
        [["unprotect"], ["insert rows", REQUESTS, DENIED, 2]],
        {"R-05", "R-23"},
        frozenset(),
    ),
    "a row inserted on top": (
        [["unprotect"], ["insert rows", REQUESTS, 0, 1]],
        {"R-05", "R-23"},
        frozenset(),
    ),
    "a sheet renamed": ([["rename", REQUESTS, "表三"]], {"R-20"}, frozenset()),
    "unprotected, labels edited": (
        [
            ["unprotect"],
            ["write", REQUESTS, f"C{DENIED + 1}", "2.法律禁止"],
            ["write", REQUESTS, f"A{spot('requests.received.natural').row + 1}", "新收"],
        ],
        {"R-04", "R-23"},
        frozenset(),
    ),
    "a sheet copied into a new workbook": (
        [["copy out", REQUESTS]],
        {"R-02", "R-21", "R-26"},
        frozenset(INPUTS) - keys_in("requests"),
    ),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("changed")
    return dict(
        zip(
            SCENARIOS,
            perform(folder, good_book(), [steps for steps, _, _ in SCENARIOS.values()]),
            strict=True,
        )
    )


def outcome(path: Path) -> tuple[Reading, list[Finding]]:
    reading, findings = read(path.read_bytes(), path.name)
    assert reading is not None
    return reading, findings


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_cell_of_a_changed_form_is_read_right_or_reported(
    name: str, saved: dict[str, Path]
) -> None:
    _, told, lost = SCENARIOS[name]
    reading, findings = outcome(saved[name])
    assert {finding.code for finding in findings} == told
    assert differing(reading) <= lost
    assert all(reading.value(key).number is None for key in lost)
    assert lost <= {key for finding in findings for key in finding.keys}


def test_edited_labels_are_reported_with_the_old_and_the_new_label(saved: dict[str, Path]) -> None:
    _, findings = outcome(saved["unprotected, labels edited"])
    assert sorted(
        finding.place.cell or "" for finding in findings if finding.code == "R-04"
    ) == sorted([f"C{DENIED + 1}", f"A{spot('requests.received.natural').row + 1}"])

"""How the code is laid out, and how dense it may be: the figures of `python -m tests.trials.density`.

Lines are counted in characters, of which a Chinese one is one (ruff counts it as two).
"""

from pathlib import Path

import pytest

from tests.trials.density import (
    COMPREHENSION_RATE,
    CONDITION_RATE,
    LONGEST_FUNCTION,
    NAMED_ONE,
    SHARED_NAMES,
    measure,
    parse_folder,
)

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(("folder", "width"), [("toolkit", 100), ("tests", 140)])
def test_no_line_is_wider_than_its_folder_allows(folder: str, width: int) -> None:
    wide = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if len(line) > width:
                wide.append(f"{path.relative_to(ROOT)}:{number}: {len(line)} characters")
    assert wide == []


@pytest.mark.parametrize(
    ("figure", "most"),
    [
        (LONGEST_FUNCTION, 60),
        (NAMED_ONE, 100),
        (COMPREHENSION_RATE, 58),
        (CONDITION_RATE, 29),
        (SHARED_NAMES, 20),
    ],
)
def test_toolkit_is_no_denser_than_promised(figure: str, most: int) -> None:
    assert measure(parse_folder(ROOT / "toolkit"))[figure] <= most

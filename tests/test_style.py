"""How the code is laid out: lines are counted in characters, of which a Chinese one is one (ruff counts it as two)."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(("folder", "width"), [("tests", 140)])
def test_no_line_is_wider_than_its_folder_allows(folder: str, width: int) -> None:
    wide = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if len(line) > width:
                wide.append(f"{path.relative_to(ROOT)}:{number}: {len(line)} characters")
    assert wide == []

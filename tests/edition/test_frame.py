"""The layout of the official tables, as golden text and against tables in the mark-up of published pages."""

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from toolkit.edition.frame import Frame, Role, build_frame
from toolkit.edition.labels import normalise
from toolkit.edition.load import edition_ids, load_edition

GOLDEN = Path(__file__).parents[1] / "golden"
SHARED = Path(__file__).parents[3] / "shared" / "reports"


def drawn(frame: Frame) -> str:
    """One line a grid row; what a merged cell covers is « (it goes on from the left) or ^ (from above)."""
    lines = []
    for r, row in enumerate(frame.grid()):
        marks = []
        for c, cell in enumerate(row):
            own = cell.key or cell.text or "(empty)"
            marks.append(
                own if (cell.row, cell.column) == (r, c) else "^" if cell.column == c else "«"
            )
        lines.append(" | ".join(marks))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("edition_id", edition_ids())
def test_layout_matches_the_golden_text(edition_id: str) -> None:
    official = [table for table in load_edition(edition_id).tables if table.declared.official]
    text = "\n".join(
        f"# {table.key} {table.title}\n{drawn(build_frame(table))}" for table in official
    )
    path = GOLDEN / f"layout-{edition_id}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), "no golden text yet; run with UPDATE_GOLDEN=1"
    assert text == path.read_text(encoding="utf-8"), (
        f"the layout differs from {path}; if that is meant, run with UPDATE_GOLDEN=1 and read the diff"
    )


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_grid_position_is_covered_once(edition_id: str) -> None:
    edition = load_edition(edition_id)
    forms = [edition, *edition.variants.values()]
    for frame in (build_frame(table) for form in forms for table in form.tables):
        covered = [
            (row, column)
            for cell in frame.cells
            for row in range(cell.row, cell.row + cell.height)
            for column in range(cell.column, cell.column + cell.width)
        ]
        assert sorted(covered) == [
            (row, column) for row in range(frame.rows) for column in range(frame.columns)
        ]
        for band in frame.bands:
            figures = [
                cell
                for cell in frame.cells
                if cell.role is Role.FIGURE and band.top <= cell.row < band.end
            ]
            assert {cell.row for cell in figures} == set(range(band.body, band.end))
            assert min(cell.column for cell in figures) == band.figures
    for table in edition.tables:
        assert set(build_frame(table).position()) == {cell.key for cell in table.cells}


class Tables(HTMLParser):
    """Tables of a page as grids: rowspan and colspan expanded, every position with the text of its cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[dict[tuple[int, int], tuple[int, str]]] = []
        self._row, self._cell, self._span, self._text = -1, 0, (1, 1), ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.tables.append({})
            self._row = -1
        elif tag == "tr":
            self._row += 1
        elif tag in ("td", "th"):
            self._span = int(given.get("rowspan") or 1), int(given.get("colspan") or 1)
            self._text, self._inside = "", True

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("td", "th"):
            return
        self._inside = False
        self._cell += 1
        grid, column = self.tables[-1], 0
        while (self._row, column) in grid:
            column += 1
        for row in range(self._row, self._row + self._span[0]):
            for at in range(column, column + self._span[1]):
                grid[row, at] = (self._cell, self._text)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published reports are not here")
@pytest.mark.parametrize(
    ("edition_id", "name"), [("2019", "pingtan-2020"), ("2021", "pingtan-2021")]
)
def test_layout_matches_published_pages(edition_id: str, name: str) -> None:
    page = Tables()
    page.feed((SHARED / f"{name}.rendered.html").read_text(encoding="utf-8"))
    printed = json.loads((SHARED / f"{name}.json").read_text(encoding="utf-8"))["printed"]
    edition = load_edition(edition_id)
    assert len(page.tables) == 3
    for grid, table in zip(page.tables, edition.tables, strict=False):
        frame = build_frame(table)
        ours = {(r, c): cell for r, row in enumerate(frame.grid()) for c, cell in enumerate(row)}
        assert set(grid) == set(ours), table.key
        for at, cell in ours.items():
            number, text = grid[at]
            if cell.role is Role.FIGURE:
                _, row, column = cell.key.split(".")
                assert text.strip() == printed[table.key][row][column], cell.key
            else:
                assert normalise(text) == normalise(cell.text), at
            same = {other for other, (own, _) in grid.items() if own == number}
            assert same == {other for other, own in ours.items() if own is cell}, (
                at,
                re.sub(r"\s+", "", text),
            )

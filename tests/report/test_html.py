"""The page and the fragment, read by an html5 parser and through strict sanitisers: same text, same figures, heads with their scope."""

import re
from xml.etree.ElementTree import Element

import html5lib
import nh3
import pytest
from hypothesis import HealthCheck, given, settings

from tests.support.reports import full, paragraphs, tables
from tests.support.strategies import readings
from toolkit.edition.frame import Role
from toolkit.edition.load import load_edition
from toolkit.record.reading import Reading
from toolkit.report.blocks import drop_invalid_characters
from toolkit.report.gates import Stage
from toolkit.report.html import fragment, page
from toolkit.report.narrative import narrate

PROSE = {"h2", "h3", "h4", "p"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}


def parsed(text: str, *, whole: bool = True) -> Element:
    """Strict: any parse error raises."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root = parser.parse(text) if whole else parser.parseFragment(text)
    assert isinstance(root, Element)
    return root


def words(element: Element | None) -> str:
    assert element is not None
    return "".join(element.itertext())


def prose(root: Element) -> list[str]:
    return [
        words(element)
        for element in root.iter()
        if element.tag in PROSE and element.get("class") != "mark"
    ]


def grid(table: Element) -> list[list[str]]:
    """What every grid position shows, spans spread out."""
    rows: list[dict[int, str]] = []
    pending: dict[tuple[int, int], str] = {}
    for index, tr in enumerate(table.iter("tr")):
        line: dict[int, str] = {
            column: text for (row, column), text in pending.items() if row == index
        }
        column = 0
        for cell in tr:
            while column in line:
                column += 1
            for down in range(int(cell.get("rowspan", "1"))):
                for right in range(int(cell.get("colspan", "1"))):
                    if down:
                        pending[index + down, column + right] = words(cell)
                    else:
                        line[column + right] = words(cell)
        rows.append(line)
    return [[line[column] for column in sorted(line)] for line in rows]


@pytest.fixture
def document(edition):
    return full(edition)


@pytest.mark.parametrize("stage", Stage)
def test_page_holds_the_document(document, stage):
    root = parsed(page(document, stage))
    assert [words(span) for span in root.findall(".//h1/*")] == list(document.title)
    assert prose(root) == paragraphs(document)
    assert [grid(table) for table in root.iter("table")] == [
        table.row_texts() for table in tables(document)
    ]
    marks = [words(element) for element in root.iter("p") if element.get("class") == "mark"]
    assert marks == ([] if stage is Stage.FINAL else [stage.value])
    assert root.get("lang") == "zh-CN"


def test_table_heads_have_a_scope_and_figures_have_none(document):
    root = parsed(page(document, Stage.FINAL))
    for table, written in zip(tables(document), root.iter("table"), strict=True):
        assert words(written.find("caption"))
        heads = sorted(
            drop_invalid_characters(cell.text)
            for cell in table.frame.cells
            if cell.role is not Role.FIGURE and cell.text
        )
        assert sorted(words(th) for th in written.iter("th")) == heads
        for th in written.iter("th"):
            spans = {
                "col": "colspan",
                "row": "rowspan",
                "colgroup": "colspan",
                "rowgroup": "rowspan",
            }
            many = int(th.get(spans[th.attrib["scope"]], "1")) > 1
            assert many == th.attrib["scope"].endswith("group")
        groups = [int(group.attrib["span"]) for group in written.iter("colgroup")]
        assert sum(groups) in (0, table.frame.columns)


def test_page_loads_nothing_and_names_nobody(document):
    text = page(document, Stage.APPROVAL)
    assert not re.search(r"<(script|link|img|iframe|object)|\s(src|href)=|url\(|@import", text)
    assert "签某人" not in text
    assert not re.search(r"<meta[^>]*(author|generator)", text)


def test_fragment_holds_only_paragraphs_headings_and_tables(document):
    root = parsed(fragment(document, Stage.DRAFT), whole=False)
    assert {element.tag for element in root.iter()} - {"DOCUMENT_FRAGMENT"} == PROSE | TABLE
    attributes = {name for element in root.iter() for name in element.attrib}
    assert attributes <= {"style", "border", "cellspacing", "scope", "colspan", "rowspan"}


@pytest.mark.parametrize(
    "cleaned",
    [
        nh3.clean,
        lambda text: nh3.clean(
            text,
            tags=PROSE | TABLE,
            attributes={"th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}},
        ),
        lambda text: nh3.clean(
            text,
            tags=PROSE | {"table", "tr", "th", "td"},
            attributes={"th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}},
        ),
    ],
    ids=["usual", "strict", "stricter"],
)
def test_sanitised_fragment_keeps_every_figure(document, cleaned):
    root = html5lib.parseFragment(
        cleaned(fragment(document, Stage.FINAL)), namespaceHTMLElements=False
    )
    assert prose(root) == [*document.title, *paragraphs(document)]
    assert [grid(table) for table in root.iter("table")] == [
        table.row_texts() for table in tables(document)
    ]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(readings())
def test_any_prose_stays_text(reading: Reading) -> None:
    document = narrate(load_edition(reading.edition), reading)
    for written in (page(document, Stage.DRAFT), fragment(document, Stage.FINAL)):
        root = html5lib.parse(written, namespaceHTMLElements=False)
        expected = paragraphs(document)
        assert [text.replace("\r", "\n") for text in prose(root)][-len(expected) :] == expected
        assert not [
            element for element in root.iter() if element.tag in ("script", "b", "a", "img")
        ]

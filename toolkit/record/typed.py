"""One cell as typed -> its value, with findings on how it was read.

Every reader and importer uses it.
"""

from collections.abc import Iterable
from dataclasses import replace

from toolkit.codes import make_finding
from toolkit.edition.declared import Section
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.reading import Paragraph, Reading
from toolkit.record.settle import edition_of
from toolkit.values import State, Value, read_typed, show


def read_cell(form: Edition, key: str, raw: object, place: Place) -> tuple[Value, list[Finding]]:
    """The value under the kind and unit of its column.

    A text that was taken for a figure is reported (V-08).
    """
    cell = form.cells[key]
    value, interpreted = read_typed(raw, cell.kind, cell.unit)
    if not interpreted:
        return value, []
    note = make_finding(
        "text_read_as_number",
        place,
        [key],
        where=form.where(key),
        raw=short(raw),
        value=show(value.number) + cell.unit,
    )
    return value, [note]


def keep_printed_text(
    form: Edition, key: str, value: Value, printed: str, place: Place
) -> tuple[Value, list[Finding]]:
    """The value with its printed text, if both say the same figure (else R-14)."""
    cell = form.cells[key]
    said, _ = read_typed(printed, cell.kind, cell.unit)
    if value.state is State.NUMBER and said.state is State.NUMBER and said.number == value.number:
        return replace(value, raw=printed, unit=said.unit), []
    return value, [
        make_finding(
            "printed_text_differs",
            place,
            [key],
            where=form.where(key),
            raw=short(printed),
            value=show(value.number) or phrases().places.empty,
        )
    ]


def report_computed_totals(edition: Edition, reading: Reading, place: Place) -> list[Finding]:
    """Totals that a source does not have (V-10)."""
    form = edition_of(edition, reading)
    findings = []
    for table in form.tables:
        keys = [
            cell.key
            for cell in table.cells
            if cell.key in reading.computed and reading.value(cell.key).state is State.NUMBER
        ]
        if keys:
            findings.append(
                make_finding(
                    "totals_computed",
                    place,
                    keys,
                    table=table.title,
                    count=len(keys),
                    cells=list_cells(form, keys),
                )
            )
    return findings


def drop_empty_paragraphs(
    section: Section, paragraphs: Iterable[Paragraph]
) -> tuple[Paragraph, ...]:
    """The paragraphs that hold something.

    A suggested sub-heading without text is only a suggestion.
    """
    return tuple(paragraph for paragraph in paragraphs if _has_content(section, paragraph))


def _has_content(section: Section, paragraph: Paragraph) -> bool:
    if paragraph.text.strip():
        return True
    return bool(paragraph.heading.strip()) and paragraph.heading not in section.suggested


def list_cells(form: Edition, keys: Iterable[str], most: int = 4) -> str:
    """The first few of many cells in words, and that there are more."""
    cells = [form.cells[key] for key in keys]
    names = "、".join(f"{cell.row_label}/{cell.column_label}" for cell in cells[:most])
    return phrases().places.several.format(cells=names) if len(cells) > most else names

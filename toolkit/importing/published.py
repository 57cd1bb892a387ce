"""A document -> the Reading of the published report in it.

What is not certain is a finding; half a report is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.codes import make_finding
from toolkit.documents.document import Document
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place
from toolkit.importing.figures import PrintedValues, read_figures
from toolkit.importing.found import Attribution
from toolkit.importing.identity import Identity, identify
from toolkit.importing.matching import combined_rows_used, match_edition
from toolkit.importing.refusals import refuse_incomplete, refuse_several
from toolkit.importing.remarks import (
    report_identity,
    report_narrative,
    report_text_left_out,
    report_year,
)
from toolkit.importing.sections import Narrative, split_narrative
from toolkit.importing.table_remarks import report_tables, unplaced_cells
from toolkit.phrases import phrases
from toolkit.record.reading import FieldValue, Origin, Paragraph, Reading
from toolkit.record.refused import Refused
from toolkit.record.settle import settle
from toolkit.record.typed import report_computed_totals


@dataclass(frozen=True)
class Given:
    """What the person says of a report that does not say it itself."""

    unit: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Imported:
    """The report in a file, or why there is none: `reading` or `refused` is set."""

    reading: Reading | None
    findings: list[Finding]
    refused: Refused | None = None


@dataclass(frozen=True)
class _Parts:
    """Everything that was read from a document, before it is put together."""

    edition: Edition  # as declared
    form: Edition  # with the combined rows that the report uses in place
    attribution: Attribution
    identity: Identity
    narrative: Narrative
    values: PrintedValues


def load_published(document: Document, file: str, given: Given = Given()) -> Imported:
    """The report in a document; refused if there is none, if it is not whole, or has no year."""
    notes = [make_finding(name, Place(file), **words) for name, words in document.notes]
    edition, attribution = match_edition(document)
    form = edition.variant(combined_rows_used(edition, attribution))
    incomplete = refuse_incomplete(form, attribution, file)
    if incomplete is not None:
        refused, finding = incomplete
        return Imported(None, [*notes, finding], refused)
    identity = identify(edition, attribution.lines)
    several = refuse_several(form, attribution, identity, file)
    if several is not None:
        return Imported(None, [*notes, several], Refused.NOT_WHOLE)
    year = given.year or identity.year
    if year is None:
        no_year = make_finding("no_year", Place(file), todo=phrases().importing.no_year)
        return Imported(None, [*notes, no_year], Refused.NO_YEAR)
    text = attribution.lines[identity.start :]
    narrative = split_narrative(edition, text, given.unit or identity.unit)
    values = read_figures(form, attribution, file)
    parts = _Parts(edition, form, attribution, identity, narrative, values)
    reading = settle(edition, _build_reading(parts, file, year, given))
    remarks = _list_remarks(parts, document, reading, given)
    return Imported(reading, [*notes, *remarks])


def _build_reading(parts: _Parts, file: str, year: int, given: Given) -> Reading:
    return Reading(
        file=file,
        edition=parts.edition.id,
        year=year,
        origin=Origin.PUBLISHED,
        cells=parts.values.cells,
        combined=_combined_rows_in(parts.form, parts.attribution),
        places=parts.values.places,
        fields=_fields(parts.identity, given),
        narrative=_sections_with_heading(parts.narrative),
        headings=tuple(parts.narrative.headings),
        unplaced=frozenset(unplaced_cells(parts.form, parts.attribution)),
    )


def _list_remarks(
    parts: _Parts, document: Document, reading: Reading, given: Given
) -> Iterator[Finding]:
    """Everything there is to say of a report that was read, in the order in which it is shown."""
    yield from report_year(parts.edition, reading.year, reading.file)
    yield from report_identity(parts.identity, given.unit, reading.file)
    yield from report_narrative(parts.narrative, reading.file)
    yield from report_text_left_out(document, reading.file)
    yield from parts.values.findings
    yield from report_tables(parts.form, parts.attribution, reading.file)
    yield from report_computed_totals(parts.edition, reading, Place(reading.file))


def _combined_rows_in(form: Edition, attribution: Attribution) -> frozenset[str]:
    """The combined rows with figures that the form in use has."""
    used = set()
    for name in attribution.combined:
        if any(key.startswith(f"{name}.") for key in form.cells):
            used.add(name)
    return frozenset(used)


def _fields(identity: Identity, given: Given) -> dict[str, FieldValue]:
    fields = dict(identity.fields)
    unit = given.unit or identity.unit
    if unit:
        fields["unit.name"] = unit
    return fields


def _sections_with_heading(narrative: Narrative) -> dict[str, tuple[Paragraph, ...]]:
    """The text by sections; none where no heading was found, so that all of it is only preamble."""
    if not narrative.found:
        return {}
    return {key: tuple(paragraphs) for key, paragraphs in narrative.sections.items()}

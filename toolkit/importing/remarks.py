"""What there is to say of a published report that was read: of its year, its unit and its text."""

from collections.abc import Iterator

from toolkit.codes import make_finding
from toolkit.documents.document import Document, Line
from toolkit.edition.load import edition_for_year
from toolkit.edition.model import Edition
from toolkit.files.marked import Piece, report_left_out
from toolkit.finding import Finding, Place, Severity
from toolkit.importing.identity import Identity
from toolkit.importing.sections import Narrative
from toolkit.phrases import phrases

_PROSE = 3  # lines of prose that make more of a document than its tables


def report_year(edition: Edition, year: int, file: str) -> Iterator[Finding]:
    """That the year has another form than the one that the report follows."""
    due = edition_for_year(year)
    if due is None or due.id != edition.id:
        yield make_finding(
            "year_outside_edition",
            Place(file),
            year=year,
            edition=edition.title,
            due=due.title if due else phrases().importing.no_form_of_year,
        )


def report_identity(identity: Identity, given_unit: str, file: str) -> Iterator[Finding]:
    """A unit that only the text names, and the date of publication."""
    if not given_unit and identity.unit_from == "text":
        yield make_finding("unit_taken_from_text", Place(file), ["unit.name"], name=identity.unit)
    if identity.published:
        yield make_finding("publication_date", Place(file), date=identity.published.isoformat())


def report_narrative(narrative: Narrative, file: str) -> Iterator[Finding]:
    """What was noticed of headings and sections.

    Missing headings are no fault of a mere set of tables.
    """
    has_only_tables = not narrative.found and narrative.sentences < _PROSE
    for index, (name, words) in enumerate(narrative.notes):
        is_mild = name == "heading_missing" and has_only_tables
        yield make_finding(
            name,
            Place(file, order=(90, index, 0)),
            severity=Severity.INFO if is_mild else None,
            **words,
        )


def report_text_left_out(document: Document, file: str) -> Iterator[Finding]:
    """The parts of the text that were not read, except in tables."""
    pieces: list[Piece] = []
    for block in document.blocks:
        if isinstance(block, Line) and not block.outside and block.marked:
            pieces += block.marked.left
    yield from report_left_out(pieces, Place(file, order=(90, 100, 0)))

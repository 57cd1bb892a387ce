"""The prose of a signed document taken back into its workbook; figures that differ are reported and
stay.
"""

import datetime as dt
from dataclasses import dataclass

from toolkit.codes import catalogue, make_finding
from toolkit.edition.load import load_edition
from toolkit.finding import Finding, Place
from toolkit.importing.published import Given
from toolkit.jobs.against import against
from toolkit.jobs.inputs import Source, read_source
from toolkit.jobs.sentences import with_prose_of
from toolkit.phrases import phrases
from toolkit.record.reading import Aside, Reading
from toolkit.workbook.review import Review, unplaced
from toolkit.workbook.write import too_long, write


@dataclass(frozen=True)
class ProseTaken:
    """The workbook with the prose, or None and why.

    `reading_findings`: what is to be said of the two files. `differences`: figures that differ,
    another report, another unit. `sections` are the headings of the sections that were taken,
    `left` what of the old workbook stays behind.
    """

    data: bytes | None
    reading_findings: list[Finding]
    differences: list[Finding]
    problems: list[Finding]
    is_read: bool = True
    has_prose: bool = True
    sections: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def summary(self, file: str) -> str:
        """One sentence that says which sections were taken."""
        sections = "、".join(self.sections) or phrases().take_prose.no_sections
        return make_finding("prose_taken_over", Place(file), sections=sections).message


def take_prose(
    document: Source, book: Source, created: dt.datetime, given: Given = Given()
) -> ProseTaken:
    """Nothing is taken from another unit's or another year's report, nor from one without prose."""
    reading, findings = read_source(document, given)
    own, notes = read_source(book, aside=True)
    said = [*findings, *notes]
    if reading is None or own is None:
        return ProseTaken(None, said, [], [], is_read=False)
    entries = catalogue()
    differences = [
        finding for finding in against(reading, own) if entries[finding.code].keeps_prose_apart
    ]
    if any(entries[finding.code].another_report for finding in differences):
        return ProseTaken(None, said, differences, [])
    if not reading.narrative:
        return ProseTaken(None, said, differences, [], has_prose=False)
    return _written(reading, own, created, said, differences)


def _written(
    document: Reading,
    own: Reading,
    created: dt.datetime,
    said: list[Finding],
    differences: list[Finding],
) -> ProseTaken:
    changed, sections = with_prose_of(document, own)
    edition = load_edition(own.edition)
    if problems := too_long(edition, changed):
        return ProseTaken(None, said, differences, problems)
    aside = own.aside or Aside()
    data = write(edition, changed, created, Review((), aside, is_listed=False))
    remarks = [f"{remark.sheet} {remark.cell}".strip() for remark in unplaced(aside.remarks)]
    left = (*remarks, *aside.lost)
    return ProseTaken(data, said, differences, [], sections=tuple(sections), left=left)

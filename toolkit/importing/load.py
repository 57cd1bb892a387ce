"""A published file of any readable kind -> the Reading of the report in it."""

from toolkit.documents.open import open_document
from toolkit.files.sniff import FileKind
from toolkit.finding import Finding, Place
from toolkit.importing.matching import count_tables
from toolkit.importing.published import Given, Imported, load_published
from toolkit.record.reading import Reading
from toolkit.record.refused import Refused
from toolkit.workbook.plan import CALC, META


def load_report(
    data: bytes, kind: FileKind, file: str, given: Given = Given()
) -> tuple[Reading | None, list[Finding]]:
    """The published report in a file; everything else is None and a finding that says why."""
    imported = load_report_or_refusal(data, kind, file, given)
    return imported.reading, imported.findings


def load_report_or_refusal(
    data: bytes, kind: FileKind, file: str, given: Given = Given()
) -> Imported:
    """The same with the reason of a refusal as a value, for callers that go on by it."""
    document, findings = open_document(data, kind, Place(file), count_tables, (CALC, META))
    if document is None:
        return Imported(None, findings, Refused.UNREADABLE)
    imported = load_published(document, file, given)
    return Imported(imported.reading, [*findings, *imported.findings], imported.refused)

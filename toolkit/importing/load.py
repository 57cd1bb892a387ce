"""A published file of any readable kind -> the Reading of the report in it."""

from toolkit.documents.open import open_document
from toolkit.files.sniff import FileKind
from toolkit.finding import Finding, Place
from toolkit.importing.published import Given, load_published, tables_in
from toolkit.record.reading import Reading
from toolkit.workbook.plan import CALC, META


def load_report(
    data: bytes, kind: FileKind, file: str, given: Given = Given()
) -> tuple[Reading | None, list[Finding]]:
    """The published report in a file of any readable kind; everything else is refused with one sentence."""
    document, findings = open_document(data, kind, Place(file), tables_in, (CALC, META))
    if document is None:
        return None, findings
    reading, found = load_published(document, file, given)
    return reading, [*findings, *found]

"""One document in each format that a report can have."""

from datetime import datetime

from toolkit.finding import Finding
from toolkit.report.blocks import ReportDocument
from toolkit.report.choices import Format
from toolkit.report.docx import Design, render
from toolkit.report.gates import Stage


def produce(
    document: ReportDocument,
    stage: Stage,
    created: datetime,
    file_format: Format,
    design: Design = Design(),
    *,
    fragment: bool = False,
) -> tuple[bytes | None, list[Finding]]:
    """The bytes of the file; None with a finding where this machine cannot make one.

    `fragment` is of .html.
    """
    if file_format is Format.HTML:
        from toolkit.report import html

        text = html.fragment(document, stage) if fragment else html.page(document, stage)
        return text.encode("utf-8"), []
    if file_format is Format.MD:
        from toolkit.report.markdown import markdown

        return markdown(document, stage).encode("utf-8"), []
    written = render(document, stage, created, design)
    if file_format is Format.DOCX:
        return written, []
    from toolkit.report.pdf import to_pdf

    return to_pdf(written)

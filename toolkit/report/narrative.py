"""Reading -> neutral document: the preamble, the six sections with own and generated prose, the
official tables.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from toolkit.edition.declared import Section
from toolkit.edition.frame import build_frame
from toolkit.edition.model import Edition
from toolkit.edition.numerals import NUMERAL, numeral, value_of
from toolkit.record.facts import Facts, facts
from toolkit.record.reading import Origin, Paragraph, Reading
from toolkit.record.settle import edition_of
from toolkit.report.blocks import Block, Heading, ReportDocument, Signature, TableBlock, Text
from toolkit.report.sentences import date_text, write_sentences
from toolkit.values import State, Value, show

OWN, BEFORE, AFTER = "own", "generated_before", "generated_after"

_ORDINAL = re.compile(
    rf"\s*(?:[（(]({NUMERAL}+)[)）]|{NUMERAL}+、|[（(]?\d{{1,2}}(?:[)）、]|[.．](?!\d)))"
)


def narrate(edition: Edition, reading: Reading) -> ReportDocument:
    """The report as a document.

    The reading is settled; what is open in it is for findings to say, not for the document.
    """
    about = facts(edition, reading)
    title = (reading.text("unit.name").strip(), f"{reading.year}年{edition.report_name}")
    blocks: list[Block] = []
    for section in edition.sections:
        blocks += _section_blocks(edition, reading, about, section)
    return ReportDocument(title, (*blocks, *_signature(reading)))


def _signature(reading: Reading) -> Iterator[Block]:
    """Unit and date of sign-off; nobody's name.

    A report that is published already gets none that it does not have.
    """
    unit, date = reading.text("unit.name").strip(), reading.fields.get("signoff.approved.date")
    if not unit:
        return
    if isinstance(date, dt.date):
        yield Signature(unit, date_text(date))
    elif reading.origin is Origin.WORKBOOK:
        yield Signature(unit)


def _section_blocks(
    edition: Edition, reading: Reading, about: Facts, section: Section
) -> Iterator[Block]:
    """Heading, own and generated prose in the order that the unit chose, and the table."""
    if section.printed:
        yield Heading(1, section.heading)
    paragraphs = reading.narrative.get(section.key, ())
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        paragraphs = ()  # suggested sub-headings that nobody wrote anything under
    mode = reading.text(f"prose.{section.key}")
    if mode not in (OWN, BEFORE, AFTER):
        mode = OWN if paragraphs else BEFORE
    generated = "" if mode == OWN else "".join(write_sentences(edition, section.key, about))
    if generated and mode == BEFORE:
        yield Text(generated)
    yield from _own_blocks(paragraphs)
    if generated and mode == AFTER:
        yield Text(generated)
    if section.table:
        yield _table_block(edition, reading, section.table)


def _own_blocks(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    """People's own prose, character for character; sub-headings without a number of their own are
    numbered.
    """
    number = 0
    for paragraph in paragraphs:
        heading = paragraph.heading.strip()
        if heading:
            given = _ORDINAL.match(heading)
            number = value_of(given[1]) if given and given[1] else number + 1
            yield Heading(2, heading if given else f"（{numeral(number)}）{heading}")
        for line in paragraph.text.split("\n"):
            if line.strip():
                yield Text(line)


def _table_block(edition: Edition, reading: Reading, key: str) -> TableBlock:
    table = edition_of(edition, reading).table(key)
    texts = {
        cell.key: printed_text(reading.value(cell.key), reading.origin) for cell in table.cells
    }
    return TableBlock(build_frame(table), texts)


def printed_text(value: Value, origin: Origin) -> str:
    """A cell as it is in the report: a published one as it was printed, where that says more than
    the figure.

    What is typed into a workbook is printed as it was read, for its column states the unit; an
    amount without one keeps its text.
    """
    if value.raw and (origin is Origin.PUBLISHED or value.unit or value.state is not State.NUMBER):
        return value.raw
    if value.state is State.NUMBER:
        return show(value.number)
    return "0" if value.state is State.DECLARED_ZERO else ""

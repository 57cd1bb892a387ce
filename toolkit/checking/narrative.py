"""Checks of what is around the tables: the unit's name, facts the preamble needs, and the quality
of the prose.
"""

from collections.abc import Iterator

from toolkit.checking.borrowed import borrowed_findings
from toolkit.checking.headings import heading_findings
from toolkit.checking.prose import passage_finding, passages
from toolkit.checking.sections import section_findings
from toolkit.checking.similarity import similarity_findings
from toolkit.codes import make_finding
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place, Severity
from toolkit.personal import find_personal_numbers
from toolkit.phrases import phrases
from toolkit.record.reading import Origin, Reading

_CONTACT = ("profile.address", "profile.phone", "profile.postcode")
_PUBLISHED = "profile."  # fields that are printed in the preamble


def identity_findings(form: Edition, reading: Reading) -> list[Finding]:
    """A report without its unit's name.

    Data files need not name one, so there it is only a warning.
    """
    if reading.text("unit.name").strip():
        return []
    keys = ["unit.name"]
    if place := reading.places.get("unit.name"):
        return [make_finding("no_unit", place, keys, where=form.profile.title)]
    where = phrases().checking.whole_report
    place = Place(reading.file)
    return [make_finding("no_unit", place, keys, severity=Severity.WARNING, where=where)]


def narrative_findings(form: Edition, reading: Reading, last: Reading | None) -> list[Finding]:
    """Findings on the prose.

    It is only asked for where there is some or in a workbook, not in bare data files.
    """
    findings = [*heading_findings(form, reading), *_find_personal_data(form, reading)]
    is_book = reading.origin is Origin.WORKBOOK
    if reading.narrative or (is_book and reading.places):
        findings += section_findings(form, reading)
        findings += borrowed_findings(form, reading)
        findings += similarity_findings(form, reading, last)
        if is_book:
            findings += _find_missing_contact(form, reading)
    return findings


def _find_missing_contact(form: Edition, reading: Reading) -> Iterator[Finding]:
    missing = [key for key in _CONTACT if not reading.text(key)]
    if missing:
        place = reading.places.get(missing[0]) or Place(reading.file)
        labels = "、".join(form.fields[key].label for key in missing)
        yield make_finding("contact_missing", place, missing, fields=labels)


def _find_personal_data(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Personal numbers in the prose and in the facts that the preamble prints; they are masked."""
    words = phrases()
    kinds = words.prose.kinds
    for passage in passages(form, reading):
        numbers = list(find_personal_numbers(f"{passage.heading} {passage.text}"))
        if numbers:
            yield passage_finding(
                form,
                reading,
                passage,
                "personal_data",
                where=words.checking.paragraph.format(
                    section=passage.section.heading, number=passage.number
                ),
                what="、".join(dict.fromkeys(kinds[number.kind] for number in numbers)),
                shown="、".join(number.shown for number in numbers),
            )
    for key, entry in form.fields.items():
        if not key.startswith(_PUBLISHED) or entry.kind != "text":
            continue
        for number in find_personal_numbers(reading.text(key)):
            yield make_finding(
                "personal_data",
                reading.places.get(key) or Place(reading.file),
                [key],
                where=f"{form.profile.title}“{entry.label}”",
                what=kinds[number.kind],
                shown=number.shown,
            )

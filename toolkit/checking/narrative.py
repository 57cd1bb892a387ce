"""Checks of what stands around the tables: the unit's name, facts the preamble needs, and the quality of the prose."""

from collections.abc import Iterator
from typing import Any

from toolkit.checking.borrowed import borrowed_findings
from toolkit.checking.headings import heading_findings
from toolkit.checking.prose import passages, section_finding
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
    """A report without its unit's name. Data files need not name one, so there it is only asked about."""
    if reading.text("unit.name").strip():
        return []
    place = reading.places.get("unit.name")
    severity = None if place else Severity.WARNING
    where = form.profile.title if place else "报告"
    return [
        make_finding(
            "no_unit", place or Place(reading.file), ["unit.name"], severity=severity, where=where
        )
    ]


def narrative_findings(form: Edition, reading: Reading, last: Reading | None) -> list[Finding]:
    """Of prose that is there, or that a workbook asks for; bare data files without any prose are not asked."""
    found = [*heading_findings(form, reading), *_personal(form, reading)]
    is_asked = reading.origin is Origin.WORKBOOK and bool(reading.places)
    if reading.narrative or is_asked:
        found += [
            *section_findings(form, reading),
            *borrowed_findings(form, reading),
            *similarity_findings(form, reading, last),
        ]
    if reading.origin is Origin.WORKBOOK and (reading.narrative or reading.places):
        found += _missing_contact(form, reading)
    return found


def _missing_contact(form: Edition, reading: Reading) -> list[Finding]:
    missing = [key for key in _CONTACT if not reading.text(key)]
    if not missing:
        return []
    place = reading.places.get(missing[0]) or Place(reading.file)
    return [
        make_finding(
            "contact_missing",
            place,
            missing,
            fields="、".join(form.fields[key].label for key in missing),
        )
    ]


def _personal(form: Edition, reading: Reading) -> Iterator[Finding]:
    """Personal numbers in the prose and in the facts that the preamble prints, masked."""
    kinds = phrases().prose.kinds
    for passage in passages(form, reading):
        if found := list(find_personal_numbers(f"{passage.heading} {passage.text}")):
            words: dict[str, Any] = {
                "where": f"“{passage.section.heading}”第{passage.number}段",
                "what": "、".join(dict.fromkeys(kinds[one.kind] for one in found)),
                "shown": "、".join(one.shown for one in found),
            }
            yield section_finding(
                form, reading, passage.section, "personal_data", passage.number, **words
            )
    for key, entry in form.fields.items():
        if key.startswith(_PUBLISHED) and entry.kind == "text":
            for one in find_personal_numbers(reading.text(key)):
                words = {
                    "where": f"{form.profile.title}“{entry.label}”",
                    "what": kinds[one.kind],
                    "shown": one.shown,
                }
                yield make_finding(
                    "personal_data", reading.places.get(key) or Place(reading.file), [key], **words
                )

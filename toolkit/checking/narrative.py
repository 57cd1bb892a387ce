"""Checks of what stands around the tables: the unit's name, sections that must not be empty, facts the preamble needs."""

from toolkit.codes import finding
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place, Severity
from toolkit.record import Origin, Reading

_CONTACT = ("profile.address", "profile.phone", "profile.postcode")


def identity_findings(form: Edition, reading: Reading) -> list[Finding]:
    """A report without its unit's name. Data files need not name one, so there it is only asked about."""
    if reading.text("unit.name").strip():
        return []
    place = reading.places.get("unit.name")
    severity = None if place else Severity.WARNING
    where = form.profile.title if place else "数据文件"
    return [finding("R-09", place or Place(reading.file), ["unit.name"], severity=severity, where=where)]


def narrative_findings(form: Edition, reading: Reading, last: Reading | None) -> list[Finding]:
    """Of a workbook that is being filled in; a published report and bare data files without any prose are not asked."""
    if reading.origin is not Origin.WORKBOOK or not (reading.narrative or reading.places):
        return []
    return [*_empty_sections(form, reading), *_missing_contact(form, reading)]


def _empty_sections(form: Edition, reading: Reading) -> list[Finding]:
    return [
        finding("N-01", Place(reading.file, section.sheet if reading.places else None, order=(90, index, 0)), section=section.heading)
        for index, section in enumerate(form.sections)
        if section.required and not reading.narrative.get(section.key)
    ]


def _missing_contact(form: Edition, reading: Reading) -> list[Finding]:
    missing = [key for key in _CONTACT if not reading.text(key)]
    if not missing:
        return []
    place = reading.places.get(missing[0]) or Place(reading.file)
    return [finding("N-02", place, missing, fields="、".join(form.fields[key].label for key in missing))]

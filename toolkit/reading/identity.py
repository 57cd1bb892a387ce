"""Which form for which year a workbook is: by its hidden sheet and the stamps of its sheets."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.codes import make_finding
from toolkit.edition.load import edition_for_year, edition_ids, load_edition
from toolkit.edition.model import Edition
from toolkit.files.book import Book
from toolkit.files.sniff import Trouble, refusal
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases
from toolkit.reading.cells import find_sheet, is_plain_number
from toolkit.reading.locate import find_stamp
from toolkit.workbook.meta import EXTRA, FORMAT
from toolkit.workbook.plan import META
from toolkit.workbook.stamp import Stamp

Meta = Mapping[str, Any]  # the entries of the hidden sheet _meta


@dataclass(frozen=True)
class BookIdentity:
    """The form and the year of a workbook, and what its hidden sheet says."""

    edition: Edition
    year: int
    meta: Meta


def is_ours(book: Book) -> bool:
    """Whether the toolkit made a workbook: its hidden sheet says so, or the stamp of a sheet."""
    return _has_our_format(_read_meta(book)) or bool(_find_stamps(book))


def identify_book(book: Book, place: Place) -> tuple[BookIdentity | None, list[Finding]]:
    """The form and the year of a workbook, None where it cannot be read as ours."""
    if not is_ours(book):
        return None, [refusal(Trouble.FOREIGN, place)]
    meta, findings = _confirm_meta(book, place)
    edition_id = str(meta.get("edition"))
    if edition_id not in edition_ids():
        return None, [_report_unknown_edition(edition_id, place)]
    year = meta.get("year")
    if not is_plain_number(year) or int(year) != year:
        return None, [make_finding("no_year", place, todo=phrases().reading.year_changed)]
    identity = BookIdentity(load_edition(edition_id), int(year), meta)
    return identity, [*findings, *_check_version(identity, place)]


def _read_meta(book: Book) -> dict[str, Any]:
    """The entries of _meta; the pieces of `extra` are put together."""
    sheet = find_sheet(book, META)
    meta: dict[str, Any] = {}
    if sheet is None:
        return meta
    for row in sorted({row for row, _ in sheet.cells}):
        key, value = sheet.cells.get((row, 1)), sheet.cells.get((row, 2))
        if key is None or value is None:
            continue
        if key.value == EXTRA:
            meta[EXTRA] = meta.get(EXTRA, "") + str(value.value)
        else:
            meta[str(key.value)] = value.value
    return meta


def _has_our_format(meta: Meta) -> bool:
    return bool(meta.get("format") == FORMAT)


def _find_stamps(book: Book) -> list[Stamp]:
    """The stamps of the sheets that have one, in order."""
    stamps = [find_stamp(sheet) for sheet in book.sheets]
    return [stamp for stamp in stamps if stamp is not None]


def _confirm_meta(book: Book, place: Place) -> tuple[Meta, list[Finding]]:
    """What _meta says, unless the stamps of the sheets all say otherwise.

    Then it was edited (R-28), or it is not there, as in a workbook into which sheets were copied
    (R-21); the edition and the year of most stamps count.
    """
    meta = _read_meta(book)
    stamps = _find_stamps(book)
    counts = Counter((stamp.edition, stamp.year) for stamp in stamps)
    says = (str(meta.get("edition")), str(meta.get("year")))
    if not stamps or (_has_our_format(meta) and says in counts):
        return meta, []
    (edition, year), _ = counts.most_common(1)[0]
    stamped = {"edition": edition, "year": int(year)}
    if _has_our_format(meta):
        where = phrases().template.hidden_year
        edited = make_finding(
            "year_edited", place, ["year"], where=where, raw=" ".join(says), year=year
        )
        return _defaults(edition, year, stamps) | meta | stamped, [edited]
    copied = make_finding("sheet_copied_out", place)
    return _defaults(edition, year, stamps) | stamped, [copied]


def _defaults(edition_id: str, year: str, stamps: list[Stamp]) -> dict[str, Any]:
    """The entries of _meta that a workbook without it would have, as far as stamps show them."""
    units = [stamp.unit for stamp in stamps if (stamp.edition, stamp.year) == (edition_id, year)]
    version = 0
    if edition_id in edition_ids():
        version = load_edition(edition_id).template_version
    return {"format": FORMAT, "unit_name": units[0], "template_version": version}


def _report_unknown_edition(edition_id: str, place: Place) -> Finding:
    words = phrases().reading
    what = words.unknown_edition.format(edition=edition_id)
    return make_finding("file_unreadable", place, what=what, todo=words.update)


def _check_version(identity: BookIdentity, place: Place) -> list[Finding]:
    """Up to one finding: that another form is due in this year, or that the template is another."""
    edition, year = identity.edition, identity.year
    due = edition_for_year(year)
    if due is None or due.id != edition.id:
        title = due.title if due else phrases().reading.no_edition
        return [
            make_finding("year_outside_edition", place, year=year, edition=edition.title, due=title)
        ]
    version = identity.meta.get("template_version")
    if version == edition.template_version:
        return []
    return [_report_version(version, edition, place)]


def _report_version(version: object, edition: Edition, place: Place) -> Finding:
    words = phrases().template
    is_newer = isinstance(version, int | float) and version > edition.template_version
    return make_finding(
        "other_template_version",
        place,
        now=version,
        due=edition.template_version,
        todo=words.newer if is_newer else words.older,
    )

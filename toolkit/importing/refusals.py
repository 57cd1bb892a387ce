"""Documents that are refused: with too few of the prescribed tables, or with two reports."""

from toolkit.codes import make_finding
from toolkit.edition.model import Edition
from toolkit.finding import Finding, Place
from toolkit.importing.found import Attribution
from toolkit.importing.identity import Identity, other_title
from toolkit.importing.matching import HALF, official_tables, tables_there
from toolkit.personal import short
from toolkit.phrases import phrases
from toolkit.record.refused import Refused


def refuse_incomplete(
    form: Edition, attribution: Attribution, file: str
) -> tuple[Refused, Finding] | None:
    """No report at all, or tables of it that are missing; None where all are there."""
    there = tables_there(form, attribution)
    missing = [table for table in official_tables(form) if table not in there]
    if not missing:
        return None
    words = phrases().importing
    if not there:
        finding = make_finding(
            "no_report", Place(file), what=words.no_report, todo=words.no_report_remedy
        )
        return Refused.NO_REPORT, finding
    titles = "、".join(f"“{table.title}”" for table in missing)
    finding = make_finding(
        "report_not_whole",
        Place(file),
        found="、".join(table.title for table in there),
        what=words.tables_missing.format(tables=titles),
        todo=words.tables_missing_remedy,
    )
    return Refused.NOT_WHOLE, finding


def refuse_several(
    form: Edition, attribution: Attribution, identity: Identity, file: str
) -> Finding | None:
    """Two reports in one file.

    There are two if a table is printed twice with other figures, and a second title names another
    unit or year. A table twice alone is one report that repeats its table.
    """
    if not _has_table_again(form, attribution):
        return None
    title = other_title(form, attribution.lines, identity)
    if not title:
        return None
    words = phrases().importing
    first = f"{identity.unit}{identity.year or ''}"
    return make_finding(
        "report_not_whole",
        Place(file),
        what=words.several_reports.format(first=first, second=short(title)),
        todo=words.several_reports_remedy,
    )


def _has_table_again(form: Edition, attribution: Attribution) -> bool:
    """Whether half of an official table is printed twice, and some cell with two figures."""
    if not any(key in form.cells for key, _ in attribution.twice):
        return False
    for table in official_tables(form):
        again = sum(cell.key in attribution.again for cell in table.cells)
        if again >= HALF * len(table.cells):
            return True
    return False

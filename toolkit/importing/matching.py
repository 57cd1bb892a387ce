"""Which edition a document follows, with which combined rows."""

from collections.abc import Iterable

from toolkit.documents.document import Document
from toolkit.edition.declared import CombinedRow
from toolkit.edition.load import edition_ids
from toolkit.edition.model import Edition, Table
from toolkit.importing.found import Attribution
from toolkit.importing.placing import place_figures
from toolkit.importing.vocabulary import vocabulary

HALF = 0.5  # of the cells of a table that must be there; less is half a report


def match_edition(document: Document) -> tuple[Edition, Attribution]:
    """The edition whose first table the document has, and where its figures belong in it.

    Only the first table tells: the labels of the others are nearly the same in all editions. Of
    equal ones the edition counts with fewer labels in other words, then with more figures, then the
    latest.
    """
    tried = []
    for edition_id in edition_ids():
        edition = vocabulary(edition_id).edition
        attribution = place_figures(vocabulary(edition_id), document.blocks)
        score = (
            _count_under(attribution.figures, edition.tables[0].key),
            -len(attribution.near),
            len(attribution.figures),
        )
        tried.append((score, edition_id, edition, attribution))
    _, _, edition, attribution = max(tried, key=lambda attempt: attempt[:2])
    return edition, attribution


def combined_rows_used(edition: Edition, attribution: Attribution) -> frozenset[str]:
    """The combined rows the report uses.

    Where the rows themselves are there as well, the combined row is only their head: its figures
    are moved to the lost ones.
    """
    used = set()
    for name in attribution.combined:
        table, row = edition.combined_rows[name]
        if _has_separate_rows(attribution, table, row):
            _drop_combined_row(attribution, name, row.path[-1])
        else:
            used.add(name)
    return frozenset(used)


def _has_separate_rows(attribution: Attribution, table: Table, row: CombinedRow) -> bool:
    separate = tuple(f"{table.key}.{part}." for part in row.stands_for)
    return any(key.startswith(separate) for key in attribution.figures)


def _drop_combined_row(attribution: Attribution, name: str, label: str) -> None:
    keys = [key for key in attribution.figures if key.startswith(f"{name}.")]
    for key in keys:
        figure = attribution.figures.pop(key)
        attribution.lose(figure.grid, [figure.cell], label)


def _count_under(keys: Iterable[str], table: str) -> int:
    return sum(key.startswith(f"{table}.") for key in keys)


def count_tables(document: Document) -> int:
    """How many of the official tables a document has, at least by half."""
    edition, attribution = match_edition(document)
    return len(tables_there(edition, attribution))


def tables_there(form: Edition, attribution: Attribution) -> list[Table]:
    """The official tables of which at least half the cells were found."""
    return [table for table in official_tables(form) if _share_found(table, attribution) >= HALF]


def official_tables(form: Edition) -> list[Table]:
    return [table for table in form.tables if table.declared.official]


def _share_found(table: Table, attribution: Attribution) -> float:
    return sum(cell.key in attribution.figures for cell in table.cells) / len(table.cells)

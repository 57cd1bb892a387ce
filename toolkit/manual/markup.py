"""The Markdown of the manual's pages."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from toolkit.edition.model import Edition
from toolkit.phrases import phrases

Parts: TypeAlias = Iterator[str]  # of a page, with an empty line between them

_OPEN = 9999  # last year of an edition that is still in use


def table_text(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    rule = ["---"] * len(head)
    return "\n".join(map(_row_text, [head, rule, *rows]))


def _row_text(row: Sequence[str]) -> str:
    cells = [" ".join(cell.replace("|", "\\|").split()) for cell in row]
    return f"| {' | '.join(cells)} |"


def list_text(lines: Sequence[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"- {line}" for line in lines)


def edition_title(edition: Edition) -> str:
    """What an edition is called, with its years."""
    words = phrases().manual
    template = words.years if edition.last_year < _OPEN else words.years_on
    return template.format(title=edition.title, first=edition.first_year, last=edition.last_year)

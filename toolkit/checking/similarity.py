"""How much of a section stood in last year's report already, sentence by sentence; years and figures do not count."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from toolkit.checking.prose import sentences, text_of, told
from toolkit.edition.declared import Section
from toolkit.edition.model import Edition
from toolkit.edition.typed import short
from toolkit.finding import Finding
from toolkit.record import Reading

ALIKE = 90  # percent from which two sentences say the same
SHARE = 0.7  # share of a section's characters from which it is told
SHORTEST, LEAST = 12, 100  # characters of a sentence, and of a section, that are compared
SHOWN = 3  # sentences shown
_LONGEST = 20_000  # characters of a section that are compared


def similarity_findings(form: Edition, reading: Reading, last: Reading | None) -> Iterator[Finding]:
    """One finding for every section that is mostly last year's. The preamble may be: it states the same facts."""
    for section in form.sections:
        if last is not None and section.printed:
            yield from _section(form, reading, last, section)


def _section(form: Edition, reading: Reading, last: Reading, section: Section) -> Iterator[Finding]:
    now, before = (_compared(text_of(one, section)) for one in (reading, last))
    size = sum(len(bare) for bare in now.values())
    if size < LEAST or not before:
        return
    known = list(before.values())
    same = [one for one, bare in now.items() if process.extractOne(bare, known, scorer=fuzz.ratio, score_cutoff=ALIKE)]
    share = sum(len(now[one]) for one in same) / size
    if share >= SHARE:
        shown = "；".join(f"“{short(one)}”" for one in sorted(same, key=len, reverse=True)[:SHOWN])
        yield told(form, reading, section, "N-13", percent=round(share * 100), count=len(same), texts=shown)


def _compared(text: str) -> dict[str, str]:
    """Sentences long enough to compare, each with what is compared of it."""
    bare = {one: re.sub(r"[\d\s，。、；：:（）()“”%]", "", one) for one in sentences(text[:_LONGEST])}
    return {one: words for one, words in bare.items() if len(words) >= SHORTEST}

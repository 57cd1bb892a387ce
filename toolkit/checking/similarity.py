"""How much of a section stood in last year's report already, sentence by sentence; years, figures and punctuation do not count."""

import re
from collections.abc import Collection, Iterator

from rapidfuzz import fuzz, process

from toolkit.checking.prose import says_nothing, section_finding, split_sentences, text_of
from toolkit.edition.declared import Section
from toolkit.edition.model import Edition
from toolkit.finding import Finding
from toolkit.personal import short
from toolkit.record.reading import Reading

ALIKE = 90  # percent from which two sentences or clauses say the same
SHARE = 0.7  # share of a section's characters, and of a sentence's, from which it is reported
LEAST = (
    100  # characters of a section that are compared: zeros have one wording, the same every year
)
LEAST_OWN = 10  # the same where nothing is generated and something must be said: every word there is the unit's own
SHORTEST = 4  # characters of a sentence or clause that can be known again
SHOWN = 3  # sentences shown
_LONGEST = 20_000  # characters of a section that are compared
_IGNORED = re.compile(r"[一二三四五六七八九十]+是|[^\u4e00-\u9fffA-Za-z]")
_CLAUSES = re.compile(r"[，,、：:；;。！？!?（）()“”\n]")


def similarity_findings(form: Edition, reading: Reading, last: Reading | None) -> Iterator[Finding]:
    """One finding for every section that is mostly last year's. The preamble may be: it states the same facts."""
    for section in form.sections:
        if last is not None and section.printed:
            yield from _section(form, reading, last, section)


def _section(form: Edition, reading: Reading, last: Reading, section: Section) -> Iterator[Finding]:
    is_own = section.required and all(one.section != section.key for one in form.narrative.sentence)
    now, before = (_compared(section, text_of(one, section)) for one in (reading, last))
    size = sum(len(bare) for bare in now.values())
    if size < (LEAST_OWN if is_own else LEAST) or not before:
        return
    known, clauses = set(before.values()), {bare for one in before for bare in _clauses(one)}
    same = {one: _same(one, bare, known, clauses) for one, bare in now.items()}
    share = sum(same.values()) / size
    if share >= SHARE:
        copied = [one for one, count in same.items() if count >= SHARE * len(now[one])]
        shown = "；".join(
            f"“{short(one)}”" for one in sorted(copied, key=len, reverse=True)[:SHOWN]
        )
        yield section_finding(
            form,
            reading,
            section,
            "copied_from_prior",
            percent=round(share * 100),
            count=len(copied),
            texts=shown,
        )


def _same(sentence: str, bare: str, known: Collection[str], clauses: Collection[str]) -> int:
    """How many characters of a sentence are last year's: all, or those of the clauses that are, if it was divided otherwise."""
    if _is_known(bare, known):
        return len(bare)
    return min(sum(len(one) for one in _clauses(sentence) if _is_known(one, clauses)), len(bare))


def _is_known(bare: str, known: Collection[str]) -> bool:
    return (
        bare in known
        or process.extractOne(bare, known, scorer=fuzz.ratio, score_cutoff=ALIKE) is not None
    )


def _clauses(sentence: str) -> list[str]:
    bare = (_IGNORED.sub("", part) for part in _CLAUSES.split(sentence))
    return [one for one in bare if len(one) >= SHORTEST]


def _compared(section: Section, text: str) -> dict[str, str]:
    """The sentences, each with what is compared of it; those that say there was nothing are alike every year."""
    bare = {one: _IGNORED.sub("", one) for one in split_sentences(text[:_LONGEST])}
    return {
        one: words
        for one, words in bare.items()
        if len(words) >= SHORTEST and not says_nothing(section, one)
    }

"""How much of a section was in last year's report already, sentence by sentence.

Years, figures and punctuation do not count.
"""

import re
from collections.abc import Collection, Iterator

from rapidfuzz import fuzz, process

from toolkit.checking.prose import says_nothing, section_finding, text_of
from toolkit.edition.declared import Section
from toolkit.edition.model import Edition
from toolkit.finding import Finding
from toolkit.personal import short
from toolkit.record.reading import Reading
from toolkit.record.sentences import split_sentences

ALIKE = 90  # percent from which two sentences or clauses say the same
SHARE = 0.7  # share of a section's characters, and of a sentence's, from which it is reported

# Characters of a section from which it is compared: zeros have one wording, the same every year.
# Where nothing is generated and something must be said, every word is the unit's own, and a few
# are enough.
LEAST, LEAST_OWN = 100, 10

SHORTEST = 4  # characters of a sentence or clause that can be recognised
SHOWN = 3  # sentences shown
_LONGEST = 20_000  # characters of a section that are compared
_IGNORED = re.compile(r"[一二三四五六七八九十]+是|[^\u4e00-\u9fffA-Za-z]")
_CLAUSES = re.compile(r"[，,、：:；;。！？!?（）()“”\n]")


def similarity_findings(form: Edition, reading: Reading, last: Reading | None) -> Iterator[Finding]:
    """One finding for every section that is mostly last year's.

    The preamble may be: it states the same facts.
    """
    if last is None:
        return
    for section in form.sections:
        if section.printed:
            yield from _compare_section(form, reading, last, section)


def _compare_section(
    form: Edition, reading: Reading, last: Reading, section: Section
) -> Iterator[Finding]:
    now = _compared_sentences(section, text_of(reading, section))
    before = _compared_sentences(section, text_of(last, section))
    size = sum(len(bare) for bare in now.values())
    if not before or size < _least_size(form, section):
        return
    known, clauses = set(before.values()), set[str]()
    for sentence in before:
        clauses.update(_bare_clauses(sentence))
    same = {
        sentence: _same_characters(sentence, bare, known, clauses) for sentence, bare in now.items()
    }
    share = sum(same.values()) / size
    if share >= SHARE:
        copied = [sentence for sentence in now if same[sentence] >= SHARE * len(now[sentence])]
        longest = sorted(copied, key=len, reverse=True)[:SHOWN]
        yield section_finding(
            form,
            reading,
            section,
            "copied_from_prior",
            percent=round(share * 100),
            count=len(copied),
            texts="；".join(f"“{short(sentence)}”" for sentence in longest),
        )


def _least_size(form: Edition, section: Section) -> int:
    """How many characters a section must have to be compared."""
    is_generated = any(sentence.section == section.key for sentence in form.narrative.sentence)
    return LEAST_OWN if section.required and not is_generated else LEAST


def _same_characters(
    sentence: str, bare: str, known: Collection[str], clauses: Collection[str]
) -> int:
    """How many characters of a sentence are last year's.

    They are all, or those of the clauses that are known, for last year's text may have been
    divided otherwise.
    """
    if _is_known(bare, known):
        return len(bare)
    same = [clause for clause in _bare_clauses(sentence) if _is_known(clause, clauses)]
    return min(len("".join(same)), len(bare))


def _is_known(bare: str, known: Collection[str]) -> bool:
    """Whether a text, or one very like it, is among those of last year."""
    if bare in known:
        return True
    return process.extractOne(bare, known, scorer=fuzz.ratio, score_cutoff=ALIKE) is not None


def _bare_clauses(sentence: str) -> list[str]:
    """What is compared of each clause of a sentence."""
    bare = (_IGNORED.sub("", part) for part in _CLAUSES.split(sentence))
    return [clause for clause in bare if len(clause) >= SHORTEST]


def _compared_sentences(section: Section, text: str) -> dict[str, str]:
    """Sentence -> what is compared of it.

    Sentences that say there was nothing are omitted: they are alike every year.
    """
    compared = {}
    for sentence in split_sentences(text[:_LONGEST]):
        bare = _IGNORED.sub("", sentence)
        if len(bare) >= SHORTEST and not says_nothing(section, sentence):
            compared[sentence] = bare
    return compared

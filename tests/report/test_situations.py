"""What is written in sixty situations, kept as text that a person has read: tests/golden/narrative.txt."""

import os
import re
from pathlib import Path

import pytest

from tests.support.situations import situations
from toolkit.edition.load import load_edition
from toolkit.record.facts import facts
from toolkit.record.reading import Reading
from toolkit.report.sentences import write_sentences

GOLDEN = Path(__file__).parents[1] / "golden" / "narrative.txt"
ALL = situations()


def sections(reading: Reading) -> dict[str, list[str]]:
    """The generated sentences of every section that has any."""
    edition = load_edition(reading.edition)
    about = facts(edition, reading)
    written = {
        section.key: write_sentences(edition, section.key, about) for section in edition.sections
    }
    return {key: found for key, found in written.items() if found}


def _page() -> str:
    """Every situation under its name. What a report of zeros says, and the preamble, stand only where they are the point."""
    zero = {
        "".join(found)
        for name, reading in ALL.items()
        if name.startswith("全部为零")
        for found in sections(reading).values()
    }
    lines: list[str] = []
    for name, reading in ALL.items():
        texts = {key: "".join(found) for key, found in sections(reading).items()}
        if not name.startswith("全部"):
            kept = {
                key: text
                for key, text in texts.items()
                if text not in zero and (key != "preamble" or name.startswith(("引言", "期限")))
            }
            texts = kept or {key: texts[key] for key in ("requests",)}
        lines += ["", f"【{name}】", *(f"{key}：{text}" for key, text in texts.items())]
    return "\n".join(lines[1:]) + "\n"


def test_sentences_of_every_situation_match_the_golden_text() -> None:
    page = _page()
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(page, encoding="utf-8")
    assert page == GOLDEN.read_text(encoding="utf-8")
    assert len(ALL) >= 60


@pytest.mark.parametrize("name", ALL)
def test_sentences_have_no_doubled_punctuation_or_repetition(name: str) -> None:
    written = [sentence for found in sections(ALL[name]).values() for sentence in found]
    for sentence in written:
        assert sentence.endswith("。"), sentence
        assert not re.search(r"[，；、：。]{2}|[，；、][）]|\s|None|\{|\}|\b0\.0", sentence), (
            sentence
        )
        assert not re.search(r"均[^，。；]*(?<!\d)1件|(?<!\d)1[件条]，均", sentence), sentence
    assert len(set(written)) == len(written)

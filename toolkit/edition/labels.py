"""Labels compared as people see them: width, white space, quotes, dashes and punctuation do not count."""

import re
import unicodedata
from functools import lru_cache

_SAME = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "—": "-",
        "–": "-",
        "―": "-",
        "－": "-",
        "、": ".",
        "．": ".",
        "。": ".",
        "：": ":",
    }
)


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(_SAME))).translate(_SAME)

"""Labels compared as people see them.

Width, white space, and which quotes, dashes and points are used do not count.
"""

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
    """The label in the form in which two labels are compared."""
    narrow = unicodedata.normalize("NFKC", text.translate(_SAME))
    # NFKC also makes such signs (︑ becomes 、), so they are mapped once more.
    return re.sub(r"\s+", "", narrow).translate(_SAME)

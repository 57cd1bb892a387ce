"""Bytes of a text file -> its text.

Files state their encoding wrongly or not at all, and what they state is a stranger's word.
"""

import codecs

# No page is in these; the first takes for ever.
_NEVER = ("punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined")


def decode_text(data: bytes, stated: str = "") -> str | None:
    """The text by byte order mark, else as UTF-8, else as stated, else as GBK.

    None for what is none of these.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in filter(None, ("utf-8-sig", stated, "gb18030")):
        try:
            if codecs.lookup(encoding).name not in _NEVER:
                return data.decode(encoding)
        except (ValueError, LookupError):  # not in that encoding, or that encoding is none of text
            continue
    return None

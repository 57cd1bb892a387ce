"""Bytes of a text file -> its text. Files state their encoding wrongly or not at all, and what they state is a stranger's word."""

import codecs

_NEVER = (
    "punycode",
    "idna",
    "unicode-escape",
    "raw-unicode-escape",
    "undefined",
)  # no page is in these; the first takes for ever


def decode_text(data: bytes, stated: str = "") -> str | None:
    """By byte order mark, then as UTF-8 if it is that, then as stated, then as GBK; None for what is none of these."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in filter(None, ("utf-8-sig", stated, "gb18030")):
        try:
            if codecs.lookup(encoding).name not in _NEVER:
                return data.decode(encoding)
        except (ValueError, LookupError):  # not in that encoding, or it is none of text
            continue
    return None

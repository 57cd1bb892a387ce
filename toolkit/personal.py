"""Personal numbers in text: identity numbers and bank cards by their check digits, mobile numbers.

No finding says one in full: all but the last four characters are masked in every text that goes
into one (`codes.make_finding`), and before a text is cut to fit (`short`), as half a number would
not be known for one. Reports, data and people's own reasons keep what they wrote.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

SHOWN = 4  # characters of a number that stay
_WIDE = {
    ord(wide): narrow
    for wide, narrow in zip(
        "０１２３４５６７８９Ｘｘ－—–‑　\u00a0", "0123456789Xx----  ", strict=True
    )
}
_GAP = r"[ \-]{0,3}"
_RUN = re.compile(rf"(?<![\dA-Za-z])\d(?:{_GAP}\d){{10,18}}(?:{_GAP}[Xx])?(?![\dA-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_CARD = re.compile(r"(?:62|4\d|5[1-5]|3[57])\d+")
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
# Inside a run that is no number as a whole, such as a postcode and a mobile number with a blank
# between them.
_PART = re.compile(
    rf"(?<!\d)(?:(?:00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"
    r"|(?<!\d)\d{16,19}(?!\d)"
    r"|(?<!\d)\d{17}[\dXx]"
)


@dataclass(frozen=True)
class Personal:
    """A number, from `start` to `end` of the text. `shown` is the number masked.

    `kind` is a key of [prose.kinds] in phrases.toml.
    """

    kind: str
    start: int
    end: int
    shown: str


def find_personal_numbers(text: str) -> Iterator[Personal]:
    """Every personal number in a text, in order.

    Blanks and hyphens between the digits do not hide one.
    """
    narrow = text.translate(_WIDE)  # one character for one, so places stay
    for run in _RUN.finditer(narrow):
        whole = _read_number(run[0], run.start())
        if whole:
            yield whole
            continue
        for part in _PART.finditer(run[0]):
            number = _read_number(part[0], run.start() + part.start())
            if number:
                yield number


def _read_number(text: str, start: int) -> Personal | None:
    """The personal number that the text is, if it is one; `start` is its place."""
    bare = re.sub("[ -]", "", text)
    kind = _kind_of(bare)
    if not kind:
        return None
    return Personal(kind, start, start + len(text), "*" * (len(bare) - SHOWN) + bare[-SHOWN:])


def _kind_of(number: str) -> str:
    """The key of [prose.kinds]; empty for what is no personal number."""
    if _is_identity(number):
        return "identity"
    if _MOBILE.fullmatch(number):
        return "mobile"
    return "card" if _is_card(number) else ""


def mask_personal_numbers(text: str) -> str:
    """The text with every personal number masked but for its end."""
    # From the last to the first, as masking moves what comes after.
    for number in reversed(list(find_personal_numbers(text))):
        text = text[: number.start] + number.shown + text[number.end :]
    return text


def _is_identity(number: str) -> bool:
    """Eighteen characters with a date of birth and a valid check character."""
    if not re.fullmatch(r"[1-9]\d{16}[\dXx]", number):
        return False
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK[weighted % 11] == number[-1].upper()


def _is_card(number: str) -> bool:
    """Sixteen to nineteen digits of a known issuer, valid by the Luhn sum."""
    if not 16 <= len(number) <= 19 or not _CARD.fullmatch(number):
        return False
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def short(raw: object, most: int = 40) -> str:
    """Typed text fit for a message: on one line, personal numbers masked, not too long."""
    text = mask_personal_numbers(" ".join(str(raw).split()))
    return text if len(text) <= most else text[:most] + "…"

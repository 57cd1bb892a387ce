"""What a reason was given for: the figures of its cells, and fingerprints of its texts.

A fingerprint changes with its text but does not repeat it. Data files and workbooks keep the basis
of a reason, so that a later change shows.
"""

import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias, TypeGuard
from zlib import crc32

from toolkit.values import Kind, json_number, read_typed

Basis: TypeAlias = Decimal | str | None  # a figure, the fingerprint of a text, or unknown

_FINGERPRINT = re.compile(r"(text:[0-9a-f]{12})?")


def fingerprint(text: str) -> str:
    """`text:` and 12 hexadecimal digits of a text; empty for an empty text."""
    if not text:
        return ""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return f"text:{digest[:12]}"


def legacy_fingerprint(text: str) -> Decimal:
    """The number of at most nine digits that version 0.1.0 wrote instead of a fingerprint."""
    return Decimal(crc32(text.encode("utf-8", "replace")) % 10**9) if text else Decimal(0)


def is_fingerprint(raw: object) -> TypeGuard[str]:
    """Whether a value of a data file or workbook is the fingerprint of a text."""
    return isinstance(raw, str) and _FINGERPRINT.fullmatch(raw) is not None


def read_basis(raw: object) -> Basis:
    """One value of a basis from a data file or an issue list; None for what is neither kind."""
    return raw if is_fingerprint(raw) else read_typed(raw, Kind.CHANGE)[0].number


def basis_as_json(basis: Iterable[Basis]) -> list[int | float | str | None]:
    """Figures as numbers, fingerprints as they are."""
    return [value if isinstance(value, str) else json_number(value) for value in basis]

"""What a person can choose for a report.

Light to import, as the commands need it before anything is written.
"""

from collections.abc import Mapping
from enum import StrEnum


class Format(StrEnum):
    DOCX = "docx"
    HTML = "html"
    MD = "md"
    PDF = "pdf"


class FontSet(StrEnum):
    """Which fonts a document asks for; the fonts of each set are in phrases.toml."""

    STANDARD = "公文标准"
    WINDOWS = "Windows自带"

    @property
    def fonts(self) -> Mapping[str, str]:
        from toolkit.phrases import phrases

        return phrases().fonts[self.value].entries()

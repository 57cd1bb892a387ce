"""Where workbook_templates and samples are, and how their TOML files are read."""

import tomllib
from pathlib import Path
from typing import Any


class EditionError(Exception):
    """A mistake of the author of a template file, never of a person who fills in a form."""

    def __init__(self, file: Path | str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")
        self.file, self.key, self.reason = str(file), key, reason


def shipped(folder: str) -> Path:
    """The folder `workbook_templates` or `samples`.

    It is inside the package when installed from a wheel, and beside it in a checkout.
    """
    package = Path(__file__).parent
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder


def read_toml(path: Path) -> dict[str, Any]:
    """The data of a TOML file; EditionError where it is missing or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EditionError(path, "", "file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EditionError(path, "", str(error)) from None

"""Outputs that never overwrite unasked and never stay half written."""

import os
import tempfile
from pathlib import Path


class OutputExists(Exception):
    """An output is there already and was not to be overwritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path

    def __str__(self) -> str:
        """The sentence that the person reads."""
        from toolkit.phrases import phrases  # imported late: every command starts with this module

        return str(phrases().outputs.exists).format(path=self.path)


def write_output(path: Path, data: bytes, *, force: bool) -> None:
    """Writes to a temporary file beside the place and renames it: the output is whole or not there.

    OutputExists where something is there already, unless `force`.
    """
    if path.exists() and not force:
        raise OutputExists(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)
        if force:
            temporary.replace(path)
        else:
            _rename_new(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _rename_new(temporary: Path, path: Path) -> None:
    """Renames only if nothing has taken the place meanwhile.

    By a hard link where the file system has them.
    """
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise OutputExists(path) from None
    except OSError:
        temporary.replace(path)


def free_name(path: Path, taken: set[Path]) -> Path:
    """The path, numbered where another output of this run has it already."""
    free, number = path, 2
    while free in taken:
        free = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    taken.add(free)
    return free


def safe_name(text: str) -> str:
    """A file name made of a unit's name: nothing that leads elsewhere."""
    from toolkit.phrases import no_unit

    kept = "".join(char for char in text if char.isalnum() or char in "（）()_-")
    return kept[:50] or no_unit().strip("（）")

"""Files in and out: what a path holds, as a Reading; and outputs that never overwrite and never stay half written."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.codes import finding
from toolkit.finding import Finding, Place
from toolkit.importing.load_data import load_data
from toolkit.reading.read import read
from toolkit.reading.sniff import Kind, load_bytes, refusal
from toolkit.record import Reading

SUFFIXES = (".xlsx", ".json")


class OutputExists(Exception):
    """An output is there already and --force was not given."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def read_report(path: Path, file: str | None = None) -> tuple[Reading | None, list[Finding]]:
    """A workbook or data file as a Reading; everything else is refused with one sentence. `file` is the path as given."""
    name = str(path) if file is None else file
    data, kind, findings = load_bytes(path)
    if data is None or kind is None:
        return None, _at(name, findings)
    if kind is Kind.XLSX:
        return read(data, name)
    if kind is Kind.JSON or path.suffix.lower() == ".json":
        return load_data(data, name)
    return None, [*_at(name, findings), refusal(kind, Place(name))]


def _at(file: str, findings: list[Finding]) -> list[Finding]:
    return [Finding(**{**vars(one), "place": Place(file)}) for one in findings]


def inputs(paths: Sequence[Path]) -> tuple[list[Path], list[Finding]]:
    """The files to read: those given, and of folders all workbooks and data files in them, in order of name."""
    found: list[Path] = []
    findings: list[Finding] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(_inside(path))
        if not inside:
            findings.append(finding("R-01", Place(str(path)), what="文件夹里没有工作簿或者数据文件。", todo="请把填好的 .xlsx 放进这个文件夹。"))
        found += inside
    return found, findings


def _inside(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(("~$", ".")):
            yield path


def write_output(path: Path, data: bytes, *, force: bool) -> None:
    """Written to a temporary file beside its place and renamed, so that it is there whole or not at all."""
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
    """Renamed only if nothing has taken the place meanwhile (hard link where the file system has them)."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise OutputExists(path) from None
    except OSError:
        temporary.replace(path)


def safe_name(text: str) -> str:
    """A file name made of a unit's name: nothing that leads elsewhere, whatever the name holds."""
    kept = "".join(char for char in text if char.isalnum() or char in "（）()_-")
    return kept[:80] or "未填单位"

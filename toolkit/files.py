"""What a path holds, as a Reading: workbooks and data files, one by one or in folders."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from toolkit.codes import finding
from toolkit.finding import Finding, Place
from toolkit.importing.load_csv import load_csv
from toolkit.importing.load_data import load_data
from toolkit.reading.read import read
from toolkit.reading.sniff import Kind, load_bytes, refusal
from toolkit.record import Reading
from toolkit.templates import phrases

SUFFIXES = (".xlsx", ".json")


def read_report(path: Path, file: str | None = None, *, aside: bool = False) -> tuple[Reading | None, list[Finding]]:
    """A workbook or data file as a Reading; everything else is refused with one sentence. `file` is the path as given."""
    name = str(path) if file is None else file
    data, kind, findings = load_bytes(path)
    if data is None or kind is None:
        return None, _at(name, findings)
    if kind is Kind.XLSX:
        return read(data, name, aside=aside)
    if kind is Kind.JSON or path.suffix.lower() == ".json":
        return load_data(data, name)
    if path.suffix.lower() == ".csv" and kind is Kind.TEXT:
        return load_csv(data, name)
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
            findings.append(
                finding("R-01", Place(str(path)), what="文件夹里没有工作簿或者数据文件。", todo="请把填好的 .xlsx 放进这个文件夹。")
            )
        found += inside
    return found, findings


def _inside(folder: Path) -> Iterator[Path]:
    found = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()]
    copies = marked_copies(found)
    for path in found:
        if not path.name.startswith(("~$", ".")) and path not in copies:
            yield path


def marked_copies(paths: Iterable[Path]) -> set[Path]:
    """The marked-up copies among some files that lie beside the workbook they were made from, and would be counted twice."""
    known = set(paths)
    mark = re.compile(rf"(.+)\.{phrases()['notice']['mark']}\d*")
    return {
        path
        for path in known
        if (found := mark.fullmatch(path.stem)) and any(path.with_name(found[1] + suffix) in known for suffix in SUFFIXES)
    }

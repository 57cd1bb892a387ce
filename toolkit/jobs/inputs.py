"""What a path holds, as a Reading: workbooks, data files and published reports, one by one or in folders."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from toolkit.codes import make_finding
from toolkit.data.csv import load_csv
from toolkit.data.load import load_data
from toolkit.documents.open import READABLE
from toolkit.files.sniff import Kind, Trouble, load_bytes, refusal
from toolkit.finding import Finding, Place
from toolkit.importing.load import load_report
from toolkit.importing.published import Given
from toolkit.phrases import phrases
from toolkit.reading.read import read
from toolkit.record.reading import Reading

OWN = (".xlsx", ".json")
SUFFIXES = (
    *OWN,
    ".docx",
    ".html",
    ".htm",
    ".mht",
    ".mhtml",
    ".pdf",
    ".txt",
    ".doc",
    ".wps",
    ".xls",
    ".et",
    ".rtf",
)

_NOT_READ = (
    ".rar",
    ".zip",
    ".7z",
    ".csv",
    ".xlsm",
    ".xlsb",
    ".ofd",
    ".ods",
    ".odt",
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
    ".bmp",
)
_NUMBER = (
    r"\d*(?:（\d+）)?"  # of the copy of a copy, and of one of two that would have the same name
)


def read_report(
    path: Path, file: str | None = None, given: Given = Given(), *, aside: bool = False
) -> tuple[Reading | None, list[Finding]]:
    """A workbook, data file or published report as a Reading; everything else is refused with one sentence.

    `file` is the path as given, `given` what the person says of a report that does not say it itself.
    """
    name = str(path) if file is None else file
    data, kind, findings = load_bytes(path)
    if data is None or kind is None:
        return None, _at(name, findings)
    if kind is Kind.XLSX:
        return _workbook(data, name, given, aside=aside)
    if kind is Kind.JSON or path.suffix.lower() == ".json":
        return load_data(data, name)
    if path.suffix.lower() == ".csv" and kind is Kind.TEXT:
        return load_csv(data, name)
    if kind in READABLE:
        return load_report(data, kind, name, given)
    return None, [*_at(name, findings), refusal(kind, Place(name))]


def _workbook(
    data: bytes, name: str, given: Given, *, aside: bool
) -> tuple[Reading | None, list[Finding]]:
    """Our workbook; of another's, the official tables it may hold. One that has none of them is refused as not ours."""
    reading, findings = read(data, name, aside=aside)
    if reading is not None or refusal(Trouble.FOREIGN, Place(name)) not in findings:
        return reading, findings
    published, found = load_report(data, Kind.XLSX, name, given)
    if published is not None:
        return published, [make_finding("read_as_published", Place(name)), *found]
    is_other = any(one.name == "no_report" and one.found is None for one in found)
    return None, findings if is_other else found


def _at(file: str, findings: list[Finding]) -> list[Finding]:
    return [Finding(**{**vars(one), "place": Place(file)}) for one in findings]


def inputs(
    paths: Sequence[Path], suffixes: Sequence[str] = SUFFIXES
) -> tuple[list[Path], list[Finding]]:
    """The files to read: those given, and of folders all in them whose names end so, in order of name."""
    found: list[Path] = []
    findings: list[Finding] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(_inside(path, suffixes))
        if not inside:
            findings.append(
                make_finding(
                    "file_unreadable",
                    Place(str(path)),
                    what="文件夹里没有工作簿、数据文件或者报告。",
                    todo="请把填好的 .xlsx 或者报告的文件放进这个文件夹。",
                )
            )
        found += inside
    return found, findings


def _inside(folder: Path, suffixes: Sequence[str]) -> Iterator[Path]:
    found = [
        path for path in folder.rglob("*") if path.suffix.lower() in suffixes and path.is_file()
    ]
    copies = marked_copies(found) | _notices(found)
    for path in found:
        if not path.name.startswith(("~$", ".")) and path not in copies:
            yield path


def _notices(paths: Iterable[Path]) -> set[Path]:
    """The notices that go back with marked-up copies: text, but no report."""
    name = re.compile(rf".+\.{phrases().notice.name}{_NUMBER}")
    return {path for path in paths if path.suffix.lower() == ".txt" and name.fullmatch(path.stem)}


def is_unread(path: Path) -> bool:
    """Whether a file in a folder may be a unit's report that its kind keeps from being read: an archive, a lock file, a table as text."""
    return path.suffix.lower() in _NOT_READ or path.name.startswith("~$")


def marked_copies(paths: Iterable[Path]) -> set[Path]:
    """The marked-up copies among some files whose workbook is there as well, so that they would be counted twice."""
    known = set(paths)
    names = {path.name for path in known}
    mark = re.compile(rf"(.+)\.{phrases().notice.mark}{_NUMBER}")
    return {
        path
        for path in known
        if (found := mark.fullmatch(path.stem))
        and any(found[1] + suffix in names for suffix in SUFFIXES)
    }

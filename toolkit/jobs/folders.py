"""Folders scanned once, with one rule for what is skipped; every command reports it alike."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.codes import make_finding
from toolkit.documents.formats import suffixes
from toolkit.finding import Finding, Place
from toolkit.phrases import phrases

OWN = (".xlsx", ".json")
SUFFIXES = tuple(dict.fromkeys((*OWN, *suffixes())))
_UNREAD = (
    *(".rar", ".zip", ".7z", ".csv", ".xlsm", ".xlsb", ".ofd", ".ods", ".odt"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
)
_LOCK, _HIDDEN = "~$", "."
_NUMBER = r"\d*(?:（\d+）)?"  # of the copy of a copy, and of one of two with the same name


@dataclass(frozen=True)
class Skipped:
    """Names of files in folders that were not read, by the reason."""

    copies: tuple[str, ...] = ()  # marked-up copies whose workbook is there as well
    unread: tuple[str, ...] = ()  # of kinds that a report may come in, but that are not read
    no_reports: tuple[str, ...] = ()  # documents that are no report


@dataclass(frozen=True)
class Scan:
    """The files to read, what was skipped in folders, and a finding for each folder that holds
    nothing.
    """

    paths: tuple[Path, ...]
    skipped: Skipped
    findings: tuple[Finding, ...]


@dataclass
class _Found:
    paths: list[Path] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def scan(paths: Sequence[Path], wanted: Sequence[str] = SUFFIXES) -> Scan:
    """The files given, and of folders all in them whose names end so, in order of name."""
    found = _Found()
    for path in paths:
        if path.is_dir():
            _scan_folder(path, wanted, found)
        else:
            found.paths.append(path)
    skipped = Skipped(tuple(sorted(found.copies)), tuple(sorted(found.unread)))
    return Scan(tuple(found.paths), skipped, tuple(found.findings))


def _scan_folder(folder: Path, wanted: Sequence[str], found: _Found) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    copies = _marked_copies([path for path in files if path.suffix.lower() in wanted])
    inside = []
    for path in files:
        if path in copies:
            found.copies.append(path.name)
        elif _is_read(path, wanted):
            inside.append(path)
        elif path.suffix.lower() in _UNREAD or path.name.startswith(_LOCK):
            found.unread.append(path.name)
    found.paths += inside
    if not inside:
        words = phrases().folders
        place = Place(str(folder))
        finding = make_finding("file_unreadable", place, what=words.empty, todo=words.empty_todo)
        found.findings.append(finding)


def _is_read(path: Path, wanted: Sequence[str]) -> bool:
    is_hidden = path.name.startswith((_LOCK, _HIDDEN))
    return path.suffix.lower() in wanted and not is_hidden and not _is_notice(path)


def _is_notice(path: Path) -> bool:
    """Whether a file is a notice that goes back with a marked-up copy: text, but no report."""
    name = re.compile(rf".+\.{phrases().notice.name}{_NUMBER}")
    return path.suffix.lower() == ".txt" and name.fullmatch(path.stem) is not None


def _marked_copies(files: Sequence[Path]) -> set[Path]:
    """The marked-up copies whose workbook is there as well, so that they would be counted twice."""
    names = {path.name for path in files}
    pattern = re.compile(rf"(.+)\.{phrases().notice.mark}{_NUMBER}")
    copies = set()
    for path in files:
        match = pattern.fullmatch(path.stem)
        if match and any(match[1] + suffix in names for suffix in SUFFIXES):
            copies.add(path)
    return copies

"""Published reports and data files as workbooks to fill in, or as data: one, or all of a folder."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.data.dump import data_json
from toolkit.edition.load import load_edition
from toolkit.files.outputs import free_name
from toolkit.finding import Finding
from toolkit.importing.published import Given
from toolkit.jobs.check import Watch, check_files
from toolkit.jobs.choices import Target
from toolkit.jobs.folders import OWN, Scan, Skipped, scan
from toolkit.jobs.inputs import Source
from toolkit.record.outcome import Outcome
from toolkit.workbook.write import too_long, write


@dataclass(frozen=True)
class ImportedFile:
    """What was read, and the file that it becomes; None where it could not be read or written
    (`problems`).
    """

    outcome: Outcome
    data: bytes | None
    problems: list[Finding]


def import_report(
    source: Source, target: Target, created: dt.datetime, given: Given = Given()
) -> ImportedFile:
    """One report read and judged; it becomes a file also when it has errors."""
    [outcome], _, _ = check_files([source], given=given)
    reading = outcome.reading
    if reading is None:
        return ImportedFile(outcome, None, [])
    edition = load_edition(reading.edition)
    if target is Target.DATA:
        return ImportedFile(outcome, data_json(edition, reading).encode("utf-8"), [])
    if problems := too_long(edition, reading):
        return ImportedFile(outcome, None, problems)
    return ImportedFile(outcome, write(edition, reading, created), [])


@dataclass(frozen=True)
class FolderImport:
    """A folder being imported: `reports` yields file, path of the output and what was read, one by
    one.

    After the last one `skipped()` also knows the documents that are no report.
    """

    scan: Scan
    reports: Iterator[tuple[Path, Path, ImportedFile]]
    no_reports: list[str] = field(default_factory=list)

    def skipped(self) -> Skipped:
        return replace(self.scan.skipped, no_reports=tuple(self.no_reports))


def import_folder(
    folder: Path, output: Path, target: Target, created: dt.datetime, watch: Watch = list
) -> FolderImport:
    """Every report in a folder with the path that it is to be written to; two of them never share
    one.

    A document that is no report is skipped, as `check` does; where there is nothing else it is
    reported.
    """
    files = scan([folder])
    no_reports: list[str] = []
    paths = watch(files.paths)
    reports = _import_each(paths, output, target, created, no_reports, len(files.paths))
    return FolderImport(files, reports, no_reports)


def _import_each(
    paths: Iterable[Path],
    output: Path,
    target: Target,
    created: dt.datetime,
    no_reports: list[str],
    count: int,
) -> Iterator[tuple[Path, Path, ImportedFile]]:
    taken: set[Path] = set()
    held: list[tuple[Path, ImportedFile]] = []
    for path in paths:
        imported = import_report(path, target, created)
        if imported.outcome.is_no_report and path.suffix.lower() not in OWN:
            held.append((path, imported))
            continue
        yield path, free_name(output / f"{path.stem}.{target.value}", taken), imported
    if len(held) == count:
        for path, imported in held:
            yield path, output / path.name, imported
    else:
        no_reports += [path.name for path, _ in held]

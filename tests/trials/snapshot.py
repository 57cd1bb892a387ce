"""Everything that the toolkit makes of the samples and of a folder of published reports, as text files to compare.

A change of the code that should change nothing is judged by it: run it before and after, and compare the two folders.

    python -m tests.trials.snapshot before [../shared]
    python -m tests.trials.snapshot after [../shared]
    diff -r before after

Workbooks and Word files are unpacked, so that their parts can be compared. Only commands are run, no code of the toolkit
is imported, so that the script can stand in front of any state of it. The day is part of workbooks: run both on one day.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPORTS = ("*.json", "*.html", "*.pdf")  # of the folder of published reports
ZIPPED = (".xlsx", ".docx")
COMMANDS = ("new", "check", "report", "import", "export", "rules", "demo")
PRIOR = "pingtan-2020.json"
TODAY = ("timestamp", "created", "modified")


def main() -> None:
    target = Path(sys.argv[1]).resolve()
    shared = Path(sys.argv[2] if len(sys.argv) > 2 else "../shared")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    jobs = [*_forms(target), *_of_files("samples", _samples(), target)]
    if shared.is_dir():
        jobs += _of_files("reports", _reports(shared), target)
        jobs += _of_files("attack", _attacks(shared), target, folders=False)
        jobs += _with_prior(shared / "reports", target)
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        list(pool.map(lambda job: _run(target, *job), jobs))
    for path in [path for path in target.rglob("*") if path.suffix in ZIPPED]:
        _unpack(path)


Job = tuple[str, list[str]]


def _samples() -> list[Path]:
    return [
        path
        for path in sorted(Path("samples").rglob("*"))
        if path.is_file() and path.suffix != ".py"
    ]


def _reports(shared: Path) -> list[Path]:
    return sorted(path for pattern in REPORTS for path in (shared / "reports").glob(pattern))


def _attacks(shared: Path) -> list[Path]:
    """Files that are read wrongly; those made to keep a reader busy are left out."""
    return [path for path in sorted((shared / "attack/cases").iterdir()) if path.suffix != ".pdf"]


def _forms(target: Path) -> Iterator[Job]:
    for year in (2019, 2020, 2021, 2024, 2025):
        path = str(target / f"new-{year}.xlsx")
        yield (
            f"new-{year}",
            ["new", str(year), "--unit", "甲镇人民政府", "--type", "镇", "-o", path],
        )
    yield "new-2018", ["new", "2018"]
    yield (
        "new-from",
        [
            "new",
            "2021",
            "--from",
            "samples/2020-yingqian/book.xlsx",
            "-o",
            str(target / "new-from.xlsx"),
        ],
    )
    yield "rules", ["rules"]
    yield "rules-2019", ["rules", "2019"]
    yield "rules-diff", ["rules", "--diff", "2019", "2021"]
    yield "help", ["--help"]
    for command in COMMANDS:
        yield f"help-{command}", [command, "--help"]
    yield "version", ["--version"]
    yield "wrong-option", ["check", "--wrong"]
    yield "demo", ["demo", "-o", str(target / "demo")]


def _of_files(name: str, files: list[Path], target: Path, folders: bool = True) -> Iterator[Job]:
    given = [str(path) for path in files]
    folders_of = sorted({str(path.parent) for path in files}) if folders else []
    for form in ("text", "json", "csv", "html"):
        yield f"{name}-check-{form}", ["check", *given, "--format", form]
    if folders:
        yield f"{name}-check-folders", ["check", *folders_of, "--format", "json"]
    yield (
        f"{name}-annotate",
        ["check", *given, "--annotate", "-o", str(target / f"{name}-annotated")],
    )
    for form in ("docx", "html", "md"):
        yield (
            f"{name}-report-{form}",
            ["report", *given, "--draft", "--format", form, "-o", str(target / f"{name}-{form}")],
        )
    yield f"{name}-report", ["report", *given, "-o", str(target / f"{name}-approval")]
    yield f"{name}-final", ["report", *given, "--final", "-o", str(target / f"{name}-final")]
    for form in ("xlsx", "json"):
        for number, folder in enumerate(folders_of):
            output = str(target / f"{name}-{number}-import-{form}")
            yield (
                f"{name}-{number}-import-{form}",
                ["import", folder, "--format", form, "-o", output],
            )
    for path in files:
        for form in ("json", "csv"):
            yield (
                f"{name}-export-{path.parent.name}-{path.name}-{form}",
                ["export", str(path), "--format", form],
            )


def _with_prior(reports: Path, target: Path) -> Iterator[Job]:
    yield "prior-folder", ["check", str(reports), "--prior", str(reports), "--format", "json"]
    for first, last in (
        ("pingtan-2021.json", PRIOR),
        ("pingtan-2024.json", PRIOR),
        ("jinjing-2024.json", "jinjing-2023.json"),
    ):
        name = f"prior-{first}-{last}"
        yield (
            name,
            ["check", str(reports / first), "--prior", str(reports / last), "--format", "json"],
        )
        yield f"{name}-md", ["report", str(reports / first), "--prior", str(reports / last), "--draft", "--format", "md",
                             "-o", str(target / f"{name}.md")]  # fmt: skip
    book = str(target / "taken-over.xlsx")
    yield "taken-over", ["new", "2025", "--from", str(reports / "pingtan-2024.json"), "-o", book]
    yield (
        "against",
        ["check", str(reports / "huaian-2024.pdf"), "--against", str(reports / "huaian-2024.json")],
    )


def _run(target: Path, name: str, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "TZ": "UTC"},
    )
    here = str(target).encode()
    (target / f"{name}.out").write_bytes(done.stdout.replace(here, b"TARGET"))
    (target / f"{name}.err").write_bytes(done.stderr.replace(here, b"TARGET"))
    (target / f"{name}.code").write_text(str(done.returncode))


def _unpack(path: Path) -> None:
    folder = path.with_name(path.name + ".parts")
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if part.is_dir():
                continue
            kept = folder / part.filename
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(archive.read(part).replace(b"><", b">\n<"))
    path.unlink()


if __name__ == "__main__":
    main()

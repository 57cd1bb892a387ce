"""Runs driver.py, which does with LibreOffice what a person does."""

import json
import shutil
import subprocess
from pathlib import Path

from toolkit.phrases import phrases

PYTHON = "/usr/bin/python3"

Step = list[object]


def has_uno() -> bool:
    if shutil.which("soffice") is None or not Path(PYTHON).exists():
        return False
    return (
        subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode
        == 0
    )


def perform(folder: Path, data: bytes, scenarios: list[list[Step]]) -> list[Path]:
    """Every list of steps done to its own copy of a workbook, in one run; the copies as they were saved.

    A LibreOffice that crashed (a machine under load) is started once more; a workbook it cannot bear crashes it again.
    """
    first = _run(folder / "first", data, scenarios)
    if first.returncode == 0:
        return _saved(folder / "first", scenarios)
    assert "Fatal exception" in first.stderr, first.stderr
    second = _run(folder / "second", data, scenarios)
    assert second.returncode == 0, second.stderr
    return _saved(folder / "second", scenarios)


def _saved(folder: Path, scenarios: list[list[Step]]) -> list[Path]:
    return [folder / f"saved-{number}.xlsx" for number in range(len(scenarios))]


def _run(
    folder: Path, data: bytes, scenarios: list[list[Step]]
) -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    tasks = []
    for number, (steps, saved) in enumerate(zip(scenarios, _saved(folder, scenarios), strict=True)):
        path = folder / f"{number}.xlsx"
        path.write_bytes(data)
        tasks.append({"open": path.as_uri(), "save": saved.as_uri(), "steps": steps})
    job = folder / "job.json"
    job.write_text(
        json.dumps({"profile": (folder / "profile").as_uri(), "tasks": tasks}), encoding="utf-8"
    )
    command = [
        PYTHON,
        str(Path(__file__).parent / "driver.py"),
        str(job),
        phrases().template.password,
    ]
    return subprocess.run(command, check=False, timeout=400, capture_output=True, text=True)

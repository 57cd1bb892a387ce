"""Runs driver.py, which does with LibreOffice what a person does."""

import json
import shutil
import subprocess
from pathlib import Path

from toolkit.templates import phrases

PYTHON = "/usr/bin/python3"

Step = list[object]


def has_uno() -> bool:
    if shutil.which("soffice") is None or not Path(PYTHON).exists():
        return False
    return subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


def perform(folder: Path, data: bytes, scenarios: list[list[Step]]) -> list[Path]:
    """Every list of steps done to its own copy of a workbook, in one run; the copies as they were saved."""
    tasks = []
    for number, steps in enumerate(scenarios):
        path = folder / f"{number}.xlsx"
        path.write_bytes(data)
        tasks.append({"open": path.as_uri(), "save": (folder / f"saved-{number}.xlsx").as_uri(), "steps": steps})
    job = folder / "job.json"
    job.write_text(json.dumps({"profile": (folder / "profile").as_uri(), "tasks": tasks}), encoding="utf-8")
    command = [PYTHON, str(Path(__file__).parent / "driver.py"), str(job), phrases()["template"]["password"]]
    done = subprocess.run(command, check=False, timeout=400, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [folder / f"saved-{number}.xlsx" for number in range(len(scenarios))]

"""Time and memory over the corpus, each file answered by a `toolkit check` of its own: `python -m tests.trials.worst`. No test."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def write_all(folder: Path) -> None:
    """Every file of the corpus, and a list of their names: in a process of its own, whose memory would count for its children."""
    from tests.faults.changed import CHANGED
    from tests.faults.files import FILES
    from tests.faults.oddities import ODDITIES
    from tests.support.good import good_book

    names = {}
    for number, fault in enumerate((*FILES, *ODDITIES, *CHANGED)):
        path = folder / str(number) / fault.file
        path.parent.mkdir()
        path.write_bytes(fault.change(good_book()))
        names[str(path)] = fault.name
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")


def answer(path: Path) -> tuple[float, float]:
    """Seconds and megabytes of the whole command."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "toolkit", "check", str(path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "tests.trials.worst", folder], check=True)
        names = json.loads(Path(folder, "names.json").read_text(encoding="utf-8"))
        measured = [
            (*answer(Path(path)), Path(path).stat().st_size / 1024, name)
            for path, name in names.items()
        ]
    for title, order in (("slowest", 0), ("largest", 1)):
        sys.stdout.write(f"{title}\n")
        for seconds, megabytes, size, name in sorted(measured, key=lambda row: -row[order])[:6]:
            sys.stdout.write(f"  {seconds:6.2f} s {megabytes:6.0f} MB  {name} ({size:.0f} KB)\n")
    sys.stdout.write(
        f"{len(measured)} files, median {sorted(row[0] for row in measured)[len(measured) // 2]:.2f} s\n"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write_all(Path(sys.argv[1]))
    else:
        main()

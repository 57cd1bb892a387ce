"""Time and memory over the corpus, each file answered by a process of its own: `python -m tests.faults.worst`. No test."""

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.base import good_book
from tests.faults.changed import CHANGED
from tests.faults.files import FILES
from tests.faults.oddities import ODDITIES


def answer(path: str) -> tuple[float, float]:
    """Seconds and megabytes (of the whole process) that it takes to read and judge one file."""
    from toolkit.batch import check_files

    begun = time.perf_counter()
    check_files([Path(path)], None)
    return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    measured = []
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for number, fault in enumerate((*FILES, *ODDITIES, *CHANGED)):
            path = Path(folder) / str(number) / fault.file
            path.parent.mkdir()
            path.write_bytes(fault.change(good_book()))
            with context.Pool(1) as pool:
                seconds, megabytes = pool.apply(answer, (str(path),))
            measured.append((seconds, megabytes, path.stat().st_size / 1024, fault.name))
    for title, order in (("slowest", 0), ("largest", 1)):
        sys.stdout.write(f"{title}\n")
        for seconds, megabytes, size, name in sorted(measured, key=lambda one: -one[order])[:6]:
            sys.stdout.write(f"  {seconds:6.2f} s {megabytes:6.0f} MB  {name} ({size:.0f} KB)\n")
    sys.stdout.write(f"{len(measured)} files, median {sorted(one[0] for one in measured)[len(measured) // 2]:.2f} s\n")


if __name__ == "__main__":
    main()

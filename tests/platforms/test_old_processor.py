"""A check on a processor without AVX, emulated: many office machines are older than the libraries' usual builds expect."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QEMU = shutil.which("qemu-x86_64") or shutil.which("qemu-x86_64-static")
COMPAT = Path(sys.prefix) / "compat"  # the polars runtime for old processors (`make platforms`)

pytestmark = [
    pytest.mark.platforms,
    pytest.mark.skipif(QEMU is None, reason="qemu-user is not installed"),
    pytest.mark.skipif(os.uname().machine != "x86_64", reason="emulates an x86-64 processor"),
]


@pytest.mark.parametrize("processor", ["Nehalem"])
def test_checking_on_an_old_processor_gives_the_findings_of_this_one(processor: str) -> None:
    assert QEMU is not None
    command = [str(Path(sys.executable).resolve()), "-m", "toolkit", "check"]
    arguments = [*command, "samples/broken/T3-01.xlsx", "--format", "json"]
    path = os.pathsep.join([str(COMPAT), *sys.path])
    environment = {**os.environ, "POLARS_FORCE_PKG": "compat", "PYTHONPATH": path}
    done = subprocess.run(
        [QEMU, "-cpu", processor, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    [report] = json.loads(done.stdout)["reports"]
    assert {finding["code"] for finding in report["findings"]} == {"T3-01"}

"""The one way to LibreOffice: what it makes, and that nothing of it is left when it does not answer."""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pytest

from toolkit.files import office

posix = pytest.mark.skipif(os.name != "posix", reason="process groups")


def _program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    program.chmod(0o755)
    (folder / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "temporary"))
    monkeypatch.setattr(shutil, "which", lambda name: str(program))


def _is_running(number: int) -> bool:
    state = Path(f"/proc/{number}/stat")
    return state.exists() and state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


@posix
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_program_without_an_answer_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    script = f"""
import pathlib, subprocess, time
child = subprocess.Popen(["sleep", "60"])
pathlib.Path({str(child)!r}).write_text(str(child.pid))
time.sleep(60)
"""
    _program(tmp_path, script, monkeypatch)
    monkeypatch.setattr(office, "SECONDS", 2)
    begun = time.monotonic()
    assert office.convert_file(b"", "docx", "pdf") is None
    assert time.monotonic() - begun < 20
    for _ in range(50):
        if not _is_running(int(child.read_text(encoding="utf-8"))):
            break
        time.sleep(0.1)
    assert not _is_running(int(child.read_text(encoding="utf-8")))
    assert list((tmp_path / "temporary").iterdir()) == []


@posix
def test_program_result_is_returned_and_its_profile_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = """
import os, pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
profile = pathlib.Path(sys.argv[1].removeprefix("-env:UserInstallation=file://"))
assert "DisableMacrosExecution" in (profile / "user" / "registrymodifications.xcu").read_text()
(out / "in.xlsx").write_text(pathlib.Path(sys.argv[-1]).read_text() + os.environ["FONTS"])
"""
    _program(tmp_path, script, monkeypatch)
    assert (
        office.convert_file(b"in", "xls", "xlsx:Calc MS Excel 2007 XML", {"FONTS": "own"})
        == b"inown"
    )
    assert list((tmp_path / "temporary").iterdir()) == []

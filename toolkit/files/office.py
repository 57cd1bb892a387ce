"""LibreOffice, where it is installed: one file turned into another kind.

It runs in a folder and with a profile of its own, which are gone afterwards, so that neither a
running LibreOffice nor its settings are in the way. Macros and links out of the file are switched
off.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

SECONDS = 120
_SAFE = {
    "DisableMacrosExecution": "true",
    "MacroSecurityLevel": "3",
    "BlockUntrustedRefererLinks": "true",
    "DisableActiveContent": "true",
}
_ITEM = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
_SETTINGS = "".join(_ITEM.format(name, value) for name, value in _SAFE.items())
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{_SETTINGS}</oor:items>'
)


def find_office() -> str | None:
    """The path of the program, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert_file(
    data: bytes, kind: str, target: str, environment: Mapping[str, str] | None = None
) -> bytes | None:
    """A file of a kind (`docx`) as another (`pdf`, or `docx:` with a filter).

    None without LibreOffice, or where it makes nothing of the file.
    """
    program = find_office()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="toolkit-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = folder / f"in.{kind}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = [
            "--headless",
            "--norestore",
            "--convert-to",
            target,
            "--outdir",
            str(folder / "out"),
        ]
        made = folder / "out" / f"in.{target.partition(':')[0]}"
        is_done = _run([program, profile, *options, str(source)], os.environ | (environment or {}))
        return made.read_bytes() if is_done and made.is_file() else None


def _run(command: list[str], environment: Mapping[str, str]) -> bool:
    """Whether the program came to an end in time.

    It leads a process group, so that what it starts ends with it when it does not answer.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - no part of the command comes from the file
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=os.name == "posix",
        )
    except OSError:
        return False
    try:
        process.wait(SECONDS)
        return True
    except subprocess.TimeoutExpired:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        return False

"""Old formats (.doc .wps .xls .et .rtf .odt .ods) made readable by LibreOffice, where it is installed.

It runs in a folder and with a profile of its own, which are gone afterwards, with macros and links out of the file switched off.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from toolkit.reading.sniff import Kind

SECONDS = 120
TARGET = {Kind.DOC: "docx", Kind.RTF: "docx", Kind.ODT: "docx", Kind.XLS: "xlsx", Kind.ODS: "xlsx"}
_NAME = {Kind.DOC: "in.doc", Kind.RTF: "in.rtf", Kind.ODT: "in.odt", Kind.XLS: "in.xls", Kind.ODS: "in.ods"}
_FILTER = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_SAFE = {"DisableMacrosExecution": "true", "MacroSecurityLevel": "3", "BlockUntrustedRefererLinks": "true", "DisableActiveContent": "true"}
_ITEM = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
_SETTINGS = "".join(_ITEM.format(name, value) for name, value in _SAFE.items())
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{_SETTINGS}</oor:items>'
)


def office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, kind: Kind) -> bytes | None:
    """The file as .docx or .xlsx; None without LibreOffice, or where it cannot read the file."""
    program = office()
    if program is None or kind not in TARGET:
        return None
    with tempfile.TemporaryDirectory(prefix="toolkit-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        (folder / _NAME[kind]).write_bytes(data)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--convert-to"]
        _run([*command, _FILTER[TARGET[kind]], "--outdir", str(folder / "out"), str(folder / _NAME[kind])])
        made = folder / "out" / f"in.{TARGET[kind]}"
        return made.read_bytes() if made.is_file() else None


def _run(command: list[str]) -> None:
    """The program in a session of its own, so that its helpers end with it when it does not answer."""
    process = subprocess.Popen(  # noqa: S603 - no part of the command comes from the file
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=os.name == "posix"
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()

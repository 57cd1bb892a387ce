"""A .docx as .pdf, by LibreOffice where there is one. Without it people make the PDF with WPS, which a sentence tells them."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from toolkit.codes import finding
from toolkit.finding import Finding

PATIENCE = 120  # seconds
FONTS = Path(__file__).with_name("fonts.conf")


def office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(document: bytes) -> tuple[bytes | None, list[Finding]]:
    """With a profile and a choice of fonts of its own, so that neither a running LibreOffice nor its settings are in the way."""
    program = office()
    if program is None:
        return None, [finding("N-42")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "report.docx"
        source.write_bytes(document)
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
        try:
            subprocess.run(command, env=os.environ | {"FONTCONFIG_FILE": str(FONTS)}, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603
            return source.with_suffix(".pdf").read_bytes(), []
        except (OSError, subprocess.SubprocessError):
            return None, [finding("N-43")]

"""Spreadsheet engines that are not ours: formualizer on every run, LibreOffice where it is installed."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

Cells = dict[tuple[str, int, int], Any]  # (sheet, row, column) from 1 -> value


def formula_cells(path: Path) -> list[tuple[str, int, int]]:
    book = openpyxl.load_workbook(path)
    return [(sheet.title, cell.row, cell.column) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def cached(path: Path) -> Cells:
    book = openpyxl.load_workbook(path, data_only=True)
    return {key: book[key[0]].cell(key[1], key[2]).value for key in formula_cells(path)}


def formualized(path: Path) -> Cells:
    """Every formula evaluated by formualizer, nothing taken from the cache."""
    import formualizer

    book = formualizer.load_workbook(str(path), strategy="eager_all")
    return {key: book.evaluate_cell(*key) for key in formula_cells(path)}


def libreoffice(paths: list[Path], out: Path) -> list[Path]:
    """The workbooks opened, recalculated and saved again by LibreOffice; raises when it does not answer."""
    office = shutil.which("soffice")
    assert office is not None
    profile = out / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    target = 'xlsx:Calc MS Excel 2007 XML'
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", target, "--outdir", str(out / "saved")]
    subprocess.run([*command, *map(str, paths)], check=True, timeout=300, capture_output=True)
    return [out / "saved" / path.name for path in paths]


def same(one: object, other: object) -> bool:
    """Equal up to how engines write numbers and empty texts."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(float(one) - float(other)) < 1e-9
    return (one or "") == (other or "")

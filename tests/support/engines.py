"""Spreadsheet engines that are not ours: formualizer on every run, LibreOffice where it is installed."""

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils import coordinate_to_tuple

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

Place = tuple[str, int, int]  # (sheet, row, column) from 1
Cells = dict[Place, Any]


def _sheets(path: Path) -> dict[str, bytes]:
    """Sheet name -> its XML. Sheets lie in the package in their order, as every program here writes them."""
    with zipfile.ZipFile(path) as package:
        names = [
            node.attrib["name"]
            for node in ElementTree.fromstring(package.read("xl/workbook.xml")).iter(
                f"{_MAIN}sheet"
            )
        ]
        return {
            name: package.read(f"xl/worksheets/sheet{number}.xml")
            for number, name in enumerate(names, start=1)
        }


def cached(path: Path) -> Cells:
    """Every cell with a formula, and the result that was saved with it. Plain XML: openpyxl would take a tenth of a second."""
    found: Cells = {}
    for name, data in _sheets(path).items():
        for cell in ElementTree.fromstring(data).iter(f"{_MAIN}c"):
            if cell.find(f"{_MAIN}f") is not None:
                text = cell.findtext(f"{_MAIN}v")
                is_number = cell.get("t", "n") == "n" and text is not None
                found[name, *coordinate_to_tuple(cell.attrib["r"])] = (
                    float(text) if is_number and text else text
                )
    return found


def formulas(path: Path) -> dict[Place, str]:
    """Every formula as openpyxl reads it."""
    book = openpyxl.load_workbook(path)
    cells = ((sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row)
    return {
        (sheet, cell.row, cell.column): str(cell.value)
        for sheet, cell in cells
        if cell.data_type == "f"
    }


def formualized(path: Path) -> Cells:
    """Every formula evaluated by formualizer, nothing taken from the cache."""
    import formualizer

    places = list(cached(path))
    book = formualizer.load_workbook(str(path), strategy="eager_all")
    return dict(zip(places, book.evaluate_cells(places), strict=True))


def libreoffice(paths: list[Path], out: Path) -> list[Path]:
    """The workbooks opened, recalculated and saved again by LibreOffice; raises when it does not answer."""
    office = shutil.which("soffice")
    assert office is not None
    profile = out / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    target = "xlsx:Calc MS Excel 2007 XML"
    command = [
        office,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(out / "saved"),
    ]
    subprocess.run([*command, *map(str, paths)], check=True, timeout=300, capture_output=True)
    return [out / "saved" / path.name for path in paths]


def same(left: object, other: object) -> bool:
    """Equal up to how engines write numbers and empty texts."""
    if isinstance(left, int | float) and isinstance(other, int | float):
        return abs(float(left) - float(other)) < 1e-9
    return (left or "") == (other or "")

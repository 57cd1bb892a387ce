"""Samples are what their script makes, and the broken ones cause the finding they are named for."""

import importlib.util
import io
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from toolkit.jobs.check import check_files

SAMPLES = Path(__file__).parent.parent / "samples"
SOURCES = SAMPLES / "published"  # made by others' programs, not by ours
MADE = sorted(
    path.relative_to(SAMPLES).as_posix()
    for path in SAMPLES.rglob("*")
    if path.suffix in (".xlsx", ".docx") and not path.is_relative_to(SOURCES)
)


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rebuild", SAMPLES / "rebuild.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rebuilt() -> dict[str, bytes]:
    return dict(_script().files())


def test_samples_are_exactly_those_of_their_script(rebuilt: dict[str, bytes]) -> None:
    assert sorted(rebuilt) == MADE


@pytest.mark.parametrize("name", MADE)
def test_sample_is_up_to_date(name: str, rebuilt: dict[str, bytes]) -> None:
    assert _parts((SAMPLES / name).read_bytes()) == _parts(rebuilt[name]), "run `make samples`"


def _parts(data: bytes) -> dict[str, bytes]:
    """Unpacked parts; the zip itself may differ from machine to machine."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    "path", sorted((SAMPLES / "broken").glob("*.xlsx")), ids=lambda path: path.stem
)
def test_broken_sample_causes_its_finding(path: Path) -> None:
    outcome = check_files([path], None)[0][0]
    assert path.stem in {finding.code for finding in outcome.findings}


def test_every_relation_of_the_form_has_a_broken_sample() -> None:
    from toolkit.edition.load import edition_ids, load_edition

    codes = {
        finding.code
        for name in edition_ids()
        for finding in load_edition(name).relations
        if finding.code.startswith("T")
    }
    assert codes <= {path.stem for path in (SAMPLES / "broken").glob("*.xlsx")}

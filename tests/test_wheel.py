"""The wheel in an empty environment, used outside the checkout."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_wheel_brings_templates_and_sample(tmp_path: Path) -> None:
    def run(*line: str | Path, cwd: Path = tmp_path) -> str:
        return subprocess.run(
            [str(part) for part in line], cwd=cwd, check=True, capture_output=True, text=True
        ).stdout

    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT)
    run(sys.executable, "-m", "venv", tmp_path / "env")
    binaries = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    wheel = next(tmp_path.glob("*.whl"))
    run(
        binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel
    )
    assert (
        run(
            binaries / "python", "-c", "import importlib.util as u; print(u.find_spec('pandas'))"
        ).strip()
        == "None"
    )
    made = run(binaries / "toolkit", "new", "2021").strip()
    assert (tmp_path / made).is_file()
    assert "T3-01" in run(binaries / "toolkit", "demo", "-o", "demo")
    found = run(binaries / "python", "-c", "import toolkit; print(toolkit.__file__)").strip()
    assert found.startswith(str(tmp_path))

"""What `pip`, `uv tool` and `pipx` install: the wheel has all that a checkout has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tests.processes import ROOT


def test_the_wheel_has_every_file_of_the_package(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if not name.split("/")[0].endswith("info")}
        (scripts,) = (name for name in packed.namelist() if name.endswith("entry_points.txt"))
        commands = packed.read(scripts).decode()
    files = (path for path in (ROOT / "cqcrawler").rglob("*") if path.is_file())
    ours = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    assert names == ours
    assert "cqcrawler/py.typed" in names, "type checkers would not read our annotations"
    assert {Path(name).suffix for name in names} >= {
        ".py",
        ".toml",
        ".csv",
        ".html",
        ".css",
        ".svg",
    }
    assert "cqcrawler = cqcrawler.commands:main" in commands

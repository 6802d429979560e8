"""The venv that the peers live in, made when it is missing or its requirements changed; Defuddle,
which is a package of Node, lies beside its script."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.corpus import ROOT

REQUIREMENTS = ROOT / "benchmarks" / "requirements.txt"
VENV = ROOT / "benchmarks" / ".venv-peers"
NODE = ROOT / "benchmarks" / "defuddle"


def peers_python() -> Path:
    """Return the interpreter of the peers' venv; peers that cannot be had are not in it."""
    python, stamp = VENV / "bin" / "python", VENV / REQUIREMENTS.name
    locks = (REQUIREMENTS, NODE / "package-lock.json")
    wanted = "".join(lock.read_text(encoding="utf-8") for lock in locks)
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        subprocess.run([_interpreter(), "-m", "venv", "--clear", VENV], check=True)
        _install(python)
        if npm := shutil.which("npm"):
            subprocess.run([npm, "ci", "--ignore-scripts", "--silent"], cwd=NODE)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def has(python: Path, name: str) -> bool:
    """Say whether the reader can be set up there."""
    code = f"from benchmarks.readers import READERS; READERS['{name}']()"
    return not subprocess.run([python, "-c", code], cwd=ROOT, capture_output=True).returncode


def _install(python: Path) -> None:
    pip = [str(python), "-m", "pip", "install", "--quiet"]
    # The pip that comes with Python 3.12.1 stumbles over extras spelt in two ways.
    subprocess.run([*pip, "--upgrade", "pip"])
    if subprocess.run([*pip, "-r", str(REQUIREMENTS)]).returncode:
        for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                subprocess.run([*pip, line])


def _interpreter() -> str:
    """Return Python 3.12, which magic-html wants, or else the one that runs this."""
    found = shutil.which("python3.12")
    candidates = [found] if found else []
    candidates += map(str, Path.home().glob(".pyenv/versions/3.12*/bin/python3.12"))
    for candidate in candidates:  # a pyenv shim may be there and lead nowhere
        if not subprocess.run([candidate, "--version"], capture_output=True).returncode:
            return candidate
    return sys.executable

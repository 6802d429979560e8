"""Take each guard out in turn and see its test fail: `python scripts/guards.py [NAME...]`.

A guard is a row of guards.toml: `old` stands once in `file`, and with `new` in its place the
guard is gone; `test` is what must fail then. All is done in a copy of the project. The exit code
is 1 if a test fails with its guard, or passes without.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_name("guards.toml")
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "data", "dist", "out", "*.egg-info")
# Seconds. Without its guard, what a test asks for may never end; that is a failure as well.
_PATIENCE = 180
_FAILED = 1  # of pytest; more means that it could not run the test


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard, how it is taken out, and the test that holds it."""

    name: str
    file: str
    old: str
    new: str
    test: str


def guards() -> list[Guard]:
    """Return the rows of the table, in its order."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["guard"]
    return [Guard(**row) for row in rows]


def without(guard: Guard, text: str) -> str:
    """Return the text of the guard's file without it; ValueError if it is not there once."""
    if text.count(guard.old) != 1:
        raise ValueError(f"{guard.name}: {guard.file} has its text {text.count(guard.old)} times")
    return text.replace(guard.old, guard.new)


def problems(guard: Guard, root: Path) -> Iterator[str]:
    """Say what is wrong with a guard in the copy at `root`, which stays as it is."""
    if (code := _run(guard.test, root)) != 0:
        yield f"{guard.test} does not pass with its guard (pytest says {code})"
        return
    with _taken_out(guard, root):
        code = _run(guard.test, root)
    if code != _FAILED:
        yield f"{guard.test} does not fail without its guard (pytest says {code})"


@contextmanager
def _taken_out(guard: Guard, root: Path) -> Iterator[None]:
    file = root / guard.file
    text = file.read_text(encoding="utf-8")
    file.write_text(without(guard, text), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(text, encoding="utf-8")


def _run(test: str, root: Path) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    # A file that is written twice within a second would pass for the compiled one.
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()
        return _FAILED


def main(names: list[str]) -> int:
    """Try the guards of these names, or all; print a line for each and return the exit code."""
    chosen = [guard for guard in guards() if not names or guard.name in names]
    found = 0
    with TemporaryDirectory(prefix="guards-") as folder:
        root = Path(folder) / "project"
        shutil.copytree(ROOT, root, ignore=_LEFT_OUT)
        for guard in chosen:
            wrong = list(problems(guard, root))
            found += len(wrong)
            print(f"{guard.name}: {wrong[0] if wrong else 'holds'}", flush=True)
    print(f"{len(chosen)} guards, {found} problems")
    return 1 if found or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

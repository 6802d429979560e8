"""Files that hold names and telephone numbers: closed to others when they are made.

Their owner may read and write them. So may a group, where the operator chose one for the folder
by its setgid bit and as far as the umask allows; other users never. What exists keeps its mode.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

_OWNER = 0o600
_WITH_GROUP = 0o660
_SEARCH = 0o111  # What a folder needs besides.


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing."""
    if not folder.is_dir():
        if folder.parent != folder:
            make_folder(folder.parent)
        mode = mode_in(folder.parent)
        folder.mkdir(mode | ((mode >> 2) & _SEARCH), exist_ok=True)


def create(path: Path) -> None:
    """Make an empty file, unless there is one."""
    os.close(opener(path, os.O_WRONLY | os.O_CREAT))


def opener(path: str | os.PathLike[str], flags: int) -> int:
    """Open a file for Python's `open`, which may make it."""
    return os.open(path, flags, mode_in(Path(path).parent))


def mode_in(folder: Path) -> int:
    """Return the mode, less the umask, of what is made in a folder."""
    return _WITH_GROUP if folder.stat().st_mode & stat.S_ISGID else _OWNER

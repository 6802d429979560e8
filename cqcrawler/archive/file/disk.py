"""Room on the disk of an archive: what it takes, and what is left."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from cqcrawler.archive.file.files import beside
from cqcrawler.exceptions import ArchiveError

# Less is worth a warning. An archive takes 24 KB a notice of 1,500 characters, and its raw page
# of 20 KB another 5 (measured on 3,000), so that this is room for some 37,000.
LOW = 2**30


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Bytes: of the archive with its journal, of the raw pages beside it, and free."""

    archive: int
    warc: int
    free: int

    @property
    def low(self) -> bool:
        return self.free < LOW


def disk_use(path: Path) -> DiskUse:
    """Return what the archive at `path` takes on its disk and what that has left."""
    files = (beside(path, suffix) for suffix in ("", "-wal", "-shm"))
    return DiskUse(
        archive=sum(file.stat().st_size for file in files if file.exists()),
        warc=_size(path.parent / "warc"),
        free=free_space(path),
    )


def free_space(path: Path) -> int:
    """Return the bytes that we may still write where the archive lies, or will lie."""
    folder = path.absolute().parent
    return shutil.disk_usage(next(f for f in (folder, *folder.parents) if f.exists())).free


def check_space(path: Path, least: int) -> None:
    """Raise ArchiveError where less than `least` bytes are free."""
    free = free_space(path)
    if free < least:
        raise ArchiveError(
            f"{free // 2**20} MB are free on the disk of {path}, and a crawl wants "
            f"{least // 2**20}: make room, or set CQCRAWLER_LEAST_FREE_MB"
        )


def _size(folder: Path) -> int:
    walked = os.walk(folder)
    return sum((Path(at) / name).stat().st_size for at, _, names in walked for name in names)

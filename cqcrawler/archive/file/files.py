"""Files that appear whole or not at all, and those that belong to an archive."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from pathlib import Path


def beside(path: Path, suffix: str) -> Path:
    """Return the file that belongs to the archive at `path`, such as its log (`-wal`).

    Where `path` is a link, it lies beside what that leads to, as SQLite has it.
    """
    real = path.resolve() if path.is_symlink() else path
    return real.with_name(f"{real.name}{suffix}")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the name of a file to make beside `path`, which takes its place if all went well."""
    if path.exists() and not path.is_file():
        raise OSError(EINVAL, "there is something else than a file")  # Such as a device.
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def finish(path: Path) -> str:
    """Bring a written file to the disk and return its SHA-256 in hexadecimal."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()

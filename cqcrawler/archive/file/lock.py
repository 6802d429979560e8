"""One writer at a time: a crawl holds the lock of its archive."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from cqcrawler.archive.file.files import beside
from cqcrawler.archive.file.values import timestamp
from cqcrawler.exceptions import ArchiveError, ArchiveLocked
from cqcrawler.private_files import create, make_folder

# How long a crawl waits, in seconds: `is_writing` may have the lock for an instant.
_GLANCE = 0.5


def is_writing(path: Path, *, unsure: bool = True) -> bool:
    """Whether some process crawls into the archive at `path`; `unsure` where we cannot tell."""
    file = beside(path, ".lock")
    if not file.exists():
        return False
    try:
        with FileLock(file, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # We may not lock it; a dead run is rarer.
        return unsure


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Hold the right to tell what is new to the watches of the archive at `path`.

    A crawl may write meanwhile. Raises ArchiveLocked while another process tells, ArchiveError
    where the lock file cannot be written.
    """
    busy = f"another process is telling what is new in {path} now"
    lock = _acquired(beside(path, ".telling"), path, lambda: busy)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Hold the right to crawl into the archive at `path`.

    Raises ArchiveLocked while another process holds it, ArchiveError where the archive or its
    lock file cannot be written. The system releases the lock when its owner dies, in
    whatever way; what the file says of the owner is for people.
    """
    file = beside(path, ".lock")
    lock = _acquired(
        file,
        path,
        lambda: (
            f"another run{_owner(file)} is writing to {path}: wait for it to end, "
            "or name another --archive"
        ),
    )
    try:
        _check_writable(path)
        _sign(file)
        yield
    finally:
        lock.release()


def _acquired(file: Path, path: Path, busy: Callable[[], str]) -> FileLock:
    """Return a lock of the archive at `path` that is ours, or raise; `busy` says who has it."""
    lock = FileLock(file, timeout=_GLANCE)
    try:
        make_folder(path.parent)
        if os.access(file.parent, os.W_OK):
            create(file)
        lock.acquire()
    except Timeout:
        raise ArchiveLocked(busy()) from None
    except OSError as error:
        raise ArchiveError(f"cannot write beside {path}: {error.strerror}") from error
    return lock


def _check_writable(path: Path) -> None:
    for file in (path, beside(path, "-wal"), beside(path, "-shm")):
        if file.exists() and not os.access(file, os.W_OK):
            raise ArchiveError(f"{file} cannot be written: change its owner or its mode")


def _sign(file: Path) -> None:
    with suppress(OSError):  # A full disk is no reason not to try.
        now = timestamp(datetime.now(UTC))
        file.write_text(f"process {os.getpid()} on {socket.gethostname()}, since {now}")


def _owner(file: Path) -> str:
    try:
        signed = file.read_text()
    except (OSError, UnicodeDecodeError):
        return ""
    return f" ({signed})" if signed else ""

"""One writer at a time: a crawl holds the lock of its archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from cqcrawler.exceptions import ArchiveError, ArchiveLocked


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Hold the right to crawl into the archive at `path`.

    Raises ArchiveLocked while another process holds it, ArchiveError where the lock file
    cannot be made. The system gives the lock back when its owner dies, however it does.
    """
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ArchiveLocked(
            f"another run is writing to {path}: wait for it to end, or name another --archive"
        ) from None
    except OSError as error:
        raise ArchiveError(f"cannot write beside {path}: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()

"""A copy of an archive for sharing, made while others may be writing.

`VACUUM INTO` reads in one transaction, so the copy is of one moment however long it takes. It
has no free pages, so nothing of what was deleted, and no write-ahead log, so it opens from a
folder that nobody can write to. SQLite's backup in steps would begin again at every commit of a
crawl; in one step it shows no progress and copies the log's mode along.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cqcrawler.archive.file.damage import explained
from cqcrawler.archive.file.files import beside, finish, replacing
from cqcrawler.exceptions import ArchiveError, UsageError
from cqcrawler.private_files import create

# Instructions of SQLite's machine between two looks at how far it is.
_STEP = 100_000

Watch = Callable[[str, float | None], None]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the copy holds, its size in bytes and its SHA-256 in hexadecimal."""

    articles: int
    versions: int
    size: int
    sha256: str


def take(
    db: sqlite3.Connection, archive: Path, path: Path, *, force: bool, watch: Watch
) -> Snapshot:
    """Copy the archive at `archive` to `path`, check the copy, and only then give it its name.

    `watch` hears what is being done and which share of it is, None where that is unknown.
    Raises UsageError for a place that cannot be or must not be written, ArchiveError for an
    archive that is damaged.
    """
    _check_free(archive, path, force=force)
    try:
        with replacing(path) as partial:
            partial.unlink(missing_ok=True)
            create(partial)
            if path.exists():  # Whoever may read it may read the next one.
                partial.chmod(path.stat().st_mode & 0o777)
            with explained(archive):
                _copy(db, partial, watch)
            articles, versions = _check(partial, watch)
            watch("Hashing", None)
            return Snapshot(articles, versions, partial.stat().st_size, finish(partial))
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error


def _check_free(archive: Path, path: Path, *, force: bool) -> None:
    if path.exists() and path.samefile(archive):
        raise UsageError(f"{path} is the archive itself: name another file")
    if path.exists() and not force:
        raise UsageError(f"{path} exists already: name another file, or give --force")
    # With a log beside it, somebody works on it, or what we write would be mixed with that.
    if (log := beside(path, "-wal")).exists():
        raise UsageError(f"{path} is a database in use, as {log.name} shows: name another file")


def _copy(db: sqlite3.Connection, partial: Path, watch: Watch) -> None:
    (size,) = db.execute(
        """SELECT (page_count - freelist_count) * page_size
        FROM pragma_page_count, pragma_freelist_count, pragma_page_size"""
    ).fetchone()

    def look() -> None:
        written = partial.stat().st_size if partial.exists() else 0
        watch("Copying", min(1.0, written / size))

    try:
        with _watched(db, look):
            # What a plain cursor cannot write is the copy.
            db.cursor(sqlite3.Cursor).execute("VACUUM INTO ?", [str(partial)])
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _check(partial: Path, watch: Watch) -> tuple[int, int]:
    """Return the numbers of articles and versions in a copy that is sound."""
    with closing(sqlite3.connect(partial)) as copy:
        try:
            with _watched(copy, lambda: watch("Checking", None)):
                problem = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            row: tuple[int, int] = copy.execute(
                "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM article_versions)"
            ).fetchone()
        except sqlite3.DatabaseError as error:
            raise ArchiveError(f"the copy is damaged: {error}") from error
    if problem != "ok":
        raise ArchiveError(f"the copy is damaged: {problem}")
    return row


@contextmanager
def _watched(conn: sqlite3.Connection, look: Callable[[], None]) -> Iterator[None]:
    """Call `look` now and then while SQLite works, which lets Ctrl-C through, too."""
    stopped: list[KeyboardInterrupt] = []

    def step() -> int:
        try:
            look()
        except KeyboardInterrupt as error:
            stopped.append(error)  # SQLite would swallow it.
        return len(stopped)

    conn.set_progress_handler(step, _STEP)
    try:
        yield
    except sqlite3.OperationalError as error:
        if stopped:
            raise stopped[0] from error
        raise
    finally:
        conn.set_progress_handler(None, 0)

"""Opening an archive file, and the transactions in which it is written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from cqcrawler.archive.file.schema import APPLICATION_ID, SCHEMA_VERSION, migrations
from cqcrawler.exceptions import ArchiveError

_BUSY_SECONDS = 30


def connect(path: Path, *, must_exist: bool = False, read_only: bool = False) -> Database:
    """Open the archive at `path`, made or brought up to date as needed.

    What cannot be written is opened for reading, and so is everything with `read_only`. Raises
    ArchiveError for a file that is missing though it must exist, not an archive, newer than
    this program, or not readable.
    """
    if not path.exists() and must_exist:
        raise ArchiveError(f"there is no archive at {path}: run cqcrawler crawl or demo first")
    try:
        db = _open(path, read_only=read_only)
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(f"{path} cannot be opened: {error}") from error
    try:
        _check(db, path, must_exist=must_exist)
        _configure(db, writing=not must_exist and is_writable(path))
    except sqlite3.Error as error:
        db.close()
        raise ArchiveError(f"{path} cannot be used: {error}{_advice(path)}") from error
    except ArchiveError:
        db.close()
        raise
    return db


def is_writable(path: Path) -> bool:
    """Whether the archive at `path` can be written, which takes its folder as well."""
    there = not path.exists() or os.access(path, os.W_OK)
    return there and os.access(path.parent, os.W_OK)


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Commit what is done inside, all or nothing.

    The write lock is taken first: a transaction that begins by reading and then wants to write
    fails at once when another process wrote in between, however long the busy timeout.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    with db.conn:
        yield


def is_alone(path: Path) -> bool:
    """Whether nobody can be writing to the archive at `path`, us included.

    Readers of a WAL database write to files beside it. Where they cannot, it takes a live
    writer that has made these; without any, nobody is writing.
    """
    return not os.access(path.parent, os.W_OK) and not _journal(path).exists()


@contextmanager
def reading(db: Database) -> Iterator[None]:
    """Read everything inside as it was at the first reading, whatever others write meanwhile."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.rollback()


def _open(path: Path, *, read_only: bool) -> Database:
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_writable(path) and not read_only:
        conn = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    else:
        conn = sqlite3.connect(_readonly_uri(path), uri=True, timeout=_BUSY_SECONDS)
    # Plug-ins that happen to be installed have no business in our connection.
    return Database(conn, strict=True, execute_plugins=False)


def _readonly_uri(path: Path) -> str:
    return f"{path.resolve().as_uri()}?{'immutable=1' if is_alone(path) else 'mode=ro'}"


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _advice(path: Path) -> str:
    if _journal(path).exists() and not is_writable(path):
        return f": copy it and {_journal(path).name} to a folder of your own"
    return ""


def _check(db: Database, path: Path, *, must_exist: bool) -> None:
    application = _pragma(db, "application_id")
    version = _pragma(db, "user_version")
    empty = not db.conn.execute("SELECT 1 FROM sqlite_master").fetchone()
    if empty and must_exist:
        raise ArchiveError(f"{path} is empty: run cqcrawler crawl or demo first")
    if not empty and application != APPLICATION_ID:
        raise ArchiveError(f"{path} is a database of another program: name another --archive")
    if version > SCHEMA_VERSION:
        raise ArchiveError(
            f"{path} was written by a newer cqcrawler (schema {version}, this one knows "
            f"{SCHEMA_VERSION}): upgrade cqcrawler"
        )
    if version < SCHEMA_VERSION and not is_writable(path):
        raise ArchiveError(f"{path} needs an update of its tables: make it and its folder writable")


def _configure(db: Database, *, writing: bool) -> None:
    db.conn.execute("PRAGMA foreign_keys = ON")
    db.conn.execute("PRAGMA synchronous = NORMAL")
    outdated = _pragma(db, "user_version") < SCHEMA_VERSION
    if outdated or writing:  # A snapshot has no log until somebody works with it.
        db.conn.execute("PRAGMA journal_mode = WAL")
    if outdated:
        with transaction(db):  # Another process may be at it too.
            migrations.apply(db)
            db.conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _pragma(db: Database, name: str) -> int:
    return int(db.conn.execute(f"PRAGMA {name}").fetchone()[0])

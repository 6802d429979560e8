"""Opening an archive file, and the transactions in which it is written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from cqcrawler.archive.file.damage import explained, raise_explained, way_back
from cqcrawler.archive.file.files import beside
from cqcrawler.archive.file.version import APPLICATION_ID, SCHEMA_VERSION
from cqcrawler.exceptions import ArchiveError, NoArchive
from cqcrawler.private_files import create, make_folder

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.db import Table

_BUSY_SECONDS = 30


class Cursor(sqlite3.Cursor):
    """A cursor whose errors say what is wrong with the archive."""

    connection: Connection

    def execute(self, *args: Any) -> Self:
        try:
            return super().execute(*args)
        except sqlite3.Error as error:
            raise_explained(error, self.connection.path)

    def executemany(self, *args: Any) -> Self:
        try:
            return super().executemany(*args)
        except sqlite3.Error as error:
            raise_explained(error, self.connection.path)

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except sqlite3.Error as error:
            raise_explained(error, self.connection.path)

    def fetchmany(self, *args: Any) -> list[Any]:
        try:
            return super().fetchmany(*args)
        except sqlite3.Error as error:
            raise_explained(error, self.connection.path)

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except sqlite3.Error as error:
            raise_explained(error, self.connection.path)

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.Error as error:
            raise_explained(error, self.connection.path)


class Connection(sqlite3.Connection):
    """An open archive: read by SQL, and written through the tables of sqlite-utils.

    What only reads takes any `sqlite3.Connection`.
    """

    path = Path()

    # All that is executed comes through here, so that no caller need know what SQLite raises.
    def cursor(self, factory: Any = Cursor) -> Any:
        return super().cursor(factory)

    def execute(self, *args: Any) -> Any:
        return self.cursor().execute(*args)

    def executemany(self, *args: Any) -> Any:
        return self.cursor().executemany(*args)

    @cached_property
    def database(self) -> Database:
        """The same archive as sqlite-utils has it."""
        # It loads pandas and NumPy where they are installed, which takes half a second:
        # those who only read should not have to wait for that.
        from sqlite_utils import Database

        # Plug-ins that happen to be installed must not change our connection.
        return Database(self, strict=True, recursive_triggers=False, execute_plugins=False)

    def table(self, name: str) -> Table:
        """Return a table to write to, inside a transaction.

        A notice with all its parts takes 1.4 ms of CPU to write this way, where statements by
        hand took 0.45 (measured), as every call looks up whether the table is there: give lists
        to `insert_all`. `upsert` would first make a table, once a connection, to see whether
        this SQLite can do that: replace whole rows with `insert(..., replace=True)`.
        """
        if name not in self._tables:
            self._tables[name] = self.database.table(name)
        return self._tables[name]

    def insert(self, table: str, row: dict[str, Any]) -> int:
        """Insert a row inside a transaction and return its id."""
        return int(self.table(table).insert(row).last_pk or 0)

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {}  # sqlite-utils looks up whether it is a view for each new one.


def connect(path: Path, *, must_exist: bool = False, read_only: bool = False) -> Connection:
    """Open the archive at `path`, made or brought up to date as needed.

    What cannot be written is opened for reading, and so is everything with `read_only`. Raises
    NoArchive for a file that is missing or empty though it must exist, ArchiveError for one that
    is not an archive, newer than this program, or not readable.
    """
    if not path.exists() and must_exist:
        raise NoArchive(
            f"there is no archive at {path}{_where(path)}: name it with --archive, "
            "or run cqcrawler crawl or demo first"
        )
    try:
        db = _open(path, must_exist=must_exist, read_only=read_only)
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(f"{path} cannot be opened: {error}") from error
    db.path = path
    try:
        _check(db, path, must_exist=must_exist)
        _configure(db, writing=not must_exist and is_writable(path))
    except sqlite3.Error as error:
        db.close()
        if advice := _advice(path):
            raise ArchiveError(f"{path} cannot be used: {advice}") from error
        raise
    except ArchiveError:
        db.close()
        raise
    return db


def is_writable(path: Path) -> bool:
    """Whether the archive at `path` can be written, which takes its folder as well."""
    there = not path.exists() or os.access(path, os.W_OK)
    return there and os.access(beside(path, "").parent, os.W_OK)


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Commit what is done inside, all or nothing.

    The write lock is taken first: a transaction that begins by reading and then wants to write
    fails at once when another process wrote in between, however long the busy timeout.
    """
    path = db.path if isinstance(db, Connection) else Path()
    with explained(path):
        db.execute("BEGIN IMMEDIATE")
        with db:
            yield


def is_alone(path: Path) -> bool:
    """Whether nobody can be writing to the archive at `path`, us included.

    Readers of a WAL database write to files beside it. Where they cannot, it takes a live
    writer that has made these; without any, nobody is writing.
    """
    return not os.access(beside(path, "").parent, os.W_OK) and not _journal(path).exists()


@contextmanager
def reading(db: sqlite3.Connection) -> Iterator[None]:
    """Read everything inside as it was at the first reading, whatever others write meanwhile."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()


def _where(path: Path) -> str:
    """Say which folder a relative path begins in: it may be the wrong one."""
    return "" if path.is_absolute() else f" in {Path.cwd()}"


def _open(path: Path, *, must_exist: bool, read_only: bool) -> Connection:
    if not must_exist:
        make_folder(path.parent)
    if is_writable(path) and not read_only:
        if not must_exist:
            create(path)
        return sqlite3.connect(path, timeout=_BUSY_SECONDS, factory=Connection)
    uri = _readonly_uri(path)
    return sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, factory=Connection)


def _readonly_uri(path: Path) -> str:
    return f"{path.resolve().as_uri()}?{'immutable=1' if is_alone(path) else 'mode=ro'}"


def _journal(path: Path) -> Path:
    return beside(path, "-wal")


def _advice(path: Path) -> str:
    if _journal(path).exists() and not is_writable(path):
        return f"copy it and {_journal(path).name} to a folder of your own"
    return ""


def _check(db: sqlite3.Connection, path: Path, *, must_exist: bool) -> None:
    application = _pragma(db, "application_id")
    version = _pragma(db, "user_version")
    empty = not db.execute("SELECT 1 FROM sqlite_master").fetchone()
    if empty and must_exist:
        if _had_pages(path):
            raise ArchiveError(f"{path} is empty{_lost(path)}")
        raise NoArchive(f"{path} is empty: run cqcrawler crawl or demo first")
    if not empty and application != APPLICATION_ID:
        raise ArchiveError(f"{path} is a database of another program: name another --archive")
    if version > SCHEMA_VERSION:
        raise ArchiveError(
            f"{path} was written by a newer cqcrawler (schema {version}, this one knows "
            f"{SCHEMA_VERSION}): upgrade cqcrawler"
        )
    if version < SCHEMA_VERSION and not is_writable(path):
        raise ArchiveError(f"{path} needs an update of its tables: make it and its folder writable")


def _lost(path: Path) -> str:
    return f", though there are raw pages beside it: {way_back(path, repairable=False)}"


def _had_pages(path: Path) -> bool:
    """Whether raw pages lie beside an archive that no other archive there can have kept."""
    others = any(other != path for other in path.parent.glob("*.db"))
    return not others and any((path.parent / "warc").rglob("*.warc.gz"))


def _configure(db: Connection, *, writing: bool) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA trusted_schema = OFF")  # Its views and triggers may be somebody else's.
    outdated = _pragma(db, "user_version") < SCHEMA_VERSION
    if outdated or writing:  # A snapshot has no log until somebody works with it.
        db.execute("PRAGMA journal_mode = WAL")
    if outdated:
        _migrate(db)


def _migrate(db: Connection) -> None:
    from cqcrawler.archive.file.schema import migrations

    with transaction(db):  # Another process may be at it too.
        migrations.apply(db.database)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])

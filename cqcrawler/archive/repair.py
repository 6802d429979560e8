"""Making anew what follows from the tables of an archive: indexes, full text, views, meanings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.archive.file.damage import DamagedArchive, explained, way_back
from cqcrawler.archive.file.version import SCHEMA_VERSION
from cqcrawler.archive.search.index import drop
from cqcrawler.exceptions import ArchiveError

_FULL_TEXT = "articles_fts"


def repair(path: Path) -> None:
    """Make anew what can be derived in the archive at `path`; whoever opens it fills the rest.

    Tables are looked through first, and where one cannot be read, nothing is changed and
    ArchiveError says so. The caller holds the lock.
    """
    with explained(path), closing(sqlite3.connect(path, factory=Connection)) as db:
        db.path = path
        # SQLite reads no schema with a fault in it otherwise.
        db.execute("PRAGMA writable_schema = ON")
        if db.execute("PRAGMA user_version").fetchone()[0] > SCHEMA_VERSION:
            return  # Whoever opens it says that it is newer than this program.
        parts = _parts(db)
        _mend_tables(db, parts.tables)
        _read_tables(db, parts.tables)
        try:
            _make_anew(db, parts.derived)
        except sqlite3.DatabaseError:
            _throw_away(db, parts.derived)
            _make_anew(db, parts.derived)
            db.execute("VACUUM")  # What was thrown away is still in the file.


class _Parts(NamedTuple):
    """The SQL of what has data, and of what follows from that, by name."""

    tables: dict[str, str]
    derived: dict[str, str]


def _parts(db: Connection) -> _Parts:
    """Return what the archive should have by its own schema, which may be an earlier one."""
    from cqcrawler.archive.file.schema import expected

    (version,) = db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()
    parts = _Parts({}, {})
    for name, (kind, sql) in expected(version).items():
        if kind in ("index", "view") or name == _FULL_TEXT:
            parts.derived[name] = sql
        elif name != "_sqlite_migrations":
            parts.tables[name] = sql
    return parts


def _mend_tables(db: Connection, tables: dict[str, str]) -> None:
    """Put the definitions of tables back that SQLite cannot read."""
    held = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if lost := sorted(tables.keys() - held):
        raise ArchiveError(
            f"{db.path} has no table {lost[0]} any more: {way_back(db.path, repairable=False)}"
        )
    unread = [name for name in tables if not db.execute(f"PRAGMA table_info({name})").fetchone()]
    if unread:
        with transaction(db):
            for name in unread:
                db.execute(
                    "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?",
                    [tables[name], name],
                )
        db.execute("PRAGMA writable_schema = RESET")
        db.execute("PRAGMA writable_schema = ON")


def _read_tables(db: Connection, tables: Iterable[str]) -> None:
    for name in tables:
        try:
            with closing(db.execute(f"SELECT * FROM {name} NOT INDEXED")) as rows:
                for _ in rows:
                    pass
        except DamagedArchive as error:
            if name in _COPIES and _emptied(db, name):
                continue
            raise DamagedArchive(
                f"the table {name} of {db.path} cannot be read to its end, which no repair can "
                f"mend: {way_back(db.path, repairable=False)}"
            ) from error


def _emptied(db: Connection, name: str) -> bool:
    try:
        with transaction(db):
            db.execute(f"DELETE FROM {name}")
    except DamagedArchive:
        return False
    return True


def _make_anew(db: Connection, derived: dict[str, str]) -> None:
    """Drop and create what is derived, in one transaction; the full-text index is empty then."""
    kinds = dict(db.execute("SELECT name, type FROM sqlite_master").fetchall())
    with transaction(db):
        for name, sql in derived.items():
            if name in kinds:
                db.execute(f"DROP {kinds[name]} {name}")
            db.execute(sql)
        db.execute("REINDEX")  # Those that SQLite makes for keys.
        drop(db)


def _throw_away(db: Connection, derived: Iterable[str]) -> None:
    """Make SQLite forget what is derived without looking at it."""
    names = [*derived, *(f"{_FULL_TEXT}_{part}" for part in _SHADOWS)]
    with transaction(db):
        db.executemany("DELETE FROM sqlite_master WHERE name = ?", ((name,) for name in names))
    db.execute("PRAGMA writable_schema = RESET")
    db.execute("PRAGMA writable_schema = ON")


# Of what comes with cqcrawler; whoever opens an archive fills them again.
_COPIES = ("regions", "industries", "data_dictionary")
_SHADOWS = ("data", "idx", "docsize", "config", "content")

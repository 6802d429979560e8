"""What SQLite says of a file, put so that a person knows what is lost and what to do.

The errors are SQLite's own as well, so whoever expects these still gets them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from cqcrawler.exceptions import ArchiveError, ArchiveLocked

_NO_TEXT = "Could not decode to UTF-8"
_PRIMARY = 0xFF  # The rest of a code says more closely what it is.
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_READ = (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)
_UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class DamagedArchive(ArchiveError, sqlite3.DatabaseError):
    """Raised where an archive cannot be read as it was written."""


class IncompleteArchive(ArchiveError, sqlite3.OperationalError):
    """Raised where a table, view or index is missing."""


class UnwritableArchive(ArchiveError, sqlite3.OperationalError):
    """Raised where an archive cannot be written."""


class BusyArchive(ArchiveLocked, sqlite3.OperationalError):
    """Raised where another program keeps an archive locked for too long."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn errors of SQLite that the state of the archive at `path` causes into our own."""
    try:
        yield
    except sqlite3.Error as error:
        raise_explained(error, path)


def raise_explained(error: sqlite3.Error, path: Path) -> NoReturn:
    """Raise an error of SQLite as our own, if it comes from the state of the archive."""
    known = None if isinstance(error, ArchiveError | ArchiveLocked) else explain(error, path)
    if known is None:
        raise error
    raise known from error


def explain(error: sqlite3.Error, path: Path) -> ArchiveError | ArchiveLocked | None:
    """Return what an error says of the archive at `path`; None if that is not what failed."""
    code: int = getattr(error, "sqlite_errorcode", 0) or 0
    kind, message = _kind_and_message(code, str(error), path)
    if kind is None:
        return None
    known = kind(message)
    known.sqlite_errorcode = code  # type: ignore[union-attr]
    return known


def way_back(path: Path, *, repairable: bool = True) -> str:
    """Return what to do about a damaged archive, which a repair may or may not mend."""
    repair = "cqcrawler verify --repair makes indexes and the full text anew; where that fails, "
    return (
        f"{_what_is_sound(path)}{repair if repairable else ''}cqcrawler recover NEW_FILE brings "
        "what can be read into a new archive, or put back a copy that cqcrawler snapshot made"
    )


def _kind_and_message(
    code: int, said: str, path: Path
) -> tuple[type[ArchiveError | ArchiveLocked] | None, str]:
    if code & _PRIMARY in _DAMAGED or code in _READ:
        other = " or is no archive at all" if code & _PRIMARY == sqlite3.SQLITE_NOTADB else ""
        return DamagedArchive, f"{path} is damaged{other} ({said}): {way_back(path)}"
    if said.startswith(_NO_TEXT):  # Python says so, and gives no code; the bytes help nobody.
        said = said.partition(" with text ")[0]
        return DamagedArchive, f"{path} is damaged ({said}): {way_back(path)}"
    if code & _PRIMARY == sqlite3.SQLITE_ERROR and said.startswith("no such "):
        return IncompleteArchive, f"{path} lacks something ({said}): {way_back(path)}"
    if code & _PRIMARY in _UNWRITABLE:
        advice = "make the file and its folder writable"
        return UnwritableArchive, f"{path} cannot be written ({said}): {advice}"
    if code & _PRIMARY == sqlite3.SQLITE_FULL:
        return UnwritableArchive, f"{path} cannot be written ({said}): make room on its disk"
    if code & _PRIMARY == sqlite3.SQLITE_IOERR:
        advice = "look at the disk and at the system's log"
        return UnwritableArchive, f"{path} cannot be read or written ({said}): {advice}"
    if code & _PRIMARY in _BUSY:
        advice = "end the program that has it open for writing"
        return BusyArchive, f"{path} is in use ({said}): {advice}"
    return None, ""


def _what_is_sound(path: Path) -> str:
    folder = path.parent / "warc"
    return f"the raw pages in {folder} are files of their own; " if folder.is_dir() else ""

"""The process that answers: a question comes in, its rows or what is wrong go out, one by one."""

from __future__ import annotations

import marshal
import os
import signal
import sqlite3
import sys
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

from cqcrawler.archive.asking.limits import (
    FILE_MIB,
    Budget,
    TooLarge,
    limit_connection,
    limit_process,
)
from cqcrawler.archive.file.connection import connect
from cqcrawler.archive.file.damage import IncompleteArchive
from cqcrawler.archive.search.index import match_expression
from cqcrawler.archive.search.query import parse

# Instructions of SQLite between looks at the clock, some 0.1 ms.
_LOOK_EVERY = 1000
# Only temporary files are written.
_NO_ROOM = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_FULL}


def main(path: str) -> None:
    """Answer what comes in on standard input, which is a socket, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the site, which then lets us go.
    db = open_archive(Path(path))
    limit_process()
    asked = Connection(os.dup(0))
    asked.send_bytes(b"")
    while True:
        try:
            question = marshal.loads(asked.recv_bytes())
        except EOFError:
            return
        asked.send_bytes(marshal.dumps(_answer(db, *question)))


def open_archive(path: Path) -> sqlite3.Connection:
    """Open an archive for questions of strangers."""
    db = connect(path, must_exist=True, read_only=True)
    db.text_factory = lambda text: str(text, "utf-8", "replace")
    # The search box of Datasette's tables asks for it: this way it finds Chinese words, too.
    db.create_function("escape_fts", 1, _match_expression, deterministic=True)
    limit_connection(db)
    return db


def _answer(
    db: sqlite3.Connection, sql: str, parameters: Any, most: int | None, seconds: float
) -> tuple[str, Any]:
    """Return `rows` with columns and rows, `late`, or `error` with what is wrong."""
    deadline = monotonic() + seconds
    db.set_progress_handler(lambda: monotonic() > deadline, _LOOK_EVERY)
    try:
        return "rows", _rows(db, sql, parameters, most)
    except MemoryError:
        return "error", "the question takes too much memory: ask for less at a time"
    except TooLarge as error:
        return "error", str(error)
    except IncompleteArchive as error:
        # What a stranger asks for and there is not is a slip of theirs, no damage.
        return "error", str(error.__cause__)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return "late", None
        if error.sqlite_errorcode in _NO_ROOM:
            return (
                "error",
                f"the question collects more than {FILE_MIB} MiB: ask for less at a time",
            )
        return "error", str(error)
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
        return "error", str(error)


def _rows(db: sqlite3.Connection, sql: str, parameters: Any, most: int | None) -> Any:
    budget, rows = Budget(), []
    cursor = db.execute(sql, parameters)
    try:
        for row in islice(cursor, most):
            budget.spend(row)
            rows.append(row)
        return [name for name, *_ in cursor.description or ()], rows
    finally:
        cursor.close()  # What is not read to its end would keep the archive's log growing.


def _match_expression(typed: str) -> str:
    # Nothing has the empty token, so what has no grams finds nothing rather than fails.
    return match_expression(parse(typed)) or '""'


if __name__ == "__main__":
    main(sys.argv[1])

"""How long a question to the archive may take."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from cqcrawler.exceptions import TooSlow


@contextmanager
def patience(db: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Interrupt what is asked in the block after so many seconds; it raises TooSlow then."""
    timer = Timer(seconds, db.interrupt)
    timer.start()
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        raise TooSlow(
            f"it takes more than {seconds:g} seconds: ask for less, by a place, a day or a word"
        ) from error
    finally:
        timer.cancel()

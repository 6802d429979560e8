"""Asking a process that answers, and ending one that takes too long."""

from __future__ import annotations

import marshal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path
from queue import LifoQueue
from typing import Any

# Beyond the limit of a question: what SQLite looks at the clock for is over by then.
_GRACE_SECONDS = 1.0
# Only a machine that is overwhelmed starts one so slowly.
_START_SECONDS = 60


class Late(Exception):
    """Raised by `Askers.ask` for a question that takes longer than it may."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gave: rows are indexed by number and by name."""

    columns: list[str]
    rows: list[sqlite3.Row]


class Askers:
    """So many processes over one archive; each is started when it is first needed.

    Whoever asks waits for one that is free. `ask` may be called by any thread.
    """

    def __init__(self, path: Path, count: int) -> None:
        self._path = path
        self._count = count
        self._free: LifoQueue[_Asker | None] = LifoQueue()
        for _ in range(count):
            self._free.put(None)

    def ask(
        self, sql: str, parameters: Any = (), *, most: int | None = None, seconds: float
    ) -> Answer:
        """Return at most `most` rows of what SQL gives.

        Raises Late after `seconds`, and sqlite3.OperationalError for what is wrong with the
        question, or too much.
        """
        asker = self._free.get()
        try:
            asker = asker or _Asker(self._path)
            return _read(*asker.ask((sql, parameters, most, seconds), seconds))
        except (Late, _Ended) as error:
            if asker:
                asker.end()
            asker = None
            if isinstance(error, Late):
                raise
            raise sqlite3.OperationalError("the question takes too much memory") from error
        finally:
            self._free.put(asker)

    def close(self) -> None:
        """End the processes, each once it has answered."""
        for _ in range(self._count):
            asker = self._free.get()
            if asker:
                asker.end()


class _Ended(Exception):
    """Raised by `_Asker.ask` when the process has ended, as one does that has no memory left."""


class _Asker:
    def __init__(self, path: Path) -> None:
        self._connection, theirs = Pipe()
        command = [sys.executable, "-m", "cqcrawler.archive.asking.answering", str(path)]
        with theirs:
            self._process = subprocess.Popen(
                command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL
            )
        try:
            self._take(_START_SECONDS)
        except (Late, _Ended) as error:
            self.end()
            raise sqlite3.OperationalError("the archive cannot be read now") from error

    def ask(self, question: tuple[Any, ...], seconds: float) -> tuple[str, Any]:
        try:
            self._connection.send_bytes(marshal.dumps(question))
        except OSError as error:
            raise _Ended from error
        kind, found = marshal.loads(self._take(seconds + _GRACE_SECONDS))
        if kind == "late":
            raise Late
        return kind, found

    def _take(self, seconds: float) -> bytes:
        try:
            if not self._connection.poll(seconds):
                raise Late
            return self._connection.recv_bytes()
        except (EOFError, OSError) as error:
            raise _Ended from error

    def end(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.wait()


def _read(kind: str, found: Any) -> Answer:
    if kind == "error":
        raise sqlite3.OperationalError(found)
    columns, rows = found
    return Answer(columns, _named(columns, rows))


def _named(columns: Sequence[str], rows: list[tuple[Any, ...]]) -> list[sqlite3.Row]:
    """Return rows as SQLite's own, which only a cursor that has such columns can make."""
    if not rows:
        return []
    names = ", ".join('NULL AS "{}"'.format(name.replace('"', '""')) for name in columns)
    db = sqlite3.connect(":memory:")
    try:
        cursor = db.execute(f"SELECT {names}")
        return [sqlite3.Row(cursor, row) for row in rows]
    finally:
        db.close()

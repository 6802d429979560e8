"""How much one question may take, and what it may ask for at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from sys import getsizeof
from typing import Any

try:
    import resource
except ModuleNotFoundError:  # on Windows, where SQLite's own limits have to do
    resource = None  # type: ignore[assignment]

_MIB = 2**20

# The longest notice seen has some hundred kB.
_VALUE = 8 * _MIB
# All rows of an answer as Python has them, each cell at least `_CELL`: a page of HTML with
# more cells takes seconds to fill.
_ANSWER = 16 * _MIB
_CELL = 256

# Of SQLite in the process, and of the process: what holds where a function of SQLite does not
# count what it takes. An idle one has 20 MiB.
_HEAP = 64 * _MIB
_PROCESS = 128 * _MIB
# What is sorted goes to temporary files.
FILE_MIB = 256

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: _VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 100_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1_000,
    # Datasette asks for the labels of a whole page at once.
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 2_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
# Those that tell of tables. `database_list` would tell where the file is; the full-text index
# asks for `data_version`.
_PRAGMAS = {
    "data_version",
    "foreign_key_list",
    "function_list",
    "index_info",
    "index_list",
    "index_xinfo",
    "max_page_count",
    "page_count",
    "page_size",
    "schema_version",
    "table_info",
    "table_xinfo",
}


class TooLarge(Exception):
    """Raised by `Budget` for an answer that would hold too much."""


class Budget:
    """What the answer to one question may still hold."""

    def __init__(self) -> None:
        self._left = _ANSWER

    def spend(self, row: Sequence[Any]) -> None:
        """Take the room of a row; raises TooLarge if there is not so much left."""
        self._left -= sum(max(_CELL, getsizeof(value)) for value in row)
        if self._left < 0:
            raise TooLarge(
                f"the answer would hold more than {_ANSWER // _MIB} MiB: "
                "ask for fewer rows (LIMIT) or for fewer columns"
            )


def limit_process() -> None:
    """Bound the memory and the files of this process, for good."""
    if resource:
        resource.setrlimit(resource.RLIMIT_DATA, (_PROCESS, _PROCESS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_MIB * _MIB, FILE_MIB * _MIB))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_connection(db: sqlite3.Connection) -> None:
    """Have a connection read the tables of its own file, and no more than a question may."""
    for name, value in _LIMITS.items():
        db.setlimit(name, value)
    db.execute(f"PRAGMA hard_heap_limit = {_HEAP}")
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA query_only = ON")
    db.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_PRAGMA:
        allowed = first in _PRAGMAS
    elif action == sqlite3.SQLITE_FUNCTION:
        allowed = second not in ("load_extension", "fts3_tokenizer")
    elif action == sqlite3.SQLITE_UPDATE:
        # Virtual tables say so when they are opened; the connection cannot write.
        allowed = first == "sqlite_master"
    else:
        allowed = action in _READING
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

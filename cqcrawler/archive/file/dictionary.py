"""The `data_dictionary` table: what every table, view and column means, in two languages."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sqlite_utils.db import Table


class Meaning(NamedTuple):
    """A row of the table; `column_name` is empty for what is said of the table itself."""

    table_name: str
    column_name: str
    meaning_en: str
    meaning_zh: str


def meanings() -> Iterator[Meaning]:
    """Yield what the dictionary says, table by table, each before its columns."""
    text = (files("cqcrawler.resources") / "data_dictionary.toml").read_text("utf-8")
    for table, entry in tomllib.loads(text).items():
        for column, (english, chinese) in {"": entry["meaning"], **entry["columns"]}.items():
            yield Meaning(table, column, english, chinese)


def is_current(db: sqlite3.Connection) -> bool:
    """Whether the table is the dictionary of this cqcrawler."""
    rows = db.execute("SELECT * FROM data_dictionary ORDER BY rowid").fetchall()
    return rows == list(meanings())


def fill(table: Table) -> None:
    """Write the dictionary into the table, inside the caller's transaction."""
    table.insert_all([Meaning._fields, *meanings()], truncate=True)

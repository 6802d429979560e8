"""The `data_dictionary` table: what every table, view and column means, in two languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

from sqlite_utils import Database


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


def is_current(db: Database) -> bool:
    """Whether the table is the dictionary of this cqcrawler."""
    rows = db.conn.execute("SELECT * FROM data_dictionary ORDER BY rowid").fetchall()
    return rows == list(meanings())


def fill(db: Database) -> None:
    """Make it so, inside the caller's transaction."""
    db.conn.execute("DELETE FROM data_dictionary")
    db.conn.executemany("INSERT INTO data_dictionary VALUES (?, ?, ?, ?)", meanings())

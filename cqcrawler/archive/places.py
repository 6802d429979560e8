"""The `regions` table: a copy of the gazetteer, for joins."""

from __future__ import annotations

from sqlite_utils import Database

from cqcrawler.archive.file.connection import transaction
from cqcrawler.text import regions


def sync_regions(db: Database) -> None:
    """Make the table equal to the gazetteer of this cqcrawler."""
    wanted = list(regions.all_regions())
    if db.conn.execute("SELECT * FROM regions ORDER BY rowid").fetchall() == wanted:
        return
    with transaction(db):
        db.conn.execute("DELETE FROM regions")
        db.conn.executemany("INSERT INTO regions VALUES (?, ?, ?, ?, ?, ?, ?)", wanted)

"""The `regions` table: a copy of the gazetteer, for joins."""

from __future__ import annotations

from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.text import regions


def sync_regions(db: Connection) -> None:
    """Make the table equal to the gazetteer of this cqcrawler."""
    wanted = list(regions.all_regions())
    if db.execute("SELECT * FROM regions ORDER BY rowid").fetchall() == wanted:
        return
    with transaction(db):
        db.table("regions").insert_all([regions.RegionRow._fields, *wanted], truncate=True)

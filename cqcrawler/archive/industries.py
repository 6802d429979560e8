"""The `industries` table: what each industry is called in other classifications, for joins."""

from __future__ import annotations

import json

from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.facts.industry_codes import all_industries


def sync_industries(db: Connection) -> None:
    """Make the table equal to the industries of this cqcrawler."""
    wanted = [
        (industry.name, industry.strategic, industry.cluster, json.dumps(industry.divisions))
        for industry in all_industries()
    ]
    if db.execute("SELECT * FROM industries ORDER BY rowid").fetchall() == wanted:
        return
    with transaction(db):
        db.execute("DELETE FROM industries")
        db.executemany("INSERT INTO industries VALUES (?, ?, ?, ?)", wanted)

"""The table `doubts`, made from what the archive holds of its articles."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from cqcrawler.doubts import Doubt, find_doubts
from cqcrawler.models import Evidence


def fill(db: sqlite3.Connection) -> None:
    """Write the doubts about all articles into the empty table, in the caller's transaction."""
    db.executemany("INSERT INTO doubts VALUES (?, ?, ?, ?, ?)", _rows(db))


def _rows(db: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    for article_id, provenance, warnings in db.execute(
        "SELECT id, provenance, warnings FROM articles"
    ):
        for position, doubt in enumerate(_doubts(provenance, warnings)):
            yield article_id, position, doubt.field, doubt.confidence, doubt.why


def _doubts(provenance: str, warnings: str) -> list[Doubt]:
    try:
        evidence: Mapping[str, Evidence] = {
            name: Evidence(**fields) for name, fields in json.loads(provenance).items()
        }
        return find_doubts(evidence, json.loads(warnings))
    except (ValueError, TypeError, AttributeError):  # A damaged row has what it has.
        return find_doubts({}, ())

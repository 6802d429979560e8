"""What articles state, as the archive holds it: read back, with the corrections of people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A row of `facts_current`: a number with a kind, and the words that state it.

    `value` (and `value_max` of a range) is in `unit`; `start` and `stop` are offsets into the
    `field`, title or body, in characters. `correction_id` is the last correction that made it so.
    """

    id: int
    kind: str
    value: float
    value_max: float | None
    unit: str
    qualifier: str
    role: str
    basis: str | None
    scope: str | None
    subject: str
    text: str
    sentence: str
    field: str
    start: int
    stop: int
    correction_id: int | None = None


@dataclass(frozen=True, slots=True)
class StoredActor:
    """A row of `article_actors`."""

    kind: str
    name: str
    role: str | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class StoredDate:
    """A row of `dates_ahead`: a day that a reader acts on, an ISO date, and the words."""

    kind: str
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class SourcedFact:
    """A row of `fact_sources`: a fact, and the notice that states it."""

    fact_id: int
    article_id: int
    kind: str
    value: float
    value_max: float | None
    unit: str
    qualifier: str
    role: str
    basis: str | None
    scope: str | None
    subject: str
    text: str
    sentence: str
    field: str
    start: int
    stop: int
    title: str
    url: str
    portal: str
    published: str | None
    province: str | None
    city: str | None
    district: str | None
    zone: str | None
    event_from: str | None
    event_to: str | None
    stale: bool | None
    stage: str | None
    withdrawn_at: str | None


@dataclass(frozen=True, slots=True)
class StoredProject:
    """A row of `projects`: one undertaking from agreement to production.

    `first_at` and `last_at` are the first and last day that notices tell of it; `title`, `url` and
    `portal` are those of its first notice, `article_id`.
    """

    project_id: int
    name: str
    investor: str | None
    place_code: str | None
    place: str | None
    zone: str | None
    industry: str | None
    invested: float | None
    unit: str | None
    basis: str | None
    stage: str | None
    first_at: str
    last_at: str
    notices: int
    article_id: int
    title: str
    url: str
    portal: str


_FACT = ", ".join(StoredFact.__slots__)
_SOURCED = ", ".join(SourcedFact.__slots__)


def facts_of(db: sqlite3.Connection, article_id: int) -> tuple[StoredFact, ...]:
    """Return the facts of an article as they stand, in the order of its text, title first."""
    rows = db.execute(
        f"""SELECT {_FACT} FROM facts_current WHERE article_id = ?
        ORDER BY field DESC, start, stop, id""",
        [article_id],
    )
    return tuple(StoredFact(*row) for row in rows)


def actors_of(db: sqlite3.Connection, article_id: int) -> tuple[StoredActor, ...]:
    """Return the bodies that an article names, in the order of its text."""
    return tuple(
        StoredActor(*row)
        for row in _list(db, "article_actors", "kind, name, role, origin", [article_id])
    )


def dates_of(db: sqlite3.Connection, article_id: int) -> tuple[StoredDate, ...]:
    """Return the days of an article that a reader acts on, in the order of its text."""
    return tuple(
        StoredDate(*row) for row in _list(db, "dates_ahead", "kind, day, text", [article_id])
    )


def names_of(db: sqlite3.Connection, table: str, article_id: int) -> tuple[str, ...]:
    """Return the names of `article_industries` or `article_places`, each once, in their order."""
    return tuple(dict.fromkeys(name for (name,) in _list(db, table, "name", [article_id])))


def all_facts(db: sqlite3.Connection, articles: Iterable[int]) -> Iterator[SourcedFact]:
    """Return every fact of these articles, in their order and that of their texts.

    Each article is asked for its facts when its turn comes.
    """
    for article_id in articles:
        rows = db.execute(
            f"""SELECT {_SOURCED} FROM fact_sources WHERE article_id = ?
            ORDER BY field DESC, start, stop, fact_id""",
            [article_id],
        ).fetchall()
        yield from (sourced(*row) for row in rows)


def all_projects(
    db: sqlite3.Connection, articles: Iterable[int], *, largest_first: bool = False
) -> Iterator[StoredProject]:
    """Return every project that these articles tell of, each once, where the first of them does.

    With `largest_first` by what it is to cost in yuan; those of which that is unknown, and those
    in other currencies, follow.
    """
    numbers = projects_of(db, articles)
    if largest_first:
        numbers = iter(sorted(numbers, key=lambda number: _yuan(db, number), reverse=True))
    for number in numbers:
        row = db.execute(_PROJECTS, [number]).fetchone()
        if row is not None:
            yield StoredProject(*row)


def projects_of(db: sqlite3.Connection, articles: Iterable[int]) -> Iterator[int]:
    """Return the numbers of the projects that articles tell of, where the first of them does."""
    seen = set()
    for article_id in articles:
        rows = db.execute(
            "SELECT project_id FROM project_notices WHERE article_id = ? ORDER BY 1", [article_id]
        )
        for (number,) in rows.fetchall():
            if number not in seen:
                seen.add(number)
                yield number


def _yuan(db: sqlite3.Connection, number: int) -> float:
    row = db.execute(
        "SELECT invested FROM projects WHERE id = ? AND unit = 'CNY'", [number]
    ).fetchone()
    return row[0] if row else 0.0


_PROJECTS = """
SELECT projects.id, projects.name, investor, place_code, regions.full_name, projects.zone,
    industry, invested, unit, basis, projects.stage, first_at, last_at, notices, article_id,
    title, url, portal
FROM projects JOIN articles ON articles.id = article_id
LEFT JOIN regions ON regions.code = place_code
WHERE projects.id = ?
"""


def sourced(*row: Any) -> SourcedFact:
    """Return a row of `fact_sources`."""
    fact = SourcedFact(*row)
    return fact if fact.stale is None else replace(fact, stale=bool(fact.stale))


def _list(
    db: sqlite3.Connection, table: str, columns: str, parameters: list[int]
) -> sqlite3.Cursor:
    return db.execute(
        f"SELECT {columns} FROM {table} WHERE article_id = ? ORDER BY position", parameters
    )

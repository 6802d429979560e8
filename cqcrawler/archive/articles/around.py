"""What stands around an article: where in its text it states what, who tells it again, what of."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_COPIES = 50


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that an article states, and its words: `text` from `start` to `stop` in `field`,
    title or body, in characters.

    `kind` is fact, other (a number that is no fact), event, date, industry, place or actor;
    `number` tells it from others of its kind: the id of a fact, else its place in the order of the
    text. `name` is what is stated: an industry, a place, a body, an ISO date; of numbers the kind.
    `more` says more of it: the basis of an investment, the role of a body, the kind of a date.
    """

    kind: str
    number: int
    name: str
    more: str | None
    text: str
    field: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice of a story: `is_first` if it came out before the others."""

    id: int
    title: str
    portal: str
    url: str
    published: str | None
    is_first: bool


def statements_of(db: sqlite3.Connection, article_id: int) -> tuple[Statement, ...]:
    """Return what an article states, in the order of its text, title first."""
    rows = db.execute(_STATEMENTS, {"id": article_id})
    return tuple(Statement(*row) for row in rows)


def tellings_of(db: sqlite3.Connection, article_id: int) -> tuple[Telling, ...]:
    """Return the other notices of an article's story, those that came out first before others."""
    rows = db.execute(
        f"""SELECT other.id, other.title, other.portal, other.url, other.published
        FROM articles AS this JOIN articles AS other ON other.story_id = this.story_id
        WHERE this.id = ? ORDER BY {came_out("other")} LIMIT ?""",
        [article_id, _MOST_COPIES + 1],
    )
    return tuple(
        Telling(number, title, portal, url, published, is_first=at == 0)
        for at, (number, title, portal, url, published) in enumerate(rows)
        if number != article_id
    )


def came_out(article: str) -> str:
    """Return SQL that has the notices of a story in the order in which they came out."""
    return f"{article}.published IS NULL, {article}.published, {article}.id"


def projects_of(db: sqlite3.Connection, article_id: int) -> tuple[tuple[int, str], ...]:
    """Return the ids and names of the undertakings that an article tells of."""
    rows = db.execute(
        """SELECT projects.id, projects.name FROM project_notices
        JOIN projects ON projects.id = project_id
        WHERE project_notices.article_id = ? ORDER BY projects.id""",
        [article_id],
    )
    return tuple((number, name) for number, name in rows)


def beside(db: sqlite3.Connection, article_id: int) -> tuple[int | None, int | None]:
    """Return the articles that stand before and behind one where the newest come first, and those
    without a day last."""
    row = db.execute("SELECT published, id FROM articles WHERE id = ?", [article_id]).fetchone()
    if row is None:
        return None, None
    undated = "published IS NULL"
    if row[0] is None:
        newer = _first(db, f"{undated} AND id > ?", "ASC", [article_id])
        newer = newer or _first(db, "published > ''", "ASC", [])
        return newer, _first(db, f"{undated} AND id < ?", "DESC", [article_id])
    older = _first(db, "(published, id) < (?, ?)", "DESC", row)
    newer = _first(db, "(published, id) > (?, ?)", "ASC", row)
    return newer, older or _first(db, undated, "DESC", [])


def _first(
    db: sqlite3.Connection, condition: str, direction: str, parameters: Sequence[object]
) -> int | None:
    row = db.execute(
        f"""SELECT id FROM articles INDEXED BY articles_newest WHERE {condition}
        ORDER BY published {direction}, id {direction} LIMIT 1""",
        parameters,
    ).fetchone()
    return row[0] if row else None


_STATEMENTS = """
SELECT 'fact', id, kind, basis, text, field, start, stop FROM facts_current
WHERE article_id = :id
UNION ALL
SELECT 'other', position, kind, NULL, text, field, start, stop FROM other_numbers
WHERE article_id = :id
UNION ALL
SELECT 'event', 0, event_from, iif(event_to = event_from, NULL, event_to), event_text, event_field,
    event_start, event_stop
FROM articles WHERE id = :id AND event_from IS NOT NULL
UNION ALL
SELECT 'date', position, day, kind, text, field, start, stop FROM dates_ahead
WHERE article_id = :id
UNION ALL
SELECT 'industry', position, name, NULL, text, field, start, stop FROM article_industries
WHERE article_id = :id
UNION ALL
SELECT 'place', position, name, stands, text, field, start, stop FROM article_places
WHERE article_id = :id
UNION ALL
SELECT 'actor', position, name, coalesce(role, kind), text, field, start, stop FROM article_actors
WHERE article_id = :id
ORDER BY field DESC, start, stop
"""

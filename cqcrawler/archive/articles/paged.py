"""Projects and facts page by page, each behind the one that was read last.

By what a row is and not by how many stand before it, so that a crawl that adds some has none read
twice or left out.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from cqcrawler.archive.articles.stated import SourcedFact, StoredProject, sourced
from cqcrawler.archive.search.filters import Filters, where
from cqcrawler.exceptions import QueryError

_PROJECT = re.compile(r"project_(\d{1,18})", re.ASCII)
_FACT = re.compile(r"(\d{1,18})_([01])_(\d{1,9})_(\d{1,9})_([a-z_]{1,20})", re.ASCII)
_SOURCED = ", ".join(SourcedFact.__slots__)


@dataclass(frozen=True, slots=True)
class ProjectNotice:
    """A notice that tells of a project: how far it was then, `at` which day, and under which name.

    `phase` is that of the project which it is of, empty for all of it.
    """

    article_id: int
    stage: str | None
    at: str
    name: str
    phase: str
    title: str
    url: str
    portal: str
    published: str | None
    withdrawn_at: str | None


@dataclass(frozen=True, slots=True)
class Projects:
    """Some projects in the order of their numbers, and the cursor of what follows."""

    projects: tuple[StoredProject, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class SourcedFacts:
    """Some facts in the order of articles and their texts, and the cursor of what follows."""

    facts: tuple[SourcedFact, ...]
    cursor: str | None


def project(db: sqlite3.Connection, project_id: int) -> StoredProject | None:
    """Return a project by its number."""
    row = db.execute(f"{_PROJECTS} WHERE projects.id = ?", [project_id]).fetchone()
    return None if row is None else StoredProject(*row)


def notices_of(db: sqlite3.Connection, project_id: int) -> tuple[ProjectNotice, ...]:
    """Return the notices that tell of a project, in the order of what they tell."""
    rows = db.execute(
        """SELECT article_id, project_notices.stage, at, name, phase, title, url, portal, published,
            withdrawn_at
        FROM project_notices JOIN articles ON articles.id = article_id
        WHERE project_id = ? ORDER BY at, article_id""",
        [project_id],
    )
    return tuple(ProjectNotice(*row) for row in rows)


def projects(db: sqlite3.Connection, filters: Filters, cursor: str, *, limit: int) -> Projects:
    """Return projects that the articles meant by `filters` tell of, the first behind a cursor.

    Raises QueryError for a filter that names nothing, or for what is no cursor.
    """
    match = _PROJECT.fullmatch(cursor)
    if cursor and not match:
        raise _no_cursor(cursor)
    condition, parameters = where(db, filters)
    rows = db.execute(
        f"""{_PROJECTS} WHERE projects.id > ? AND projects.id IN (
            SELECT project_id FROM project_notices
            WHERE article_id IN (SELECT id FROM articles WHERE {condition}))
        ORDER BY projects.id LIMIT ?""",
        [int(match[1]) if match else 0, *parameters, limit + 1],
    )
    found = [StoredProject(*row) for row in rows]
    more = len(found) > limit
    last = f"project_{found[limit - 1].project_id}" if more else None
    return Projects(tuple(found[:limit]), last)


def facts(
    db: sqlite3.Connection, filters: Filters, kind: str | None, cursor: str, *, limit: int
) -> SourcedFacts:
    """Return facts of the articles meant by `filters`, of a kind if one is given, the first
    behind a cursor.

    Raises QueryError for a filter that names nothing, or for what is no cursor.
    """
    match = _FACT.fullmatch(cursor)
    if cursor and not match:
        raise _no_cursor(cursor)
    # By place in the text, and not by number: what is read again gets a new one.
    last = [*map(int, match.groups()[:4]), match[5]] if match else [0, 0, 0, 0, ""]
    condition, parameters = where(db, filters)
    # Without filters SQLite would list every article first.
    those = f"IN (SELECT id FROM articles WHERE {condition})" if filters != Filters() else "> 0"
    rows = db.execute(
        f"""SELECT {_SOURCED} FROM fact_sources
        WHERE article_id >= ? AND {_PLACE} > (?, ?, ?, ?, ?) AND (? IS NULL OR kind = ?)
        AND article_id {those}
        ORDER BY article_id, field = 'body', start, stop, kind LIMIT ?""",
        [last[0], *last, kind, kind, *parameters, limit + 1],
    )
    found = [sourced(*row) for row in rows]
    more = len(found) > limit
    return SourcedFacts(tuple(found[:limit]), _cursor_of(found[limit - 1]) if more else None)


_PLACE = "(article_id, field = 'body', start, stop, kind)"
_PROJECTS = """SELECT projects.id, projects.name, investor, place_code, regions.full_name,
    projects.zone, industry, invested, unit, basis, projects.stage, first_at, last_at, notices,
    article_id, title, url, portal
FROM projects JOIN articles ON articles.id = article_id
LEFT JOIN regions ON regions.code = place_code"""


def _cursor_of(fact: SourcedFact) -> str:
    in_body = int(fact.field == "body")
    return f"{fact.article_id}_{in_body}_{fact.start}_{fact.stop}_{fact.kind}"


def _no_cursor(cursor: str) -> QueryError:
    return QueryError(f"{cursor[:40]!r} is no cursor: take that of the page before")

"""What a span of time brought: notices, projects, money, edits, withdrawals, stories told again.

News is what came into the archive in the span and was not old at its portal by then (as
`articles.stored.was_out_before` has it): by publication alone, what was saved late would be in no
digest, and by archiving alone, all that a first crawl finds would be news.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cqcrawler.archive.articles.around import came_out
from cqcrawler.archive.file.values import timestamp
from cqcrawler.text.clock import BEIJING

# A figure leads to so many of its notices.
_MOST_SOURCES = 8


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` until `until`, aware, both included."""

    since: datetime
    until: datetime

    @property
    def parameters(self) -> dict[str, str]:
        return {
            "since": timestamp(self.since),
            "until": timestamp(self.until),
            "day": self.since.astimezone(BEIJING).date().isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Source:
    """A notice that a figure leads to."""

    id: int
    url: str
    title: str
    portal: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A project whose first notice is news; `sources` are those of its notices that came first."""

    name: str
    investor: str | None
    place: str | None
    industry: str | None
    invested: float | None
    unit: str | None
    stage: str | None
    notices: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """What was promised under one name in one currency, and by how many notices."""

    name: str | None
    unit: str
    promised: float
    notices: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a notice, and when; `detail` is what else there is to say."""

    source: Source
    at: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Retold:
    """A story that was told again in the span: the telling that leads, and the copies."""

    leader: Source
    copies: tuple[Source, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Some:
    """The first of many things, and how many there are."""

    items: tuple[Any, ...]
    count: int


class Bulletin:
    """Answers about spans of one open archive; withdrawn notices are in no sum."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def news(self, span: Span, most: int) -> Some:
        """Return the notices that are news (`Source`), the newest first."""
        return self._some(_NEWS_LISTED, span, most, Source)

    def count_late(self, span: Span) -> int:
        """Return how many notices came into the archive that were old at their portal."""
        return int(self._db.execute(_LATE, span.parameters).fetchone()[0])

    def projects(self, span: Span, most: int) -> Some:
        """Return the projects (`Undertaking`) first told of, the largest in yuan first.

        What a notice tells of long afterwards is old news and no new project.
        """
        found = self._some(_NEW_PROJECTS, span, most, lambda *row: row)
        items = tuple(
            Undertaking(*(*row, self._sources_of_project(number))) for number, *row in found.items
        )
        return Some(items, found.count)

    def by_industry(self, span: Span) -> list[Sum]:
        """Return what was promised by industry; a notice that names several counts in each."""
        return self._sums(_BY_INDUSTRY, span)

    def by_place(self, span: Span) -> list[Sum]:
        """Return what was promised by city, in municipalities by district."""
        return self._sums(_BY_PLACE, span)

    def promised(self, span: Span) -> list[Sum]:
        """Return what was promised altogether, by currency."""
        return self._sums(_ALTOGETHER, span)

    def changed(self, span: Span, most: int) -> Some:
        """Return the notices (`Event`) that were edited, the latest first."""
        return self._some(_CHANGED, span, most, _event)

    def withdrawn(self, span: Span, most: int) -> Some:
        """Return the notices (`Event`) that were withdrawn, the latest first."""
        return self._some(_WITHDRAWN, span, most, _event)

    def stale(self, span: Span, most: int) -> Some:
        """Return news (`Event`) of what was over long before; its detail says when that was."""
        return self._some(_STALE, span, most, _event)

    def retold(self, span: Span, most: int) -> Some:
        """Return the stories (`Retold`) of which copies came, those of most copies first."""
        found = self._some(_RETOLD, span, most, lambda *row: row)
        items = []
        for story, count, *leader in found.items:
            rows = self._db.execute(_COPIES, span.parameters | {"story": story})
            copies = tuple(Source(*row) for row in rows)
            items.append(Retold(Source(*leader), copies, count))
        return Some(tuple(items), found.count)

    def sources(self, ids: Iterable[int]) -> tuple[Source, ...]:
        """Return notices by their numbers."""
        rows = (self._db.execute(f"{_SOURCE} WHERE articles.id = ?", [key]) for key in ids)
        return tuple(Source(*row) for found in rows for row in found)

    def _some(self, sql: str, span: Span, most: int, make: Any) -> Some:
        parameters = span.parameters | {"most": most}
        items = tuple(make(*row) for row in self._db.execute(f"{sql} LIMIT :most", parameters))
        count = len(items)
        if count == most:
            (count,) = self._db.execute(f"SELECT count(*) FROM ({sql})", parameters).fetchone()
        return Some(items, count)

    def _sources_of_project(self, number: int) -> tuple[Source, ...]:
        rows = self._db.execute(_OF_PROJECT, [number, _MOST_SOURCES])
        return tuple(Source(*row) for row in rows)

    def _sums(self, sql: str, span: Span) -> list[Sum]:
        sums: dict[tuple[str | None, str], list[Any]] = {}
        for name, unit, article_id, promised in self._db.execute(sql, span.parameters):
            held = sums.setdefault((name, unit), [0.0, {}])
            held[0] += promised
            held[1][article_id] = None
        found = [
            Sum(name, unit, total, len(ids), self.sources([*ids][:_MOST_SOURCES]))
            for (name, unit), (total, ids) in sums.items()
        ]
        return sorted(found, key=lambda one: (one.unit != "CNY", -one.promised, one.name or ""))


def _event(at: str, detail: str, *source: Any) -> Event:
    return Event(Source(*source), at, detail)


_COLUMNS = "articles.id, articles.url, articles.title, articles.portal, articles.published"
_SOURCE = f"SELECT {_COLUMNS} FROM articles"

_CAME = "articles.first_seen BETWEEN :since AND :until AND articles.withdrawn_at IS NULL"
_IS_NEWS = """(articles.published IS NULL
    OR articles.published >= min(:day, date(articles.first_seen, '+8 hours', '-7 days')))"""
_NEWS = f"SELECT id FROM articles WHERE {_CAME} AND {_IS_NEWS}"

_NEWS_LISTED = f"""{_SOURCE} WHERE {_CAME} AND {_IS_NEWS}
ORDER BY articles.published DESC, articles.id DESC"""
_LATE = f"SELECT count(*) FROM articles WHERE {_CAME} AND NOT {_IS_NEWS}"

_NEW_PROJECTS = f"""
SELECT projects.id, projects.name, investor, coalesce(projects.zone, regions.full_name),
    industry, invested, unit, projects.stage, notices
FROM projects JOIN articles ON articles.id = projects.article_id
LEFT JOIN regions ON regions.code = place_code
WHERE {_CAME} AND {_IS_NEWS} AND articles.stale IS NOT 1
ORDER BY unit IS NOT 'CNY', invested DESC, projects.name, projects.id"""
_OF_PROJECT = f"""
SELECT {_COLUMNS} FROM project_notices JOIN articles ON articles.id = article_id
WHERE project_id = ? AND articles.withdrawn_at IS NULL
ORDER BY at, articles.id LIMIT ?"""

_SUMMED = f"""investments WHERE promised IS NOT NULL AND stale IS NOT 1
    AND investments.article_id IN ({_NEWS})
ORDER BY promised DESC, investments.article_id"""
_ALTOGETHER = f"SELECT NULL, unit, article_id, promised FROM {_SUMMED}"
_BY_PLACE = f"""
SELECT province || CASE WHEN city = province OR city IS NULL THEN coalesce(district, '')
    ELSE city END, unit, article_id, promised FROM {_SUMMED}"""
_BY_INDUSTRY = f"""
SELECT name, unit, investments.article_id, promised
FROM investments LEFT JOIN (SELECT DISTINCT article_id, name FROM article_industries) AS named
ON named.article_id = investments.article_id
WHERE {_SUMMED.partition(" WHERE ")[2]}"""

_CHANGED = f"""
SELECT max(captured_at), '', {_COLUMNS}
FROM article_versions JOIN articles ON articles.id = article_id
WHERE article_versions.version > 1 AND captured_at BETWEEN :since AND :until
GROUP BY articles.id ORDER BY 1 DESC, articles.id DESC"""
_WITHDRAWN = f"""
SELECT withdrawn_at, '', {_COLUMNS} FROM articles
WHERE withdrawn_at BETWEEN :since AND :until ORDER BY 1 DESC, articles.id DESC"""
_STALE = f"""
SELECT first_seen, coalesce(event_text, event_to, ''), {_COLUMNS} FROM articles
WHERE stale = 1 AND {_CAME} AND {_IS_NEWS}
ORDER BY articles.published DESC, articles.id DESC"""
_FIRST = f"""(SELECT id FROM articles AS other WHERE other.story_id = articles.story_id
    ORDER BY {came_out("other")} LIMIT 1)"""
_RETOLD = f"""
SELECT articles.story_id, count(*), {_COLUMNS.replace("articles.", "first.")}
FROM articles JOIN articles AS first ON first.id = {_FIRST} AND first.id <> articles.id
WHERE {_CAME} GROUP BY articles.story_id ORDER BY 2 DESC, articles.story_id"""
_COPIES = f"""
{_SOURCE} WHERE articles.id <> {_FIRST} AND {_CAME} AND story_id = :story
ORDER BY articles.id LIMIT {_MOST_SOURCES}"""

"""Articles as the archive holds them, read back into Python."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from cqcrawler.archive.articles.articles import Change
from cqcrawler.archive.articles.novelty import Novelty, novelty
from cqcrawler.archive.articles.stated import (
    StoredActor,
    StoredDate,
    StoredFact,
    actors_of,
    dates_of,
    facts_of,
    names_of,
)
from cqcrawler.archive.file.values import digest_of, timestamp
from cqcrawler.archive.search.filters import Filters, where
from cqcrawler.models import Attachment, Evidence, Link, Record, RemovedParagraph
from cqcrawler.text.clock import BEIJING


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """A row of `articles` with its tags, links, attachments, and with what it states.

    `published`, `event_from` and `event_to` are ISO dates in Beijing time; the times are ISO 8601
    in UTC. `stale` and `facts_version` are None where facts were not read yet; `industries` and
    `places` are names.
    """

    id: int
    portal: str
    url: str
    title: str
    region: str | None
    region_code: str | None
    province: str | None
    city: str | None
    district: str | None
    zone: str | None
    published: str | None
    section: str | None
    section_kind: str | None
    source: str | None
    author: str | None
    body: str
    body_chars: int
    version: int
    first_seen: str
    last_seen: str
    changed_at: str | None
    withdrawn_at: str | None
    provenance: Mapping[str, Evidence]
    warnings: tuple[str, ...]
    reader_version: str
    event_from: str | None
    event_to: str | None
    event_text: str | None
    stale: bool | None
    stage: str | None
    facts_version: str | None
    story_id: int
    tags: tuple[str, ...]
    related: tuple[Link, ...]
    attachments: tuple[Attachment, ...]
    industries: tuple[str, ...]
    places: tuple[str, ...]
    actors: tuple[StoredActor, ...]
    dates_ahead: tuple[StoredDate, ...]
    facts: tuple[StoredFact, ...]

    @property
    def updated(self) -> str:
        """When it was first archived, edited or withdrawn, whatever came last."""
        return max(filter(None, (self.first_seen, self.changed_at, self.withdrawn_at)))

    @property
    def invested(self) -> float | None:
        """The largest investment that it states in yuan, as searches sort by; a region's
        statistics and parts of another amount left out."""
        stated = (
            fact.value
            for fact in self.facts
            if fact.kind == "investment"
            and fact.unit == "CNY"
            and fact.role != "part"
            and fact.scope != "statistic"
        )
        return max(stated, default=None)

    @property
    def investors(self) -> tuple[str, ...]:
        """The firms that it says invest."""
        return tuple(dict.fromkeys(one.name for one in self.actors if one.role == "investor"))


@dataclass(frozen=True, slots=True)
class Version:
    """A row of `article_versions`: the article as it was from `captured_at` on."""

    version: int
    captured_at: str
    run_id: int
    title: str
    region: str | None
    published: str | None
    body: str
    reader_version: str


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """A row of `article_versions` with the portal and address of its article."""

    article_id: int
    portal: str
    url: str
    version: int
    captured_at: str
    run_id: int
    title: str
    region: str | None
    published: str | None
    body: str
    reader_version: str


@dataclass(frozen=True, slots=True)
class RawPage:
    """The raw page that a version of an article was read from; None where none was kept."""

    portal: str
    url: str
    title: str
    record: Record | None


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """What last happened to an article and when, with enough to list it."""

    change: Change
    at: str
    id: int
    title: str
    published: str | None
    region: str | None
    portal: str
    url: str


def was_out_before(article: ChangedArticle, since: datetime) -> bool:
    """Whether an article that is new to the archive since then was old at its portal by then.

    What a portal dates back by a few days, or was not looked at for as long, is new.
    """
    if article.change is not Change.NEW or article.published is None:
        return False
    is_before = article.published < since.astimezone(BEIJING).date().isoformat()
    return is_before and novelty(article.at, article.published) is Novelty.FIRST_ARCHIVED


# The columns of `articles` that StoredArticle takes as they are.
_LISTS = {
    "tags",
    "related",
    "attachments",
    "industries",
    "places",
    "actors",
    "dates_ahead",
    "facts",
}
_MADE = {"provenance", "warnings", *_LISTS}
PLAIN_COLUMNS = [field.name for field in fields(StoredArticle) if field.name not in _MADE]


def one(db: sqlite3.Connection, key: int | str) -> StoredArticle | None:
    """Return the article with this id or URL."""
    column = "id" if isinstance(key, int) else "url"
    return next(_select(db, f"WHERE {column} = ?", [key]), None)


def ids(db: sqlite3.Connection, urls: Iterable[str]) -> dict[str, int]:
    """Return the ids of those addresses that have an article."""
    find = "SELECT id FROM articles WHERE url = ?"
    found = ((url, db.execute(find, [url]).fetchone()) for url in urls)
    return {url: row[0] for url, row in found if row}


def address_with(db: sqlite3.Connection, portal: str, body: str, other_than: str) -> str | None:
    """Return the address of a portal's article with this text, not at `other_than`."""
    row = db.execute(
        "SELECT url FROM articles WHERE body_hash = ? AND portal = ? AND url <> ? LIMIT 1",
        [digest_of(body), portal, other_than],
    ).fetchone()
    return row[0] if row else None


def many(db: sqlite3.Connection, filters: Filters) -> Iterator[StoredArticle]:
    """Return the articles meant by `filters`, newest first, read as they are asked for."""
    condition, parameters = where(db, filters)
    # The index gives the order, so that nothing is sorted in memory.
    order = f"INDEXED BY articles_newest WHERE {condition} ORDER BY published DESC, id DESC"
    return _select(db, order, parameters)


def versions(db: sqlite3.Connection, article_id: int) -> list[Version]:
    """Return every version of an article, oldest first."""
    rows = db.execute(
        """SELECT version, captured_at, run_id, title, region, published, body, reader_version
        FROM article_versions WHERE article_id = ? ORDER BY version""",
        [article_id],
    )
    return [Version(*row) for row in rows]


def raw_pages(db: sqlite3.Connection, articles: Iterable[int]) -> Iterator[RawPage]:
    """Return the raw page of every version of these articles, in their order, oldest first."""
    for article_id in articles:
        rows = db.execute(
            """SELECT portal, url, v.title, v.warc_file, v.warc_offset
            FROM article_versions AS v JOIN articles ON articles.id = article_id
            WHERE article_id = ? ORDER BY v.version""",
            [article_id],
        )
        for portal, url, title, file, offset in rows.fetchall():
            yield RawPage(portal, url, title, Record(file, offset) if file else None)


def all_versions(db: sqlite3.Connection, articles: Iterable[int]) -> Iterator[ArticleVersion]:
    """Return every version of these articles, in their order, oldest first.

    Each article is asked for its versions when its turn comes.
    """
    for article_id in articles:
        rows = db.execute(
            """SELECT article_id, portal, url, v.version, captured_at, run_id, v.title, v.region,
                v.published, v.body, v.reader_version
            FROM article_versions AS v JOIN articles ON articles.id = article_id
            WHERE article_id = ? ORDER BY v.version""",
            [article_id],
        ).fetchall()
        yield from (ArticleVersion(*row) for row in rows)


def removed(db: sqlite3.Connection, article_id: int) -> list[RemovedParagraph]:
    """Return what is not in the body of the present version, by rule, in page order."""
    rows = db.execute(
        """SELECT position, rule, text FROM removed_text
        JOIN articles ON articles.id = article_id AND articles.version = removed_text.version
        WHERE article_id = ? ORDER BY position, removed_text.rowid""",
        [article_id],
    )
    return [RemovedParagraph(*row) for row in rows]


def changes(db: sqlite3.Connection, since: datetime) -> Iterator[ChangedArticle]:
    """Return the articles that are new, changed or withdrawn since then, latest first.

    One that is several of these is withdrawn before it is new, and new before it is changed.
    """
    rows = db.execute(_CHANGES, {"since": timestamp(since)})
    return (ChangedArticle(Change(change), *row) for change, *row in rows)


_CHANGES = """
SELECT
    CASE WHEN withdrawn_at >= :since THEN 'withdrawn'
        WHEN first_seen >= :since THEN 'new' ELSE 'changed' END AS change,
    CASE WHEN withdrawn_at >= :since THEN withdrawn_at
        WHEN first_seen >= :since THEN first_seen ELSE changed_at END AS at,
    id, title, published, region, portal, url
FROM articles WHERE id IN (
    SELECT id FROM articles WHERE first_seen >= :since
    UNION ALL SELECT id FROM articles WHERE changed_at >= :since
    UNION ALL SELECT id FROM articles WHERE withdrawn_at >= :since)
ORDER BY at DESC, id DESC
"""


def _select(db: sqlite3.Connection, clauses: str, parameters: list[Any]) -> Iterator[StoredArticle]:
    columns = ", ".join([*PLAIN_COLUMNS, "provenance", "warnings"])
    cursor = db.execute(f"SELECT {columns} FROM articles {clauses}", parameters)
    cursor.row_factory = sqlite3.Row
    return (_stored(db, row) for row in cursor)


def _stored(db: sqlite3.Connection, row: sqlite3.Row) -> StoredArticle:
    provenance = json.loads(row["provenance"])
    plain = {name: row[name] for name in PLAIN_COLUMNS}
    if plain["stale"] is not None:
        plain["stale"] = bool(plain["stale"])
    return StoredArticle(
        **plain,
        provenance={name: Evidence(**evidence) for name, evidence in provenance.items()},
        warnings=tuple(json.loads(row["warnings"])),
        tags=tuple(tag for (tag,) in _list(db, "article_tags", "tag", row["id"])),
        related=tuple(
            Link(*link) for link in _list(db, "related_links", "url, title, published", row["id"])
        ),
        attachments=tuple(
            Attachment(*file) for file in _list(db, "attachments", "url, name, kind", row["id"])
        ),
        industries=names_of(db, "article_industries", row["id"]),
        places=names_of(db, "article_places", row["id"]),
        actors=actors_of(db, row["id"]),
        dates_ahead=dates_of(db, row["id"]),
        facts=facts_of(db, row["id"]),
    )


def _list(db: sqlite3.Connection, table: str, columns: str, article_id: int) -> sqlite3.Cursor:
    return db.execute(
        f"SELECT {columns} FROM {table} WHERE article_id = ? ORDER BY position", [article_id]
    )

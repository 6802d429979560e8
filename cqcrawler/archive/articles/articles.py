"""What becomes of an article when its page was fetched again: new, changed, withdrawn, or not."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from cqcrawler.archive.file.values import insert, timestamp, to_json, update
from cqcrawler.archive.search import index
from cqcrawler.models import Article, Gone, PageResult, ReadNotice, Unchanged


class Change(StrEnum):
    """What a page did to the archive; NONE when it concerns no article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    NONE = "none"


# An edit at the portal is a difference in one of these.
_EDITABLE = ("title", "region", "published", "body_hash")

# The columns of `articles` that are fields of an article as they are.
_PLAIN = (
    *("title", "region", "region_code", "province", "city", "district", "zone"),
    *("published", "section", "source", "author", "body"),
)
# All that is read, and what of it is kept of every version.
READ = (*_PLAIN, "provenance", "warnings")
VERSIONED = ("title", "region", "published", "body")
LISTS = ("article_tags", "related_links", "attachments")


def record_article(
    db: Database, result: PageResult, run_id: int, before: Article | None = None
) -> Change:
    """Bring the article of a page to what the page came to, inside the caller's transaction.

    `before` stands for what the archive holds when it is asked whether the portal edited it.
    """
    known = _find(db, result.visit.url)
    if isinstance(result, ReadNotice):
        if known is None:
            return _add(db, result, run_id)
        return _replace(db, result, run_id, known, before)
    if known is None:
        return Change.NONE
    if isinstance(result, Gone):
        return _withdraw(db, result, known)
    if isinstance(result, Unchanged):
        return _touch(db, result, known["id"])
    return Change.NONE


def _find(db: Database, url: str) -> sqlite3.Row | None:
    cursor = db.conn.execute(
        """SELECT articles.*, pages.digest FROM articles LEFT JOIN pages USING (url)
        WHERE articles.url = ?""",
        [url],
    )
    cursor.row_factory = sqlite3.Row
    row: sqlite3.Row | None = cursor.fetchone()
    return row


def _add(db: Database, result: ReadNotice, run_id: int) -> Change:
    now = timestamp(result.visit.fetched_at)
    seen = {"url": result.visit.url, "version": 1, "first_seen": now, "last_seen": now}
    article_id = insert(db, "articles", _fields(db, result, run_id) | seen)
    _write_parts(db, article_id, result, run_id)
    return Change.NEW


def _replace(
    db: Database, result: ReadNotice, run_id: int, known: sqlite3.Row, before: Article | None
) -> Change:
    fields = _fields(db, result, run_id)
    was = columns_of(before, "") if before else known
    same = _same_bytes(result, known)
    edited = not same and any(was[n] != fields[n] for n in _EDITABLE)
    if same and known["published"] and known["reader_version"] == fields["reader_version"]:
        fields["published"] = known["published"]  # 3天前 was meant from the day it came.
    if (known["title"], known["body"]) != (fields["title"], fields["body"]):
        index.forget(db, known["id"])
    if edited:
        fields["version"] = known["version"] + 1
        fields["changed_at"] = timestamp(result.visit.fetched_at)
    _touch(db, result, known["id"])
    if changed := {name: value for name, value in fields.items() if known[name] != value}:
        update(db, "articles", known["id"], changed)
    _write_parts(db, known["id"], result, run_id)
    return Change.CHANGED if edited else Change.UNCHANGED


def _same_bytes(result: ReadNotice, known: sqlite3.Row) -> bool:
    # Then whatever differs is our reading of them, and nobody has edited anything.
    return result.visit.digest is not None and result.visit.digest == known["digest"]


def _withdraw(db: Database, result: Gone, known: sqlite3.Row) -> Change:
    if known["withdrawn_at"] is not None:
        return Change.UNCHANGED
    update(db, "articles", known["id"], {"withdrawn_at": timestamp(result.visit.fetched_at)})
    return Change.WITHDRAWN


def _touch(db: Database, result: ReadNotice | Unchanged, article_id: int) -> Change:
    seen = {"last_seen": timestamp(result.visit.fetched_at), "withdrawn_at": None}
    update(db, "articles", article_id, seen)
    return Change.UNCHANGED


def _fields(db: Database, result: ReadNotice, run_id: int) -> dict[str, Any]:
    (version,) = db.conn.execute("SELECT version FROM runs WHERE id = ?", [run_id]).fetchone()
    return {**columns_of(result.article, version), "portal": result.visit.portal}


def columns_of(article: Article, reader_version: str) -> dict[str, Any]:
    """Return what `articles` holds of an article as it was read."""
    return {
        **{name: getattr(article, name) for name in _PLAIN},
        "body_chars": len(article.body),
        "body_hash": hashlib.sha256(article.body.encode()).hexdigest(),
        "provenance": to_json({name: asdict(e) for name, e in article.provenance.items()}),
        "warnings": to_json(article.warnings),
        "reader_version": reader_version,
    }


def _write_parts(db: Database, article_id: int, result: ReadNotice, run_id: int) -> None:
    """Write what hangs on the row of an article, which is up to date already."""
    captured = {
        "id": article_id,
        "at": timestamp(result.visit.fetched_at),
        "run": run_id,
        "warc_file": result.visit.record.file if result.visit.record else None,
        "warc_offset": result.visit.record.offset if result.visit.record else None,
    }
    db.conn.execute(_WRITE_VERSION, captured)
    (version,) = db.conn.execute(_VERSION_OF, [article_id]).fetchone()
    write_removed(db, article_id, version, result.article)
    write_lists(db, article_id, result.article)


def write_removed(db: Database, article_id: int, version: int, article: Article) -> None:
    """Write what cleaning took out of a version, in the place of what is there."""
    db.conn.execute(
        "DELETE FROM removed_text WHERE (article_id, version) = (?, ?)", [article_id, version]
    )
    db.conn.executemany(
        "INSERT INTO removed_text VALUES (?, ?, ?, ?, ?)",
        ((article_id, version, r.position, r.rule, r.text) for r in article.removed),
    )


def write_lists(db: Database, article_id: int, article: Article) -> None:
    """Write the tags, links and attachments of an article, in the place of those there."""
    for table, rows in lists_of(article).items():
        _replace_list(db, table, article_id, rows)


# Read anew, a version keeps the time and run that found it, and names what it was read from.
_WRITE_VERSION = """
INSERT INTO article_versions (article_id, version, captured_at, run_id, title, region, published,
    body, body_hash, reader_version, warc_file, warc_offset)
SELECT id, version, :at, :run, title, region, published, body, body_hash, reader_version,
    :warc_file, :warc_offset
FROM articles WHERE id = :id
ON CONFLICT (article_id, version) DO UPDATE SET
    title = excluded.title,
    region = excluded.region,
    published = excluded.published,
    body = excluded.body,
    body_hash = excluded.body_hash,
    reader_version = excluded.reader_version,
    warc_file = excluded.warc_file,
    warc_offset = excluded.warc_offset
"""

_VERSION_OF = "SELECT version FROM articles WHERE id = ?"


def lists_of(article: Article) -> dict[str, list[tuple[str | None, ...]]]:
    """Return the rows of each list of an article, by its table, without id and position."""
    return {
        "article_tags": [(tag,) for tag in dict.fromkeys(article.tags)],
        "related_links": [(link.title, link.url, link.published) for link in article.related],
        "attachments": [(file.name, file.url, file.kind) for file in article.attachments],
    }


def _replace_list(
    db: Database, table: str, article_id: int, rows: Iterable[tuple[str | None, ...]]
) -> None:
    db.conn.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
    for position, row in enumerate(rows):
        marks = ", ".join("?" * (len(row) + 2))
        db.conn.execute(f"INSERT INTO {table} VALUES ({marks})", [article_id, position, *row])

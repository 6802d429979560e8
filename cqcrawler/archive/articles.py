"""What becomes of an article when its page was fetched again: new, changed, withdrawn, or not."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from cqcrawler.archive import index
from cqcrawler.archive.values import insert, timestamp, to_json, update
from cqcrawler.models import Article, PageResult, PageState


class Change(StrEnum):
    """What a page did to the archive; NONE when it concerns no article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    NONE = "none"


# An edit at the portal is a difference in one of these.
_EDITABLE = ("title", "region", "published", "body_hash")


def record_article(db: Database, result: PageResult, run_id: int) -> Change:
    """Bring the article of a page to what the page came to, inside the caller's transaction."""
    known = _find(db, result.url)
    if result.state is PageState.DONE and result.article is not None:
        if known is None:
            return _add(db, result, run_id)
        return _replace(db, result, run_id, known)
    if known is None or result.listing is not None:
        return Change.NONE
    if result.state is PageState.GONE:
        return _withdraw(db, result, known)
    if result.state is PageState.DONE:
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


def _add(db: Database, result: PageResult, run_id: int) -> Change:
    now = timestamp(result.fetched_at)
    seen = {"url": result.url, "version": 1, "first_seen": now, "last_seen": now}
    article_id = insert(db, "articles", _fields(db, result, run_id) | seen)
    _write_parts(db, article_id, result, run_id)
    return Change.NEW


def _replace(db: Database, result: PageResult, run_id: int, known: sqlite3.Row) -> Change:
    fields = _fields(db, result, run_id)
    edited = not _same_bytes(result, known) and any(known[n] != fields[n] for n in _EDITABLE)
    if (known["title"], known["body"]) != (fields["title"], fields["body"]):
        index.forget(db, known["id"])
    if edited:
        fields["version"] = known["version"] + 1
        fields["changed_at"] = timestamp(result.fetched_at)
    _touch(db, result, known["id"])
    if changed := {name: value for name, value in fields.items() if known[name] != value}:
        update(db, "articles", known["id"], changed)
    _write_parts(db, known["id"], result, run_id)
    return Change.CHANGED if edited else Change.UNCHANGED


def _same_bytes(result: PageResult, known: sqlite3.Row) -> bool:
    # Then whatever differs is our reading of them, and nobody has edited anything.
    return result.digest is not None and result.digest == known["digest"]


def _withdraw(db: Database, result: PageResult, known: sqlite3.Row) -> Change:
    if known["withdrawn_at"] is not None:
        return Change.UNCHANGED
    update(db, "articles", known["id"], {"withdrawn_at": timestamp(result.fetched_at)})
    return Change.WITHDRAWN


def _touch(db: Database, result: PageResult, article_id: int) -> Change:
    seen = {"last_seen": timestamp(result.fetched_at), "withdrawn_at": None}
    update(db, "articles", article_id, seen)
    return Change.UNCHANGED


def _fields(db: Database, result: PageResult, run_id: int) -> dict[str, Any]:
    article = result.article
    assert article is not None
    (version,) = db.conn.execute("SELECT version FROM runs WHERE id = ?", [run_id]).fetchone()
    names = ("title", "region", "region_code", "province", "city", "district", "zone")
    plain = (*names, "published", "section", "source", "author", "body")
    return {
        **{name: getattr(article, name) for name in plain},
        "portal": result.portal,
        "body_chars": len(article.body),
        "body_hash": hashlib.sha256(article.body.encode()).hexdigest(),
        "provenance": to_json({name: asdict(e) for name, e in article.provenance.items()}),
        "warnings": to_json(article.warnings),
        "reader_version": version,
    }


def _write_parts(db: Database, article_id: int, result: PageResult, run_id: int) -> None:
    """Write what hangs on the row of an article, which is up to date already."""
    assert result.article is not None
    captured = {
        "id": article_id,
        "at": timestamp(result.fetched_at),
        "run": run_id,
        "warc_file": result.record.file if result.record else None,
        "warc_offset": result.record.offset if result.record else None,
    }
    db.conn.execute(_WRITE_VERSION, captured)
    db.conn.execute(_CLEAR_REMOVED, [article_id])
    db.conn.executemany(
        _WRITE_REMOVED,
        ((r.position, r.rule, r.text, article_id) for r in result.article.removed),
    )
    for table, rows in _lists(result.article).items():
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

_CLEAR_REMOVED = """
DELETE FROM removed_text
WHERE (article_id, version) IN (SELECT id, version FROM articles WHERE id = ?)
"""

_WRITE_REMOVED = """
INSERT INTO removed_text (article_id, version, position, rule, text)
SELECT id, version, ?, ?, ? FROM articles WHERE id = ?
"""


def _lists(article: Article) -> dict[str, list[tuple[str | None, ...]]]:
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

"""What becomes of an article when its page is fetched again: new, changed, as it was, or back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from cqcrawler.archive.file.connection import Connection
from cqcrawler.archive.file.values import digest_of, timestamp, to_json
from cqcrawler.archive.search import index
from cqcrawler.models import Article, Evidence, PageResult, ReadNotice, Unchanged


class Change(StrEnum):
    """What a page did to the archive; NONE when it concerns no article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    RETURNED = "returned"
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
READ = (*_PLAIN, "section_kind", "provenance", "warnings")
VERSIONED = ("title", "region", "published", "body")
# The tables of what an article has several of, and their columns beside its id and a position.
LISTS = {
    "article_tags": ("tag",),
    "related_links": ("title", "url", "published"),
    "attachments": ("name", "url", "kind"),
    "doubts": ("field", "confidence", "why"),
}
# What is not in the body of a version.
REMOVED = "SELECT position, rule, text FROM removed_text WHERE (article_id, version) = (?, ?)"


def record_article(
    db: Connection, result: PageResult, run_id: int, before: Article | None = None
) -> Change:
    """Bring the article of a page to what the page came to, inside the caller's transaction.

    `before` stands for what the archive holds when it is asked whether the portal edited it.
    """
    known = _find(db, result.visit.url)
    if isinstance(result, ReadNotice):
        if known is None:
            return _add(db, result, run_id)
        return _replace(db, result, run_id, known, before)
    if known is not None and isinstance(result, Unchanged):
        return _touch(db, result, known)
    return Change.NONE  # What is gone is withdrawn when the run knows what else is (`withdrawal`).


def _find(db: sqlite3.Connection, url: str) -> sqlite3.Row | None:
    cursor = db.execute(
        """SELECT articles.*, pages.digest FROM articles LEFT JOIN pages USING (url)
        WHERE articles.url = ?""",
        [url],
    )
    cursor.row_factory = sqlite3.Row
    row: sqlite3.Row | None = cursor.fetchone()
    return row


def _add(db: Connection, result: ReadNotice, run_id: int) -> Change:
    from cqcrawler.archive.articles import statements  # Only writers want it.

    now = timestamp(result.visit.fetched_at)
    fields = _fields(db, result, run_id)
    seen = {"url": result.visit.url, "version": 1, "first_seen": now, "last_seen": now}
    stated = statements.read_if_possible(fields)
    article_id = db.insert("articles", fields | seen | statements.columns_of(stated))
    _add_version(db, (article_id, 1), fields, result, run_id)
    _write_parts(db, (article_id, 1), result)
    statements.write(db, article_id, stated, fields["title"], fields["body"])
    statements.relate(db, article_id, stated, fields)
    return Change.NEW


def _replace(
    db: Connection,
    result: ReadNotice,
    run_id: int,
    known: sqlite3.Row,
    before: Article | None,
) -> Change:
    from cqcrawler.archive.articles import statements  # Only writers want it.

    fields = _fields(db, result, run_id)
    was = columns_of(before, "") if before else known
    same = _same_bytes(result, known)
    edited = not same and any(was[n] != fields[n] for n in _EDITABLE)
    if same and known["published"] and known["reader_version"] == fields["reader_version"]:
        fields["published"] = known["published"]  # 3天前 was meant as of the day it came.
    if (known["title"], known["body"]) != (fields["title"], fields["body"]):
        index.forget(db, known["id"])
    key = (known["id"], known["version"] + edited)
    if edited:
        _add_version(db, key, fields, result, run_id)
        fields |= {"version": key[1], "changed_at": timestamp(result.visit.fetched_at)}
    else:
        # Read again, a version keeps the time and run that found it, and names its new source.
        db.table("article_versions").update(key, of_version(fields) | _source(result))
    found = _touch(db, result, known)
    if changed := {name: value for name, value in fields.items() if known[name] != value}:
        db.table("articles").update(known["id"], changed)
    _write_parts(db, key, result)
    if statements.are_due(known, fields):
        statements.refresh(db, known["id"])
    return Change.CHANGED if edited else found


def _same_bytes(result: ReadNotice, known: sqlite3.Row) -> bool:
    # Then whatever differs is our reading of them, and nobody has edited anything.
    return result.visit.digest is not None and result.visit.digest == known["digest"]


def _touch(db: Connection, result: ReadNotice | Unchanged, known: sqlite3.Row) -> Change:
    seen = {"last_seen": timestamp(result.visit.fetched_at), "withdrawn_at": None}
    db.table("articles").update(known["id"], seen)
    if known["withdrawn_at"] is None:
        return Change.UNCHANGED
    from cqcrawler.archive.articles import stories  # Only writers want it.

    stories.lead_again(db)
    return Change.RETURNED


def _fields(db: sqlite3.Connection, result: ReadNotice, run_id: int) -> dict[str, Any]:
    (version,) = db.execute("SELECT version FROM runs WHERE id = ?", [run_id]).fetchone()
    return {**columns_of(result.article, version), "portal": result.visit.portal}


def columns_of(article: Article, reader_version: str) -> dict[str, Any]:
    """Return what `articles` holds of an article as it was read."""
    return {
        **{name: getattr(article, name) for name in _PLAIN},
        "section_kind": article.section_kind.value if article.section_kind else None,
        "body_chars": len(article.body),
        "body_hash": digest_of(article.body),
        "provenance": written(article.provenance),
        "warnings": to_json(article.warnings),
        "reader_version": reader_version,
    }


def written(provenance: Mapping[str, Evidence]) -> str:
    """Return evidence as `articles` holds it."""
    return to_json({name: asdict(evidence) for name, evidence in provenance.items()})


def of_version(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the columns that are kept of every version."""
    return {name: columns[name] for name in (*VERSIONED, "body_hash", "reader_version")}


def _add_version(
    db: Connection,
    key: tuple[int, int],
    fields: Mapping[str, Any],
    result: ReadNotice,
    run_id: int,
) -> None:
    article_id, version = key
    found = {"captured_at": timestamp(result.visit.fetched_at), "run_id": run_id}
    row = {"article_id": article_id, "version": version, **of_version(fields), **found}
    db.table("article_versions").insert(row | _source(result))


def _source(result: ReadNotice) -> dict[str, str | int | None]:
    record = result.visit.record
    return {
        "warc_file": record.file if record else None,
        "warc_offset": record.offset if record else None,
    }


def _write_parts(db: Connection, key: tuple[int, int], result: ReadNotice) -> None:
    """Write what belongs to an article and its present version, which are there already."""
    write_removed(db, *key, result.article)
    write_lists(db, key[0], result.article)


def write_removed(db: Connection, article_id: int, version: int, article: Article) -> None:
    """Write what is not in the body of a version, in the place of what is there.

    Lists beside a text change from visit to visit, which is no edit: the version has what its
    newest raw page shows.
    """
    key = (article_id, version)
    rows = [(line.position, line.rule, line.text) for line in article.removed]
    if db.execute(f"{REMOVED} ORDER BY rowid", key).fetchall() == rows:
        return
    db.execute("DELETE FROM removed_text WHERE (article_id, version) = (?, ?)", key)
    columns = ("article_id", "version", "position", "rule", "text")
    db.table("removed_text").insert_all([columns, *((*key, *row) for row in rows)])


def write_lists(db: Connection, article_id: int, article: Article) -> None:
    """Write the tags, links, attachments and doubts of an article, in the place of those there."""
    for table, rows in lists_of(article).items():
        if list_of(db, table, article_id) == rows:
            continue
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
        numbered = ((article_id, position, *row) for position, row in enumerate(rows))
        db.table(table).insert_all([("article_id", "position", *LISTS[table]), *numbered])


def list_of(db: sqlite3.Connection, table: str, article_id: int) -> list[tuple[Any, ...]]:
    """Return the rows of a list of an article, as `lists_of` gives them, from the archive."""
    columns = ", ".join(LISTS[table])
    return db.execute(
        f"SELECT {columns} FROM {table} WHERE article_id = ? ORDER BY position", [article_id]
    ).fetchall()


def lists_of(article: Article) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each list of an article, by its table, without id and position."""
    from cqcrawler.doubts import find_doubts  # Only writers want it.

    doubts = find_doubts(article.provenance, article.warnings)
    return {
        "article_tags": [(tag,) for tag in dict.fromkeys(article.tags)],
        "related_links": [(link.title, link.url, link.published) for link in article.related],
        "attachments": [(file.name, file.url, file.kind) for file in article.attachments],
        "doubts": [(doubt.field, doubt.confidence, doubt.why) for doubt in doubts],
    }

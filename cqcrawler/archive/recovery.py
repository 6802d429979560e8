"""Bringing what can be read out of a damaged archive into a new one, row by row.

The damaged file is only copied, and what is done is done to the copy. Tables are read in the
order of their row numbers; where SQLite cannot read on, the next row number is tried, and so on
past the damaged pages. Indexes are not looked at, as the new archive makes its own.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast

from cqcrawler.archive.articles import statements
from cqcrawler.archive.file import doubts, story_tables
from cqcrawler.archive.file.connection import Connection, connect
from cqcrawler.archive.file.files import beside, replacing
from cqcrawler.archive.file.version import SCHEMA_VERSION
from cqcrawler.exceptions import ArchiveError, UsageError

_BLOCK = 2**20
_PAGE = 4096
_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_TABLE_PAGES = (b"\x05", b"\x0d")
# What every archive is given by whoever opens it, and what follows from the articles.
_MADE = (
    *("regions", "industries", "data_dictionary", "_sqlite_migrations", "articles_fts", "doubts"),
    *statements.TABLES,
    *story_tables.TABLES,
)
_LAST = 2**62
# So many rows are tried one by one where SQLite cannot read on; behind them, ever fewer.
_ONE_BY_ONE = 10_000

_NOTHING = (
    "put back a copy that cqcrawler snapshot made, or crawl anew; the raw pages stay as they are"
)

# Called with what is being done, and which share of it is done if that is known.
Watch = Callable[[str, float | None], None]


@dataclass(slots=True)
class Table:
    """What came of a table: rows brought, and rows lost; `lost` is the most it can be.

    `to_its_end` is False where nobody can say how many rows there were behind the last one.
    """

    name: str
    brought: int = 0
    lost: int = 0
    to_its_end: bool = True

    @property
    def whole(self) -> bool:
        return self.to_its_end and not self.lost


@dataclass(slots=True)
class Recovered:
    """What was brought, table by table, and what was made up for from other tables."""

    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return all(table.whole for table in self.tables)


def recover(damaged: Path, new: Path, watch: Watch) -> Recovered:
    """Bring what can be read of the archive at `damaged` into a new one at `new`.

    Raises UsageError for a place that cannot be written or is taken, ArchiveError where nothing
    can be read at all.
    """
    if not damaged.exists():
        raise ArchiveError(f"there is no archive at {damaged}")
    if new.exists():
        raise UsageError(f"{new} exists already: name another file")
    done = Recovered()
    try:
        with replacing(new) as partial, TemporaryDirectory(dir=partial.parent) as folder:
            copy = Path(folder) / "copy.db"
            watch("Copying", None)
            _copy(damaged, copy, done)
            with closing(connect(partial)) as target:
                _fill(copy, target, done, watch)
    except OSError as error:
        raise UsageError(f"cannot write {new}: {error.strerror or error}") from error
    return done


def _copy(damaged: Path, copy: Path, done: Recovered) -> None:
    """Copy a file with its log; what the disk does not give any more becomes zeros."""
    for suffix in ("", "-wal"):
        source = beside(damaged, suffix)
        if source.exists():
            unread = _copy_file(source, copy.with_name(f"{copy.name}{suffix}"))
            if unread:
                done.notes.append(f"{unread} bytes of {source} cannot be read from its disk")
    _mend_beginning(copy, done)


def _copy_file(source: Path, copy: Path) -> int:
    unread = 0
    with source.open("rb", buffering=0) as raw, copy.open("wb") as new:
        old = cast(BinaryIO, raw)
        for at in range(0, source.stat().st_size, _BLOCK):
            block = _read_at(old, at, _BLOCK)
            if block is None:
                pages = [_read_at(old, here, _PAGE) for here in range(at, at + _BLOCK, _PAGE)]
                unread += pages.count(None) * _PAGE
                block = b"".join(bytes(_PAGE) if page is None else page for page in pages)
            new.write(block)
    return unread


def _read_at(file: BinaryIO, at: int, size: int) -> bytes | None:
    try:
        file.seek(at)
        return file.read(size)
    except OSError:
        return None


def _mend_beginning(copy: Path, done: Recovered) -> None:
    """Give a copy that does not begin as a database does the beginning of a new archive.

    A log beside it may have a better one, which SQLite takes then.
    """
    with copy.open("r+b") as file:
        head = file.read(_HEADER + 1)
        if head[:16] == _MAGIC and head[_HEADER:] in _TABLE_PAGES:
            return
        whole_page = head[_HEADER:] not in _TABLE_PAGES
        begin = _beginning(copy)
        file.seek(0)
        file.write(begin if whole_page else begin[:_HEADER])
    done.notes.append(
        "its first page, which says where the tables lie, is lost: it was taken from a new "
        "archive, as those of one version begin alike"
        if whole_page
        else "its header is lost, and was made anew"
    )


def _beginning(copy: Path) -> bytes:
    """Return the first page of a new archive, as that of a file of this length."""
    path = copy.with_name("model.db")
    with closing(connect(path)) as model:
        model.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        begin = bytearray(path.read_bytes()[:_PAGE])
    if not copy.with_name(f"{copy.name}-wal").exists():
        begin[18:20] = b"\1\1"  # Without a log.
    begin[28:32] = (copy.stat().st_size // _PAGE).to_bytes(4)
    begin[32:40] = bytes(8)  # Nor a list of free pages.
    return bytes(begin)


def _fill(copy: Path, target: Connection, done: Recovered, watch: Watch) -> None:
    with closing(sqlite3.connect(copy)) as source:
        # A file that was cut off, or has a fault in its schema, is read no other way.
        source.execute("PRAGMA writable_schema = ON")
        try:
            held = source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        except sqlite3.DatabaseError as error:
            raise ArchiveError(f"nothing can be read of it ({error}): {_NOTHING}") from error
        _restore_definitions(source)
        target.execute("PRAGMA foreign_keys = OFF")
        names = _names(target)
        due = _due(source)
        for number, name in enumerate(names):
            watch(f"Reading {name}", number / len(names))
            if (name,) in held or name in due:
                done.tables.append(_bring(source, target, name, there=(name,) in held))
    if not any(table.brought for table in done.tables):
        raise ArchiveError(f"no row of it can be read: {_NOTHING}")
    watch("Putting together", None)
    _drop_orphans(target, done, _OF_LOST_PAGES)
    _make_up(target, done)
    _drop_orphans(target, done, _ORPHANS)
    with target:
        doubts.fill(target)
        statements.refresh_all(target)
    target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _due(source: sqlite3.Connection) -> Collection[str]:
    """Return what an archive of this schema, which may be an earlier one, should have."""
    from cqcrawler.archive.file.schema import expected

    (version,) = source.execute("PRAGMA user_version").fetchone()
    return expected(version) if 0 < version < SCHEMA_VERSION else expected()


def _names(target: Connection) -> list[str]:
    rows = target.execute(
        """SELECT name FROM sqlite_master WHERE type = 'table'
        AND name NOT LIKE 'articles_fts%' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"""
    )
    return [name for (name,) in rows if name not in _MADE]


def _restore_definitions(source: sqlite3.Connection) -> None:
    from cqcrawler.archive.file.schema import expected

    known = expected()
    rows = source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    unread = [
        name
        for (name,) in rows
        if name in known
        and name not in _MADE
        and not source.execute(f"PRAGMA table_info({name})").fetchone()
    ]
    for name in unread:
        source.execute(
            "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?",
            [known[name][1], name],
        )
    source.commit()
    if unread:
        source.execute("PRAGMA writable_schema = RESET")
        source.execute("PRAGMA writable_schema = ON")


def _bring(source: sqlite3.Connection, target: Connection, name: str, *, there: bool) -> Table:
    table = Table(name)
    held = _columns(source, name) if there else []
    columns = [column for column in _columns(target, name) if column in held]
    if not columns:
        table.to_its_end = False
        return table
    rows = _listed(source, columns, table) if name == "listed" else _rows(source, columns, table)
    place = "" if name == "listed" else "rowid, "
    marks = ", ".join("?" * (len(columns) + bool(place)))
    insert = f"INSERT OR IGNORE INTO {name} ({place}{', '.join(columns)}) VALUES ({marks})"
    with target:
        for row in rows:
            values = dict(zip(columns, row[-len(columns) :], strict=True))
            if _is_as_written(values) and _insert(target, insert, _ready(name, row, columns)):
                table.brought += 1
            else:
                table.lost += 1
    return table


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def _insert(target: Connection, insert: str, row: list[Any]) -> bool:
    try:
        return bool(target.execute(insert, row).rowcount)
    except sqlite3.IntegrityError:  # It is no row of this table, whatever it is.
        return False


def _is_as_written(values: dict[str, Any]) -> bool:
    """Whether a row with a text has the text that it says it has."""
    if "body_hash" not in values:
        return True
    body = values["body"]
    return (
        isinstance(body, str) and hashlib.sha256(body.encode()).hexdigest() == values["body_hash"]
    )


def _ready(name: str, row: tuple[Any, ...], columns: list[str]) -> list[Any]:
    ready = list(row)
    if name == "articles":  # It is not in the full-text index of the new archive yet.
        ready[columns.index("gram_version") - len(columns)] = None
    return ready


def _rows(source: sqlite3.Connection, columns: list[str], table: Table) -> Iterator[Any]:
    """Yield the rows that can be read, each with its number in front."""
    select = f"SELECT rowid, {', '.join(columns)} FROM {table.name} NOT INDEXED"
    return _walk(source, f"{select} WHERE rowid >= ? ORDER BY rowid", 0, table)


def _listed(source: sqlite3.Connection, columns: list[str], table: Table) -> Iterator[Any]:
    """Yield the rows of the one table without row numbers, listing by listing."""
    select = f"SELECT {', '.join(columns)} FROM listed"
    key = columns.index("listing_id")
    return _walk(source, f"{select} WHERE listing_id >= ? ORDER BY listing_id", key, table)


def _walk(source: sqlite3.Connection, sql: str, key: int, table: Table) -> Iterator[Any]:
    at, failures = -1, 0
    while at < _LAST:
        came, reached = 0, at
        try:
            for row in source.execute(sql, [at]):
                if not isinstance(row[key], int) or row[key] < reached:
                    break  # Rows out of order are those of a damaged page.
                reached = row[key]
                if came == 0:
                    table.lost, failures = table.lost + failures, 0
                came += 1
                yield row
            else:
                table.lost += failures
                return
        except (sqlite3.Error, UnicodeDecodeError):
            pass
        step = max(1, failures // 100 if failures > _ONE_BY_ONE else 1)
        failures = step if came else failures + step
        at = (reached if came else at) + step
    table.to_its_end = False


def _make_up(target: Connection, done: Recovered) -> None:
    """Make rows that are lost from what other tables say of them."""
    with target:
        for sql, note in _MADE_UP:
            if count := target.execute(sql).rowcount:
                done.notes.append(note.format(count=count))


def _drop_orphans(target: Connection, done: Recovered, orphans: Iterable[tuple[str, str]]) -> None:
    """Drop the rows that belong to rows which are lost."""
    conditions = dict(orphans)
    with target:
        for table in done.tables:
            if condition := conditions.get(table.name):
                dropped = target.execute(f"DELETE FROM {table.name} WHERE {condition}").rowcount
                table.brought -= dropped
                table.lost += dropped


# In this order, for each relies on those before it.
_MADE_UP = (
    (
        """INSERT INTO articles (id, portal, url, title, region, published, body, body_chars,
            body_hash, version, first_seen, last_seen, changed_at, provenance, warnings,
            reader_version)
        SELECT last.article_id, pages.portal, pages.url, last.title, last.region, last.published,
            last.body, length(last.body), last.body_hash, last.version,
            (SELECT min(captured_at) FROM article_versions AS v
                WHERE v.article_id = last.article_id),
            max(coalesce(pages.fetched_at, ''), last.captured_at),
            iif(last.version > 1, last.captured_at, NULL), '{}', '[]', 'recovered'
        FROM article_versions AS last
        JOIN pages ON pages.warc_file = last.warc_file AND pages.warc_offset = last.warc_offset
        WHERE last.article_id NOT IN (SELECT id FROM articles)
        AND pages.url NOT IN (SELECT url FROM articles)
        AND last.version = (SELECT max(version) FROM article_versions AS v
            WHERE v.article_id = last.article_id)""",
        "{count} articles were put together from their versions: cqcrawler reextract reads their "
        "other fields again, from the raw pages",
    ),
    (
        """INSERT INTO pages (url, portal, kind, state, title, published, found_at)
        SELECT url, portal, 'notice', 'pending', title, published, first_seen FROM articles
        WHERE url NOT IN (SELECT url FROM pages)""",
        "{count} pages were put together from their articles: the next crawl fetches them",
    ),
    (
        """INSERT INTO runs (id, portal, started_at, ended_at, outcome, reason, scope, version,
            whole)
        SELECT run_id, coalesce(max(portal), 'unknown'), min(captured_at), max(captured_at),
            'interrupted', 'its row was lost, and put together from versions', 'recovered',
            max(v.reader_version), 0
        FROM article_versions AS v LEFT JOIN articles ON articles.id = article_id
        WHERE run_id NOT IN (SELECT id FROM runs) GROUP BY run_id""",
        "{count} runs were put together from the versions that they found",
    ),
    (
        """INSERT INTO article_versions (article_id, version, captured_at, run_id, title, region,
            published, body, body_hash, reader_version, warc_file, warc_offset)
        SELECT articles.id, version, coalesce(changed_at, first_seen),
            coalesce((SELECT max(id) FROM runs WHERE runs.portal = articles.portal
                AND started_at <= coalesce(changed_at, first_seen)), (SELECT min(id) FROM runs)),
            articles.title, region, articles.published, body, body_hash, reader_version,
            warc_file, warc_offset
        FROM articles LEFT JOIN pages USING (url)
        WHERE (articles.id, version) NOT IN (SELECT article_id, version FROM article_versions)
        AND EXISTS (SELECT 1 FROM runs)""",
        "{count} versions were put together from their articles",
    ),
    (
        """UPDATE pages SET state = 'pending', taken = 0, etag = NULL, last_modified = NULL
        WHERE kind = 'notice' AND state = 'done' AND url NOT IN (SELECT url FROM articles)""",
        "{count} pages are fetched anew by the next crawl, as their articles are lost",
    ),
)

_OF_ARTICLES = "article_id NOT IN (SELECT id FROM articles)"
_OF_RUNS = "run_id NOT IN (SELECT id FROM runs)"
_OF_PAGES = "listing_id NOT IN (SELECT id FROM pages) OR page_id NOT IN (SELECT id FROM pages)"
# Before pages are put together, which may get the numbers of lost ones.
_OF_LOST_PAGES = (("listed", _OF_PAGES),)
_ORPHANS = (
    ("article_versions", f"{_OF_ARTICLES} OR {_OF_RUNS}"),
    ("article_tags", _OF_ARTICLES),
    ("related_links", _OF_ARTICLES),
    ("attachments", _OF_ARTICLES),
    (
        "removed_text",
        "(article_id, version) NOT IN (SELECT article_id, version FROM article_versions)",
    ),
    ("rejects", f"{_OF_RUNS} OR url NOT IN (SELECT url FROM pages)"),
    ("listed", _OF_RUNS),
    ("watch_told", "watch NOT IN (SELECT name FROM watches)"),
)

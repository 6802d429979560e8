"""Taking one notice out of an archive for good: its rows, and what SQLite would keep of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cqcrawler.archive.articles import projects, statements, stories
from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.archive.file.tombstones import buried, bury
from cqcrawler.archive.search import index
from cqcrawler.models import Record


@dataclass(frozen=True, slots=True)
class Held:
    """What an archive has under an address; `id` and `title` are None without an article. `files`
    are the addresses of those files that no other notice offers, and `records` theirs, too."""

    id: int | None
    title: str | None
    versions: int
    records: frozenset[Record]
    forgotten: bool
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A WARC file that another takes the place of, `new` without some records.

    `offsets` says where in it the others are. `new` is None if nothing is left of the file.
    """

    old: str
    new: str | None
    offsets: Mapping[int, int]


class Forgetting:
    """Forgets notices; the caller holds the lock of the archive."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def held(self, url: str) -> Held | None:
        """Return what there is under an address, None if it is not known."""
        article = self._db.execute(
            "SELECT id, title, version FROM articles WHERE url = ?", [url]
        ).fetchone()
        page = self._db.execute("SELECT 1 FROM pages WHERE url = ?", [url]).fetchone()
        forgotten = bool(buried(self._db, [url]))
        if not (article or page or forgotten):
            return None
        files = tuple(file for (file,) in self._db.execute(_FILES, {"url": url}))
        records: set[Record] = set()
        for address in (url, *files):
            rows = self._db.execute(_RECORDS, {"url": address}).fetchall()
            records |= {Record(*row) for row in rows}
        number, title, versions = article or (None, None, 0)
        return Held(number, title, versions, frozenset(records), forgotten, files)

    def doom(self, file: str) -> None:
        """Have a file deleted by the next writer, unless `forget` is done with it before."""
        with transaction(self._db):
            self._db.execute("INSERT OR IGNORE INTO doomed_files VALUES (?)", [file])

    def forget(self, url: str, moved: Iterable[Moved], at: datetime) -> list[str]:
        """Delete what there is under an address and name the others' records in their new files.

        All in one transaction, after which the old files are doomed. Return the addresses of
        other pages whose raw pages are gone, as they led to this one.
        """
        self._db.execute("PRAGMA secure_delete = ON")
        with transaction(self._db):
            self._delete(url)
            others: set[str] = set()
            for file in moved:
                others |= self._move(file)
            bury(self._db, url, at)
        return sorted(others)

    def scrub(self) -> bool:
        """Rewrite index and file, so that nothing of what was deleted is left in them.

        Returns False where readers keep SQLite's log, which then has it still.
        """
        with transaction(self._db):
            self._db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
        self._db.execute("VACUUM")
        (busy, _, _) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _delete(self, url: str) -> None:
        fields = {"url": url}
        files = self._db.execute(_FILES, fields).fetchall()
        row = self._db.execute("SELECT id FROM articles WHERE url = :url", fields).fetchone()
        if row:
            index.forget(self._db, row[0])
            stories.take_out(self._db, row[0])
            projects.take_out(self._db, row[0])
            for table in _PARTS:
                self._db.execute(f"DELETE FROM {table} WHERE article_id = ?", row)
            self._db.execute("DELETE FROM articles WHERE id = ?", row)
        for address in (url, *(file for (file,) in files)):
            for statement in _DELETE:
                self._db.execute(statement, {"url": address})

    def _move(self, file: Moved) -> set[str]:
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS moved (old INTEGER PRIMARY KEY, new)")
        self._db.execute("DELETE FROM moved")
        self._db.executemany("INSERT INTO moved VALUES (?, ?)", file.offsets.items())
        fields = {"old": file.old, "new": file.new}
        lost = self._db.execute(_LOST, fields).fetchall()
        for table in ("pages", "article_versions"):
            self._db.execute(_MOVE.format(table=table), fields)
        self._db.execute("DELETE FROM doomed_files WHERE file = :new", fields)
        self._db.execute("INSERT OR IGNORE INTO doomed_files VALUES (:old)", fields)
        return {url for (url,) in lost}


# In the order that their foreign keys want.
_PARTS = (
    *("removed_text", "article_tags", "related_links", "attachments", "doubts"),
    *statements.TABLES,
    "article_versions",
)
_DELETE = (
    # Links of other notices print the title.
    "DELETE FROM related_links WHERE url = :url",
    "DELETE FROM rejects WHERE url = :url",
    # What people said of it quotes its words.
    "DELETE FROM fact_corrections WHERE url = :url",
    "DELETE FROM story_corrections WHERE :url IN (url, other_url)",
    "DELETE FROM watch_told WHERE url = :url",
    "DELETE FROM listed WHERE page_id IN (SELECT id FROM pages WHERE url = :url)",
    "DELETE FROM listed WHERE listing_id IN (SELECT id FROM pages WHERE url = :url)",
    "UPDATE pages SET found_on = NULL WHERE found_on = :url",
    "DELETE FROM pages WHERE url = :url",
    """UPDATE runs SET reason = replace(reason, :url, '(forgotten)')
    WHERE instr(reason, :url)""",
)

_FILES = """
SELECT pages.url FROM pages JOIN attachments ON attachments.url = pages.url
JOIN articles ON articles.id = article_id
WHERE pages.kind = 'file' GROUP BY pages.url
HAVING min(articles.url) = :url AND max(articles.url) = :url
"""

_RECORDS = """
SELECT warc_file, warc_offset FROM pages WHERE url = :url AND warc_file IS NOT NULL
UNION
SELECT warc_file, warc_offset FROM article_versions
WHERE article_id IN (SELECT id FROM articles WHERE url = :url) AND warc_file IS NOT NULL
"""

_LOST = """
SELECT url FROM pages WHERE warc_file = :old AND warc_offset NOT IN (SELECT old FROM moved)
UNION
SELECT url FROM article_versions JOIN articles ON articles.id = article_id
WHERE warc_file = :old AND warc_offset NOT IN (SELECT old FROM moved)
"""

_MOVE = """
UPDATE {table} SET
    warc_file = iif(warc_offset IN (SELECT old FROM moved), :new, NULL),
    warc_offset = (SELECT new FROM moved WHERE old = warc_offset)
WHERE warc_file = :old
"""

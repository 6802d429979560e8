"""What was read from raw pages, compared with another reading of them and replaced by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cqcrawler.archive.articles import articles, statements
from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.archive.file.sections import SECTIONS, section_names
from cqcrawler.archive.file.tombstones import without_links
from cqcrawler.archive.search import index
from cqcrawler.archive.search.filters import Filters, count_rows, where
from cqcrawler.models import Article, Record

# Small, so that a batch is written in one short transaction.
BATCH = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """A version of an article and the raw page that it was read from, if that was kept.

    `listed` and `titled` are the date and title that a listing gives the notice, `sections` the
    names of the sections that listings show it under; `present` marks its last version.
    """

    article_id: int
    version: int
    present: bool
    portal: str
    url: str
    listed: str | None
    titled: str | None
    sections: tuple[str, ...]
    record: Record | None
    reader_version: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that another reading of the same raw page gives another value."""

    field: str
    old: Any
    new: Any


class Readings:
    """The readings of an archive."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def portals(self) -> list[tuple[str, str, str]]:
        """Return the name of every portal, and the platform and region it was last read by."""
        # Beside max(), SQLite gives the other columns of the row that has it.
        rows = self._db.execute(
            "SELECT portal, platform, region, max(id) FROM runs GROUP BY portal"
        )
        return [(name, platform, region) for name, platform, region, _ in rows]

    def count(self, filters: Filters) -> int:
        """Return how many versions the articles meant by `filters` have."""
        return count_rows(self._db, "article_versions", filters)

    def batches(self, filters: Filters) -> Iterator[list[Reading]]:
        """Yield the readings of these articles in batches, between which others may write."""
        condition, parameters = where(self._db, filters)
        last: tuple[int, int] = (0, 0)
        while batch := self._db.execute(
            f"{_READINGS.format(condition=condition)}", [*parameters, *last, BATCH]
        ).fetchall():
            yield [_reading(*row) for row in batch]
            last = batch[-1][:2]

    def record_of(self, article_id: int, version: int) -> Record | None:
        """Return where the raw page lies that a version was read from, None if it was not kept."""
        row = self._db.execute(
            """SELECT warc_file, warc_offset FROM article_versions
            WHERE article_id = ? AND version = ? AND warc_file IS NOT NULL""",
            [article_id, version],
        ).fetchone()
        return Record(*row) if row else None

    def differences(self, reading: Reading, article: Article) -> list[Difference]:
        """Return the fields of `article`, read again, that differ from what the archive holds."""
        article = without_links(self._db, article)
        held, read = self._held(reading), _read(article, present=reading.present)
        return [
            Difference(name, held[name], value)
            for name, value in read.items()
            if held[name] != value
        ]

    def replace(
        self, readings: Sequence[tuple[Reading, Article]], versions: Mapping[str, str]
    ) -> list[list[Difference]]:
        """Replace old readings by new ones, in one transaction.

        Neither `version` nor any time changes; `versions` are those of the reader, by portal.
        Return what differed, for each.
        """
        with transaction(self._db):
            return [
                self._replace(reading, article, versions[reading.portal])
                for reading, article in readings
            ]

    def _replace(self, reading: Reading, article: Article, reader_version: str) -> list[Difference]:
        article = without_links(self._db, article)
        differences = self.differences(reading, article)
        if not differences and reading.reader_version == reader_version:
            return []
        if reading.present:
            self._replace_present(reading.article_id, article, differences, reader_version)
        columns = articles.columns_of(article, reader_version)
        key = (reading.article_id, reading.version)
        self._db.table("article_versions").update(key, articles.of_version(columns))
        if any(difference.field == "removed" for difference in differences):
            articles.write_removed(self._db, *key, article)
        return differences

    def _replace_present(
        self,
        article_id: int,
        article: Article,
        differences: Sequence[Difference],
        reader_version: str,
    ) -> None:
        changed = {difference.field for difference in differences}
        if changed & {"title", "body"}:
            index.forget(self._db, article_id)
        columns = articles.columns_of(article, reader_version)
        known = statements.stored(self._db, article_id)
        self._db.table("articles").update(article_id, columns)
        if statements.are_due(known, columns):
            statements.refresh(self._db, article_id)
        if changed & articles.lists_of(article).keys():
            articles.write_lists(self._db, article_id, article)

    def _held(self, reading: Reading) -> Mapping[str, Any]:
        """Return what the archive holds of a version, by the names that `_read` gives."""
        key = _key(reading)
        removed = self._db.execute(
            f"{articles.REMOVED} ORDER BY rowid", [reading.article_id, reading.version]
        ).fetchall()
        if not reading.present:
            row = self._db.execute(_VERSION, key).fetchone()
            return {**dict(zip(articles.VERSIONED, row, strict=True)), "removed": removed}
        names = ", ".join(articles.READ)
        row = self._db.execute(f"SELECT {names} FROM articles WHERE id = :id", key).fetchone()
        lists = {
            table: articles.list_of(self._db, table, reading.article_id) for table in articles.LISTS
        }
        return {**dict(zip(articles.READ, row, strict=True)), **lists, "removed": removed}


def _read(article: Article, *, present: bool) -> dict[str, Any]:
    columns = articles.columns_of(article, "")
    removed = [(part.position, part.rule, part.text) for part in article.removed]
    if not present:
        return {**{name: columns[name] for name in articles.VERSIONED}, "removed": removed}
    named = {name: columns[name] for name in articles.READ}
    return {**named, **articles.lists_of(article), "removed": removed}


def _key(reading: Reading) -> dict[str, int]:
    return {"id": reading.article_id, "version": reading.version}


def _reading(
    article_id: int,
    version: int,
    present: int,
    portal: str,
    url: str,
    listed: str | None,
    titled: str | None,
    sections: str,
    file: str | None,
    offset: int,
    reader: str,
) -> Reading:
    record = Record(file, offset) if file else None
    names = section_names(sections)
    return Reading(
        article_id, version, bool(present), portal, url, listed, titled, names, record, reader
    )


_READINGS = f"""
SELECT article_id, v.version, v.version = articles.version, articles.portal, url,
    pages.published, pages.title, {SECTIONS}, v.warc_file, v.warc_offset, v.reader_version
FROM article_versions AS v
JOIN (SELECT * FROM articles WHERE {{condition}}) AS articles ON articles.id = article_id
LEFT JOIN pages USING (url)
WHERE (article_id, v.version) > (?, ?)
ORDER BY article_id, v.version LIMIT ?
"""

_VERSION = f"""
SELECT {", ".join(articles.VERSIONED)} FROM article_versions
WHERE article_id = :id AND version = :version
"""

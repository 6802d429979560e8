"""Archives that were made before raw pages were kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from cqcrawler.archive import Archive
from cqcrawler.archive.file.version import SCHEMA_VERSION
from cqcrawler.models import PageState, Record

ADDED = {
    "raw_records": [
        (table, column)
        for table in ("pages", "article_versions")
        for column in ("warc_file", "warc_offset")
    ],
    "rules_of_portals": [("runs", "platform"), ("runs", "region")],
}
RECORD = Record("warc/cq/1.warc.gz", 7)


def make_older(path: Path) -> None:
    """Make the archive one that has not seen these migrations yet."""
    with closing(sqlite3.connect(path)) as db, db:
        for (view,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            db.execute(f'DROP VIEW "{view}"')  # They name the columns, and are made anew.
        for migration, columns in ADDED.items():
            db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [migration])
            for table, column in columns:
                db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 2}")


def named(archive: Archive) -> list[Any]:
    return archive._db.execute(
        """SELECT v.warc_file, v.warc_offset, pages.warc_file, pages.warc_offset
        FROM article_versions AS v JOIN articles ON articles.id = article_id
        JOIN pages USING (url)"""
    ).fetchall()


def test_rows_stay_and_name_a_record_once_there_is_one(path: Path, make_crawl: Any) -> None:
    with Archive(path) as archive:
        make_crawl(archive).notice(page={"digest": "d"})
    make_older(path)
    with Archive(path) as archive:
        assert named(archive) == [(None,) * 4]
        assert archive.readings.portals() == [("cq", "", "")]
        assert archive.verification.versions_without_record() == 1
        make_crawl(archive).notice(page={"digest": "d", "record": RECORD})
        assert named(archive) == [(RECORD.file, RECORD.offset) * 2]
        assert archive.versions(1)[0].version == 1


def test_a_page_that_does_not_read_goes_on_naming_what_was_read(crawl: Any) -> None:
    crawl.notice(page={"digest": "d", "record": RECORD})
    later = Record("warc/cq/2.warc.gz", 9)
    crawl.save(state=PageState.FAILED, error="blocked", record=later)
    assert named(crawl.archive) == [(RECORD.file, RECORD.offset) * 2]
    crawl.save("http://h/2", state=PageState.FAILED, error="blocked", record=later)
    source = crawl.archive.frontier.source_of("http://h/2")
    assert source is not None
    assert (source.record, source.digest, source.reader_version) == (later, None, None)

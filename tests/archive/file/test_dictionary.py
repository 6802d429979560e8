from __future__ import annotations

import sqlite3
from pathlib import Path

from cqcrawler.archive import Archive
from cqcrawler.archive.file.dictionary import meanings
from cqcrawler.archive.file.version import SCHEMA_VERSION

_FILE = "cqcrawler/resources/data_dictionary.toml"


def _columns(archive: Archive) -> set[tuple[str, str]]:
    """Every table, view and column of an archive that is meant for its readers."""
    names = archive._db.execute(
        """SELECT name FROM sqlite_master WHERE type IN ('table', 'view')
        AND name NOT LIKE 'articles\\_fts\\_%' ESCAPE '\\' AND name NOT LIKE '\\_%' ESCAPE '\\'"""
    ).fetchall()
    return {
        (name, column)
        for (name,) in names
        for column in (
            "",
            *(row[1] for row in archive._db.execute(f"PRAGMA table_info({name})")),
        )
    }


def _rows(archive: Archive) -> list[tuple[str, ...]]:
    return archive._db.execute("SELECT * FROM data_dictionary").fetchall()


def test_every_table_and_column_is_explained(archive: Archive) -> None:
    explained = {(row.table_name, row.column_name) for row in meanings()}
    missing = [
        f'under [{table}.columns] the line: {column} = ["in English", "中文"]'
        if column
        else f'the table: [{table}] with the line: meaning = ["in English", "中文"]'
        for table, column in sorted(_columns(archive) - explained)
    ]
    assert not missing, f"add to {_FILE}\n" + "\n".join(missing)
    gone = sorted(explained - _columns(archive))
    assert not gone, f"take out of {_FILE} what is no more: {gone}"


def test_every_meaning_is_given_in_both_languages() -> None:
    for row in meanings():
        assert row.meaning_en.isascii(), row
        assert row.meaning_en.endswith("."), row
        assert any("一" <= character <= "鿿" for character in row.meaning_zh), row


def test_whoever_brings_an_archive_up_to_date_gives_it_the_table(path: Path) -> None:
    Archive(path).close()
    conn = sqlite3.connect(path)
    conn.execute("DROP TABLE data_dictionary")
    conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'data_dictionary'")
    conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    conn.commit()
    conn.close()
    with Archive(path, must_exist=True) as archive:
        assert len(_rows(archive)) == len(list(meanings()))


def test_the_table_follows_the_file(archive: Archive) -> None:
    archive._db.execute("UPDATE data_dictionary SET meaning_zh = ''")
    archive._db.commit()
    with Archive(archive.path) as again:
        assert _rows(again) == list(meanings())

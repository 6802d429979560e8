from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.search import index

ALPHABET = "重庆科学城新区5A股 ，\n"


def _random_text(rnd: random.Random) -> str:
    return "".join(rnd.choices(ALPHABET, k=rnd.randrange(30))).strip()


def _words(text: str) -> set[str]:
    """Every 1- to 4-character piece of Chinese."""
    pieces = {text[i : i + n] for i in range(len(text)) for n in (1, 2, 3, 4)}
    return {p for p in pieces if all("一" <= c <= "鿿" for c in p)}


def _count(conn: sqlite3.Connection, sql: str, word: str) -> int:
    return int(conn.execute(sql, [word]).fetchone()[0])


@pytest.fixture
def edited(crawl: Any, archive: Archive) -> Archive:
    """An archive whose notices were edited, withdrawn and brought back, indexed in between."""
    rnd = random.Random(1)
    for _ in range(4):
        for number in range(40):
            url = f"http://h/{number}"
            crawl.notice(url, title=_random_text(rnd), body=_random_text(rnd))
            if rnd.random() < 0.1:
                crawl.withdraw(url)
        archive.index_pending(25)
    archive.index_all()
    return archive


def test_a_bare_match_counts_like_like_in_any_sqlite(edited: Archive) -> None:
    conn = sqlite3.connect(edited.path)
    words = set().union(*(_words(f"{a.title}\n{a.body}") for a in edited))
    assert len(words) > 400
    for word in words | {"学庆学庆"}:
        matched = _count(conn, "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?", word)
        like = "SELECT count(*) FROM articles WHERE title || '\n' || body LIKE '%' || ? || '%'"
        assert matched == _count(conn, like, word), word
    conn.close()


@pytest.mark.parametrize("word", ["5G基站", "A股", "ａ股", "a股", "5g", "BYD", "byd", "2025年"])
def test_a_bare_match_finds_mixed_words(crawl: Any, archive: Archive, word: str) -> None:
    crawl.notice(body="建设5G基站，买A股市场。BYD于2025年7月")
    crawl.notice("http://h/2", body="无")
    archive.index_all()
    rows = archive._db.execute("SELECT rowid FROM articles_fts(?)", [word]).fetchall()
    assert rows == ([] if word == "ａ股" else [(1,)])


def test_an_edit_leaves_nothing_of_the_old_text_in_the_index(edited: Archive) -> None:
    assert _index_terms(edited) == _index_terms_of(edited)


def test_the_index_follows_in_batches(crawl: Any, archive: Archive) -> None:
    for number in range(5):
        crawl.notice(f"http://h/{number}")
    assert [archive.index_pending(2) for _ in range(4)] == [2, 2, 1, 0]


def test_opening_indexes_what_a_dead_run_left(crawl: Any, archive: Archive, path: Path) -> None:
    crawl.notice(body="重庆")
    found = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    assert _count(archive._db, found, "重庆") == 0
    Archive(path, must_exist=True).close()
    assert _count(archive._db, found, "重庆") == 0
    Archive(path).close()
    assert _count(archive._db, found, "重庆") == 1


def test_an_index_by_another_rule_is_built_anew(
    crawl: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "GRAM_VERSION", 0)
    monkeypatch.setattr(index, "tokens", str.upper)
    crawl.notice(body="重庆科学城")
    archive.index_all()
    monkeypatch.undo()
    assert [hit.id for hit in archive.search("科学城")] == [1]
    type(crawl)(archive)
    crawl.notice(body="重庆科学城新区")
    archive.index_all()
    assert _index_terms(archive) == _index_terms_of(archive)
    assert [hit.id for hit in archive.search("新区")] == [1]


def _index_terms(archive: Archive) -> list[Any]:
    conn = archive._db
    conn.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, articles_fts, row)")
    terms = conn.execute("SELECT term, doc FROM temp.terms").fetchall()
    conn.execute("DROP TABLE temp.terms")
    return terms


def _index_terms_of(archive: Archive) -> list[Any]:
    """The terms of a fresh index over the same articles."""
    fresh = sqlite3.connect(":memory:")
    fresh.execute("CREATE VIRTUAL TABLE t USING fts5(grams, content='', detail=none)")
    rows = ((a.id, index.document(a.title, a.body)) for a in archive)
    fresh.executemany("INSERT INTO t (rowid, grams) VALUES (?, ?)", rows)
    fresh.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(t, row)")
    return fresh.execute("SELECT term, doc FROM terms").fetchall()

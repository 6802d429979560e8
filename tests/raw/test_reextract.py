"""Raw pages read again: equal rows by equal rules, and better ones in place by better rules."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from cqcrawler import pipelines
from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.articles import readings as readings_module
from cqcrawler.models import Exchange
from cqcrawler.reextract import reextract
from cqcrawler.run import interpret, reader
from tests import processes
from tests.processes import ROOT

EVERYTHING = Filters()


@pytest.fixture
def outdated(raw, path, monkeypatch):
    """The same, by an older reader that cleaned nothing and knew no region."""
    with monkeypatch.context() as older:
        older.setattr(reader, "reader_version", lambda: "0.0")
        older.setattr(
            interpret, "clean", lambda article, own: replace(article, region=None, place=None)
        )
        return raw.fill(path)


def again(path, filters=EVERYTHING, **options):
    with Archive(path, must_exist=True) as archive:
        return reextract(archive, filters, **options)


@pytest.mark.parametrize("workers", [1, 2])
def test_equal_rules_give_equal_rows(raw, filled, workers):
    before = raw.dump(filled)
    done = again(filled, workers=workers)
    assert (done.versions, done.changed, done.problems) == (10, 0, [])
    assert raw.dump(filled) == before


def test_better_rules_give_what_they_would_have_given_at_once(raw, outdated, tmp_path):
    (tmp_path / "other").mkdir()
    expected = raw.dump(raw.fill(tmp_path / "other/archive.db"), but=("rowid", "warc_offset"))
    done = again(outdated)
    assert (done.versions, done.changed) == (10, 10)
    counts = done.fields[raw.PORTAL.name]
    assert counts["region"] == counts["removed"] == counts["body"] == 10
    assert counts["district"] == 9  # It is kept of present versions only.
    assert raw.dump(outdated, but=("rowid", "warc_offset")) == expected
    assert again(outdated).changed == 0


def test_doubts_of_before_are_those_of_today(raw, filled):
    with closing(sqlite3.connect(filled)) as db, db:
        before = db.execute("SELECT * FROM doubts").fetchall()
        db.execute("DELETE FROM doubts WHERE article_id = 1")
        db.execute("INSERT INTO doubts VALUES (1, 0, 'title', 0.8, 'as it was said once')")
    done = again(filled)
    assert done.fields == {raw.PORTAL.name: {"doubts": 1}}
    with closing(sqlite3.connect(filled)) as db:
        assert db.execute("SELECT * FROM doubts").fetchall() == before


def test_what_the_archive_counts_by_stays(raw, outdated):
    kept = ("version", "first_seen", "last_seen", "changed_at", "withdrawn_at")
    with Archive(outdated, must_exist=True) as archive:
        before = [[getattr(a, name) for name in kept] for a in archive.articles()]
        new = list(archive.changes(raw.AT + timedelta(hours=1)))
        reextract(archive, EVERYTHING)
        assert [[getattr(a, name) for name in kept] for a in archive.articles()] == before
        assert list(archive.changes(raw.AT + timedelta(hours=1))) == new == []
        assert [v.captured_at for v in archive.versions(4)] == [
            "2025-07-20T08:00:04Z",
            "2025-07-20T08:00:10Z",
        ]


def test_search_finds_what_is_read_now(raw, outdated):
    with closing(sqlite3.connect(outdated)) as db, db:
        db.execute("UPDATE articles SET gram_version = NULL, body = '误读文字' WHERE id = 2")
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
        db.execute("UPDATE articles SET gram_version = NULL")
    with Archive(outdated) as archive:
        assert archive.count("误读文字") == 1
        reextract(archive, EVERYTHING)
        assert archive.count("误读文字") == 0
        assert archive.count("第2批项目总投资三十亿元") == 1
        (count,) = archive._db.execute(
            "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH '误读'"
        ).fetchone()
        assert count == 0


def test_a_dry_run_shows_and_writes_nothing(raw, outdated):
    before = raw.dump(outdated)
    done = again(outdated, dry_run=True)
    assert raw.dump(outdated) == before
    assert done.changed == 10
    examples = [e for e in done.examples if e.field == "region"]
    assert [(e.article_id, e.old, e.new) for e in examples] == [
        (number, None, "重庆-渝北区") for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(("filters", "count"), [({"since": "2025-07-08"}, 2), ({}, 10)])
def test_some_articles_only(raw, outdated, filters, count):
    done = again(outdated, Filters(portal=raw.PORTAL.name, **filters))
    assert (done.versions, done.changed) == (count, count)


def test_a_run_that_is_broken_off_has_done_a_part(raw, outdated, monkeypatch, tmp_path):
    monkeypatch.setattr(readings_module, "BATCH", 3)

    def broken_off(batches, count):
        for number, batch in enumerate(batches):
            if number == 2:
                raise KeyboardInterrupt
            yield batch

    with pytest.raises(KeyboardInterrupt):
        again(outdated, show=broken_off)
    with Archive(outdated) as archive:
        done = reextract(archive, EVERYTHING)
        assert (done.versions, done.changed) == (10, 4)
        assert archive.count("园区") == 9
    assert again(outdated).changed == 0


def test_kill_9_leaves_no_workers_and_loses_nothing(raw, path):
    raw.fill(path, 250)
    before = raw.dump(path)
    with closing(sqlite3.connect(path)) as db, db:
        for table in ("articles", "article_versions"):
            db.execute(f"UPDATE {table} SET reader_version = '0.0'")
        command = ["reextract", "--workers", "2", "--archive", str(path)]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        with processes.start("-m", "cqcrawler", *command, env=env) as process:
            db.commit()
            left = "SELECT count(*) FROM articles WHERE reader_version = '0.0'"
            while db.execute(left).fetchone() == (250,):
                assert process.poll() is None
                time.sleep(0.001)
            process.kill()
            # The workers hold the other end of the pipe until they are gone, too.
            process.communicate()
    assert again(path).problems == []
    assert raw.dump(path) == before


def lose(path, sql):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(sql)


def test_what_cannot_be_read_again_stays_and_is_named(raw, outdated, monkeypatch):
    before = raw.dump(outdated, but=("rowid",))
    lose(outdated, "UPDATE article_versions SET warc_file = NULL WHERE article_id = 1")
    lose(outdated, "UPDATE article_versions SET warc_file = 'warc/no.gz' WHERE article_id = 2")
    lose(outdated, "UPDATE article_versions SET warc_offset = 5 WHERE article_id = 3")
    done = again(outdated)
    assert (done.versions, done.changed) == (10, 7)
    reasons = {problem.article_id: problem.reason for problem in done.problems}
    assert reasons[1] == "its raw page was not kept"
    assert (
        reasons[2].endswith("warc/no.gz at 0: No such file or directory") or "no.gz" in reasons[2]
    )
    assert reasons.keys() == {1, 2, 3}
    after = raw.dump(outdated, but=("rowid",))
    assert after["articles"][:3] == before["articles"][:3]
    assert after["articles"][3] != before["articles"][3]


def test_an_error_of_our_own_is_named_and_the_others_are_read(raw, outdated, monkeypatch):
    read = reader.interpret

    def defective(answer, page, portal):
        return 1 // 0 if page.url == raw.url(2) else read(answer, page, portal)

    monkeypatch.setattr(reader, "interpret", defective)
    done = again(outdated)
    (problem,) = done.problems
    assert (problem.url, problem.reason[:33]) == (raw.url(2), "cannot be read: ZeroDivisionError")
    assert done.changed == 9


def test_a_page_that_is_no_notice_to_todays_rules_is_never_emptied(raw, filled):
    with closing(raw.Crawl(filled)) as crawl:
        body = "<html><body><div id='app'></div></body></html>"
        page = Exchange(raw.url(5), "GET", (), 200, (), body.encode(), raw.AT)
        shell = crawl.warc.write([page], None)
    lose(
        filled,
        f"UPDATE article_versions SET warc_file = '{shell.file}', warc_offset = {shell.offset}"
        " WHERE article_id = 5",
    )
    before = raw.dump(filled)
    (problem,) = again(filled).problems
    assert (problem.article_id, problem.url) == (5, raw.url(5))
    assert problem.reason.startswith("no longer reads as a notice: ")
    assert raw.dump(filled) == before


def test_reading_again_cleans_as_the_crawl_does(raw, filled):
    with Archive(filled, must_exist=True) as archive:
        article = archive.article(1)
        removed = archive.removed(1)
    assert article.body.count("第1批项目") == 1
    assert [part.rule for part in removed]
    assert pipelines.cleaned is reader.cleaned

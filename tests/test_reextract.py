"""Raw pages read again: equal rows by equal rules, and better ones in place by better rules."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cqcrawler import cleaning
from cqcrawler.archive import Archive, Filters
from cqcrawler.archive import readings as readings_module
from cqcrawler.models import Exchange
from cqcrawler.portals import Portal
from cqcrawler.reextract import reextract
from cqcrawler.run import reader
from cqcrawler.warc import WarcSettings, WarcWriter

AT = datetime(2025, 7, 20, 8, 0, tzinfo=UTC)
PORTAL = Portal("演示", "演示", ("http://h/",), region="500000")
EVERYTHING = Filters()
TABLES = {
    **dict.fromkeys(("articles", "article_versions", "pages", "articles_fts"), "rowid"),
    **dict.fromkeys(("article_tags", "related_links", "attachments"), "article_id, position"),
    "removed_text": "article_id, version, rowid",
}


def html(number, text="总投资三十亿元，由多家企业共同建设，建成后可以带动上下游配套企业落户。"):
    body = f"第{number}批项目{text}"
    return f"""<html><body><h1>渝北区第{number}批智能制造项目集中签约</h1>
<p>所属地区:重庆-渝北区 发布日期:2025-07-0{number}</p><div><p>{body}</p><p>{body}</p>
<p>园区为企业提供从注册到投产的全程服务，并协调用地、用能和人才政策。</p>
<p><a href="/f/{number}.pdf">附件</a></p></div></body></html>"""


def url(number):
    return f"http://h/info/{number}.html"


class Crawl:
    """A crawl that fetches whatever pages it is given."""

    def __init__(self, path):
        self.archive = Archive(path)
        self.run_id = self.archive.begin_run(
            PORTAL.name,
            scope="full",
            version=reader.reader_version(),
            at=AT,
            region=PORTAL.region,
        )
        self.warc = WarcWriter(path.parent, PORTAL.name, self.run_id, WarcSettings())
        self.at = AT

    def fetch(self, number, body):
        self.at += timedelta(seconds=1)
        headers = ((b"Content-Type", b"text/html; charset=utf-8"),)
        page = Exchange(url(number), "GET", (), 200, headers, body.encode(), self.at)
        record = self.warc.write([page], None)
        notice = reader.notice_page(url(number), None)
        result = reader.read_again(self.archive.path.parent, record, notice, PORTAL)
        return self.archive.save(replace(result, record=record), self.run_id)

    def close(self):
        self.archive.index_all()
        self.archive.close()
        self.warc.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "archive.db"


def fill(path):
    """Nine notices, one with a second version."""
    with closing(Crawl(path)) as crawl:
        for number in range(1, 10):
            crawl.fetch(number, html(number))
        assert (
            crawl.fetch(4, html(4, "总投资调整为九十亿元，其余内容不变，特此更正说明。"))
            == "changed"
        )
    return path


@pytest.fixture
def filled(path):
    return fill(path)


@pytest.fixture
def outdated(path, monkeypatch):
    """The same, by an older reader that cleaned nothing and knew no region."""
    with monkeypatch.context() as older:
        older.setattr(reader, "reader_version", lambda: "0.0")
        older.setattr(reader, "clean", lambda article: replace(article, region=None, place=None))
        return fill(path)


def dump(path, *, but=()):
    """Every row of an archive by its table, some columns left out."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return {
            table: [
                {name: row[name] for name in set(row.keys()) - set(but)}
                for row in db.execute(f"SELECT rowid, * FROM {table} ORDER BY {order}")
            ]
            for table, order in TABLES.items()
        }


def again(path, filters=EVERYTHING, **options):
    with Archive(path, must_exist=True) as archive:
        return reextract(archive, filters, **options)


@pytest.mark.parametrize("workers", [1, 2])
def test_equal_rules_give_equal_rows(filled, workers):
    before = dump(filled)
    done = again(filled, workers=workers)
    assert (done.versions, done.changed, done.problems) == (10, 0, [])
    assert dump(filled) == before


def test_better_rules_give_what_they_would_have_given_at_once(outdated, tmp_path):
    (tmp_path / "other").mkdir()
    expected = dump(fill(tmp_path / "other/archive.db"), but=("rowid", "warc_offset"))
    done = again(outdated)
    assert (done.versions, done.changed) == (10, 10)
    counts = done.fields[PORTAL.name]
    assert counts["region"] == counts["removed"] == counts["body"] == 10
    assert counts["district"] == 9  # It is kept of present versions only.
    assert dump(outdated, but=("rowid", "warc_offset")) == expected
    assert again(outdated).changed == 0


def test_what_the_archive_counts_by_stays(outdated):
    kept = ("version", "first_seen", "last_seen", "changed_at", "withdrawn_at")
    with Archive(outdated, must_exist=True) as archive:
        before = [[getattr(a, name) for name in kept] for a in archive.articles()]
        new = list(archive.changes(AT + timedelta(hours=1)))
        reextract(archive, EVERYTHING)
        assert [[getattr(a, name) for name in kept] for a in archive.articles()] == before
        assert list(archive.changes(AT + timedelta(hours=1))) == new == []
        assert [v.captured_at for v in archive.versions(4)] == [
            "2025-07-20T08:00:04Z",
            "2025-07-20T08:00:10Z",
        ]


def test_search_finds_what_is_read_now(outdated):
    with closing(sqlite3.connect(outdated)) as db, db:
        db.execute("UPDATE articles SET gram_version = NULL, body = '误读文字' WHERE id = 2")
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
        db.execute("UPDATE articles SET gram_version = NULL")
    with Archive(outdated) as archive:
        assert archive.count("误读文字") == 1
        reextract(archive, EVERYTHING)
        assert archive.count("误读文字") == 0
        assert archive.count("第2批项目总投资三十亿元") == 1
        (count,) = archive._db.conn.execute(
            "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH '误读'"
        ).fetchone()
        assert count == 0


def test_a_dry_run_shows_and_writes_nothing(outdated):
    before = dump(outdated)
    done = again(outdated, dry_run=True)
    assert dump(outdated) == before
    assert done.changed == 10
    examples = [e for e in done.examples if e.field == "region"]
    assert [(e.article_id, e.old, e.new) for e in examples] == [
        (number, None, "重庆-渝北区") for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(("filters", "count"), [({"since": "2025-07-08"}, 2), ({}, 10)])
def test_some_articles_only(outdated, filters, count):
    done = again(outdated, Filters(portal=PORTAL.name, **filters))
    assert (done.versions, done.changed) == (count, count)


def test_a_run_that_is_broken_off_has_done_a_part(outdated, monkeypatch, tmp_path):
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


def lose(path, sql):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(sql)


def test_what_cannot_be_read_again_stays_and_is_named(outdated, monkeypatch):
    before = dump(outdated, but=("rowid",))
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
    after = dump(outdated, but=("rowid",))
    assert after["articles"][:3] == before["articles"][:3]
    assert after["articles"][3] != before["articles"][3]


def test_a_page_that_is_no_notice_to_todays_rules_is_never_emptied(filled):
    with closing(Crawl(filled)) as crawl:
        body = "<html><body><div id='app'></div></body></html>"
        page = Exchange(url(5), "GET", (), 200, (), body.encode(), AT)
        shell = crawl.warc.write([page], None)
    lose(
        filled,
        f"UPDATE article_versions SET warc_file = '{shell.file}', warc_offset = {shell.offset}"
        " WHERE article_id = 5",
    )
    before = dump(filled)
    (problem,) = again(filled).problems
    assert (problem.article_id, problem.url) == (5, url(5))
    assert problem.reason.startswith("no longer reads as a notice: ")
    assert dump(filled) == before


def test_reading_again_cleans_as_the_crawl_does(filled):
    with Archive(filled, must_exist=True) as archive:
        article = archive.article(1)
        removed = archive.removed(1)
    assert article.body.count("第1批项目") == 1
    assert [part.rule for part in removed]
    assert cleaning.clean is reader.clean

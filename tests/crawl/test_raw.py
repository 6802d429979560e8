"""The raw pages of a crawl, as WARC tools and the archive see them."""

from __future__ import annotations

import gzip
import os
import sqlite3
import zlib
from contextlib import closing

import brotli
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from cqcrawler.models import Record
from cqcrawler.warc import read_answer
from tests import processes

_ANSWERS = WarcRecordType.response | WarcRecordType.revisit


def warc_files(crawl):
    return sorted((crawl.folder / "warc").rglob("*.warc.gz"))


def records(crawl):
    """Type, address and status of every response and revisit, in order."""
    for path in warc_files(crawl):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=_ANSWERS):
                yield (
                    record.headers["WARC-Type"],
                    record.headers["WARC-Target-URI"],
                    record.http_headers.status_code,
                )


def check(crawl):
    done = processes.run("-m", "warcio.cli", "check", *map(str, warc_files(crawl)))
    assert done.returncode == 0, done.stdout + done.stderr


def rows(crawl, sql):
    with closing(sqlite3.connect(crawl.archive)) as db:
        return db.execute(sql).fetchall()


def payload(crawl, url):
    """The body that the archive names for a page."""
    found = rows(crawl, f"SELECT warc_file, warc_offset FROM pages WHERE url = '{url}'")
    return read_answer(crawl.folder, Record(*found[0])).body


def test_every_page_is_named_with_its_record(site, crawl, pages):
    site.portal(12)
    site.pages[pages.notice_path(3)] = pages.Reply("<h1>404</h1>", 404)
    site.pages[pages.notice_path(4)] = pages.Reply("", 410)
    site.pages[pages.notice_path(5)] = pages.Reply("broken", 500)
    crawl(site.url, "-s", "RETRY_TIMES=0")
    check(crawl)
    found = {url: status for _, url, status in records(crawl)}
    statuses = dict(rows(crawl, "SELECT url, status FROM pages"))
    assert found == statuses
    assert sorted(statuses.values()) == [200] * 11 + [404, 410, 500]
    for url in found:
        body = payload(crawl, url)
        page = site.pages[url.removeprefix(site.url)].body
        assert body.decode() == page
    versions = rows(crawl, "SELECT warc_file, warc_offset FROM article_versions")
    articles = rows(
        crawl, "SELECT warc_file, warc_offset FROM pages JOIN articles USING (url) ORDER BY 1, 2"
    )
    assert sorted(versions) == articles


def test_what_did_not_change_is_a_revisit(site, crawl, pages):
    def unmodified(request):
        if request.headers.get("If-None-Match"):
            return pages.Reply(status=304, headers={"ETag": '"1"'})
        return pages.Reply(pages.notice(1), headers={"ETag": '"1"'})

    site.portal(3)
    site.pages[pages.notice_path(1)] = unmodified
    crawl(site.url)
    named = "SELECT url, warc_file, warc_offset FROM pages ORDER BY url"
    before = rows(crawl, named)
    site.pages[pages.notice_path(2)] = pages.Reply(pages.notice(2, text="更正：总投资为九亿元。"))
    crawl(site.url)
    check(crawl)
    again = {url: (kind, status) for kind, url, status in list(records(crawl))[4:]}
    assert again == {
        f"{site.url}/": ("revisit", 200),
        site.url + pages.notice_path(1): ("revisit", None),
        site.url + pages.notice_path(2): ("response", 200),
        site.url + pages.notice_path(3): ("revisit", 200),
    }
    moved = {new[0] for old, new in zip(before, rows(crawl, named), strict=True) if old != new}
    assert moved == {site.url + pages.notice_path(2)}
    edited = f"SELECT id FROM articles WHERE url = '{site.url}{pages.notice_path(2)}'"
    where = f"WHERE article_id = ({edited})"
    versions = rows(crawl, f"SELECT version, warc_file FROM article_versions {where}")
    assert [file[-12:] for _, file in versions] == ["-001.warc.gz"] * 2
    assert len({file for _, file in versions}) == 2


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)],
)
def test_bodies_are_kept_as_they_came(site, crawl, pages, encoding, pack):
    site.portal(1)
    page = pages.notice(1).encode("gb18030")
    packed = pack(page)
    headers = {"Content-Encoding": encoding, "Content-Type": "text/html; charset=gbk"}
    site.pages[pages.notice_path(1)] = pages.Reply(packed, headers=headers)
    assert crawl(site.url).portal["new"] == 1
    if encoding != "br":  # warcio falls over it, which is why we do not ask for it.
        check(crawl)
    assert site.requests[-1].headers["Accept-Encoding"] == "gzip, deflate"
    (path,) = warc_files(crawl)
    with path.open("rb") as file:
        blocks = [r.reader.read() for r in ArchiveIterator(file, _ANSWERS, parse_http=False)]
    assert blocks[1].endswith(b"\r\n\r\n" + packed)
    assert payload(crawl, site.url + pages.notice_path(1)) == page


def test_redirects_are_kept_with_the_page(site, crawl, pages):
    site.portal(1)
    site.pages["/moved.html"] = site.pages[pages.notice_path(1)]
    site.pages[pages.notice_path(1)] = pages.Reply("", 302, {"Location": "/moved.html"})
    crawl(site.url)
    urls = [(url.removeprefix(site.url), status) for _, url, status in records(crawl)]
    assert urls == [("/", 200), (pages.notice_path(1), 302), ("/moved.html", 200)]
    answer = payload(crawl, site.url + pages.notice_path(1))
    assert answer.decode() == pages.notice(1)


def test_of_tries_the_last_is_kept(site, crawl, pages):
    def busy(request):
        return pages.Reply("busy", 503) if request.earlier < 2 else pages.Reply(pages.notice(1))

    site.portal(1)
    site.pages[pages.notice_path(1)] = busy
    crawl(site.url)
    assert [status for _, _, status in records(crawl)] == [200, 200]


def test_a_page_that_does_not_read_leaves_the_record_of_its_article(site, crawl, pages):
    site.portal(2)
    crawl(site.url)
    url = site.url + pages.notice_path(1)
    site.pages[pages.notice_path(1)] = pages.Reply("<script>var arg1='0123456789ABCDEF';</script>")
    crawl(site.url)
    assert payload(crawl, url).decode() == pages.notice(1)
    assert [kind for kind, at, _ in records(crawl) if at == url] == ["response"] * 2


def test_a_bomb_is_kept_as_it_came(site, crawl, pages):
    site.portal(2)
    bomb = gzip.compress(bytes(3_000_000))
    site.pages[pages.notice_path(1)] = pages.Reply(bomb, headers={"Content-Encoding": "gzip"})
    crawled = crawl(site.url, "-s", "DOWNLOAD_MAXSIZE=1000000")
    assert (crawled.portal["new"], crawled.portal["failed"]) == (1, 1)
    assert len(list(records(crawl))) == 3


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(
            lambda warc: warc.mkdir(mode=0o500),
            marks=pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere"),
        ),
        lambda warc: warc.write_text("a file in the way"),
    ],
)
def test_a_folder_that_cannot_be_written_is_said_at_once(site, crawl, block):
    site.portal(1)
    block(crawl.folder / "warc")
    crawled = crawl(site.url)
    assert (crawled.exit, site.hits) == (2, [])
    assert "cannot write to" in crawled.stderr


def test_kill_9_leaves_files_that_tools_read(site, crawl, pages):
    """Large pages and quick kills, so that some of them meet a record being written."""
    site.portal(60, rows=60)
    for number in range(1, 61):
        noise = os.urandom(300_000).hex()
        page = pages.notice(number).replace("</body>", f"<!-- {noise} --></body>")
        site.pages[pages.notice_path(number)] = pages.Reply(page)
    for hits in (4, 14, 25):
        site.hold(after=hits)
        process = crawl.begin(site.url)
        site.wait_for_hits(hits + 1)
        process.kill()
        crawl.wait(process)
        for file, offset in rows(crawl, "SELECT warc_file, warc_offset FROM article_versions"):
            assert read_answer(crawl.folder, Record(file, offset)).status == 200
    site.release()
    with warc_files(crawl)[-1].open("ab") as file:
        file.write(gzip.compress(os.urandom(999))[:500])
    assert crawl(site.url, "--max-pages", "60").portal["outcome"] == "ok"
    check(crawl)
    assert len(list(records(crawl))) >= 61
    assert run(crawl, "verify")[0] == 0


def run(crawl, *arguments):
    """Run another command on the archive; return its exit code and all that it printed."""
    done = crawl.run(*arguments)
    return done.returncode, done.stdout + done.stderr


def read_by_older_rules(crawl):
    """Make the archive one that an older version crawled, with other titles."""
    with closing(sqlite3.connect(crawl.archive)) as db, db:
        for table in ("articles", "article_versions"):
            db.execute(f"UPDATE {table} SET title = '旧题 ' || title, reader_version = '0.0'")
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
        db.execute("UPDATE articles SET gram_version = NULL")


def test_re_extraction_gives_the_rows_of_the_crawl(site, crawl, pages):
    site.portal(12)
    site.pages["/moved.html"] = site.pages[pages.notice_path(1)]
    site.pages[pages.notice_path(1)] = pages.Reply("", 302, {"Location": "/moved.html"})
    crawl(site.url)
    site.pages[pages.notice_path(3)] = pages.Reply(pages.notice(3, text="更正：总投资为九亿元。"))
    assert crawl(site.url).portal["changed"] == 1
    tables = ("articles", "article_versions", "removed_text", "articles_fts")
    before = [rows(crawl, f"SELECT rowid, * FROM {table}") for table in tables]
    code, printed = run(crawl, "reextract")
    assert (code, "13 read again" in printed, "0 changed" in printed) == (0, True, True)
    assert [rows(crawl, f"SELECT rowid, * FROM {table}") for table in tables] == before
    read_by_older_rules(crawl)
    code, printed = run(crawl, "reextract", "--dry-run", "--workers", "1")
    assert code == 0
    assert "title\t13\n" in printed
    ((old,),) = rows(crawl, "SELECT title FROM articles WHERE id = 1")
    assert f"  - {old}\n  + {old.removeprefix('旧题 ')}\n" in printed
    assert run(crawl, "reextract", "--workers", "1")[0] == 0
    assert [rows(crawl, f"SELECT rowid, * FROM {table}") for table in tables[:3]] == before[:3]


def test_better_rules_are_no_edit_of_the_portal(site, crawl, pages):
    site.portal(3)
    crawl(site.url)
    read_by_older_rules(crawl)
    menu = pages.notice(1).replace("<h1>", "<!-- a new menu --><h1>")
    site.pages[pages.notice_path(1)] = pages.Reply(menu)
    site.pages[pages.notice_path(2)] = pages.Reply(pages.notice(2, text="更正：总投资为九亿元。"))
    report = crawl(site.url).portal
    assert (report["changed"], report["unchanged"]) == (1, 2)
    titles = rows(crawl, "SELECT version, title FROM articles ORDER BY title")
    assert titles == [(1, pages.title(1)), (2, pages.title(2)), (1, pages.title(3))]

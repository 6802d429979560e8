"""A raw page that was lost is fetched again; one that was moved away on purpose is not."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from cqcrawler.models import Record
from cqcrawler.warc import read_answer
from tests import processes


@pytest.fixture
def crawled(site, crawl, pages):
    """A portal with validators, crawled once."""

    def notice(number):
        def answer(request):
            if request.headers.get("If-None-Match"):
                return pages.Reply(status=304, headers={"ETag": '"1"'})
            return pages.Reply(pages.notice(number), headers={"ETag": '"1"'})

        return answer

    site.portal(3)
    for number in (1, 2, 3):
        site.pages[pages.notice_path(number)] = notice(number)
    crawl(site.url)
    (path,) = (crawl.folder / "warc").rglob("*.warc.gz")
    return path


def execute(crawl, sql):
    with closing(sqlite3.connect(crawl.archive)) as db, db:
        return db.execute(sql).fetchall()


def readable(crawl):
    """The pages whose raw page is there, by the archive's own word."""
    rows = execute(crawl, "SELECT url, warc_file, warc_offset FROM pages WHERE kind = 'notice'")
    folder = crawl.archive.parent
    return {url: read_answer(folder, Record(file, at)).body for url, file, at in rows}


def sent(site, pages):
    """Of each notice, whether it was asked for with its validator the last time."""
    last = {request.path: request.headers for request in site.requests}
    return [bool(last[pages.notice_path(n)].get("If-None-Match")) for n in (1, 2, 3)]


def cq(crawl, *arguments):
    return processes.run("-m", "cqcrawler", *arguments, "--archive", str(crawl.archive))


def test_raw_pages_that_are_there_are_not_fetched_again(site, crawl, pages, crawled):
    assert crawl(site.url).portal["unchanged"] == 3
    assert sent(site, pages) == [True, True, True]


def test_a_file_that_is_gone(site, crawl, pages, crawled):
    crawled.unlink()
    crawl(site.url)
    assert sent(site, pages) == [False, False, False]
    assert len(readable(crawl)) == 3
    assert crawl(site.url).portal["unchanged"] == 3
    assert sent(site, pages) == [True, True, True]
    assert cq(crawl, "verify").returncode == 0


def test_a_file_that_lost_its_end(site, crawl, pages, crawled):
    sql = "SELECT url, warc_offset FROM pages WHERE kind = 'notice' ORDER BY warc_offset"
    last, at = execute(crawl, sql)[-1]
    os.truncate(crawled, at + 9)
    crawl(site.url)
    expected = [site.url + pages.notice_path(n) != last for n in (1, 2, 3)]
    assert sent(site, pages) == expected
    assert len(readable(crawl)) == 3


def test_damage_that_verify_finds(site, crawl, pages, crawled):
    (at,) = execute(
        crawl, f"SELECT warc_offset FROM pages WHERE url LIKE '%{pages.notice_path(2)}'"
    )[0]
    with crawled.open("r+b") as file:  # Behind what a crawl looks at.
        data = file.read()
        following = data.index(b"\x1f\x8b\x08", at + 10)
        file.seek(following - 6)
        file.write(b"\xff\xff")
    found = cq(crawl, "verify")
    assert found.returncode == 1
    assert "1 pages whose raw page is lost are fetched by the next crawl" in found.stderr
    crawl(site.url)
    assert sent(site, pages) == [True, False, True]
    assert len(readable(crawl)) == 3
    assert b"</html" in readable(crawl)[site.url + pages.notice_path(2)].lower()


def test_a_file_that_was_moved_away_on_purpose(site, crawl, pages, crawled, tmp_path):
    retired = cq(crawl, "warc", "retire", str(crawled))
    assert (retired.returncode, "is to be moved away" in retired.stderr) == (0, True)
    away = tmp_path / "away.warc.gz"
    shutil.move(crawled, away)
    assert crawled.name not in crawl(site.url).stderr
    assert sent(site, pages) == [True, True, True]
    found = cq(crawl, "verify")
    assert found.returncode == 0, found.stdout
    assert "1 WARC files are offline" in found.stderr
    shown = cq(crawl, "show", "1", "--raw")
    assert (shown.returncode, "is offline" in shown.stderr) == (2, True)
    read = cq(crawl, "reextract")
    assert (read.returncode, "3 are offline" in read.stderr) == (0, True)
    # Back again, it is in use, and missed when it is lost another time.
    shutil.move(away, crawled)
    assert cq(crawl, "show", "1", "--raw").returncode == 0
    assert "offline" not in cq(crawl, "verify").stderr
    crawled.unlink()
    assert cq(crawl, "verify").returncode == 1


def test_only_files_of_the_archive_can_be_retired(crawl, crawled):
    refused = cq(crawl, "warc", "retire", "warc/x/none.warc.gz")
    assert (refused.returncode, "is no WARC file of this archive" in refused.stderr) == (2, True)
    name = crawled.relative_to(crawl.archive.parent).as_posix()
    crawled.unlink()
    retired = cq(crawl, "warc", "retire", name)
    assert (retired.returncode, retired.stderr) == (0, f"{name} is offline\n")

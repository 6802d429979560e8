"""Stops, kills and a second run at the same time."""

from __future__ import annotations

import os
import signal
import sqlite3
import time

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.lock import writing


def wait_for_hits(site, count):
    deadline = time.monotonic() + 60
    while len(site.hits) < count:
        assert time.monotonic() < deadline, site.hits
        time.sleep(0.01)


def archived(crawl):
    with Archive(crawl.archive, must_exist=True) as archive:
        return {article.url for article in archive.articles()}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_crawl_in_good_order(site, crawl, number):
    site.portal(60)
    process = crawl.begin(site.url)
    wait_for_hits(site, 15)
    process.send_signal(number)
    crawled = crawl.wait(process)
    assert (crawled.exit, crawled.portal["outcome"]) == (1, "interrupted")
    assert "signal" in crawled.portal["reason"]
    assert crawled.portal["new"] == len(archived(crawl)) < 60
    rest = crawl(site.url).portal
    assert (rest["outcome"], rest["new"]) == ("ok", 60 - crawled.portal["new"])


def test_little_is_on_its_way_when_a_crawl_is_stopped(site, crawl, pages):
    site.portal(40, rows=40)
    for number in range(1, 41):
        site.pages[pages.notice_path(number)] = pages.Reply(pages.notice(number), seconds=0.2)
    process = crawl.begin(site.url)
    wait_for_hits(site, 10)
    process.send_signal(signal.SIGINT)
    crawl.wait(process)
    assert len(site.hits) < 18


def test_a_stop_does_not_wait_for_retry_after(site, crawl, pages):
    site.portal(5)
    site.pages[pages.notice_path(1)] = pages.Reply("busy", 503, {"Retry-After": "100"})
    process = crawl.begin(site.url)
    wait_for_hits(site, 3)
    while pages.notice_path(1) not in site.hits:
        time.sleep(0.01)
    stopped = time.monotonic()
    process.send_signal(signal.SIGINT)
    crawled = crawl.wait(process)
    assert crawled.portal["outcome"] == "interrupted"
    assert crawled.portal["failed"] == 0
    assert time.monotonic() - stopped < 60


def test_kill_9_loses_nothing_and_the_next_run_goes_on(site, crawl, pages):
    site.portal(80)
    name = site.url.removeprefix("http://").replace(":", "-")
    for hits in (12, 40):
        site.requests.clear()
        process = crawl.begin(site.url)
        wait_for_hits(site, hits)
        process.send_signal(signal.SIGKILL)
        crawl.wait(process)
        with sqlite3.connect(crawl.archive) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    before = archived(crawl)
    assert 0 < len(before) < 80
    site.requests.clear()
    # Without the revisits that are due, so that every notice asked for is one that was missing.
    crawled = crawl(site.url, "--max-pages", str(8 + 80 - len(before)))
    assert crawled.portal["new"] == 80 - len(before)
    assert len(archived(crawl)) == 80
    with Archive(crawl.archive, must_exist=True) as archive:
        runs = archive.runs(portal=name)
    assert [run.outcome for run in runs] == ["ok", "interrupted", "interrupted"]
    assert runs[1].reason == "found dead by the next run"


def test_a_second_run_at_the_same_time_is_refused(site, crawl):
    site.portal(1)
    with writing(crawl.archive):
        crawled = crawl(site.url)
    assert crawled.exit == 3
    assert "another run" in crawled.stderr
    assert site.requests == []


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_second_signal_ends_at_once(site, crawl, pages):
    site.portal(3)
    site.pages |= {
        pages.notice_path(n): pages.Reply(pages.notice(n), seconds=30) for n in (1, 2, 3)
    }
    process = crawl.begin(site.url)
    wait_for_hits(site, 2)
    process.send_signal(signal.SIGINT)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    crawled = crawl.wait(process)
    assert (crawled.exit, crawled.portal["outcome"]) == (1, "interrupted")

"""Stops, kills and a second run at the same time."""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from contextlib import closing
from itertools import chain, repeat

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.file.lock import writing
from cqcrawler.verify import verify
from tests.processes import PATIENCE


def stop(process, number=signal.SIGINT):
    """Send a signal, and return when the crawl says that it has come."""
    process.send_signal(number)
    assert any("shutting down gracefully" in line for line in iter(process.stderr.readline, ""))


def archived(crawl):
    with Archive(crawl.archive, must_exist=True) as archive:
        return {article.url for article in archive.articles()}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_crawl_in_good_order(site, crawl, number):
    site.portal(60)
    site.hold(after=15)
    process = crawl.begin(site.url)
    site.wait_for_hits(16)
    stop(process, number)
    site.release()
    crawled = crawl.wait(process)
    assert (crawled.exit, crawled.portal["outcome"]) == (1, "interrupted")
    assert "signal" in crawled.portal["reason"]
    assert crawled.portal["new"] == len(archived(crawl)) < 60
    rest = crawl(site.url).portal
    assert (rest["outcome"], rest["new"]) == ("ok", 60 - crawled.portal["new"])


def test_little_is_on_its_way_when_a_crawl_is_stopped(site, crawl):
    site.portal(40, rows=40)
    site.hold(after=10)
    process = crawl.begin(site.url)
    site.wait_for_hits(11)
    stop(process)
    site.release()
    crawl.wait(process)
    assert len(site.hits) < 18


def test_a_stop_does_not_wait_for_retry_after(site, crawl, pages):
    """Who waited would be killed by `crawl`, which has less patience than this server asks for."""
    site.portal(5)
    busy = pages.Reply("busy", 503, {"Retry-After": "3600"})
    site.pages |= {pages.notice_path(number): busy for number in range(1, 6)}
    process = crawl.begin(site.url, "-s", "CQCRAWLER_MAX_RETRY_AFTER=3600")
    site.wait_for_hits(2)
    process.send_signal(signal.SIGINT)
    crawled = crawl.wait(process)
    assert crawled.portal["outcome"] == "interrupted"
    assert crawled.portal["failed"] == 0


def test_kill_9_at_any_moment_loses_nothing(site, crawl, pages):
    site.portal(300, rows=50)
    seed = random.randrange(1_000_000)  # Printed when this fails.
    moments = random.Random(seed)
    before: dict[str, tuple[object, ...]] = {}
    for _ in range(8):
        # From the first moments, when tables are made, to the middle of pages and index; even
        # where all goes on until there are no more answers, some pages are left to the last.
        hits = moments.choice((0, 1, 2, *range(3, 27)))
        site.hold(after=hits + moments.randrange(10))
        process = crawl.begin(site.url)
        site.wait_for_hits(hits)
        time.sleep(moments.uniform(0, 0.4))
        process.kill()
        crawl.wait(process)
        after = committed(crawl.archive)
        assert before.items() <= after.items(), seed
        before = after
    site.release()
    crawled = crawl(site.url)
    assert crawled.portal["outcome"] == "ok", (seed, crawled.stderr)
    assert crawled.portal["new"] == 300 - len(before), seed
    with Archive(crawl.archive, must_exist=True) as archive:
        runs = archive.runs.latest()
        assert archive.count("智能制造") == 300
        assert archive.runs.portal_state(site.name).pages == {"done": 306}
        verified = verify(archive, lambda what, steps: lambda: None)
        assert verified.ok, (seed, verified)
    dead = {(run.outcome, run.reason) for run in runs[1:]}
    assert dead <= {("interrupted", "found dead by the next run")}


def committed(path):
    """What a killed crawl left behind, each article whole."""
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone():
            return {}
        rows = db.execute(
            """SELECT articles.url, articles.title, body, first_seen, pages.state,
                (SELECT count(*) FROM article_versions WHERE article_id = articles.id)
            FROM articles LEFT JOIN pages USING (url)"""
        ).fetchall()
    # An article is there with its version and its page, or not at all.
    assert {(state, versions) for *_, state, versions in rows} <= {("done", 1), ("pending", 1)}
    return {url: tuple(text) for url, *text, _, _ in rows}


CLOCK = """
import sys
from datetime import datetime, timedelta
import cqcrawler.crawling, cqcrawler.middlewares, cqcrawler.pipelines

class Clock(datetime):
    calls = 0

    @classmethod
    def now(cls, tz=None):
        Clock.calls += 1
        return super().now(tz) + timedelta(days={first} if Clock.calls < 20 else {then})

for name, module in [*sys.modules.items()]:
    if name.startswith("cqcrawler") and vars(module).get("datetime") is datetime:
        module.datetime = Clock
"""


def test_a_clock_that_jumps_loses_nothing(site, crawl):
    jumps = [(0, 0), (400, 400), (-400, -400), (0, -3)]
    for number, (first, then) in enumerate(jumps, 1):
        site.portal(12 * number)
        crawl.prelude = CLOCK.format(first=first, then=then)
        crawled = crawl(site.url, "--full")  # What is new here stands at the end of the listing.
        assert (crawled.portal["outcome"], crawled.portal["new"]) == ("ok", 12), crawled.stderr
        assert crawled.json["duration_s"] >= 0
    with Archive(crawl.archive, must_exist=True) as archive:
        runs = archive.runs.latest()
    assert [run.id for run in runs] == [4, 3, 2, 1]
    assert all(run.started_at <= run.ended_at for run in runs)


def test_a_full_disk_costs_the_log_and_not_the_crawl(site, crawl):
    site.portal(12)
    crawled = crawl(site.url, "--log-file", "/dev/full")
    assert (crawled.exit, crawled.portal["new"]) == (0, 12)
    assert crawled.stderr.count("\n") == 1
    assert "/dev/full lacks lines" in crawled.stderr


def test_a_second_run_at_the_same_time_is_refused(site, crawl):
    site.portal(1)
    with writing(crawl.archive):
        crawled = crawl(site.url)
    assert crawled.exit == 3
    assert "another run" in crawled.stderr
    assert site.requests == []


def long_delay(site, pages):
    site.pages["/robots.txt"] = pages.Reply("User-agent: *\nCrawl-delay: 100")


def silent_robots(site, pages):
    site.pages["/robots.txt"] = pages.Reply(seconds=86400)


def silent_page(site, pages):
    site.pages["/"] = pages.Reply(seconds=86400)


def dripping_page(site, pages):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999\r\n\r\n"
    site.pages["/"] = pages.Reply(raw=chain([head], repeat(b"<p>")), pause=0.05)


def dripping_head(site, pages):
    site.pages["/"] = pages.Reply(
        raw=chain([b"HTTP/1.1 200 OK\r\n"], repeat(b"X-A: b\r\n")), pause=0.05
    )


HANGING = [long_delay, silent_robots, silent_page, dripping_page, dripping_head]
ENDLESS = ("-s", "DOWNLOAD_TIMEOUT=86400")


@pytest.mark.parametrize("hang", HANGING)
def test_one_signal_ends_whatever_is_waited_for(site, crawl, pages, hang):
    """Who waited would be killed by `crawl`, which has less patience than these have time."""
    site.portal(3)
    hang(site, pages)
    process = crawl.begin(site.url, *ENDLESS)
    wait_for_requests(site, 1 if hang in (long_delay, silent_robots) else 2)
    process.send_signal(signal.SIGTERM)
    crawled = crawl.wait(process)
    assert (crawled.exit, crawled.portal["outcome"]) == (1, "interrupted"), crawled.stderr
    assert "Traceback" not in crawled.stderr
    with Archive(crawl.archive, must_exist=True) as archive:
        assert archive.runs.portal_state(site.name).pages == {"pending": 1}


@pytest.mark.parametrize("hang", HANGING)
def test_the_deadline_ends_whatever_is_waited_for(site, crawl, pages, hang):
    site.portal(3)
    hang(site, pages)
    crawled = crawl(site.url, "-s", "CLOSESPIDER_TIMEOUT=2", *ENDLESS)
    assert (crawled.exit, crawled.portal["outcome"]) == (1, "timed_out"), crawled.stderr
    with Archive(crawl.archive, must_exist=True) as archive:
        assert archive.runs.portal_state(site.name).pages == {"pending": 1}


MUTE = """
import socket, sys, threading

def look_up(name):
    print("looking up", name, file=sys.stderr, flush=True)
    threading.Event().wait()

socket.gethostbyname = look_up
"""


def test_a_signal_ends_a_look_up_without_an_answer(crawl):
    crawl.prelude = MUTE
    process = crawl.begin("http://portal.example.com/", "-s", "DNS_TIMEOUT=86400")
    assert any("looking up portal" in line for line in iter(process.stderr.readline, ""))
    process.send_signal(signal.SIGTERM)
    assert crawl.wait(process).portal["outcome"] == "interrupted"


def test_a_look_up_has_its_time(crawl):
    crawl.prelude = MUTE
    crawled = crawl("http://portal.example.com/", "-s", "DNS_TIMEOUT=0.2", "-s", "RETRY_TIMES=0")
    assert crawled.portal["outcome"] == "unreachable"
    assert "'portal.example.com' not found: timeout error" in crawled.portal["reason"]


def test_a_signal_ends_a_portal_that_waits_for_another(site, other_site, crawl, pages):
    site.portal(3)
    other_site.portal(3)
    silent_page(site, pages)
    silent_page(other_site, pages)
    process = crawl.begin(site.url, other_site.url, *ENDLESS)
    wait_for_requests(site, 2, other_site)
    process.send_signal(signal.SIGTERM)
    crawled = crawl.wait(process)
    assert {portal["outcome"] for portal in crawled.json["portals"]} == {"interrupted"}


def wait_for_requests(site, count, *others):
    deadline = time.monotonic() + PATIENCE
    while sum(len(each.requests) for each in (site, *others)) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_second_signal_ends_at_once(site, crawl):
    site.portal(3)
    site.hold(after=1)
    process = crawl.begin(site.url)
    site.wait_for_hits(2)
    stop(process)
    process.send_signal(signal.SIGINT)
    crawled = crawl.wait(process)
    assert (crawled.exit, crawled.portal["outcome"]) == (1, "interrupted")

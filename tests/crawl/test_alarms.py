"""What a crawl does about a webhook, and about a disk that fills up."""

from __future__ import annotations

import os
import signal

import pytest

from cqcrawler.archive.file.disk import free_space
from tests.processes import PATIENCE


def test_a_crawl_tells_of_changes_and_never_fails_for_it(site, crawl, pages, receiver):
    crawl.env["CQCRAWLER_WEBHOOK"] = receiver.url
    site.portal(4)
    assert crawl(site.url).exit == 0
    assert receiver.messages == []
    site.pages["/"] = pages.Reply("no", 403)
    receiver.status = 500
    failed = crawl(site.url)
    assert (failed.exit, failed.portal["outcome"]) == (1, "blocked")
    assert "the webhook at 127.0.0.1 answers HTTP 500; it is told the next time" in failed.stderr
    assert "SECRET" not in failed.stderr
    receiver.status = 200
    assert crawl(site.url).exit == 1
    site.portal(4)
    assert crawl(site.url).exit == 0
    states = [message["state"] for message in receiver.messages]
    assert states == ["blocked", "blocked", "well"]
    assert receiver.messages[0]["portal"] == site.name


def test_a_signal_ends_a_crawl_that_tells_of_changes(site, crawl, pages, dripping):
    """Who waited would be killed by `crawl`, which has less patience than this webhook gets."""
    crawl.env["CQCRAWLER_WEBHOOK"] = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n")
    crawl.prelude = "import cqcrawler.health.webhook as w; w.SECONDS = 86400\n"
    site.pages["/"] = pages.Reply("no", 403)
    process = crawl.begin(site.url)
    assert dripping.asked.wait(PATIENCE)
    process.send_signal(signal.SIGTERM)
    crawled = crawl.wait(process)
    assert (crawled.exit, crawled.portal["outcome"]) == (1, "blocked")
    assert "it is told the next time" in crawled.stderr


def test_a_crawl_does_not_begin_without_room(site, crawl):
    site.portal(1)
    crawled = crawl(site.url, "-s", "CQCRAWLER_LEAST_FREE_MB=999999999")
    assert crawled.exit == 2
    assert "a crawl wants 999999999: make room, or set CQCRAWLER_LEAST_FREE_MB" in crawled.stderr
    assert site.requests == []


def test_a_crawl_ends_in_good_order_when_room_runs_out(site, crawl, pages, tmp_path):
    """The disk fills up while it runs; what it has read is saved, and the next run goes on."""
    free = free_space(crawl.archive)
    if free < 4 * 2**30:
        pytest.skip("wants 4 GB of free disk space")
    site.portal(12)
    ballast = tmp_path / "ballast"

    def fill(request):
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, 2 * 2**30)
        return pages.Reply(pages.notice(5))

    site.pages[pages.notice_path(5)] = fill
    crawled = crawl(site.url, "-s", f"CQCRAWLER_LEAST_FREE_MB={(free - 2**30) // 2**20}")
    ballast.unlink()
    assert (crawled.exit, crawled.portal["outcome"]) == (4, "failed")
    assert "too little room on the disk" in crawled.portal["reason"]
    assert 5 <= crawled.portal["new"] < 12
    site.pages[pages.notice_path(5)] = pages.Reply(pages.notice(5))
    rest = crawl(site.url).portal
    assert (rest["outcome"], rest["new"]) == ("ok", 12 - crawled.portal["new"])

"""What goes wrong at a portal, or with us, and how the run says so."""

from __future__ import annotations

import sqlite3
from itertools import chain, repeat

import pytest

from cqcrawler.archive import Archive


def outcome(crawled):
    return crawled.exit, crawled.portal["outcome"]


def test_a_page_that_fails_for_good_makes_the_run_partial_and_is_tried_again(site, crawl, pages):
    site.portal(5)
    good = site.pages[pages.notice_path(2)]
    site.pages[pages.notice_path(2)] = pages.Reply("oops", 500)
    crawled = crawl(site.url)
    assert outcome(crawled) == (1, "partial")
    assert (crawled.portal["new"], crawled.portal["failed"]) == (4, 1)
    assert f"{site.url}{pages.notice_path(2)}: HTTP 500" in crawled.portal["reason"]
    site.pages[pages.notice_path(2)] = good
    assert crawl(site.url).portal["new"] == 1


def test_four_pages_in_ten_in_trouble_are_archived_in_one_run(site, crawl, pages):
    site.portal(80)
    faults = [
        pages.Reply("busy", 503),
        pages.Reply("slow down", 429, {"Retry-After": "1"}),
        pages.Reply(pages.notice(1), cut=300),
        pages.Reply(drop=True),
    ]

    def troubled(number):
        whole = pages.Reply(pages.notice(number))
        # Some are in trouble twice, the second time in another way.
        ways = [faults[number % 4], faults[(number + 1) % 4]][: 1 + number % 2]
        return lambda request: ways[request.earlier] if request.earlier < len(ways) else whole

    numbers = [number for number in range(1, 81) if number % 5 in (0, 3)]
    assert len(numbers) == 32
    site.pages |= {pages.notice_path(number): troubled(number) for number in numbers}
    crawled = crawl(site.url, "-s", "CQCRAWLER_MAX_PAUSE=0.1")
    assert outcome(crawled) == (0, "ok")
    assert (crawled.portal["new"], crawled.portal["failed"]) == (80, 0)
    with Archive(crawl.archive, must_exist=True) as archive:
        articles = {article.url: article for article in archive.articles()}
    for number in range(1, 81):
        article = articles[site.url + pages.notice_path(number)]
        assert article.title == pages.title(number)
        assert article.body.count("\n") == 2


def test_notices_that_always_fail_do_not_keep_others_from_being_read(site, crawl, pages):
    site.portal(24)
    site.pages |= {pages.notice_path(n): pages.Reply("oops", 500) for n in range(1, 7)}
    crawled = crawl(site.url, "-s", "CQCRAWLER_MAX_PAUSE=0.1")
    assert outcome(crawled) == (1, "partial")
    assert (crawled.portal["new"], crawled.portal["failed"]) == (18, 6)
    site.requests.clear()
    assert outcome(crawl(site.url, "-s", "CQCRAWLER_MAX_PAUSE=0.1")) == (1, "partial")
    bad = {pages.notice_path(n) for n in range(1, 7)}
    first = next(number for number, path in enumerate(site.hits) if path in bad)
    assert set(site.hits[first:]) == bad
    assert len(site.hits[:first]) >= 18


def test_a_site_that_is_down_is_not_asked_much(site, crawl, pages):
    site.portal(30, rows=30)
    assert crawl(site.url).portal["new"] == 30
    site.pages = dict.fromkeys(site.pages, pages.Reply("down", 503))
    site.requests.clear()
    crawled = crawl(site.url, "-s", "CQCRAWLER_MAX_PAUSE=0.1")
    assert outcome(crawled) == (1, "unreachable")
    assert len(site.hits) <= 2 * 4 + 18


def test_a_site_in_trouble_is_left_alone_until_the_next_run(site, crawl, pages):
    site.portal(60, rows=60)
    good = dict(site.pages)
    site.pages |= {pages.notice_path(n): pages.Reply("busy", 503) for n in range(4, 61)}
    crawled = crawl(site.url, "-s", "CQCRAWLER_MAX_PAUSE=0.1")
    assert outcome(crawled) == (1, "incomplete")
    assert len(site.hits) < 50
    with Archive(crawl.archive, must_exist=True) as archive:
        states = archive.runs.portal_state(site.name).pages
    assert states["pending"] > 30
    assert states["failed"] == crawled.portal["failed"] > 0
    site.pages = good
    again = crawl(site.url)
    assert outcome(again) == (0, "ok")
    assert crawled.portal["new"] + again.portal["new"] == 60


def test_a_page_that_comes_later_in_the_run_has_not_failed(site, crawl, pages):
    site.portal(12)
    whole = pages.Reply(pages.notice(3))
    # More answers than there are retries.
    site.pages[pages.notice_path(3)] = lambda request: (
        pages.Reply("busy", 503) if request.earlier < 5 else whole
    )
    crawled = crawl(site.url, "-s", "CQCRAWLER_MAX_PAUSE=0.1")
    assert outcome(crawled) == (0, "ok")
    assert (crawled.portal["new"], crawled.portal["failed"]) == (12, 0)


def test_a_page_that_drips_is_given_up_in_time(site, crawl, pages):
    site.portal(3)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n"
    site.pages[pages.notice_path(2)] = pages.Reply(raw=chain([head], repeat(b"<p>")), pause=0.2)
    crawled = crawl(site.url, "-s", "DOWNLOAD_TIMEOUT=10", "-s", "RETRY_TIMES=0")
    assert outcome(crawled) == (1, "partial")
    assert "TimeoutError" in crawled.portal["reason"]
    assert crawled.portal["new"] == 2


def test_notices_that_are_gone_are_withdrawn(site, crawl, pages):
    site.portal(5)
    assert crawl(site.url).portal["new"] == 5
    soft = "<html><head><title>404</title></head><body><h1>页面不存在</h1></body></html>"
    for number, reply in (
        (1, pages.Reply("<p>nothing</p>", 404)),
        (2, pages.Reply("", 410)),
        (3, pages.Reply(soft)),
    ):
        site.pages[pages.notice_path(number)] = reply
    site.pages["/"] = pages.Reply(pages.listing([4, 5]))
    crawled = crawl(site.url)
    assert outcome(crawled) == (0, "ok")
    assert (crawled.portal["withdrawn"], crawled.portal["unchanged"]) == (3, 2)


def test_a_page_that_does_not_read_leaves_its_article_alone(site, crawl, pages):
    site.portal(6)
    crawl(site.url)
    challenge = "<html><script>var arg1='0123456789ABCDEF01234567';</script></html>"
    shell = "<html><body><div id='app'></div></body></html>"
    for number, body in ((2, challenge), (3, shell), (4, "")):
        site.pages[pages.notice_path(number)] = pages.Reply(body)
    report = crawl(site.url).portal
    assert (report["changed"], report["withdrawn"], report["unchanged"]) == (0, 0, 3)
    with Archive(crawl.archive, must_exist=True) as archive:
        articles = {article.url: article for article in archive.articles()}
    for number in (2, 3, 4):
        article = articles[site.url + pages.notice_path(number)]
        assert (article.title, article.version) == (pages.title(number), 1)
        assert article.withdrawn_at is None


def test_a_deadline_ends_the_run(site, crawl, pages):
    site.portal(20)
    slow = pages.Reply(pages.notice(1), seconds=0.3)
    site.pages |= {pages.notice_path(number): slow for number in range(1, 21)}
    crawled = crawl(site.url, "-s", "CLOSESPIDER_TIMEOUT=1")
    assert outcome(crawled) == (1, "timed_out")
    with Archive(crawl.archive, must_exist=True) as archive:
        pending = archive.runs.portal_state(crawled.portal["portal"]).pages["pending"]
    assert crawled.portal["pending"] == pending >= 1


def test_a_deadline_does_not_wait_for_retry_after(site, crawl, pages):
    """Who waited would be killed by `crawl`, which has less patience than this server asks for."""
    site.portal(5)
    site.pages[pages.notice_path(1)] = pages.Reply("busy", 503, {"Retry-After": "3600"})
    patient = ("-s", "CQCRAWLER_MAX_RETRY_AFTER=3600")
    assert outcome(crawl(site.url, "-s", "CLOSESPIDER_TIMEOUT=1", *patient)) == (1, "timed_out")


def test_a_deadline_that_passes_in_a_pause_is_no_end_of_the_work(site, crawl, pages):
    """As on a busy machine, where Scrapy's own timer may go off after the pause has ended."""
    site.portal(5)
    site.pages[pages.notice_path(1)] = pages.Reply("busy", 503, {"Retry-After": "3600"})
    extensions = '{"scrapy.extensions.closespider.CloseSpider": null, "%s": 0}'
    settings = (
        *("-s", "CLOSESPIDER_TIMEOUT=1", "-s", "CQCRAWLER_MAX_RETRY_AFTER=3600"),
        *("-s", f"EXTENSIONS={extensions % 'cqcrawler.extensions.RunRecorder'}"),
    )
    crawled = crawl(site.url, *settings)
    assert outcome(crawled) == (1, "timed_out")
    assert crawled.portal["failed"] == 0
    with Archive(crawl.archive, must_exist=True) as archive:
        assert archive.runs.portal_state(site.name).pages["pending"] >= 1


def register(crawl, site, **bounds):
    """Make the site a portal called `mine`, with bounds of its own."""
    lines = "".join(f"{name} = {value}\n" for name, value in bounds.items())
    (crawl.folder / "mine.toml").write_text(
        'name = "mine"\ntitle = "我的"\nplatform = "generic"\nregion = "500000"\n'
        f'start_urls = ["{site.url}/"]\n{lines}'
    )
    crawl.env["CQCRAWLER_PORTALS"] = str(crawl.folder)


def test_a_portal_has_bounds_of_its_own(site, crawl, pages):
    site.portal(30)
    register(crawl, site, max_pages=12)
    crawled = crawl("mine")
    assert outcome(crawled) == (1, "incomplete")
    assert "more pages than a run may fetch" in crawled.portal["reason"]
    # The third page of the list, and the notices of the second.
    assert (crawled.portal["scope"], crawled.portal["pending"]) == ("full", 11)
    assert len(site.hits) == 12
    slow = pages.Reply(pages.notice(1), seconds=0.3)
    site.pages |= {pages.notice_path(number): slow for number in range(1, 31)}
    register(crawl, site, deadline_minutes=0.03)
    assert outcome(crawl("mine")) == (1, "timed_out")


def test_a_portal_without_end_ends_by_its_bounds(site, crawl, pages):
    """A calendar whose every month leads to the next, beside real notices."""
    site.portal(12)
    calendar = "<html><head><title>日历</title></head><body><ul>{rows}</ul>{next}</body></html>"

    class Endless(dict):
        def get(self, path, default=None):
            if path not in self and path.startswith("/calendar/"):
                month = int(path.removeprefix("/calendar/").removesuffix(".html"))
                rows = "".join(
                    f'<li><a href="/calendar/{month * 31 + day}.html">{day}日的会议与活动安排</a>'
                    f"<span>2025-07-{day:02}</span></li>"
                    for day in range(1, 29)
                )
                following = f'<a href="/calendar/{month + 1}.html">下一页</a>'
                return pages.Reply(calendar.format(rows=rows, next=following))
            return super().get(path, default)

    site.pages = Endless(site.pages)
    home = pages.listing(range(1, 11), 1, 2)
    site.pages["/"] = pages.Reply(
        home.replace("</ul>", '</ul><a href="/calendar/1.html">会议日历</a>')
    )
    crawled = crawl(site.url, "-s", "CQCRAWLER_MAX_PAGES=150")
    assert outcome(crawled) == (1, "incomplete")
    assert "more pages than a run may fetch" in crawled.portal["reason"]
    assert len(site.hits) == 150
    with Archive(crawl.archive, must_exist=True) as archive:
        titles = {article.title for article in archive.articles()}
    assert {pages.title(number) for number in range(1, 13)} <= titles


def test_folders_that_lead_into_themselves_come_to_an_end(site, crawl, pages):
    """A server that answers any path, with links that are relative to it."""

    class Endless(dict):
        def get(self, path, default=None):
            if path.endswith("/"):
                listing = pages.listing(range(1, 6)).replace('href="/', 'href="')
                return pages.Reply(listing.replace("</ul>", '</ul><a href="x/">下一页</a>'))
            if path.endswith(".html"):
                number = int(path.split("/")[-1].removesuffix(".html"))
                return pages.Reply(pages.notice(number))
            return super().get(path, default)

    site.pages = Endless()
    crawled = crawl(site.url, "-s", "CQCRAWLER_MAX_PAGES=150")
    assert "more pages than a run may fetch" not in crawled.portal["reason"]
    assert {path.count("/x/") for path in site.hits} <= {0, 1, 2}
    assert len(site.hits) < 30


def test_what_cannot_be_saved_fails_the_run_and_stops_it(site, crawl, pages):
    """A full disk, as a limit on the size of files: nothing is half there afterwards."""
    site.portal(3)
    crawl(site.url, "--max-pages", "1")
    site.portal(200)
    crawl.largest_file = 400_000
    crawled = crawl(site.url)
    assert outcome(crawled) == (4, "failed")
    assert "rror" in crawled.portal["reason"]
    assert len(site.hits) < 200
    crawl.largest_file = None
    assert outcome(crawl(site.url)) == (0, "ok")
    with Archive(crawl.archive, must_exist=True) as archive:
        assert archive.count() == 200


DEFECT = """
import {module} as module

def defective(*page, **options):
    if {url}.endswith("/2.html"):
        raise ZeroDivisionError("a defect of ours")
    return real(*page, **options)

real, module.{name} = module.{name}, defective
"""
READING = DEFECT.format(
    module="cqcrawler.run.interpret", name="extract_article", url="page[0].page.url"
)
CLEANING = DEFECT.format(module="cqcrawler.run.interpret", name="clean", url="page[0].url")


@pytest.mark.parametrize("defect", [READING, CLEANING], ids=["reading", "cleaning"])
def test_a_page_that_we_fail_to_read_fails_alone_and_less_and_less_often(
    site, crawl, pages, defect
):
    site.portal(5)
    crawl.prelude = defect
    for attempt in range(1, 5):
        crawled = crawl(site.url)
        assert outcome(crawled) == (4, "failed")
        why = f"{site.url}{pages.notice_path(2)}: ZeroDivisionError: a defect of ours"
        assert crawled.portal["reason"] == why
        assert crawled.portal["new"] == (4 if attempt == 1 else 0)
        with sqlite3.connect(crawl.archive) as db:
            row = db.execute("SELECT attempts, error FROM pages WHERE state = 'failed'").fetchone()
            assert row == (attempt, "ZeroDivisionError: a defect of ours")
    assert outcome(crawl(site.url)) == (0, "ok")
    with sqlite3.connect(crawl.archive) as db:
        (kept,) = db.execute("SELECT warc_file FROM pages WHERE state = 'failed'").fetchone()
        assert (crawl.folder / kept).exists()
        db.execute("UPDATE pages SET attempts = 1 WHERE state = 'failed'")
    crawl.prelude = ""
    assert crawl(site.url).portal["new"] == 1
    assert crawl.run("verify").returncode == 0


def test_an_old_page_that_we_fail_to_read_does_not_keep_the_new_one_out(site, crawl, pages):
    site.portal(3)
    crawl(site.url)
    with sqlite3.connect(crawl.archive) as db:
        db.execute("UPDATE articles SET reader_version = 'of the old rules'")
    site.pages[pages.notice_path(2)] = pages.Reply(pages.notice(2, text="总投资调整为九亿元。"))
    crawl.prelude = DEFECT.format(
        module="cqcrawler.run.saving", name="read_again", url="page[2].url"
    )
    crawled = crawl(site.url)
    assert outcome(crawled) == (4, "failed")
    assert "a defect of ours" in crawled.portal["reason"]
    assert crawled.portal["changed"] == 1
    assert outcome(crawl(site.url)) == (0, "quiet")


BREAKING = """
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

class Breaking(BaseSpiderMiddleware):
    def get_processed_item(self, item, response):
        if response.url.endswith("/2.html"):
            raise RuntimeError("a defect of ours")
        return item

class BreakingPipeline:
    def process_item(self, item):
        if item.visit.url.endswith("/3.html"):
            raise RuntimeError("another defect")
        return item
"""


@pytest.mark.parametrize(
    ("setting", "number"),
    [
        ('SPIDER_MIDDLEWARES={"breaking.Breaking": 10}', 2),
        (
            'ITEM_PIPELINES={"breaking.BreakingPipeline": 1,'
            ' "cqcrawler.pipelines.ArchivePipeline": 200}',
            3,
        ),
    ],
)
def test_an_error_of_ours_fails_the_run_which_goes_on(site, crawl, pages, setting, number):
    site.portal(5)
    (crawl.folder / "breaking.py").write_text(BREAKING)
    crawled = crawl(site.url, "-s", setting)
    assert outcome(crawled) == (4, "failed")
    assert "defect" in crawled.portal["reason"]
    assert crawled.portal["new"] == 4
    assert crawl(site.url).portal["new"] == 1


def test_a_crawl_that_cannot_start_is_a_failure_with_its_cause(site, crawl):
    site.portal(1)
    crawled = crawl(site.url, "-s", "ROBOTSTXT_PARSER=no.such.Parser")
    assert outcome(crawled) == (4, "failed")
    assert "no.such" in crawled.portal["reason"] or "'no'" in crawled.portal["reason"]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("CQCRAWLER_LEAST_FREE_MB=abc", "CQCRAWLER_LEAST_FREE_MB is 'abc': it takes a whole"),
        ("DOWNLOAD_DELAY=soon", "DOWNLOAD_DELAY is 'soon': it takes a number"),
        ("LOG_LEVEL=loud", "LOG_LEVEL is 'loud'"),
        ("CQCRAWLER_WEBHOOK=http://[::1", "CQCRAWLER_WEBHOOK is no http or https URL"),
    ],
)
def test_a_setting_that_cannot_be_is_told_before_anything_begins(site, crawl, setting, said):
    crawled = crawl(site.url, "-s", setting)
    assert crawled.exit == 2
    assert said in crawled.stderr
    assert "Traceback" not in crawled.stderr
    assert site.requests == []
    assert not crawl.archive.exists()

"""Portals that change between two crawls: what shows on the first run, and what is no alarm.

The first crawl finds a portal as usual, the second one as each case leaves it.
"""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack

import pytest

from cqcrawler.archive import Archive

CHALLENGE = "<html><script>var arg1='0123456789ABCDEF01234567';</script></html>"
SHELL = """<html><head><title>招商网</title></head><body><div id="app"></div>
<script src="/app.js"></script></body></html>"""
NOTHING = "<html><body><h2>招商动态</h2><ul></ul><p>暂无数据</p></body></html>"
BEFORE = range(101, 141)


def publish(site, pages, new, notice):
    """Put new notices above the others; `notice` makes their pages."""
    numbers = [*new, *BEFORE[: 20 - len(new)]]
    site.pages["/"] = pages.Reply(pages.listing(numbers))
    for number in new:
        site.pages[pages.notice_path(number)] = pages.Reply(notice(number))


def as_usual(site, pages):
    site.pages["/"] = pages.Reply(pages.listing(BEFORE[:20], 1, 2))
    site.pages["/list_2.html"] = pages.Reply(pages.listing(BEFORE[20:], 2, 2))
    for number in BEFORE:
        site.pages[pages.notice_path(number)] = validated(pages, pages.notice(number))


def validated(pages, body):
    def page(request):
        if request.headers.get("If-None-Match") == '"1"':
            return pages.Reply(status=304, headers={"ETag": '"1"'})
        return pages.Reply(body, headers={"ETag": '"1"'})

    return page


def unlabelled(pages, number):
    whole = pages.notice(number)
    return whole.replace(f"所属地区:重庆-渝北区 发布日期:{pages.published(number)}", "")


def teaser(pages, number):
    return f"""<html><body><h1>{pages.title(number)}</h1>
<div>所属地区:重庆-渝北区 发布日期:{pages.published(number)}</div>
<div><p>第{number}批项目今日签约落地。</p></div></body></html>"""


def nothing_new(site, pages):
    """Leave the portal as it is."""


def some_news(site, pages):
    publish(site, pages, (1, 2), pages.notice)


def one_odd_notice(site, pages):
    publish(site, pages, (1, 2, 3), pages.notice)
    site.pages[pages.notice_path(2)] = pages.Reply(unlabelled(pages, 2))


def one_row_that_is_no_notice(site, pages):
    publish(site, pages, (1,), lambda number: SHELL)


def details_that_scripts_draw(site, pages):
    for number in BEFORE:
        site.pages[pages.notice_path(number)] = pages.Reply(SHELL)


def new_details_that_scripts_draw(site, pages):
    publish(site, pages, (1, 2, 3), lambda number: SHELL)


def labels_that_are_gone(site, pages):
    publish(site, pages, (1, 2, 3), lambda number: unlabelled(pages, number))
    for number in (1, 2, 3):  # The next run gets no more than 304 from them.
        site.pages[pages.notice_path(number)] = validated(pages, unlabelled(pages, number))


def texts_behind_a_login(site, pages):
    publish(site, pages, (1, 2, 3), lambda number: teaser(pages, number))


def a_listing_without_rows(site, pages):
    site.pages["/"] = pages.Reply(NOTHING)


def a_listing_of_one_row(site, pages):
    site.pages["/"] = pages.Reply(pages.listing(BEFORE[:1], 1, 2))
    site.pages["/list_2.html"] = pages.Reply(pages.listing(BEFORE[1:2], 2, 2))


def a_challenge(site, pages):
    site.pages["/"] = pages.Reply(CHALLENGE)


CASES = {
    nothing_new: ("quiet", "nothing new"),
    some_news: ("ok", ""),
    one_odd_notice: ("ok", ""),
    one_row_that_is_no_notice: ("quiet", "nothing new"),
    details_that_scripts_draw: ("redesigned", "listed pages do not read as notices"),
    new_details_that_scripts_draw: ("redesigned", "3 of 3 listed pages do not read as notices"),
    labels_that_are_gone: ("redesigned", "3 of 3 notices state no region"),
    texts_behind_a_login: ("redesigned", "3 of 3 notices have a fraction of the usual text"),
    a_listing_without_rows: ("redesigned", "/: has no rows any more"),
    a_listing_of_one_row: ("redesigned", "2 rows in 2 pages of listings, where one had 20"),
    a_challenge: ("blocked", "challenge"),
}


@pytest.fixture(scope="module")
def reports(pages, tmp_path_factory):
    """The reports of the second and a third crawl, by case."""
    with ExitStack() as servers:
        sites = {case: servers.enter_context(pages.serving()) for case in CASES}
        crawl = pages.Crawler(tmp_path_factory.mktemp("crawl"))
        for site in sites.values():
            as_usual(site, pages)
        urls = [site.url for site in sites.values()]
        first = crawl(*urls)
        assert {portal["outcome"] for portal in first.portals.values()} == {"ok"}
        for case, site in sites.items():
            case(site, pages)
        later = [crawl(*urls) for _ in range(2)]
        # Every one of them is on record as it was reported.
        with sqlite3.connect(crawl.archive) as db:
            reasons = dict(db.execute("SELECT id, reason FROM runs"))
        db.close()
        for done in later:
            assert done.exit == 1
            assert all(reasons[r["run_id"]] == r["reason"] for r in done.portals.values())
        yield [{case: done.portals[site.name] for case, site in sites.items()} for done in later]


@pytest.mark.parametrize("case", CASES)
def test_shows_on_the_first_run(reports, case):
    outcome, reason = CASES[case]
    report = reports[0][case]
    assert (report["outcome"], reason in report["reason"]) == (outcome, True), report
    if outcome not in ("ok", "quiet"):
        assert "http://127.0.0.1" in report["reason"]


@pytest.mark.parametrize("case", CASES)
def test_holds_until_it_is_mended(reports, case):
    """What was only odd stays none on the next run, and a redesign stays one."""
    good = CASES[case][0] in ("ok", "quiet")
    assert (reports[1][case]["outcome"] in ("ok", "quiet")) is good, reports[1][case]


def test_a_closed_section_that_a_person_accepted_is_no_alarm(site, crawl, pages):
    as_usual(site, pages)
    crawl(site.url)
    a_listing_without_rows(site, pages)
    assert crawl(site.url).portal["outcome"] == "redesigned"
    with Archive(crawl.archive) as archive:
        archive.runs.accept(site.name)
    assert crawl(site.url).portal["outcome"] == "quiet"

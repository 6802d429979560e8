"""Portals that fail in every way, crawled side by side: each has its own outcome and cause."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

CHALLENGE = "<html><script>var arg1='0123456789ABCDEF01234567';</script></html>"
ABOUT = "<html><body><h1>关于我们</h1><p>欢迎。</p></body></html>"


@dataclass(frozen=True)
class Case:
    """A fault, laid out by `lay(site, pages)`, with what the report must say."""

    lay: object
    outcome: str
    reason: str = ""
    counts: dict[str, object] = field(default_factory=dict)


def a_notice_that_fails(site, pages):
    site.portal(5)
    site.pages[pages.notice_path(2)] = pages.Reply("oops", 500)


def flaky_connections(site, pages):
    site.portal(5)

    def flaky(number):
        whole = pages.notice(number)
        faults = [pages.Reply(drop=True), pages.Reply(whole, cut=300)]
        return lambda request: (faults + [pages.Reply(whole)] * 9)[request.earlier]

    site.pages |= {pages.notice_path(number): flaky(number) for number in (1, 4)}


def a_listing_page_that_fails(site, pages):
    site.portal(30)
    site.pages["/list_2.html"] = pages.Reply("oops", 500)


def fewer_rows_than_declared(site, pages):
    site.portal(4)
    site.pages["/"] = pages.Reply(pages.listing(range(1, 5), total=93))


def all_rows_that_are_declared(site, pages):
    site.portal(14)
    for page, rows in ((1, range(1, 11)), (2, range(11, 15))):
        site.pages[pages.listing_path(page)] = pages.Reply(pages.listing(rows, page, 2, total=14))


def start_page(body, status=200):
    def lay(site, pages):
        site.pages["/"] = pages.Reply(body, status)

    return lay


def a_challenge_before_one_notice(site, pages):
    site.portal(5)
    site.pages[pages.notice_path(2)] = pages.Reply(CHALLENGE)


def a_challenge_before_every_notice(site, pages):
    site.portal(5)
    site.pages |= {pages.notice_path(number): pages.Reply(CHALLENGE) for number in range(1, 6)}


def hardly_any_notices(site, pages):
    site.portal(6)
    site.pages |= {pages.notice_path(number): pages.Reply(ABOUT) for number in range(2, 7)}


def one_row_that_is_no_notice(site, pages):
    site.portal(6)
    site.pages[pages.notice_path(3)] = pages.Reply(ABOUT)


def a_huge_page(site, pages):
    site.portal(3)
    site.pages[pages.notice_path(1)] = pages.Reply(pages.notice(1, text="招商" * 40_000))


def a_redirect_loop(site, pages):
    site.portal(2)
    loop = pages.Reply(status=302, headers={"Location": pages.notice_path(1)})
    site.pages[pages.notice_path(1)] = loop


def robots_forbids_all(site, pages):
    site.portal(2)
    site.pages["/robots.txt"] = pages.Reply("User-agent: cqcrawler\nDisallow: /")


def robots_that_fails(reply):
    def lay(site, pages):
        site.portal(2)
        site.pages["/robots.txt"] = pages.Reply(**reply)

    return lay


def a_challenge_before_everything(status, headers):
    def lay(site, pages):
        page = pages.Reply("<script>document.cookie</script>", status, headers)
        site.pages |= {"/": page, "/robots.txt": page}

    return lay


def robots_that_wants_days(site, pages):
    site.portal(2)
    site.pages["/robots.txt"] = pages.Reply("User-agent: *\nCrawl-delay: 121")


def robots_that_names_a_captcha(site, pages):
    site.portal(2)
    rules = "User-agent: *\nDisallow: /captcha\nDisallow: /info/detail/2.html"
    site.pages["/robots.txt"] = pages.Reply(rules)


def robots_that_is_a_page(site, pages):
    site.portal(2)
    site.pages["/robots.txt"] = pages.Reply("<html>User-agent: *\nDisallow: /</html>")


def robots_that_leads_away(site, pages):
    site.portal(2)
    away = pages.Reply(status=302, headers={"Location": "http://127.0.0.1:9/robots.txt"})
    site.pages["/robots.txt"] = away


def an_overloaded_site(site, pages):
    site.portal(30)
    busy = pages.Reply("busy", 503)
    site.pages |= {pages.notice_path(number): busy for number in range(4, 31)}


def a_site_that_refuses_us_under_way(site, pages):
    site.portal(60)
    site.pages |= {pages.notice_path(n): pages.Reply("no", 403) for n in range(10, 61)}


def a_site_that_is_down(site, pages):
    site.pages |= {"/": pages.Reply(pages.listing(range(1, 40))), "/robots.txt": pages.Reply()}
    site.pages |= {pages.notice_path(n): pages.Reply(reset=True) for n in range(1, 40)}


def a_login_page_behind_a_redirect(site, pages):
    site.pages["/"] = pages.Reply(status=302, headers={"Location": "/login?back=/"})
    site.pages["/login?back=/"] = pages.Reply(
        "<html><head><title>用户登录</title></head><body><form>"
        "<input name=u><input type='password' name=p></form></body></html>"
    )


def a_page_that_leads_away(site, pages):
    site.portal(3)
    site.pages[pages.notice_path(2)] = pages.Reply(
        '<html><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/x"></html>'
    )


def nobody_listens(site, pages):
    site.url = "http://127.0.0.1:9"


CASES = {
    "a notice that fails": Case(
        a_notice_that_fails, "partial", "detail/2.html: HTTP 500", {"new": 4, "failed": 1}
    ),
    "flaky connections": Case(flaky_connections, "ok", "", {"new": 5, "failed": 0}),
    "a listing page that fails": Case(
        a_listing_page_that_fails,
        "incomplete",
        "/list_2.html: HTTP 500",
        {"new": 20, "complete": False},
    ),
    "fewer rows than declared": Case(
        fewer_rows_than_declared,
        "incomplete",
        "declares 93 notices, shows 4 and names no further page",
        {"declared_total": 93, "complete": False},
    ),
    "all rows that are declared": Case(
        all_rows_that_are_declared, "ok", "", {"declared_total": 14, "complete": True}
    ),
    "a challenge": Case(start_page(CHALLENGE), "blocked", "challenge"),
    "a refusal": Case(start_page("no", 403), "blocked", "HTTP 403"),
    "a broken server": Case(start_page("oops", 500), "incomplete", "HTTP 500"),
    "a start page that is gone": Case(start_page("", 404), "incomplete", "HTTP 404"),
    "no rows": Case(start_page(ABOUT), "incomplete", "no listing and no notice"),
    "a challenge before one notice": Case(
        a_challenge_before_one_notice, "partial", "challenge", {"new": 4}
    ),
    "a challenge before every notice": Case(
        a_challenge_before_every_notice, "blocked", "challenge", {"new": 0}
    ),
    "hardly any notices": Case(
        hardly_any_notices, "partial", "5 of the listed pages", {"new": 1, "rejected": 5}
    ),
    "one row that is no notice": Case(
        one_row_that_is_no_notice, "ok", "", {"new": 5, "rejected": 1}
    ),
    "a huge page": Case(a_huge_page, "partial", "detail/1.html", {"new": 2}),
    "a redirect loop": Case(a_redirect_loop, "partial", "max redirections", {"new": 1}),
    "an overloaded site": Case(
        an_overloaded_site, "incomplete", "failed for 20 pages in a row, at last with HTTP 503"
    ),
    "a site that refuses us under way": Case(
        a_site_that_refuses_us_under_way, "blocked", "at last with blocked: refuses access"
    ),
    "a site that is down": Case(a_site_that_is_down, "incomplete", "failed for 20 pages in a row"),
    "a login page behind a redirect": Case(a_login_page_behind_a_redirect, "blocked", "login page"),
    "a page that leads away": Case(a_page_that_leads_away, "ok", "", {"new": 2}),
    "a challenge by its status": Case(start_page("<script>x</script>", 412), "blocked", "412"),
    "robots.txt forbids all": Case(robots_forbids_all, "blocked", "robots.txt"),
    "robots.txt with an error": Case(
        robots_that_fails({"status": 503}), "unreachable", "cannot be had (HTTP 503)", {"failed": 0}
    ),
    "robots.txt without an answer": Case(
        robots_that_fails({"reset": True}), "unreachable", "cannot be had", {"failed": 0}
    ),
    "no robots.txt": Case(robots_that_fails({"status": 404}), "ok", "", {"new": 2}),
    "a robots.txt that is refused": Case(robots_that_fails({"status": 403}), "ok", "", {"new": 2}),
    "a challenge before everything, 412": Case(
        a_challenge_before_everything(412, {}), "blocked", "412"
    ),
    "a challenge before everything, 403": Case(
        a_challenge_before_everything(403, {}), "blocked", "403"
    ),
    "a challenge before everything, 521": Case(
        a_challenge_before_everything(521, {"X-Via-JSL": "a"}), "blocked", "加速乐"
    ),
    "robots.txt wants days": Case(
        robots_that_wants_days, "blocked", "asks for 121 seconds between requests, more than 120"
    ),
    "robots.txt names a captcha": Case(robots_that_names_a_captcha, "ok", "", {"new": 1}),
    "robots.txt is a page": Case(robots_that_is_a_page, "ok", "", {"new": 2}),
    "robots.txt leads away": Case(robots_that_leads_away, "ok", "", {"new": 2}),
    "nobody listens": Case(nobody_listens, "unreachable", "refused"),
}


@pytest.fixture(scope="module")
def crawled(pages, tmp_path_factory):
    """One crawl of all portals, with the name of each case's portal."""
    with ExitStack() as servers:
        sites = {name: servers.enter_context(pages.serving()) for name in CASES}
        for name, case in CASES.items():
            case.lay(sites[name], pages)
        crawl = pages.Crawler(tmp_path_factory.mktemp("crawl"))
        limits = ("-s", "DOWNLOAD_MAXSIZE=100000", "-s", "CQCRAWLER_MAX_PAUSE=0.1")
        done = crawl(*(site.url for site in sites.values()), *limits)
        yield done, sites


@pytest.mark.parametrize("name", CASES)
def test_outcome(crawled, name):
    done, sites = crawled
    case = CASES[name]
    report = done.portals[sites[name].name]
    assert (report["outcome"], case.reason in report["reason"]) == (case.outcome, True), report
    assert {field: report[field] for field in case.counts} == case.counts


def test_the_worst_portal_decides(crawled):
    done, _ = crawled
    assert done.exit == 1


@pytest.mark.parametrize(
    ("name", "most"),
    # Of the overloaded one the listing answers in between.
    [("an overloaded site", 50), ("a site that refuses us under way", 40)],
)
def test_does_not_go_on_knocking(crawled, name, most):
    _, sites = crawled
    assert len(sites[name].hits) <= most


def test_failures_leave_no_tracebacks(crawled):
    done, _ = crawled
    assert "Traceback" not in done.stderr

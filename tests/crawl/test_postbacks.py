"""Listings whose pages only the state of the page before leads to, over several runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import Event

import pytest

from tests.crawl.conftest import Crawled, Crawler
from tests.families.portal import (
    NOT_FOUND,
    Notice,
    Portal,
    Reply,
    Request,
    Server,
    notices,
    serving,
)

ROWS = 6
HIDDEN = '<input type="hidden" name="{0}" id="{0}" value="{1}">'


class Grid:
    """A page that posts itself back, at `/list.aspx`; states are good for one form each."""

    def __init__(self, count: int) -> None:
        self.notices = notices(count)
        self.asked: list[int] = []  # pages of the list, as they were asked for
        self.instead: Callable[[int], Reply | None] = lambda page: None
        self._states: dict[str, int] = {}

    @property
    def pages(self) -> int:
        return -(-len(self.notices) // ROWS)

    def portal(self) -> Portal:
        return Portal(
            "postbacks", "test", "/list.aspx", self.notices, self.path, self.answer, lambda _: None
        )

    def path(self, notice: Notice) -> str:
        return f"/show.aspx?id={notice.number}"

    def answer(self, request: Request) -> Reply:
        if request.path == "/show.aspx":
            found = [n for n in self.notices if str(n.number) == request.query.get("id")]
            return Reply(self._notice(found[0])) if found else NOT_FOUND
        if request.path != "/list.aspx":
            return NOT_FOUND
        page = self._page(request.form) if request.method == "POST" else 1
        self.asked.append(page)
        return self.instead(page) or Reply(self._list(page))

    def _page(self, form: dict[str, str]) -> int:
        at = self._states.get(form.get("__VIEWSTATE", ""), 0)
        argument = form.get("__EVENTARGUMENT")
        return at + 1 if at and argument == "Page$Next" else -1

    def _list(self, page: int) -> str:
        if page < 1:
            return "<h1>回发或回调参数无效</h1>"
        state = f"/wEP{len(self._states)}"
        self._states[state] = page
        shown = self.notices[(page - 1) * ROWS : page * ROWS]
        rows = "".join(
            f'<li><a href="{self.path(n)}">{n.title}</a><span>{n.published}</span></li>'
            for n in shown
        )
        onward = "href=\"javascript:__doPostBack('Grid','Page$Next')\"" if page < self.pages else ""
        fields = {"__EVENTTARGET": "", "__EVENTARGUMENT": "", "__VIEWSTATE": state}
        hidden = "".join(HIDDEN.format(*pair) for pair in fields.items())
        return f"""<html><body><form id="form1" method="post" action="list.aspx">{hidden}
<h2>招商动态</h2><ul>{rows}</ul><p><a {onward}>下一页</a></p></form></body></html>"""

    def _notice(self, notice: Notice) -> str:
        return f"""<html><body><h1>{notice.title}</h1><div>发布日期：{notice.published}</div>
<div>{notice.html}</div></body></html>"""


@contextmanager
def served(grid: Grid) -> Iterator[Server]:
    with serving(grid.portal()) as server:
        yield server


@pytest.fixture
def crawl(tmp_path) -> Crawler:
    return Crawler(tmp_path)


def run(crawl: Crawler, server: Server, *options: str) -> dict[str, object]:
    done: Crawled = crawl(f"{server.url}/list.aspx", *options)
    return done.portal


def rows(crawl: Crawler, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(crawl.archive)) as archive:
        return archive.execute(sql).fetchall()


def a_day_passes(crawl: Crawler) -> None:
    """Two runs that begin within a second do not know which of them found a page gone."""
    with closing(sqlite3.connect(crawl.archive)) as archive, archive:
        archive.execute(
            "UPDATE pages SET checked_at = strftime('%Y-%m-%dT%H:%M:%SZ', checked_at, '-1 day')"
        )


def archived(crawl: Crawler) -> int:
    ((count,),) = rows(crawl, "SELECT count(*) FROM articles")
    return int(str(count))


def listings(crawl: Crawler) -> dict[str, str]:
    """The states of the pages of the list, by what is behind their address."""
    found = rows(crawl, "SELECT url, state FROM pages WHERE url LIKE '%list.aspx%' ORDER BY id")
    return {str(url).partition("list.aspx")[2]: str(state) for url, state in found}


def test_pages_follow_one_another_under_the_same_addresses_in_every_run(crawl):
    grid = Grid(27)
    with served(grid) as server:
        first = run(crawl, server)
        assert (first["outcome"], first["complete"], archived(crawl)) == ("ok", True, 27)
        assert grid.asked == [1, 2, 3, 4, 5]
        pages = listings(crawl)
        assert pages == {"": "done", **{f"#postback:{n}": "done" for n in (2, 3, 4, 5)}}
        grid.asked.clear()
        assert run(crawl, server)["outcome"] == "quiet"
        assert grid.asked == [1, 2]  # Two pages without news end a listing.
        grid.asked.clear()
        again = run(crawl, server, "--full")
        assert (again["outcome"], again["complete"]) == ("quiet", True)
        assert grid.asked == [1, 2, 3, 4, 5]
    assert listings(crawl) == pages


def test_a_page_that_fails_ends_the_listing_until_the_next_run(crawl):
    grid = Grid(27)
    grid.instead = lambda page: Reply("<p>503</p>", 503) if page == 4 else None
    with served(grid) as server:
        report = run(crawl, server, "-s", "RETRY_TIMES=0")
        assert (report["outcome"], report["complete"]) == ("incomplete", False)
        assert "#postback:4: HTTP 503, and only it leads to the pages behind it" in report["reason"]
        assert archived(crawl) == 18
        grid.instead = lambda page: None
        report = run(crawl, server)
        assert (report["outcome"], archived(crawl)) == ("ok", 27)
    assert listings(crawl)["#postback:5"] == "done"


def test_a_page_that_is_gone_hides_those_behind_it(crawl):
    grid = Grid(27)
    grid.instead = lambda page: NOT_FOUND if page == 3 else None
    with served(grid) as server:
        report = run(crawl, server)
    assert report["outcome"] == "incomplete"
    assert "1 of 2 further pages" in report["reason"]


def test_a_run_that_was_killed_is_gone_on_with_from_the_first_page(crawl):
    grid, reached, release = Grid(27), Event(), Event()

    def hold(page: int) -> Reply | None:
        if page == 4 and not reached.is_set():
            reached.set()
            release.wait()
        return None

    grid.instead = hold
    with served(grid) as server:
        process = crawl.begin(f"{server.url}/list.aspx")
        assert reached.wait(600)
        process.kill()
        crawl.wait(process)
        release.set()
        assert listings(crawl)["#postback:4"] == "pending"
        grid.asked.clear()
        report = run(crawl, server)
        assert (report["outcome"], archived(crawl)) == ("ok", 27)
        assert grid.asked == [1, 2, 3, 4, 5]


def test_a_budget_leaves_pages_for_the_next_run(crawl):
    grid = Grid(27)
    with served(grid) as server:
        run(crawl, server, "--max-pages", "14")  # two pages of the list and their notices
        assert (grid.asked, archived(crawl)) == ([1, 2], 12)
        report = run(crawl, server)
    assert (report["outcome"], archived(crawl)) == ("ok", 27)


def test_old_notices_are_left_out_page_by_page(crawl):
    grid = Grid(27)
    with served(grid) as server:
        since = grid.notices[7].published.isoformat()
        run(crawl, server, "--since", since)
        assert (grid.asked, archived(crawl)) == ([1, 2, 3], 8)


def test_pages_that_no_page_leads_to_any_more_are_gone(crawl):
    grid = Grid(27)
    with served(grid) as server:
        run(crawl, server)
        grid.notices = grid.notices[:14]
        report = run(crawl, server, "--full")
        assert report["complete"] is True
        assert listings(crawl) == {
            "": "done",
            "#postback:2": "done",
            "#postback:3": "done",
            "#postback:4": "gone",
            "#postback:5": "gone",
        }
        grid.notices = notices(27)
        a_day_passes(crawl)
        report = run(crawl, server, "--full")
    assert report["complete"] is True
    assert listings(crawl)["#postback:5"] == "done"


def test_the_last_page_again_ends_a_listing(crawl):
    """A button that leads nowhere any more shows the same page."""
    grid = Grid(18)
    last = grid._list(3).replace("<a >", "<a href=\"javascript:__doPostBack('Grid','Page$Next')\">")
    grid.instead = lambda page: Reply(last) if page >= 3 else None
    with served(grid) as server:
        report = run(crawl, server)
    assert (report["outcome"], archived(crawl)) == ("ok", 18)


def test_what_archives_are_asked_works_on_such_pages(crawl):
    grid = Grid(14)
    with served(grid) as server:
        run(crawl, server)
        run(crawl, server, "--full")
    verified = crawl.run("verify", "--json")
    assert verified.returncode == 0, verified.stdout
    again = crawl.run("reextract", "--dry-run", "--json")
    assert again.returncode == 0, again.stderr
    assert '"problems": []' in again.stdout
    shown = crawl.run("show", "1", "--raw")
    assert grid.notices[0].title in shown.stdout or "<h1>" in shown.stdout

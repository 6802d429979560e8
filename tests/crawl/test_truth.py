"""What a run may call `ok`: portals in trouble, run after run, and what each run says of them.

The rows of the table in docs/operations.md, each on a portal of its own. All portals are crawled
together, `RUNS` times; before each run a case may change its portal.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from cqcrawler.archive import Archive

RUNS = 3
NOTICES, ROWS = 50, 10
SHELL = "<html><body><div id='app'></div><script src='/app.js'></script></body></html>"
MAINTENANCE = """<html><head><title>系统维护</title></head>
<body><p>系统升级维护中，请稍后访问。</p></body></html>"""
MISSING = "<html><head><title>404</title></head><body><h1>页面不存在</h1></body></html>"
Lay = Callable[[Any, Any], None]


@dataclass(frozen=True)
class Case:
    """How a portal is before each run, and what the run must say: outcome, reason, counts."""

    lay: dict[int, Lay]
    says: dict[int, tuple[str, str]]
    counts: dict[int, dict[str, object]] = field(default_factory=dict)


def well(site, pages):
    site.portal(NOTICES, ROWS)


def changed(paths: Callable[[Any], list[str]], reply: Callable[[Any], Any]) -> Lay:
    """A portal that is well but for some pages."""

    def lay(site, pages):
        well(site, pages)
        for path in paths(pages):
            site.pages[path] = reply(pages)

    return lay


def listing_pages(*numbers):
    return lambda pages: [pages.listing_path(number) for number in numbers]


def notices(pages):
    return [pages.notice_path(number) for number in range(1, NOTICES + 1)]


def some_notices(pages):
    return [pages.notice_path(number) for number in range(3, 11)]


def answer(body="", status=200, **headers):
    return lambda pages: pages.Reply(body, status, headers)


def one_page(markup):
    """A listing whose first page shows a part of it, with this below its rows."""

    def lay(site, pages):
        well(site, pages)
        first = pages.listing(range(1, ROWS + 1))
        site.pages["/"] = pages.Reply(first.replace("</body>", f"{markup}</body>"))

    return lay


def start_page(body):
    def lay(site, pages):
        site.pages["/"] = pages.Reply(body)

    return lay


def rows_elsewhere(count, *, base=False):
    """The first rows of a portal lead to another host, by themselves or by the page's base."""

    def lay(site, pages):
        well(site, pages)
        for page in range(1, NOTICES // ROWS + 1):
            path = pages.listing_path(page)
            body = site.pages[path].body
            if base:
                body = body.replace("<head>", "<head><base href='http://other.example/'>")
            for number in range(1, count + 1):
                link = f'"{pages.notice_path(number)}"'
                body = body.replace(link, f'"http://other.example/{number}.html"')
            site.pages[path] = pages.Reply(body)

    return lay


def rows_that_are_files(site, pages):
    well(site, pages)
    for page in range(1, NOTICES // ROWS + 1):
        path = pages.listing_path(page)
        site.pages[path] = pages.Reply(
            re.sub(r"(detail/\d+)\.html", r"\1.pdf", site.pages[path].body)
        )


def each_shows_the_next_one(site, pages):
    well(site, pages)
    for number in range(1, NOTICES):
        site.pages[pages.notice_path(number)] = pages.Reply(pages.notice(number + 1))
    site.pages[pages.notice_path(NOTICES)] = pages.Reply(pages.notice(1))


def rows_that_are_lists(count):
    """The first rows lead to lists of notices of their own, under the titles of the rows."""

    def lay(site, pages):
        well(site, pages)
        for number in range(1, count + 1):
            own = range(100 * number, 100 * number + 4)
            body = pages.listing(own).replace("招商动态", pages.title(number))
            site.pages[pages.notice_path(number)] = pages.Reply(body)
            for each in own:
                site.pages[pages.notice_path(each)] = pages.Reply(pages.notice(each))

    return lay


def a_further_page_is_a_notice_with_rows(site, pages):
    """The last page of a listing shows a notice, with others beside it."""
    well(site, pages)
    link = "<li><a href='{}'>{}</a><span>{}</span>"
    others = "".join(
        link.format(pages.notice_path(n), pages.title(n), pages.published(n)) for n in range(2, 6)
    )
    body = pages.notice(99).replace("</body>", f"<h3>相关项目</h3><ul>{others}</ul></body>")
    site.pages[pages.listing_path(5)] = pages.Reply(body)


def reprints(site, pages):
    """Every notice has its own title and the same text."""
    well(site, pages)
    for number in range(1, NOTICES + 1):
        body = pages.notice(number, text="同一批项目今日在渝北区集中签约，总投资三十亿元。" * 3)
        body = body.replace(f"第{number}个项目", "首个项目").replace(
            f"第{number}批项目的", "这批项目的"
        )
        site.pages[pages.notice_path(number)] = pages.Reply(body)


def other_titles(site, pages):
    """Every notice has a title of its own that is not that of its row."""
    well(site, pages)
    for number in range(1, NOTICES + 1):
        body = pages.notice(number).replace("智能制造项目集中签约落地", "先进制造签约")
        site.pages[pages.notice_path(number)] = pages.Reply(body)


def cut_at(share):
    """Notices end in the middle, with a Content-Length that agrees."""

    def lay(site, pages):
        well(site, pages)
        for number in range(3, 11):
            body = pages.notice(number)
            end = body.index("(二)")
            site.pages[pages.notice_path(number)] = pages.Reply(body[: int(end * share)])

    return lay


def listing_cut_at(share):
    def lay(site, pages):
        well(site, pages)
        for number in range(1, NOTICES // ROWS + 1):
            body = site.pages[pages.listing_path(number)].body
            cut = body[: int(len(body) * share)]
            site.pages[pages.listing_path(number)] = pages.Reply(cut)

    return lay


def news(reply):
    """Some notices stand above the others, and their pages do not answer as they should."""

    def lay(site, pages):
        well(site, pages)
        site.pages["/"] = pages.Reply(pages.listing([*range(91, 96), *range(1, 6)], 1, 5))
        for number in range(91, 96):
            site.pages[pages.notice_path(number)] = reply(pages)

    return lay


def half_of(pages, number):
    """A page of the listing of which the first five rows came."""
    first = (number - 1) * ROWS + 1
    whole = pages.listing(range(first, first + ROWS), number, NOTICES // ROWS)
    return pages.Reply(whole[: whole.index("<li>", whole.index(pages.title(first + 4)))])


def titles_lead_nowhere(*numbers):
    """Rows of the portal whose titles a script opens."""

    def lay(site, pages):
        well(site, pages)
        for page in range(1, NOTICES // ROWS + 1):
            body = site.pages[pages.listing_path(page)].body
            for number in numbers:
                body = body.replace(f'"{pages.notice_path(number)}"', "'javascript:;'")
            site.pages[pages.listing_path(page)] = pages.Reply(body)

    return lay


def framed(path):
    """A start page that shows all of a portal in a frame."""

    def lay(site, pages):
        well(site, pages)
        site.pages["/rows.jsp"] = pages.Reply(pages.listing(range(1, ROWS + 1), 1, 5))
        site.pages["/chart.jsp"] = pages.Reply(SHELL)
        site.pages["/"] = pages.Reply(f"<html><body><iframe src='{path}'></iframe></body></html>")

    return lay


def forbidden(paths):
    def lay(site, pages):
        well(site, pages)
        rules = "".join(f"Disallow: {path}\n" for path in paths)
        site.pages["/robots.txt"] = pages.Reply(f"User-agent: *\n{rules}")

    return lay


OK, QUIET = ("ok", ""), ("quiet", "nothing new")
POSTBACK = "<div><span>1</span><a href=\"javascript:__doPostBack('p','2')\">2</a></div>"
LAYPAGE = "<div id='p'></div><script>laypage.render({elem: 'p', count: 50, limit: 10})</script>"
HALF = {"new": 40, "complete": False}


def a_page_is(reply, error, number=3):
    """A page of the listing is not what it should be in two runs, and comes in the third."""
    says = ("incomplete", error)
    return Case(
        {1: changed(listing_pages(number), reply), 3: well},
        {1: says, 2: says, 3: OK},
        {1: HALF, 3: {"new": 10}},
    )


def goes_on(markup, reason):
    return Case({1: one_page(markup)}, {1: ("incomplete", reason)}, {1: {"new": ROWS}})


def a_third(pages):
    return [pages.notice_path(number) for number in range(1, NOTICES + 1, 3)]


def unlisted_shows_the_newest(site, pages):
    """A notice that no listing shows any more, and that shows another one."""
    well(site, pages)
    for page in range(1, NOTICES // ROWS + 1):
        rows = [n for n in range((page - 1) * ROWS + 1, page * ROWS + 1) if n != 5]
        site.pages[pages.listing_path(page)] = pages.Reply(
            pages.listing(rows, page, NOTICES // ROWS)
        )
    site.pages[pages.notice_path(5)] = pages.Reply(pages.notice(1))


def nothing_read(lay, reason):
    """Rows of a first run that all lead to nothing."""
    return Case({1: lay}, {1: ("partial", reason)}, {1: {"new": 0}})


CASES = {
    # -- a page of a listing that a pager names ------------------------------------------------
    "a further page is a shell": a_page_is(answer(SHELL), "no rows: it draws itself by script"),
    "a further page says maintenance": a_page_is(answer(MAINTENANCE), "no rows: maintenance"),
    "a further page is the first one again": a_page_is(
        lambda pages: pages.Reply(pages.listing(range(1, ROWS + 1), 1, 5)), "only rows of other"
    ),
    "a further page answers 304": a_page_is(answer(status=304), "HTTP 304, which was not asked"),
    "a further page is gone": a_page_is(answer(status=404), "1 of 4 further pages"),
    "a further page says that it is gone": a_page_is(answer(MISSING), "soft 404: 页面不存在"),
    "the last page is a shell": a_page_is(answer(SHELL), "it draws itself by script", number=5),
    "the last page alone is gone": Case(
        {1: changed(listing_pages(5), answer(status=404))}, {1: OK}, {1: {"new": 40}}
    ),
    "four further pages are gone": Case(
        {1: changed(listing_pages(2, 3, 4, 5), answer(status=404)), 3: well},
        {1: ("incomplete", "of 4 further pages"), 3: OK},
        {1: {"new": ROWS}, 3: {"new": 40}},
    ),
    # -- a list that goes on where we cannot follow --------------------------------------------
    "postback": goes_on(POSTBACK, "2 is a script, javascript:__doPostBack('p','2')"),
    "buttons": goes_on("<button>下一页</button>", "下一页 is a script"),
    "laypage": goes_on(LAYPAGE, "drawn by a script (laypage.render)"),
    "the listing breaks off": Case(
        {1: listing_cut_at(0.6), 3: well},
        {1: ("incomplete", "breaks off in the middle"), 3: OK},
        {1: {"complete": False}, 3: {"listing_pages": 5}},
    ),
    "a further page breaks off": Case(
        {1: changed(listing_pages(2), lambda pages: half_of(pages, 2)), 3: well},
        {1: ("incomplete", "list_2.html goes on where we cannot follow: the page breaks"), 3: OK},
        {1: {"new": 45}, 3: {"new": 5}},
    ),
    "the first page breaks off": Case(
        {1: well, 2: changed(listing_pages(1), lambda pages: half_of(pages, 1)), 3: well},
        {1: OK, 2: ("incomplete", "breaks off in the middle"), 3: QUIET},
        {2: {"withdrawn": 0}},
    ),
    "rows without an address": Case(
        {1: titles_lead_nowhere(*range(1, NOTICES + 1))},
        {1: ("incomplete", "10 rows name no address: 【渝北区招商】渝北区第1批")},
        {1: {"new": 0}},
    ),
    "a row without an address": Case(
        {1: titles_lead_nowhere(NOTICES)},
        {1: ("incomplete", "list_5.html goes on where we cannot follow: a row names no address")},
        {1: {"new": 49}},
    ),
    "a list in a frame": Case(
        {1: framed("/rows.jsp")}, {1: OK, 2: QUIET}, {1: {"new": 50, "listing_pages": 6}}
    ),
    "no list in a frame": Case(
        {1: framed("/chart.jsp")}, {1: ("incomplete", "no rows: it draws itself by script")}
    ),
    "load more": goes_on("<div>加载更多</div>", "加载更多 is a script"),
    # -- first runs without rows ---------------------------------------------------------------
    "a first run finds a shell": Case(
        {1: start_page(SHELL)}, {1: ("incomplete", "it draws itself by script (#app)")}
    ),
    "a first run finds no rows": Case(
        {1: start_page("<html><body><h2>招商动态</h2><p>暂无数据</p></body></html>")},
        {1: ("incomplete", "no listing and no notice could be read")},
    ),
    # -- listings that lose their rows ---------------------------------------------------------
    "a listing loses its rows": Case(
        {1: well, 2: start_page(SHELL)},
        {1: OK, 2: ("redesigned", "it draws itself by script (#app)")},
    ),
    "a listing breaks off before its rows": Case(
        {
            1: well,
            2: changed(
                listing_pages(1),
                lambda pages: pages.Reply(pages.listing(range(1, 11)).partition("<li>")[0]),
            ),
            3: well,
        },
        {1: OK, 2: ("incomplete", "breaks off in the middle"), 3: QUIET},
        {2: {"withdrawn": 0}},
    ),
    "a listing becomes a notice": Case(
        {
            1: well,
            2: changed(listing_pages(1), lambda pages: pages.Reply(pages.notice(99))),
            3: well,
        },
        {1: OK, 2: ("redesigned", "has no rows any more"), 3: QUIET},
        {2: {"new": 0}},
    ),
    # -- rows that lead to nothing -------------------------------------------------------------
    "every notice is gone": nothing_read(
        changed(notices, answer(status=404)), "50 listed pages are gone, such as"
    ),
    "every notice says that it is gone": nothing_read(
        changed(notices, answer(MISSING)), "50 listed pages are gone"
    ),
    "every notice leads home": nothing_read(
        changed(notices, answer(status=302, Location="/")), "soft 404: leads to"
    ),
    "every notice is forbidden": nothing_read(
        forbidden(["/info/"]), "50 listed pages must not be asked for"
    ),
    "every notice answers 304": nothing_read(
        changed(notices, answer(status=304)), "HTTP 304, which was not asked for"
    ),
    "all rows lead to another host": nothing_read(
        rows_elsewhere(NOTICES), "50 rows lead to another site or to a file"
    ),
    "the base leads to another host": nothing_read(
        rows_elsewhere(0, base=True), "rows lead to another site"
    ),
    "all rows are files": nothing_read(rows_that_are_files, "50 rows lead to another site or to a"),
    "two rows lead to another host": Case(
        {1: rows_elsewhere(2)}, {1: ("ok", "2 rows lead to another site")}, {1: {"new": 48}}
    ),
    "most rows lead to another host": Case(
        {1: rows_elsewhere(30)}, {1: ("partial", "30 rows lead to another")}, {1: {"new": 20}}
    ),
    # -- pages that are not their rows' --------------------------------------------------------
    "every notice shows one text": Case(
        {1: changed(notices, lambda pages: pages.Reply(pages.notice(99)))},
        {1: ("partial", "50 pages show another page's text"), 2: ("partial", "another page's")},
        {1: {"new": 0}},
    ),
    "every notice says maintenance": Case(
        {1: well, 2: changed(notices, answer(MAINTENANCE)), 3: well},
        {1: OK, 2: ("partial", ""), 3: QUIET},
        {2: {"changed": 0, "withdrawn": 0}},
    ),
    "every notice says maintenance on a first run": nothing_read(
        changed(notices, answer(MAINTENANCE)), ""
    ),
    "every notice shows another row's": Case(
        {1: each_shows_the_next_one},
        {1: ("partial", "pages show another page's text")},
        {1: {"new": 0}},
    ),
    "some notices show the newest one": Case(
        {1: changed(some_notices, lambda pages: pages.Reply(pages.notice(1)))},
        {1: ("partial", "8 pages show another page's text")},
        {1: {"new": 42}},
    ),
    "some notices show the listing": Case(
        {
            1: changed(
                some_notices, lambda pages: pages.Reply(pages.listing(range(1, ROWS + 1), 1, 5))
            ),
            2: well,
        },
        {1: ("partial", "8 pages show another page's text"), 2: OK},
        {1: {"new": 42, "listing_pages": 5}, 2: {"new": 8}},
    ),
    "known notices show the listing": Case(
        {
            1: well,
            2: changed(
                some_notices, lambda pages: pages.Reply(pages.listing(range(1, ROWS + 1), 1, 5))
            ),
            3: well,
        },
        {1: OK, 2: ("partial", "another page's text"), 3: QUIET},
        {2: {"changed": 0}, 3: {"unchanged": 50}},
    ),
    "two rows lead to lists": Case(
        {1: rows_that_are_lists(2)},
        {
            1: ("ok", "2 listed pages are lists in place of notices, such as "),
            2: ("quiet", "2 listed pages are lists"),
        },
        {1: {"new": 56}},
    ),
    "a further page is a notice beside rows": Case(
        {1: a_further_page_is_a_notice_with_rows, 3: well},
        {1: ("incomplete", "no rows"), 3: OK},
        {1: {"new": 40}},
    ),
    "an unlisted notice shows the newest one": Case(
        {1: well, 2: unlisted_shows_the_newest}, {1: OK, 2: QUIET}, {2: {"changed": 0}}
    ),
    "many known notices are none any more": Case(
        {1: well, 2: changed(a_third, answer('{"code": 500, "msg": "系统异常"}')), 3: well},
        {1: OK, 2: ("partial", "17 known notices could not be read"), 3: QUIET},
        {2: {"changed": 0, "withdrawn": 0}, 3: {"unchanged": 50}},
    ),
    "equal texts under their own titles": Case({1: reprints}, {1: OK}, {1: {"new": 50}}),
    "titles that differ from their rows": Case({1: other_titles}, {1: OK}, {1: {"new": 50}}),
    # -- texts that break off ------------------------------------------------------------------
    "notices break off": Case(
        {1: well, 2: cut_at(0.99), 3: well},
        {1: OK, 2: ("partial", "8 pages broke off"), 3: QUIET},
        {2: {"changed": 0}, 3: {"changed": 0}},
    ),
    # -- withdrawals ---------------------------------------------------------------------------
    "all notices go, and come back": Case(
        {1: well, 2: changed(notices, answer(status=404)), 3: well},
        {1: OK, 2: ("partial", "50 notices went together"), 3: QUIET},
        {2: {"withdrawn": 0}, 3: {"unchanged": 50}},
    ),
    "all notices go for good": Case(
        {1: well, 2: changed(notices, answer(MISSING))},
        {1: OK, 2: ("partial", "50 notices went"), 3: ("partial", "listed pages are gone")},
        {2: {"withdrawn": 0}, 3: {"withdrawn": 50}},
    ),
    "all new notices are gone": Case(
        {1: well, 2: news(answer(status=404))},
        {1: OK, 2: ("partial", "nothing that is listed could be read")},
        {2: {"new": 0, "withdrawn": 0}},
    ),
    "one notice goes that is listed": Case(
        {1: well, 2: changed(lambda pages: [pages.notice_path(5)], answer(status=404))},
        {1: OK, 2: ("quiet", "1 listed pages are gone"), 3: OK},
        {2: {"withdrawn": 0}, 3: {"withdrawn": 1}},
    ),
}


class Told:
    """What each run said of each portal, and the archive at the end."""

    def __init__(self, pages, servers, folder):
        self.sites = {name: servers.enter_context(pages.serving()) for name in CASES}
        self.crawl = pages.Crawler(folder)
        self.runs = [self._run(run, pages) for run in range(1, RUNS + 1)]

    def _run(self, run, pages):
        for name, case in CASES.items():
            if run in case.lay:
                self.sites[name].pages.clear()
                case.lay[run](self.sites[name], pages)
        limits = ("-s", "CQCRAWLER_MAX_PAUSE=0.1", "-s", "RETRY_TIMES=1")
        return self.crawl(*(site.url for site in self.sites.values()), *limits).portals

    def of(self, name, run):
        return self.runs[run - 1][self.sites[name].name]


def test_what_runs_say_and_archive(pages, tmp_path):
    """All in one test, as whoever runs tests in several processes would crawl once in each."""
    with ExitStack() as servers:
        told = Told(pages, servers, tmp_path)
        wrong = {(name, run): told.of(name, run) for name, run in _untold(told)}
        assert not wrong
        with Archive(told.crawl.archive, must_exist=True) as archive:
            _check_titles(told, archive, pages)
            _check_warning(told, archive, pages)


def _untold(told):
    for name, case in CASES.items():
        for run, (outcome, reason) in case.says.items():
            report = told.of(name, run)
            counts = case.counts.get(run, {})
            said = report["outcome"] == outcome and reason in report["reason"]
            if not (said and counts == {field: report[field] for field in counts}):
                yield name, run


def _check_titles(told, archive, pages):
    """Nothing that is not a notice stands in the archive."""
    titles = {article.url: article.title for article in archive.articles()}
    for name in ("every notice says maintenance", "notices break off", "all notices go for good"):
        for number in range(1, NOTICES + 1):
            url = told.sites[name].url + pages.notice_path(number)
            assert titles[url] == pages.title(number)


def _check_warning(told, archive, pages):
    site = told.sites["titles that differ from their rows"]
    article = archive.article(site.url + pages.notice_path(7))
    assert article is not None
    assert "the title differs from that of the row that led here" in article.warnings

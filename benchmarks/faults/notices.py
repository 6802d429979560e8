"""Listings with rows, and notices that are not there, not theirs, or not whole."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.faults.cases import ANY, CASES, GOOD, Run, fault
from benchmarks.faults.listings import SOFT_404
from tests.crawl.conftest import Page, Reply, Site, listing, notice, notice_path

TWENTY = range(1, 21)
NEXT_TWENTY = range(21, 41)
_MAINTENANCE = """<html><head><title>系统维护公告</title></head><body><h1>系统维护公告</h1>
<div>发布日期:2025-10-01</div><div><p>因机房设备升级，本网站定于近期进行系统维护，期间暂停对外服务。</p>
<p>维护完成后将恢复正常访问，给您带来的不便，敬请谅解。</p><p>技术支持电话见首页。</p></div>
</body></html>"""
_MAP = """<html><head><title>招商地图</title></head><body><div id="allmap"></div>
<script src="http://api.map.baidu.com/api?v=3.0&ak=x"></script><script src="/js/map.js"></script>
</body></html>"""
_PDF = Reply(b"%PDF-1.4\n%%EOF\n", headers={"Content-Type": "application/pdf"})
_SAME = notice(99)
Answer = Callable[[int], Page]


def all_answer(site: Site, numbers: range, answer: Answer) -> None:
    site.pages |= {notice_path(number): answer(number) for number in numbers}


def _home(number: int) -> Reply:
    return Reply(status=302, headers={"Location": "/"})


def _other_row(number: int) -> Reply:
    """The notice of the row below, as when a script has mixed up its numbers."""
    return Reply(notice(number + 1 if number % 20 else number - 19))


_UNREADABLE: dict[str, Answer] = {
    "404": lambda number: Reply("<p>404 not found</p>", 404),
    "a soft 404": lambda number: Reply(SOFT_404),
    "a redirect to the first page": _home,
    "304 unasked": lambda number: Reply(status=304),
    "the same text": lambda number: Reply(_SAME),
    "a notice of maintenance": lambda number: Reply(_MAINTENANCE),
    "another row's notice": _other_row,
}


def _first_run(site: Site, answer: Answer) -> Iterator[Run]:
    site.portal(20, rows=20)
    well = dict(site.pages)
    all_answer(site, TWENTY, answer)
    yield Run("partial")
    site.pages = well
    yield Run(GOOD, holds=TWENTY)


def _later_run(site: Site, answer: Answer) -> Iterator[Run]:
    """All rows are new ones, which do not read."""
    site.portal(40, rows=40)
    site.pages["/"] = Reply(listing(TWENTY))
    yield Run("ok", holds=TWENTY)
    site.pages["/"] = Reply(listing(NEXT_TWENTY))
    well = dict(site.pages)
    all_answer(site, NEXT_TWENTY, answer)
    yield Run("partial", holds=TWENTY)
    site.pages = well
    yield Run(GOOD, holds=range(1, 41))


for _name, _answer in _UNREADABLE.items():
    CASES[f"a first run, every notice is {_name}"] = partial(_first_run, answer=_answer)
    CASES[f"every new notice is {_name}"] = partial(_later_run, answer=_answer)


@fault("every notice is excluded by robots.txt")
def _robots(site: Site) -> Iterator[Run]:
    site.portal(20, rows=20)
    site.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /info/")
    yield Run("partial", "robots")


def _replaced(site: Site, old: str, new: str, target: Page | None = None) -> Iterator[Run]:
    """Rows that lead elsewhere, and what is there if it is here."""
    site.pages["/"] = Reply(listing(TWENTY).replace(old, new))
    if target:
        site.pages |= {notice_path(number).replace(old, new): target for number in TWENTY}
    yield Run("partial")


CASES |= {
    "all rows lead to another host": partial(
        _replaced, old='href="/info/', new='href="http://other.invalid/info/'
    ),
    "a <base> leads to another host": partial(
        _replaced, old="<head>", new='<head><base href="http://other.invalid/">'
    ),
    "all rows are files": partial(_replaced, old=".html", new=".pdf", target=_PDF),
    "all rows are places on a map": partial(
        _replaced, old="/info/detail/", new="/map/point/", target=Reply(_MAP)
    ),
}


@fault("known notices show the same text")
def _same_text(site: Site) -> Iterator[Run]:
    site.portal(20, rows=20)
    yield Run("ok", holds=TWENTY)
    all_answer(site, TWENTY, lambda number: Reply(_SAME))
    yield Run("partial", holds=TWENTY, options=("--full",))


@fault("known notices show each other's text")
def _mixed_up(site: Site) -> Iterator[Run]:
    site.portal(20, rows=20)
    yield Run("ok", holds=TWENTY)
    all_answer(site, TWENTY, _other_row)
    yield Run("partial", holds=TWENTY, options=("--full",))


def _cut(number: int) -> Reply:
    body = notice(number).encode()
    return Reply(body[: len(body) * 6 // 10])


def _cut_stream(number: int) -> Reply:
    packed = gzip.compress(notice(number).encode())
    return Reply(packed[: len(packed) * 6 // 10], headers={"Content-Encoding": "gzip"})


def _cut_again(site: Site, answer: Answer, numbers: range) -> Iterator[Run]:
    """Nothing but the page tells that it is cut: the length that is promised comes."""
    site.portal(20, rows=20)
    yield Run("ok", holds=TWENTY)
    all_answer(site, numbers, answer)
    yield Run(ANY, holds=TWENTY, options=("--full",))


for _count in (range(1, 4), TWENTY):
    CASES[f"{len(_count)} notices are cut at 60 %"] = partial(
        _cut_again, answer=_cut, numbers=_count
    )
    CASES[f"{len(_count)} notices are cut in a compressed stream"] = partial(
        _cut_again, answer=_cut_stream, numbers=_count
    )


@fault("all notices answer 404 while they are listed")
def _gone(site: Site) -> Iterator[Run]:
    site.portal(20, rows=20)
    well = dict(site.pages)
    yield Run("ok", holds=TWENTY)
    all_answer(site, TWENTY, _UNREADABLE["404"])
    yield Run("partial", holds=TWENTY, options=("--full",))
    yield Run(("partial", "ok"), gone=TWENTY, options=("--full",))
    site.pages = well
    yield Run(GOOD, holds=TWENTY, options=("--full",))


@fault("six notices of sixty answer 500")
def _six_of_sixty(site: Site) -> Iterator[Run]:
    site.portal(60, rows=20)
    failing = range(5, 65, 10)
    well = dict(site.pages)
    site.pages |= {notice_path(number): Reply("oops", 500) for number in failing}
    yield Run("partial", "500", holds=set(range(1, 61)) - set(failing))
    site.pages = well
    yield Run(GOOD, holds=range(1, 61))


@fault("a cookie for a domain, and no internet")
def _cookie(site: Site) -> Iterator[Run]:
    site.portal(5)
    for path, page in list(site.pages.items()):
        assert isinstance(page, Reply)
        cookie = {"Set-Cookie": "id=1; Domain=example.gov.cn; Path=/"}
        site.pages[path] = Reply(page.body, headers=cookie)
    yield Run("ok", holds=range(1, 6))


@fault("gzip of empty members")
def _empty_members(site: Site) -> Iterator[Run]:
    site.portal(5)
    packed = gzip.compress(b"") * 200_000
    for number, rest in ((2, b""), (3, gzip.compress(notice(3).encode()))):
        whole = Reply(packed + rest, headers={"Content-Encoding": "gzip"})
        site.pages[notice_path(number)] = whole
    yield Run(("ok", "partial"), holds={1, 3, 4, 5})


@fault("<meta charset=undefined>")
def _charset(site: Site) -> Iterator[Run]:
    site.portal(5)
    for number in range(1, 6):
        page = notice(number).replace("<head>", '<head><meta charset="undefined">')
        site.pages[notice_path(number)] = Reply(page, headers={"Content-Type": "text/html"})
    yield Run("ok", holds=range(1, 6))


@fault("session ids in addresses")
def _sessions(site: Site) -> Iterator[Run]:
    site.pages = _Sessions()
    yield Run("ok", holds=range(1, 6))
    yield Run("quiet", holds=range(1, 6), options=("--full",))


class _Sessions(dict[str, Page]):
    """A portal that gives every request a new session, which its links carry on."""

    def __init__(self) -> None:
        super().__init__()
        self._given = 0

    def get(self, path: str, default: Page) -> Page:  # type: ignore[override]
        plain = path.partition(";")[0]
        if plain == "/":
            self._given += 1
            session = f";jsessionid={self._given:032X}"
            return Reply(listing(range(1, 6)).replace(".html", f".html{session}"))
        for number in range(1, 6):
            if plain == notice_path(number):
                return Reply(notice(number))
        return default

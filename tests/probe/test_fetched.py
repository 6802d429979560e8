"""What the scripts of a page name as the addresses of a list that they fetch."""

from __future__ import annotations

import pytest

from cqcrawler.models import Page
from cqcrawler.probe.fetched import fetched_by
from cqcrawler.probe.report import Fetched, ListFound, Rows
from cqcrawler.reading.page.document import open_page

URL = "http://zs.example.gov.cn/zsdt/"


def fetched(code: str, listing: ListFound | None = None, sources: str = "") -> Fetched | None:
    text = "<p>招商动态</p>" * 40 + f"{sources}<script>$.getJSON(url); {code}</script>"
    return fetched_by(open_page(Page(URL, f"<html><body>{text}</body></html>")), listing)


@pytest.mark.parametrize(
    ("code", "addresses"),
    [
        ("'/api/news?pageNo=1&pageSize=15'", ("/api/news?pageNo=1&pageSize=15",)),
        # The beginning of one that is there as a whole.
        ('"/api/news?pageNo=" + n; "/api/news?pageNo=1"', ("/api/news?pageNo=1",)),
        ("`/api/v1/list`; 'list.do?page='", ("list.do?page=", "/api/v1/list")),
        (f"'{URL}data/1.json'", (f"{URL}data/1.json",)),
        ("'http://hm.baidu.com/page?1'; '//cdn.cn/page/2'; 'application/json;charset=UTF-8'", ()),
        ("'/js/page2.js'; '/images/1.png?v=3'; '/search'; '第1页'; 'a page'", ()),
        ("/* '/api/old?page=1' */", ()),
        ("'/a/1'; '/a/2'; '/a/3'; '/a/4'; '/a/5'", ("/a/1", "/a/2", "/a/3", "/a/4")),
    ],
)
def test_addresses_of_the_same_site(code: str, addresses: tuple[str, ...]) -> None:
    assert fetched(code) == Fetched(addresses)


def test_files_of_the_site_may_name_them_as_well() -> None:
    sources = "<script src='/js/jquery.min.js'></script><script src='/js/list.js'></script>"
    assert fetched("", sources=sources) == Fetched((), ("http://zs.example.gov.cn/js/list.js",))


def test_a_list_that_is_whole_needs_none() -> None:
    rest = ListFound(Rows(), beyond="加载更多 is a script")
    assert fetched("'/api?page=2'", rest) == Fetched(("/api?page=2",))
    assert fetched("load(2)", rest) is None
    assert fetched("'/api?page=2'", ListFound(Rows())) is None

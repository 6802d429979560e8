"""Lists of 博达 VSB: page k of n is numbered n-k+1, and the newest is the list itself."""

from __future__ import annotations

import pytest

from cqcrawler import read_listing
from cqcrawler.models import Listing, Page
from cqcrawler.platforms import recognise
from cqcrawler.reading.page.document import open_page

HOST = "http://cxq.example.cn/"
ROWS = "".join(
    f"<li id='line_u7_{n}'><a href='/info/1021/{900 - n}.htm'>柳河园区第{n}个冷链物流项目开建</a>"
    f"<span class='date'>2026-03-{20 - n:02}</span></li>"
    for n in range(9)
)


def read(pager: str, path: str = "zsyz.htm", extra: str = "") -> Listing:
    style = '<link href="/system/resource/css/pagedown/sys.css">'
    page = f"<html><head>{style}</head><body><ul>{ROWS}</ul>{pager}{extra}</body></html>"
    return read_listing(page, HOST + path)


def paths(listing: Listing) -> list[str]:
    return [url.removeprefix(HOST) for url in listing.next_urls]


def down(stem: str, first: int) -> list[str]:
    return [f"{stem}/{number}.htm" for number in range(first, 0, -1)]


def links(*pairs: tuple[str, str]) -> str:
    return "".join(f"<a href='{href}'>{label}</a>" for label, href in pairs)


FIRST_PAGES = {
    "words": links(("下页", "zsyz/6.htm"), ("尾页", "zsyz/1.htm")),
    "numbers": links(("2", "zsyz/6.htm"), ("3", "zsyz/5.htm"), ("7", "zsyz/1.htm")),
    "numbers in brackets": links(("[2]", "zsyz/6.htm"), ("[7]", "zsyz/1.htm")),
    "arrows": links((">", "zsyz/6.htm"), (">>", "zsyz/1.htm")),
    "whole addresses": links(("下一页", f"{HOST}zsyz/6.htm")),
    "the last alone, and their number": links(("尾页", "zsyz/1.htm"))
    + "<script>function go(){_simple_list_gotopage_fun( 7 ,'u7',2)}</script>",
    "for wide and for small screens": links(("下页", "zsyz/6.htm")) * 2,
}


@pytest.mark.parametrize("name", FIRST_PAGES)
def test_the_first_page_names_the_others_newest_first(name: str) -> None:
    listing = read(FIRST_PAGES[name])
    assert (paths(listing), listing.earlier_urls) == (down("zsyz", 6), ())
    assert (len(listing.rows), listing.beyond) == (9, "")


def test_two_pages() -> None:
    assert paths(read(links(("下页", "zsyz/1.htm"), ("尾页", "zsyz/1.htm")))) == ["zsyz/1.htm"]


@pytest.mark.parametrize(
    "pager",
    [
        links(("首页", "../zsyz.htm"), ("上页", "5.htm"), ("下页", "3.htm"), ("尾页", "1.htm")),
        links(("1", "../zsyz.htm"), ("3", "5.htm"), ("5", "3.htm"), ("7", "1.htm")),
    ],
    ids=["words", "numbers"],
)
def test_a_later_page_knows_which_are_newer(pager: str) -> None:
    listing = read(pager, "zsyz/4.htm")
    newer = [path for path in paths(listing) if f"{HOST}{path}" in listing.earlier_urls]
    older = [path for path in paths(listing) if path not in newer]
    assert older == down("zsyz", 3)
    assert newer[:1] == ["zsyz.htm"]
    assert newer[-1] == "zsyz/5.htm"


@pytest.mark.parametrize(
    ("path", "pager", "first"),
    [
        ("2024.htm", links(("下页", "2024/3.htm"), ("尾页", "2024/1.htm")), "2024/3.htm"),
        ("zw/3.htm", links(("下页", "3/2.htm"), ("尾页", "3/1.htm")), "zw/3/2.htm"),
        ("zw/", links(("下页", "index/2.htm"), ("尾页", "index/1.htm")), "zw/index/2.htm"),
        ("zw.html?a=1#b", links(("下页", "zw/2.html")), "zw/2.html"),
    ],
)
def test_lists_of_any_name(path: str, pager: str, first: str) -> None:
    assert paths(read(pager, path))[0] == first


def test_other_lists_of_the_page_do_not_count() -> None:
    other = links(("下页", "tzgg/40.htm"), ("尾页", "tzgg/1.htm"))
    script = "<script>_simple_list_gotopage_fun(41,'a',2)</script>"
    found = paths(read(links(("下页", "zsyz/6.htm"), ("尾页", "zsyz/1.htm")), extra=other + script))
    assert [path for path in found if path.startswith("zsyz")] == down("zsyz", 6)


def test_notices_in_the_folder_of_a_list_are_no_pages() -> None:
    listing = read(links(("下页", "zsyz/2.htm"), ("关于举办春季招商推介会的通知", "zsyz/88.htm")))
    assert paths(listing) == ["zsyz/2.htm", "zsyz/1.htm"]


def test_a_notice_that_leads_to_its_neighbours_is_no_page_of_a_list() -> None:
    neighbours = links(("上一页", "901.htm"), ("下一页", "899.htm"))
    assert len(read(neighbours, "info/1021/900.htm").next_urls) <= 2


def test_a_list_of_one_page_goes_on_nowhere() -> None:
    place = "<div class='pagination'></div><script>_simple_list_gotopage_fun(1,'u7',2)</script>"
    listing = read(place)
    assert (listing.next_urls, listing.beyond) == ((), "")


def test_pages_that_are_counted_up_are_read_as_elsewhere() -> None:
    up = links(("2", "zsyz/2.htm"), ("3", "zsyz/3.htm"), ("下页", "zsyz/2.htm"))
    assert paths(read(up)) == ["zsyz/2.htm", "zsyz/3.htm"]


@pytest.mark.parametrize(
    "markup",
    [
        "<div id='vsb_content_2'><p>正文</p></div>",
        '<script>_showDynClicks("wbnews", 1, 2)</script>',
        "<a href='content.jsp?urltype=news.NewsContentUrl&wbtreeid=1'>正文</a>",
        '<link href="/system/resource/css/pagedown/sys.css">'
        "<a href='http://other.cn/202603/t20260320_9.html'>转载</a>",
    ],
)
def test_pages_of_the_system_are_recognised(markup: str) -> None:
    assert recognise(open_page(Page(HOST, markup))).name == "vsb"


@pytest.mark.parametrize(
    "pager",
    [
        links(("下页", "zsyz/99999.htm")),
        links(("99999", "zsyz/99999.htm")),
        links(("²", "zsyz/6.htm"), ("0", "zsyz/0.htm"), ("٣", "zsyz/1.htm")),
        links(("下页", "http://[/6.htm"), ("下页", "zsyz/123456.htm")),
        "_simple_list_gotopage_fun(" * 20_000,
        "<a href='zsyz/6.htm'>" * 2000,
        f"<a href='{'zsyz/6.htm' * 20_000}'>下页</a>",
        f"<a href='zsyz/6.htm'>{'下' * 200_000}</a>",
    ],
)
@pytest.mark.parametrize("path", ["zsyz.htm", "zsyz/3.htm", "zsyz/", "", "//["])
def test_no_page_takes_long_or_raises(pager: str, path: str) -> None:
    assert len(read(pager, path).next_urls) <= 6000


def test_a_very_long_list_is_named_in_windows() -> None:
    first = read(links(("下页", "zsyz/11999.htm"), ("尾页", "zsyz/1.htm")))
    named = paths(first)[:4999]
    assert named == down("zsyz", 11_999)[:4999]
    pager = links(("首页", "../zsyz.htm"), ("下页", "7000.htm"))
    assert paths(read(pager, "zsyz/7001.htm"))[:3] == down("zsyz", 7000)[:3]

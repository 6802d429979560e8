"""Every page has a platform, and every address one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler import platforms
from cqcrawler.exceptions import PortalError
from cqcrawler.models import Page, Postback
from cqcrawler.platforms.canonical import (
    canonical_url,
    clue_address,
    clue_of,
    post_address,
    request_of,
    with_form_of,
)
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.page.ending import BREAKS_OFF

HERE = "http://x.cn/list/"
LISTED = (
    "<p><a href='?page=2'>2</a> <a href='?page=3'>3</a> <a href='?page=2'>下一页</a></p>"
    "<script>createPageHTML(2, 0, 'index', 'htm')</script>"
)


def test_names_give_their_platforms() -> None:
    assert [platforms.get(name).name for name in platforms.names()] == platforms.names()
    assert {"generic", "trs"} <= set(platforms.names())


def test_unknown_name_is_an_error_that_says_what_there_is() -> None:
    with pytest.raises(PortalError, match=r"'trss'.*generic"):
        platforms.get("trss")


def test_any_page_is_at_least_generic() -> None:
    assert platforms.recognise(open_page(Page(HERE, ""))).name == "generic"


def test_pages_of_the_platform_go_with_those_that_are_linked() -> None:
    document = open_page(Page(HERE, LISTED))
    linked = ("http://x.cn/list/?page=2", "http://x.cn/list/?page=3")
    assert platforms.read_listing(document).next_urls == (HERE + "index_1.htm", *linked)
    assert platforms.read_listing(document, platforms.get("generic")).next_urls == linked


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://X.cn:80/a#b", "http://x.cn/a"),
        ("http://x.cn/a?page=3&cid=1", "http://x.cn/a?cid=1&page=3"),
        ("http://x.cn/a?b=2&a=1&b=1", "http://x.cn/a?a=1&b=2&b=1"),
        ("http://x.cn/a?2180", "http://x.cn/a?2180"),
        ("http://x.cn/a/index.html", "http://x.cn/a/index.html"),
        ("not an address", "not an address"),
    ],
)
def test_canonical_address(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


def test_what_is_known_of_a_list_stands_behind_the_address_of_a_script() -> None:
    known = {"of": "ucap", "size": "18", "left": "http://x.cn/b.js http://x.cn/c.js", "area": ""}
    address = clue_address("http://X.cn/a.js?v=2#top", known)
    assert clue_of(canonical_url(address)) == known
    assert request_of(canonical_url(address)) == ("http://x.cn/a.js?v=2", "GET", "")
    assert with_form_of(address, "http://y.cn/a.js") == f"http://y.cn/a.js{address[20:]}"
    assert (
        clue_of("http://x.cn/a.js#top")
        == clue_of(post_address("http://x.cn/", known.items()))
        == {}
    )


def test_a_form_stands_behind_the_address_it_is_sent_to() -> None:
    address = post_address("http://X.cn/list.do#top", [("page", "2"), ("word", "招商#1")])
    url, method, body = request_of(canonical_url(address))
    assert (url, method) == ("http://x.cn/list.do", "POST")
    assert body == "page=2&word=%E6%8B%9B%E5%95%86%231"


HEX = "9f86d081884c7d659a2feaa0c55ad015"


@pytest.mark.parametrize(
    "address",
    [
        f"/a/1.html;jsessionid={HEX}",
        f"/a/1.html;JSESSIONID={HEX}.node1",
        f"/a/1.html%3Bjsessionid={HEX}",
        f"/a;jsessionid={HEX}!-1278/1.html",
        f"/a/1.html?PHPSESSID={HEX[:26]}",
        f"/a/1.html?jsessionid={HEX}&ASPSESSIONIDQQCRCRAB=BGJNOLJDMOMJKPLHGBIFNFBP",
        f"/a/1.html?sessionid={HEX}",
        f"/a/1.html?session_id={HEX}&sid={HEX}",
        f"/a/1.html?sid={HEX}",
        "/(S(lit3py55t21z5v55vlm25s55))/a/1.html",
        "/(X(1)S(lit3py55t21z5v55vlm25s55))/a/1.html",
        "/%28S%28lit3py55t21z5v55vlm25s55%29%29/a/1.html",
        "/a/1.html?_t=1700000000",
        "/a/1.html?timestamp=1700000000123&_=1700000000123",
        "/a/1.html?rnd=0.12345678&t=0.9999123&random=4711&x=0.8412345678901",
        f"/a/1.html?nocache={HEX}",
        "/a/1.html?no_cache=1&cache_buster=abc",
        "/a/1.html?1700000000123",
        "/a/1.html?0.8412345678901",
        "/a/1.html?utm_source=wx&utm_medium=&spm=a2c4g.11186623.0.0",
        "/a/1.html?from=timeline&isappinstalled=0&mobile=1",
    ],
)
def test_what_is_for_one_visit_only_goes(address: str) -> None:
    assert canonical_url("http://x.cn" + address) == "http://x.cn/a/1.html"


@pytest.mark.parametrize(
    "address",
    [
        "/a?sid=12",
        f"/show.jsp?sid={HEX}",  # may be all that there is to tell pages apart
        f"/list.jsp?id=3&sid={HEX}",  # a section
        f"/list_2.html?sid={HEX}",
        f"/show?id={HEX}",
        "/meeting?sessionid=12",
        "/meeting?session=20250701",
        "/a/1.html;v=2",
        "/a(S)/1.html",
        "/(S(short))/1.html",
        "/calendar?date=1700000000",
        "/calendar?time=1700000000",
        "/topic?t=1700000000",
        "/a?r=12&t=5&v=2",
        "/show?1700000000123",
        "/a/1.html?17000",
        "/list_2.html?1700000000123",
        "/a?from=chongqing",
        "/a?from=2025-01-01&to=2025-02-01",
        "/a?mobile=13800000000",
        "/a?spm=12",
        "/a?timestamp=20250701",
    ],
)
def test_what_may_tell_pages_apart_stays(address: str) -> None:
    assert canonical_url("http://x.cn" + address) == "http://x.cn" + address


def test_a_session_goes_where_another_number_names_the_page() -> None:
    assert canonical_url(f"http://x.cn/show.jsp?sid={HEX}&id=3") == "http://x.cn/show.jsp?id=3"


def test_a_page_that_breaks_off_may_have_lost_rows_whatever_counts_its_pages() -> None:
    rows = "".join(f"<li><a href='/i/{n}.html'>永川区第{n}家软件企业落户</a>" for n in range(9))
    page = f"<script>createPageHTML(2, 0, 'index', 'htm')</script><ul>{rows}"
    for end, beyond in (("</ul></body>", ""), ("", BREAKS_OFF)):
        listing = platforms.read_listing(open_page(Page(HERE, page + end)))
        assert (listing.next_urls, listing.beyond) == ((HERE + "index_1.htm",), beyond)


def test_a_form_is_sent_as_browsers_send_it() -> None:
    url = post_address("http://x.cn/list#top", [("名", "镕基 ~"), ("n", "2")], "gb2312")
    assert request_of(url) == ("http://x.cn/list", "POST", "%C3%FB=%26%2338229%3B%BB%F9+~&n=2")
    assert post_address("http://x.cn/", [("a", "\ud800")]).endswith("#post:a=%26%2355296%3B")


FORM = "#post:c=%E6%8B%9B&p=2"


def test_the_form_of_a_page_stays_with_its_address() -> None:
    assert canonical_url(f"HTTP://X.cn:80/l.do;jsessionid={HEX}?b=1&a=2{FORM}") == (
        f"http://x.cn/l.do?a=2&b=1{FORM}"
    )
    assert canonical_url("http://X.cn/l.aspx#postback:3") == "http://x.cn/l.aspx#postback:3"
    assert canonical_url("http://x.cn/l.aspx#posted") == "http://x.cn/l.aspx"


def test_how_pages_are_asked_for() -> None:
    assert request_of("http://x.cn/l?p=2") == ("http://x.cn/l?p=2", "GET", "")
    assert request_of(f"http://x.cn/l.do{FORM}") == ("http://x.cn/l.do", "POST", FORM[6:])
    postback = Postback("http://x.cn/l.aspx#postback:3", "http://x.cn/do.aspx", "__VIEWSTATE=x")
    assert request_of(postback.page, postback) == ("http://x.cn/do.aspx", "POST", "__VIEWSTATE=x")
    # Without what the page before it holds there is only the first page to be asked for.
    assert request_of(postback.page) == ("http://x.cn/l.aspx", "GET", "")


def test_the_form_stays_with_the_address_that_answered() -> None:
    assert with_form_of(f"http://x.cn/l{FORM}", "http://x.cn/m#top") == f"http://x.cn/m{FORM}"
    assert with_form_of("http://x.cn/l", "http://x.cn/m#post:p=2") == "http://x.cn/m"


@given(st.text(max_size=60))
def test_canonical_address_is_stable(tail: str) -> None:
    once = canonical_url("http://x.cn/" + tail)
    assert canonical_url(once) == once

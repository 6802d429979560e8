"""Every page has a platform, and every address one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler import platforms
from cqcrawler.exceptions import PortalError
from cqcrawler.models import Page
from cqcrawler.platforms.generic import canonical_url
from cqcrawler.reading.page.document import open_page

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


@given(st.text(max_size=60))
def test_canonical_address_is_stable(tail: str) -> None:
    once = canonical_url("http://x.cn/" + tail)
    assert canonical_url(once) == once

"""gkmlpt: the address of the rows, and their days."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cqcrawler.models import Listing, ListingForm, Page
from cqcrawler.platforms import read_listing, recognise
from cqcrawler.reading.page.document import open_page

SITE = "http://kj.example.gov.cn/nsqkcj"
API = f"{SITE}/gkmlpt/api/all/0?page=1&sid=755325"


def page(config: str, path: str = "/gkmlpt/index", markup: str = "") -> Listing:
    body = (
        f"<body>{markup}<div id='app'></div><script>window._CONFIG = {{{config}}}</script></body>"
    )
    return read_listing(open_page(Page(SITE + path, body)))


def answer(data: Any, url: str = API) -> Listing:
    return read_listing(open_page(Page(url, json.dumps(data))))


@pytest.mark.parametrize("path", ["/gkmlpt/index", "/gkmlpt/policy/", "/gkmlpt/"])
def test_rows_lie_beside_the_page(path: str) -> None:
    listing = page("SID: '755325'", path)
    assert (listing.next_urls, listing.form) == ((API,), ListingForm.SHELL)


@pytest.mark.parametrize(
    ("tree", "category"),
    [
        ('[{"id":1076,"name":"文件"}]', 1076),
        ('[{"id":"1076","children":[{"id":2}]}]', 1076),
        ('[{"id":1},{"id":2}]', 0),
        ("[]", 0),
        ("[{id: 1076}]", 0),
        ("[" * 50_000, 0),
    ],
)
def test_the_category_is_the_only_one_or_all(tree: str, category: int) -> None:
    urls = page(f'"TREE": {tree}, "SID": 755325').next_urls
    assert urls == (API.replace("/0?", f"/{category}?"),)


def test_a_menu_is_no_list() -> None:
    menu = "".join(f"<a href='/gkmlpt/p{n}.html'>政府信息公开目录第{n}类</a>" for n in range(1, 7))
    assert page("SID: '755325'", markup=f"<div>{menu}</div>").rows == ()


def test_a_page_without_its_number_says_so() -> None:
    listing = page("BASE: '/gkmlpt'")
    assert (listing.next_urls, listing.form) == ((), ListingForm.SHELL)
    assert "SID" in listing.beyond


@pytest.mark.parametrize("path", ["/gkmlpt/content/11/11802/post_1.html", "/gkmlpt/guide"])
def test_other_pages_of_the_system_are_no_lists(path: str) -> None:
    assert page("SID: '755325'", path).next_urls == ()


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"display_publish_time": 1790699400, "create_time": 1}, "2026-09-30"),
        ({"display_publish_time": "2026-09-30 00:30:00", "date": 1790000000}, "2026-09-30"),
        ({"display_publish_time": None, "created_at": "2026-09-30 12:00:00"}, "2026-09-30"),
        ({"create_time": 1790699400}, "2026-09-30"),
        ({"date": 1790699400}, None),
    ],
)
def test_the_day_is_that_of_publication(dates: dict[str, Any], expected: str | None) -> None:
    article = {"title": "办法", "url": f"{SITE}/gkmlpt/content/1/1/post_1.html#7", **dates}
    listing = answer({"total": 1, "articles": [article]})
    assert [(row.url, row.published) for row in listing.rows] == [(article["url"][:-2], expected)]


def test_the_notice_on_its_site_goes_before_that_within_the_platform() -> None:
    article = {
        "title": "办法",
        "url": f"{SITE}/gkmlpt/a.html",
        "post_url": "//kj.example.gov.cn/b.html",
    }
    assert answer({"articles": [article]}).rows[0].url == "http://kj.example.gov.cn/b.html"


def test_pages_of_an_answer() -> None:
    articles = [{"title": f"第{n}号", "url": f"/post_{n}.html"} for n in range(20)]
    data = {"total": 230, "articles": articles}
    assert recognise(open_page(Page(API, json.dumps(data)))).name == "gkmlpt"
    first, last = answer(data), answer(data, API.replace("page=1", "page=12"))
    assert (len(first.next_urls), first.declared_total) == (11, 230)
    assert first.next_urls[0] == API.replace("page=1", "page=2")
    assert last.next_urls == ()


@pytest.mark.parametrize(
    "data",
    [[], {}, {"total": 3, "articles": None}, {"total": {}, "articles": [1, None, {"url": []}, {}]}],
)
def test_answers_that_make_no_sense_have_no_rows(data: Any) -> None:
    assert answer(data).rows == ()


def test_a_page_in_place_of_data_is_told() -> None:
    assert read_listing(open_page(Page(API, "<h1>403</h1>"))).beyond

"""gov.cn: the file that a script draws the list from."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cqcrawler.models import Listing, ListingForm, Page
from cqcrawler.platforms import read_listing, recognise
from cqcrawler.reading.page.document import open_page

HERE = "https://www.example.gov.cn/zhengce/zuixin/index.htm"
FILE = "https://www.example.gov.cn/zhengce/zuixin/ZUIXINZHENGCE.json"
DRAWS = "for (var i in d) { add(d[i].TITLE, d[i].URL, d[i].DOCRELPUBTIME); }"


def page(script: str) -> Listing:
    return read_listing(open_page(Page(HERE, f"<ul id='l'></ul><script>{script}</script>")))


def answer(data: Any) -> Listing:
    return read_listing(open_page(Page(FILE, json.dumps(data))))


@pytest.mark.parametrize(
    ("named", "url"),
    [
        ("'./ZUIXINZHENGCE.json'", FILE),
        ('"ZUIXINZHENGCE.json?v=3"', FILE),
        ("'/zhengce/jiedu/ZCJD_QZ.json'", "https://www.example.gov.cn/zhengce/jiedu/ZCJD_QZ.json"),
    ],
)
def test_the_file_is_where_the_script_says(named: str, url: str) -> None:
    listing = page(f"$.ajax({{url: {named}, success: function (d) {{ {DRAWS} }} }});")
    assert (listing.next_urls, listing.form) == ((url,), ListingForm.SHELL)


@pytest.mark.parametrize(
    "script",
    [
        f"$.get('./weather.json', function (d) {{ {DRAWS} }})",
        "$.get('./CONFIG.json', setUp)",
        f"// $.get('./ZUIXINZHENGCE.json')\n{DRAWS}",
    ],
    ids=["another name", "another use", "a comment"],
)
def test_other_files_are_no_lists(script: str) -> None:
    assert page(script).next_urls == ()


def test_rows_of_the_file() -> None:
    rows = [
        {"TITLE": "办法", "URL": "./202609/content_1.htm", "DOCRELPUBTIME": "2026-09-30"},
        {"TITLE": "<br/>意见", "URL": "http://www.example.gov.cn/2023-04/17/content_2.htm"},
        {"TITLE": "无处可去", "URL": ""},
        {"URL": "/3.htm"},
        None,
    ]
    assert recognise(open_page(Page(FILE, json.dumps(rows)))).name == "govcn"
    listing = answer(rows)
    assert [(row.url, row.title, row.published) for row in listing.rows] == [
        ("https://www.example.gov.cn/zhengce/zuixin/202609/content_1.htm", "办法", "2026-09-30"),
        ("http://www.example.gov.cn/2023-04/17/content_2.htm", "意见", None),
    ]
    assert (listing.declared_total, listing.next_urls) == (None, ())


@pytest.mark.parametrize("data", [[], {}, {"TITLE": "a", "URL": "/1.htm"}, [[]], [{"TITLE": 1}]])
def test_what_has_no_rows_is_told(data: Any) -> None:
    listing = answer(data)
    assert listing.rows == ()
    assert listing.beyond


def test_a_page_in_place_of_data_is_told() -> None:
    listing = read_listing(open_page(Page(FILE, f"<a href='/1.htm'>a</a><script>'{FILE}';{DRAWS}")))
    assert (listing.rows, listing.next_urls) == ((), ())
    assert listing.beyond

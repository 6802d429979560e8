"""Epoint: how scripts ask its web builder, and what that answers; and pages that are files."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from cqcrawler.models import Listing, ListingForm, Page
from cqcrawler.platforms import read_listing, recognise
from cqcrawler.platforms.canonical import canonical_url, clue_of, post_address, request_of
from cqcrawler.reading.page.document import Document, open_page

SITE = "http://ggzy.example.cn"
COLUMN = f"{SITE}/xxgk/005002/list.html"
GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
INFO = f'var siteInfo = {{"siteGuid":"{GUID}","projectName":"/EWB","vname":"/web"}};'
REST = "/rest/frontAppCustomAction/getPageInfoListNew"
API = f"{SITE}/EWB{REST}"
PLACE = '<ul class="wb-data-item" id="infolist"></ul>'


def document(script: str, markup: str = PLACE, url: str = COLUMN) -> Document:
    return open_page(Page(url, f"<body>{markup}<script>{script}</script></body>"))


def sent(listing: Listing) -> tuple[str, str, dict[str, Any]]:
    """Method, path and parameters of the only request that a shell leads to."""
    assert (listing.form, listing.rows, len(listing.next_urls)) == (ListingForm.SHELL, (), 1)
    request = request_of(canonical_url(listing.next_urls[0]))
    parts = urlsplit(request.url)
    fields = dict(parse_qsl(request.body or parts.query, keep_blank_values=True))
    return (
        request.method,
        parts.path,
        json.loads(fields["params"]) if "params" in fields else fields,
    )


OBJECT = (
    "var data = {'siteGuid': siteInfo.siteGuid, 'categoryNum': cate, 'kw': '', 'area': city,"
    " 'pageIndex': index, 'pageSize': 14};"
)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (
            f"{OBJECT} Util.ajax({{url: siteInfo.projectName + '{REST}',"
            " data: {'params': JSON.stringify(data)}, success: draw});",
            ("POST", f"/EWB{REST}", 14),
        ),
        (
            f"{OBJECT} $.post(siteInfo.projectName + '{REST}2', {{params: JSON.stringify(data)}});",
            ("POST", f"/EWB{REST}2", 14),
        ),
        (
            f"{OBJECT} $.getJSON('/EWB_zs{REST}?params=' + encodeURI(JSON.stringify(data)), draw);",
            ("GET", f"/EWB_zs{REST}", 14),
        ),
        (
            f"{OBJECT} $.ajax({{type: 'POST', url: siteInfo.projectName + '{REST}',"
            " data: {params: JSON.stringify(data)}});",
            ("POST", f"/EWB{REST}", 14),
        ),
        (
            f"var pageSize = 9; $.ajax({{url: siteInfo.projectName + '{REST}', data: build(n)}});",
            ("GET", f"/EWB{REST}", 9),
        ),
    ],
    ids=["the builder's own call", "post", "an address", "a method", "no object"],
)
def test_the_script_of_a_page_tells_how_it_asks(
    script: str, expected: tuple[str, str, int]
) -> None:
    page = document(f"{INFO} var cate = '005002'; {script}")
    assert recognise(page).name == "epoint"
    method, path, params = sent(read_listing(page))
    assert (method, path, params["pageSize"]) == expected
    known = (params["siteGuid"], params["categoryNum"], params["pageIndex"], params["kw"])
    assert known == (GUID, "005002", 0, "")


def test_fields_that_are_sent_bare() -> None:
    script = f"""{INFO} $.ajax({{url: siteInfo.projectName + '{REST}Yzm', type: 'post', data: {{
        siteGuid: siteInfo.siteGuid, categoryNum: '005002', pageIndex: p, pageSize: 8}}}});"""
    method, path, fields = sent(read_listing(document(script)))
    assert (method, path) == ("POST", f"/EWB{REST}Yzm")
    assert (fields["categoryNum"], fields["pageIndex"], fields["pageSize"]) == ("005002", "0", "8")


def test_what_two_scripts_know_is_put_together() -> None:
    files = "<script src='/js/jquery.js'></script><script src='/js/site.js'></script>"
    page = read_listing(document("", f"{PLACE}{files}<script src='/js/list.js'></script>"))
    assert urlsplit(page.next_urls[0]).path == "/js/site.js"
    site = read_listing(open_page(Page(page.next_urls[0], INFO)))
    assert urlsplit(site.next_urls[0]).path == "/js/list.js"
    call = f"{OBJECT} $.get(siteInfo.projectName + '{REST}', {{params: JSON.stringify(data)}})"
    listing = read_listing(open_page(Page(site.next_urls[0], call)))
    method, path, params = sent(listing)
    assert (method, path) == ("GET", f"/EWB{REST}")
    assert (params["siteGuid"], params["categoryNum"]) == (GUID, "005002")


def test_what_no_script_tells_is_said() -> None:
    listing = read_listing(document(f"$.get('{REST}', {{params: JSON.stringify(data)}})"))
    assert not listing.next_urls
    assert "getPageInfoListNew" in listing.beyond


def test_a_clue_without_what_is_known_leads_nowhere() -> None:
    listing = read_listing(open_page(Page(f"{SITE}/js/a.js#clue:of=epoint&params=%5B", INFO)))
    assert (listing.rows, listing.next_urls) == ((), ())


def test_scripts_of_a_notice_are_left_alone() -> None:
    files = "<script src='/js/site.js'></script>"
    notice = f"{PLACE}<input type='hidden' id='viewGuid' value='1'>{files}"
    assert not any(map(clue_of, read_listing(document("", notice)).next_urls))


PARAMS = {"siteGuid": GUID, "categoryNum": "005002", "pageIndex": 0, "pageSize": 2}


def asked_for(index: int = 0, method: str = "GET") -> str:
    params = json.dumps({**PARAMS, "pageIndex": index})
    return (
        f"{API}?params={quote(params)}"
        if method == "GET"
        else post_address(API, [("params", params)])
    )


def answer(data: Any, url: str) -> Listing:
    return read_listing(open_page(Page(url, json.dumps(data))))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_pages_of_an_answer(method: str) -> None:
    rows = [
        {
            "title": "渝东<b>开工</b>",
            "infourl": "/xxgk/005002/20260930/1.html",
            "infodate": "2026-09-30",
        },
        {
            "title": "揭牌",
            "infourl": "/xxgk/005002/20260929/2.html",
            "infodate": "2026-09-29 10:00",
        },
    ]
    data = {"custom": {"count": "5", "infodata": rows}, "status": {"code": 1}}
    listing = answer(data, asked_for(method=method))
    assert [(row.title, row.published) for row in listing.rows] == [
        ("渝东开工", "2026-09-30"),
        ("揭牌", "2026-09-29"),
    ]
    assert (listing.declared_total, listing.form) == (5, ListingForm.ANSWER)
    requests = [request_of(url) for url in listing.next_urls]
    assert {request.method for request in requests} == {method}
    found = [dict(parse_qsl(r.body or urlsplit(r.url).query))["params"] for r in requests]
    assert [json.loads(params) for params in found] == [
        {**PARAMS, "pageIndex": 1},
        {**PARAMS, "pageIndex": 2},
    ]


def test_an_answer_within_a_text() -> None:
    custom = json.dumps({"count": 1, "infodata": [{"title": "a", "infourl": "/1.html"}]})
    assert len(answer({"custom": custom}, asked_for()).rows) == 1


def test_a_refusal_is_told_in_its_own_words() -> None:
    refusal = {"custom": "", "status": {"code": 0, "text": "参数格式错误"}}
    assert "参数格式错误" in answer(refusal, asked_for()).beyond


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        {"custom": None},
        {"custom": [1]},
        {"custom": "{"},
        {"custom": {"count": [], "infodata": {}}},
        {"custom": {"count": 10**30, "infodata": [None, {"infourl": ["/1.html"]}]}},
    ],
)
@pytest.mark.parametrize("url", [asked_for(), asked_for(method="POST"), f"{API}?params=%7B", API])
def test_answers_that_make_no_sense_have_no_rows(data: Any, url: str) -> None:
    assert answer(data, url).rows == ()


def test_a_page_in_place_of_data_is_told() -> None:
    listing = read_listing(open_page(Page(asked_for(), "<a href='/x'>系统维护</a>")))
    assert (listing.rows, listing.next_urls) == ((), ())
    assert listing.beyond


def files(name: str, *numbers: object) -> Listing:
    rows = "".join(
        f"<li><a href='/xxgk/005002/2026090{n}/a{n}.html'>渝东第{n}批招商项目集中签约落地</a>"
        f"<span>2026-09-0{n}</span></li>"
        for n in range(1, 7)
    )
    call = "ShowAjaxNewPage(window.location.pathname,'categorypagingcontent',{})"
    marks = "".join(f'<a onclick="{call.format(n)}">{n}</a>' for n in numbers)
    return read_listing(document("", f"<ul>{rows}</ul>{marks}", f"{SITE}/xxgk/005002/{name}"))


def test_pages_that_are_files() -> None:
    folder = f"{SITE}/xxgk/005002/"
    first, third = files("moreinfo.html", 1, 2, 4), files("3.html", 1, 2, 3, 4)
    assert [url.removeprefix(folder) for url in first.next_urls] == ["2.html", "3.html", "4.html"]
    assert [url.removeprefix(folder) for url in third.next_urls] == ["2.html", "4.html"]
    assert [url.removeprefix(folder) for url in third.earlier_urls] == ["2.html"]
    assert (first.beyond, third.beyond, len(first.rows)) == ("", "", 6)


def test_an_endless_row_of_files_is_named_bit_by_bit() -> None:
    assert len(files("", 99_999).next_urls) < 10_000
    assert f"{SITE}/xxgk/005002/7001.html" in files("7000.html", 99_999).next_urls

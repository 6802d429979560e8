"""Columns of 大汉 jpaas: a page that names a unit, and answers of the unit in JSON."""

from __future__ import annotations

import json
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from cqcrawler import read_listing
from cqcrawler.models import Listing, ListingForm

SITE = "https://sw.example.gov.cn"
HERE = f"{SITE}/tzxd/index.html"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY = {"parseType": "bulidstatic", "webId": "71", "tagId": "当前栏目list", "pageId": "8a"}


def data(query: dict[str, str]) -> str:
    """The object as the system writes it, in single quotes."""
    return "{" + ",".join(f"'{name}':'{value}'" for name, value in query.items()) + "}"


def column(script: str, around: str = "") -> Listing:
    return read_listing(f"<html><body>{around}<div id='l'>{script}</div></body></html>", HERE)


def script(query: str, url: str = UNIT) -> str:
    return f'<script src="unitbuild.js" url="{url}" queryData="{escape(query)}"></script>'


def rows(first: int, count: int) -> str:
    shown = "".join(
        f"<li><a href='/tzxd/art/2026/art_{number:032x}.html'>江城第{number}场外资企业圆桌会召开"
        f"</a><span>2026-08-{30 - number:02}</span></li>"
        for number in range(first, first + count)
    )
    return f"<div class='page-content'><ul>{shown}</ul></div>"


def pager(number: int, total: int = 40, size: int = 9, more: str = "") -> str:
    told = f"rows='{size}' count='{total}' pageNo='{number}' unitid='l'"
    return f"<div class='pagination' {told} {more}></div>"


OWN = f'unitUrl="{UNIT}" queryData="{data(QUERY)}"'


def answer(html: str, asked: dict[str, Any] | None = None) -> Listing:
    told = {"paramJson": json.dumps(asked)} if asked else {}
    body = json.dumps({"success": True, "code": "200", "data": {"html": html}})
    return read_listing(body, f"{SITE}{UNIT}?{urlencode({**QUERY, **told})}")


def asked_of(url: str) -> tuple[dict[str, str], Any]:
    query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    param = query.pop("paramJson", "")
    return query, json.loads(param) if param else None


def test_a_page_is_the_shell_of_its_unit() -> None:
    listing = column(script(data({**QUERY, "editType": "null"})))
    assert (listing.form, listing.rows, listing.beyond) == (ListingForm.SHELL, (), "")
    (url,) = listing.next_urls
    assert url.startswith(f"{SITE}{UNIT}?parseType=bulidstatic&webId=71&tagId=%E5%BD%93")
    assert asked_of(url) == ({**QUERY, "editType": "null"}, None)


@pytest.mark.parametrize(
    "query",
    [
        json.dumps(QUERY),
        json.dumps(QUERY, ensure_ascii=False),
        data(QUERY).replace("'", '"'),
        data(QUERY).replace(",", " , ").replace(":", " : "),
        data(QUERY).replace("'71'", "71"),
        data(QUERY).replace("'8a'", r"'\8a'"),
    ],
)
def test_what_a_unit_is_asked_is_written_in_many_ways(query: str) -> None:
    (url,) = column(script(query)).next_urls
    assert asked_of(url) == (QUERY, None)


SEARCH = json.dumps({"nodeId": "1133", "isFindChild": True})
PARAM = json.dumps({"pageNo": 1, "pageSize": "9", "search": SEARCH})


@pytest.mark.parametrize(
    "value",
    [PARAM, PARAM.replace("\\", "\\\\").replace('"', '\\"')],
    ids=["as it is", "with escaped quotes"],
)
def test_a_search_stays_on_all_pages(value: str) -> None:
    query = {**QUERY, "parseType": "buildstatic", "paramJson": value}
    (first,) = column(script(data(query))).next_urls
    assert asked_of(first) == ({**QUERY, "parseType": "buildstatic"}, json.loads(PARAM))
    own = f"unitUrl='{UNIT}' queryData=\"{escape(data(query))}\""
    for listing in (
        answer(rows(1, 9) + pager(1, 20, more=own)),
        answer(rows(1, 9) + pager(1, 20), json.loads(PARAM)),
    ):
        asked = [asked_of(url)[1] for url in listing.next_urls]
        assert asked == [{**json.loads(PARAM), "pageNo": number} for number in (2, 3)]


@pytest.mark.parametrize("more", [OWN, ""], ids=["named by the pager", "its own address"])
def test_an_answer_names_all_pages_but_the_first(more: str) -> None:
    addresses = set()
    for number in range(1, 6):
        asked = {"pageNo": number, "pageSize": 9} if number > 1 else None
        listing = answer(rows(1, 9) + pager(number, more=more), asked)
        named = [asked_of(url) for url in listing.next_urls]
        others = [n for n in range(2, 6) if n != number]
        assert named == [(QUERY, {"pageNo": n, "pageSize": 9}) for n in others]
        assert len(listing.earlier_urls) == max(number - 2, 0)
        assert (len(listing.rows), listing.declared_total, listing.beyond) == (9, 40, "")
        assert listing.form is ListingForm.ANSWER
        addresses.update(listing.next_urls)
    assert len(addresses) == 4  # each page has one address, whichever names it


def test_numbers_may_stand_beside_the_query() -> None:
    told = "{'rows':'9','count':'19','pageNo':'2'}"
    listing = answer(
        rows(10, 9) + f'<div id="p" queryData="{told}"></div>', {"pageNo": 2, "pageSize": 9}
    )
    assert [asked_of(url)[1]["pageNo"] for url in listing.next_urls] == [3]
    assert listing.declared_total == 19


@pytest.mark.parametrize(
    ("total", "last"), [(9, None), (10, 2), (18, 2), (19, 3)], ids=["one", "two", "full", "three"]
)
def test_pages_are_counted(total: int, last: int | None) -> None:
    listing = answer(rows(1, 9) + pager(1, total, more=OWN))
    numbers = [asked_of(url)[1]["pageNo"] for url in listing.next_urls]
    assert (numbers[-1] if numbers else None, listing.beyond) == (last, "")


def test_the_first_page_may_be_written_into_the_column() -> None:
    listing = column(rows(1, 9) + pager(1, 20, more=OWN))
    assert (listing.form, len(listing.rows), listing.declared_total) == (ListingForm.PAGE, 9, 20)
    assert [asked_of(url)[1]["pageNo"] for url in listing.next_urls] == [2, 3]
    drawn = column(rows(1, 9) + pager(1, 20, more=OWN) + script(data(QUERY)))
    assert drawn.next_urls == listing.next_urls


def test_boxes_beside_the_place_of_a_unit_are_not_its_rows() -> None:
    box = "".join(
        f"<li><a href='/ztzl/{n}.html'>优化营商环境专题活动之{n}</a></li>" for n in range(9)
    )
    listing = column(script(data(QUERY)), f"<ul>{box}</ul>")
    assert (listing.form, listing.rows) == (ListingForm.SHELL, ())


def test_rows_keep_their_scheme() -> None:
    listing = answer(rows(1, 3).replace("'/tzxd", "'http://sw.example.gov.cn/tzxd"))
    assert {row.url[:25] for row in listing.rows} == {"http://sw.example.gov.cn/"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"success": False, "code": "500", "message": "系统异常", "data": None}, "系统异常"),
        ({"success": False, "code": "403", "data": {}}, "403"),
        ({"success": True, "data": {"html": None}}, "None"),
        ([], "None"),
    ],
)
def test_an_answer_without_html_says_why(body: object, said: str) -> None:
    listing = read_listing(json.dumps(body), f"{SITE}{UNIT}?webId=71")
    assert listing.beyond == f"the unit has no rows but says: {said}"


def test_a_page_of_the_system_that_names_no_unit_is_named() -> None:
    listing = column("<script src='/jpaas-web-server/list.js'></script>")
    assert listing.beyond == "its list is drawn by script (大汉 jpaas)"


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "html",
    [
        pager(1, 999_999_999, 1, OWN),
        pager(1, 5, 0, OWN),
        pager(999_999_999, 10, 1, OWN),
        f'<p count="9" rows="1" unitUrl="http://[" queryData="{data(QUERY)}">',
        f'<p count="9" rows="1" queryData="{DEEP}">',
        f"<p count=9 rows=1 unitUrl=/u queryData=\"{{'paramJson':'{DEEP}'}}\">",
        f'<p count="9" rows="1" unitUrl="/u" queryData="{"{" + "&quot;a&quot;:" * 30_000}">',
        '<p count="²" rows="1" unitUrl="/u" queryData="{\'a\':\'\ud800\'}">',
        '<p count="3" rows="1" unitUrl="/u" queryData=\'{"a":"\\ud800"}\'>',
        "<p queryData=\"{'a':'\\" * 30_000,
    ],
)
def test_no_answer_takes_long_or_raises(html: str) -> None:
    for listing in (answer(html), column(html)):
        assert len(listing.next_urls) <= 5000


@pytest.mark.parametrize("url", ["http://[jpaas", "", "jpaas?paramJson=[", f"{SITE}{UNIT}?a=%ff"])
def test_no_address_raises(url: str) -> None:
    assert read_listing(json.dumps({"data": {"html": pager(1)}}), url).url == url

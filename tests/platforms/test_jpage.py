"""Columns of 大汉 jpage: rows in a script, groups of further rows by address or by form."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from cqcrawler.models import Listing, ListingForm, Page
from cqcrawler.platforms import read_listing, recognise
from cqcrawler.platforms.canonical import request_of
from cqcrawler.reading.page.document import Document, open_page
from cqcrawler.reading.page.ending import BREAKS_OFF

SITE = "http://tzcj.example.cn"
HERE = f"{SITE}/col/col811/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
GROUP = f"{PROXY}?page=1&webid=7&columnid=811&unitid=55"


def record(number: int, form: str = "<li><a href='{}'>{}</a><b>{}</b></li>") -> str:
    day = f"2025-06-{30 - number % 28:02}"
    address = f"/art/2025/6/{30 - number % 28}/art_811_{number}.html"
    return form.format(address, f"沿江新区第{number}家专精特新企业落户投产", day)


def records(count: int, first: int = 1) -> str:
    shown = range(first, first + count)
    return "".join(f"<record><![CDATA[{record(number)}]]></record>" for number in shown)


def store(rows: str, group: str = "", total: int | None = None) -> str:
    link = f'<nextgroup><![CDATA[<a href="{group}"></a>]]></nextgroup>' if group else ""
    told = "" if total is None else f"<totalrecord>{total}</totalrecord>"
    return f"<datastore>{told}{link}<recordset>{rows}</recordset></datastore>"


def page(*blocks: str, call: str = "") -> Document:
    lists = "".join(
        f"<div id='u'><script type='text/xml'>{block}</script></div>" for block in blocks
    )
    menu = "<ul class='nav'><li><a href='/col/col812/index.html'>投资指南</a></li></ul>"
    script = f"<script>$(function () {{ {call} }});</script>" if call else ""
    body = f"<html><body>{menu}{lists}{script}<p>主办：投资促进局</p></body></html>"
    return open_page(Page(HERE, body))


def answer(text: str | bytes, content_type: str = "text/xml") -> Document:
    return open_page(Page(f"{SITE}{GROUP}".replace("page=1", "page=2"), text, content_type))


def call(total: int, per_page: int = 5, more: str = "") -> str:
    size = f"totalRecord:{total},perPage:{per_page},groupSize:3"
    return f"$('#u').jpage({{{size},barPosition:'bottom'{more}}})"


def groups(listing: Listing) -> list[str]:
    return [dict(parse_qsl(urlsplit(url).query))["page"] for url in listing.next_urls]


def test_the_rows_stand_in_place_of_their_script() -> None:
    listing = read_listing(page(store(records(6), GROUP), call=call(6)))
    assert [row.title[:9] for row in listing.rows] == [f"沿江新区第{n}家专精" for n in range(1, 7)]
    assert listing.rows[0].published == "2025-06-29"
    assert [section.title for section in listing.sections] == ["投资指南"]
    assert (listing.declared_total, listing.next_urls, listing.beyond) == (6, (), "")
    assert listing.form is ListingForm.PAGE


@pytest.mark.parametrize(
    ("held", "total", "wanted"),
    [
        (15, 15, []),
        (15, 16, ["2"]),
        (15, 45, ["2", "3"]),
        (15, 46, ["2", "3", "4"]),
        (5, 46, ["1", "2", "3", "4"]),  # a page holds less than its group
    ],
)
def test_groups_are_counted_and_not_those_of_the_page(
    held: int, total: int, wanted: list[str]
) -> None:
    listing = read_listing(page(store(records(held), GROUP), call=call(total)))
    assert groups(listing) == wanted
    assert (listing.declared_total, listing.beyond) == (total, "")


@pytest.mark.parametrize(
    "script",
    [
        'var o = {"totalRecord":"31","perPage":"5","groupSize":"3"}; $("#u").jpage( o );',
        "jQuery('#u').jpage({ perPage : 5, totalRecord : 31 });",
        "\n// $('#u').jpage({totalRecord:3});\n$('#u').jpage({totalRecord:31,perPage:5});",
    ],
)
def test_options_are_written_in_many_ways(script: str) -> None:
    listing = read_listing(page(store(records(15), GROUP), call=script))
    assert (groups(listing), listing.declared_total) == (["2", "3"], 31)


def test_the_parameters_of_a_group_stay_as_they_are() -> None:
    sealed = f"{PROXY}?appid=1&amp;webid=a%2Bc%3D&amp;page=2&amp;columnid=Zf%2FN0%3D%3D"
    listing = read_listing(page(store(records(15), sealed), call=call(44)))
    assert listing.next_urls == tuple(
        f"{SITE}{PROXY}?appid=1&webid=a%2Bc%3D&page={number}&columnid=Zf%2FN0%3D%3D"
        for number in (2, 3)
    )


@pytest.mark.parametrize(
    "more",
    [
        f",proxyUrl:'{PROXY}',ajaxParam:{{columnid:811,unitid:'55',webname:'江新区'}}",
        f",ajaxParam:param_55,proxyUrl:'{PROXY}'}});var param_55={{columnid:811,unitid:'55',"
        "webname:'江新区'};({",
    ],
    ids=["in place", "as a variable"],
)
def test_without_a_group_a_form_asks_for_rows_by_number(more: str) -> None:
    listing = read_listing(page(store(records(15)), call=call(31, more=more)))
    asked = [request_of(url) for url in listing.next_urls]
    assert [(each.method, each.url) for each in asked] == [
        ("POST", f"{SITE}{PROXY}?startrecord=16&endrecord=30&perpage=5"),
        ("POST", f"{SITE}{PROXY}?startrecord=31&endrecord=45&perpage=5"),
    ]
    form = [("columnid", "811"), ("unitid", "55"), ("webname", "江新区")]
    assert {tuple(parse_qsl(each.body)) for each in asked} == {tuple(form)}


def test_a_page_without_rows_is_a_shell_of_its_groups() -> None:
    more = f",proxyUrl:'{PROXY}',ajaxParam:{{columnid:811}}"
    listing = read_listing(page(store(""), call=call(16, more=more)))
    assert (listing.form, listing.rows, listing.beyond) == (ListingForm.SHELL, (), "")
    assert len(listing.next_urls) == 2


def test_every_list_of_a_page_has_its_groups() -> None:
    blocks = [store(records(15), GROUP), store(records(3, 20), f"{GROUP}9")]
    listing = read_listing(page(*blocks, call=f"{call(16)};{call(4, 1)}"))
    assert (len(listing.rows), listing.declared_total) == (18, 20)
    assert [url[-2:] for url in listing.next_urls] == ["55", "59"]


@pytest.mark.parametrize(
    ("group", "script"),
    [(GROUP, ""), (GROUP, call(31, 0)), ("", call(31)), ("dataproxy.jsp?z=1", call(31))],
    ids=["no size", "no rows on a page", "no address", "no number in it"],
)
def test_says_when_the_groups_are_not_told(group: str, script: str) -> None:
    listing = read_listing(page(store(records(15), group), call=script))
    assert len(listing.rows) == 15
    assert "大汉 jpage" in listing.beyond


DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'


@pytest.mark.parametrize(
    ("before", "content_type"),
    [
        ("", "text/html;charset=utf-8"),
        (DECLARED, "text/html"),
        (f"\ufeff{DECLARED}\r\n", "text/xml"),
        ("\ufeff\ufeff  \n", "application/xml"),
        (f"{DECLARED}<!-- 缓存 -->\n", ""),
        ("<?XML version='1.0' standalone='yes'?>\n", ""),
    ],
)
def test_answers_are_told_from_pages(before: str, content_type: str) -> None:
    text = before + store(records(4, 16), "./dataproxy.jsp?page=3&unitid=55", 31)
    document = answer(text.encode(), content_type)
    assert document.is_data
    listing = read_listing(document)
    assert [row.url[-8:] for row in listing.rows] == [f"_{n}.html" for n in range(16, 20)]
    assert (listing.form, listing.declared_total) == (ListingForm.ANSWER, 31)
    assert (listing.next_urls, listing.beyond) == ((), "")


def test_an_answer_may_be_in_another_encoding() -> None:
    text = '<?xml version="1.0" encoding="gb2312"?>' + store(records(4))
    assert (
        read_listing(answer(text.encode("gbk"))).rows[0].title
        == "沿江新区第1家专精特新企业落户投产"
    )


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html><html>",
        f"{DECLARED}\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>\n<html>",
        f"{DECLARED}<!-- 首页 --><html xmlns='http://www.w3.org/1999/xhtml'>",
        "<p>数据<datastore>",
        "xml",
        "",
    ],
)
def test_pages_are_no_answers(start: str) -> None:
    assert not open_page(Page(HERE, f"{start}<body><p>招商动态</p>" if start else "")).is_data


def test_other_answers_in_xml_are_data_too() -> None:
    assert open_page(Page(HERE, f"{DECLARED}<rss version='2.0'><channel/></rss>")).is_data


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>·</td><td><a href='{}'>{}</a></td><td>({})</td></tr>",
        "<div class='row'><a href='{}'>{}</a><span class='date'>{}</span></div>",
        "<a href='{}'>{}</a><i>{}</i><br>",
    ],
)
@pytest.mark.parametrize("in_page", [True, False])
def test_rows_of_any_markup(row: str, in_page: bool) -> None:
    shown = "".join(f"<record><![CDATA[{record(n, row)}]]></record>" for n in range(1, 6))
    document = page(store(shown), call=call(5)) if in_page else answer(store(shown))
    listing = read_listing(document)
    assert [row.published for row in listing.rows] == [f"2025-06-{29 - n}" for n in range(5)]


def test_records_may_be_escaped() -> None:
    escaped = record(1).replace("<", "&lt;").replace(">", "&gt;")
    (row,) = read_listing(answer(store(f"<record>{escaped}</record>"))).rows
    assert row.published == "2025-06-29"


@pytest.mark.parametrize("lost", [1, 30, 150])
def test_an_answer_that_breaks_off_says_so(lost: int) -> None:
    listing = read_listing(answer(store(records(4))[:-lost]))
    assert listing.rows
    assert listing.beyond == BREAKS_OFF


def test_no_rows_are_no_list() -> None:
    assert read_listing(answer(store("", total=0))).rows == ()
    empty = read_listing(page(store(""), call=call(0)))
    assert (empty.rows, empty.next_urls, empty.form) == ((), (), ListingForm.PAGE)
    assert "大汉 jpage" in empty.beyond


def test_is_recognised_before_what_its_rows_lead_to() -> None:
    foreign = record(1).replace("/art/2025/6/29/", "/202506/t20250629_8.html?")
    assert recognise(page(store(f"<record>{foreign}</record>"))).name == "jpage"


@pytest.mark.parametrize(
    "text",
    [
        "<datastore>" * 20_000,
        "<datastore>" + "<record>" * 30_000,
        "<datastore><record>" + "<![CDATA[" * 30_000 + "</record></datastore>",
        "<script " * 30_000 + "<datastore>",
        "<script>" + " " * 200_000 + "<datastore>",
        "<datastore></datastore>" * 10_000,
        "<datastore><nextgroup>" + "href=" * 40_000 + "</nextgroup></datastore>",
        "<script>" + "$.jpage({" * 20_000 + "</script>",
        "<script>$.jpage({" + "ajaxParam:" * 20_000 + "</script>",
        "<script>a.jpage({totalRecord:999999999,perPage:1,proxyUrl:'/jpage/',ajaxParam:{a:1}})",
    ],
)
def test_no_page_takes_long_or_raises(text: str) -> None:
    for document in (answer(text), open_page(Page(HERE, f"<html><body>{text}"))):
        assert len(read_listing(document).next_urls) <= 5000

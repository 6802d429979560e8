"""Lists of JSON that a portal's file describes: their pages, their rows, and what is missing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from cqcrawler.models import Link, Listing, ListingForm, Page
from cqcrawler.platforms import read_listing
from cqcrawler.platforms.list_api import ListApi, problem_of, read_api
from cqcrawler.reading.page.document import open_page

HOST = "http://a.cn"
API = ListApi(
    at="/zsdt/",
    pages="/api/news?size=2&pageNo={n}",
    rows="data.records",
    link="/detail/{id}.html",
    title="title",
    date="publishTime",
    total="data.total",
)
ROW = {"id": 7, "title": "某项目<b>开工</b>", "publishTime": 1751846400000}
SHELL = "<html><body><div id=app></div></body></html>"


def read(path: str, body: Any = SHELL, api: ListApi = API, *others: ListApi) -> Listing:
    text = body if isinstance(body, str) else json.dumps(body)
    return read_listing(open_page(Page(HOST + path, text)), apis=(api, *others))


def answer(*rows: Any, total: Any = 5) -> dict[str, Any]:
    return {"data": {"records": list(rows), "total": total}}


def test_its_page_leads_to_the_first_answer() -> None:
    listing = read("/zsdt/index.html")
    assert listing.form is ListingForm.SHELL
    assert listing.next_urls == (f"{HOST}/api/news?size=2&pageNo=1",)
    assert read("/other/").form is ListingForm.PAGE


def test_what_is_no_address_is_no_part_of_it() -> None:
    assert read_api(open_page(Page("http://[a", SHELL)), [API]) is None


def test_the_longest_beginning_of_a_path_counts() -> None:
    inner = replace(API, at="/zsdt/list?id=3", pages="/api/three?p={n}", first=0)
    assert read("/zsdt/list?id=3", SHELL, API, inner).next_urls == (f"{HOST}/api/three?p=0",)
    assert read("/zsdt/list?id=4", SHELL, API, inner).next_urls[0].endswith("pageNo=1")


@pytest.mark.parametrize("path", ["/api/news?size=2&pageNo=1", "/api/news?pageNo=1&size=2"])
def test_the_first_answer_names_all_others(path: str) -> None:
    listing = read(path, answer(ROW, {**ROW, "id": 8}))
    assert listing.form is ListingForm.ANSWER
    assert listing.rows[0] == Link(f"{HOST}/detail/7.html", "某项目开工", "2025-07-07")
    assert [url[-1] for url in listing.next_urls] == ["2", "3"]
    assert (listing.declared_total, listing.unmatched) == (5, ())


def test_a_later_answer_has_rows_only() -> None:
    listing = read("/api/news?size=2&pageNo=3", answer(ROW))
    assert (len(listing.rows), listing.next_urls) == (1, ())


def test_pages_may_be_counted_from_0() -> None:
    listing = read("/api/news?size=2&pageNo=0", answer(ROW, ROW), replace(API, first=0))
    assert [url[-1] for url in listing.next_urls] == ["1", "2"]


def test_pages_may_count_rows() -> None:
    api = replace(API, pages="/api/news/{offset}.json")
    first = read("/api/news/0.json", answer(ROW, ROW), api)
    assert first.next_urls == (f"{HOST}/api/news/2.json", f"{HOST}/api/news/4.json")
    assert read("/api/news/2.json", answer(ROW, ROW), api).next_urls == first.next_urls[1:]
    assert read("/api/news/4.json", answer(ROW), api).next_urls == ()


def test_one_answer_may_have_all() -> None:
    api = replace(API, pages="/all.json", rows="@", link="url", total="")
    listing = read("/all.json", [{"url": "/d/1.html", "title": "某项目"}], api)
    assert listing.rows[0].url == f"{HOST}/d/1.html"
    assert listing.unmatched == ("listing.api at /zsdt/: date",)


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ({"code": 500}, ["rows"]),
        ({"data": {"records": {"a": 1}, "total": 1}}, ["rows"]),
        ([1, 2], ["rows"]),
        (answer(ROW, total=None), ["total"]),
        (answer(ROW, total="many"), ["total"]),
        (answer(ROW, {"title": "某项目"}), ["link"]),
        (answer(ROW, "text", None), ["link"]),
        (answer({"id": 7}), ["title", "date"]),
        (answer({**ROW, "publishTime": "soon"}), ["date"]),
        (answer(total=0), []),
    ],
)
def test_what_an_answer_lacks_is_named(body: Any, missing: list[str]) -> None:
    listing = read("/api/news?size=2&pageNo=1", body)
    assert listing.unmatched == tuple(f"listing.api at /zsdt/: {key}" for key in missing)


@pytest.mark.parametrize("link", ["/detail/{newsId}", "/app#/detail/{id}"])
def test_rows_that_lead_nowhere_are_none(link: str) -> None:
    body = answer(*({**ROW, "id": number} for number in range(3)))
    listing = read("/api/news?size=2&pageNo=1", body, replace(API, link=link))
    assert (listing.rows, listing.next_urls, listing.form) == ((), (), ListingForm.ANSWER)
    assert listing.unmatched[0].startswith("listing.api at /zsdt/: link")


def test_a_page_in_place_of_an_answer_is_told() -> None:
    listing = read("/api/news?size=2&pageNo=1", "<ul><li><a href=1.html>某项目开工</a></ul>")
    assert (listing.rows, listing.form) == ((), ListingForm.ANSWER)
    assert listing.unmatched


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("", "is empty"),
        ("a" * 301, "has 301 characters"),
        ("data[", "'data[' is no JMESPath: "),
        ("[" * 300, "is no JMESPath"),
        ("system(@)", "JMESPath has no function system()"),
        ("data[?shell(x)].y", "JMESPath has no function shell()"),
    ],
)
def test_what_is_no_expression_is_named_on_one_line(expression: str, problem: str) -> None:
    said = problem_of(expression)
    assert said is not None
    assert problem in said
    assert "\n" not in said


@pytest.mark.parametrize("expression", ["data.records", "data[?top].url", "to_string(id)", "@"])
def test_expressions(expression: str) -> None:
    assert problem_of(expression) is None


def test_an_expression_that_fails_finds_nothing() -> None:
    listing = read("/api/news?size=2&pageNo=1", answer(ROW), replace(API, rows="length(`1`)"))
    assert listing.unmatched == ("listing.api at /zsdt/: rows",)

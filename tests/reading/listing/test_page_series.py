"""Addresses of pages are read as a series only where they tell of one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler.reading.listing.page_series import Series, infer_series

HERE = "http://x.cn/list/"


@given(
    start=st.integers(0, 20),
    step=st.integers(1, 50),
    width=st.integers(1, 4),
    shown=st.sets(st.integers(2, 300), min_size=2, max_size=8),
)
def test_numbered_pages_of_any_series_give_it_back(
    start: int, step: int, width: int, shown: set[int]
) -> None:
    series = Series("http://x.cn/list-7_", ".html", start, step, width)
    found = infer_series({page: series.url(page) for page in shown}, [], HERE, None)
    assert found is not None
    assert all(found.url(page) == series.url(page) for page in shown)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("http://x.cn/p15.html", 2),
        ("http://x.cn/p30.html", 3),
        ("http://x.cn/p16.html", None),
        ("http://x.cn/p015.html", None),
        ("http://x.cn/p.html", None),
        ("http://x.cn/q15.html", None),
    ],
)
def test_page_of_an_address(url: str, page: int | None) -> None:
    assert Series("http://x.cn/p", ".html", -15, 15).page(url) == page


@pytest.mark.parametrize(
    ("numbered", "others"),
    [
        ({}, []),
        ({}, ["http://x.cn/list/?page=2"]),
        ({}, ["http://x.cn/list/?start=15", "http://x.cn/list/?start=150"]),
        ({1: "http://x.cn/a.html", 2: "http://x.cn/b.html"}, []),
        ({2: "http://x.cn/news2025.html"}, []),
    ],
)
def test_no_series_where_none_is_told(numbered: dict[int, str], others: list[str]) -> None:
    assert infer_series(numbered, others, HERE, None) is None


def test_wrong_numbers_are_outvoted() -> None:
    numbered = {n: f"http://x.cn/p{n}.html" for n in (2, 3, 4, 5)} | {9: "http://x.cn/p2.html"}
    assert infer_series(numbered, [], HERE, None) == Series("http://x.cn/p", ".html", 0)

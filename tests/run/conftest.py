"""Short ways to make pages of a frontier and what they come to."""

from __future__ import annotations

from typing import Any

import pytest

from cqcrawler.models import FrontierPage, Link, Listing, PageKind, PageResult
from tests.results import page_result


def make_page(url: str, kind: PageKind = PageKind.NOTICE, **fields: Any) -> FrontierPage:
    known = {"etag": None, "last_modified": None, "published": None, "title": None}
    return FrontierPage(url, kind, **(known | {"fetched_at": None} | fields))


def make_result(url: str, kind: PageKind = PageKind.NOTICE, **fields: Any) -> PageResult:
    return page_result(url, kind=kind, **({"status": 200} | fields))


def make_listing(*rows: str | Link, **fields: Any) -> Listing:
    links = tuple(row if isinstance(row, Link) else Link(row) for row in rows)
    return Listing("http://h/", rows=links, **fields)


@pytest.fixture(scope="session")
def page() -> Any:
    return make_page


@pytest.fixture(scope="session")
def result() -> Any:
    return make_result


@pytest.fixture(scope="session")
def listing() -> Any:
    return make_listing

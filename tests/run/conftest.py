"""Short ways to make pages of a frontier and what they come to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cqcrawler.archive.frontier.frontier import FrontierPage
from cqcrawler.models import Link, Listing, PageKind, PageResult, PageState

AT = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)


def make_page(url: str, kind: PageKind = PageKind.NOTICE, **fields: Any) -> FrontierPage:
    known = {"etag": None, "last_modified": None, "published": None, "title": None}
    return FrontierPage(url, kind, **(known | {"fetched_at": None} | fields))


def make_result(url: str, kind: PageKind = PageKind.NOTICE, **fields: Any) -> PageResult:
    known = {"portal": "p", "state": PageState.DONE, "fetched_at": AT, "status": 200}
    return PageResult(url, kind=kind, **(known | fields))


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

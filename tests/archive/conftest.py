"""An empty archive, and short ways to save into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive, Change
from cqcrawler.archive.articles.withdrawal import GoneNotices
from cqcrawler.models import Article, Candidate, Listing, PageKind, PageResult, PageState
from tests.results import page_result

AT = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)


@dataclass
class Crawl:
    """A run of one portal."""

    archive: Archive
    portal: str = "cq"
    at: datetime = AT

    def __post_init__(self) -> None:
        self.run_id = self.archive.runs.begin(self.portal, scope="full", version="1.0", at=self.at)

    def result(self, url: str = "http://h/1", **fields: Any) -> PageResult:
        return page_result(url, **({"portal": self.portal, "fetched_at": self.at} | fields))

    def save(self, url: str = "http://h/1", **fields: Any) -> Change:
        """Save a page that holds no article."""
        return self.archive.save(self.result(url, **fields), self.run_id)

    def withdraw(self, url: str = "http://h/1", **fields: Any) -> GoneNotices:
        """Save a page that is gone, one among many that are there."""
        self.save(url, state=PageState.GONE, **fields)
        portal = fields.get("portal", self.portal)
        return self.archive.withdraw_gone(portal, self.run_id, begun=self.at, looked_at=100)

    def listing(self, url: str, *candidates: Candidate, first: str | None = None) -> Change:
        """Save a page of a listing; `first` is the first one if it is not that."""
        read = Listing(url)
        return self.save(
            url, kind=PageKind.LISTING, listing=read, candidates=candidates, continues=first
        )

    def notice(
        self,
        url: str = "http://h/1",
        title: str = "标题",
        body: str = "正文",
        page: dict[str, Any] | None = None,
        **fields: Any,
    ) -> Change:
        """Save a page with an article; `page` has fields of the page."""
        fields = {"paragraphs": tuple(body.split("\n")), **fields}
        return self.save(url, article=Article(url, title=title, **fields), **(page or {}))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive(path) as opened:
        yield opened


@pytest.fixture
def crawl(archive: Archive) -> Crawl:
    return Crawl(archive)


@pytest.fixture(scope="session")
def make_crawl() -> type[Crawl]:
    return Crawl

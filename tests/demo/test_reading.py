"""Reading and cleaning give the gold on every page of the portal."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from cqcrawler.demo import GoldPage, gold
from cqcrawler.demo.sections import SECTIONS
from cqcrawler.demo.site import canonical, site
from cqcrawler.models import Article

FIELDS = (
    "title",
    "headline_tag",
    "region",
    "province",
    "city",
    "district",
    "published",
    "source",
    "tags",
    "body",
)


def read(page: GoldPage) -> Article:
    resource = site(1)[canonical(page.path)]
    return read_article(
        resource.body,
        f"http://127.0.0.1{page.path}",
        content_type=resource.content_type,
        region="重庆",
    )


def pages_of(layout: str) -> list[GoldPage]:
    return [page for page in gold() if page.layout == layout]


@pytest.mark.parametrize("layout", [section.name for section in SECTIONS])
def test_every_page_reads_as_its_gold(layout: str) -> None:
    wrong = {
        (page.path, name): (getattr(article, name), getattr(page, name))
        for page in pages_of(layout)
        for article in [read(page)]
        for name in FIELDS
        if getattr(article, name) != getattr(page, name)
    }
    assert wrong == {}


@pytest.mark.parametrize("layout", ["official", "cards"])
def test_attachments_are_found(layout: str) -> None:
    for page in pages_of(layout):
        assert tuple(file.name for file in read(page).attachments) == page.attachments

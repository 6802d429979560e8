"""Reading holds on the structures of large sites' templates."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from tests.reading.imitations import DATE, IMITATIONS, TITLE, Imitation


@pytest.mark.parametrize("page", IMITATIONS.values(), ids=IMITATIONS)
def test_pages_after_real_templates(page: Imitation) -> None:
    article = read_article(page.html)
    assert (article.title, article.published) == (TITLE, DATE)
    assert article.body.split("\n") == list(page.body)
    assert (article.source, article.author) == (page.source, page.author)

"""A hundred damaged pages, and what a bare parse would lose; `benchmarks.mutate` reads 10,000."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from lxml.html import fromstring

from benchmarks.mutations import CLOSING, SEEDS, TITLE, KnownLoss, known_losses, mutated
from benchmarks.soup import tag_soup
from cqcrawler import Article, read_article
from tests.golden.pages import all_pages

WHOLE = [*SEEDS, *(page.body for page in all_pages())]
# As large as it takes to pass libxml2's limit of ten million bytes.
LOSSES = list(known_losses(giant=10_500_000))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_seeds_read_whole(seed: bytes) -> None:
    article = read_article(seed)
    assert (article.title, article.published, article.warnings) == (TITLE, "2024-06-12", ())
    assert article.body.endswith(CLOSING)


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_text_that_a_bare_parse_loses_is_read_or_warned_of(loss: KnownLoss) -> None:
    assert CLOSING not in fromstring(loss.page).text_content()
    article = read_article(loss.page)
    assert CLOSING in article.body or article.warnings


@pytest.mark.parametrize("number", range(8))
def test_damaged_pages_raise_nothing(number: int) -> None:
    for name, page in mutated(WHOLE, 13, Random(number)):
        assert isinstance(read_article(page), Article), name


@settings(max_examples=50)
@given(tag_soup)
def test_made_up_markup_raises_nothing(soup: str) -> None:
    read_article(soup)
    read_article(soup.encode("utf-8", "replace"), "https://example.com/a.html")


def test_mutations_are_made_again_from_their_seed() -> None:
    assert list(mutated(SEEDS, 30, Random(1))) == list(mutated(SEEDS, 30, Random(1)))

"""Search against a scan: whichever way the candidates come, the answers are the same."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.archive.search import search

ALPHABET = "重庆科学城AaＢ5２股，（( \n"


@pytest.fixture(scope="module", params=["looked up", "listed", "read first"])
def corpus(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, make_crawl: Any
) -> Iterator[Archive]:
    """Notices of few characters, the last of them not indexed; searched in each of three ways."""
    rnd = random.Random(2)
    with (
        pytest.MonkeyPatch.context() as patch,
        Archive(tmp_path_factory.mktemp("corpus") / "archive.db") as archive,
    ):
        crawl = make_crawl(archive)
        for number in range(120):
            if number == 110:
                archive.index_all()
            title, body = ("".join(rnd.choices(ALPHABET, k=k)).strip() for k in (4, 20))
            published = rnd.choice([None, "2025-07-01", "2025-07-02", "2025-07-03"])
            crawl.notice(f"http://h/{number}", title, body, published=published)
        if request.param != "looked up":
            patch.setattr(search, "_SORTED_MATCHES", 0)
        if request.param == "read first":
            patch.setattr(search, "_LISTED_MATCHES", 0)
            patch.setattr(search, "_READ_FIRST", 9)
        yield archive


@st.composite
def _terms(draw: st.DrawFn) -> tuple[str, bool, bool]:
    """A word or phrase, whether it is quoted, and whether it is excluded."""
    text = draw(st.text(alphabet=ALPHABET, min_size=1, max_size=6))
    quoted = draw(st.booleans())
    if not quoted:
        text = "".join(text.split())
    return text, quoted, draw(st.booleans())


def _typed(terms: list[tuple[str, bool, bool]]) -> str:
    return " ".join(
        "-" * excluded + (f'"{text}"' if quoted else text) for text, quoted, excluded in terms
    )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _is_letter(character: str) -> bool:
    return character.isalnum() and not unicodedata.name(character, "").startswith("CJK")


def _contains(text: str, term: str, substring: bool) -> bool:
    """Whether `term` stands in `text`, tried at every place."""
    for start in range(len(text) - len(term) + 1):
        end = start + len(term)
        cut_before = start > 0 and _is_letter(text[start - 1]) and _is_letter(term[0])
        cut_after = end < len(text) and _is_letter(term[-1]) and _is_letter(text[end])
        if text[start:end] == term and (substring or not (cut_before or cut_after)):
            return True
    return False


def _scan(
    archive: Archive, terms: list[tuple[str, bool, bool]], substring: bool
) -> list[StoredArticle]:
    def matches(article: StoredArticle) -> bool:
        texts = [_fold(article.title), _fold(article.body)]
        folded = ((_fold(text), excluded) for text, _, excluded in terms)
        return all(
            any(_contains(text, term, substring) for text in texts) is not excluded
            for term, excluded in folded
        )

    found = [article for article in archive if matches(article)]
    return sorted(found, key=lambda a: (a.published or "", a.id), reverse=True)


def _normal(terms: list[tuple[str, bool, bool]]) -> list[tuple[str, bool, bool]]:
    """Without terms that ask for nothing, and with white space as a phrase means it."""
    spaced = ((" ".join(text.split()), quoted, excluded) for text, quoted, excluded in terms)
    return [term for term in spaced if term[0]]


@settings(max_examples=50)
@given(terms=st.lists(_terms(), max_size=3), substring=st.booleans())
def test_search_finds_what_a_scan_finds(
    corpus: Archive, terms: list[tuple[str, bool, bool]], substring: bool
) -> None:
    terms = _normal(terms)
    expected = [article.id for article in _scan(corpus, terms, substring)]
    hits = corpus.search(_typed(terms), limit=1000, substring=substring)
    assert [hit.id for hit in hits] == expected
    assert corpus.count(_typed(terms), substring=substring) == len(expected)


@settings(max_examples=50)
@given(groups=st.lists(st.lists(_terms(), min_size=1, max_size=3), min_size=1, max_size=2))
def test_alternatives_find_what_a_scan_finds(
    corpus: Archive, groups: list[list[tuple[str, bool, bool]]]
) -> None:
    wanted = [[(text, True, False) for text, _, _ in _normal(terms)] for terms in groups]
    typed = " ".join(" OR ".join(_typed([term]) for term in terms) for terms in wanted)
    found = [
        {article.id for t in terms for article in _scan(corpus, [t], False)}
        for terms in wanted
        if terms
    ]
    expected = [
        article.id
        for article in _scan(corpus, [], False)
        if all(article.id in ids for ids in found)
    ]
    assert [hit.id for hit in corpus.search(typed, limit=1000)] == expected


@settings(max_examples=50)
@given(terms=st.lists(_terms(), max_size=2))
def test_the_order_of_relevance_loses_nothing(
    corpus: Archive, terms: list[tuple[str, bool, bool]]
) -> None:
    typed = _typed(_normal(terms))
    newest = [hit.id for hit in corpus.search(typed, limit=1000)]
    ranked = [hit.id for hit in corpus.search(typed, limit=1000, rank=True)]
    assert sorted(ranked) == sorted(newest)


HOSTILE = [
    *("'", '"', "(", ")", "*", "-", "--", "％", '"" ""', "a\x00b", "\ue000重庆", "\ud7ff"),
    *("^重庆", "重庆*", "NEAR(a b)", "grams:重庆", "a AND", "重庆;--"),
    *("x" * 40_000, "重庆" * 5_000),
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_input_gets_an_answer(corpus: Archive, typed: str) -> None:
    for substring in (False, True):
        assert isinstance(corpus.search(typed, substring=substring), list)
        assert corpus.count(typed, substring=substring) >= 0


@given(typed=st.text())
def test_any_text_gets_an_answer(corpus: Archive, typed: str) -> None:
    assert isinstance(corpus.search(typed, rank=True), list)


def test_results_are_bounded(corpus: Archive) -> None:
    assert len(corpus.search("", limit=7)) == 7
    assert corpus.count("", most=9) == 9
    assert corpus.count("", Filters(since="2025-07-02", until="2025-07-02")) == sum(
        article.published == "2025-07-02" for article in corpus
    )

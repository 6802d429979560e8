from __future__ import annotations

import random
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcrawler.archive import Archive, Filters, Search
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


@given(terms=st.lists(_terms(), max_size=3), substring=st.booleans())
def test_search_finds_what_a_scan_finds(
    corpus: Archive, terms: list[tuple[str, bool, bool]], substring: bool
) -> None:
    terms = _normal(terms)
    expected = [article.id for article in _scan(corpus, terms, substring)]
    hits = corpus.search(_typed(terms), limit=1000, substring=substring)
    assert [hit.id for hit in hits] == expected
    assert corpus.count(_typed(terms), substring=substring) == len(expected)


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


RELEVANT = {
    "title": ("储能项目", "某地有新的消息。\n" + "其他。" * 50),
    "often": ("消息", "某地有新的消息。\n" + "其他。" * 40 + "储能、储能、储能、储能。"),
    "lead": ("项目签约", "储能项目。\n" + "其他。" * 50),
    "once": ("消息", "某地有新的消息。\n" + "其他。" * 48 + "储能。"),
    "long": ("消息", "某地有新的消息。\n" + "其他。" * 480 + "储能。"),
}


def relevant(archive: Archive, typed: str) -> list[str]:
    return [hit.url for hit in archive.search(typed, rank=True)]


def test_what_is_most_relevant_comes_first(crawl: Any, archive: Archive) -> None:
    for name, (title, body) in reversed(RELEVANT.items()):
        crawl.notice(name, title, body, published="2025-07-01")
    assert relevant(archive, "储能") == [*RELEVANT]


def test_a_rare_word_counts_for_more_than_a_common_one(crawl: Any, archive: Archive) -> None:
    crawl.notice("rare", "氢能", "项目", published="2025-07-01")
    crawl.notice("common", "项目", "氢能", published="2025-07-02")
    for number in range(20):
        crawl.notice(f"other {number}", "消息", "项目", published="2025-07-03")
    archive.index_all()
    assert relevant(archive, "氢能 项目") == ["rare", "common"]
    assert relevant(archive, "氢能 OR 项目")[:2] == ["common", "rare"]


def test_what_is_alike_comes_newest_first(crawl: Any, archive: Archive) -> None:
    for day in ("2025-07-01", "2025-07-03", "2025-07-02"):
        crawl.notice(day, "储能项目", "开工", published=day)
    assert relevant(archive, "储能") == ["2025-07-03", "2025-07-02", "2025-07-01"]


def test_what_is_not_weighed_follows(
    crawl: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WEIGHED", 2)
    for number, title in enumerate(("储能", "甲", "储能", "乙", "丙")):
        crawl.notice(str(number), title, "储能", published=f"2025-07-0{number + 1}")
    assert relevant(archive, "储能") == ["2", "0", "4", "3", "1"]


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


def test_a_hit_shows_where(crawl: Any, archive: Archive) -> None:
    crawl.notice(
        title="重庆招商", body="<b>在重庆</b>\n第二段", published="2025-07-07", region="重庆"
    )
    (hit,) = archive.search("重庆")
    assert (hit.title.text, hit.title.marks) == ("重庆招商", ((0, 2),))
    assert (hit.passage.text, hit.passage.marks) == ("<b>在重庆</b> 第二段", ((4, 6),))
    assert (hit.id, hit.published, hit.region) == (1, "2025-07-07", "重庆")
    assert (hit.portal, hit.url, hit.withdrawn_at) == ("cq", "http://h/1", None)


def test_results_are_bounded(corpus: Archive) -> None:
    assert len(corpus.search("", limit=7)) == 7
    assert corpus.count("", most=9) == 9
    assert corpus.count("", Filters(since="2025-07-02", until="2025-07-02")) == sum(
        article.published == "2025-07-02" for article in corpus
    )


def test_a_text_is_found_as_it_is_now(crawl: Any, archive: Archive, path: Path) -> None:
    crawl.notice(body="旧文字")
    archive.index_all()
    crawl.notice(body="新文字")
    for _ in range(2):
        assert archive.search("旧文") == []
        assert [hit.id for hit in archive.search("新文")] == [1]
        archive.index_all()


def test_finding_ids_and_then_their_hits(archive: Archive, crawl: Any) -> None:
    for number in range(5):
        crawl.notice(
            f"http://h/{number}", "重庆", f"第{number}号", published=f"2025-07-0{number + 1}"
        )
    found = archive.find("重庆", most=3)
    assert found == search.Found((5, 4, 3), complete=False)
    assert archive.find("重庆", most=5) == search.Found((5, 4, 3, 2, 1), complete=True)
    assert archive.hits(found.ids, "重庆") == archive.search("重庆", limit=3)
    assert [*archive.found(Search("重庆 -2号"))] == [5, 4, 2, 1]
    assert archive.find("", Filters(since="2025-07-04")).ids == (5, 4)


def test_a_search_that_takes_long_returns_what_it_has(
    archive: Archive, crawl: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(50):
        crawl.notice(f"http://h/{number}", body="重庆")
    read = search._text

    def read_slowly(db: Any, article_id: int) -> tuple[str, str]:
        if article_id == 40:
            sleep(0.5)
        return read(db, article_id)

    monkeypatch.setattr(search, "_text", read_slowly)
    found = archive.find("-成都", seconds=0.1)
    assert not found.complete
    assert len(found.ids) <= 11
    assert archive.find("-成都").complete


def test_only_texts_that_wait_to_be_indexed_are_read(
    archive: Archive, crawl: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        crawl.notice(f"http://h/{number}", body="重庆", published="2025-07-01")
    archive.index_all()
    crawl.notice("http://h/4", body="重庆", published="2025-07-01")
    crawl.notice("http://h/5", body="成都", published="2025-07-01")
    read, texts = search._text, list[int]()

    def note(db: Any, article_id: int) -> tuple[str, str]:
        texts.append(article_id)
        return read(db, article_id)

    monkeypatch.setattr(search, "_text", note)
    assert archive.find("重庆").ids == (5, 4, 3, 2, 1)
    assert texts == [6, 5]


def test_a_reader_cannot_write(archive: Archive, crawl: Any, path: Path) -> None:
    crawl.notice()
    with Archive(path, read_only=True) as reader:
        assert [hit.id for hit in reader.search("正文")] == [1]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.runs.begin("cq", scope="full", version="1.0", at=crawl.at)

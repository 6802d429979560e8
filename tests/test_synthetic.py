"""The archives that measurements are made on hold what they claim."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.invented import notice, published_on, vocabulary
from benchmarks.synthetic import build
from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.file.diagnosis import archive_problems

COUNT = 240


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("synthetic") / "archive.db"
    assert sorted(build(path, COUNT)) == list(range(COUNT))
    with Archive(path, must_exist=True) as archive:
        yield archive


def test_what_an_analyst_may_ask_about_is_there(made: Archive) -> None:
    articles = list(made)
    assert len(articles) == COUNT - sum(number % 40 == 7 for number in range(COUNT))
    assert {article.version for article in articles} == {1, 2}
    assert any(article.withdrawn_at for article in articles)
    assert any(article.published is None for article in articles)
    assert len({article.province for article in articles}) > 10
    assert len({article.portal for article in articles}) == 8
    assert made.count("标准厂房", Filters(since="2020-01-01")) > 0
    states: dict[str, int] = {}
    for portal in {article.portal for article in articles}:
        for state, number in made.runs.portal_state(portal).pages.items():
            states[state] = states.get(state, 0) + number
    assert set(states) == {"done", "pending", "failed", "rejected", "gone"}
    assert archive_problems(made.path) == []


def test_a_notice_depends_on_its_number_alone() -> None:
    day = published_on(5, 10)
    assert notice(5, "http://x.example/5", day) == notice(5, "http://x.example/5", day)
    edited = notice(5, "http://x.example/5", day, edited=True)
    assert edited.title.endswith("（更正）")


def test_lengths_and_words_are_those_of_notices() -> None:
    notices = [
        notice(number, "http://x.example/", published_on(number, 200)) for number in range(200)
    ]
    lengths = [len(article.body) for article in notices]
    assert 1300 < sum(lengths) / len(lengths) < 1900
    words = vocabulary()[:: len(vocabulary()) // 200]
    found = [sum(word in article.body for article in notices) for word in words]
    assert found[0] > 60
    assert 1 in found
    assert 0 in found

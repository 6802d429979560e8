from __future__ import annotations

from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.articles.corrections import Said
from tests.archive.conftest import AT
from tests.stating import read_simply

BODY = "2024-03-01，渝北区与甲公司签约，总投资30亿元，其中20亿元用于芯片，补贴5元。"


@pytest.fixture
def stated(crawl: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    read_simply(monkeypatch)
    crawl.notice("http://h/1", "总投资30亿元项目", BODY, published="2025-07-01", region="重庆")
    return archive


def test_statements_have_their_words(stated: Archive) -> None:
    article = stated.article(1)
    assert article is not None
    found = stated.statements(1)
    for one in found:
        assert getattr(article, one.field)[one.start : one.stop] == one.text
    said = [(one.kind, one.name, one.more) for one in found]
    assert said == [
        ("fact", "investment", "planned"),
        ("event", "2024-03-01", None),
        ("place", "渝北区", "lead"),
        ("actor", "甲公司", "investor"),
        ("fact", "investment", "planned"),
        ("fact", "investment", "planned"),
        ("industry", "集成电路", None),
        ("other", "subsidy", None),
    ]


def test_what_people_reject_is_not_stated(stated: Archive) -> None:
    article = stated.article(1)
    assert article is not None
    stated.corrections.reject(article, article.facts[0], Said("me", AT, "twice"))
    assert [one.field for one in stated.statements(1) if one.kind == "fact"] == ["body", "body"]


def test_the_other_notices_of_a_story(crawl: Any, archive: Archive) -> None:
    text = "晴川区与云岭精工科技有限公司签约，精密轴承智能工厂项目落户城南产业园，总投资26.4亿元。"
    for url, day in (("http://h/1", "2025-07-02"), ("http://h/2", "2025-07-01")):
        crawl.notice(url, "精密轴承项目签约", text, published=day)
    crawl.notice("http://h/3", "别的消息", "没有关系。", published="2025-07-01")
    assert [(one.id, one.is_first) for one in archive.tellings(2)] == [(1, False)]
    assert [(one.id, one.is_first) for one in archive.tellings(1)] == [(2, True)]
    assert archive.tellings(3) == ()


def test_the_undertakings_of_a_notice(crawl: Any, archive: Archive) -> None:
    text = "晴川区与云岭精工科技有限公司签约，精密轴承智能工厂项目落户，总投资26.4亿元。"
    crawl.notice("http://h/1", "精密轴承智能工厂项目签约", text, published="2025-07-02")
    ((number, name),) = archive.projects_of(1)
    assert number == 1
    assert "精密轴承" in name
    assert archive.projects_of(2) == ()


def test_the_neighbours_by_date(crawl: Any, archive: Archive) -> None:
    for number, day in enumerate(("2025-07-02", "2025-07-04", "2025-07-02", None), 1):
        crawl.notice(f"http://h/{number}", published=day)
    # Newest first: 2, 3, 1, and 4 without a day.
    assert archive.beside(2) == (None, 3)
    assert archive.beside(3) == (2, 1)
    assert archive.beside(1) == (3, 4)
    assert archive.beside(4) == (1, None)

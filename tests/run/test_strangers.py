"""Notices that do not show the title of their row, and whose they are."""

from __future__ import annotations

import pytest

from cqcrawler.models import STRANGE, Article, Candidate, PageKind, Rejected
from cqcrawler.run import strangers
from cqcrawler.run.strangers import Strangers


@pytest.fixture
def stranger(result):
    def stranger(number, body, title="渝北区智能制造项目集中签约"):
        url = f"http://h/{number}"
        article = Article(url, title=title, paragraphs=(body,) if body else ())
        return result(url, article=article, titled_otherwise=True)

    return stranger


@pytest.fixture
def judge():
    return Strangers(lambda body, url: "http://h/archived" if body == "已存" else None)


def reasons(results):
    return [result.reason if isinstance(result, Rejected) else None for result in results]


def test_a_notice_with_the_title_of_its_row_is_none(judge, result):
    own = result("http://h/1", article=Article("http://h/1", title="标题"))
    assert judge.judge(own) is own


def test_a_text_of_its_own_is_kept_at_the_end(judge, stranger):
    one = stranger(1, "正文甲")
    assert judge.judge(one) is None
    assert [*judge.rest()] == [one]


def test_a_text_that_comes_twice_is_nobodys(judge, stranger):
    assert judge.judge(stranger(1, "正文")) is None
    again = judge.judge(stranger(2, "正文"))
    assert (again.reason, again.visit.url) == (STRANGE, "http://h/2")
    assert reasons(judge.rest()) == [STRANGE]


def test_a_text_that_is_archived_under_another_address(judge, stranger):
    found = judge.judge(stranger(1, "已存"))
    assert found.detail == "shows the text of http://h/archived, not the title of its row"


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_title_of_another_row(judge, stranger, result, listing, when):
    row = Candidate("http://h/2", PageKind.NOTICE, "【渝北区】渝北区智能制造项目集中签约…")
    rows = result("http://h/", PageKind.LISTING, listing=listing(), candidates=(row,))
    one = stranger(1, "正文")
    found = [judge.judge(each) for each in ((rows, one) if when == "before" else (one, rows))]
    judged = found[1] if when == "before" else next(judge.rest())
    assert "shows the title of another row" in judged.detail


def test_pages_of_images_are_told_by_their_titles(judge, stranger):
    assert judge.judge(stranger(1, "", "一图读懂甲")) is None
    assert judge.judge(stranger(2, "", "一图读懂乙")) is None
    assert reasons(judge.rest()) == [None, None]


def test_holds_no_more_than_so_many(judge, stranger, monkeypatch):
    monkeypatch.setattr(strangers, "_MOST_HELD", 2)
    found = [judge.judge(stranger(number, f"正文{number}")) for number in range(4)]
    assert [each is None for each in found] == [True, True, False, False]

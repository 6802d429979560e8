"""The body of an article with what was left out of it, line by line."""

from __future__ import annotations

import pytest

from cqcrawler.archive.articles.column import Stretch, stretches
from cqcrawler.cleaning import restore
from cqcrawler.models import Article, RemovedParagraph


def left_out(position: int, text: str, rule: str = "links") -> RemovedParagraph:
    return RemovedParagraph(position, rule, text)


def test_lines_stand_where_they_stood() -> None:
    removed = (
        left_out(0, "上", "above the text"),
        left_out(2, "链一"),
        left_out(3, "链二"),
        left_out(4, "摘", "repeat"),
        left_out(7, "下", "below the text"),
    )
    column = stretches("甲\n乙\n丙", removed)
    assert column == [
        Stretch("above the text", ("上",)),
        Stretch(None, ("甲",)),
        Stretch("links", ("链一", "链二")),
        Stretch("repeat", ("摘",)),
        Stretch(None, ("乙", "丙")),
        Stretch("below the text", ("下",)),
    ]
    article = Article("http://h/1", paragraphs=("甲", "乙", "丙"), removed=removed)
    assert [line for stretch in column for line in stretch.lines] == list(restore(article))


def test_a_body_alone_and_none() -> None:
    assert stretches("甲\n乙", ()) == [Stretch(None, ("甲", "乙"))]
    assert stretches("", (left_out(0, "链"),)) == [Stretch("links", ("链",))]
    assert stretches("", ()) == []


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ((1, 9), ["甲", "链1", "乙", "链9"]),  # what stood between them was lost
        ((1, 1), ["甲", "链1", "链1", "乙"]),
        ((7,), ["甲", "乙", "链7"]),
    ],
)
def test_rows_that_do_not_fit_lose_no_line(positions: tuple[int, ...], expected: list[str]) -> None:
    column = stretches("甲\n乙", [left_out(position, f"链{position}") for position in positions])
    assert [line for stretch in column for line in stretch.lines] == expected


def test_only_many_links_are_a_long_list() -> None:
    many = tuple("一二三四五六")
    assert Stretch("links", many).is_long_list
    assert not Stretch("links", many[1:]).is_long_list
    assert not Stretch("below the text", many).is_long_list
    assert not Stretch(None, many).is_long_list

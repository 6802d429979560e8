from __future__ import annotations

import pytest

from cqcrawler.archive.search.passage import Passage, cut, mark
from cqcrawler.archive.search.query import parse


def _marked(passage: Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.marks]


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("重庆", "重庆与重庆市", ["重庆", "重庆"]),
        ("a股", "买Ａ股", ["Ａ股"]),
        ("m2", "100㎡", []),
        ("100m2", "共100㎡整", ["100㎡"]),
        ("重庆", "㎡…重庆…重庆", ["重庆", "重庆"]),
        ("重庆", "e\u0301㎡重庆", ["重庆"]),
        ("科学城 学城市", "科学城市", ["科学城市"]),
        ("重庆 庆市", "重庆市", ["重庆市"]),
        ("重 庆", "重庆", ["重", "庆"]),
        ("-重庆", "重庆", []),
    ],
)
def test_mark(typed: str, text: str, marked: list[str]) -> None:
    patterns = [term.pattern for term in parse(typed).terms]
    assert _marked(mark(text, patterns)) == marked


def test_a_passage_begins_shortly_before_the_first_place() -> None:
    text = "前" * 100 + "重庆\n" + "后" * 50 + "重庆" + "后" * 100
    passage = cut(text, [term.pattern for term in parse("重庆").terms])
    assert passage.text == "…" + "前" * 30 + "重庆 " + "后" * 50 + "重庆" + "后" * 35 + "…"
    assert _marked(passage) == ["重庆", "重庆"]


def test_a_place_at_the_end_of_a_passage_is_marked_as_far_as_it_goes() -> None:
    text = "重庆" + "后" * 117 + "重庆"
    passage = cut(text, [term.pattern for term in parse("重庆").terms])
    assert _marked(passage) == ["重庆", "重"]


def test_without_a_place_a_passage_is_the_beginning() -> None:
    assert cut("短\n文", []) == Passage("短 文", ())
    assert cut("文" * 200, []).text == "文" * 120 + "…"

"""`read_facts` as others call it: whatever it is given, facts or an error that says what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from cqcrawler import read_facts


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"title": None}, "title is NoneType: give a str, empty if there is none"),
        ({"body": b"x"}, "body is bytes: give a str"),
        ({"region": 500112}, "region is int: give a str"),
    ],
)
def test_what_is_no_text_is_named(arguments: dict[str, Any], why: str) -> None:
    with pytest.raises(TypeError, match=why):
        read_facts(**({"title": "", "body": ""} | arguments))


@pytest.mark.parametrize("published", ["2025-7-1", "", "昨天", 20250701])
def test_what_is_no_day_is_named(published: Any) -> None:
    with pytest.raises(ValueError, match="give an ISO date such as '2025-07-07'"):
        read_facts("", "", published=published)


def test_a_region_may_be_none_and_a_day_a_time() -> None:
    region: Any = None
    facts = read_facts("", "总投资3亿元。", published=datetime(2025, 7, 1, 8), region=region)
    assert [number.text for number in facts.numbers] == ["3亿元"]


def test_half_a_character_loses_no_fact() -> None:
    body = "项目\ud83d总投资3亿元。"
    (number,) = read_facts("\udc00", body).numbers
    assert body[number.start : number.stop] == number.text == "3亿元"

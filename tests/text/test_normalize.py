from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcrawler.text.normalize import collapse, comparison_key, strip_invisible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("总投资86亿元，分两期。", "总投资８６亿元,分两期."),
        ("两江\u200b新区 招商", "两江新区　招商"),
        ("“专精特新”企业", '"专精特新"企业'),
        ("《办法》——解读", "<办法>--解读"),
        ("面积３㎡", "面积3m2"),
        ("BYD项目", "byd项目"),
    ],
)
def test_copies_have_one_key(one: str, other: str) -> None:
    assert comparison_key(one) == comparison_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1.5亿元", "15亿元"), ("3家", "4家"), ("是！", "是？")]
)
def test_near_copies_do_not(one: str, other: str) -> None:
    assert comparison_key(one) != comparison_key(other)


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_the_fast_way_gives_what_nfkc_gives(text: str) -> None:
    visible = strip_invisible(text)
    assert comparison_key(unicodedata.normalize("NFKC", visible)) == comparison_key(visible)


def test_collapse_keeps_all_but_white_space_and_the_invisible() -> None:
    assert collapse("\ufeff 重庆 \n\t　招商\u200b ") == "重庆 招商"

"""Amounts in figures, numerals and both."""

from __future__ import annotations

import pytest

from cqcrawler.text.numerals import to_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一点八亿", 1.8e8),
        ("十五点七", 15.7),
        ("二十点五万", 205_000),
        ("零点五", 0.5),
        ("两千 三 百 五", 2350),
        ("六百五 ", 650),
        ("六百零五", 605),
        ("1,250.5万", 12_505_000),
    ],
)
def test_values(text: str, value: float) -> None:
    assert to_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "点", "三点", "一点二点三", "亩"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|float"):
        to_number(text)

from __future__ import annotations

import pytest

from cqcrawler.text.typed_amounts import amount_in, parse_amount, shown_amount


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("10亿", 1e9),
        ("5000万", 5e7),
        ("1.2e9", 1.2e9),
        ("1.2万亿", 1.2e12),
        ("百亿", 1e10),
        ("十", 10),
        ("3千万元", 3e7),
        ("１０ 亿元", 1e9),
        ("1,500,000", 1.5e6),
        ("0", 0),
        ("800", 800),
    ],
)
def test_amounts_as_people_type_them(typed: str, yuan: float) -> None:
    assert parse_amount(typed) == pytest.approx(yuan)


@pytest.mark.parametrize(
    "typed", ["", "亿万富翁", "-5亿", "10亿美元", "1.2.3", "元", "e9", "٣亿", "9,9亿", "1,2345"]
)
def test_what_is_no_amount_says_how_to_write_one(typed: str) -> None:
    with pytest.raises(ValueError, match="is no amount: write it like 10亿, 5000万 or "):
        parse_amount(typed)


def test_the_first_amount_in_words() -> None:
    assert amount_in("约1,200余亿元") == 1200e8
    assert amount_in("1,2,3亿元") is None


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        (1.2e9, "12亿元"),
        (1.25e8, "1.25亿元"),
        (5e7, "5000万元"),
        (300, "300元"),
        (1.2e12, "12000亿元"),
        (0, "0元"),
        (9_999_999, "999.9999万元"),
    ],
)
def test_amounts_as_notices_print_them(yuan: float, shown: str) -> None:
    assert shown_amount(yuan) == shown


@pytest.mark.parametrize("yuan", [1e9, 5e7, 1.2e12, 800])
def test_what_is_shown_reads_as_it_was(yuan: float) -> None:
    assert parse_amount(shown_amount(yuan)) == pytest.approx(yuan)

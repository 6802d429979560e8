from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler.text.grams import fold, required_tokens, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("，。", ""),
        ("城", "城"),
        ("重庆", "重 庆 重庆"),
        ("专精特新企", "专 精 特 新 企 专精 精特 特新 新企 专精特 精特新 特新企 专精特新 精特新企"),
        ("重庆，重庆", "重 庆 重庆"),
        ("科学 城市", "科 学 科学 城 市 城市"),
        ("BYD RCEP", "byd rcep"),
        ("ＢＹＤ", "byd"),
        ("A股", "a 股 a股"),
        ("5G基站", "5g 基 站 5g基 基站 5g基站"),
        ("2025年", "2025 年 2025年"),
        ("GB/T 2260_1", "gb t 2260 1"),
        ("二〇々", "二 〇 々 二〇 〇々 二〇々"),
        ("トヨタ", "トヨタ"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("term", "whole_words", "expected"),
    [
        ("重庆", True, ["重庆"]),
        ("西部(重庆)科学城", True, ["西部", "重庆", "科学城"]),
        ("两江新区管委会", True, ["两江新区", "江新区管", "新区管委", "区管委会"]),
        ("城", True, ["城"]),
        ("城", False, ["城"]),
        ("5g", True, ["5g"]),
        ("5g", False, []),
        ("5g基站", True, ["5g基站"]),
        ("5g基站", False, ["基站"]),
        ("的a股", False, ["的a股"]),
        ("，", True, []),
    ],
)
def test_required_tokens(term: str, whole_words: bool, expected: list[str]) -> None:
    assert required_tokens(term, whole_words=whole_words) == expected


_TEXTS = st.text(alphabet="重庆科学城〇々aB5Ｇ，( \n", max_size=20)


@given(_TEXTS, st.data())
def test_a_text_has_the_tokens_that_its_parts_require(text: str, data: st.DataObject) -> None:
    text = fold(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    required = required_tokens(text[start:end], whole_words=False)
    assert set(required) <= set(tokens(text).split())


@given(st.text())
def test_any_text_has_tokens_without_spaces_in_them(text: str) -> None:
    assert "  " not in tokens(text)
    assert all(token.isalnum() for token in tokens(text).split())


def test_folding_evens_out_width_and_case() -> None:
    assert fold("５Ｇ（Ａ股）㎡") == "5g(a股)m2"


@given(st.text(alphabet="，：…！～\u3000Ａeß\u0301\u0338＜ｶﾞ重", max_size=12))
def test_folding_is_that_of_unicode(text: str) -> None:
    assert fold(text) == unicodedata.normalize("NFKC", text).casefold()

"""The amounts and numbers of Recognizers-Text, read in place: what we read as it does, and why not.

Its assistants answer questions, so it reads what nobody prints in a notice.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from math import isclose
from typing import Any

import pytest

from cqcrawler.facts.mentions import Measure, find_mentions
from cqcrawler.facts.sentences import narrowed
from cqcrawler.text.numerals import to_number
from tests.shared import shared

# Differences of convention, by what is in the input.
AMOUNTS = {
    "a headline's amount of 万 or 亿 leaves its unit out": {
        "江苏彩民15元中大乐透1600万 奖池36.57亿",
    },
    "values are rounded to hundredths, as no sum is finer": {
        "兑换１．０７５３美元",
        "兑换1.0092瑞士法郎",
    },
    "no investment has small change, or is in 块": {
        "10日元5日本銭",
        "这台电脑两美元又三美分",
        "这个手机壳五元三毛",
        "这个手机壳花费你五美元和花费我三块",
        "50元6角三分",
    },
    "a currency without a number is no amount": {"人民币 美元", "人民币美元"},
    "the signs of currencies and 美圆 are on price tags": {
        "在下面的价格中选一个，$20，300美圆, ￥300, ok?",
    },
    "notices are read in simplified characters, and do not count in 兆": {
        "包括在金融市场中管理的基金管理业务在内的FILP总额也减少了二％，"
        "为四十九兆九千五百九十二億元，是有史以来最大的。",
    },
    "no state's currency": {"我有20个比特币"},
    "a number of more than 15 figures is a code": {"我们有 202107211321363588510367 美元"},
}
NUMBERS = {
    "formal figures are in contracts and receipts": {
        "肆佰陸拾",
        "壹佰伍拾",
        "七十八万五佰零六",
        "肆拾肆",
        "倆千两百贰拾二",
        "拾万零五十六",
        "一千陆",
        "十万柒仟捌佰伍拾肆",
        "拾六万零五百零六",
        "拾亿零六万零五百零六",
        "壹百五十二",
        "壹千零壹",
        "壹打",
        "壹百",
        "壹千零五十",
        "壹千零五",
        "壹千六",
        "壹百 五 十 二",
        "壹百五     ",
        "壹仟分之贰",
        "五 分之 壹",
        "三 百 五 又 三 分之 壹",
        "五分之壹",
        "壹百分之二",
        "壹百分之2",
        "3又壹千分之23",
        "二分之壹",
        "三百 五又三分之壹",
        "二分 之壹",
        "三百 五 又 三分  之壹",
        "二十五分之一千零拾肆",
    },
    "what is left open is no part of the number: mentions take 余 and 多 out, and 几 is vague": {
        "十 余 万",
        "五百 余万",
        "一千多万",
        "十多万",
        "二十几万",
        "一百零几万",
        "一千五百零几万",
        "一百 二 十 几亿",
        "500余万",
    },
    "nothing that a notice counts is below zero": {
        "负三十二",
        "负10000",
        "负四十五亿零四百零四万",
        "负四百零五亿零四百零四万",
        "负六点六",
        "-1.1^+23",
        "-2.5^-1",
        "-1.1^--23",
        "-3/2",
        "负一又二分之一",
        "负一万零十二",
        "负1.1",
        "负0.2",
    },
    "亿 stands for 万万, and 万亿 for 兆": {
        "10万万",
        "五兆六十二亿四万五千二",
        "五十五兆一十二亿四万五千二",
        "四万万",
    },
    "fractions, powers, dozens and thousands by letter are no amounts": {
        "40k",
        "一打",
        "半百",
        "五十打",
        "2^5",
        "一百分之五十五点五七九",
        "一百分之十万零六百五十一",
        "一千分之一",
        "一万分之三",
        "一百万分之五",
        "一千万分之六",
        "一万万分之七",
        "2^-1",
        "1.1^+23",
        "2.5^-1",
        "五 分之 一",
        "三 百 五 又 三 分之 一",
        "五分之一",
        "一百万又五十万分之二十五",
        "一百分之二",
        "四千二分之三",
        "一百分之2",
        "五百分之2333",
        "3又一千分之23",
        "二分之一",
        "三百 五又三分之一",
        "三百五十又3分之1",
        "二分 之一",
        "三百 五 又 三分  之一",
        "三百五十 又 3分  之1",
        "一千零十又3分之1",
    },
    "a scale alone is no number behind a zero, and 三点一 is 3.1 wherever it stands": {
        "两千三点一",
        "零十",
    },
}
_TRADITIONAL = frozenset("億萬負點幾兩")


def cases(file: str) -> list[dict[str, Any]]:
    source = shared(f"peers/recognizers-zh/{file}.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(source)
    return found


def amounts_agree(case: dict[str, Any]) -> bool:
    found = [
        each for each in find_mentions(narrowed(case["Input"])) if each.measure is Measure.MONEY
    ]
    resolved = [result["Resolution"] for result in case["Results"]]
    return [(each.value, each.unit) for each in found] == [
        (float(each["value"] or "nan"), each.get("isoCurrency")) for each in resolved
    ]


def numbers() -> list[dict[str, Any]]:
    """The cases that are one number and nothing else, in simplified characters."""
    return [
        case
        for case in cases("NumberModel")
        if len(case["Results"]) == 1
        and case["Results"][0]["Text"].strip() == case["Input"].strip()
        and _TRADITIONAL.isdisjoint(case["Input"])
    ]


def numbers_agree(case: dict[str, Any]) -> bool:
    try:
        value = to_number(case["Input"])
    except ValueError:
        return False
    return isclose(value, float(case["Results"][0]["Resolution"]["value"]), rel_tol=1e-12)


def inputs(differences: dict[str, set[str]]) -> set[str]:
    return {text for texts in differences.values() for text in texts}


@pytest.mark.parametrize(("model", "floor"), [("CurrencyModel", 20), ("NumberModel", 80)])
def test_values_are_those_of_the_peer(model: str, floor: int) -> None:
    every, agrees, differ = of_model(model)
    same = {case["Input"] for case in every if agrees(case)}
    others = {case["Input"] for case in every} - same - differ
    assert not others, "neither as the peer reads it, nor a listed difference"
    assert len(same) >= floor


@pytest.mark.parametrize("model", ["CurrencyModel", "NumberModel"])
def test_every_difference_is_one(model: str) -> None:
    every, agrees, differ = of_model(model)
    assert {case["Input"] for case in every} >= differ
    assert not [case["Input"] for case in every if case["Input"] in differ and agrees(case)]


def of_model(
    model: str,
) -> tuple[list[dict[str, Any]], Callable[[dict[str, Any]], bool], set[str]]:
    if model == "CurrencyModel":
        return cases(model), amounts_agree, inputs(AMOUNTS)
    return numbers(), numbers_agree, inputs(NUMBERS)

"""Numbers with a unit, as portals print them."""

from __future__ import annotations

import time

import pytest

from cqcrawler.facts.mentions import find_mentions
from cqcrawler.facts.sentences import narrowed


def found(text: str) -> list[tuple[str, float, float | None, str, str]]:
    return [
        (text[m.start : m.stop], m.value, m.value_max, m.unit, m.qualifier)
        for m in find_mentions(narrowed(text))
    ]


@pytest.mark.parametrize(
    ("text", "words", "value", "unit", "qualifier"),
    [
        ("总投资26.5亿元", "26.5亿元", 2.65e9, "CNY", ""),
        ("总投资 3.6 亿元", "3.6 亿元", 3.6e8, "CNY", ""),
        ("总投资逾百亿元", "逾百亿元", 1e10, "CNY", "逾"),
        ("投资额超过1.2万亿元", "超过1.2万亿元", 1.2e12, "CNY", "超"),
        ("投资十八亿六千万元", "十八亿六千万元", 1.86e9, "CNY", ""),
        ("投资2亿3500万元", "2亿3500万元", 2.35e8, "CNY", ""),
        ("投资15.8个亿", "15.8个亿", 1.58e9, "CNY", ""),
        ("投资３０００万元", "３０００万元", 3e7, "CNY", ""),
        ("投资72,500万元", "72,500万元", 7.25e8, "CNY", ""),
        ("投资400余亿元", "400余亿元", 4e10, "CNY", "余"),
        ("年税收5000万元以上", "5000万元以上", 5e7, "CNY", "以上"),
        ("投资4.2亿元左右", "4.2亿元左右", 4.2e8, "CNY", "左右"),
        ("每年最高500万元", "最高500万元", 5e6, "CNY", "最高"),
        ("投资一点八亿元", "一点八亿元", 1.8e8, "CNY", ""),
        ("上午九点三十名代表到场", "三十名", 30, "person", ""),
        ("投资8000万人民币，", "8000万人民币", 8e7, "CNY", ""),
        ("融资60亿台币", "60亿台币", 6e9, "TWD", ""),
        ("投资20亿迪拉姆", "20亿迪拉姆", 2e9, "AED", ""),
        ("计划投入港币6亿元", "港币6亿元", 6e8, "HKD", ""),
        ("增资1.2亿欧元", "1.2亿欧元", 1.2e8, "EUR", ""),
        ("上半年引资超600亿", "超600亿", 6e10, "CNY", "超"),
        ("占地三百六十亩", "三百六十亩", 240000, "m2", ""),
        ("规划面积12.5平方公里", "12.5平方公里", 1.25e7, "m2", ""),
        ("建成厂房近9万方", "近9万方", 90000, "m2", "近"),
        ("用工人数2200人", "2200人", 2200, "person", ""),
        ("带动就业上千人", "上千人", 1000, "person", "上"),
        ("集聚企业百余家", "百余家", 100, "家", "余"),
        ("签约项目约40个", "约40个", 40, "个", "约"),
    ],
)
def test_a_quantity(text: str, words: str, value: float, unit: str, qualifier: str) -> None:
    assert found(text) == [(words, pytest.approx(value), None, unit, qualifier)]


@pytest.mark.parametrize(
    ("text", "words", "value", "value_max"),
    [
        ("拟投资3—5亿元", "3—5亿元", 3e8, 5e8),
        ("拟投资8000万元至1.2亿元", "8000万元至1.2亿元", 8e7, 1.2e8),
        ("用地150到200亩", "150到200亩", 1e5, 133333.33),
        ("用工三四百人", "三四百人", 300, 400),
        ("投资五六十亿元", "五六十亿元", 5e9, 6e9),
        ("投资三四千万元", "三四千万元", 3e7, 4e7),
    ],
)
def test_ranges_share_a_unit(text: str, words: str, value: float, value_max: float) -> None:
    [(printed, low, high, _, _)] = found(text)
    assert (printed, low, high) == (words, pytest.approx(value), pytest.approx(value_max))


@pytest.mark.parametrize(
    "text",
    [
        *("数十亿元", "几百家企业", "第12家门店", "十几个亿", "2024年3月12日", "8方面举措"),
        *("装机120万千瓦", "年产5亿支", "增长12.5%", "电话023-67890123", "五位一体", "5G基站"),
        *("500强", "万家灯火", "2万多元素材", "12名单位", "3类项", ""),
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *("投资额（亿元）：52", "总投资(万元) 52000", "单位：亿元", "产值/亿元", "以亿元计"),
        *("半亿元", "½亿元", "②亿元", "52\u200b亿元", "总投资\t亿元", "九八亿元"),
    ],
)
def test_a_unit_alone_is_no_amount(text: str) -> None:
    assert found(text) == []


def test_a_unit_after_its_verb_is_one() -> None:
    assert [value for _, value, *_ in found("投资亿元，超亿元，（超亿元）")] == [1e8, 1e8, 1e8]


def test_a_zero_between_two_scales_is_read() -> None:
    assert found("总投资1亿零500万元") == [("1亿零500万元", 1.05e8, None, "CNY", "")]


def test_what_a_change_starts_from_is_no_range() -> None:
    assert [value for _, value, *_ in found("产值由3亿元到5亿元")] == [3e8, 5e8]


def test_agreements_are_not_approximations() -> None:
    assert found("签约3个项目") == [("3个", 3, None, "个", "")]


def test_a_class_of_size_says_so() -> None:
    [mention] = find_mentions("打造百亿级产业集群")
    assert mention.is_class


@pytest.mark.parametrize(
    "piece", ["一", "1,", "万亿", "1个", "从1元", "9", "1亿至", "十百", "1.5个"]
)
def test_hostile_sentences_take_time_in_proportion(piece: str) -> None:
    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        find_mentions.__wrapped__(text)
        return time.process_time() - started

    cost(1000)
    assert cost(80_000) < 40 * max(cost(8_000), 0.002)

"""Numbers are compared in their slots, and may be rounded."""

from __future__ import annotations

import pytest

from cqcrawler.facts.model import Field
from cqcrawler.facts.sentences import split_sentences
from cqcrawler.facts.slots import Comparison, Number, agree, compare, numbers_of


def numbers(text: str) -> tuple[Number, ...]:
    return numbers_of(split_sentences(text, Field.BODY))


def number(text: str) -> Number:
    (found,) = numbers(text)
    return found


def compared(one: str, other: str) -> Comparison:
    return compare(numbers(one), numbers(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("总投资26.3亿元", "总投资超26亿元"),
        ("总投资26.3亿元", "总投资26亿余元"),
        ("总投资26.8亿元", "总投资近27亿元"),
        ("总投资26.8亿元", "总投资约27亿元"),
        ("总投资140亿元", "总投资超百亿元"),
        ("总投资27.8亿元", "总投资27亿元"),
        ("总投资26亿元", "总投资260000万元"),
        ("用工1243人", "用工1200余人"),
        ("签约项目17个", "签约项目十七个"),
        ("用地420亩", "用地四百二十亩"),
        ("投资5亿元至8亿元", "投资6亿元"),
    ],
)
def test_roundings_and_other_words_agree(one: str, other: str) -> None:
    assert agree(number(one), number(other))
    assert agree(number(other), number(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("总投资26.3亿元", "总投资超27亿元"),
        ("总投资36.3亿元", "总投资超20亿元"),
        ("总投资26.3亿元", "总投资近26亿元"),
        ("总投资26亿元", "总投资27亿元"),
        ("总投资26亿元", "总投资26亿美元"),
        ("用地126亩", "用地84亩"),
        ("签约项目17个", "签约项目13个"),
        ("投资5亿元至8亿元", "投资9亿元"),
    ],
)
def test_other_values_do_not(one: str, other: str) -> None:
    assert not agree(number(one), number(other))
    assert not agree(number(other), number(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("总投资26亿元，用地380亩。", "总投资18亿元，用地380亩。"),
        ("计划投资26亿元，用工300人。", "总投资额18亿元，用工300人。"),
        ("距高速路口4公里。", "距高速路口6公里。"),
        ("46个项目签约。", "41个项目签约。"),
        ("同比增长16.4%。", "同比增长18.2%。"),
        ("签约项目46个，其中制造业项目29个。", "签约项目46个，其中制造业项目24个。"),
        ("甲项目总投资9亿元。乙项目总投资5亿元。", "甲项目总投资9亿元。乙项目总投资4亿元。"),
    ],
)
def test_another_value_in_a_slot_contradicts(one: str, other: str) -> None:
    assert compared(one, other).conflict
    assert compared(other, one).conflict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("总投资26亿元，用地380亩。", "总投资26亿元。"),
        ("总投资26亿元，其中一期投资15亿元。", "一期总投资15亿元。"),
        ("总投资26.3亿元。", "总投资超26亿元。"),
        ("总投资26亿元。", "用工300人。"),
        ("甲项目总投资9亿元。乙项目总投资5亿元。", "乙项目总投资5亿元。"),
        ("", "总投资26亿元。"),
        ("2023年3月21日。", "2024年9月26日。"),
    ],
)
def test_what_is_missing_or_rounded_contradicts_nothing(one: str, other: str) -> None:
    assert not compared(one, other).conflict
    assert not compared(other, one).conflict


def test_the_poorer_notice_is_counted() -> None:
    full = "总投资26亿元，用地380亩，用工300人，年产值60亿元。"
    assert compared(full, "总投资26亿元，用工300人。") == Comparison(2, 2, None)


@pytest.mark.parametrize(
    "text", ["9" * 5000, "亿" * 5000, "1-" * 5000, "投资" * 5000, "9亿" * 3000]
)
def test_hostile_lines_are_read(text: str) -> None:
    assert compared(text, text).conflict is None

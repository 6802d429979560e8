from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler.text.repeats import find_repeats

LEAD = "2025年6月，长寿区举行新材料产业招商推介会，十二个项目现场签约，协议投资共六十亿元。"
FIRST = "（一）聚焦主导产业。签约项目以高性能纤维和电子化学品为主，三家企业将设立研发中心。"
SECOND = "（二）优化服务流程。园区为每个项目配备专员，从拿地到开工的手续在三十天内办结。"
ROW = "重庆某新材料公司 | 长寿区，涪陵区 | 高性能纤维 | 12亿元"
ADDRESS = "联系地址：重庆市长寿区晏家街道齐心大道16号，邮编401220"
OFFICE = "中国（重庆）自由贸易试验区工作领导小组办公室"


def rules(*texts: str) -> list[str]:
    """Return the rule for each text, "" for one that stays."""
    found = find_repeats(texts)
    return [found.get(i, "") for i in range(len(texts))]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([LEAD, FIRST, SECOND], ["", "", ""], id="nothing repeated"),
        pytest.param([FIRST, FIRST], ["", "repeat"], id="twice in a row"),
        pytest.param([FIRST, FIRST, FIRST], ["", "repeat", "repeat"], id="three times"),
        pytest.param(
            [FIRST, LEAD, FIRST, SECOND, FIRST], ["", "", "repeat", "", "repeat"], id="apart"
        ),
        pytest.param(
            [LEAD, FIRST, SECOND, FIRST, SECOND],
            ["", "", "", "repeated block", "repeated block"],
            id="block",
        ),
        pytest.param(
            ["一、概况", LEAD, "1.纤维", "2.膜", FIRST, "一、概况", LEAD, "1.纤维", "2.膜", FIRST],
            [""] * 5 + ["repeated block"] * 5,
            id="block with headings and a list",
        ),
        pytest.param(
            [LEAD, "联系人：张三", FIRST, "一、概况", LEAD, "联系人：张三", SECOND],
            ["", "", "", "", "repeated block", "repeated block", ""],
            id="short line in a repeated run only",
        ),
        pytest.param(
            [
                "长寿经开区新材料园",
                "用地一千二百亩",
                "标准厂房三十万平方米",
                "配套污水处理厂",
                "距长江港口九公里",
            ]
            * 2,
            [""] * 5 + ["repeated block"] * 5,
            id="short lines printed twice over",
        ),
        pytest.param(
            [FIRST, SECOND, LEAD, SECOND, FIRST], ["", "", "", "repeat", "repeat"], id="order"
        ),
    ],
)
def test_copies_go_and_first_ones_stay(texts: list[str], expected: list[str]) -> None:
    assert rules(*texts) == expected


@pytest.mark.parametrize(
    "copy",
    [
        FIRST.replace("，", "， "),
        "　　" + FIRST,
        FIRST.replace("，", ",").replace("（一）", "(一)"),
        FIRST.replace("电子", "电子\u200b"),
        FIRST.replace("纤维", "纤\xa0维"),
    ],
)
def test_copies_may_differ_in_space_and_width(copy: str) -> None:
    assert rules(FIRST, LEAD, copy) == ["", "", "repeat"]


def test_copies_that_begin_with_latin_letters_are_found() -> None:
    text = "BYD battery plant phase two: annual output of 20 GWh, investment of 5 billion yuan."
    assert rules(text, LEAD, text.upper()) == ["", "", "repeat"]


@pytest.mark.parametrize(
    "other",
    [
        FIRST.replace("三家", "四家"),
        SECOND.replace("三十天", "30天"),
        FIRST + "项目下月开工。",
        FIRST[:-1],
        FIRST.replace("。", "；", 1) + "。",
    ],
)
def test_near_copies_stay(other: str) -> None:
    assert rules(FIRST, SECOND, other) == ["", "", ""]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["联系人：张三", LEAD, "联系人：张三", FIRST], id="field"),
        pytest.param(["主要优势", LEAD, "主要优势", FIRST], id="heading"),
        pytest.param(["主要优势", "主要优势", LEAD], id="heading twice in a row"),
        pytest.param(["是", "否", "是", "是", "否", "是", "是", "否", "是"], id="cells"),
        pytest.param([ROW, LEAD, ROW], id="row of a table"),
        pytest.param(
            [ADDRESS, LEAD, ADDRESS, FIRST],
            id="long field",
        ),
        pytest.param([LEAD, OFFICE, FIRST, OFFICE], id="name of an office"),
        pytest.param(
            ["联系人：张三", "电话：023-63010000", LEAD, "联系人：张三", "电话：023-63010000"],
            id="contacts of two sections",
        ),
        pytest.param(["啊，重庆", "啊，山城", "啊，重庆", "啊，山城"], id="refrain"),
    ],
)
def test_what_may_be_meant_twice_stays(texts: list[str]) -> None:
    assert rules(*texts) == [""] * len(texts)


def test_a_heading_that_follows_a_doubled_block_stays() -> None:
    block = [
        "项目清单",
        "长寿经开区新材料园用地一千亩",
        "涪陵高新区材料园用地八百亩整",
        "建设年限两年",
    ]
    assert rules(*block, *block, "项目清单", LEAD)[-2:] == ["", ""]


@pytest.mark.parametrize("dots", ["…", "……", "...", "。。。", "……[详细]", "...【全文】"])
def test_a_summary_beside_its_text_goes(dots: str) -> None:
    assert rules(LEAD[:30] + dots, LEAD, FIRST) == ["summary", "", ""]
    assert rules(LEAD, LEAD[:30] + dots, FIRST) == ["", "summary", ""]


def test_a_summary_of_several_paragraphs_goes_with_its_label() -> None:
    assert rules(f"摘要: {LEAD}{FIRST[:12]} ...", LEAD, FIRST) == ["summary", "", ""]


@pytest.mark.parametrize("summary", [LEAD + FIRST[:12], LEAD[:30], "导读：" + LEAD[:35] + "。"])
def test_the_beginning_of_a_text_above_it_goes(summary: str) -> None:
    assert rules(summary, LEAD, FIRST) == ["summary", "", ""]


@pytest.mark.parametrize(
    "texts",
    [
        [LEAD[:30] + "……", FIRST, LEAD],
        [LEAD[:9] + "……", LEAD],
        [LEAD[:30] + "五家企业……", LEAD],
        [FIRST, LEAD[:30], LEAD],
    ],
    ids=["apart", "short", "other words", "no dots"],
)
def test_other_texts_with_dots_stay(texts: list[str]) -> None:
    assert rules(*texts) == [""] * len(texts)


LINES = st.sampled_from([LEAD, FIRST, SECOND, "一、概况", "联系人：张三", ROW, "", "…", OFFICE])


@given(st.lists(LINES, max_size=30))
def test_each_text_stays_once_and_what_stays_has_no_repeats(texts: list[str]) -> None:
    gone = find_repeats(texts)
    left = [text for i, text in enumerate(texts) if i not in gone]
    assert set(left) == set(texts)
    for text in (LEAD, FIRST, SECOND):
        assert left.count(text) <= 1

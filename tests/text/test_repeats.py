from __future__ import annotations

from collections.abc import Mapping

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


_MANY = 20_000
# Items of lists, and sentences that are said of several things.
PROOF = "项目备案证明原件，以及加盖公章的复印件；"
RENT = "入驻企业前两年免收租金，第三年减半收取，期满后按市场价格执行。"
TASK = "由区投资促进局牵头，区自然资源局、区生态环境局配合，年底前完成。"


def rules(*texts: str, items: Mapping[int, int] | None = None) -> list[str]:
    """Return the rule for each text, "" for one that stays."""
    found = find_repeats(texts, items or {})
    return [found.get(i, "") for i in range(len(texts))]


def taken(*texts: str) -> list[int]:
    """Return which texts go."""
    return sorted(find_repeats(texts))


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


@pytest.mark.parametrize(
    ("texts", "gone"),
    [
        pytest.param(
            [LEAD, FIRST, "（资料图）", SECOND, "记者 林某", LEAD, FIRST, SECOND, "记者 林某"],
            [5, 6, 7, 8],
            id="a line more in the first",
        ),
        pytest.param(
            [LEAD, FIRST, SECOND, "记者 林某", LEAD, FIRST, "（资料图）", SECOND, "记者 林某"],
            [4, 5, 7, 8],
            id="a line more in the second, which stays",
        ),
        pytest.param(
            [LEAD, FIRST, RENT, SECOND, LEAD, FIRST.replace("三家", "四家"), RENT, SECOND],
            [4, 6, 7],
            id="a line changed, which stays",
        ),
        pytest.param(
            [LEAD, FIRST, SECOND, LEAD.replace("十二", "十三"), FIRST, SECOND],
            [4, 5],
            id="the first line changed",
        ),
        pytest.param(
            [
                LEAD,
                "特此公告。",
                "长寿区政府",
                "2025年7月7日",
                "附件：",
                "1.登记表",
                LEAD,
                "特此公告。",
                "附件：",
                "1.登记表",
            ],
            [6, 7, 8, 9],
            id="the signature missing in the second",
        ),
        pytest.param([RENT, SECOND, RENT, FIRST, SECOND], [2, 4], id="an excerpt above the text"),
        pytest.param(
            ["园区", LEAD, "政策", FIRST, SECOND, LEAD], [5], id="one more time below the text"
        ),
        pytest.param(
            [
                LEAD,
                FIRST,
                "敬请光临。",
                "联系人：张三",
                "电话：023-63010000",
                "传真：023-63010001",
                "邮编：401220",
                "区政府",
                LEAD,
                FIRST,
                "敬请光临。",
                "区政府",
            ],
            [8, 9, 10, 11],
            id="the contacts missing in the second",
        ),
        pytest.param(
            ["一、概况", LEAD, FIRST, "二、政策", SECOND, LEAD, FIRST, RENT],
            [5, 6],
            id="a block further down",
        ),
        pytest.param(
            [LEAD, FIRST, SECOND, "（签约现场）", FIRST, SECOND],
            [4, 5],
            id="numbers begin anew below a caption",
        ),
        pytest.param(
            ["一、概况", "一、概况", LEAD, LEAD, "长寿发布", "长寿发布"],
            [1, 3, 5],
            id="every line twice",
        ),
        pytest.param([LEAD, LEAD, RENT, FIRST, FIRST], [1, 4], id="all lines but one twice"),
        pytest.param(
            [
                "特此通知。",
                "请各区县人民政府认真贯彻执行。",
                "联系人：张三",
                "电话：023-63010000",
                "区政府",
                "2025年7月7日",
                "特此通知。",
                "请各区县人民政府认真贯彻执行。",
                "联系人：张三",
                "电话：023-63010000",
            ],
            [6, 7, 8, 9],
            id="a whole text of short lines, without its end",
        ),
        pytest.param(
            [
                "联系人：张三",
                "电话：023-63010000",
                "地址：长寿区齐心大道16号",
                "邮编：401220",
                "联系人：张三",
                "电话：023-63010000",
                "传真：023-6301",
                "地址：长寿区齐心大道16号",
                "邮编：401220",
            ],
            [4, 5, 7, 8],
            id="contacts with a line more",
        ),
        pytest.param(
            [f"第一条 {RENT}", f"第二条 {TASK}", "本条所称各局，包括其下属单位和派出机构。"] * 2,
            [3, 4, 5],
            id="a law",
        ),
        pytest.param(
            [
                "问：怎么申请？",
                f"答：{RENT}{TASK}",
                "问：要多久？",
                f"答：{LEAD}{TASK}",
                "问：怎么申请？",
                f"答：{RENT}{TASK}",
                "问：还有呢？",
            ],
            [4, 5],
            id="a question with its answer",
        ),
    ],
)
def test_blocks_go_whatever_one_copy_has_more(texts: list[str], gone: list[int]) -> None:
    assert taken(*texts) == gone


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            [
                "（1）首次申报的企业：",
                f"①{PROOF}",
                f"②{TASK}",
                "（2）再次申报的企业：",
                f"①{PROOF}",
                f"②{TASK}",
                "③批复。",
            ],
            id="items under numbered ones",
        ),
        pytest.param(
            ["首次申报", f"1.{PROOF}", f"2.{TASK}", "再次申报", f"1.{PROOF}", f"2.{TASK}"],
            id="items under bare headings",
        ),
        pytest.param(
            [LEAD, f"1.{PROOF}", f"2.{TASK}", "再次申报的企业，也要提交。", f"1.{PROOF}"],
            id="items under sentences",
        ),
        pytest.param(
            ["一、医药", "材料如下：", f"1.{PROOF}", "二、电子", "材料如下：", f"1.{PROOF}"],
            id="items under equal lines in different parts",
        ),
        pytest.param(
            [
                "一、医药",
                "1.位置",
                LEAD,
                "2.政策",
                RENT,
                "二、电子",
                "1.位置",
                SECOND,
                "2.政策",
                RENT,
            ],
            id="paragraphs under equal headings in different parts",
        ),
        pytest.param(
            ["医药：", f"● {RENT}", f"● {TASK}", "电子：", f"● {RENT}", f"● {TASK}"], id="bullets"
        ),
        pytest.param(
            [f"第一条 {LEAD}", TASK, f"第二条 {RENT}", "细则另定。", f"第三条 {FIRST}", TASK],
            id="articles of a law",
        ),
        pytest.param(["医药园", RENT, "电子园", RENT, "纺织园", RENT], id="parts"),
        pytest.param(
            ["医药园", LEAD, RENT, "电子园", TASK, RENT], id="paragraphs as far below a heading"
        ),
        pytest.param(
            ["一、笔试", LEAD, RENT, "二、面试", TASK, "当场打分。", RENT, "成绩另行公布。"],
            id="a paragraph anywhere in two parts",
        ),
        pytest.param(
            [
                "办公室",
                LEAD,
                RENT,
                "招商股",
                TASK,
                RENT,
                "服务股",
                "负责信访。",
                "负责统计。",
                RENT,
            ],
            id="what stands twice rightly stands a third time",
        ),
        pytest.param(["岗位一：招商专员", RENT, "岗位二：项目专员", RENT], id="numbered labels"),
        pytest.param(["1", "医药园", RENT, "张三", "2", "电子园", RENT, "李四"], id="a grid"),
        pytest.param(
            ["问：补助怎么申请？", f"答：{RENT}{TASK}", "问：贴息怎么申请？", f"答：{RENT}{TASK}"],
            id="equal answers",
        ),
        pytest.param(
            [
                "进入“招商网”首页，点击“报名”，显示“成功”，即完成报名。",
                RENT,
                "进入“投资通”首页，点击“报名”，显示“成功”，即完成报名。",
                RENT,
            ],
            id="lines above that are alike",
        ),
        pytest.param(
            [
                LEAD,
                "同志们，让我们携起手来，为建设新长寿而努力奋斗！",
                FIRST,
                "同志们，让我们携起手来，为建设新长寿而努力奋斗！",
            ],
            id="refrain of a speech",
        ),
        pytest.param(
            [
                "（一）支持企业做大做强，加快转型升级步伐",
                "（二）支持企业上市融资，拓宽资金来源渠道",
                "（一）支持企业做大做强，加快转型升级步伐",
                LEAD,
                "（二）支持企业上市融资，拓宽资金来源渠道",
                FIRST,
            ],
            id="table of contents",
        ),
    ],
)
def test_what_is_said_of_two_things_stays(texts: list[str]) -> None:
    assert taken(*texts) == []


def test_cells_and_items_stay() -> None:
    rows = ["张三", TASK, "李四", TASK]
    assert rules(LEAD, *rows, items=dict.fromkeys(range(1, 5), 7)) == [""] * 5


def test_a_table_goes_with_the_text_around_it_whole_or_not_at_all() -> None:
    page = [LEAD, "张三", TASK, SECOND]
    tables = {1: 1, 2: 1, 5: 2, 6: 2}
    assert rules(*page, *page, items=tables)[4:] == ["repeated block"] * 4
    other = [LEAD, "张三", RENT, SECOND]
    assert rules(*page, *other, items=tables)[4:] == ["repeated block", "", "", "repeated block"]


@pytest.mark.parametrize("heading", ["内容提要", "【摘 要】", "导读：", "本文导读", "核心提示"])
def test_the_heading_of_a_summary_goes_with_it(heading: str) -> None:
    gone = ["summary heading", "summary"]
    assert rules(heading, LEAD, LEAD, FIRST) == [*gone, "", ""]
    assert rules(heading, LEAD[:35] + "。", LEAD, FIRST) == [*gone, "", ""]
    assert rules(heading, LEAD[:30] + "……", "各区县：", LEAD) == [*gone, "", ""]
    assert rules(heading, LEAD, FIRST, "各区县：", LEAD, FIRST) == [*gone, "summary", "", "", ""]


def test_a_summary_under_its_heading_goes_rather_than_its_text() -> None:
    texts = ["摘要", RENT, LEAD, "一、医药", RENT]
    assert rules(*texts) == ["summary heading", "summary", "", "", ""]


@pytest.mark.parametrize("heading", ["内容提要", "导读", "企业简介"])
def test_a_heading_above_a_text_of_its_own_stays(heading: str) -> None:
    assert rules(heading, LEAD, FIRST, SECOND) == [""] * 4
    assert rules("概况", LEAD, LEAD) == ["", "", "repeat"]


@pytest.mark.parametrize(
    ("unit", "left"),
    [
        ([RENT], 1),
        ([RENT, TASK], 2),
        ([RENT, RENT, TASK], 2),
        (["甲市"], _MANY),
        (["是", "否"], 2 * _MANY),
        (["导读", RENT[:25] + "…"], 1),
    ],
    ids=["one", "two", "three", "short", "short in turn", "summaries"],
)
def test_any_number_of_lines_takes_its_time_once(unit: list[str], left: int) -> None:
    """A look at every pair of lines takes hours."""
    assert len(unit) * _MANY - len(find_repeats(unit * _MANY)) == left


def test_items_below_any_number_of_headings_stay() -> None:
    texts = [t for n in range(_MANY) for t in (f"第{n}类企业：", f"①{PROOF}", f"②{TASK}")]
    assert not find_repeats(texts)


LINES = st.sampled_from([LEAD, FIRST, SECOND, "一、概况", "联系人：张三", ROW, "", "…", OFFICE])


@given(st.lists(LINES, max_size=30))
def test_each_text_stays_once_and_what_stays_has_no_repeats(texts: list[str]) -> None:
    gone = find_repeats(texts)
    left = [text for i, text in enumerate(texts) if i not in gone]
    assert set(left) == set(texts)
    for text in (LEAD, FIRST, SECOND):
        assert left.count(text) <= 1


@pytest.mark.parametrize(
    "summary",
    [
        "摘要：柳河县出台十二条措施，支持冷链物流企业扩大投资。",
        "内容摘要柳河县出台十二条措施，支持冷链物流企业扩大投资。",
        "【导读】柳河县出台十二条措施，支持冷链物流企业扩大……",
    ],
)
def test_a_summary_that_is_called_one_stands_anywhere_in_the_text_below(summary: str) -> None:
    text = "各有关单位：为做好服务，柳河县出台十二条措施，支持冷链物流企业扩大投资。现予印发。"
    assert find_repeats([summary, text, "一、加大用地保障。"]) == {0: "summary"}
    assert not find_repeats([summary.replace("十二", "十三"), text, "一、加大用地保障。"])

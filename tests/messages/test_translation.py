"""Messages as they are put together, in Chinese."""

from __future__ import annotations

import pytest

from cqcrawler.messages import translate, translate_word
from cqcrawler.messages.spacing import joined
from cqcrawler.messages.translation import help_in_chinese
from cqcrawler.messages.widths import padded, width, wrapped


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("nothing new", "没有新内容"),
        # What is filled in is a message itself.
        (
            "3 pages failed, such as http://h/1: the page is empty",
            "3 个页面失败，例如 http://h/1：网页是空的",
        ),
        # Messages one after another.
        (
            "2 pages failed, such as http://h/1: HTTP 500; 4 files of notices could not be had, "
            "such as http://h/2: HTTP 404",
            "2 个页面失败，例如 http://h/1：HTTP 500；4 个公告附件无法取得，"
            "例如 http://h/2：HTTP 404",
        ),
        # A semicolon within a message.
        ("died; the next run goes on where it was", "意外中断；下次抓取从断点继续"),
        (
            "3 known notices could not be read as such; they stay as they are, such as http://h/1",
            "3 条已知公告读不出来，保持原样，例如 http://h/1",
        ),
        # An outcome with its cause, and what stands between.
        (
            "partial: 160 of 200; 3 pages failed, such as u: HTTP 500",
            "部分失败：200 条中列出 160 条；3 个页面失败，例如 u：HTTP 500",
        ),
        ("ok: complete", "正常：完整"),
        (
            "ok, imported from a.warc and 2 more: nothing new",
            "正常，导入自 a.warc 及另外 2 个：没有新内容",
        ),
        # Names and lists.
        ("no portal 'x' in this archive: it has cq, sc", "档案中没有门户“x”：现有 cq、sc"),
        (
            "no region is called '渝被': did you mean 渝北区 or 渝中区?",
            "没有名为“渝被”的地区：是否指渝北区、渝中区？",
        ),
        ("lost published, region, most of its text", "缺少发布日期、地区、大部分正文"),
        # A title or a path may hold anything.
        ("forgotten: 1 raw records in 1 files", "已删除：1 个文件中的 1 条原始记录"),
        ("Delete 招商: a notice; and more for good?", "要彻底删除《招商: a notice; and more》吗？"),
        ("/a b/c.db is read-only", "/a b/c.db 是只读的"),
        # What is added to others.
        (
            "last backup today, 2025-07-07 16:00: /b/a.db, which is not there any more",
            "上次备份：今天，2025-07-07 16:00：/b/a.db，文件已不在",
        ),
        ("not sure: label 发布日期", "不确定：标注“发布日期”"),
        (
            "8 of 9 notices state no region, where 0 of 70 did, such as u",
            "8/9 条公告未注地区，平常为 0/70，例如 u",
        ),
    ],
)
def test_a_message_is_recognised(english: str, chinese: str) -> None:
    assert translate(english, "zh") == chinese


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "chongqing",
        "重庆31个项目集中开工",
        "2025-07-07 16:00",
        "a b",
        "12",
    ],
)
def test_what_is_no_message_stays(text: str) -> None:
    assert translate(text, "zh") == text


def test_space_around_a_message_stays() -> None:
    assert translate("\nnothing new\n", "zh") == "\n没有新内容\n"


def test_what_is_not_known_stays_beside_what_is() -> None:
    assert translate("http://h: teapots refuse tea; nothing new", "zh") == (
        "http://h: teapots refuse tea；没有新内容"
    )


def test_a_word_means_what_it_is_a_word_for() -> None:
    assert translate_word("failed", "outcome", "zh") == "程序出错"
    assert translate_word("failed", "heading", "zh") == "失败"
    assert translate_word("hm", "heading", "zh") == "hm"


def test_a_list_of_commands_has_the_beginnings_of_their_help() -> None:
    assert help_in_chinese("Say that WORDS of article ID state...").startswith("补充公告")


@pytest.mark.parametrize(
    ("before", "after", "together"),
    [
        ("共 ", "3", "共 3"),
        ("共", "3 条", "共 3 条"),
        ("原因 ", "页面", "原因页面"),
        ("原因 ", "“页面”", "原因“页面”"),
        ("见 ", "--help", "见 --help"),
        ("3 ", "4", "3 4"),
        ("", "页", "页"),
    ],
)
def test_there_is_the_space_that_belongs_there(before: str, after: str, together: str) -> None:
    assert joined(before, after) == together


def test_widths() -> None:
    assert width("门户 a") == 6
    assert padded("门户", 6) == "门户  "


def test_lines_are_broken_where_chinese_may_be() -> None:
    text = "抓取各地招商门户（如 chongqing），存为档案。"
    lines = wrapped(text, 12)
    assert lines == ["抓取各地招商", "门户（如", "chongqing），", "存为档案。"]
    assert all(width(line) <= 14 for line in lines)


@pytest.mark.parametrize("joint", ["; ", ": ", ", ", " is damaged (", ", such as ", "; x y: z w, "])
@pytest.mark.parametrize("times", [12, 60, 20_000])
def test_nobody_can_have_it_work_long(joint: str, times: int) -> None:
    """What somebody types comes back in messages of the site."""
    typed = joint.join(["a b"] * times)
    said = translate(f"no region is called '{typed}': did you mean 渝北区?", "zh")
    assert "渝北区" in said
    assert said.count("a b") == translate(typed, "zh").count("a b") == times

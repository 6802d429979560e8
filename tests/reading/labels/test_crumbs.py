"""The path to a page, in the forms that portals print it."""

from __future__ import annotations

import pytest

from cqcrawler.reading.labels.crumbs import read_bare_path, read_path

TITLE = "江城区出台扶持标准厂房建设十条措施"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("当前位置：首页 > 政务公开 > 惠企政策", "惠企政策 政务公开"),
        ("您的位置: 首页>>投资指南>>正文", "投资指南"),
        ("您当前所在位置： 网站首页 » 部门动态 » 通知公告", "通知公告 部门动态"),
        ("当前位置：首页 --> 厂房租赁 --> 列表", "厂房租赁"),
        ("首页 -> 土地出让 -> 详情页", "土地出让"),
        ("首页/ 招商 / 园区动态 / 正文", "园区动态 招商"),
        ("当前位置：首页-信息公开-办事指南", "办事指南 信息公开"),
        ("2025年7月8日 星期二 您现在的位置：首页 > 招商动态", "招商动态"),
        ("江城网首页 > 企业风采 >", "企业风采"),
        ("首页 > 通知公告 通知公告", "通知公告"),
        ("首页 > 工作动态 > 2025年", "工作动态"),
        (f"首页 > 惠企政策 > {TITLE}", "惠企政策"),
    ],
)
def test_the_columns_come_innermost_first(line: str, names: str) -> None:
    path = read_path([line], 0, 1, TITLE)
    assert path is not None
    assert path.names == tuple(names.split())


@pytest.mark.parametrize(
    "line",
    [
        "",
        "首页",
        "首页 招商动态 招商政策",
        "当前位置：首页 > 正文",
        "当前位置：",
        "该项目地理位置优越，交通方便",
        f"当前位置：首页 > {TITLE}",
        "首页 > 一条很长的话，它不是栏目的名称",
        "当前位置：" + "首页 > 招商动态 " * 40,
    ],
)
def test_what_names_no_column_is_no_path(line: str) -> None:
    assert read_path([line], 0, 1, TITLE) is None


def test_a_path_may_have_a_line_for_each_step() -> None:
    lines = ["当前位置：", "首页", "> 要闻动态", "> 部门资讯", "招商热线"]
    path = read_path(lines, 0, len(lines))
    assert path is not None
    assert path.names == ("部门资讯", "要闻动态")
    assert path.text == "当前位置： 首页 > 要闻动态 > 部门资讯"


def test_a_path_ends_before_the_line_that_it_may_not_reach() -> None:
    path = read_path(["首页 > 招商动态 >", "江城区举行签约仪式"], 0, 1)
    assert path is not None
    assert path.names == ("招商动态",)


def test_a_path_without_a_label_needs_two_columns() -> None:
    path = read_bare_path("江城网 > 招商政策 > 正文")
    assert path is not None
    assert path.names == ("招商政策", "江城网")
    assert read_bare_path("江城网 > > 正文") is None
    assert read_bare_path("江城网") is None
    assert read_bare_path("产值 > 投入，这一点在全区项目中已经连续三年做到") is None
    assert read_bare_path("> " * 5000) is None

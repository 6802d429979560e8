"""A listing's own statement of its size is told from other numbers."""

from __future__ import annotations

import pytest

from cqcrawler.reading.listing.totals import PageCount, declared_total, linked_total, page_count


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("共有56条信息", 56),
        ("共 23,621 条", 23621),
        ("搜索记录数:23621 搜索用时:1ms", 23621),
        ("总数：123", 123),
        ("共 5 页 123 条记录", 123),
        ("页次：1/5 共75条记录 每页15条", 75),
        ("每页15条记录 总共 36 条记录", 36),
        ("当前第1页，共3页，共41篇文章", 41),
        ("共12页", None),
        ("全市共签约项目56个，总投资420亿元", None),
        ("会议共通过25条措施", None),
        ("每页显示15条记录", None),
        ("共25条" + "很长的句子" * 30, None),
        ("海晏县集中签约26个项目。签约总额126亿元。", None),
        ("共93条记录。", 93),
        ("为您找到 93 条结果", 93),
        ("页码：1/7 总数：93条 下一页", 93),
        ("共93条上一页1 2 3下一页", 93),
        ("共93条上级文件", None),
        ("共找到相关结果93条 (用时0.02秒)", 93),
        ("本栏目共有93条信息", 93),
        ("首页 上一页 下一页 尾页 共93个项目", 93),
        ("合计93条", 93),
        ("总计93 第1页 共7页", 93),
        ("石门轴承小镇配套用地七宗挂牌 合计512亩", None),
        ("合计512", None),
        ("总计12.5亿元", None),
        ("总投资合计30%", None),
        ("总数512亩", None),
        ("石门县集中签约26个项目", None),
        ("石门县轴承产业链招商 共26个项目落地", None),
        ("石门县出台招商引资优惠政策共20条", None),
        ("石门县上半年引进亿元以上项目31个", None),
        ("石门招商活动集中签约共26个项目", None),
    ],
)
def test_total_in_the_text(line: str, total: int | None) -> None:
    assert declared_total([line], []) == total


@pytest.mark.parametrize(
    ("script", "total"),
    [
        ("$('#1').jpage({totalRecord:4895,perPage:19})", 4895),
        ('var page = {"totalCount": "37"};', 37),
        ("var totalPage = 12;", None),
    ],
)
def test_total_in_a_script(script: str, total: int | None) -> None:
    assert declared_total(["没有数字"], [script]) == total


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["第1页/共12页"], PageCount(1, 12)),
        (["页次：3/12页 共180条"], PageCount(3, 12)),
        (["页码1/1182"], PageCount(1, 1182)),
        (["共12页", "当前第2页"], PageCount(2, 12)),
        (["共12页/230条记录 当前第1页"], PageCount(1, 12)),
        (["页次1/4 1 2 3 4 下一页 尾页"], PageCount(1, 4)),
        (["比例为1/12"], PageCount()),
    ],
)
def test_place_among_the_pages(lines: list[str], count: PageCount) -> None:
    assert page_count(lines) == count


@pytest.mark.parametrize(
    ("links", "total"),
    [
        ([("", "首页"), ("总数", "\xa0 45 ")], 45),
        ([("", "2"), ("", "47条")], 47),
        ([("", "45"), ("第45页", "45")], None),
        ([("", "签约45个项目")], None),
    ],
)
def test_a_total_that_is_printed_as_a_link(links: list[tuple[str, str]], total: int | None) -> None:
    assert linked_total(links) == total

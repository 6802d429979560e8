from __future__ import annotations

import pytest

from cqcrawler.reading.labels.labels import has_label, read_labels
from cqcrawler.reading.page.lines import read_lines


def labelled(markup: str) -> dict[str, str]:
    page = read_lines(markup)
    return {label.field: label.value for label in read_labels(page, 0, len(page.texts))}


REGION_AND_DATE = {"region": "四川-成都", "published": "2025年07月09日"}


@pytest.mark.parametrize(
    "markup",
    [
        "<p>所属地区:四川-成都</p><p>发布日期:2025年07月09日</p>",
        "<p>所属地区：四川-成都 发布日期：2025年07月09日</p>",
        "<p>所属地区:四川-成都发布日期:2025年07月09日</p>",
        "<p>所属地区：<b>四川-成都</b>&nbsp;&nbsp;发布日期：<i>2025年07月09日</i></p>",
        "<div><span>所属地区</span><span>四川-成都</span><span>发布日期</span><span>2025年07月09日</span></div>",
        "<div>所属地区：</div><div>四川-成都</div><div>发布日期：</div><div>2025年07月09日</div>",
        "<table><tr><td>所属地区<td>四川-成都<tr><td>发布日期<td>2025年07月09日</table>",
        "<table><tr><td>所属地区<td>发布日期<tr><td>四川-成都<td>2025年07月09日</table>",
        "<dl><dt>所属地区</dt><dd>四川-成都</dd><dt>发布日期</dt><dd>2025年07月09日</dd></dl>",
        "<p>【所属地区】四川-成都【发布日期】2025年07月09日</p>",
        "<p><b>主题分类</b><i>工业</i></p><p><b>所属地区</b><i>四川-成都</i></p>"
        "<p><b>发布日期</b><i>2025年07月09日</i></p>",
        "<p>所属地区四川-成都 信息发布日期2025年07月09日</p>",
        "<p>【所属地区】：四川-成都 | 【发布日期】：2025年07月09日</p>",
        "<p>所 属 地 区：四川-成都　发布 日期：2025年07月09日</p>",
        "<p>所屬地區：四川-成都　發佈日期：2025年07月09日　點閱數：12</p>",
        "<table><tr><td>所屬地區<td>發布日期<tr><td>四川-成都<td>2025年07月09日</table>",
    ],
)
def test_label_and_value_in_any_elements(markup: str) -> None:
    assert labelled(markup) == REGION_AND_DATE


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("来源：重庆日报 作者：张三 浏览次数：33", {"source": "重庆日报", "author": "张三"}),
        ("信息来源：辽阳日报字体：[大 中 小]", {"source": "辽阳日报"}),
        ("来源：市科技局 信息发布日期：", {"source": "市科技局"}),
        ("文章出处：黄冈晚报 我要评论(0)", {"source": "黄冈晚报"}),
        ("地区：安徽-池州 评论（12）", {"region": "安徽-池州"}),
        ("资金来源：自筹", {}),
        ("发布日期：", {}),
        ("我们按发布日期排列。", {}),
    ],
)
def test_where_values_end_and_what_is_no_label(text: str, fields: dict[str, str]) -> None:
    found = labelled(f"<p>{text}</p>")
    if not fields:  # a label without a colon may be found, but is marked as not sure
        found = {k: v for k, v in found.items() if k != "published"}
    assert found == fields


@pytest.mark.parametrize("text", ["责任编辑：李四", "字号：大 中 小", "浏览次数：12"])
def test_page_furniture_has_labels_too(text: str) -> None:
    assert has_label(text)


@pytest.mark.parametrize("text", ["联系人：王经理", "项目投资方：某集团", "他说：好", ""])
def test_other_lines_with_colons_have_none(text: str) -> None:
    assert not has_label(text)

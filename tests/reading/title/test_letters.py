"""The title of a letter stands behind its label, in whatever markup."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from tests.reading.bare_pages import SITE, page

QUESTION = "轴承园入园企业如何申请设备补贴"
LETTER = "你好，我们公司今年购置了两台磨床，想知道设备补贴的申请条件和截止时间。"
REPLY = "您好！设备补贴每年九月集中受理，请携带发票和入园协议到服务大厅办理，具体可以来电咨询。"
FORMS = {
    "cells": "<table><tr><td>{0}<td>{1}<tr><td>来信时间<td>2023-08-10<tr><td>来信内容<td>{2}"
    "<tr><td>答复时间<td>2023-08-14<tr><td>答复内容<td>{3}</table>",
    "lines": "<p>{0}：{1}</p><p>来信时间：2023-08-10</p><p>{2}</p>"
    "<p>回复时间：2023-08-14</p><p>{3}</p>",
    "list": "<dl><dt>{0}：<dd>{1}<dt>来信时间：<dd>2023-08-10"
    "<dt>来信内容：<dd>{2}<dt>回复：<dd>{3}</dl>",
    "brackets": "<p>【{0}】{1}</p><p>【时间】2023-08-10</p><p>{2}</p><p>{3}</p>",
    "below a form": "<p>{0}：</p><p>内容：</p><p>{0}：{1}</p><p>来信时间：2023-08-10</p>"
    "<p>{2}</p><p>{3}</p>",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("label", ["标题", "信件标题", "来信主题", "求助标题", "问题", "咨询事项"])
def test_the_question_of_a_letter(label: str, form: str) -> None:
    menu = "<a href=/>首页</a> <a href=/q>在线咨询</a>"
    letter = f"<h3>在线咨询</h3>{form.format(label, QUESTION, LETTER, REPLY)}"
    for head in (f"在线咨询_{SITE}", SITE, "", "信件内容"):
        assert read_article(page(letter, head, menu)).title == QUESTION


def test_the_first_of_several_questions_is_no_title() -> None:
    answers = "".join(
        f"<p>问：{topic}怎么申请？</p><p>答：{topic}每年九月集中受理，请到服务大厅办理。</p>"
        for topic in ("设备补贴", "厂房租金补助", "用工奖励")
    )
    notice = (
        f"<p>石门县轴承产业园扶持政策有问有答</p><p>厂房地区：湖南省常德市</p><div>{answers}</div>"
    )
    article = read_article(page(notice, SITE))
    assert (article.title, article.region) == ("石门县轴承产业园扶持政策有问有答", "湖南省常德市")

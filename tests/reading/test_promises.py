"""Whether a page shows the title of its row, and what it is if it does not."""

from __future__ import annotations

import pytest

from cqcrawler.models import Article, Page
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.page.ending import breaks_off, lacks_end
from cqcrawler.reading.promises import is_maintenance, says_nothing, shows_title

TITLE = "【渝北区招商】渝北区智能制造项目集中签约落地"


def shows(row, title=TITLE, head="", body="正文", markup=""):
    document = open_page(
        Page("http://h/", f"<html><head><title>{head}</title></head><body>{markup}</body></html>")
    )
    return shows_title(document, Article("http://h/", title=title, paragraphs=(body,)), row)


@pytest.mark.parametrize(
    "row",
    [
        TITLE,
        "渝北区智能制造项目集中签约落地",
        "渝北区智能制造项目集中……",
        "渝北区智能制造项目集中签约...",
        "渝北区智能制造项目集中签约落地(2025-07-07)",
        "渝北区 智能制造项目集中签约落地",
        "渝北区“智能制造”项目集中签约落地",
        "渝北區智能制造項目集中签约落地",
        "渝北区智能制造项目集⋯",
        "渝北区智能制造项目集···",
        "渝北区智能制造项目集[…]",
        "渝北区智能制造项目集… 07-07",
        "渝北区智能制造项目集...[2025年7月7日]",
        "渝北区智能制造项目集…（图）",
        "07-07 渝北区智能制造项目集…",
        "招商动态｜渝北区智能制造项目集...",
        "详情",
        "",
    ],
)
def test_shows_the_title_of_its_row(row):
    assert shows(row)


def test_the_title_may_stand_in_the_head_or_the_text():
    assert shows(TITLE, title="招商动态", head="渝北区智能制造项目集中签约落地-重庆招商网")
    assert shows(TITLE, title="招商动态", body="渝北区智能制造项目集中签约落地，总投资三十亿元。")


ROW = "渝北区智能制造项目集中签约…"


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<div>渝北区智能制造<br>项目集中签约落地</div>", True),
        ("<p><strong>渝北区<font>智能制造</font>项目集中签约落地</strong></p>", True),
        ("<p><a href='/2'>渝北区智能制造项目集中签约落地</a></p>", False),
        ("<div onclick='go(2)'><p>渝北区智能制造项目集中签约落地</p></div>", False),
        ("<p style='display:none'>渝北区智能制造项目集中签约落地</p>", False),
        (f"<p>渝北区智能制造项目集中签约落地{'，与之有关的另一条消息' * 5}</p>", False),
    ],
)
def test_the_title_may_stand_alone_elsewhere_but_not_as_a_link(markup, shown):
    assert shows(ROW, title="重庆招商网", markup=markup) is shown


@pytest.mark.parametrize(
    "row",
    [
        "渝北区智能网联项目集中签约落地",
        "两江新区出台产业扶持新政策",
        "两江新区出台产业扶持新政策 渝北区智能…",
    ],
)
def test_shows_another_title(row):
    assert not shows(row, head="重庆招商网")


def test_the_name_of_the_site_in_a_row_proves_nothing():
    assert not shows("重庆招商网上线智能制造项目专区", title="系统提示", head="重庆招商网")


@pytest.mark.parametrize(
    ("title", "body", "maintenance"),
    [
        ("系统维护", "系统升级维护中，请稍后访问。", True),
        ("", "网站正在升级改造，给您带来不便敬请谅解", True),
        ("渝北区设备维护企业落户", "该企业从事设备维护。", False),
        ("关于系统维护的通知", "系统维护" + "正文" * 200, False),
    ],
)
def test_maintenance(title, body, maintenance):
    assert is_maintenance(Article("http://h/", title=title, paragraphs=(body,))) is maintenance


def test_what_states_nothing_and_says_little_is_no_notice():
    assert says_nothing(Article("http://h/", title="提示", paragraphs=("请稍后。",)))
    assert not says_nothing(Article("http://h/", title="提示", paragraphs=("正文" * 200,)))
    assert not says_nothing(Article("http://h/", title="提示", published="2025-07-07"))


@pytest.mark.parametrize(
    ("markup", "lacks", "breaks"),
    [
        ("<html><body><p>文</p></body></html>", False, False),
        ("<html><body><p>文</p></BODY >\n", False, False),
        ("<div><p>文</p></div>", True, False),
        ("<div><p>文", True, True),
        ("<ul><li>一</li><li>二", True, True),
        ("<p>文</p><a href='/x", True, True),
        ("<p>文", True, False),
    ],
)
def test_endings(markup, lacks, breaks):
    document = open_page(Page("http://h/", markup))
    assert (lacks_end(document), breaks_off(document)) == (lacks, breaks)

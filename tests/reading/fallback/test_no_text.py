"""Notices that are but images or files have no text, whatever reads like one below them."""

from __future__ import annotations

import pytest

from cqcrawler import read_article

TITLE = "渝北区二季度用地价格一图读懂"
HEAD = f"<title>{TITLE}-招商网</title><h1>{TITLE}</h1><p>2024-04-07 来源：本站</p>"
LINKS = "".join(f"<li><a href=/{n}.html>第{n}个别的项目开工</a></li>" for n in range(3))
OTHER = "昨天，12个项目落户空港片区，计划总投资86亿元，明年投产。"
IMAGE, FILE = "<p><img src=1.jpg></p>", "<p><a href='/files/1.PDF'>点击查看用地价格</a></p>"
EDITED = "<p>责任编辑：某某</p>"


@pytest.mark.parametrize("notice", [IMAGE, f"<div><a href=2.jpg>大图</a>{IMAGE}</div>", FILE])
@pytest.mark.parametrize(
    "furniture",
    [
        f"{EDITED}<p>某某网友</p><p>这样的好事，应该早点做！</p><a href=#>举报</a>",
        f"<h3>为您推荐</h3><ul>{LINKS}</ul><p>{OTHER}</p>",
        "<p>声明：本平台仅提供信息存储服务，内容不代表本站观点。</p><p>编辑：某某</p>"
        f"<p>{OTHER}</p>",
        f"<p>上一条：<a href=/1>别的通知</a></p><p>{OTHER}</p>",
        "<p>主办单位：某某局 地址：某路1号 邮编：400000</p><p>国务院部门</p><p>省市政府各部门</p>"
        "<p>区县政府</p>",
    ],
    ids=["comments", "teaser", "statement", "neighbours", "menu"],
)
def test_what_follows_the_end_of_an_image_or_a_file_is_not_text(
    notice: str, furniture: str
) -> None:
    article = read_article(f"{HEAD}{notice}{furniture}")
    assert (article.title, article.published, article.body) == (TITLE, "2024-04-07", "")
    assert len(article.attachments) == (notice == FILE)


@pytest.mark.parametrize(
    "between",
    [
        EDITED,
        f"{EDITED}{IMAGE}",
        f"<p><a href=/1><img src=1.jpg></a></p>{EDITED}",
        f"<p><img src=1.gif>分享到：微信</p>{EDITED}",
        f"<div>{IMAGE}<p>扫一扫在手机打开当前页</p></div>",
        f"{IMAGE}<p>图为项目签约现场，某某摄</p>{EDITED}",
    ],
    ids=["editor", "image below", "linked", "beside words", "code", "caption"],
)
def test_a_short_text_below_labels_and_images_stays(between: str) -> None:
    assert OTHER in read_article(f"{HEAD}{between}<p>{OTHER}</p>").paragraphs


def test_the_title_once_more_below_an_image_is_not_text() -> None:
    above = f"<title>{TITLE}-招商网</title><p>来源：本站</p><h1>{TITLE}</h1><p>字体：小 中 大</p>"
    again = f"<p>{TITLE}</p><p>2024-04-07 来源：本站</p>{IMAGE}<p>合影</p><a href=#>纠错</a>"
    assert read_article(above + again).body == ""

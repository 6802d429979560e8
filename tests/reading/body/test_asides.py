"""Boxes among the paragraphs of a text are told by their form, whatever they say."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from cqcrawler.models import Article
from cqcrawler.reading.body.flow import UNLIKE
from cqcrawler.reading.body.left_out import SENTENCES

TITLE = "梅岭县再生铝项目进入设备安装阶段"
HEAD = f"<h1>{TITLE}</h1><p>发布时间：2023-05-11　来源：梅岭发布</p>"
FIRST = "记者昨天从梅岭县经济开发区了解到，年产十二万吨的再生铝项目厂房已经封顶。"
SECOND = "项目由本地两家企业合资建设，占地一百零五亩，首批熔炼设备下周进场。"
THIRD = "县里为项目配了两名专员，用电和用水的申请都由他们代办。"
LONG = "专员每周到工地一次，把要办的事记下来，办完一件划掉一件。" * 4
SIGNATURE = ("梅岭县招商服务中心", "2023年5月10日")
SIGNED = "".join(f"<p>{line}</p>" for line in SIGNATURE)


def read(*, amid: str = "", below: str = "") -> Article:
    text = f"<p>{FIRST}</p>{amid}<p>{SECOND}</p><p>{THIRD}</p>{below}{SIGNED}"
    return read_article(f"<body><div>{HEAD}<div class=zw>{text}</div></div></body>")


BOXES = {
    "a code to scan": "<div class=k1><img src=q.png><p>扫一扫，在手机上接着读</p></div>",
    "a vote": "<section id=v><h4>网上调查</h4><p>您更看重哪项？</p><p>土地</p></section>",
    "a hotline": "<div class=rx><b>梅岭找地专线</b><p>0795-6000000</p></div>",
    "an offer": "<div class=x7><p>叉车租赁</p><p>每月八折，当天上门</p></div>",
    "a letter": "<form class=dy><p>订阅周报</p><p>每周一封，送到您的邮箱。</p></form>",
    "a program": "<aside><p>下载客户端</p><p>政策随手查</p></aside>",
    "a film": "<div class=sp><span>视频载入中</span><i>倍速</i></div>",
    "a table of one cell": "<table width=90%><tr><td>本文已有 120 人阅读</td></tr></table>",
    "an element called an advertisement": "<div id=ad_28><img src=1><br>铁艺大门，随叫随到</div>",
    "a form to fill in": "<div class=ly><h5>谈谈合作</h5><input name=t><textarea></textarea></div>",
    "a field in a line": "<div class=yx>填个邮箱：<input value=a@b.c><input type=button></div>",
    "links in one line below their heading": (
        "<div class=kp><p>空置标准楼</p>"
        "<p><a href=/1>北区二号楼</a><a href=/2>南区一号楼</a></p></div>"
    ),
}
boxes = pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)


@boxes
def test_a_box_among_paragraphs_is_none_of_the_text(box: str) -> None:
    assert read(amid=box).paragraphs == (FIRST, SECOND, THIRD, *SIGNATURE)


@boxes
def test_a_box_above_the_signature_is_none_of_the_text(box: str) -> None:
    assert read(below=box).paragraphs == (FIRST, SECOND, THIRD, *SIGNATURE)


OF_TEXT = {
    "contacts": ("<div class=lx><p>联系人：贺敏</p><p>电话：0795-6011111</p></div>", 2),
    "whom to call": ("<div class=lx><p>看地预约：贺敏 13900000000</p></div>", 1),
    "numbers to ask": ("<ul class=dh><li>办事专线：0795-6022222<li>税务咨询：0795-6033333</ul>", 2),
    "an office with its number": ("<div class=d><p>兴隆镇招商办　贺敏　0795-6044444</p></div>", 1),
    "a heading": ("<div class=xbt>设备安装同步推进</div>", 1),
    "a caption": ("<div class=tu><img src=1.jpg><p>图为封顶后的厂房</p></div>", 1),
    "a numbered part": ("<div class=k><p>二、扫码登记</p></div>", 1),
    "a table": ("<table class=b>" + "<tr><td>扫码枪<td>12<td>台</tr>" * 3 + "</table>", 9),
    "a heading above a field of the page": (
        "<div class=xbt>设备安装同步推进</div><div class=so><input name=q></div>",
        1,
    ),
    "a heading above a link to one file": (
        "<div class=k><p>设备清单</p><p><a href=/1.pdf>设备清单.pdf</a></p></div>",
        2,
    ),
    "particulars": ("<dl class=cs><dt>面积<dd>105亩<dt>租金<dd>每月8元起</dl>", 4),
    "a paragraph of another container": (f"<div class=b2><p>{LONG}</p></div>", 1),
    "a sentence of a form for sentences": (
        "<div class=t>工地上有六十人。</div><div class=t>其中三十人住在本站宿舍。</div>",
        2,
    ),
}


@pytest.mark.parametrize(("box", "count"), OF_TEXT.values(), ids=OF_TEXT)
def test_what_belongs_to_a_text_stays_in_it(box: str, count: int) -> None:
    article = read(amid=box)
    at = article.paragraphs.index(SECOND)
    assert at == 1 + count
    assert article.paragraphs[at:] == (SECOND, THIRD, *SIGNATURE)


def test_a_box_is_kept_with_its_rule_and_its_sentences_with_a_warning() -> None:
    article = read(amid="<div class=dy><p>订阅周报</p><p>每周一封，送到您的邮箱。</p></div>")
    assert [(line.rule, line.text) for line in article.removed[-2:]] == [
        (UNLIKE, "订阅周报"),
        (UNLIKE, "每周一封，送到您的邮箱。"),
    ]
    assert SENTENCES in article.warnings


def test_a_summary_above_the_text_stays() -> None:
    summary = "<div class=hx><p>核心提示：再生铝项目厂房封顶，小编带您去工地看看。</p></div>"
    page = f"<div>{HEAD}<div class=zw>{summary}<p>{FIRST}</p><p>{SECOND}</p></div></div>"
    assert len(read_article(page).paragraphs) == 3


def test_a_short_sentence_with_figures_between_other_wrappers_stays() -> None:
    figures = "招聘会共设展位143个，提供岗位5527个，达成意向1860人。"
    box = f"<section class=m><section><p><span>{figures}</span></p></section></section>"
    assert figures in read(amid=box).paragraphs


def test_headings_of_one_form_stay_together() -> None:
    letter = "<div class=lab>【网友来信】</div><p>请问哪里有厂房？</p><div class=lab>【答复】</div>"
    assert read(amid=letter).paragraphs[1:4] == ("【网友来信】", "请问哪里有厂房？", "【答复】")


def test_many_elements_around_one_line_are_no_trouble() -> None:
    box = "<div class=a>" * 3000 + "扫码看更多" + "</div>" * 3000
    assert read(amid=box).paragraphs[:2] == (FIRST, SECOND)

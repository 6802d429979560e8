"""Bodies that the visible lines of a page do not show, and hidden text that is no body."""

from __future__ import annotations

import json

import pytest

from cqcrawler import read_article
from cqcrawler.models import Article, Attachment
from cqcrawler.reading.text_evidence import PROSE

TITLE = "渝北区智能装备产业园二期开工建设"
BODY = [
    "7月7日，渝北区智能装备产业园二期项目正式开工，总投资86亿元，规划用地一千二百亩，计划三年建成。",
    "园区将引进机器人、数控机床和精密传动企业四十余家，投产后可吸纳就业三千余人，年产值预计超过百亿元。",
    "区里为每个项目配备服务专员，用地、用能和环评手续并联办理，最快二十天开工。",
]
MARKUP = "".join(f"<p>{line}</p>" for line in BODY)
HEAD = f"<h1>{TITLE}</h1><div>发布时间：<em>2025-07-07</em> 来源：渝北发布</div>"
FOOT = "<div>主办单位：渝北区人民政府 渝ICP备1号</div>"
IMAGE = "<p><img src=1.jpg></p><p><a href=1.pdf>原件.pdf</a></p>"
TERMS = "".join(
    f"<p>{n}、用户在使用本平台的服务之前，应当仔细阅读本协议，未成年人应当由其监护人陪同阅读。</p>"
    for n in range(1, 9)
)
LEAVING = "您访问的链接即将离开“渝北区人民政府”门户网站，是否继续？"


def read(inner: str, head: str = HEAD) -> Article:
    return read_article(f"<body>{head}{inner}{FOOT}</body>", "http://x.test/1.html")


@pytest.mark.parametrize(
    ("form", "origin"),
    [
        (
            "<div id=js_content style='visibility: hidden; opacity: 0;'>{}</div>",
            "hidden element",
        ),
        ('<div style="display:none">{}</div>', "hidden element"),
        ("<div class=article hidden>{}</div>", "hidden element"),
        ("<noscript>{}</noscript>", "template"),
        ("<template id=text>{}</template>", "template"),
        ("<div style='display:none'><template>{}</template></div>", "template"),
        ("<script id=text type='text/html'>{}</script>", "template"),
    ],
)
def test_a_body_that_waits_for_a_script(form: str, origin: str) -> None:
    article = read(form.format(MARKUP))
    assert (article.title, article.published) == (TITLE, "2025-07-07")
    assert article.paragraphs == tuple(BODY)
    assert article.provenance["body"].origin == origin
    assert f"the page does not show its body ({origin})" in article.warnings


def test_a_short_body_that_waits_for_a_script() -> None:
    body = ["7月7日，渝北区集中开工三十个项目，总投资三百亿元。", "项目涉及汽车、电子，明年投产。"]
    hidden = "".join(f"<p>{line}</p>" for line in body)
    assert read(f"<div style='visibility: hidden'>{hidden}</div>").paragraphs == tuple(body)


def test_a_short_body_among_the_buttons_of_an_application() -> None:
    body = ["7月7日，渝北区集中开工三十个项目，总投资三百亿元。", "项目涉及汽车、电子，明年投产。"]
    hidden = "".join(f"<p>{line}</p>" for line in body)
    buttons = "<p>预览时标签不可点</p><p>微信扫一扫<br>关注该公众号</p><p>知道了</p>"
    article = read(f"<div style='visibility: hidden'>{hidden}</div>{buttons}")
    assert article.paragraphs == tuple(body)


READ_ALOUD = "<p>：，。 视频 小程序 赞 ，轻点两下取消赞 在看 ，轻点两下取消在看</p>"


@pytest.mark.parametrize(
    "body",
    [
        ["早安！", "今天是个好天气", "出门记得带上好心情", "气温12到21度"],
        [
            "区图书馆招募文化志愿者20名。",
            "服务时间：每周六上午9:00",
            "报名从速，额满即止，先到先得。",
        ],
    ],
    ids=["lines", "two sentences"],
)
def test_a_few_words_that_an_account_posts(body: list[str]) -> None:
    hidden = "".join(f"<section><span>{line}</span></section>" for line in body)
    text = f"<div id=js_content style='visibility: hidden;'>{hidden}</div>"
    article = read_article(f"<body>{HEAD}{text}<p>预览时标签不可点</p>{READ_ALOUD}</body>")
    assert article.paragraphs == tuple(body)
    assert article.provenance["body"].origin == "hidden element"


def test_a_hidden_element_of_nothing_but_a_list_is_no_body() -> None:
    hidden = "<p>热门景点介绍</p><a href=/2.html>渝北区景点一览</a>"
    article = read(f"<div id=zoom style='visibility:hidden'>{hidden}</div>")
    assert (article.title, article.paragraphs) == (TITLE, ())


def test_what_is_hidden_beside_and_inside_the_body_stays_hidden() -> None:
    profile = "<div style='display:none'><p>介绍：发布权威信息，服务人民群众，讲好故事。</p></div>"
    tip = "<div style='display:none'><p>长按二维码，关注我们的公众号，第一时间获取资讯。</p></div>"
    body = f"<div style='visibility:hidden; opacity:0'>{tip}<section>{MARKUP}</section></div>"
    assert read(profile + body + tip).paragraphs == tuple(BODY)


def test_a_hidden_head_comes_with_its_body() -> None:
    article = read(f"<div style='display:none'>{HEAD}{MARKUP}</div>", head="")
    assert (article.title, article.published, article.source) == (TITLE, "2025-07-07", "渝北发布")
    assert article.provenance["published"].origin == "hidden element"
    assert article.paragraphs == tuple(BODY)


@pytest.mark.parametrize(
    "hidden",
    [
        "",
        f"<div style='display:none'>{LEAVING}</div>",
        f"{FOOT}<div style='display:none'><h3>用户协议</h3>{TERMS}</div>",
        f"{FOOT}<div style='display:none'>{TERMS}</div>",
        f"<div style='display:none'><h3>用户协议</h3>{TERMS}</div>",
        "<noscript>您的浏览器不支持脚本，请启用后刷新页面，或者升级浏览器。</noscript>",
        f"{'<p>栏目介绍</p>' * 80}<div hidden>{TERMS}</div>",
    ],
)
def test_a_notice_of_images_stays_without_a_body(hidden: str) -> None:
    article = read(IMAGE + hidden)
    assert (article.title, article.published, article.body) == (TITLE, "2025-07-07", "")
    assert article.attachments == (Attachment("http://x.test/1.pdf", "原件.pdf", "pdf"),)


@pytest.mark.parametrize("visible", [BODY[:1], BODY])
def test_hidden_twins_add_nothing(visible: list[str]) -> None:
    shown = "".join(f"<p>{line}</p>" for line in visible)
    twin = "".join(f"<p>{line.replace('，', ',')}</p>" for line in [*visible, BODY[0]])
    article = read(f"<div>{shown}</div><div class=mobile style='display:none'>{twin}</div>")
    assert article.paragraphs == tuple(visible)
    assert article.provenance["body"].origin == PROSE


def test_a_summary_gives_way_to_the_full_text_behind_it() -> None:
    summary = f"<div><p>{BODY[0][:20]}……</p></div>"
    article = read(f"{summary}<div style='display:none'>{MARKUP}</div>")
    assert article.paragraphs[-3:] == tuple(BODY)


PROFILE = "<div><p>渝北招商网为投资者提供政策、项目和载体信息，在二十个城市设有办事处。</p></div>"
MENU = "<ul>" + "<li>栏目名称</li>" * 90 + "</ul>"


@pytest.mark.parametrize(
    ("head", "profile"),
    [("", PROFILE * 5), (HEAD + MENU, PROFILE * 12)],
    ids=["no title", "far below the title"],
)
def test_a_text_in_a_script_behind_what_the_site_says_of_itself(head: str, profile: str) -> None:
    values = json.dumps({"title": TITLE, "content": MARKUP * 4}, ensure_ascii=False)
    script = f"<title>{TITLE}</title><script>var data = {values}</script>"
    article = read(f"{script}{profile}", head)
    assert article.title == TITLE
    assert article.paragraphs[:3] == tuple(BODY)

"""Notices that scripts and text areas hold as named texts."""

from __future__ import annotations

import json
import time
from html import escape
from urllib.parse import quote

import pytest

from cqcrawler import read_article
from cqcrawler.reading.text_evidence import PROSE
from tests.reading.fallback.test_hidden_text import BODY, FOOT, HEAD, IMAGE, MARKUP, TERMS, TITLE

SHELL = "<title>渝北发布</title><div id=app></div>"
OTHERS = [
    {"title": f"第{n}个别的项目在两江新区开工", "content": f"<p>{BODY[0] * 4}</p>"}
    for n in range(3)
]
STATE = {
    "user": {"agreement": TERMS},
    "detail": {
        "title": TITLE,
        "createTime": "2025-07-01 08:00:00",
        "publishTime": 1751850000000,
        "source": "渝北发布",
        "author": {"name": "张三"},
        "content": MARKUP,
        "summary": BODY[0] * 9,
        "comments": [{"content": "这个项目好得很，盼望早日建成投产。" * 20}],
    },
    "recommended": OTHERS,
}
PIECES = {
    "docData": {
        "title": TITLE,
        "newsTime": "2025-07-07 09:00:00",
        "source": "渝北发布",
        "author": "张三",
        "contentData": {"contentList": [{"data": f"<p>{p}</p>", "type": "text"} for p in BODY]},
    },
    "hotNews": OTHERS,
}
LINKED_DATA = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2025-07-07T09:00:00+08:00",
    "author": {"@type": "Person", "name": "张三"},
    "publisher": {"@type": "Organization", "name": "渝北发布"},
    "description": BODY[0] * 9,
    "articleBody": "\n".join(BODY),
}
STRINGS = (
    f"var info = {{title: '{TITLE}', time: '2025-07-07 09:00:00', source: '渝北发布', "
    "author: '张三', content: '%s'}"
)


def plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def area(name: str, text: str) -> str:
    return f"<textarea class='hidden article-{name}'>{text}</textarea>"


AREAS = (
    area("title", TITLE)
    + area("time", "1751850000000")
    + area("source-name", "渝北发布")
    + area("author", "张三")
)


@pytest.mark.parametrize(
    ("held", "origin"),
    [
        (f"<script>window.__INITIAL_STATE__={json.dumps(STATE)};</script>", "script"),
        (f"<script type='application/json'>{plain({'props': STATE})}</script>", "script"),
        (f"<script type='application/json'>{quote(plain(STATE))}</script>", "script"),
        (f"<script>var s=JSON.parse({json.dumps(plain(STATE))})</script>", "script"),
        (f"<script>var all = {plain(PIECES)}</script>", "script"),
        (f"<script type='application/ld+json'>{plain(LINKED_DATA)}</script>", "script"),
        (f"<script>{STRINGS % MARKUP}</script>", "script"),
        (f"<script>{STRINGS % escape(MARKUP)}</script>", "script"),
        (f"<script>{STRINGS % escape(escape(MARKUP))}</script>", "script"),
        (f"<div style='display:none'>{AREAS}{area('content', MARKUP)}</div>", "textarea"),
        (f"<div>{AREAS}{area('content', escape(MARKUP))}</div>", "textarea"),
    ],
)
def test_a_notice_that_only_scripts_show(held: str, origin: str) -> None:
    article = read_article(SHELL + held)
    assert (article.title, article.published) == (TITLE, "2025-07-07")
    assert (article.source, article.author) == ("渝北发布", "张三")
    assert article.paragraphs == tuple(BODY)
    assert article.provenance["title"].origin == article.provenance["body"].origin == origin
    assert f"the page does not show its body ({origin})" in article.warnings


def test_what_the_page_shows_of_the_notice_stands() -> None:
    held = json.dumps(STATE["detail"] | {"title": f"{TITLE}（图）", "publishTime": "2025-07-09"})
    article = read_article(f"{HEAD}<script>var d={held}</script><div id=text></div>{FOOT}")
    assert (article.title, article.published, article.author) == (TITLE, "2025-07-07", "张三")
    assert article.paragraphs == tuple(BODY)


def test_the_title_beside_the_text_outranks_another_headline() -> None:
    page = (
        f"<title>{TITLE}_渝北发布</title><h1>渝北发布的网站</h1><script>{STRINGS % MARKUP}</script>"
    )
    assert read_article(page).title == TITLE


@pytest.mark.parametrize(
    "held",
    [
        {"user": {"agreement": TERMS}},
        {"list": OTHERS},
        {"recommended": OTHERS[:1]},
        {"comments": STATE["detail"]["comments"]},
        {"share": {"content": BODY[0] * 9}},
        {"content": "暂无内容"},
        {"text": TITLE * 20},
    ],
)
@pytest.mark.parametrize("page", [SHELL, HEAD + IMAGE])
def test_other_texts_in_scripts_are_no_body(page: str, held: object) -> None:
    assert read_article(f"{page}<script>var s={plain(held)}</script>{FOOT}").body == ""


def test_a_comment_box_is_no_body() -> None:
    box = "<textarea name=content>文明上网，不传谣言，登录评论！</textarea>"
    assert read_article(HEAD + IMAGE + box + FOOT).body == ""


def test_a_script_beside_a_visible_body_adds_nothing() -> None:
    page = f"{HEAD}<div>{MARKUP}</div><script>var content='{MARKUP}{MARKUP}'</script>{FOOT}"
    article = read_article(page)
    assert article.paragraphs == tuple(BODY)
    assert article.provenance["body"].origin == PROSE


@pytest.mark.parametrize(
    "piece",
    [
        '<script>{"content":"一',
        "<textarea>一",
        "<template>",
        "<noscript ",
        "<script type=text/html ",
        "<script>a='一&lt;p",
        '<script>[{"title":"一","content":"一"},',
        "<div hidden>一二三，四五六七八九十。",
        "<p style='display:none;visibility:hidden;'>一二三，四五六七八九十。",
        "<p style='display:none;display:none;",
    ],
)
def test_hostile_pages_take_linear_time(piece: str) -> None:
    start = time.process_time()
    read_article(HEAD + piece + piece[-12:] * 20_000 + piece * 5_000)
    assert time.process_time() - start < 5

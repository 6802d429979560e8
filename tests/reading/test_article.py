"""One notice in many layouts; nothing here may depend on the name of a class."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcrawler import read_article
from cqcrawler.models import Attachment, Link
from tests.shared import SHARED

SEED = SHARED / "seeds" / "000_c8e2adf7427dd46d.txt"
# The same kind of page, of our own writing: the text that a browser shows.
OURS = Path(__file__).with_name("portal_text.txt")
URL = "http://chongqing.example.test/info/detail/9132.html"

TITLE = "【渝北区招商】渝北区12个智能装备项目集中签约 总投资逾86亿元"
BODY = [
    "2024年一季度，渝北区举行智能装备项目集中签约仪式，12个项目落户空港片区，总投资逾86亿元。",
    "(一)项目覆盖产业链关键环节。此次签约项目涉及机器人、数控机床和精密传动，投产后可吸纳就业三千余人。",
    "(二)要素保障更加有力。区里为每个项目配备服务专员，用地、用能和环评手续并联办理，最快二十天开工。",
    "(三)区域协同凸显优势。项目将与川渝两地的整机企业配套，预计三年内形成百亿级产业集群。",
]
TAIL = [
    "重庆招商项目",
    "更多项目",
    "【重庆招商】重庆新能源汽车产业创新突破",
    "2025-07-06",
    "【江津区招商】江津:加速建设物流枢纽",
    "2025-07-06",
    "重庆产业园区",
    "招商政策",
    "投资流程",
    "公司注册",
    "- 联系我们",
    "立即获取",
]
LINES = [TITLE, "所属地区:重庆", "发布日期:2025年07月07日", *BODY, *BODY[1:], *TAIL]

Layout = Callable[[list[str]], str]
LAYOUTS: dict[str, Layout] = {
    "div": lambda lines: "".join(f"<div>{escape(line)}</div>" for line in lines),
    "p": lambda lines: "".join(f"<p>{escape(line)}</p>" for line in lines),
    "cell with br": lambda lines: (
        f"<table><tr><td>{'<br>'.join(map(escape, lines))}</td></tr></table>"
    ),
    "rows": lambda lines: (
        "<table>" + "".join(f"<tr><td>{escape(line)}</td></tr>" for line in lines) + "</table>"
    ),
    "nested": lambda lines: "".join(
        f"<div><div><span>{escape(line[:9])}</span><b>{escape(line[9:])}</b></div></div>"
        for line in lines
    ),
    "pre": lambda lines: "<pre>" + "\n".join(map(escape, lines)) + "</pre>",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize(
    "head", ["", "<title>重庆招商网</title>", f"<title>{TITLE}-招商网</title>"]
)
def test_a_notice_without_markup_of_its_own(layout: Layout, head: str) -> None:
    article = read_article(f"<html><head>{head}</head><body>{layout(LINES)}</body></html>", URL)
    assert article.title == TITLE
    assert (article.region, article.published) == ("重庆", "2025-07-07")
    assert (article.province, article.city, article.district) == ("重庆市", None, "渝北区")
    assert article.paragraphs == tuple(BODY)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize(
    ("path", "published"),
    [(OURS, "2025-06-24"), *([(SEED, "2025-07-07")] if SEED.exists() else [])],
    ids=lambda value: getattr(value, "stem", value),
)
def test_the_page_that_started_it_all(path: Path, published: str, layout: Layout) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    article = read_article(layout(lines), URL)
    assert article.title == lines[0]
    assert (article.region, article.region_code) == ("重庆", "500000")
    assert article.published == published
    assert article.paragraphs == tuple(lines[3:7])


def page(
    *, head: str = "", title: str = f"<h1>{TITLE}</h1>", labels: str = "", rest: str = ""
) -> str:
    body = "".join(f"<p>{line}</p>" for line in BODY)
    return f"<html><head>{head}</head><body><div>{title}{labels}{body}</div>{rest}</body></html>"


LABELS = "<p>所属地区:重庆-渝北区 发布日期:2025年07月07日</p>"


def test_what_scripts_and_hidden_elements_say_does_not_count() -> None:
    noise = (
        "<script>document.write('所属地区:北京 发布日期:2011年01月01日')</script>"
        "<script type='text/html'><p>发布日期：2012-02-02</p></script>"
        "<div style='display:none'>所属地区:上海 发布日期:2013年03月03日</div>"
        "<template><p>发布日期：2014-04-04</p></template>"
    )
    article = read_article(page(labels=noise + LABELS))
    assert (article.region, article.published) == ("重庆-渝北区", "2025-07-07")


def test_the_date_that_a_reader_sees_outranks_the_meta_tag() -> None:
    head = "<meta content='2024-01-02 10:00' name='PubDate'>"
    article = read_article(page(head=head, labels=LABELS))
    assert article.published == "2025-07-07"
    assert article.provenance["published"].origin == "label 发布日期"
    assert article.warnings == ("meta pubdate says 2024-01-02, the page 2025-07-07",)


@pytest.mark.parametrize(
    ("head", "labels", "url", "published", "origin"),
    [
        ("<meta name=pubdate content='2025-07-07 10:00'>", "", "", "2025-07-07", "meta pubdate"),
        ("", "<p>重庆日报 2025-07-07 09:30</p>", "", "2025-07-07", "near title"),
        ("", "", "http://x.test/art/2025/7/7/art_1_2.html", "2025-07-07", "url"),
        ("", "", "http://x.test/202507/t20250707_123.html", "2025-07-07", "url"),
        ("", "", "http://x.test/info/20250707.html", "2025-07-07", "url"),
        (
            "",
            "<p>更新时间：2025-07-09 来源：招商局 发布时间：2025-07-07</p>",
            "",
            "2025-07-07",
            "label 发布时间",
        ),
    ],
)
def test_where_the_date_may_stand(
    head: str, labels: str, url: str, published: str, origin: str
) -> None:
    article = read_article(page(head=head, labels=labels), url)
    assert article.published == published
    assert article.provenance["published"].origin == origin


def test_a_date_in_the_text_is_not_the_publication_date() -> None:
    article = read_article(page())
    assert article.published is None
    assert "no publication date found" in article.warnings


def test_relative_dates_need_a_base_and_dates_to_come_are_refused() -> None:
    recent = page(labels="<p>发布时间：3天前</p>")
    assert read_article(recent).published is None
    base = datetime(2025, 7, 10, 2, 0, tzinfo=UTC)
    assert read_article(recent, fetched_at=base).published == "2025-07-07"
    future = read_article(page(labels="<p>发布时间：2031-01-01</p>"), fetched_at=base)
    assert future.published is None
    assert "the date 2031-01-01 (label 发布时间) is to come" in future.warnings


def test_particulars_have_provenance() -> None:
    labels = (
        "<div><a href=/t1>招商项目</a><a href=/t2>制造业</a></div>"
        "<p>所属地区：重庆 发布日期：2025-07-07 来源：渝北区招商局 作者：张三</p>"
    )
    crumbs = "<p>当前位置：<a href=/>首页</a> &gt; <a href=/d>招商动态</a> &gt; 正文</p>"
    article = read_article(page(title=f"{crumbs}<h1>{TITLE}</h1>", labels=labels))
    assert (article.source, article.author, article.section) == ("渝北区招商局", "张三", "招商动态")
    assert article.tags == ("招商项目", "制造业")
    assert article.headline_tag == "渝北区招商"
    assert article.paragraphs == tuple(BODY)
    origins = {field: evidence.origin for field, evidence in article.provenance.items()}
    assert origins == {
        "title": "heading",
        "region": "label 所属地区",
        "published": "label 发布日期",
        "section": "breadcrumb",
        "source": "label 来源",
        "author": "label 作者",
        "tags": "below title",
        "body": "sentences",
        "encoding": "decoded by the caller",
    }


def test_related_notices_and_attachments() -> None:
    rest = (
        "<p>附件：<a href='/files/表.docx'>申报表</a> <a href='down.jsp?f=1.pdf'>指南.pdf</a></p>"
        "<h3>相关项目</h3><ul>"
        "<li><a href='2.html' title='【江津区招商】江津加速建设西部物流枢纽'>【江津区…</a>"
        "<span>2025-07-06</span></li><li><a href='/about'>关于我们的平台</a></li></ul>"
    )
    article = read_article(page(labels=LABELS, rest=rest), URL)
    host = "http://chongqing.example.test"
    assert article.related == (
        Link(f"{host}/info/detail/2.html", "【江津区招商】江津加速建设西部物流枢纽", "2025-07-06"),
    )
    assert article.attachments == (
        Attachment(f"{host}/files/%E8%A1%A8.docx", "申报表", "docx"),
        Attachment(f"{host}/info/detail/down.jsp?f=1.pdf", "指南.pdf", "pdf"),
    )
    assert article.paragraphs == tuple(BODY)


def test_summaries_of_other_notices_are_not_the_body() -> None:
    teasers = "".join(
        f"<div><h4><a href='/{n}.html'>第{n}个别的项目在两江新区开工</a></h4>"
        f"<p>近日，第{n}个别的项目在两江新区开工建设，预计明年投产，总投资{n}亿元。</p>"
        f"<em>2025-07-0{n}</em></div>"
        for n in range(1, 9)
    )
    short = f"<h1>{TITLE}</h1>{LABELS}<p>{BODY[0]}</p>{teasers}"
    assert read_article(short).paragraphs == (BODY[0],)


def test_a_notice_of_images_has_no_body() -> None:
    article = read_article(
        f"<h1>{TITLE}</h1>{LABELS}<p><img src=1.jpg></p><p><a href=1.pdf>原件.pdf</a></p>", URL
    )
    assert (article.title, article.published, article.body) == (TITLE, "2025-07-07", "")
    assert [a.name for a in article.attachments] == ["原件.pdf"]


@pytest.mark.parametrize("html", [b"", "", b"%PDF-1.7", b"\x00" * 50, "<", "没有标签的一句话。"])
def test_no_page_is_an_article_with_warnings(html: bytes | str) -> None:
    article = read_article(html)
    assert "no publication date found" in article.warnings


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<a href='",
                "'>",
                "<table><td>",
                "发布日期：",
                "2025-07-07",
                "【",
                "，",
                "正文正文正文正文。",
                "\n",
                "<br>",
                "<h1>",
                "</html>",
                "<script>",
                "</script>",
            ]
        ),
        max_size=40,
    )
)
def test_no_markup_raises(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert read_article(html) == read_article(html)


def test_a_link_at_the_end_of_the_text_that_leads_back_to_the_site_is_no_text() -> None:
    link = "<a href='/'>返回某某，查看更多</a>"
    article = read_article(page().replace("</p></div>", f"{link}</p></div>"))
    assert article.paragraphs == tuple(BODY)


def test_an_advertisement_linked_within_the_text_is_no_related_notice() -> None:
    advertisement = "<div><a href=/join.html>十万平方米现房任您挑，2024年5月1日前有礼</a></div>"
    rows = "".join(
        f"<li><a href=/info/{day}.html>渝北区厂房招租启事第{day}号</a><span>2024-04-0{day}</span>"
        for day in range(1, 5)
    )
    page = (
        f"<h1>{TITLE}</h1><p>发布日期：2024-04-11</p><div><p>{BODY[0]}</p>{advertisement}"
        f"<p>渝北区招商办公室</p><p>2024年4月10日</p></div><h3>重庆招商项目</h3><ul>{rows}</ul>"
    )
    article = read_article(page, URL)
    assert article.paragraphs == (BODY[0], "渝北区招商办公室", "2024年4月10日")
    assert [link.published for link in article.related] == [
        f"2024-04-0{day}" for day in range(1, 5)
    ]

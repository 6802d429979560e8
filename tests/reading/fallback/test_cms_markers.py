"""Bodies that nothing but a mark of the page tells from furniture."""

from __future__ import annotations

import time

import pytest

from cqcrawler import read_article
from cqcrawler.reading.text_evidence import PROSE

TITLE = "渝北区二季度用地价格一览"
HEAD = f"<title>{TITLE}</title><h1>{TITLE}</h1><div>发布时间：2025-07-07</div>"
# The links make what follows look like another part of the page.
TOOLS = "".join(f"<a href=/{n}>栏目{n}</a><br>" for n in range(6))
ROW = "空港片区 86万元"
CARDS = "".join(f"<article><a href=/{n}.html>别的</a><p>别的片区</p></article>" for n in range(3))


@pytest.mark.parametrize(
    "marked",
    [
        "<article>{}</article>",
        "<UCAPCONTENT>{}</UCAPCONTENT>",
        "<div id='zoom'>{}</div>",
        "<div class='view TRS_UEDITOR trs_paper_default'>{}</div>",
        "<div class=TRS_Editor><div class=TRS_Editor>{}</div></div>",
        "<div id=vsb_content><div class=v_news_content>{}</div></div>",
        "<!--<$[信息内容]>begin-->{}<!--<$[信息内容]>end-->",
        '<meta name="ContentStart">{}<meta name="ContentEnd">',
        "<div id=zoom></div><div id=zoom>{}</div>",
    ],
)
def test_a_marked_element_holds_the_body(marked: str) -> None:
    row = f"<div>{ROW}</div>"
    article = read_article(f"{HEAD}{TOOLS}{marked.format(row)}{TOOLS}{CARDS}")
    assert (article.title, article.published) == (TITLE, "2025-07-07")
    assert article.body == ROW
    assert article.provenance["body"].origin == "marked element"


@pytest.mark.parametrize(
    "marked",
    [
        "<div id=zoom><img src=1.jpg></div>",
        "<div id=zoom><p><a href=1.pdf>附件：价格表</a></p><p>【打印】【关闭】</p></div>",
        f"<article>{HEAD}<img src=1.jpg></article>",
        f"<div id=zoom><img src=1.jpg></div>{TOOLS * 20}<article>{ROW}</article>",
    ],
)
def test_a_marked_element_without_text_is_no_body(marked: str) -> None:
    assert read_article(f"{HEAD}{TOOLS}{marked}{TOOLS}").body == ""


def test_a_mark_beside_a_text_changes_nothing() -> None:
    text = "<p>昨天，12个项目落户空港片区，计划总投资86亿元，明年投产。</p>"
    article = read_article(f"{HEAD}<div>{text}</div><div id=zoom>{ROW}</div>")
    assert article.body.startswith("昨天")
    assert article.provenance["body"].origin == PROSE


def test_marks_take_linear_time() -> None:
    start = time.process_time()
    read_article(f"{HEAD}{TOOLS}" + "<article><a href=/1>一</a>" * 20_000)
    assert time.process_time() - start < 5

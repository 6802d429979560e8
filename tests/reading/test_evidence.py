"""What a page says of its title and its date, in forms and places that mislead."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cqcrawler import read_article

SITE = "江城市人民政府门户网站"
TITLE = "全市重点产业项目集中开工活动举行"
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "5月1日，全市重点产业项目集中开工活动在高新区举行，共有三十二个项目开工建设。",
        "项目涉及装备制造、新材料和现代物流等领域，建成后可以新增就业岗位六千多个。",
        "活动现场，有关部门还同十家企业签订了合作协议，并就用地用能保障作出安排。",
    )
)
COLUMNS = "首页 要闻动态 政务公开 政务服务 互动交流 魅力江城".split()
MENU = "<ul>" + "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in COLUMNS) + "</ul>"
LABELS = "<p>发布时间：2021-05-03 来源：江城日报</p>"
FETCHED = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def page(above: str, title_tag: str = SITE) -> str:
    """A page without headings or meta tags: what stands `above` the text, and the text."""
    return (
        f"<html><head><title>{title_tag}</title></head><body><div>{above}{TEXT}</div></body></html>"
    )


@pytest.mark.parametrize(
    ("above", "title_tag"),
    [
        (f"<h1>{SITE}</h1>{MENU}<p>{TITLE}</p>{LABELS}", SITE),
        (f"{MENU}<h2>要闻动态</h2><p>{TITLE}</p>{LABELS}", SITE),
        (f"<p>{TITLE}</p>{LABELS}<p>{TITLE}现场，通讯员摄</p>", f"{TITLE[:10]}...-{SITE}"),
        (f"<p>江城在线</p><p>来源：江城日报</p><p>{TITLE}</p><p>字号：大 中 小</p>{LABELS}", SITE),
        (f"<p>{TITLE}</p><p>www.example.test</p><p>2021 05/03 10:21</p>{LABELS}", SITE),
    ],
    ids=["site", "column", "cut short", "among labels", "address and clock"],
)
def test_titles(above: str, title_tag: str) -> None:
    assert read_article(page(above, title_tag)).title == TITLE


def test_a_title_may_read_like_a_sentence() -> None:
    article = read_article(page(f"<p>大干快上，重点项目开工啦！</p>{LABELS}"))
    assert article.title == "大干快上，重点项目开工啦！"
    assert article.paragraphs[0].startswith("5月1日，")


@pytest.mark.parametrize(
    ("above", "published"),
    [
        ("<p>{}</p><p>May 3, 2021</p>", "2021-05-03"),
        ("<p>{}</p><p>20210503</p>", "2021-05-03"),
        ("<p>{}</p><p>05-03</p>", "2026-05-03"),
        ("<p>{}</p><p>3天前</p>", "2026-11-21"),
        ("<p>{}</p><p><a href=/d>2021年05月03日 18:03:35 来自江城</a></p>", "2021-05-03"),
        (
            "<p>{}</p><p>发表于2021-5-3| 164次阅读| 来源江城| 0 条评论| 作者小江同学</p>",
            "2021-05-03",
        ),
        ("<p>{}</p><time datetime='2021-05-03T08:00:00+08:00'>上午</time>", "2021-05-03"),
        ("<p>{}</p><p>2021年4月20日市人大常委会第九次会议通过</p>", None),
        ("<p>今天是2026年11月24日 星期二</p><p>{}</p>", None),
        ("<p>2026年11月24日 星期二 12℃</p><p>{}</p><p>2021年05月03　星期一</p>", "2021-05-03"),
        ("<p>江城日报 2021年05月03日 星期一</p><p>{}</p>", "2021-05-03"),
    ],
)
def test_dates(above: str, published: str | None) -> None:
    article = read_article(page(above.format(TITLE), TITLE), fetched_at=FETCHED)
    assert (article.title, article.published) == (TITLE, published)

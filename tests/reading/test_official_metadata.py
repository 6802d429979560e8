"""What government pages say of themselves in their heads: evidence, weighed with what is shown."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from cqcrawler.models import Article, Evidence
from cqcrawler.run.rows import with_row
from tests.run.conftest import make_page

TITLE = "关于征集生物医药产业链配套项目的通知"
TEXT = "为完善生物医药产业链，现面向全国征集配套项目，入选项目可以优先供地，并由专人代办手续。" * 3


def read(
    head: str = "",
    labels: str = "",
    foot: str = "",
    text: str = f"<p>{TEXT}</p>",
    title: str = TITLE,
    region: str = "",
    url: str = "http://tzcj.example.gov.cn/a/318.html",
) -> Article:
    return read_article(
        f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1><p>{labels}</p>"
        f"<div>{text}</div><p>主办单位：投资促进局 {foot}</p></body></html>",
        url,
        region=region,
    )


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "foot", "code"),
    [
        (meta("SiteIDCode", "5001120003"), "", "500112"),
        ("<META content='5001120003' NAME='siteidcode'/>", "", "500112"),
        ("", "网站标识码：5001120003 渝ICP备00000000号", "500112"),
        ("", "网站标识码5001120003", "500112"),
        (meta("SiteIDCode", ""), "网站标识码：3200000084", "320000"),
        (meta("SiteIDCode", "bm07000001"), "网站标识码：bm07000001", None),
        (meta("SiteIDCode", "0000000000"), "", None),
        (meta("SiteIDCode", "500112"), "", None),
        ("", "网站标识码：50011200031", None),
        ("", "", None),
    ],
)
def test_the_number_of_a_site_names_its_region(head: str, foot: str, code: str | None) -> None:
    article = read(head, foot=foot)
    assert (article.region, article.region_code) == (None, code)
    assert ("place" in article.provenance) is (code is not None)


def test_the_evidence_of_such_a_region_is_weak_and_says_what_it_is() -> None:
    evidence = read(meta("SiteIDCode", "5001120003")).provenance["place"]
    assert evidence == Evidence("meta siteidcode", "5001120003", 0.6)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"labels": "所属地区：四川-成都"}, "510100"),
        ({"title": f"【武进区招商】{TITLE}"}, "320412"),
        ({"region": "重庆"}, "500000"),
    ],
)
def test_every_other_word_on_the_place_outweighs_that(fields: dict[str, str], code: str) -> None:
    article = read(meta("SiteIDCode", "5107000012"), **fields)
    assert article.region_code == code
    assert "place" not in article.provenance


def test_it_tells_places_of_one_name_apart() -> None:
    assert read(labels="所属地区：鼓楼区").region_code is None
    nanjing = read(meta("SiteIDCode", "3201000021"), labels="所属地区：鼓楼区")
    assert (nanjing.region, nanjing.city, nanjing.district) == ("鼓楼区", "南京市", "鼓楼区")


MADE = meta("PubDate", "2026-10-08 02:13:45")
UCAP = f"<UCAPCONTENT><p>{TEXT}</p></UCAPCONTENT>"


def date_of(article: Article, row: str | None = None) -> tuple[str | None, str]:
    article = with_row(article, make_page(article.url, published=row), promised=True)
    return article.published, article.provenance["published"].origin


@pytest.mark.parametrize("text", [UCAP, f'<div id="UCAP-CONTENT"><p>{TEXT}</p></div>'])
def test_a_date_that_says_when_the_page_was_made_gives_way(text: str) -> None:
    printed = read(MADE, labels="发布日期：2026-09-30", text=text)
    assert date_of(printed) == ("2026-09-30", "label 发布日期")
    assert printed.warnings == ()
    bare = read(MADE, text=text)
    assert date_of(bare, "2026-09-30") == ("2026-09-30", "listing row")
    assert date_of(bare) == ("2026-10-08", "making of the page, pubdate")
    assert bare.provenance["published"].confidence < 0.6
    by_address = read(MADE, text=text, url="http://x.gov.cn/2026-09/28/content_318.html")
    assert date_of(by_address) == ("2026-09-28", "url")


def test_elsewhere_the_same_tag_says_when_a_notice_was_published() -> None:
    assert date_of(read(MADE), "2026-09-30") == ("2026-10-08", "meta pubdate")
    other = meta("firstpublishedtime", "2026-09-29 10:00:00")
    assert date_of(read(other, text=UCAP), "2026-09-30") == (
        "2026-09-29",
        "meta firstpublishedtime",
    )


def test_when_a_system_made_the_page_is_no_date_of_the_notice() -> None:
    assert read(meta("MakeTime", "2024-05-28 21:30:45")).published is None


def test_the_name_of_the_site_is_no_title_however_it_ends() -> None:
    name = "投资江城，就是投资美好未来"
    article = read_article(
        f"<title>招租公告-{name}</title>{meta('SiteName', name)}<p>{name}</p><div>招租公告</div>"
        f"<p>发布日期：2025-07-07</p><p>{TEXT}</p>"
    )
    assert article.title == "招租公告"


@pytest.mark.parametrize(
    ("labels", "source"),
    [("", "江城发布"), ("来源：江城日报", "江城日报")],
)
def test_the_source_of_the_head_stands_where_none_is_printed(labels: str, source: str) -> None:
    assert read("<meta content=江城发布 name=contentsource>", labels=labels).source == source

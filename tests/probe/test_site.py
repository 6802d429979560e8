"""What pages say of whose they are."""

from __future__ import annotations

import pytest

from cqcrawler.models import Page
from cqcrawler.probe.report import Site
from cqcrawler.probe.site import read_site
from cqcrawler.reading.page.document import open_page


def site(head: str, body: str = "", robots: str = "") -> Site:
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_site(open_page(Page("http://zs.example.gov.cn/zsdt/", markup)), robots)


def test_metadata_of_government_sites_name_the_place() -> None:
    found = site(
        '<meta name="SITENAME" content=" 天山区投资促进局 ">'
        '<meta content="6501020001" name="SiteIDCode"><title>招商动态_别的名字</title>'
    )
    assert found.name == "天山区投资促进局"
    assert (found.region_code, found.region) == ("650102", "新疆维吾尔自治区乌鲁木齐市天山区")
    assert found.region_from == "SiteIDCode 6501020001"


@pytest.mark.parametrize(
    ("code", "region_code"),
    [
        ("3100000087", "310000"),
        ("5001120017", "500112"),
        ("5001990017", "500000"),  # a district that there is not
        ("bm55000001", ""),  # a body of the State Council
        ("9901020001", ""),
        ("650102", ""),
        ("", ""),
    ],
)
def test_the_first_six_digits_are_the_place(code: str, region_code: str) -> None:
    found = site(f'<meta name="SiteIDCode" content="{code}"><title>招商网</title>')
    assert found.region_code == region_code


def test_the_code_may_stand_in_the_foot() -> None:
    assert site("", "<p>网站标识码：4403060012 粤ICP备1号</p>").region_code == "440306"


@pytest.mark.parametrize(
    ("title", "name", "region_code"),
    [
        ("招商动态_唐山市曹妃甸区投资促进中心", "唐山市曹妃甸区投资促进中心", "130209"),
        ("唐山市商务局-通知公告", "唐山市商务局", "130200"),
        ("投资指南 - 广西投资促进网", "广西投资促进网", "450000"),
        ("新闻 | 内蒙古招商平台", "内蒙古招商平台", "150000"),
        ("产业园招商平台", "产业园招商平台", ""),
        ("海南区招商引资", "海南区招商引资", "150303"),  # in 乌海, and not 海南省
        ("", "", ""),
    ],
)
def test_the_title_names_the_site_and_perhaps_its_place(
    title: str, name: str, region_code: str
) -> None:
    found = site(f"<title>{title}</title>")
    assert (found.name, found.region_code) == (name, region_code)


def test_feeds_and_sitemaps_are_named() -> None:
    found = site(
        '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        '<link rel="stylesheet" type="text/css" href="/a.css">',
        '<a href="/sitemap.xml">网站地图</a><a href="/map.html">地图</a>',
        "User-agent: *\nDisallow:\n sitemap : http://zs.example.gov.cn/maps/news.xml\n",
    )
    assert found.feeds == ("http://zs.example.gov.cn/rss.xml",)
    assert found.sitemaps == (
        "http://zs.example.gov.cn/maps/news.xml",
        "http://zs.example.gov.cn/sitemap.xml",
    )

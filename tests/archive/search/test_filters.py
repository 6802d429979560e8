from __future__ import annotations

from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters
from cqcrawler.exceptions import QueryError
from cqcrawler.models import Place, SectionKind


@pytest.fixture
def notices(crawl: Any, archive: Archive) -> Archive:
    chongqing, sichuan = "重庆市", "四川省"
    places = {
        "cq": Place("500000", chongqing),
        "yubei": Place("500112", chongqing, None, "渝北区"),
        "liangjiang": Place("500000", chongqing, zone="两江新区"),
        "chengdu": Place("510100", sichuan, "成都市"),
        "shuangliu": Place("510116", sichuan, "成都市", "双流区"),
        "mianyang": Place("510700", sichuan, "绵阳市"),
        "nowhere": None,
    }
    for day, (name, place) in enumerate(places.items(), 1):
        published = f"2025-07-{day:02}" if place else None
        source = f"{name}日报" if place else None
        crawl.notice(name, place=place, published=published, tags=(name, "招商"), source=source)
    parks = {"section": "产业园区", "section_kind": SectionKind.PARK}
    type(crawl)(archive, portal="sc").notice("other", **parks)
    crawl.notice("kind", section="走进江城", section_kind=SectionKind.PARK, published="2025-06-01")
    return archive


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"region": "重庆"}, "liangjiang yubei cq"),
        ({"region": "渝北"}, "yubei"),
        ({"region": "500112"}, "yubei"),
        ({"region": "四川省"}, "mianyang shuangliu chengdu"),
        ({"region": "成都"}, "shuangliu chengdu"),
        ({"region": "双流区"}, "shuangliu"),
        ({"region": "两江新区"}, "liangjiang"),
        ({"portal": "sc"}, "other"),
        ({"tag": "yubei"}, "yubei"),
        ({"section": "产业园区"}, "other"),
        ({"section": "走进江城"}, "kind"),
        ({"section": "park"}, "kind other"),
        ({"section": "park", "portal": "sc"}, "other"),
        ({"section": "land"}, ""),
        ({"source": "yubei日报"}, "yubei"),
        ({"source": "cq日报", "tag": "yubei"}, ""),
        ({"since": "2025-07", "until": "2025Q3"}, "mianyang shuangliu chengdu liangjiang yubei cq"),
        ({"until": "2025H1"}, "kind"),
        ({"since": "2025-07-05"}, "mianyang shuangliu"),
        ({"until": "2025-07-02"}, "yubei cq kind"),
        ({"since": "2025-07-02", "until": "20250703"}, "liangjiang yubei"),
        ({"region": "四川", "tag": "招商", "until": "2025-07-04", "portal": "cq"}, "chengdu"),
        ({}, "mianyang shuangliu chengdu liangjiang yubei cq kind other nowhere"),
    ],
)
def test_filters(notices: Archive, filters: dict[str, str], expected: str) -> None:
    assert [article.url for article in notices.articles(Filters(**filters))] == expected.split()
    assert [hit.url for hit in notices.search("正文", Filters(**filters))] == expected.split()


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"region": "无此地"}, "no region is called '无此地'"),
        ({"region": "鼓楼"}, "江苏省南京市鼓楼区 320106"),
        ({"portal": "chonqing"}, "no portal 'chonqing' in this archive: it has cq, sc"),
        (
            {"section": "产业"},
            r"no section '产业' in this archive: .* a kind \(news, policy, park, ",
        ),
        ({"tag": "yubie"}, r"no tag 'yubie' in this archive: did you mean yubei\?"),
        ({"tag": "没有"}, "no tag '没有' in this archive$"),
        ({"source": "日报"}, r"no source '日报' in this archive: did you mean .*日报 or .*日报\?"),
        ({"since": "7月"}, "'7月' is no date: write it like 2025-07-07, 2025-07, 2025, 2025H1"),
        ({"until": "2025-13-01"}, "'2025-13-01' is no date"),
    ],
)
def test_a_filter_that_names_nothing_is_an_error(
    notices: Archive, filters: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        notices.search("正文", Filters(**filters))
    with pytest.raises(QueryError, match=message):
        notices.articles(Filters(**filters))

from __future__ import annotations

import re
from hashlib import sha256
from html import unescape
from itertools import combinations

import pytest
from lxml import html

from cqcrawler.demo import GoldPage, gold
from cqcrawler.demo.sections import SECTIONS
from cqcrawler.demo.site import canonical, site
from cqcrawler.models import SectionKind

# Of all pages of both revisions. Whoever means to change a page writes the new digest here.
DIGEST = "1a8f376715bc1d0ff1cc42d80266a1a3dde425dca87685cfde72276c1e0fde17"

GOLD = gold()
NAMES = [section.name for section in SECTIONS]


def page(path: str) -> str:
    resource = site(1)[canonical(path)]
    gold_layouts = {section.name: section.encoding for section in SECTIONS}
    layout = next((entry.layout for entry in GOLD if entry.path == path), "divs")
    return resource.body.decode(gold_layouts[layout])


def pages_of(layout: str) -> list[tuple[GoldPage, str]]:
    return [(entry, page(entry.path)) for entry in GOLD if entry.layout == layout]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_portal_is_the_same_bytes_on_every_machine() -> None:
    total = sha256()
    for revision in (1, 2):
        for path, resource in sorted(site(revision).items()):
            total.update(path.encode() + resource.content_type.encode() + resource.body)
    assert total.hexdigest() == DIGEST


def test_every_notice_has_a_page_of_its_own_and_a_valid_gold() -> None:
    assert len(GOLD) >= 300
    assert len(NAMES) >= 4
    assert len({canonical(entry.path) for entry in GOLD}) == len(GOLD)
    assert all(canonical(entry.path) in site(1) for entry in GOLD)
    dates = [entry.published for entry in GOLD if entry.published]
    assert len(GOLD) > len(dates) >= 300
    assert all(re.fullmatch(r"2025-\d\d-\d\d", day) for day in dates)
    assert all(entry.title and entry.body for entry in GOLD)


@pytest.mark.parametrize("layout", NAMES)
def test_a_page_shows_title_region_and_body_as_in_the_gold(layout: str) -> None:
    for entry, source in pages_of(layout):
        tree = html.fromstring(source)
        for hidden in tree.xpath("//head | //script | //template | //*[@hidden or @style]"):
            if hidden.tag in ("head", "script", "template") or "none" in hidden.get("style", ""):
                hidden.drop_tree()
        shown = squeezed(unescape("".join(tree.itertext())))
        assert squeezed(entry.title) in shown
        assert not entry.region or squeezed(entry.region) in shown
        for paragraph in entry.body.split("\n"):
            assert squeezed(paragraph) in shown


def test_no_two_layouts_share_a_class_name() -> None:
    used = {
        layout: {
            name
            for _, source in pages_of(layout)
            for value in html.fromstring(source).xpath("//@class")
            for name in value.split()
        }
        for layout in NAMES
    }
    assert used["tables"] == used["breaks"] == set()
    for one, other in combinations(used.values(), 2):
        assert not one & other


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        (
            "divs",
            ["您的位置", "上一篇:", "分享到:", "更多项目", "投资流程", "企业入驻", "立即获取"],
        ),
        ("divs", ["display: none", "版权所有", "ICP备", "招商热线:"]),
        ("tables", ["当前位置：", "字号：[ ", "打印本页", "上一条：", "技术支持："]),
        ("breaks", ["分享到：", "返回顶部", "上一篇：", "Copyright", "立即获取"]),
        ("spans", ["责任编辑：", "扫一扫", "<template>", "<noscript>", "var page ="]),
        ("spans", ['class="zz-print"', "<div hidden>"]),
        (
            "official",
            ["成文日期", "浏览次数：", "我要纠错", "网站标识码：", "附件下载：", "PubDate"],
        ),
        ("cards", ["免责声明：", "猜你喜欢", "快速咨询", "点赞"]),
    ],
)
def test_boilerplate_of_every_kind_is_there(layout: str, words: list[str]) -> None:
    sources = [source for _, source in pages_of(layout)]
    for word in words:
        assert any(word in source for source in sources), word


def test_listings_lead_to_every_notice() -> None:
    linked = set()
    for section in SECTIONS:
        number = 1
        while canonical(section.page_path(number)) in site(1):
            source = site(1)[canonical(section.page_path(number))].body.decode(section.encoding)
            linked |= {canonical(href) for href in html.fromstring(source).xpath("//@href")}
            number += 1
        assert number > 3
    assert {canonical(entry.path) for entry in GOLD} <= linked


def test_every_kind_of_section_is_there_and_nobody_dates_some() -> None:
    assert {entry.section_kind for entry in GOLD} == set(SectionKind)
    undated = {entry.section_kind for entry in GOLD if entry.published is None}
    assert undated == {SectionKind(kind) for kind in "land space flow company service".split()}


def test_the_forbidden_pages_are_linked_in_plain_sight() -> None:
    robots = site(1)["/robots.txt"].body.decode()
    assert "Disallow: /internal/" in robots
    assert "/internal/prices.html" in site(1)
    assert '<a href="/internal/prices.html">' in page("/")
    assert '<a href="/search.asp?key=shengwu">' in page("/search.html")


def test_one_page_is_served_under_all_its_names() -> None:
    assert canonical("/news/list.asp?page=2&cid=3") == canonical("/news/list.asp?cid=3&page=2")
    assert canonical("/park/?page=1") == canonical("/park/") == "/park/"
    assert canonical("/zcwj/index.html") == canonical("/zcwj/")
    assert canonical("/zcwj/index_1.html") != canonical("/zcwj/")


def test_the_table_pages_are_gb18030_declared_as_gb2312() -> None:
    for entry in GOLD:
        if entry.layout == "tables":
            body = site(1)[canonical(entry.path)].body
            assert b"charset=gb2312" in body
            with pytest.raises(UnicodeDecodeError):
                body.decode("utf-8")

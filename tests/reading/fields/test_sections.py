"""The section that a page states, and its kind by whatever else the page says of it."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from cqcrawler.models import Article, SectionKind

TITLE = "江城区发布产业空间供给清单"
TEXT = "江城区今年拿出十二万平方米产业空间，面向全国企业招商，水电气网齐备，可分层租用。" * 3


def read(above: str = "", head: str = "", url: str = "http://jc.example/a/318.html") -> Article:
    return read_article(
        f"<html><head><title>{TITLE}_江城招商网</title>{head}</head><body><div>{above}"
        f"<h1>{TITLE}</h1><p>发布日期：2025-07-07 来源：江城发布</p></div><div><p>{TEXT}</p></div>"
        "<p>版权所有：江城招商网</p></body></html>",
        url,
    )


@pytest.mark.parametrize(
    ("above", "head", "url", "section", "kind", "origin"),
    [
        ("<p>所属栏目：厂房租赁</p>", "", "", "厂房租赁", "space", "label 所属栏目"),
        ("<p>当前位置：首页 &gt; 厂房租赁</p>", "", "", "厂房租赁", "space", "breadcrumb"),
        ("<p>首页 &gt; 厂房租赁 &gt; 东部</p>", "", "", "东部", "space", "breadcrumb"),
        ("<p>投资流程</p>", "", "", "投资流程", "flow", "above title"),
        ("", "<meta name=ColumnName content=厂房租赁>", "", "厂房租赁", "space", "meta columnname"),
        (
            "<p>首页 &gt; 营商环境 &gt; 江城</p>",
            "<meta name=COLUMNTYPE content=政策文件>",
            "",
            "江城",
            "policy",
            "meta columntype",
        ),
        ("", "", "http://jc.example/zcfg/2025/318.html", None, "policy", "folder"),
        ("", "", "http://jc.example/zcfg/changfang_3/318.html", None, "space", "folder"),
        ("<p>首页 &gt; 江城概况</p>", "", "", "江城概况", None, None),
        ("", "", "", None, None, None),
    ],
)
def test_the_kind_is_told_by_what_the_page_says_of_its_section(
    above: str, head: str, url: str, section: str | None, kind: str | None, origin: str | None
) -> None:
    article = read(above, head, url or "http://jc.example/a/318.html")
    assert (article.section, article.section_kind) == (section, kind)
    evidence = article.provenance.get("section_kind") or article.provenance.get("section")
    assert origin is None or (evidence and evidence.origin == origin)


def test_what_is_printed_outweighs_meta_tags_and_these_the_address() -> None:
    head = "<meta name=columnname content=招商政策>"
    crumbs = "<p>当前位置：首页 &gt; 土地招拍挂</p>"
    url = "http://jc.example/news/318.html"
    assert read(crumbs, head, url).section_kind is SectionKind.LAND
    assert read("", head, url).section_kind is SectionKind.POLICY
    assert read("", "", url).section_kind is SectionKind.NEWS


def test_a_tag_that_repeats_the_title_names_no_section() -> None:
    assert read(head=f"<meta name=ColumnName content={TITLE}>").section is None


def test_the_evidence_of_the_section_stands_for_its_kind() -> None:
    article = read("<p>当前位置：首页 &gt; 厂房租赁</p>")
    assert article.section_kind is SectionKind.SPACE
    assert "section_kind" not in article.provenance


@pytest.mark.parametrize(
    "menu",
    [
        "<ul><li>园区<li>空间<li>企业名录</ul>",
        "<ul><li><a href=/a>走进江城</a><li><a href=/b>招商政策</a></ul>",
        "<p>正文</p>",
    ],
)
def test_the_end_of_a_menu_names_no_section(menu: str) -> None:
    assert read(menu).section is None


@pytest.mark.parametrize(
    "url", ["", "zcfg", "http://[jc.example/zcfg/1.html", "/", "http://jc.example"]
)
def test_an_address_without_folders_tells_nothing(url: str) -> None:
    assert read(url=url).section_kind is None

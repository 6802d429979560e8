"""What a listing calls itself, and the lists on it."""

from __future__ import annotations

import pytest

from cqcrawler import read_listing
from cqcrawler.models import Listing

HOST = "http://jc.example"


def rows(folder: str, count: int = 4) -> str:
    return "".join(
        f"<li><a href=/{folder}/{n}.html>江城区第{n}批产业空间对外发布清单</a> 2025-07-0{n}</li>"
        for n in range(1, count + 1)
    )


def read(body: str, title: str = "江城区投资促进局", head: str = "") -> Listing:
    markup = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return read_listing(markup, f"{HOST}/list.html")


MENU = "<ul><li><a href=/p/>招商政策</a><li><a href=/c/>厂房租赁</a><li><a href=/x/>省级</a></ul>"


@pytest.mark.parametrize(
    ("body", "title", "head", "name"),
    [
        ("<p>当前位置：首页 &gt; 招商政策</p>{}", "江城招商网", "", "招商政策"),
        ("<p>首页 &gt; 招商政策 &gt; 省级</p>{}", "江城招商网", "", "招商政策"),
        ("<p>首页 &gt; 江城概况 &gt; 省级</p>{}", "江城招商网", "", "省级"),
        ("{}", "江城招商网", "<meta name=columnName content=营商环境>", "营商环境"),
        ("<h2>厂房租赁</h2>{}", "江城招商网", "", "厂房租赁"),
        ("<div><b>厂房租赁</b> <a href=/c/>更多&gt;&gt;</a></div>{}", "江城招商网", "", "厂房租赁"),
        ("{}", "招商政策-第2页-江城招商网", "", "招商政策"),
        ("{}", "江城招商网 厂房租赁", "", "厂房租赁"),
        ("<h2>省级</h2>{}", "省级_江城招商网", "", "省级"),
        ("<h2>最新发布</h2>{}", "江城招商网", "", ""),
        ("{}", "厂房租赁招商网", "", ""),
        ("{}", "", "", ""),
    ],
)
def test_a_listing_is_named_by_its_path_its_head_or_what_stands_over_its_rows(
    body: str, title: str, head: str, name: str
) -> None:
    listing = read(body.format(f"<ul>{rows('a')}</ul>"), title, head)
    assert len(listing.rows) == 4
    assert listing.section == name
    assert not listing.headings


def test_several_lists_have_headings_of_their_own() -> None:
    listing = read(
        f"{MENU}<div><h3>招商政策</h3><a href=/p/>更多</a><ul>{rows('p')}</ul></div>"
        f"<h3>厂房租赁</h3><ul>{rows('c')}</ul><h3>图片</h3><ul>{rows('t')}</ul>"
    )
    assert listing.section == ""
    assert {url.removeprefix(HOST)[:3]: name for url, name in listing.headings.items()} == {
        "/p/": "招商政策",
        "/c/": "厂房租赁",
    }
    assert len(listing.rows) == 12


def test_the_heading_of_one_list_does_not_name_the_page_with_another() -> None:
    lists = f"<h3>厂房租赁</h3><ul>{rows('c')}</ul><h3>图片</h3><ul>{rows('t')}</ul>"
    listing = read(lists)
    assert (listing.section, set(listing.headings.values())) == ("", {"厂房租赁"})
    assert len(listing.headings) == 4


@pytest.mark.parametrize("tabs", ["<p><span>招商政策</span><span>厂房租赁</span></p>", MENU])
def test_tabs_head_no_list(tabs: str) -> None:
    listing = read(f"<div>{tabs}<ul>{rows('p')}</ul><ul>{rows('c')}</ul></div>")
    assert (listing.section, dict(listing.headings)) == ("", {})

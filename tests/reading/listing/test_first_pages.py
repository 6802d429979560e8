"""`首页` is page 1 where it is a mark of the pager, and else a link to the site."""

from __future__ import annotations

import pytest

from tests.reading.listing.paged import listing, next_urls

PAGER = (
    "<a href='list_2.html'>2</a> <a href='list_2.html'>下一页</a> <a href='list_3.html'>末页</a>"
)
PAGES = ["/zc/zsdt/list_2.html", "/zc/zsdt/list_3.html"]
HERE = "/zc/zsdt/"

ELSEWHERE = {
    "path right above": (
        "<div>位置：<a href='{home}'>首页</a> &gt; 招商动态</div><div>第1页 {pager}</div>"
    ),
    "path with sections": "<p><a href='{home}'>首页</a> <a href='/zc/'>资讯</a> 动态 {pager}</p>",
    "menu": "<ul><li><a href='{home}'>首页</a></li><li><a href='/park/'>园区</a></li></ul>{pager}",
    "foot": "<p>{pager}</p><p><a href='{home}'>首页</a> <a href='/about.html'>关于我们</a></p>",
    "foot in the same block": "{pager} <a href='{home}'>首页</a> <a href='/map.html'>地图</a>",
    "pager, but another place": "<a href='{home}'>首页</a> {pager}",
}


@pytest.mark.parametrize("home", ["/", "/index.html", "/default.aspx", "http://cq.example.cn"])
@pytest.mark.parametrize("kind", ELSEWHERE)
def test_links_to_the_site_are_no_pages(kind: str, home: str) -> None:
    markup = ELSEWHERE[kind].format(home=home, pager=PAGER)
    found = listing(f"<div>{markup}</div>", HERE)
    assert [url.removeprefix("http://cq.example.cn") for url in found.next_urls] == PAGES
    assert found.earlier_urls == ()


@pytest.mark.parametrize("kind", [*ELSEWHERE][:-1])
def test_links_to_a_channel_are_no_pages(kind: str) -> None:
    markup = ELSEWHERE[kind].format(home="/zc/index.html", pager=PAGER)
    assert next_urls(f"<div>{markup}</div>", HERE) == PAGES


OWN = {
    "index of the folder": ("index.html", "{}", "list_{}.html"),
    "number one": ("list_1.html", "共3页 {}", "list_{}.html"),
    "name without a number": ("list.html", "{} <input type='text' name='n'>", "list_{}.html"),
    "file of the folder's name": ("/zc/zsdt.html", "<a>24条</a> {}", "/zc/zsdt/{}.html"),
    "folder above": ("/zc/zsdt/all", "{}", "/zc/zsdt/all/page/{}/"),
    "query": ("/zc/zsdt/list.php?cid=7", "{}", "/zc/zsdt/list.php?cid=7&page={}"),
}


@pytest.mark.parametrize("shape", ["<a href='{}'>{}</a>", "<li><a href='{}'>{}</a></li>"])
@pytest.mark.parametrize("kind", OWN)
def test_marks_of_the_pager(kind: str, shape: str) -> None:
    first, around, pages = OWN[kind]
    marks = ((first, "首页"), (pages.format(2), "上一页"), (pages.format(4), "下一页"))
    links = "".join(shape.format(*mark) for mark in marks)
    found = listing(f"<div><ul>{around.format(links)}</ul></div>", "/zc/zsdt/" + pages.format(3))
    assert any(url.endswith(first) for url in found.next_urls)

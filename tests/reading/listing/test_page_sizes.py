"""Links that change how many rows a page shows are no pages of the listing."""

from __future__ import annotations

import pytest

from tests.reading.listing.paged import listing, next_urls

PAGES = "<b>1</b> <a href='?page=2'>2</a> <a href='?page=3'>3</a> <a href='?page=2'>下一页</a>"
OPENS = """<script>function show(n) { location.href = "/list/?page=1&pageSize=" + n; }</script>"""


def links(template: str, *, between: str = " ") -> str:
    return between.join(template.format(n) for n in (10, 20, 50))


SIZES = {
    "query": links("<a href='?size={0}'>{0}</a>"),
    "query with a page": links("<a href='?page=1&pageSize={0}'>{0}</a>"),
    "query of rows": links("<a href='?rows={0}&cid=7'>{0}</a>"),
    "path": links("<a href='/list/limit/{0}/'>{0}</a>"),
    "path with its own number": links("<a href='/list/12/per_page-{0}.html'>{0}</a>"),
    "call that is not on the page": links("<a href='javascript:setPageSize({0})'>{0}</a>"),
    "call that is": links("<a onclick='show({0})'>{0}</a>") + OPENS,
    "postback": links("<a href=\"javascript:__doPostBack('lbSize','{0}')\">{0}</a>"),
    "buttons": links("<input type='button' value='{0}' onclick='perPage({0})'>"),
    "words around links": f"每页显示：{links('<a href=?n={0}>{0}</a>', between=' | ')} 条",
    "words around items": f"<span>每页</span>{links('<li><a href=/n/{0}>{0}</a></li>')}条记录",
    "words before": f"<p>每页：<b>15</b> {links('<a href=/n/{0}>{0}</a>')}</p>",
}


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("pager", ["<div>{sizes} {pages}</div>", "<div>{pages} {sizes}</div>"])
def test_sizes_beside_a_pager(sizes: str, pager: str) -> None:
    found = listing(pager.format(sizes=f"<span>{SIZES[sizes]}</span>", pages=PAGES))
    assert [url.partition("?")[2] for url in found.next_urls] == ["page=2", "page=3"]
    assert found.beyond == ""
    assert not {"10", "20", "50"} & {link.title for link in found.sections}


@pytest.mark.parametrize("sizes", SIZES)
def test_sizes_alone(sizes: str) -> None:
    found = listing(f"<div>{SIZES[sizes]}</div>")
    assert (found.next_urls, found.beyond, found.declared_total) == ((), "", None)


PAGED = {
    "pages of a size": "?page={0}&size=20",
    "pages of a size, counted from 0": "?size=20&p={1}",
    "rows of a size": "?offset={2}&limit=20",
}


@pytest.mark.parametrize("pages", PAGED)
def test_pages_that_keep_a_size(pages: str) -> None:
    urls = [PAGED[pages].format(n, n - 1, (n - 1) * 20) for n in range(2, 23)]
    numbers = " ".join(f"<a href='{url}'>{n}</a>" for n, url in enumerate(urls, 2))
    assert next_urls(f"<div>{numbers}</div>") == [f"/list/{url}" for url in urls]


def test_pages_behind_what_is_on_one() -> None:
    numbers = "<a href='l_2.html'>2</a> <a href='l_3.html'>3</a> <a href='l_10.html'>10</a>"
    assert len(next_urls(f"<div>每页10 {numbers}</div>")) == 9
    assert len(next_urls(f"<div>每页10条 {numbers} 条</div>")) == 9


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ("每页 20 50 100 条", None),
        ("每页显示 20 | 50 条", None),
        ("每页20条，共35条", 35),
        ("每页<a>20</a><a>50</a>条 共<b>35</b>条", 35),
        ("共35条/每页5条", 35),
        ("共7页 每页5条 35条记录", 35),
    ],
)
def test_a_total_beside_sizes(said: str, total: int | None) -> None:
    assert listing(f"<p>{said}</p>").declared_total == total

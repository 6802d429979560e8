"""Lists of TRS WCM name all their pages in one call of a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from cqcrawler.models import Listing, Page
from cqcrawler.platforms import read_listing, recognise
from cqcrawler.reading.page.document import Document, open_page
from tests.golden.pages import FOLDER, LISTINGS
from tests.shared import SHARED

HOST = "http://zw.example.cn/tzgg/"
CORPUS = SHARED / "corpus" / "listings" / "pages"


def document(script: str, url: str = HOST, head: str = "") -> Document:
    markup = f"<html><head>{head}</head><body><script>{script}</script></body></html>"
    return open_page(Page(url, markup))


def names(listing: Listing) -> list[str]:
    return [url.removeprefix(HOST) for url in listing.next_urls]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('createPageHTML(4, 0, "index", "htm");', ["index_1.htm", "index_2.htm", "index_3.htm"]),
        ("createPageHTML(3,2,'index','shtml');", ["index.shtml", "index_1.shtml"]),
        ('createPageHTML(2, 1, "index", ".html")', ["index.html"]),
        ('createPageHTML(1,0, "index","shtml","3")', []),
        (
            "createPageHTML('page_div',3, 1,'dc_list','shtml',41);",
            ["dc_list_2.shtml", "dc_list_3.shtml"],
        ),
        (
            "createPageHTML('paging',3, 3,'common_list','html',41);",
            ["common_list.html", "common_list_2.html"],
        ),
        (
            "var countPage = 3; var currentPage = 0; "
            'document.write("<a href=\\"index.html\\">"); '
            'document.write("<a href=\\"index" + "_" + nextPage + "." + "html\\">");',
            ["index_1.html", "index_2.html"],
        ),
        ("createPage(3, 1, 'zsdt_list', 'shtml');", ["zsdt_list.shtml", "zsdt_list_2.shtml"]),
        ('createPage("2","0","index",".html","6")', ["index_1.html"]),
        ("createPageHTML(3, 0, 'tzgg', 'html', 'pages', 61);", ["tzgg_1.html", "tzgg_2.html"]),
        (
            "var countPage = 3, currentPage = 2, stem = 'news';\n"
            "createPageHTML(countPage, currentPage, stem, 'html');",
            ["news.html", "news_1.html"],
        ),
        ("var n = 2;</script><script>var countPage = n;", []),
        (
            "var countPage = 2;</script><script>createPage(countPage, 0, 'index', 'htm')",
            ["index_1.htm"],
        ),
        (
            "// createPageHTML(9, 0, 'index', 'html');\nvar countPage = 3//共多少页\n"
            "location.href = 'hd_' + (page - 1) + '.html'",
            ["hd_1.html", "hd_2.html"],
        ),
        (
            "var totalPage='2', name='yw'; document.write('<a href=yw.htm>' + name + '_' + 1)",
            ["yw_1.htm"],
        ),
        (
            'm_sPageName = "nei"; m_sPageExt = "htm"; m_nRecordCount = "41";\n'
            "if (m_nRecordCount.length == 0) { m_nRecordCount = 0 } var m_nPageSize = 20;",
            ["nei_1.htm", "nei_2.htm"],
        ),
        (
            "new Pager({size: 3, current: 1, prefix: 'index', suffix: 'htm'})",
            ["index.htm", "index_2.htm"],
        ),
        ("createPageHTML(cur, total, 'javascript:turn', rows, '1');", []),
        ("/* createPage(9, 0, 'index', 'html') */", []),
        ("createPage(model, 0, 'index', 'html'); createPage(7, 'index')", []),
        ("function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) {}", []),
        ('createPageHTML(${PAGE_COUNT}, ${PAGE_INDEX}, "${PAGE_NAME}", "${PAGE_EXT}");', []),
        ('// createPageHTML(9, 0, "index", "htm");', []),
        ("var totalPage = 12;", []),
    ],
)
def test_page_k_of_n_names_all_others(script: str, expected: list[str]) -> None:
    assert names(read_listing(document(script))) == expected


@pytest.mark.parametrize(
    ("script", "total"),
    [
        ("createPageHTML('page_div',84, 1,'dc_list','shtml',1000);", 1000),
        ("createPageHTML('page_div',84, 1,'dc_list','shtml');", None),
        ("createPageHTML(29, 0, 'index', 'shtml', 'black2', 435);", 435),
        ("createPageHTML(29, 0, 'index', 'shtml', 435);", None),  # may as well be a size
        ("createPageHTML(29, 0, 'index', 'shtml', 'black2', 5);", None),  # fewer than pages
        ("m_nRecordCount='7';m_nPageSize=20;m_sPageName='index';m_sPageExt='htm';", 7),
    ],
)
def test_the_number_of_notices(script: str, total: int | None) -> None:
    assert read_listing(document(script)).declared_total == total


ROWS = "".join(
    f"<li><a href='./202507/t202507{day:02}_9{day}.html'>江北区第{day}个先进制造项目动工</a>"
    f"<span>2025-07-{day:02}</span></li>"
    for day in range(9, 1, -1)
)


@pytest.mark.parametrize(
    "script",
    [
        "createPageHTML('pages',1, 1,'index','html',8);",
        "createPage(1, 0, 'index', 'html');",
        "m_nRecordCount='8';m_nPageSize=20;m_sPageName='index';m_sPageExt='htm';",
    ],
)
def test_a_list_of_one_page_goes_on_nowhere(script: str) -> None:
    page = f"<ul>{ROWS}</ul><div id='pages' class='page'></div><script>{script}</script>"
    listing = read_listing(open_page(Page(HOST, page)))
    assert (len(listing.rows), listing.next_urls, listing.beyond) == (8, (), "")


def test_a_page_knows_which_pages_come_before_it() -> None:
    call = "createPageHTML(4, {}, 'index', 'html')"
    for url, current in ((HOST + "index_2.html", 2), (HOST + "index_2.html", 0), (HOST, 2)):
        listing = read_listing(document(call.format(current), url))
        assert names(listing) == ["index.html", "index_1.html", "index_3.html"]
        assert listing.earlier_urls == (HOST + "index.html", HOST + "index_1.html")


def test_no_page_is_named_twice() -> None:
    call = "<a href='index.html'>首页</a><a href='./index_1.html'>2</a><script>{}</script>"
    script = "createPageHTML(3, 0, 'index', 'html')"
    listing = read_listing(open_page(Page(HOST + "index.html", call.format(script))))
    assert names(listing) == ["index_1.html", "index_2.html"]


def test_a_very_long_list_is_named_in_windows() -> None:
    pages = 12_000
    call = f"createPageHTML({pages}, {{}}, 'index', 'html')"
    known, at = {HOST + "index.html"}, 0
    while len(known) < pages:
        listing = read_listing(document(call.format(at), f"{HOST}index_{at}.html"))
        assert len(set(listing.next_urls)) == len(listing.next_urls) <= 5000
        assert not known.issuperset(listing.next_urls)
        known.update(listing.next_urls)
        at = len(known) - 1
    assert known == {HOST + "index.html", *(f"{HOST}index_{n}.html" for n in range(1, pages))}


@pytest.mark.parametrize(
    "script",
    [
        "createPage(" * 30_000,
        "createPageHTML('" * 20_000,
        "createPageHTML(1,1,'a','b'," * 10_000,
        "countPage = 3;" + "a_'+" * 40_000,
        "countPage = 3; '_'" + "a" * 200_000,
        "m_nRecordCount = " * 20_000,
        "Pager({" * 30_000,
        "/*" * 100_000 + "createPage(",
        "createPageHTML(999999999, 999999999, 'index', 'html')",
        "createPageHTML(4, 0, '..\\x', 'html') createPageHTML(²,٣,'a','b')",
    ],
)
def test_no_script_takes_long_or_raises(script: str) -> None:
    assert len(read_listing(document(script)).next_urls) <= 5000


def test_pages_are_relative_to_the_base_of_the_page() -> None:
    page = document('createPageHTML(2,0,"index","htm")', head="<base href='/a/b/'>")
    assert read_listing(page).next_urls == ("http://zw.example.cn/a/b/index_1.htm",)


@pytest.mark.parametrize(
    "markup",
    [
        "<script>createPageHTML(4, 0, 'index', 'htm')</script>",
        "<div class='TRS_Editor'><p>正文</p></div>",
        "<a href='./202304/t20230417_11883789.html'>招商</a>",
    ],
)
def test_pages_of_the_system_are_recognised(markup: str) -> None:
    assert recognise(open_page(Page(HOST, markup))).name == "trs"


REAL = CORPUS / "ctq_bmdt.html"


@pytest.mark.parametrize(
    ("path", "pages", "total"),
    [
        (FOLDER / LISTINGS / "trs_create_page.html", 5, None),
        *([(REAL, 4, 56)] if REAL.exists() else []),
    ],
    ids=["golden", *(["real"] if REAL.exists() else [])],
)
def test_whole_page(path: Path, pages: int, total: int | None) -> None:
    listing = read_listing(open_page(Page(HOST, path.read_bytes())))
    assert names(listing) == [f"index_{n}.html" for n in range(1, pages)]
    assert listing.declared_total == total

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
        ("function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) {}", []),
        ('createPageHTML(${PAGE_COUNT}, ${PAGE_INDEX}, "${PAGE_NAME}", "${PAGE_EXT}");', []),
        ('// createPageHTML(9, 0, "index", "htm");', []),
        ("var totalPage = 12;", []),
    ],
)
def test_page_k_of_n_names_all_others(script: str, expected: list[str]) -> None:
    assert names(read_listing(document(script))) == expected


def test_total_of_the_longer_form() -> None:
    script = "createPageHTML('page_div',84, 1,'dc_list','shtml',1000);"
    assert read_listing(document(script)).declared_total == 1000


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

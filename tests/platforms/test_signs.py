"""What shows that a page was made by a system, and what only looks so."""

from __future__ import annotations

import pytest

from cqcrawler.models import Page
from cqcrawler.platforms import recognise
from cqcrawler.reading.page.document import open_page

HERE = "http://zs.example.gov.cn/zsdt/"


def signs(markup: str, url: str = HERE) -> tuple[str, tuple[str, ...]]:
    document = open_page(Page(url, markup))
    platform = recognise(document)
    return platform.name, platform.signs(document)


def test_a_call_of_the_pager_is_cited_and_notices_are_counted() -> None:
    rows = "".join(f'<li><a href="./202609/t2026090{n}_12{n}.html">x</a></li>' for n in (1, 2, 3))
    pager = '<script>createPageHTML( 25, 0,\n"index", "html" );</script>'
    assert signs(rows + pager) == (
        "trs",
        (
            'createPageHTML( 25, 0, "index", "html" )',
            "202609/t20260901_121.html and 2 more addresses like it",
        ),
    )


@pytest.mark.parametrize(
    ("markup", "sign"),
    [
        ("<script>function createPageHTML(_nPageCount, _nCurrIndex) {}</script>", "_nPageCount"),
        ("<script>createPageHTML('box', 84, 1, 'dc_list', 'shtml', 1000)</script>", "dc_list"),
        ('<a href="202609/t20260901_121.html">x</a>', "202609/t20260901_121.html"),
        ("<a onclick=\"open('./202609/t20260901_121.shtml')\">x</a>", "t20260901_121.shtml"),
        (f'<a href="{HERE}202609/t20260901_121.html">x</a>', "202609/t20260901_121.html"),
        ('<div class="TRS_Editor">x</div>', "TRS_Editor"),
    ],
)
def test_what_is_made_by_trs(markup: str, sign: str) -> None:
    name, found = signs(markup)
    assert name == "trs"
    assert sign in found[0]


def test_the_address_of_a_notice_is_a_sign_itself() -> None:
    assert signs("<p>x</p>", f"{HERE}202609/t20260901_121.html")[0] == "trs"


@pytest.mark.parametrize(
    "markup",
    [
        '<script>$("#p").html(createPageHTML(page, all, "javascript:go", rows, "1"))</script>',
        '<a href="http://www.gov.example/202609/t20260901_121.html">another site</a>',
        '<a href="//www.gov.example/zwgk/202609/t20260901_121.html">another site</a>',
        '<a href="/news/t20260901_121.html">no month above</a>',
        '<a href="/1202609/t20260901_121.html">no month either</a>',
    ],
)
def test_what_is_not(markup: str) -> None:
    assert signs(markup) == ("generic", ())

"""Listings whose portal's file says which rows they have, and what leads on."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from cqcrawler.models import Listing, Page
from cqcrawler.platforms import read_listing
from cqcrawler.reading.listing.listing import extract_listing
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.page.selectors import ListingSelectors

NOW = datetime(2025, 7, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
ROWS = "".join(
    f"<div class=i><a href='/d/{n}.html' data-t='第{n}则的全名'>第{n}则招商动态…</a>"
    f"<b>07</b><i>2025/0{n}</i><em>浏览：2024-01-0{n}</em></div>"
    for n in range(1, 7)
)
HOT = "".join(
    f"<li><a href='/h/{n}.html'>热点招商动态第{n}则</a> 2025-07-0{n}</li>" for n in range(1, 8)
)
PAGE = (
    f"<ul class=hot>{HOT}</ul><div class=list>{ROWS}</div>"
    "<div class=p><a href='l2.html'>下一页</a><p class=nxt><a href='/older/'>更早</a></p></div>"
)


def read(page: str = PAGE, url: str = "http://a.cn/l.html", **selectors: object) -> Listing:
    told = ListingSelectors("suzhou.toml", **selectors)  # type: ignore[arg-type]
    return extract_listing(open_page(Page(url, page, fetched_at=NOW)), told)


def paths(listing: Listing) -> list[str]:
    return [row.url.removeprefix("http://a.cn") for row in listing.rows]


OWN = [f"/d/{n}.html" for n in range(1, 7)]


def test_what_is_taken_out_has_no_rows() -> None:
    assert "/h/1.html" in paths(read())
    listing = read(exclude=(".hot", ".no"))
    assert paths(listing) == OWN
    assert listing.unmatched == ("listing.exclude .no",)


def test_rows_are_what_the_file_says_and_read_as_ever() -> None:
    for selector in (".i", ".i a", "//div[@class='i']", ".i > a::text"):
        listing = read(rows=selector)
        assert paths(listing) == OWN, selector
        assert listing.rows[0].title == "第1则招商动态…"
        assert listing.unmatched == ()
    assert read(rows=".i").rows[0].published == read().rows[-6].published


def test_a_row_may_stand_inside_its_link() -> None:
    titles = ["某项目在渝北区开工", "又一个项目投产"]
    page = "".join(f"<a href={n}.html><p class=t>{each}</p></a>" for n, each in enumerate(titles))
    assert [row.title for row in read(page, rows=".t").rows] == titles


def test_title_and_date_of_a_row_are_what_the_file_says() -> None:
    listing = read(rows=".i", title="::attr(data-t)", date="em")
    assert listing.rows[0].title == "第1则的全名"
    assert [row.published for row in listing.rows][:2] == ["2024-01-01", "2024-01-02"]
    cut_up = read(rows=".i", date="b, i")
    assert cut_up.rows[1].published == "2025-02-07"


def test_each_stands_alone() -> None:
    listing = read(title="./a/@data-t")
    assert listing.rows[-1].title == "第6则的全名"
    assert listing.rows[0].title.startswith("热点")


def test_where_nothing_is_found_the_page_is_read_as_ever_and_says_so() -> None:
    listing = read(rows=".row", title="h5", date=".date", next=".more")
    assert paths(listing) == paths(read())
    assert listing.unmatched == (
        "listing.rows",
        "listing.title",
        "listing.date",
        "listing.next",
    )
    assert listing.next_urls == ()


def test_elements_without_links_are_no_rows() -> None:
    assert read(rows="em").unmatched == ("listing.rows",)


def test_the_next_page_is_what_the_file_says() -> None:
    assert read().next_urls == ("http://a.cn/l2.html",)
    for selector in (".nxt", ".nxt a::attr(href)", "//p[@class='nxt']/a"):
        assert read(next=selector).next_urls == ("http://a.cn/older/",)
    assert read(next=".p > a", url="http://a.cn/l2.html").next_urls == ()


def test_a_row_that_names_no_address_is_told() -> None:
    page = PAGE.replace("<a href='/d/2.html'", "<a ")
    listing = read(page, rows=".i")
    assert paths(listing) == [path for path in OWN if path != "/d/2.html"]
    assert listing.beyond.startswith("a row names no address: 第2则招商动态…")
    assert read(rows=".list > *, .p").beyond == ""


def test_the_next_page_outranks_what_a_script_counts() -> None:
    page = PAGE + '<script>createPageHTML(9, 0, "l", "html")</script>'
    document = open_page(Page("http://a.cn/l.html", page))
    assert len(read_listing(document).next_urls) == 9
    told = ListingSelectors("suzhou.toml", next=".nxt")
    assert read_listing(document, selectors=told).next_urls == ("http://a.cn/older/",)
